"""What the home page and the lists of silences tell: who waits for what."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact.formats import day_of
from impact.models import Entry, History, Region
from impact.permissions import Actor, Right, require
from impact.queries.book import Book
from impact.queries.catalogue import ReopeningRow
from impact.queries.figures import UNDER_WAY
from impact.queries.targets import targets
from impact.vocabulary import Direction, Status
from impact.workflow import Step

# One look at the end of the index for each region; grouping would go through every submission there ever was.
_LAST_SUBMISSIONS = sa.select(
    col(Region.code),
    sa.select(sa.func.max(col(History.at)))
    .where(col(History.chain) == Region.code, col(History.action) == Step.SUBMIT.value)
    .scalar_subquery(),
)


def last_submissions(session: Session) -> dict[str, date]:
    """Day of each region's last submission; a day alone, the same for every reader."""
    rows = session.connection().execute(_LAST_SUBMISSIONS).all()
    return {region: day_of(at) for region, at in rows if at is not None}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Submitted figures of a region that nobody has decided on."""

    region: str
    count: int
    oldest: datetime


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """By region, the one that has waited longest first."""
    require(actor, Right.REVIEW)
    oldest = sa.func.min(col(Entry.submitted_at))
    query = (
        select(Entry.region_code, sa.func.count(), oldest)
        .where(Entry.status == Status.SUBMITTED, UNDER_WAY)
        .group_by(col(Entry.region_code))
        .order_by(oldest, col(Entry.region_code))
    )
    return [Waiting(region, count, since) for region, count, since in session.exec(query) if since is not None]


def running_reopenings(session: Session, actor: Actor) -> list[ReopeningRow]:
    """Those whose last day has not passed, soonest first."""
    require(actor, Right.CALENDAR)
    book = Book(session)
    return sorted((row for row in book.reopenings.values() if row.until >= book.today), key=lambda row: row.until)


@dataclass(frozen=True, slots=True)
class WithoutTarget:
    """Indicators of a region's chantier that should rise or fall, and nobody said how far."""

    region: str
    chantier: str
    indicators: tuple[str, ...]
    asked: int


def without_target(session: Session, actor: Actor) -> list[WithoutTarget]:
    """Of the chantiers on which regions work today, in the campaign that contains today; by region's name."""
    require(actor, Right.TARGETS)
    book = Book(session)
    known = targets(session, book.campaign.code)
    running = {(spell.region, spell.chantier) for spell in book.mobilisations if spell.covers(book.today)}
    found = []
    for region in book.regions:
        for chantier in book.chantiers:
            if (region, chantier) in running:
                ends = [
                    code for code, one in book.definitions.items()
                    if one.chantier == chantier and one.direction is not Direction.NEUTRAL
                ]  # fmt: skip
                missing = tuple(code for code in ends if (region, code) not in known)
                found.append(WithoutTarget(region, chantier, missing, len(ends)))
    return [one for one in found if one.indicators]


def broken_series(session: Session, actor: Actor) -> dict[str, tuple[int, ...]]:
    """Indicators of the current campaign whose figures follow several versions of their definition; in order."""
    require(actor, Right.REVIEW)
    book = Book(session)
    periods = [code for code, one in book.periods.items() if one.campaign == book.campaign.code]
    rows = session.exec(
        select(Entry.indicator_code, Entry.indicator_version)
        .where(col(Entry.period_code).in_(periods), col(Entry.numerator).is_not(None))
        .distinct()
    )
    versions: dict[str, set[int]] = {}
    for code, version in rows:
        versions.setdefault(code, set()).add(version)
    return {code: tuple(sorted(versions[code])) for code in book.definitions if len(versions.get(code, ())) > 1}
