"""Accounts, sign-ins, and the traces of what people did."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from impact.models.base import Table, check, one_of
from impact.vocabulary import Dialect, ExportKind, LegalPage, LinkPurpose, Role


class Account(Table, table=True):
    """A person. Never deleted, only disabled: history names them. email is stored in lower case."""

    __tablename__ = "account"
    __table_args__ = (one_of("role", Role), check("email_is_lower_case", "email = lower(email)"))
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    name: str
    role: str
    password_hash: str | None = None
    active: bool = True
    created_at: datetime


class AccountRegion(Table, table=True):
    __tablename__ = "account_region"
    account_id: int = Field(primary_key=True, foreign_key="account.id")
    region_code: str = Field(primary_key=True, foreign_key="region.code")


class SignIn(Table, table=True):
    """A browser's session. Only the cookie's SHA-256 is stored. Real times."""

    __tablename__ = "sign_in"
    token_hash: str = Field(primary_key=True, max_length=64)
    account_id: int = Field(foreign_key="account.id", index=True)
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    address: str = ""


class AccountLink(Table, table=True):
    """A one-time link to choose a password; only its SHA-256 is stored."""

    __tablename__ = "account_link"
    __table_args__ = (one_of("purpose", LinkPurpose),)
    token_hash: str = Field(primary_key=True, max_length=64)
    account_id: int = Field(foreign_key="account.id", index=True)
    purpose: str
    expires_at: datetime
    used_at: datetime | None = None


class SignInAttempt(Table, table=True):
    """Failed attempts, counted per account and per address to slow guessing down. Real times."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (sa.Index(None, "email", "at"), sa.Index(None, "address", "at"))
    id: int | None = Field(default=None, primary_key=True)
    email: str
    address: str
    at: datetime


class History(Table, table=True):
    """One change. Append-only, one chain per region and one ('FR') for acts without a region.

    at: the day the product took it to be; recorded_at: real time. hash = HMAC-SHA256 of the row and previous_hash.
    """

    __tablename__ = "history"
    __table_args__ = (
        sa.Index(None, "chain", "indicator_code", "period_code"),
        sa.Index(None, "recorded_at"),
        sa.Index(None, "action", "chain", "at"),  # a region's last submission, what was returned lately
    )
    chain: str = Field(primary_key=True, max_length=3)
    seq: int = Field(primary_key=True)
    at: datetime
    recorded_at: datetime
    actor_id: int | None = Field(default=None, foreign_key="account.id")
    actor: str
    """E-mail of the account, or who the operator said they were."""
    action: str
    subject: str
    """What was changed, readable: an entry's cell, an account's e-mail, a period..."""
    indicator_code: str = ""
    period_code: str = ""
    before: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON)
    after: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON)
    reason: str = ""
    previous_hash: str
    hash: str


class DataVersion(Table, table=True):
    """A single row, raised in every writing transaction: the key of cached reads."""

    __tablename__ = "data_version"
    __table_args__ = (check("there_is_one_row", "id = 1"),)
    id: int = Field(default=1, primary_key=True)
    number: int = 0


class FormToken(Table, table=True):
    """A form's one-time token; a second sending of the same form fails on it and writes nothing."""

    __tablename__ = "form_token"
    token: str = Field(primary_key=True)
    used_at: datetime


class ExportRecord(Table, table=True):
    """A finished export: what left, for whom, how many rows, and its SHA-256."""

    __tablename__ = "export_record"
    __table_args__ = (one_of("kind", ExportKind), one_of("dialect", Dialect))
    id: int | None = Field(default=None, primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    kind: str
    dialect: str
    filters: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    finished_at: datetime
    as_of: date
    row_count: int
    sha256: str = Field(max_length=64)


class LegalText(Table, table=True):
    __tablename__ = "legal_text"
    __table_args__ = (one_of("page", LegalPage),)
    page: str = Field(primary_key=True)
    text: str
    updated_by: int = Field(foreign_key="account.id")
    updated_at: datetime


class Setting(Table, table=True):
    """Facts about this installation: `today` (demonstration), `demonstration`, `setup_code_hash`."""

    __tablename__ = "setting"
    key: str = Field(primary_key=True)
    value: str
