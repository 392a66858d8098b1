"""Speed, measured on this machine: `make bench`, or `python -m tests.bench --campaigns 5 --postgres`.

A database of as many campaigns as asked, every region on every chantier, every cell validated: about 2,500 entries a
campaign. Trust the ratios between two runs on one machine, not the figures of one.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact.db import Database, reading, transaction
from impact.exports import ExportRequest
from impact.figures import Cell, Pair
from impact.models import Campaign, Entry, Indicator, IndicatorVersion, MobilisationSpell, Region, ReportingPeriod
from impact.permissions import EVERYTHING
from impact.queries.world import world
from impact.rules.drafts import EntryDraft
from impact.services.entries import save_entry
from impact.services.exports import stream
from impact.vocabulary import Answer, ExportKind, Measure, Status
from tests import databases
from tests.cast import ADA, CLAIRE, KARIM, MIDI_PYRENEES, ODILE, START, TODAY

NOON = datetime(2011, 7, 10, 10, tzinfo=UTC)


def milliseconds(work: Callable[[], object], times: int = 7) -> float:
    """Median of several runs, after one that does not count."""
    work()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - begin))
    return statistics.median(taken)


def fill(db: Database, campaigns: int) -> None:
    """Mobilise every region everywhere, add the campaigns that follow, answer every cell of them all."""
    with transaction(db) as session:
        session.connection().execute(sa.delete(MobilisationSpell))
        regions = session.exec(select(Region.code)).all()
        chantiers = session.exec(select(Indicator.chantier_code).distinct()).all()
        for region in regions:
            session.add_all(
                MobilisationSpell(region_code=region, chantier_code=chantier, start_date=START)
                for chantier in chantiers
            )
        periods = list(session.exec(select(ReportingPeriod)))
        for later in range(1, campaigns):
            periods += _following(session, periods[:7], later)
        session.flush()
        rows = [row for period in periods for row in _answers(session, period, list(regions))]
        session.connection().execute(sa.insert(Entry), rows)
    with db.writer.connect() as connection:
        connection.exec_driver_sql("ANALYZE")


def _following(session: Session, first: list[ReportingPeriod], later: int) -> list[ReportingPeriod]:
    def shifted(day: date) -> date:
        return day.replace(year=day.year + later)

    code = f"{2010 + later}-{2011 + later}"
    session.add(Campaign(code=code, start_date=shifted(date(2010, 10, 15)), end_date=shifted(date(2011, 9, 30))))
    session.flush()
    added = [
        ReportingPeriod(
            code=row.code.replace("2010-2011", code), campaign_code=code, frequency=row.frequency,
            start_date=shifted(row.start_date), end_date=shifted(row.end_date), deadline=shifted(row.deadline),
        )
        for row in first
    ]  # fmt: skip
    session.add_all(added)
    return added


def _answers(session: Session, period: ReportingPeriod, regions: list[str]) -> Iterator[dict[str, object]]:
    asked = session.exec(select(IndicatorVersion).where(col(IndicatorVersion.frequency) == period.frequency)).all()
    for definition in asked:
        whole = 1_000_000 if definition.measure in (Measure.RATIO, Measure.MEAN) else None
        for place, region in enumerate(regions):
            yield Entry(
                region_code=region, indicator_code=definition.indicator_code, period_code=period.code,
                indicator_version=1, answer=Answer.VALUE.value, status=Status.VALIDATED.value,
                numerator=10_000 * (place + 1), denominator=whole, source="registre", coverage_start=period.start_date,
                coverage_end=period.end_date, reliability=place % 4, entered_by=CLAIRE.id, entered_at=NOON,
                submitted_by=KARIM.id, submitted_at=NOON, first_submitted_on=TODAY, validated_by=ODILE.id,
                validated_at=NOON, version=3,
            ).model_dump()  # fmt: skip


def overview(db: Database) -> None:
    """What the national view needs: a campaign read once, then every indicator's national total."""
    with reading(db) as session:
        held = world(session, EVERYTHING)
    for indicator in held.definitions:
        held.total(indicator)


def export(db: Database, kind: ExportKind) -> int:
    return sum(len(block) for block in stream(kind, ExportRequest(), "mesure", db))


def save(db: Database, number: int) -> None:
    with transaction(db) as session:
        seen = session.get(Entry, Cell(MIDI_PYRENEES, "PRE-03", "2010-2011-T4"))
        draft = EntryDraft(
            region=MIDI_PYRENEES, indicator="PRE-03", period="2010-2011-T4", answer=Answer.VALUE,
            pair=Pair(10_000 * number), source="registre", seen_version=seen.version if seen else 0,
        )  # fmt: skip
        save_entry(session, ADA, draft)


@contextmanager
def database(folder: Path, on_postgres: bool) -> Iterator[Database]:
    with databases.postgres_mould() if on_postgres else nullcontext() as mould:
        url = mould.url("mould") if mould else f"sqlite:///{folder / 'bench.db'}"
        if not mould:
            databases.furnish(url)
        os.environ["IMPACT_DATABASE_URL"] = url
        db = Database(url)
        yield db
        db.dispose()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--campaigns", type=int, default=20)
    asked.add_argument("--postgres", action="store_true")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as name, database(Path(name), options.postgres) as db:
        os.environ |= {"IMPACT_TODAY": TODAY.isoformat(), "IMPACT_KEY_FILE": f"{name}/key"}
        fill(db, options.campaigns)
        with reading(db) as session:
            print(f"{session.exec(select(sa.func.count()).select_from(Entry)).one():>10} saisies")
        with transaction(db) as session:
            session.connection().execute(sa.delete(Entry).where(col(Entry.period_code) == "2010-2011-T4"))
        report(db)


def report(db: Database) -> None:
    print(f"{milliseconds(lambda: overview(db)):>10.1f} ms  vue nationale : lecture et totaux d’une campagne")
    numbers = iter(range(1, 1000))
    print(f"{milliseconds(lambda: save(db, next(numbers)), 50):>10.1f} ms  une saisie gardée, avec son historique")
    for kind in ExportKind:
        size = export(db, kind)
        taken = milliseconds(lambda kind=kind: export(db, kind), 3)
        print(f"{taken:>10.1f} ms  export {kind} : {size / 1e6:.1f} Mo, {size / 1e3 / taken:.1f} Mo/s")


if __name__ == "__main__":
    main()
