"""What the home page and the lists of silences tell: who waits for what, and what changed lately."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact.formats import day_of, midnight
from impact.models import Entry, History
from impact.permissions import Actor, Right, require
from impact.queries.book import Book
from impact.queries.catalogue import ReopeningRow
from impact.vocabulary import Status
from impact.workflow import Step


def last_submissions(session: Session) -> dict[str, date]:
    """Day of each region's last submission; a day alone, the same for every reader."""
    latest = sa.func.max(col(History.at))
    rows = session.exec(select(col(History.chain), latest).where(History.action == Step.SUBMIT).group_by(History.chain))
    return {region: day_of(at) for region, at in rows}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Submitted figures that nobody has decided on. oldest: None without any."""

    count: int
    oldest: datetime | None


def waiting(session: Session, actor: Actor) -> Waiting:
    require(actor, Right.REVIEW)
    query = select(sa.func.count(), sa.func.min(col(Entry.submitted_at))).where(Entry.status == Status.SUBMITTED)
    count, oldest = session.exec(query).one()
    return Waiting(count, oldest)


def running_reopenings(session: Session, actor: Actor) -> list[ReopeningRow]:
    """Those whose last day has not passed, soonest first."""
    require(actor, Right.CALENDAR)
    book = Book(session)
    return sorted((row for row in book.reopenings.values() if row.until >= book.today), key=lambda row: row.until)


@dataclass(frozen=True, slots=True)
class Validated:
    """Figures of one sheet validated on one day."""

    day: date
    region: str
    chantier: str
    period: str
    count: int


def recent_validations(session: Session, since: date) -> list[Validated]:
    """Latest day first. What is validated is everybody's to read."""
    book = Book(session)
    query = select(Entry.region_code, Entry.indicator_code, Entry.period_code, Entry.validated_at).where(
        Entry.status == Status.VALIDATED, col(Entry.validated_at) >= midnight(since)
    )
    counts = Counter(
        (day_of(at), region, book.definition(indicator).chantier, period)
        for region, indicator, period, at in session.exec(query)
        if at is not None
    )
    ordered = sorted(counts, key=lambda key: key[1:])
    return [Validated(*key, counts[key]) for key in sorted(ordered, key=lambda key: key[0], reverse=True)]
