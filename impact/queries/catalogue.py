"""Reads of the reference tables: definitions, calendar, regions, mobilisations."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from impact.errors import NotFound
from impact.figures import FREQUENCIES, Axis, Category, Definition, Mobilisation, Period, make, period
from impact.formats import sortable
from impact.models import (
    BreakdownAxis,
    BreakdownCategory,
    Campaign,
    Chantier,
    Indicator,
    IndicatorVersion,
    MobilisationSpell,
    Region,
    Reopening,
    ReportingPeriod,
)
from impact.queries.rows import day, rows
from impact.rules.definitions import in_force
from impact.vocabulary import Accumulation, Additivity, AxisKind, Direction, Measure, Stage


class RegionRow(NamedTuple):
    code: str
    name: str
    population: int
    active: bool
    zone: str


class ChantierRow(NamedTuple):
    code: str
    name: str
    short: str


class CampaignRow(NamedTuple):
    code: str
    start: date
    end: date


class ReopeningRow(NamedTuple):
    region: str
    period: str
    until: date
    reason: str


_VERSIONS: sa.Table = IndicatorVersion.__table__  # type: ignore[attr-defined]
_INDICATORS: sa.Table = Indicator.__table__  # type: ignore[attr-defined]
_AXES: sa.Table = BreakdownAxis.__table__  # type: ignore[attr-defined]
_CATEGORIES: sa.Table = BreakdownCategory.__table__  # type: ignore[attr-defined]
_PERIODS: sa.Table = ReportingPeriod.__table__  # type: ignore[attr-defined]
_REGIONS: sa.Table = Region.__table__  # type: ignore[attr-defined]
_REOPENINGS: sa.Table = Reopening.__table__  # type: ignore[attr-defined]
_SPELLS: sa.Table = MobilisationSpell.__table__  # type: ignore[attr-defined]
_CAMPAIGNS: sa.Table = Campaign.__table__  # type: ignore[attr-defined]
_CHANTIERS: sa.Table = Chantier.__table__  # type: ignore[attr-defined]
"""Rows rather than objects: every save reads the definitions, and rows cost a fifth of objects."""


def _of(column: sa.Column[Any]) -> sa.ColumnElement[bool]:
    """Among the parameter « codes »."""
    return column.in_(sa.bindparam("codes", expanding=True))


# Every save runs these: built once.
_AXES_QUERY = (
    sa.select(_AXES, _CATEGORIES.c.code.label("category"), _CATEGORIES.c.label.label("word"))
    .outerjoin(_CATEGORIES, _CATEGORIES.c.axis_code == _AXES.c.code)
    .order_by(_AXES.c.code, _CATEGORIES.c.position)
)
_SOME_AXES = _AXES_QUERY.where(_of(_AXES.c.code))
# A definition's fields are its columns, but for the first and the last.
_FIELDS = ("code", *(one.name for one in fields(Definition) if one.name not in ("code", "chantier")), "chantier")
_WORDS: dict[str, Mapping[str, StrEnum]] = {
    "stage": {one.value: one for one in Stage},
    "measure": {one.value: one for one in Measure},
    "accumulation": {one.value: one for one in Accumulation},
    "additivity": {one.value: one for one in Additivity},
    "direction": {one.value: one for one in Direction},
    "frequency": FREQUENCIES,
}
_VERSIONS_QUERY = (
    sa.select(_VERSIONS.c.indicator_code, *(_VERSIONS.c[name] for name in _FIELDS[1:-1]), _INDICATORS.c.chantier_code)
    .join(_INDICATORS, _INDICATORS.c.code == _VERSIONS.c.indicator_code)
    .order_by(_INDICATORS.c.position, _INDICATORS.c.code, _VERSIONS.c.version)
)
_SOME_VERSIONS = _VERSIONS_QUERY.where(_of(_VERSIONS.c.indicator_code))
_PERIODS_QUERY = sa.select(
    *(_PERIODS.c[name] for name in ("code", "campaign_code", "frequency", "start_date", "end_date", "deadline"))
)
_SOME_PERIODS = _PERIODS_QUERY.where(_of(_PERIODS.c.code))
_REGIONS_QUERY = sa.select(*(_REGIONS.c[name] for name in ("code", "name", "population", "active", "zone")))
_SOME_REGIONS = _REGIONS_QUERY.where(_of(_REGIONS.c.code))
_CAMPAIGNS_QUERY = sa.select(*(_CAMPAIGNS.c[name] for name in ("code", "start_date", "end_date"))).order_by(
    _CAMPAIGNS.c.start_date
)
_CHANTIERS_QUERY = sa.select(*(_CHANTIERS.c[name] for name in ("code", "name", "short"))).order_by(
    _CHANTIERS.c.position
)
_SPELLS_QUERY = sa.select(
    *(_SPELLS.c[name] for name in ("region_code", "chantier_code", "start_date", "end_date", "is_primary"))
).order_by(_SPELLS.c.region_code, _SPELLS.c.start_date, _SPELLS.c.chantier_code)
_REOPENINGS_QUERY = sa.select(
    *(_REOPENINGS.c[name] for name in ("region_code", "period_code", "until", "reason"))
).order_by(_REOPENINGS.c.number)


def axes(session: Session, codes: Collection[str] | None = None) -> dict[str, Axis]:
    """Axes of breakdown, by code. codes: None = all."""
    if codes is not None and not codes:
        return {}
    asked = None if codes is None else {"codes": sorted(codes)}
    query = _AXES_QUERY if codes is None else _SOME_AXES
    found: dict[str, Axis] = {}
    for (code, label, kind), own in groupby(rows(session, query, asked), itemgetter(0, 1, 2)):
        categories = tuple(Category(category, word) for _, _, _, category, word in own if category is not None)
        found[code] = Axis(code, label, AxisKind(kind), categories)
    return found


def _definition(row: Sequence[Any], axes: dict[str, Axis]) -> Definition:
    """row: the columns of _VERSIONS_QUERY."""
    known = dict(zip(_FIELDS, row, strict=True))
    for name, words in _WORDS.items():
        known[name] = words[known[name]]
    known["axes"] = tuple(axes[code] for code in known["axes"])
    return Definition(**known)


def _definitions(session: Session, query: sa.Select[Any], codes: Collection[str] | None = None) -> list[Definition]:
    found = session.connection().execute(query, None if codes is None else {"codes": sorted(codes)}).all()
    known = axes(session, {code for row in found for code in row.axes})
    return [_definition(row, known) for row in found]


def every_version(session: Session, codes: Collection[str] | None = None) -> dict[str, list[Definition]]:
    """All versions of every indicator, oldest first, by code, in the catalogue's order. codes: None = all."""
    found: dict[str, list[Definition]] = {}
    for one in _definitions(session, _VERSIONS_QUERY if codes is None else _SOME_VERSIONS, codes):
        found.setdefault(one.code, []).append(one)
    return found


