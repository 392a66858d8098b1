"""Networks of any size: regions, chantiers and campaigns beyond those of data/, every figure of the past validated.

Values repeat from campaign to campaign in another magnitude (figures, bases and targets grow alike), so that no two
figures are the same and yet achievement depends only on the region, the indicator and the length of the year.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.db import database, transaction
from impact.figures import SCALE, Definition, Period
from impact.models import (
    Breakdown,
    Campaign,
    Chantier,
    Entry,
    Indicator,
    IndicatorVersion,
    MobilisationSpell,
    Region,
    ReportingPeriod,
    TargetRevision,
)
from impact.proof import reliability
from impact.queries import catalogue
from impact.services import history
from impact.vocabulary import NATIONAL_CODE, Accumulation, Direction, Measure
from tests import databases
from tests.bench import rollups
from tests.cast import CLAIRE, KARIM, ODILE, TODAY

CURRENT = 2010
"""The campaign that runs begins in that year; the others come before it."""
BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Size:
    """regions, campaigns: how many; copies: how many times the catalogue's four chantiers."""

    name: str
    regions: int
    copies: int
    campaigns: int

    @property
    def years(self) -> range:
        return range(CURRENT - self.campaigns + 1, CURRENT + 1)


SIZES = {
    size.name: size
    for size in (
        Size("1k", 10, 1, 2),
        Size("10k", 22, 1, 5),
        Size("100k", 55, 4, 5),
        Size("1M", 55, 4, 41),
        Size("10M", 110, 8, 101),
    )
}
"""100k and 1M differ by their history alone: the same regions and indicators, eight to ten times the campaigns."""


def built(size: Size, folder: Path) -> Path:
    """The file of a network, made unless the folder already holds it."""
    path = folder / f"network-{size.name}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".making")
        for leftover in folder.glob(f"{draft.name}*"):
            leftover.unlink()
        build(size, draft)
        draft.rename(path)
    return path


def build(size: Size, path: Path) -> None:
    """Fill a new file: reference data, cast, then figures, targets, history and what is kept ready of them."""
    url = f"sqlite:///{path}"
    databases.furnish(url)
    db = database(url)
    with transaction(db) as session:
        Makers(session, size).reference()
        history.record(session, "essai de vitesse", "init", size.name)
    for work in (Makers.figures, Makers.targets, Makers.past):
        with transaction(db) as session:
            raw(session).execute("PRAGMA cache_size=-400000")
            work(Makers(session, size))
    rollups.fill(db, size.years)
    with db.writer.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
    db.dispose()


def raw(session: Session) -> Any:
    """The driver's own connection, for inserts by the hundred thousand."""
    return session.connection().connection.driver_connection


def insert(session: Session, table: sa.Table, rows: Iterator[dict[str, Any]]) -> int:
    """Rows as the driver takes them (days and times as text), each with the same columns."""
    count, batch = 0, []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            count += _sent(session, table, batch)
            batch = []
    return count + _sent(session, table, batch)


def _sent(session: Session, table: sa.Table, batch: list[dict[str, Any]]) -> int:
    if batch:
        names = list(batch[0])
        marks = ", ".join("?" * len(names))
        raw(session).executemany(
            f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})", [tuple(row.values()) for row in batch]
        )
    return len(batch)


