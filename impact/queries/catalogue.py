"""Reads of the reference tables: definitions, calendar, regions, mobilisations."""

from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from impact.errors import NotFound
from impact.figures import Axis, Category, Definition, Mobilisation, Period, period
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


def _axes(session: Session) -> dict[str, Axis]:
    categories: dict[str, list[Category]] = {}
    ordered = select(BreakdownCategory).order_by(col(BreakdownCategory.axis_code), col(BreakdownCategory.position))
    for row in session.exec(ordered):
        categories.setdefault(row.axis_code, []).append(Category(row.code, row.label))
    return {
        row.code: Axis(row.code, row.label, AxisKind(row.kind), tuple(categories.get(row.code, ())))
        for row in session.exec(select(BreakdownAxis))
    }


def _definition(row: IndicatorVersion, chantier: str, axes: dict[str, Axis]) -> Definition:
    return Definition(
        code=row.indicator_code,
        version=row.version,
        chantier=chantier,
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
    )


def definitions(session: Session) -> dict[str, Definition]:
    """The latest version of every indicator, by code, in the catalogue's order."""
    axes = _axes(session)
    rows = session.exec(
        select(IndicatorVersion, Indicator.chantier_code)
        .join(Indicator, col(Indicator.code) == col(IndicatorVersion.indicator_code))
        .order_by(col(Indicator.position), col(IndicatorVersion.version))
    )
    return {row.indicator_code: _definition(row, chantier, axes) for row, chantier in rows}


def definition(session: Session, code: str, version: int) -> Definition:
    row = session.get(IndicatorVersion, (code, version))
    parent = session.get(Indicator, code)
    if row is None or parent is None:
        raise NotFound(f"L’indicateur {code}, version {version}, n’existe pas.")
    return _definition(row, parent.chantier_code, _axes(session))


def _period(row: ReportingPeriod) -> Period:
    return period(row.code, row.campaign_code, row.frequency, row.start_date, row.end_date, row.deadline)


def periods(session: Session, campaign: str | None = None) -> list[Period]:
    """Periods of one campaign or of all, by end then length."""
    query = select(ReportingPeriod)
    if campaign is not None:
        query = query.where(ReportingPeriod.campaign_code == campaign)
    return sorted(_period(row) for row in session.exec(query))


def period_named(session: Session, code: str) -> Period:
    row = session.get(ReportingPeriod, code)
    if row is None:
        raise NotFound(f"La période « {code} » n’existe pas.")
    return _period(row)


def campaigns(session: Session) -> list[CampaignRow]:
    rows = session.exec(select(Campaign).order_by(col(Campaign.start_date)))
    return [CampaignRow(row.code, row.start_date, row.end_date) for row in rows]


def campaign_at(session: Session, today: date) -> CampaignRow:
    """The campaign that contains the day; else the last one started; else the first to come."""
    known = campaigns(session)
    if not known:
        raise NotFound("Aucune campagne n’est ouverte.")
    started = [campaign for campaign in known if campaign.start <= today]
    containing = [campaign for campaign in started if today <= campaign.end]
    return (containing or started or known[:1])[-1]


def regions(session: Session) -> dict[str, RegionRow]:
    """Every region by code, in the order of codes."""
    rows = session.exec(select(Region).order_by(col(Region.code)))
    return {row.code: RegionRow(row.code, row.name, row.population, row.active, row.zone) for row in rows}


def region_named(session: Session, code: str) -> RegionRow:
    known = regions(session)
    if code not in known:
        raise NotFound(f"La région « {code} » n’existe pas.")
    return known[code]


def chantiers(session: Session) -> list[ChantierRow]:
    rows = session.exec(select(Chantier).order_by(col(Chantier.position)))
    return [ChantierRow(row.code, row.name, row.short) for row in rows]


def chantier_named(session: Session, code: str) -> ChantierRow:
    found = next((row for row in chantiers(session) if row.code == code), None)
    if found is None:
        raise NotFound(f"Le chantier « {code} » n’existe pas.")
    return found


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