def definitions(session: Session) -> dict[str, Definition]:
    """The latest version of every indicator, by code, in the catalogue's order."""
    return {code: versions[-1] for code, versions in every_version(session).items()}


def versions(session: Session, code: str) -> list[Definition]:
    """All versions of one indicator, oldest first."""
    found = _definitions(session, _SOME_VERSIONS, [code])
    if not found:
        raise NotFound(f"L’indicateur « {code} » n’existe pas.")
    return found


def definition_for(versions: Sequence[Definition], period: Period) -> Definition:
    """The version in force for a period: the newest that applies by its last day. versions: oldest first."""
    return in_force(versions, period.end)


def definition(session: Session, code: str, version: int) -> Definition:
    found = _definitions(session, _SOME_VERSIONS.where(_VERSIONS.c.version == version), [code])
    if not found:
        raise NotFound(f"L’indicateur {code}, version {version}, n’existe pas.")
    return found[0]


def periods(session: Session, campaign: str | None = None, codes: Collection[str] | None = None) -> list[Period]:
    """Periods of one campaign or of all, by end then length. codes: only these."""
    query = _PERIODS_QUERY if codes is None else _SOME_PERIODS
    if campaign is not None:
        query = query.where(_PERIODS.c.campaign_code == campaign)
    asked = None if codes is None else {"codes": sorted(codes)}
    return sorted(
        period(code, campaign, frequency, day(start), day(end), day(deadline))
        for code, campaign, frequency, start, end, deadline in rows(session, query, asked)
    )


def campaigns(session: Session) -> list[CampaignRow]:
    return [CampaignRow(code, day(start), day(end)) for code, start, end in rows(session, _CAMPAIGNS_QUERY)]


def campaign(session: Session, code: str) -> CampaignRow:
    found = next((row for row in campaigns(session) if row.code == code), None)
    if found is None:
        raise NotFound(f"La campagne « {code} » n’existe pas.")
    return found


def campaign_at(session: Session, today: date) -> CampaignRow:
    return containing(campaigns(session), today)


def containing(known: Sequence[CampaignRow], today: date) -> CampaignRow:
    """The campaign that contains the day; else the last one started; else the first to come. known: by date."""
    if not known:
        raise NotFound("Aucune campagne n’est ouverte.")
    started = [campaign for campaign in known if campaign.start <= today]
    containing = [campaign for campaign in started if today <= campaign.end]
    return (containing or started or known[:1])[-1]


def regions(session: Session, codes: Collection[str] | None = None) -> dict[str, RegionRow]:
    """By code, in the order in which people look for names: every list and table keeps it. codes: None = all."""
    asked = None if codes is None else {"codes": sorted(codes)}
    found = rows(session, _REGIONS_QUERY if codes is None else _SOME_REGIONS, asked)
    return {
        code: RegionRow(code, name, population, bool(active), zone)
        for code, name, population, active, zone in sorted(found, key=lambda row: sortable(row[1]))
    }


def chantiers(session: Session) -> list[ChantierRow]:
    return [ChantierRow(*row) for row in session.connection().execute(_CHANTIERS_QUERY).all()]


def mobilisations(session: Session, region: str | None = None, chantier: str | None = None) -> list[Mobilisation]:
    """By region, then start. None = all."""
    query = _SPELLS_QUERY
    if region is not None:
        query = query.where(_SPELLS.c.region_code == region)
    if chantier is not None:
        query = query.where(_SPELLS.c.chantier_code == chantier)
    return [
        make(Mobilisation, (region, chantier, day(start), None if end is None else day(end), bool(primary)))
        for region, chantier, start, end, primary in rows(session, query)
    ]


def reopenings(session: Session, region: str | None = None) -> dict[tuple[str, str], ReopeningRow]:
    """The last reopening granted, by (region, period). region: None = all."""
    query = _REOPENINGS_QUERY if region is None else _REOPENINGS_QUERY.where(_REOPENINGS.c.region_code == region)
    found = (ReopeningRow(*row) for row in session.connection().execute(query).all())
    return {(row.region, row.period): row for row in found}
