"""Entries and what hangs on them. The region code is part of every key, so that the tables can be sharded by it."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from impact.models.base import Table, check, one_of, refers
from impact.vocabulary import Answer, MethodFamily, Status

KEY = ["region_code", "indicator_code", "period_code"]

UNDER_WAY = "status <> 'validated'"
VERIFICATION_IS_WHOLE = (
    "(verified_on IS NULL AND verifier = '' AND verifier_organisation = '' AND verification_report IS NULL "
    "AND verification_by IS NULL) OR (verified_on IS NOT NULL AND verifier <> '' AND verifier_organisation <> '' "
    "AND verification_report IS NOT NULL AND verification_by IS NOT NULL AND evidence_read_by IS NOT NULL)"
)


class MobilisationSpell(Table, table=True):
    """A region's commitment to a chantier; end_date is inclusive, absent while it runs."""

    __tablename__ = "mobilisation"
    __table_args__ = (check("starts_before_it_ends", "end_date IS NULL OR start_date <= end_date"),)
    region_code: str = Field(primary_key=True, foreign_key="region.code")
    chantier_code: str = Field(primary_key=True, foreign_key="chantier.code")
    start_date: date = Field(primary_key=True)
    end_date: date | None = None
    is_primary: bool = False


class Reopening(Table, table=True):
    """A region may enter one period until a later day; the last one granted counts."""

    __tablename__ = "reopening"
    region_code: str = Field(primary_key=True, foreign_key="region.code")
    period_code: str = Field(primary_key=True, foreign_key="period.code")
    number: int = Field(primary_key=True)
    until: date
    reason: str
    granted_by: int = Field(foreign_key="account.id")
    granted_at: datetime


class Entry(Table, table=True):
    """The stored answer of a cell. numerator, denominator: whole numbers of 1/10,000.

    reliability is derived by impact.proof at every write, never typed. version rises at every write.
    """

    __tablename__ = "entry"
    __table_args__ = (
        refers(["indicator_code", "indicator_version"], "indicator_version", ["indicator_code", "version"]),
        one_of("answer", Answer),
        one_of("status", Status),
        one_of("method_family", ["", *MethodFamily]),
        check("only_a_value_has_figures", "(answer = 'valeur') = (numerator IS NOT NULL)"),
        check("no_denominator_without_numerator", "denominator IS NULL OR numerator IS NOT NULL"),
        check("denominator_is_not_negative", "denominator IS NULL OR denominator >= 0"),
        check("no_answer_says_why", "answer = 'valeur' OR reason <> ''"),
        check("a_return_says_why", "status <> 'returned' OR review_note <> ''"),
        check("validated_says_by_whom", "(status = 'validated') = (validated_by IS NOT NULL)"),
        check("submitted_says_by_whom", "status NOT IN ('submitted', 'validated') OR submitted_by IS NOT NULL"),
        check("reliability_is_a_grade", "reliability BETWEEN 0 AND 4"),
        check("a_reading_says_what_was_checked", "evidence_read_by IS NOT NULL OR evidence_checked = ''"),
        check("a_verification_is_whole", VERIFICATION_IS_WHOLE),
        check("version_is_positive", "version > 0"),
        check("coverage_starts_before_it_ends", "coverage_start <= coverage_end"),
        # After the key (a region's indicator: its past), in the order of what the reads ask for first.
        sa.Index(None, "region_code", "period_code"),  # a region's campaign, a sheet
        sa.Index(None, "period_code", "indicator_code"),  # a chantier's campaign, the key indicators of the country
        # What is under way: the few figures that are not validated. A whole index of a column that says nearly always
        # the same is passed over, and every figure gone through, once ANALYZE has told so. The migration narrows it on
        # PostgreSQL alike; said here, that would import PostgreSQL's dialect into every process.
        sa.Index("ix_entry_under_way", "status", "period_code", sqlite_where=sa.text(UNDER_WAY)),
        sa.Index(None, "status", "validated_at"),  # what was validated lately
    )
    region_code: str = Field(primary_key=True, foreign_key="region.code")
    indicator_code: str = Field(primary_key=True)
    period_code: str = Field(primary_key=True, foreign_key="period.code")
    indicator_version: int
    answer: str
    status: str
    numerator: int | None = Field(default=None, sa_type=sa.BigInteger)
    denominator: int | None = Field(default=None, sa_type=sa.BigInteger)
    reason: str = ""
    source: str = ""
    method: str = ""
    method_family: str = ""
    population: str = ""
    coverage_start: date
    coverage_end: date
    evidence_link: str = ""
    comment: str = ""
    reliability: int = 0
    evidence: str = ""
    """Pieces attached, « number.version » in order, as « 3.1 7.2 »: kept by services.evidence beside evidence_use."""
    evidence_read_by: int | None = Field(default=None, foreign_key="account.id")
    evidence_read_at: datetime | None = None
    evidence_checked: str = ""
    """What the reader of the evidence checked, in words."""
    verifier: str = ""
    """The person outside the network who verified the figure; '' where nobody did."""
    verifier_organisation: str = ""
    verified_on: date | None = None
    verification_report: int | None = None
    """Number of the piece that holds the verifier's report."""
    verification_by: int | None = Field(default=None, foreign_key="account.id")
    """Who recorded it."""
    entered_by: int = Field(foreign_key="account.id")
    entered_at: datetime
    submitted_by: int | None = Field(default=None, foreign_key="account.id")
    submitted_at: datetime | None = None
    first_submitted_on: date | None = None
    """Day, as the product takes it, of the first submission; decides punctuality and never changes again."""
    review_started_by: int | None = Field(default=None, foreign_key="account.id")
    review_note: str = ""
    """Why it was returned or reopened; shown to the region until it submits again."""
    editable_late: bool = False
    """True from a return or a reopening until the next submission: the deadline does not lock it."""
    validated_by: int | None = Field(default=None, foreign_key="account.id")
    validated_at: datetime | None = None
    version: int = 1


class Breakdown(Table, table=True):
    """One category of one axis of an entry's value; shares the entry's status, source and version."""

    __tablename__ = "breakdown"
    __table_args__ = (
        refers(KEY, "entry", KEY, ondelete="CASCADE"),
        refers(["axis_code", "category_code"], "breakdown_category", ["axis_code", "code"]),
        check("denominator_is_not_negative", "denominator IS NULL OR denominator >= 0"),
    )
    region_code: str = Field(primary_key=True)
    indicator_code: str = Field(primary_key=True)
    period_code: str = Field(primary_key=True)
    axis_code: str = Field(primary_key=True)
    category_code: str = Field(primary_key=True)
    numerator: int = Field(sa_type=sa.BigInteger)
    denominator: int | None = Field(default=None, sa_type=sa.BigInteger)


class TypedDraft(Table, table=True):
    """What a person has typed of a figure and not saved yet: raw text by field, outside history."""

    __tablename__ = "typed_draft"
    region_code: str = Field(primary_key=True, foreign_key="region.code")
    indicator_code: str = Field(primary_key=True, foreign_key="indicator.code")
    period_code: str = Field(primary_key=True, foreign_key="period.code")
    account_id: int = Field(primary_key=True, foreign_key="account.id")
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    seen_version: int = 0
    """Version of the entry when typing began; 0 = there was none."""
    typed_at: datetime
