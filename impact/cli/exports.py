"""export: files of what the operator may see, which is everything, and of what is validated, in open standards."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from impact.cli.common import OPERATOR, Commands, command, day, require_installed
from impact.errors import Refused
from impact.vocabulary import CSV_KINDS, Dialect, ExportKind

if TYPE_CHECKING:
    from impact.exports import ExportRequest


def add(commands: Commands) -> None:
    export = command(
        commands,
        "export",
        run,
        "exporte les chiffres, les totaux, l’avancement, la qualité, les plans, leur financement, les jalons, les "
        "rencontres ou les décisions ; en CSV, ou dans un standard ouvert",
    )
    export.add_argument(
        "what", metavar="QUOI", choices=[kind.value for kind in ExportKind],
        help=" ; ".join(f"{kind.value} : {kind.label}" for kind in ExportKind),
    )  # fmt: skip
    export.add_argument(
        "--from",
        dest="start",
        type=day,
        metavar="DATE",
        help="périodes finies, rencontres et jalons attendus à partir de ce jour",
    )
    export.add_argument("--to", dest="end", type=day, metavar="DATE", help="de même, jusqu’à ce jour")
    for name, does in (("region", "région"), ("chantier", "chantier"), ("indicator", "indicateur")):
        export.add_argument(f"--{name}", action="append", default=[], metavar="CODE", help=f"{does} ; peut se répéter")
    export.add_argument("--min-proof", choices=[f"F{level}" for level in range(5)], help="niveau de preuve minimal")
    export.add_argument(
        "--provisional", action="store_true", help="inclut les chiffres soumis dans les totaux et l’avancement"
    )
    export.add_argument("--dialect", choices=[dialect.value for dialect in Dialect], default="open", help="(open)")
    export.add_argument("--output", type=Path, metavar="FICHIER", help="au lieu de la sortie standard")
    export.set_defaults(usage_error=export.error)


def run(asked: argparse.Namespace) -> int:
    from impact.exports import ExportRequest, proof_level
    from impact.services import exports

    kind = ExportKind(asked.what)
    if kind not in CSV_KINDS and (asked.provisional or asked.dialect != Dialect.OPEN):
        asked.usage_error(f"--provisional et --dialect ne vont pas avec {kind.value}")
    request = ExportRequest(
        start=asked.start,
        end=asked.end,
        regions=tuple(dict.fromkeys(asked.region)),
        chantiers=tuple(dict.fromkeys(asked.chantier)),
        indicators=tuple(dict.fromkeys(asked.indicator)),
        min_proof=proof_level(asked.min_proof or "F0"),
        provisional=asked.provisional,
        dialect=Dialect(asked.dialect),
    )
    _refuse_what_is_in_vain(kind, request, asked.usage_error)
    require_installed()
    chunks = exports.stream(kind, request, OPERATOR)
    if asked.output:
        _write(asked.output, chunks)
        return 0
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
    return 0


def _refuse_what_is_in_vain(kind: ExportKind, request: "ExportRequest", refuse: Callable[[str], NoReturn]) -> None:
    from impact.exports import narrowing

    options = {
        narrowing.DATES: "--from et --to", narrowing.CHANTIERS: "--chantier", narrowing.INDICATORS: "--indicator",
        narrowing.PROOF: "--min-proof", narrowing.PROVISIONAL: "--provisional",
    }  # fmt: skip
    if in_vain := [options[name] for name in narrowing.in_vain(kind, request)]:
        refuse(f"ces options ne vont pas avec {kind.value} : {', '.join(in_vain)}")


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file whole or not at all: an older one stays until the new one is complete."""
    from impact.causes import why

    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise Refused(f"Le fichier « {path} » ne peut pas être écrit : {why(error)}.") from None
    finally:
        with suppress(OSError):  # where nothing can be written, nothing is left to clear away
            draft.unlink(missing_ok=True)
