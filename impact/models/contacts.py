"""People who want to take part, and what was told to whom by e-mail."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from impact.models.base import Table, check, one_of
from impact.vocabulary import OfferState


class Offer(Table, table=True):
    """What a visitor left on the public page. Personal: erased after a year or on request; history never holds it.

    received_at: the time of day, on the day that the product takes it to be. erase_on: the day of its erasure.
    token_hash: SHA-256 of what its author erases it with.
    """

    __tablename__ = "offer"
    __table_args__ = (
        one_of("state", OfferState),
        check(
            "what_is_erased_is_empty",
            "state <> 'efface' OR (name = '' AND email = '' AND message = '' AND note = '' AND erased_at IS NOT NULL)",
        ),
        check("what_is_kept_was_agreed_to", "state = 'efface' OR (name <> '' AND email <> '' AND consent <> '')"),
        sa.Index(None, "region_code", "state"),
        sa.Index(None, "erase_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    region_code: str = Field(foreign_key="region.code")
    chantier_code: str | None = Field(default=None, foreign_key="chantier.code")
    name: str
    email: str
    message: str = ""
    consent: str
    """The sentence that was agreed to."""
    state: str = OfferState.RECEIVED.value
    note: str = ""
    """What the team noted of its answer."""
    token_hash: str = Field(max_length=64, unique=True)
    received_at: datetime
    erase_on: date
    handled_by: int | None = Field(default=None, foreign_key="account.id")
    handled_at: datetime | None = None
    erased_at: datetime | None = None


class OfferAttempt(Table, table=True):
    """Sendings of the public page, counted to slow abuse down; rows older than a day are cleared. Real times.

    address: under the history's key, so that equal ones are known and none can be read.
    """

    __tablename__ = "offer_attempt"
    __table_args__ = (sa.Index(None, "address", "at"), sa.Index(None, "at"))
    id: int | None = Field(default=None, primary_key=True)
    address: str
    at: datetime


class DigestChoice(Table, table=True):
    """Whether a person wants the digest by e-mail; without a row, yes."""

    __tablename__ = "digest_choice"
    account_id: int = Field(primary_key=True, foreign_key="account.id")
    by_email: bool
    said_at: datetime


class Notice(Table, table=True):
    """One thing that a person was told by e-mail, so that it is told once. Claimed before the sending, real times."""

    __tablename__ = "notice"
    account_id: int = Field(primary_key=True, foreign_key="account.id")
    subject: str = Field(primary_key=True)
    claimed_at: datetime
    sent_at: datetime | None = None