class Makers:
    """What a network of a size holds, table by table."""

    def __init__(self, session: Session, size: Size):
        self.session, self.size = session, size

    # Reference data

    def reference(self) -> None:
        session = self.session
        known = sorted(catalogue.regions(session), key=lambda code: (code < "10", code))
        session.add_all(_region(number) for number in range(len(known), self.size.regions))
        self._catalogue()
        session.flush()
        for year in self.size.years:
            if year != CURRENT:
                self._campaign(year)
        session.flush()
        session.connection().execute(sa.delete(MobilisationSpell))
        start = date(self.size.years[0], 10, 15)
        session.add_all(
            MobilisationSpell(region_code=region, chantier_code=chantier.code, start_date=start, is_primary=not place)
            for region in self.regions()
            for place, chantier in enumerate(catalogue.chantiers(session))
        )

    def _catalogue(self) -> None:
        session = self.session
        chantiers = list(session.scalars(sa.select(Chantier)))
        indicators = list(session.scalars(sa.select(Indicator)))
        versions = list(session.scalars(sa.select(IndicatorVersion)))
        for copy in range(2, self.size.copies + 1):
            for row in chantiers:
                kept = row.model_dump() | {"code": f"{row.code}{copy}", "position": row.position + 100 * copy}
                session.add(Chantier(**kept))
            session.flush()
            for one in indicators:
                place = {"chantier_code": f"{one.chantier_code}{copy}", "position": one.position + 1000 * copy}
                session.add(Indicator(code=_copied(one.code, copy), **place))
            session.flush()
            for version in versions:
                kept = version.model_dump() | {"indicator_code": _copied(version.indicator_code, copy)}
                session.add(IndicatorVersion(**kept))

    def _campaign(self, year: int) -> None:
        def moved(day: date) -> date:
            return day.replace(year=day.year + year - CURRENT)

        code = f"{year}-{year + 1}"
        model = self.session.get_one(Campaign, f"{CURRENT}-{CURRENT + 1}")
        self.session.add(Campaign(code=code, start_date=moved(model.start_date), end_date=moved(model.end_date)))
        self.session.flush()
        periods = sa.select(ReportingPeriod).where(ReportingPeriod.campaign_code == model.code)  # type: ignore[arg-type]
        self.session.add_all(
            ReportingPeriod(
                code=row.code.replace(model.code, code), campaign_code=code, frequency=row.frequency,
                start_date=moved(row.start_date), end_date=moved(row.end_date), deadline=moved(row.deadline),
            )
            for row in self.session.scalars(periods).all()
        )  # fmt: skip

    def regions(self) -> list[str]:
        """The cast's two regions among them, whatever the size."""
        known = sorted(catalogue.regions(self.session), key=lambda code: (code not in ("22", "73"), code))
        return sorted(known[: self.size.regions])

    # Figures

    def figures(self) -> None:
        regions = list(enumerate(self.regions()))
        insert(self.session, Entry.__table__, self._entries(regions))  # type: ignore[attr-defined]
        parts = (part for row, definition in self._answers(regions[::5]) for part in _breakdown(row, definition))
        insert(self.session, Breakdown.__table__, parts)  # type: ignore[attr-defined]

    def _entries(self, regions: list[tuple[int, str]]) -> Iterator[dict[str, Any]]:
        return (row for row, _ in self._answers(regions))

    def _answers(self, regions: list[tuple[int, str]]) -> Iterator[tuple[dict[str, Any], Definition]]:
        definitions = list(enumerate(catalogue.definitions(self.session).values()))
        for year in self.size.years:
            for period in catalogue.periods(self.session, f"{year}-{year + 1}"):
                if not period.has_ended(TODAY):
                    continue
                asked = [(number, one) for number, one in definitions if one.frequency is period.frequency]
                for place, region in regions:
                    for number, definition in asked:
                        chance = seed(place, number, period.short)
                        yield _entry(region, definition, period, chance, self.growth(year)), definition

    def growth(self, year: int) -> int:
        return 1 + year - self.size.years[0]

    def targets(self) -> None:
        insert(self.session, TargetRevision.__table__, self._targets())  # type: ignore[attr-defined]

    def _targets(self) -> Iterator[dict[str, Any]]:
        definitions = list(enumerate(catalogue.definitions(self.session).values()))
        places = list(enumerate(self.regions()))
        for year in self.size.years:
            for number, definition in definitions:
                if definition.direction is Direction.NEUTRAL:
                    continue
                if not definition.has_pair and number % 2:
                    yield _target(NATIONAL_CODE, definition, year, 3 * len(places), self.growth(year))
                for place, region in places:
                    if (place + number) % 10:
                        yield _target(region, definition, year, seed(place, number, ""), self.growth(year))

    def past(self) -> None:
        """A row of history for each figure, of the usual length but unsealed: only its number weighs here."""
        raw(self.session).execute(
            """
            INSERT INTO history (chain, seq, at, recorded_at, actor_id, actor, action, subject, indicator_code,
                                 period_code, before, after, reason, previous_hash, hash)
            SELECT region_code, row_number() OVER (PARTITION BY region_code ORDER BY rowid), entered_at, entered_at,
                   entered_by, 'claire@example.org', 'submit', indicator_code || ', ' || period_code, indicator_code,
                   period_code, 'null', ?, '', hex(randomblob(32)), hex(randomblob(32))
            FROM entry
            """,
            (json.dumps({"answer": "valeur", "numerator": 120_000, "source": "Registre régional", "text": "x" * 400}),),
        )


def _copied(code: str, copy: int) -> str:
    chantier, number = code.split("-")
    return f"{chantier}{copy}-{number}"


def _region(number: int) -> Region:
    name = f"Région d’essai {number}"
    code = f"R{number:02d}" if number < 100 else f"S{number - 100:02d}"
    return Region(
        code=code, name=name, code_2016=code, name_2016=name, zone="metropole", population=500_000 + 7_919 * number,
        active=True,
    )  # fmt: skip


