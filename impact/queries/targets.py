"""Reads of targets: those in force, and everything that was said before."""

import json
from collections.abc import Collection, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.figures import SCALE, Target, TargetStatement, make
from impact.models import Account, TargetRevision
from impact.queries.rows import day, rows
from impact.vocabulary import NATIONAL_CODE

TABLE: sa.Table = TargetRevision.__table__  # type: ignore[attr-defined]
PEOPLE: sa.Table = Account.__table__  # type: ignore[attr-defined]
STATED = (
    "region_code", "indicator_code", "campaign_code", "number", "baseline", "value", "due_date", "milestones",
)  # fmt: skip


def targets(
    session: Session, campaign: str, regions: Collection[str] | None = None, indicators: Collection[str] | None = None
) -> dict[tuple[str, str], Target]:
    """Those in force in a campaign, by (region, indicator); 'FR' for the country. A withdrawn one is absent.

    regions: None = all; of some, the country's are read too. indicators: None = all.
    """
    limits = {"region_code": None if regions is None else {*regions, NATIONAL_CODE}, "indicator_code": indicators}
    asked = {name: sorted(codes) for name, codes in limits.items() if codes is not None}
    kept = rows(session, _stated(tuple(asked)), {"campaign": campaign, **asked})
    found = {(row[0], row[1]): _target(*row) for row in kept}
    return {key: target for key, target in found.items() if target is not None}


@lru_cache
def _stated(names: tuple[str, ...]) -> sa.Select[Any]:
    """STATED of a campaign by number, limited by parameters of these names. Built once: it costs as a hundred rows."""
    query = sa.select(*(TABLE.c[name] for name in STATED)).where(TABLE.c.campaign_code == sa.bindparam("campaign"))
    return query.where(*(TABLE.c[name].in_(sa.bindparam(name, expanding=True)) for name in names)).order_by(
        TABLE.c.number
    )


def _target(
    region: str,
    indicator: str,
    campaign: str,
    number: int,
    baseline: int | None,
    value: int | None,
    due: date | str,
    milestones: Sequence[tuple[str, int]] | str,
) -> Target | None:
    """The target of a row's STATED columns; None where it says that there is none any more."""
    if value is None:
        return None
    way = _way_told(milestones) if isinstance(milestones, str) else _way(milestones)
    start = None if baseline is None else _shown(baseline)
    return make(Target, (region, indicator, campaign, _shown(value), day(due), start, way, number))


def _way(milestones: Sequence[tuple[str, int]]) -> tuple[tuple[date, Fraction], ...]:
    return tuple((day(at), _shown(value)) for at, value in milestones)


@lru_cache(maxsize=1024)
def _way_told(milestones: str) -> tuple[tuple[date, Fraction], ...]:
    """The same, of JSON: nearly all of them say []."""
    return _way(json.loads(milestones))


@lru_cache(maxsize=4096)
def _shown(scaled: int) -> Fraction:
    return Fraction(scaled, SCALE)


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
