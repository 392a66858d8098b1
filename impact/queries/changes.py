"""What changed since a day: figures validated and returned, targets, definitions; to each reader what is theirs."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, select

from impact.figures import TargetStatement
from impact.formats import day_of, midnight
from impact.models import Entry, History, IndicatorVersion
from impact.permissions import Scope
from impact.presentation.changes import Changes, NewTargets, OfSheet, Revision, TargetChange
from impact.queries.book import Book
from impact.queries.targets import statements
from impact.vocabulary import Status
from impact.workflow import Step


def changes(session: Session, scope: Scope, since: date, campaign: str = "") -> Changes:
    """From a day on, that day included.

    What is validated, set out and defined is everybody's to read; what was returned is told for the regions of which
    the reader sees everything. campaign: whose targets; '' = the one that contains today.
    """
    book = Book(session)
    said = statements(session, campaign or book.campaign.code)
    return Changes(
        tuple(_validated(book, since)),
        tuple(_returned(book, scope, since)),
        tuple(_first_statements(said, since)),
        tuple(_restatements(said, since)),
        tuple(_revisions(session, since)),
    )


def _validated(book: Book, since: date) -> list[OfSheet]:
    query = select(Entry.region_code, Entry.indicator_code, Entry.period_code, Entry.validated_at).where(
        Entry.status == Status.VALIDATED, col(Entry.validated_at) >= midnight(since)
    )
    rows = book.session.exec(query)
    return _by_sheet(book, ((region, code, period, day_of(at)) for region, code, period, at in rows if at))


def _returned(book: Book, scope: Scope, since: date) -> list[OfSheet]:
    query = select(History.chain, History.indicator_code, History.period_code, History.at).where(
        History.action == Step.RETURN, History.at >= midnight(since)
    )
    told = book.regions if scope.own is None else scope.own
    query = query.where(col(History.chain).in_(sorted(told)))
    rows = book.session.exec(query)
    return _by_sheet(book, ((region, code, period, day_of(at)) for region, code, period, at in rows))


def _by_sheet(book: Book, acts: Iterable[tuple[str, str, str, date]]) -> list[OfSheet]:
    counts = Counter(
        (day, region, book.definition(indicator).chantier, period) for region, indicator, period, day in acts
    )
    found = [OfSheet(*key, count) for key, count in sorted(counts.items(), key=lambda item: item[0][1:])]
    return sorted(found, key=lambda one: one.day, reverse=True)


def _first_statements(said: Iterable[TargetStatement], since: date) -> list[NewTargets]:
    found: dict[tuple[date, str], list[str]] = {}
    for one in said:
        if one.number == 1 and one.set_on >= since:
            found.setdefault((one.set_on, one.region), []).append(one.indicator)
    stated = [NewTargets(day, region, tuple(codes)) for (day, region), codes in found.items()]
    return sorted(stated, key=lambda one: one.day, reverse=True)


def _restatements(said: list[TargetStatement], since: date) -> list[TargetChange]:
    earlier = {(one.region, one.indicator, one.number): one.target for one in said}
    found = [
        TargetChange(
            one.set_on, one.region, one.indicator, earlier.get((one.region, one.indicator, one.number - 1)), one.target,
            one.reason,
        )
        for one in said
        if one.number > 1 and one.set_on >= since
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.day, reverse=True)


def _revisions(session: Session, since: date) -> list[Revision]:
    """Published on a screen; what a new release of the catalogue brings has no day."""
    version = IndicatorVersion
    query = (
        select(version.published_at, version.indicator_code, version.version, version.reason)
        .where(col(version.published_at) >= midnight(since))
        .order_by(col(version.published_at).desc(), col(version.indicator_code))
    )
    return [Revision(day_of(at), code, number, reason) for at, code, number, reason in session.exec(query) if at]
