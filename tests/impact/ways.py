"""Two ways of doing the same with the product: its services and queries, and its commands."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from impact import rules
from impact.cli import main
from impact.db import Database, reading, transaction
from impact.figures import Cell, from_scaled, rounded
from impact.imports.targets import TARGET_COLUMNS
from impact.permissions import EVERYTHING, Actor
from impact.queries.book import Book
from impact.queries.figures import cell_entries
from impact.queries.world import world
from impact.rules.targets import read_target
from impact.services import reviews, submission
from impact.services.entries import save_entry
from impact.services.readings import Reading
from impact.services.targets import set_targets
from impact.vocabulary import Status
from tests.cast import ADA, ODILE, PICARDIE
from tests.impact.files import file_of

Fields = Mapping[str, str]


@dataclass(frozen=True)
class Seen:
    """A total as both ways tell it; value rounded, None where there is none."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    coverage: str
    regions: tuple[int, int]
    cells: tuple[int, int]
    value_date: str = ""


@dataclass(frozen=True)
class SeenProgress:
    """One indicator against its target; ratios with 6 decimals, None where there is none."""

    baseline: Decimal | None
    target: Decimal | None
    actual: Decimal | None
    achievement: Decimal | None
    expected: Decimal | None
    pace: Decimal | None
    state: str


@dataclass(frozen=True)
class SeenAdvance:
    """A region on a chantier."""

    progress: Decimal | None
    expected: Decimal | None
    state: str
    indicators: tuple[int, int]


Aims = Mapping[tuple[str, str], tuple[str, str]]
"""(region or FR, indicator): (baseline, target) as typed"""
DUE = "2011-09-30"


def with_six_decimals(value: Fraction | None) -> Decimal | None:
    return None if value is None else rounded(value, 6)


class Services:
    def __init__(self, db: Database):
        self.db = db

    def enter(self, figures: Mapping[Cell, Fields], actor: Actor = ODILE) -> None:
        """Save and submit, all or nothing."""
        with transaction(self.db) as session:
            book = Book(session)
            for cell, fields in figures.items():
                known = cell_entries(session, EVERYTHING, regions=[cell.region], indicators=[cell.indicator])
                assert cell not in known, "first entries only"
                draft, problems = rules.read_draft(book.definition(cell.indicator), cell, fields)
                assert draft is not None, problems
                save_entry(session, actor, draft)
            submission.submit_cells(session, actor, list(figures))

    def validate(self) -> None:
        with transaction(self.db) as session:
            waiting = cell_entries(session, EVERYTHING, statuses=[Status.SUBMITTED])
            reviews.validate(session, ADA, list(waiting), readings=dict.fromkeys(waiting, Reading("valeur et période")))

    def aim(self, aims: Aims, actor: Actor = ODILE) -> None:
        with transaction(self.db) as session:
            book, drafts = Book(session), []
            for (region, indicator), (baseline, target) in aims.items():
                fields = {"base": baseline, "cible": target, "echeance": DUE}
                draft, problems = read_target(book.definition(indicator), fields, region=region)
                assert draft is not None, problems
                drafts.append(draft)
            set_targets(session, actor, drafts)

    def progress(self, indicator: str, region: str = PICARDIE) -> SeenProgress:
        with reading(self.db) as session:
            seen = world(session, EVERYTHING)
        one, target = seen.progresses(indicator)[region], seen.targets.get((region, indicator))
        return SeenProgress(
            with_six_decimals(target.baseline if target else one.baseline), with_six_decimals(one.target),
            with_six_decimals(one.actual), with_six_decimals(one.achievement), with_six_decimals(one.expected),
            with_six_decimals(one.pace), one.state.value,
        )  # fmt: skip

    def advance(self, chantier: str, region: str = PICARDIE) -> SeenAdvance:
        with reading(self.db) as session:
            one = world(session, EVERYTHING).advances(chantier)[region]
        return SeenAdvance(
            with_six_decimals(one.progress), with_six_decimals(one.expected), one.state.value,
            (one.measured, one.indicators),
        )  # fmt: skip

    def total(self, indicator: str, region: str = "FR") -> Seen:
        with reading(self.db) as session:
            found = world(session, EVERYTHING).total(indicator, region)
        pair = found.pair
        return Seen(
            found.shown,
            from_scaled(pair.numerator) if pair else None,
            from_scaled(pair.denominator) if pair and pair.denominator is not None else None,
            found.coverage.value,
            (found.regions_answered, found.regions_due),
            (found.cells_answered, found.cells_due),
            found.value_date.isoformat() if found.value_date else "",
        )

    def quality(self) -> dict[tuple[str, str, str], tuple[int, int]]:
        """(due, answered) by region, chantier, period."""
        with reading(self.db) as session:
            rows = world(session, EVERYTHING).quality
        return {(row.region, row.chantier, row.period): (row.due, row.answered) for row in rows}


def decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


class Commands:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]):
        self.folder, self.capsys = folder, capsys

    def run(self, *words: str) -> str:
        self.capsys.readouterr()
        code = main(words)
        said = self.capsys.readouterr()
        assert code == 0, said.out + said.err
        return said.out

    def enter(self, figures: Mapping[Cell, Fields], actor: Actor = ODILE) -> None:
        rows = [
            {"code_region": cell.region, "code_indicateur": cell.indicator, "periode": cell.period, **fields}
            for cell, fields in figures.items()
        ]
        path = self.folder / "saisie.csv"
        path.write_bytes(file_of(rows))
        self.run("import", str(path), "--as", actor.email, "--submit")

    def validate(self) -> None:
        self.run("review", "--as", ADA.email, "--validate", "--evidence-read")

    def table(self, *words: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.run("export", *words))))

    def aim(self, aims: Aims, actor: Actor = ODILE) -> None:
        rows = [
            {"code_region": region, "code_indicateur": indicator, "base": baseline, "cible": target, "echeance": DUE}
            for (region, indicator), (baseline, target) in aims.items()
        ]
        path = self.folder / "cibles.csv"
        path.write_bytes(file_of(rows, TARGET_COLUMNS))
        self.run("targets", str(path), "--as", actor.email)

    def progress(self, indicator: str, region: str = PICARDIE) -> SeenProgress:
        rows = self.table("progress", "--indicator", indicator)
        assert {row["code_indicateur"] for row in rows} == {indicator}
        (row,) = [row for row in rows if row["code_region"] == region]
        numbers = [decimal(row[name]) for name in ("base", "cible", "realise", "taux", "attendu", "rythme")]
        return SeenProgress(*numbers, row["etat"])

    def advance(self, chantier: str, region: str = PICARDIE) -> SeenAdvance:
        rows = self.table("progress", "--chantier", chantier)
        (row,) = [row for row in rows if (row["code_indicateur"], row["code_region"]) == ("*", region)]
        counts = int(row["indicateurs_mesures"]), int(row["indicateurs_attendus"])
        return SeenAdvance(decimal(row["taux"]), decimal(row["attendu"]), row["etat"], counts)

    def total(self, indicator: str, region: str = "FR") -> Seen:
        (row,) = [row for row in self.table("totals", "--indicator", indicator) if row["code_region"] == region]

        def pair(name: str) -> tuple[int, int]:
            return int(row[f"{name}_renseignees"]), int(row[f"{name}_dues"])

        return Seen(
            decimal(row["valeur"]), decimal(row["numerateur"]), decimal(row["denominateur"]), row["couverture"],
            pair("regions"), pair("periodes"), row["valeur_au"],
        )  # fmt: skip

    def quality(self) -> dict[tuple[str, str, str], tuple[int, int]]:
        return {
            (row["code_region"], row["code_chantier"], row["periode"]): (
                int(row["cellules_dues"]),
                int(row["cellules_repondues"]),
            )
            for row in self.table("quality")
        }


Way = Services | Commands
