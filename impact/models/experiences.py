"""What regions did and learnt, version by version, and what others say of it."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from impact.models.base import Table, check, refers


class Experience(Table, table=True):
    """A story of a region, numbered in it. published_version: the one that everybody reads; null = a draft only."""

    __tablename__ = "experience"
    __table_args__ = (
        check("number_is_positive", "number > 0"),
        check("version_is_positive", "version > 0"),
        check("what_is_published_exists", "published_version IS NULL OR published_version <= version"),
        check("a_withdrawal_says_why", "withdrawn_at IS NULL OR withdrawn_reason <> ''"),
    )
    region_code: str = Field(primary_key=True, foreign_key="region.code")
    number: int = Field(primary_key=True)
    version: int = 1
    published_version: int | None = None
    published_by: int | None = Field(default=None, foreign_key="account.id")
    published_at: datetime | None = None
    """When it was first published."""
    withdrawn_by: int | None = Field(default=None, foreign_key="account.id")
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""


class ExperienceVersion(Table, table=True):
    """What a story said from one day on; never changed, never deleted.

    indicators: codes. claims: « 22-3 ». pieces: numbers of pieces of the region. action_number: of its actions.
    """

    __tablename__ = "experience_version"
    __table_args__ = (
        refers(["region_code", "experience_number"], "experience", ["region_code", "number"]),
        check("it_has_a_title", "title <> ''"),
        sa.Index(None, "chantier_code"),
    )
    region_code: str = Field(primary_key=True)
    experience_number: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    chantier_code: str = Field(foreign_key="chantier.code")
    title: str
    context: str = ""
    tried: str = ""
    worked: str = ""
    failed: str = ""
    holds_for: str = ""
    """For whom, and where, it would hold."""
    action_number: int | None = None
    indicators: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    claims: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    pieces: list[int] = Field(default_factory=list, sa_type=sa.JSON)
    written_by: int = Field(foreign_key="account.id")
    written_at: datetime


class ExperienceComment(Table, table=True):
    """Said once of a published story; taken back by its author or the national office, and then not shown."""

    __tablename__ = "experience_comment"
    __table_args__ = (
        refers(["region_code", "experience_number"], "experience", ["region_code", "number"]),
        check("number_is_positive", "number > 0"),
        check("it_says_something", "text <> ''"),
    )
    region_code: str = Field(primary_key=True)
    experience_number: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    text: str
    written_by: int = Field(foreign_key="account.id")
    written_at: datetime
    withdrawn_by: int | None = Field(default=None, foreign_key="account.id")
    withdrawn_at: datetime | None = None
