"""Where foreign bytes are parsed: a child process with an empty environment, killed at its limits."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, NamedTuple

from impact import causes
from impact.documents.kinds import UNREADABLE
from impact.errors import ImpactError, Refused
from impact.settings import ROOT

COMPUTING = 1.6
"""Seconds of processor: with its start, a refusal comes within two seconds where the machine has nothing else to do."""
SECONDS = 5.0
"""Of wall time: what a loaded machine may take over the same, so that it refuses no sound file."""
MEMORY = 768 * 1024 * 1024
"""Address space: an image of 50 million pixels takes 200 MB, and converting it as much again."""
LARGEST_ANSWER = 32 * 1024 * 1024
AT_ONCE = 2
"""Children at the same time; more would take the memory that the server lives on."""
PATIENCE = 20.0
"""Seconds that a request waits for its turn."""

_PROGRAM = "import json, sys; sys.path[:] = json.loads(sys.argv.pop()); from impact.documents.child import main; main()"
_places = threading.BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)


class Answer(NamedTuple):
    facts: dict[str, Any]
    payload: bytes


def run(task: str, path: Path, **options: Any) -> Answer:
    """What a task of impact.documents.child says of a file; Refused where the file is at fault."""
    if not _places.acquire(timeout=PATIENCE):
        raise ImpactError("Trop de fichiers sont lus en ce moment : recommencez dans une minute.")
    try:
        said, late = _said(task, path, options)
    except OSError as error:
        raise ImpactError(f"Le fichier n’a pas pu être examiné : {causes.why(error)}.") from error
    finally:
        _places.release()
    head, _, payload = said.partition(b"\n")
    if late or not head:
        raise Refused(_killed(late))
    facts = json.loads(head)
    if "puzzled" in facts:
        _log.warning("Fichier illisible (%s) : %s", task, facts["puzzled"])
    if "refused" in facts:
        raise Refused(str(facts["refused"]))
    return Answer(facts, payload)


def _said(task: str, path: Path, options: dict[str, Any]) -> tuple[bytes, bool]:
    """The child's answer, and whether it was killed for taking too long; b'' where it died without an answer."""
    late = threading.Event()
    with path.open("rb") as file, _started(task, file.fileno(), options) as child:
        assert child.stdout is not None

        def stop() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(SECONDS, stop)
        timer.start()
        try:
            said = child.stdout.read(LARGEST_ANSWER + 1)
        finally:
            timer.cancel()
            timer.join()
            child.kill()
    slow = child.returncode in (-signal.SIGPROF, -signal.SIGXCPU)
    return (b"" if len(said) > LARGEST_ANSWER else said), late.is_set() or slow


def _started(task: str, file: int, options: dict[str, Any]) -> "subprocess.Popen[bytes]":
    """Without site (-S) nor environment (-I): half the start of an interpreter, and nobody's hooks in it."""
    places = [str(ROOT), *(place for place in sys.path if os.path.isabs(place))]
    limits = {"memory": MEMORY, "computing": COMPUTING}
    words = [task, json.dumps(options), json.dumps(limits), json.dumps(places)]
    return subprocess.Popen(  # noqa: S603 (our own interpreter, our own words)
        [sys.executable, "-I", "-S", "-B", "-c", _PROGRAM, *words],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )


def _killed(late: bool) -> str:
    advice = "allégez-le (moins de pages, de lignes ou de pixels), ou imprimez-le en PDF"
    return f"{UNREADABLE} : {'il demande trop de temps' if late else 'sa lecture s’est interrompue'} ; {advice}."
