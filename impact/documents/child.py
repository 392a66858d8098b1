"""The program that the child process runs: limits first, then the file on its standard input, then one answer.

The answer is a line of JSON, followed by the bytes of an image where one was asked. Only what the kind at hand needs is
imported: that is most of the time a small file takes.
"""

import json
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any

from impact.documents import kinds
from impact.errors import Refused

MOST_OPEN = 32

Reply = tuple[dict[str, Any], bytes]


def main() -> None:
    task, options = sys.argv[1], json.loads(sys.argv[2])
    _limit(**json.loads(sys.argv[3]))
    try:
        facts, payload = TASKS[task](sys.stdin.buffer.read(kinds.LARGEST + 1), **options)
    except Refused as refusal:
        facts, payload = {"refused": str(refusal)}, b""
    except MemoryError:
        facts, payload = {"refused": f"{kinds.UNREADABLE} : il demande trop de mémoire ; allégez-le."}, b""
    except Exception as error:  # each library has its own for a damaged file; the server notes which it was
        words = (
            f"{kinds.UNREADABLE} : il est abîmé ou incomplet. Ouvrez-le, enregistrez-le de nouveau, puis joignez-le."
        )
        facts, payload = {"refused": words, "puzzled": f"{type(error).__name__}: {error}"[:300]}, b""
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + payload)
    sys.stdout.buffer.flush()


def _limit(memory: int, computing: float) -> None:
    """No more memory nor time, no file written, no core dumped; whole seconds of the system stand behind the timer."""
    signal.setitimer(signal.ITIMER_PROF, computing)
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, int(computing) + 1),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, MOST_OPEN),
    ):
        resource.setrlimit(what, (most, most))


def inspect(data: bytes) -> Reply:
    """Extension and number of pages; 0 where there is nothing to show as an image."""
    extension = kinds.of(data)
    if extension == kinds.PACKAGE:
        from impact.documents import office

        return {"extension": office.examine(data), "pages": 0}, b""
    if extension == "csv":
        from impact.documents import tables

        tables.examine(data)
        return {"extension": extension, "pages": 0}, b""
    if extension == "pdf":
        from impact.documents import pdfs

        return {"extension": extension, "pages": pdfs.examine(data)}, b""
    from impact.documents import images

    images.examine(data, extension)
    return {"extension": extension, "pages": 1}, b""


def page_image(data: bytes, extension: str, page: int, width: int) -> Reply:
    """A PNG drawn anew; the page is counted from 1."""
    if kinds.of(data) != extension:
        raise Refused("Ce fichier n’est plus celui qui avait été joint.")
    if extension == "pdf":
        from impact.documents import pdfs

        return {}, pdfs.picture(data, page, width)
    from impact.documents import images

    return {}, images.picture(data, extension, width)


def table(data: bytes, most: int) -> Reply:
    from impact.documents import tables

    return tables.preview(data, most), b""


TASKS: dict[str, Callable[..., Reply]] = {"inspect": inspect, "page_image": page_image, "table": table}
