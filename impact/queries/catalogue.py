"""Reads of the reference tables: definitions, calendar, regions, mobilisations."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact.errors import NotFound
from impact.figures import Axis, Category, Definition, Mobilisation, Period, period
from impact.formats import sortable
from impact.models import (
    BreakdownAxis,
    BreakdownCategory,
    Campaign,
    Chantier,
    DataVersion,
    Indicator,
    IndicatorVersion,
    MobilisationSpell,
    Region,
    Reopening,
    ReportingPeriod,
)
from impact.vocabulary import Accumulation, Additivity, AxisKind, Direction, Frequency, Measure, Stage


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
"""Rows rather than objects: every save reads the definitions, and rows cost a fifth of objects."""


def axes(session: Session) -> dict[str, Axis]:
    """Every axis of breakdown, by code."""
    connection = session.connection()
    categories: dict[str, list[Category]] = {}
    for row in connection.execute(sa.select(_CATEGORIES).order_by(_CATEGORIES.c.axis_code, _CATEGORIES.c.position)):
        categories.setdefault(row.axis_code, []).append(Category(row.code, row.label))
    return {
        row.code: Axis(row.code, row.label, AxisKind(row.kind), tuple(categories.get(row.code, ())))
        for row in connection.execute(sa.select(_AXES))
    }


def _definition(row: Any, axes: dict[str, Axis]) -> Definition:
    """row: a definition's columns and its chantier_code."""
    return Definition(
        code=row.indicator_code,
        version=row.version,
        chantier=row.chantier_code,
        name=row.name,
        question=row.question,
        definition=row.definition,
        stage=Stage(row.stage),
        measure=Measure(row.measure),
        unit=row.unit,
        accumulation=Accumulation(row.accumulation),
        additivity=Additivity(row.additivity),
        direction=Direction(row.direction),
        frequency=Frequency(row.frequency),
        decimals=row.decimals,
        minimum=row.minimum,
        maximum=row.maximum,
        alert_above=row.alert_above,
        numerator_label=row.numerator_label,
        denominator_label=row.denominator_label,
        collection_method=row.collection_method,
        proof_of_effect=row.proof_of_effect,
        axes=tuple(axes[code] for code in row.axes),
        sheet=row.sheet,
        applies_from=row.applies_from,
    )


def _definition_rows(session: Session, *conditions: sa.ColumnElement[bool]) -> list[Definition]:
    query = (
        sa.select(_VERSIONS, _INDICATORS.c.chantier_code)
        .join(_INDICATORS, _INDICATORS.c.code == _VERSIONS.c.indicator_code)
        .where(*conditions)
        .order_by(_INDICATORS.c.position, _VERSIONS.c.version)
    )
    known = axes(session)
    return [_definition(row, known) for row in session.connection().execute(query)]


def every_version(session: Session, codes: Collection[str] | None = None) -> dict[str, list[Definition]]:
    """All versions of every indicator, oldest first, by code, in the catalogue's order. codes: None = all."""
    found: dict[str, list[Definition]] = {}
    asked = () if codes is None else (_VERSIONS.c.indicator_code.in_(sorted(codes)),)
    for one in _definition_rows(session, *asked):
        found.setdefault(one.code, []).append(one)
    return found


def definitions(session: Session) -> dict[str, Definition]:
    """The latest version of every indicator, by code, in the catalogue's order."""
    return {code: versions[-1] for code, versions in every_version(session).items()}


def versions(session: Session, code: str) -> list[Definition]:
    """All versions of one indicator, oldest first."""
    found = _definition_rows(session, _VERSIONS.c.indicator_code == code)
    if not found:
        raise NotFound(f"L’indicateur « {code} » n’existe pas.")
    return found


def definition_for(versions: Sequence[Definition], period: Period) -> Definition:
    """The version in force for a period: the newest that applies by its last day. versions: oldest first."""
    held = [one for one in versions if one.applies_from is None or one.applies_from <= period.end]
    return (held or versions)[-1 if held else 0]


def definition(session: Session, code: str, version: int) -> Definition:
    found = _definition_rows(session, _VERSIONS.c.indicator_code == code, _VERSIONS.c.version == version)
    if not found:
        raise NotFound(f"L’indicateur {code}, version {version}, n’existe pas.")
    return found[0]


def _period(row: ReportingPeriod) -> Period:
    return period(row.code, row.campaign_code, row.frequency, row.start_date, row.end_date, row.deadline)


def periods(session: Session, campaign: str | None = None) -> list[Period]:
    """Periods of one campaign or of all, by end then length."""
    query = select(ReportingPeriod)
    if campaign is not None:
        query = query.where(ReportingPeriod.campaign_code == campaign)
    return sorted(_period(row) for row in session.exec(query))


def campaigns(session: Session) -> list[CampaignRow]:
    rows = session.exec(select(Campaign).order_by(col(Campaign.start_date)))
    return [CampaignRow(row.code, row.start_date, row.end_date) for row in rows]


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


def regions(session: Session) -> dict[str, RegionRow]:
    """Every region by code, in the order in which people look for names: every list and table keeps it."""
    rows = sorted(session.exec(select(Region)), key=lambda row: sortable(row.name))
    return {row.code: RegionRow(row.code, row.name, row.population, row.active, row.zone) for row in rows}


def chantiers(session: Session) -> list[ChantierRow]:
    rows = session.exec(select(Chantier).order_by(col(Chantier.position)))
    return [ChantierRow(row.code, row.name, row.short) for row in rows]


def mobilisations(session: Session, region: str | None = None) -> list[Mobilisation]:
    query = select(MobilisationSpell).order_by(
        col(MobilisationSpell.region_code), col(MobilisationSpell.start_date), col(MobilisationSpell.chantier_code)
    )
    if region is not None:
        query = query.where(MobilisationSpell.region_code == region)
    return [
        Mobilisation(row.region_code, row.chantier_code, row.start_date, row.end_date, row.is_primary)
        for row in session.exec(query)
    ]


def reopenings(session: Session) -> dict[tuple[str, str], ReopeningRow]:
    """The last reopening granted, by (region, period)."""
    rows = session.exec(select(Reopening).order_by(col(Reopening.number)))
    return {
        (row.region_code, row.period_code): ReopeningRow(row.region_code, row.period_code, row.until, row.reason)
        for row in rows
    }


def data_version(session: Session) -> int:
    """Rises with every writing transaction: the key of cached reads."""
    row = session.get(DataVersion, 1)
    return row.number if row else 0
