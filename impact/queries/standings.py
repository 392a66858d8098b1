"""Reads of what services.rollup keeps ready: progress of regions on chantiers, and counts of their reporting.

Of validated figures of every proof level, and of counts alone: the same for every reader.
"""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import repeat

import sqlalchemy as sa
from sqlmodel import Session

from impact.figures import make
from impact.models import Reporting, ReportingPeriod
from impact.models import Standing as StandingRow
from impact.progress import Advance
from impact.quality import QualityRow
from impact.queries.rows import rows
from impact.standing import before_any_end, in_force
from impact.vocabulary import ProgressState

STANDING: sa.Table = StandingRow.__table__  # type: ignore[attr-defined]
REPORTING: sa.Table = Reporting.__table__  # type: ignore[attr-defined]
PERIOD: sa.Table = ReportingPeriod.__table__  # type: ignore[attr-defined]
COLUMNS = (
    STANDING.c.region_code, STANDING.c.chantier_code, STANDING.c.state, STANDING.c.progress, STANDING.c.expected,
    STANDING.c.measured, STANDING.c.indicators,
)  # fmt: skip
COUNTS = (
    REPORTING.c.region_code, REPORTING.c.chantier_code, REPORTING.c.period_code, REPORTING.c.due,
    REPORTING.c.answered, REPORTING.c.on_time, REPORTING.c.figures, REPORTING.c.proven,
)  # fmt: skip
LONG = 4_000
"""Digits of a number that int may not read."""
STATES = {one.value: one for one in ProgressState}
_ENDS = sa.select(PERIOD.c.end_date).where(PERIOD.c.campaign_code == sa.bindparam("campaign"))
_ADVANCES = sa.select(*COLUMNS).where(
    STANDING.c.campaign_code == sa.bindparam("campaign"), STANDING.c.as_of == sa.bindparam("day")
)
_AMONG = REPORTING.c.period_code.in_(sa.bindparam("periods", expanding=True))
_MISSING = sa.case((REPORTING.c.answered < REPORTING.c.due, REPORTING.c.period_code), else_="").label("period")
_SUMS = (
    sa.select(*COUNTS[:2], _MISSING, *(sa.func.sum(column) for column in COUNTS[3:]))
    .where(_AMONG)
    .group_by(*COUNTS[:2], _MISSING)
)


def advances(
    session: Session, campaign: str, day: date, ends: Collection[date] | None = None
) -> dict[tuple[str, str], Advance]:
    """Progress of every (region, chantier) mobilised in a campaign, in no order, as World.advances gives it that day.

    day: the one it is read on; what counts is the last period end before it. ends: of the campaign's periods; None =
    read.
    """
    if ends is None:
        ends = session.connection().execute(_ENDS, {"campaign": campaign}).scalars().all()
    if not ends:
        return {}
    end = in_force(ends, day)
    kept = rows(session, _ADVANCES, {"campaign": campaign, "day": end or min(ends)})
    if end is None:
        return {(region, chantier): before_any_end(region, chantier) for region, chantier, *_ in kept}
    return {
        (region, chantier): make(
            Advance, (region, chantier, STATES[state], ratio(progress), ratio(expected), measured, indicators)
        )
        for region, chantier, state, progress, expected, measured, indicators in kept
    }


def trend(session: Session, campaign: str) -> dict[tuple[str, str], list[tuple[date, Advance]]]:
    """Progress at every period end of a campaign, those to come too, in order, by (region, chantier)."""
    query = sa.select(STANDING.c.as_of, *COLUMNS).where(STANDING.c.campaign_code == campaign)
    query = query.order_by(STANDING.c.region_code, STANDING.c.chantier_code, STANDING.c.as_of)
    found: dict[tuple[str, str], list[tuple[date, Advance]]] = {}
    for day, *row in session.connection().execute(query).all():
        one = advance_of(*row)
        found.setdefault((one.region, one.chantier), []).append((day, one))
    return found


def reporting_rows(
    session: Session,
    period_codes: Sequence[str],
    regions: Collection[str] | None = None,
    chantiers: Collection[str] | None = None,
) -> list[QualityRow]:
    """Counts of some periods, by region, chantier, then in the order of `period_codes`; None = all.

    Ask only for periods that are over: the others' figures are not due yet.
    """
    query = sa.select(*COUNTS).where(_AMONG)
    for column, codes in ((REPORTING.c.region_code, regions), (REPORTING.c.chantier_code, chantiers)):
        if codes is not None:
            query = query.where(column.in_(sorted(codes)))
    place = {code: number for number, code in enumerate(period_codes)}
    found = sorted(rows(session, query, {"periods": period_codes}), key=lambda row: (row[0], row[1], place[row[2]]))
    return list(map(make, repeat(QualityRow), found))


def reporting_sums(session: Session, period_codes: Sequence[str]) -> list[QualityRow]:
    """Counts of some periods: sheets with something missing, each by itself; the others added up, with period ''.

    Few rows whatever the network, where most sheets are complete; by codes, what is added up first.
    """
    found = sorted(rows(session, _SUMS, {"periods": period_codes}))
    return list(map(make, repeat(QualityRow), found))


def advance_of(
    region: str, chantier: str, state: str, progress: str, expected: str, measured: int, indicators: int
) -> Advance:
    """The progress that a row of `standing` keeps: its COLUMNS."""
    return Advance(region, chantier, STATES[state], ratio(progress), ratio(expected), measured, indicators)


@lru_cache(maxsize=4096)
def ratio(text: str) -> Fraction | None:
    """The fraction that a text such as « 5/8 » says; none for the empty one."""
    if not text:
        return None
    numerator, _, denominator = text.partition("/")
    return Fraction(_whole(numerator), _whole(denominator or "1"))


def _whole(digits: str) -> int:
    """int reads 4,300 digits at most, Decimal any number of them, at twice the cost."""
    return int(digits) if len(digits) < LONG else int(Decimal(digits))
