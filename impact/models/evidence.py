"""Pieces of evidence, their versions, and the figures that they back."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from impact.models.base import Table, check, one_of, refers
from impact.vocabulary import Confidentiality, EvidenceKind

PIECE = ["region_code", "number"]


class Evidence(Table, table=True):
    """A piece of a region, numbered in it: a file or a link. What it says is in its versions, which are all kept.

    A withdrawn piece backs no figure any more, and stays readable to those who could read it.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        one_of("kind", EvidenceKind),
        one_of("confidentiality", Confidentiality),
        check("number_is_positive", "number > 0"),
        check("a_withdrawal_says_why", "withdrawn_at IS NULL OR withdrawn_reason <> ''"),
    )
    region_code: str = Field(primary_key=True, foreign_key="region.code")
    number: int = Field(primary_key=True)
    kind: str
    title: str
    confidentiality: str
    version: int = 1
    """Of its versions, the one that counts."""
    added_by: int = Field(foreign_key="account.id")
    added_at: datetime
    withdrawn_by: int | None = Field(default=None, foreign_key="account.id")
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""


class EvidenceVersion(Table, table=True):
    """What a piece said from one day on; never changed, never deleted.

    Either a stored file (sha256, size in bytes, name shown; pages of a pdf) or a link. asked, respondents: of a survey.
    """

    __tablename__ = "evidence_version"
    __table_args__ = (
        refers(["region_code", "evidence_number"], "evidence", PIECE),
        check("it_is_a_file_or_a_link", "(sha256 = '') <> (link = '')"),
        check("respondents_were_asked", "respondents IS NULL OR (asked IS NOT NULL AND respondents <= asked)"),
        check("a_replacement_says_why", "version = 1 OR reason <> ''"),
        sa.Index(None, "sha256"),
    )
    region_code: str = Field(primary_key=True)
    evidence_number: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    sha256: str = Field(default="", max_length=64)
    link: str = ""
    name: str = ""
    media_type: str = ""
    extension: str = ""
    size: int = Field(default=0, sa_type=sa.BigInteger)
    pages: int | None = None
    document_date: date | None = None
    author: str = ""
    population: str = ""
    asked: int | None = None
    respondents: int | None = None
    reason: str = ""
    added_by: int = Field(foreign_key="account.id")
    added_at: datetime


class EvidenceUse(Table, table=True):
    """A piece attached to a cell of its region, answered or not yet."""

    __tablename__ = "evidence_use"
    __table_args__ = (
        refers(["region_code", "evidence_number"], "evidence", PIECE),
        sa.Index(None, "region_code", "indicator_code", "period_code"),
    )
    region_code: str = Field(primary_key=True)
    evidence_number: int = Field(primary_key=True)
    indicator_code: str = Field(primary_key=True, foreign_key="indicator.code")
    period_code: str = Field(primary_key=True, foreign_key="period.code")
    attached_by: int = Field(foreign_key="account.id")
    attached_at: datetime