def seed(place: int, number: int, period: str) -> int:
    """A repeatable number that depends on the three, of 0 to 9,999."""
    mixed = (place + 1) * 7_919 + (number + 1) * 104_729 + sum(map(ord, period)) * 1_299_709
    return (mixed ^ (mixed >> 7)) % 10_000


def figure(measure: Measure, chance: int, growth: int) -> tuple[int, int | None]:
    if measure is Measure.RATIO:
        whole = 20 + chance % 180
        return SCALE * growth * (whole * (chance % 91 + 5) // 100), SCALE * growth * whole
    if measure is Measure.MEAN:
        cases = (10 + chance % 90) * growth
        return (chance % 200 + 1) * SCALE // 10 * cases, SCALE * cases
    if measure is Measure.AMOUNT:
        return (chance % 900 + 10) * 1_255_000 * growth, None
    return SCALE * (chance % 400) * growth, None


def _entry(region: str, definition: Definition, period: Period, chance: int, growth: int) -> dict[str, Any]:
    numerator, denominator = figure(definition.measure, chance, growth)
    source, method = ("Registre régional", "Feuilles d’émargement") if chance % 7 else ("", "")
    link = f"https://exemple.org/preuves/{region}/{definition.code}/{period.code}.pdf" if chance % 2 else ""
    entered = (
        f"{period.end + timedelta(days=1 + chance % 12)} {8 + chance % 10:02d}:{chance % 60:02d}:{chance % 53:02d}"
    )
    submitted = f"{period.end + timedelta(days=13)} 10:{chance % 60:02d}:00"
    on = period.end + timedelta(days=20 if chance % 17 == 0 else 13)
    comment = "Hausse due à l’ouverture d’une antenne ; voir la note" if chance % 5 == 0 else ""
    return {
        "region_code": region, "indicator_code": definition.code, "period_code": period.code,
        "indicator_version": definition.version, "answer": "valeur", "status": "validated", "numerator": numerator,
        "denominator": denominator, "reason": "", "source": source, "method": method, "method_family": "",
        "population": "", "coverage_start": f"{period.start}", "coverage_end": f"{period.end}",
        "evidence_link": link, "comment": comment,
        "reliability": reliability(source, method, "", link), "evidence_read_by": None,
        "evidence_read_at": None, "entered_by": CLAIRE.id, "entered_at": f"{entered}.000000",
        "submitted_by": KARIM.id, "submitted_at": f"{submitted}.000000", "first_submitted_on": f"{on}",
        "review_started_by": ODILE.id, "review_note": "", "editable_late": 0, "validated_by": ODILE.id,
        "validated_at": f"{period.end + timedelta(days=30)} 15:00:00.000000", "version": 3,
    }  # fmt: skip


def _breakdown(entry: dict[str, Any], definition: Definition) -> list[dict[str, Any]]:
    """The total shared out over the categories of the first axis."""
    if not definition.axes or definition.has_pair:
        return []
    categories = definition.axes[0].categories
    share = entry["numerator"] // SCALE // len(categories) * SCALE
    shares = [share] * (len(categories) - 1)
    shares.append(entry["numerator"] - sum(shares))
    return [
        {
            "region_code": entry["region_code"], "indicator_code": entry["indicator_code"],
            "period_code": entry["period_code"], "axis_code": definition.axes[0].code, "category_code": category.code,
            "numerator": numerator, "denominator": None,
        }
        for category, numerator in zip(categories, shares, strict=True)
    ]  # fmt: skip


def _target(region: str, definition: Definition, year: int, chance: int, growth: int) -> dict[str, Any]:
    """Between half and three times what is usually entered, starting from nothing or from the other side."""
    if definition.has_pair:
        low, high = 10 * SCALE, (20 + chance % 60) * SCALE
    else:
        numerator, _ = figure(definition.measure, 150 + chance % 200, growth)
        low, high = 0, numerator * (3 if definition.accumulation is Accumulation.FLOW else 1)
    base, value = (low, high) if definition.direction is Direction.UP else (high, low)
    return {
        "region_code": region, "indicator_code": definition.code, "campaign_code": f"{year}-{year + 1}", "number": 1,
        "baseline": base, "value": value, "due_date": f"{year + 1}-09-30", "milestones": "[]", "reason": "",
        "set_by": ODILE.id, "set_at": f"{year}-10-15 09:00:00.000000", "set_on": f"{year}-10-15",
    }  # fmt: skip
