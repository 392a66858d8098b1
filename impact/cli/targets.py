"""targets: what regions and the country set out to reach, from a file."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from impact.cli.common import Commands, acting, add_account, command, file_bytes, writing
from impact.errors import Refused

if TYPE_CHECKING:
    from impact.imports.targets import TargetVerdict


def add(commands: Commands) -> None:
    load = command(commands, "targets", run, "fixe les cibles d’un fichier CSV, en entier ou pas du tout")
    load.add_argument("file", metavar="FICHIER")
    add_account(load)
    load.add_argument("--dry-run", action="store_true", help="rend les verdicts sans rien écrire")


def run(asked: argparse.Namespace) -> int:
    from impact.formats import counted
    from impact.imports.targets import all_accepted, read
    from impact.services.target_files import apply

    rows = read(file_bytes(Path(asked.file)))
    with writing() as session:
        verdicts = apply(session, acting(session, asked), rows, dry_run=asked.dry_run)
        accepted = all_accepted(verdicts)
        if asked.dry_run or not accepted:
            session.rollback()
    print(_as_text(verdicts, written=accepted and not asked.dry_run))
    if not accepted:
        refused = counted(sum(bool(verdict.messages) for verdict in verdicts), "ligne")
        raise Refused(f"Rien n’est écrit : {refused} à corriger.")
    return 0


def _as_text(verdicts: Sequence[TargetVerdict], written: bool) -> str:
    from impact.imports.targets import TargetOutcome

    lines = []
    for verdict in verdicts:
        key = ", ".join(part for part in verdict.row.key if part)
        said = "".join(f"\n  {message}" for message in verdict.messages)
        lines.append(f"ligne {verdict.row.line} : {verdict.outcome.label} ({key}){said}")
    counted = Counter(verdict.outcome for verdict in verdicts)
    counts = ", ".join(f"{outcome.label} : {counted[outcome]}" for outcome in TargetOutcome if counted[outcome])
    return "\n".join([*lines, counts, "Écrit." if written else "Rien n’est écrit."])
