"""Regional actions, the versions of their preparation plans line by line, and milestones."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from impact.models.base import Table, check, one_of, refers
from impact.vocabulary import Commitment, MilestoneKind, MilestoneState, ResourceKind, Status

ACTION = ["region_code", "number"]
VERSION = ["region_code", "action_number", "version"]
_ORIGIN_IS_WHOLE = "(origin_meeting IS NULL) = (origin_decision IS NULL)"


class RegionalAction(Table, table=True):
    """What a region does on a chantier, numbered in it. What its plan says is in its versions, all kept.

    status: of the plan between the region and the national office. validated_version: the last one that the office
    validated, kept while a later one is prepared. origin_*: the decision of a national meeting that prepared it.
    """

    __tablename__ = "regional_action"
    __table_args__ = (
        one_of("status", Status),
        check("number_is_positive", "number > 0"),
        check("version_is_positive", "version > 0"),
        check("a_return_says_why", "status <> 'returned' OR review_note <> ''"),
        check(
            "validated_says_by_whom",
            "status <> 'validated' OR (reviewed_by IS NOT NULL AND validated_version IS NOT NULL)",
        ),
        check("submitted_says_by_whom", "status NOT IN ('submitted', 'validated') OR submitted_by IS NOT NULL"),
        check("a_withdrawal_says_why", "withdrawn_at IS NULL OR withdrawn_reason <> ''"),
        check("its_origin_is_whole", _ORIGIN_IS_WHOLE),
    )
    region_code: str = Field(primary_key=True, foreign_key="region.code")
    number: int = Field(primary_key=True)
    version: int = 1
    """Of its versions, the one in force."""
    status: str = Status.DRAFT.value
    validated_version: int | None = None
    submitted_by: int | None = Field(default=None, foreign_key="account.id")
    submitted_at: datetime | None = None
    reviewed_by: int | None = Field(default=None, foreign_key="account.id")
    reviewed_at: datetime | None = None
    review_note: str = ""
    """Why it was sent back, or reopened; shown to the region until it submits again."""
    # No foreign key: decisions refer to actions, and a cycle of references cannot be created in one go.
    origin_meeting: int | None = None
    origin_decision: int | None = None
    withdrawn_by: int | None = Field(default=None, foreign_key="account.id")
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""


class ActionVersion(Table, table=True):
    """What an action and its plan said from one day on; never changed, never deleted.

    budget: planned spending in cash, 1/10,000 euro; null = not said yet. guide_number: the piece of the region that
    holds the operating guide.
    """

    __tablename__ = "action_version"
    __table_args__ = (
        refers(["region_code", "action_number"], "regional_action", ACTION),
        check("a_title_is_said", "title <> ''"),
        check("starts_before_it_ends", "start_date IS NULL OR end_date IS NULL OR start_date <= end_date"),
        check("budget_is_not_negative", "budget IS NULL OR budget >= 0"),
    )
    region_code: str = Field(primary_key=True)
    action_number: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    chantier_code: str = Field(foreign_key="chantier.code")
    title: str
    need: str = ""
    lead: str = ""
    team: str = ""
    contact: str = ""
    start_date: date | None = None
    end_date: date | None = None
    budget: int | None = Field(default=None, sa_type=sa.BigInteger)
    guide_number: int | None = None
    reason: str = ""
    written_by: int = Field(foreign_key="account.id")
    written_at: datetime


class ActionObjective(Table, table=True):
    """baseline, target: 1/10,000 of the indicator's unit shown. measure: how one will know, without an indicator."""

    __tablename__ = "action_objective"
    __table_args__ = (
        refers(VERSION, "action_version", VERSION),
        check("it_is_stated", "statement <> ''"),
        check("goals_are_an_indicators", "indicator_code IS NOT NULL OR (baseline IS NULL AND target IS NULL)"),
    )
    region_code: str = Field(primary_key=True)
    action_number: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    line: int = Field(primary_key=True)
    statement: str
    indicator_code: str | None = Field(default=None, foreign_key="indicator.code")
    baseline: int | None = Field(default=None, sa_type=sa.BigInteger)
    target: int | None = Field(default=None, sa_type=sa.BigInteger)
    due_date: date | None = None
    measure: str = ""


class ActionActivity(Table, table=True):
    __tablename__ = "action_activity"
    __table_args__ = (
        refers(VERSION, "action_version", VERSION),
        check("it_is_named", "name <> ''"),
        check("starts_before_it_ends", "start_date IS NULL OR end_date IS NULL OR start_date <= end_date"),
    )
    region_code: str = Field(primary_key=True)
    action_number: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    line: int = Field(primary_key=True)
    name: str
    deliverable: str = ""
    who: str = ""
    start_date: date | None = None
    end_date: date | None = None


