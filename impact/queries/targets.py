"""Reads of targets: those in force, and everything that was said before."""

from collections.abc import Collection, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.figures import SCALE, Target, TargetStatement
from impact.models import Account, TargetRevision
from impact.vocabulary import NATIONAL_CODE

TABLE: sa.Table = TargetRevision.__table__  # type: ignore[attr-defined]
PEOPLE: sa.Table = Account.__table__  # type: ignore[attr-defined]
STATED = (
    "region_code", "indicator_code", "campaign_code", "number", "baseline", "value", "due_date", "milestones",
)  # fmt: skip
_STATED_QUERY = sa.select(*(TABLE.c[name] for name in STATED)).order_by(TABLE.c.number)


def targets(
    session: Session, campaign: str, regions: Collection[str] | None = None, indicators: Collection[str] | None = None
) -> dict[tuple[str, str], Target]:
    """Those in force in a campaign, by (region, indicator); 'FR' for the country. A withdrawn one is absent.

    regions: None = all; of some, the country's are read too. indicators: None = all.
    """
    known: dict[tuple[str, str], Target | None] = {}
    query = _STATED_QUERY.where(TABLE.c.campaign_code == campaign)
    if regions is not None:
        query = query.where(TABLE.c.region_code.in_(sorted({*regions, NATIONAL_CODE})))
    if indicators is not None:
        query = query.where(TABLE.c.indicator_code.in_(sorted(indicators)))
    for row in session.connection().execute(query).all():
        known[row[0], row[1]] = _target(*row)
    return {key: target for key, target in known.items() if target is not None}


def _target(
    region: str,
    indicator: str,
    campaign: str,
    number: int,
    baseline: int | None,
    value: int | None,
    due: date,
    milestones: Sequence[tuple[str, int]],
) -> Target | None:
    """The target of a row's STATED columns; None where it says that there is none any more."""
    if value is None:
        return None
    way = tuple((date.fromisoformat(day), Fraction(point, SCALE)) for day, point in milestones)
    start = None if baseline is None else Fraction(baseline, SCALE)
    return Target(region, indicator, campaign, Fraction(value, SCALE), due, start, way, number)


def stated(row: Any) -> Target | None:
    """The target that a revision states: a row of the table, or a TargetRevision."""
    return _target(*(getattr(row, name) for name in STATED))


def statements(session: Session, campaign: str, region: str = "", indicator: str = "") -> list[TargetStatement]:
    """Every revision of a campaign, by region, indicator, number; '' = all. Nobody in the network may not see them."""
    query = (
        sa.select(TABLE, PEOPLE.c.name)
        .join(PEOPLE, PEOPLE.c.id == TABLE.c.set_by)
        .where(TABLE.c.campaign_code == campaign)
        .order_by(TABLE.c.region_code, TABLE.c.indicator_code, TABLE.c.number)
    )
    if region:
        query = query.where(TABLE.c.region_code == region)
    if indicator:
        query = query.where(TABLE.c.indicator_code == indicator)
    return [
        TargetStatement(
            row.region_code, row.indicator_code, row.campaign_code, row.number, stated(row), row.reason, row.name,
            row.set_at, row.set_on,
        )
        for row in session.connection().execute(query)
    ]  # fmt: skip
