"""Impact claims, what was said of them version by version, the figures that carry them, and their readings."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from impact.models.base import Table, check, one_of, refers
from impact.vocabulary import CLAIM_STAGES, Finding

VERSION = ["region_code", "claim_number", "version"]


class Claim(Table, table=True):
    """A claim of a region, or of the country ('FR'), numbered in it. What it says is in its versions, all kept."""

    __tablename__ = "claim"
    __table_args__ = (
        check("number_is_positive", "number > 0"),
        check("version_is_positive", "version > 0"),
        check("a_withdrawal_says_why", "withdrawn_at IS NULL OR withdrawn_reason <> ''"),
    )
    region_code: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    version: int = 1
    """Of its versions, the one in force."""
    withdrawn_by: int | None = Field(default=None, foreign_key="account.id")
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""


class ClaimVersion(Table, table=True):
    """What a claim said from one day on; never changed, never deleted.

    stage: where the link that it tests leads. self_declared: the team itself declares that the action is the cause.
    study_number: a piece of the region. counterfactual: by impact.vocabulary.Filter, {"low", "central", "high"} in
    1/10,000 of one per cent and "basis", or null where nobody estimated it.
    """

    __tablename__ = "claim_version"
    __table_args__ = (
        refers(["region_code", "claim_number"], "claim", ["region_code", "number"]),
        one_of("stage", CLAIM_STAGES),
        one_of("finding", Finding),
        check("a_sentence_is_said", "sentence <> ''"),
        check("a_revision_says_why", "version = 1 OR reason <> ''"),
    )
    region_code: str = Field(primary_key=True)
    claim_number: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    chantier_code: str = Field(foreign_key="chantier.code")
    stage: str
    finding: str
    sentence: str
    what: str = ""
    who: str = ""
    how_much: str = ""
    contribution: str = ""
    risk: str = ""
    self_declared: bool = False
    study_reference: str = ""
    study_number: int | None = None
    counterfactual: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    reason: str = ""
    written_by: int = Field(foreign_key="account.id")
    written_at: datetime


class ClaimFigure(Table, table=True):
    """A cell that carries a version of a claim; of the claim's region, or of any for the country's."""

    __tablename__ = "claim_figure"
    __table_args__ = (
        refers(VERSION, "claim_version", VERSION),
        sa.Index(None, "figure_region_code", "indicator_code", "period_code"),
    )
    region_code: str = Field(primary_key=True)
    claim_number: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    figure_region_code: str = Field(primary_key=True, foreign_key="region.code")
    indicator_code: str = Field(primary_key=True, foreign_key="indicator.code")
    period_code: str = Field(primary_key=True, foreign_key="period.code")


class ClaimReading(Table, table=True):
    """What one reader found of one version; never changed. level: what its criteria gave by themselves.

    criteria: codes of impact.claims.CRITERIA. figures: by cell, « 22/COO-08/2010-2011-A », what each carrying figure
    said when it was read.
    """

    __tablename__ = "claim_reading"
    __table_args__ = (
        refers(VERSION, "claim_version", VERSION),
        check("level_is_a_grade", "level BETWEEN 0 AND 5"),
        check("it_is_justified", "justification <> ''"),
        check("a_level_names_its_study", "level = 0 OR study_reference <> ''"),
    )
    region_code: str = Field(primary_key=True)
    claim_number: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    version: int
    level: int
    criteria: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    justification: str
    study_reference: str = ""
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    reader_id: int = Field(foreign_key="account.id")
    read_at: datetime