class ActionFunding(Table, table=True):
    """What a funder may bring: in cash, or in kind at its stated value. Amounts in 1/10,000 euro, by status.

    Each amount is part of the one before: what is paid was contracted, what is contracted was granted, and so on;
    what was refused had been asked for. Null = nothing said of it. evidence_number: the piece of the region that holds
    the agreement.
    """

    __tablename__ = "action_funding"
    __table_args__ = (
        refers(VERSION, "action_version", VERSION),
        check("it_names_its_funder", "funder <> ''"),
        check(
            "amounts_are_not_negative",
            "COALESCE(identified, 0) >= 0 AND COALESCE(paid, 0) >= 0 AND COALESCE(refused, 0) >= 0",
        ),
        check(
            "amounts_are_nested",
            "COALESCE(paid, 0) <= COALESCE(contracted, 0) AND COALESCE(contracted, 0) <= COALESCE(granted, 0) "
            "AND COALESCE(granted, 0) + COALESCE(refused, 0) <= COALESCE(requested, 0) "
            "AND COALESCE(requested, 0) <= COALESCE(identified, 0)",
        ),
    )
    region_code: str = Field(primary_key=True)
    action_number: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    line: int = Field(primary_key=True)
    funder: str
    in_kind: bool = False
    identified: int | None = Field(default=None, sa_type=sa.BigInteger)
    requested: int | None = Field(default=None, sa_type=sa.BigInteger)
    granted: int | None = Field(default=None, sa_type=sa.BigInteger)
    contracted: int | None = Field(default=None, sa_type=sa.BigInteger)
    paid: int | None = Field(default=None, sa_type=sa.BigInteger)
    refused: int | None = Field(default=None, sa_type=sa.BigInteger)
    evidence_number: int | None = None


class ActionResource(Table, table=True):
    """quantity: 1/10,000 of its unit."""

    __tablename__ = "action_resource"
    __table_args__ = (
        refers(VERSION, "action_version", VERSION),
        one_of("kind", ResourceKind),
        check("it_is_named", "name <> ''"),
        check("quantity_is_not_negative", "quantity IS NULL OR quantity >= 0"),
    )
    region_code: str = Field(primary_key=True)
    action_number: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    line: int = Field(primary_key=True)
    kind: str
    name: str
    quantity: int | None = Field(default=None, sa_type=sa.BigInteger)
    unit: str = ""


class ActionPartner(Table, table=True):
    """evidence_number: the piece of the region that holds the signed agreement."""

    __tablename__ = "action_partner"
    __table_args__ = (
        refers(VERSION, "action_version", VERSION),
        one_of("commitment", Commitment),
        check("it_is_named", "name <> ''"),
    )
    region_code: str = Field(primary_key=True)
    action_number: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    line: int = Field(primary_key=True)
    name: str
    role: str = ""
    commitment: str = Commitment.APPROACHED.value
    evidence_number: int | None = None


class Milestone(Table, table=True):
    """A date that counts, of the country ('FR', which is no row of region) or of a region. planned_on never changes."""

    __tablename__ = "milestone"
    __table_args__ = (
        refers(["action_region", "action_number"], "regional_action", ACTION),
        one_of("kind", MilestoneKind),
        check("number_is_positive", "number > 0"),
        check("it_is_named", "name <> ''"),
        check("its_action_is_whole", "(action_region IS NULL) = (action_number IS NULL)"),
        check("its_action_is_its_regions", "action_region IS NULL OR action_region = region_code"),
    )
    region_code: str = Field(primary_key=True, max_length=3)
    number: int = Field(primary_key=True)
    kind: str
    name: str
    planned_on: date
    action_region: str | None = None
    action_number: int | None = None
    set_by: int | None = Field(default=None, foreign_key="account.id")
    """Nobody, where it came with data/milestones.csv."""
    set_at: datetime


class MilestoneStatement(Table, table=True):
    """What was said of a milestone later on; the last number counts. said_on: the day as the product takes it.

    forecast_on: when it is expected now, or the day it was reached.
    """

    __tablename__ = "milestone_statement"
    __table_args__ = (
        refers(["region_code", "milestone_number"], "milestone", ["region_code", "number"]),
        one_of("state", MilestoneState),
        check("number_is_positive", "number > 0"),
        check("a_change_says_why", "state = 'atteint' OR reason <> ''"),
    )
    region_code: str = Field(primary_key=True, max_length=3)
    milestone_number: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    state: str
    forecast_on: date
    reason: str = ""
    said_by: int = Field(foreign_key="account.id")
    said_at: datetime
    said_on: date
