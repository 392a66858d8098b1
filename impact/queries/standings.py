"""Reads of what services.rollup keeps ready: progress of regions on chantiers, and counts of their reporting.

Of validated figures of every proof level, and of counts alone: the same for every reader.
"""

from collections.abc import Collection, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache

import sqlalchemy as sa
from sqlmodel import Session

from impact.models import Reporting, ReportingPeriod
from impact.models import Standing as StandingRow
from impact.progress import Advance
from impact.quality import QualityRow
from impact.standing import before_any_end, in_force
from impact.vocabulary import ProgressState

STANDING: sa.Table = StandingRow.__table__  # type: ignore[attr-defined]
REPORTING: sa.Table = Reporting.__table__  # type: ignore[attr-defined]
PERIOD: sa.Table = ReportingPeriod.__table__  # type: ignore[attr-defined]


def advances(session: Session, campaign: str, day: date) -> dict[tuple[str, str], Advance]:
    """Progress of every (region, chantier) mobilised in a campaign, as World.advances gives it on that day.

    day: the one it is read on; what counts is the last period end before it.
    """
    connection = session.connection()
    days = connection.execute(sa.select(PERIOD.c.end_date).where(PERIOD.c.campaign_code == campaign)).scalars().all()
    if not days:
        return {}
    end = in_force(days, day)
    query = sa.select(STANDING).where(STANDING.c.campaign_code == campaign, STANDING.c.as_of == (end or min(days)))
    found = [advance_of(row) for row in connection.execute(query).all()]
    return {
        (one.region, one.chantier): one if end else before_any_end(one.region, one.chantier)
        for one in sorted(found, key=lambda one: (one.region, one.chantier))
    }


def trend(session: Session, campaign: str) -> dict[tuple[str, str], list[tuple[date, Advance]]]:
    """Progress at every period end of a campaign, those to come too, in order, by (region, chantier)."""
    query = sa.select(STANDING).where(STANDING.c.campaign_code == campaign)
    query = query.order_by(STANDING.c.region_code, STANDING.c.chantier_code, STANDING.c.as_of)
    found: dict[tuple[str, str], list[tuple[date, Advance]]] = {}
    for row in session.connection().execute(query).all():
        found.setdefault((row.region_code, row.chantier_code), []).append((row.as_of, advance_of(row)))
    return found


def reporting_rows(
    session: Session, period_codes: Sequence[str], regions: Collection[str] | None = None
) -> list[QualityRow]:
    """Counts of some periods, by region, chantier, then in the order of `period_codes`; regions: None = all.

    Ask only for periods that are over: the others' figures are not due yet.
    """
    table = REPORTING.c
    columns = (table.region_code, table.chantier_code, table.period_code, table.due, table.answered, table.on_time,
               table.figures, table.proven)  # fmt: skip
    query = sa.select(*columns).where(table.period_code.in_(period_codes))
    if regions is not None:
        query = query.where(table.region_code.in_(sorted(regions)))
    place = {code: number for number, code in enumerate(period_codes)}
    rows = [QualityRow(*row) for row in session.connection().execute(query).all()]
    return sorted(rows, key=lambda row: (row.region, row.chantier, place[row.period]))


def advance_of(row: sa.Row[tuple[object, ...]]) -> Advance:
    """The progress that a row of `standing` keeps."""
    return Advance(
        row.region_code, row.chantier_code, ProgressState(row.state), ratio(row.progress), ratio(row.expected),
        row.measured, row.indicators,
    )  # fmt: skip


@lru_cache(maxsize=10_000)
def ratio(text: str) -> Fraction | None:
    """The fraction that a text such as « 5/8 » says; none for the empty one."""
    if not text:
        return None
    numerator, _, denominator = text.partition("/")
    return Fraction(int(numerator), int(denominator or 1))
