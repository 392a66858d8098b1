"""Reference tables: the catalogue, the regions, the calendar."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from impact.models.base import Table, check, one_of
from impact.vocabulary import Accumulation, Additivity, AxisKind, Direction, Frequency, Measure, Stage


class Chantier(Table, table=True):
    __tablename__ = "chantier"
    code: str = Field(primary_key=True, max_length=8)
    name: str
    short: str
    position: int


class Region(Table, table=True):
    __tablename__ = "region"
    code: str = Field(primary_key=True, max_length=3)
    name: str
    code_2016: str
    name_2016: str
    zone: str
    population: int
    active: bool


class Indicator(Table, table=True):
    __tablename__ = "indicator"
    code: str = Field(primary_key=True, max_length=16)
    chantier_code: str = Field(foreign_key="chantier.code")
    position: int


class IndicatorVersion(Table, table=True):
    """One definition. minimum, maximum and alert_above are in 1/10,000 of the unit shown.

    applies_from: first day of the periods that it is entered under; absent = all. What published it on a screen says
    who and why; what came with data/catalogue.yaml has no publisher.
    """

    __tablename__ = "indicator_version"
    __table_args__ = (
        one_of("measure", Measure),
        one_of("accumulation", Accumulation),
        one_of("additivity", Additivity),
        one_of("direction", Direction),
        one_of("frequency", Frequency),
        one_of("stage", Stage),
        check("decimals_fit_the_scale", "decimals BETWEEN 0 AND 4"),
        check("minimum_is_below_maximum", "minimum IS NULL OR maximum IS NULL OR minimum <= maximum"),
        check("a_publication_says_why", "published_by IS NULL OR (reason <> '' AND published_at IS NOT NULL)"),
    )
    indicator_code: str = Field(primary_key=True, foreign_key="indicator.code")
    version: int = Field(primary_key=True)
    name: str
    question: str
    definition: str
    stage: str
    measure: str
    unit: str
    accumulation: str
    additivity: str
    direction: str
    frequency: str
    decimals: int
    minimum: int | None = Field(default=None, sa_type=sa.BigInteger)
    maximum: int | None = Field(default=None, sa_type=sa.BigInteger)
    alert_above: int | None = Field(default=None, sa_type=sa.BigInteger)
    numerator_label: str = ""
    denominator_label: str = ""
    collection_method: str = ""
    proof_of_effect: bool = False
    axes: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    sheet: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    reason: str = ""
    applies_from: date | None = None
    published_by: int | None = Field(default=None, foreign_key="account.id")
    published_at: datetime | None = None


class BreakdownAxis(Table, table=True):
    __tablename__ = "breakdown_axis"
    __table_args__ = (one_of("kind", AxisKind),)
    code: str = Field(primary_key=True)
    label: str
    kind: str


class BreakdownCategory(Table, table=True):
    __tablename__ = "breakdown_category"
    axis_code: str = Field(primary_key=True, foreign_key="breakdown_axis.code")
    code: str = Field(primary_key=True)
    label: str
    position: int


class Campaign(Table, table=True):
    __tablename__ = "campaign"
    __table_args__ = (check("starts_before_it_ends", "start_date <= end_date"),)
    code: str = Field(primary_key=True)
    start_date: date
    end_date: date


class ReportingPeriod(Table, table=True):
    __tablename__ = "period"
    __table_args__ = (
        one_of("frequency", Frequency),
        check("starts_before_it_ends", "start_date <= end_date"),
        check("deadline_follows_the_end", "deadline >= end_date"),
    )
    code: str = Field(primary_key=True)
    campaign_code: str = Field(foreign_key="campaign.code", index=True)
    frequency: str
    start_date: date
    end_date: date
    deadline: date
