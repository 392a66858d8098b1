"""import and review: figures from a file, and the national office's answer to them."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from impact.cli.common import Commands, acting, add_account, command, file_bytes, writing
from impact.errors import Refused

if TYPE_CHECKING:
    from sqlmodel import Session

    from impact.figures import Cell
    from impact.imports import Verdict


def add(commands: Commands) -> None:
    load = command(commands, "import", run_import, "importe des chiffres d’un fichier CSV, en entier ou pas du tout")
    load.add_argument("file", metavar="FICHIER")
    add_account(load)
    load.add_argument("--dry-run", action="store_true", help="rend les verdicts sans rien écrire")
    load.add_argument("--submit", action="store_true", help="soumet ce que le fichier contient")
    load.add_argument("--format", choices=("json", "text"), default="text", help="forme des verdicts (text)")
    review = command(commands, "review", run_review, "valide ou retourne tous les chiffres soumis qui correspondent")
    add_account(review)
    act = review.add_mutually_exclusive_group(required=True)
    act.add_argument("--validate", action="store_true", help="valide")
    act.add_argument("--return", dest="reason", metavar="MOTIF", help="retourne à la région, avec ce motif")
    review.add_argument("--evidence-read", action="store_true", help="avec --validate : les preuves ont été lues")
    for name in ("region", "chantier", "period", "indicator"):
        review.add_argument(f"--{name}", metavar="CODE", help="seulement ceux de ce code")
    review.set_defaults(usage_error=review.error)


def run_import(asked: argparse.Namespace) -> int:
    from impact import imports
    from impact.formats import counted
    from impact.services.imports import apply

    rows = imports.read(file_bytes(Path(asked.file)))
    with writing() as session:
        verdicts = apply(session, acting(session, asked), rows, submit=asked.submit, dry_run=asked.dry_run)
        accepted = imports.all_accepted(verdicts)
        if asked.dry_run or not accepted:
            session.rollback()
    show = _as_json if asked.format == "json" else _as_text
    print(show(verdicts, written=accepted and not asked.dry_run))
    if not accepted:
        refused = counted(sum(bool(verdict.messages) for verdict in verdicts), "ligne")
        raise Refused(f"Rien n’est écrit : {refused} à corriger.")
    return 0


def _as_text(verdicts: Sequence[Verdict], written: bool) -> str:
    lines = []
    for verdict in verdicts:
        key = ", ".join(part for part in verdict.row.key if part)
        said = [*verdict.messages, *(f"attention : {warning}" for warning in verdict.warnings)]
        status = f"{verdict.outcome.label}, soumis" if verdict.submitted else verdict.outcome.label
        lines.append(f"ligne {verdict.row.line} : {status} ({key})" + "".join(f"\n  {one}" for one in said))
    counts = ", ".join(f"{label} : {count}" for label, count in _counts(verdicts).items())
    return "\n".join([*lines, counts, "Écrit." if written else "Rien n’est écrit."])


def _as_json(verdicts: Sequence[Verdict], written: bool) -> str:
    rows = [
        {
            "ligne": verdict.row.line,
            **dict(zip(("code_region", "code_indicateur", "periode", "axe", "modalite"), verdict.row.key, strict=True)),
            "verdict": verdict.outcome.label,
            "soumis": verdict.submitted,
            "messages": list(verdict.messages),
            "avertissements": list(verdict.warnings),
        }
        for verdict in verdicts
    ]
    return json.dumps({"ecrit": written, "bilan": _counts(verdicts), "lignes": rows}, ensure_ascii=False, indent=1)


def _counts(verdicts: Sequence[Verdict]) -> dict[str, int]:
    counted = Counter(verdict.outcome for verdict in verdicts)
    return {outcome.label: counted[outcome] for outcome in sorted(counted)}


SAID_TO_BE_READ = "pièces lues, dit en ligne de commande"


def run_review(asked: argparse.Namespace) -> int:
    from impact.services import reviews
    from impact.services.readings import Reading

    if asked.evidence_read and not asked.validate:
        asked.usage_error("argument --evidence-read : va avec --validate")
    with writing() as session:
        actor, cells = acting(session, asked), _submitted(session, asked)
        if asked.validate:
            readings = dict.fromkeys(cells, Reading(SAID_TO_BE_READ)) if asked.evidence_read else {}
            count = reviews.validate(session, actor, cells, readings=readings)
        else:
            count = reviews.send_back(session, actor, cells, asked.reason)
    print(count)
    return 0


def _submitted(session: Session, asked: argparse.Namespace) -> list[Cell]:
    """Every submitted cell that matches, in order; NotFound where a code names nothing."""
    from impact.permissions import EVERYTHING
    from impact.queries.book import Book
    from impact.queries.figures import cell_entries
    from impact.vocabulary import Status

    book = Book(session)
    filters: dict[str, Any] = {"statuses": [Status.SUBMITTED]}
    for name, look_up in (("region", book.region), ("period", book.period), ("indicator", book.definition)):
        if code := getattr(asked, name):
            look_up(code)
            filters[f"{name}s"] = [code]
    cells = cell_entries(session, EVERYTHING, **filters)
    if asked.chantier:
        book.chantier(asked.chantier)
        return sorted(cell for cell in cells if book.definition(cell.indicator).chantier == asked.chantier)
    return sorted(cells)
