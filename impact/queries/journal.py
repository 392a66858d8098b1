"""Reading history as people do: the latest first, filtered, a page at a time."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from impact.exports.journal import STORED, HistoryFact
from impact.formats import day_of, midnight, sortable
from impact.models import Account, History
from impact.permissions import Actor, Right, require

PAGE_SIZE = 25
LONGEST_SEARCH = 100

PAST: sa.Table = History.__table__  # type: ignore[attr-defined]
ACCOUNT: sa.Table = Account.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """What to look for; empty = everything.

    person: as history names who acted (an e-mail, or the operator's words). region: a chain, FR for acts without a
    region. start, end: inclusive, days as the product took them. text: looked for in what was changed, how and why.
    """

    person: str = ""
    action: str = ""
    region: str = ""
    indicator: str = ""
    period: str = ""
    start: date | None = None
    end: date | None = None
    text: str = ""


def count(session: Session, actor: Actor, wanted: JournalFilter) -> int:
    """How many acts match; Forbidden for those who may not read history."""
    require(actor, Right.READ_HISTORY)
    query = sa.select(sa.func.count()).select_from(PAST).where(*conditions(wanted))
    return int(session.connection().execute(query).scalar_one())


def acts(session: Session, actor: Actor, wanted: JournalFilter, page: int = 1) -> list[HistoryFact]:
    """One page of PAGE_SIZE acts, the latest first; pages count from 1."""
    require(actor, Right.READ_HISTORY)
    query = (
        sa.select(*(PAST.c[name] for name in STORED))
        .where(*conditions(wanted))
        .order_by(PAST.c.at.desc(), PAST.c.recorded_at.desc(), PAST.c.chain, PAST.c.seq.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [HistoryFact(*row) for row in session.connection().execute(query)]


def conditions(wanted: JournalFilter) -> list[sa.ColumnElement[bool]]:
    same = {
        "actor": wanted.person,
        "action": wanted.action,
        "chain": wanted.region,
        "indicator_code": wanted.indicator,
        "period_code": wanted.period,
    }
    found: list[sa.ColumnElement[bool]] = [PAST.c[name] == value for name, value in same.items() if value]
    if wanted.start:
        found.append(PAST.c.at >= midnight(wanted.start))
    if wanted.end:
        found.append(PAST.c.at < midnight(wanted.end + timedelta(days=1)))
    if text := wanted.text.strip()[:LONGEST_SEARCH]:
        found.append(_says(text))
    return found


def _says(text: str) -> sa.ColumnElement[bool]:
    """Somewhere in the row, whatever the case (of unaccented letters on SQLite); facts are stored as escaped JSON."""
    plain, escaped = _pattern(text), _pattern(json.dumps(text)[1:-1])
    return sa.or_(
        *(PAST.c[name].ilike(plain, escape="!") for name in ("subject", "reason", "actor")),
        *(sa.cast(PAST.c[name], sa.Text).ilike(escaped, escape="!") for name in ("before", "after")),
    )


def _pattern(text: str) -> str:
    """Matches the text itself: what SQL would read as a wildcard is taken literally."""
    for character in "!%_":
        text = text.replace(character, f"!{character}")
    return f"%{text}%"


def first_day(session: Session, actor: Actor) -> date | None:
    """The day of the oldest act, as the product took it; None before any."""
    require(actor, Right.READ_HISTORY)
    oldest = session.connection().execute(sa.select(sa.func.min(PAST.c.at))).scalar_one()
    return day_of(oldest) if oldest else None


def people(session: Session, actor: Actor) -> dict[str, str]:
    """Whoever acted, as history names them, with their name where they have an account; by name."""
    require(actor, Right.READ_HISTORY)
    query = (
        sa.select(PAST.c.actor, sa.func.max(ACCOUNT.c.name))
        .select_from(PAST.outerjoin(ACCOUNT, ACCOUNT.c.id == PAST.c.actor_id))
        .group_by(PAST.c.actor)
    )
    found = {who: name or who for who, name in session.connection().execute(query)}
    return dict(sorted(found.items(), key=lambda pair: sortable(pair[1])))
