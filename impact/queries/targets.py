"""Reads of targets: those in force, and everything that was said before."""

from collections.abc import Collection
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


def targets(
    session: Session, campaign: str, regions: Collection[str] | None = None, indicators: Collection[str] | None = None
) -> dict[tuple[str, str], Target]:
    """Those in force in a campaign, by (region, indicator); 'FR' for the country. A withdrawn one is absent.

    regions: None = all; of some, the country's are read too. indicators: None = all.
    """
    known: dict[tuple[str, str], Target | None] = {}
    query = sa.select(TABLE).where(TABLE.c.campaign_code == campaign).order_by(TABLE.c.number)
    if regions is not None:
        query = query.where(TABLE.c.region_code.in_(sorted({*regions, NATIONAL_CODE})))
    if indicators is not None:
        query = query.where(TABLE.c.indicator_code.in_(sorted(indicators)))
    for row in session.connection().execute(query).all():
        known[row.region_code, row.indicator_code] = stated(row)
    return {key: target for key, target in known.items() if target is not None}


def stated(row: Any) -> Target | None:
    """The target that a revision states: a row of the table, or a TargetRevision."""
    if row.value is None:
        return None
    return Target(
        region=row.region_code,
        indicator=row.indicator_code,
        campaign=row.campaign_code,
        value=Fraction(row.value, SCALE),
        due=row.due_date,
        baseline=None if row.baseline is None else Fraction(row.baseline, SCALE),
        milestones=tuple((date.fromisoformat(day), Fraction(value, SCALE)) for day, value in row.milestones),
        number=row.number,
    )


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
