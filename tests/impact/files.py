"""Files of figures for tests of imports, exports and commands."""

import csv
import io
from collections.abc import Sequence

from sqlmodel import Session

from impact import imports
from impact.imports import IMPORT_COLUMNS, Outcome, Verdict
from impact.permissions import Actor
from impact.services.imports import apply

Line = dict[str, str]


def line(region: str, indicator: str, period: str, valeur: str = "", **columns: str) -> Line:
    """One row; period without its campaign, T3."""
    key = {"code_region": region, "code_indicateur": indicator, "periode": f"2010-2011-{period}"}
    return {**key, "valeur": valeur, **columns}


def file_of(lines: Sequence[Line], columns: Sequence[str] = IMPORT_COLUMNS) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(lines)
    return buffer.getvalue().encode()


def import_lines(
    session: Session, actor: Actor, *lines: Line, submit: bool = False, dry_run: bool = False,
    columns: Sequence[str] = IMPORT_COLUMNS,
) -> list[Verdict]:  # fmt: skip
    return apply(session, actor, imports.read(file_of(lines, columns)), submit=submit, dry_run=dry_run)


def outcomes(verdicts: Sequence[Verdict]) -> list[Outcome]:
    return [verdict.outcome for verdict in verdicts]
