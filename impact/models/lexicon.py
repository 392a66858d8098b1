"""The shared lexicon: what a word means to the network, version by version, and where each region stands on it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from impact.models.base import Table, check, one_of, refers
from impact.vocabulary import Stance


class TermVersion(Table, table=True):
    """What a term meant from one day on; never changed, never deleted. The highest version of a code counts.

    see_also: codes of terms. indicators: codes of indicators that use the word. What published it on a screen says who
    and why; what came with data/lexicon.yaml has no publisher. A retirement is a version too, with the words unchanged.
    """

    __tablename__ = "term_version"
    __table_args__ = (
        check("version_is_positive", "version > 0"),
        check("a_publication_says_why", "published_by IS NULL OR (reason <> '' AND published_at IS NOT NULL)"),
        check("a_retirement_says_by_whom", "NOT retired OR published_by IS NOT NULL"),
    )
    code: str = Field(primary_key=True, max_length=40)
    version: int = Field(primary_key=True)
    term: str
    definition: str
    note: str = ""
    example: str = ""
    see_also: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    indicators: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    retired: bool = False
    reason: str = ""
    published_by: int | None = Field(default=None, foreign_key="account.id")
    published_at: datetime | None = None


class TermStance(Table, table=True):
    """One statement of a region on one version of a term; the last number counts, the earlier ones stay as they were.

    taken_on: the day as the product takes it. on_behalf: said by the national office in the region's name.
    """

    __tablename__ = "term_stance"
    __table_args__ = (
        refers(["term_code", "term_version"], "term_version", ["code", "version"]),
        one_of("stance", Stance),
        check("number_is_positive", "number > 0"),
        check("a_reservation_says_why", f"stance = '{Stance.ADOPTED}' OR comment <> ''"),
        sa.Index(None, "term_code", "region_code"),
    )
    region_code: str = Field(primary_key=True, foreign_key="region.code")
    term_code: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    term_version: int
    stance: str
    comment: str = ""
    taken_by: int = Field(foreign_key="account.id")
    taken_at: datetime
    taken_on: date
    on_behalf: bool = False
