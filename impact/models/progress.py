"""Targets, and what is kept ready of progress and reporting so that the country is read in a few rows."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from impact.models.base import Table, check, one_of
from impact.vocabulary import ProgressState


class TargetRevision(Table, table=True):
    """One statement of a target; the last number of a key counts, the earlier ones stay as they were said.

    region_code: a region, or 'FR' for the country, which is no row of region: hence no foreign key.
    baseline, value: 1/10,000 of the unit shown; no value = withdrawn. milestones: [[day, value], ...].
    set_on: the day as the product takes it.
    """

    __tablename__ = "target"
    __table_args__ = (
        check("number_is_positive", "number > 0"),
        check("a_change_says_why", "number = 1 OR reason <> ''"),
        check("the_first_has_a_value", "number > 1 OR value IS NOT NULL"),
        sa.Index(None, "campaign_code", "indicator_code"),
        sa.Index(None, "campaign_code", "region_code"),
    )
    region_code: str = Field(primary_key=True, max_length=3)
    indicator_code: str = Field(primary_key=True, foreign_key="indicator.code")
    campaign_code: str = Field(primary_key=True, foreign_key="campaign.code")
    number: int = Field(primary_key=True)
    baseline: int | None = Field(default=None, sa_type=sa.BigInteger)
    value: int | None = Field(default=None, sa_type=sa.BigInteger)
    due_date: date
    milestones: list[Any] = Field(default_factory=list, sa_type=sa.JSON)
    reason: str = ""
    set_by: int = Field(foreign_key="account.id")
    set_at: datetime
    set_on: date


class Reporting(Table, table=True):
    """Roll-up: counts of impact.quality for a region, a chantier and a period, whether or not the period is over."""

    __tablename__ = "reporting"
    __table_args__ = (
        check("answers_are_due", "0 <= on_time AND on_time <= answered AND answered <= due"),
        check("proof_is_of_figures", "0 <= proven AND proven <= figures AND figures <= answered"),
        # Holds every column: the country is counted from it alone.
        sa.Index(
            "ix_reporting_of_a_period",
            "period_code",
            "region_code",
            "chantier_code",
            "due",
            "answered",
            "on_time",
            "figures",
            "proven",
        ),
    )
    region_code: str = Field(primary_key=True, foreign_key="region.code")
    chantier_code: str = Field(primary_key=True, foreign_key="chantier.code")
    period_code: str = Field(primary_key=True, foreign_key="period.code")
    due: int
    answered: int
    on_time: int
    figures: int
    proven: int


class Standing(Table, table=True):
    """Roll-up: a region's progress on a chantier (impact.progress.Advance) once the periods up to as_of are over.

    Of validated figures of every grade. as_of: the end of a period of the campaign. What it says does not depend on
    the day it is read: a period that ends brings the next row into force. progress, expected: exact fractions
    « 5/8 », empty where there is none.
    """

    __tablename__ = "standing"
    __table_args__ = (
        one_of("state", ProgressState),
        check("measured_are_expected", "0 <= measured AND measured <= indicators"),
        sa.Index(None, "campaign_code", "as_of"),
    )
    region_code: str = Field(primary_key=True, foreign_key="region.code")
    chantier_code: str = Field(primary_key=True, foreign_key="chantier.code")
    campaign_code: str = Field(primary_key=True, foreign_key="campaign.code")
    as_of: date = Field(primary_key=True)
    progress: str
    expected: str
    measured: int
    indicators: int
    state: str
