"""What one person's digest is told from, read as that person may see it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact.digest import CountFact, DecisionFact, Facts, FigureFact, OfferFact, PlanFact, SheetFact
from impact.digest.items import RECENT
from impact.formats import day_of, midnight
from impact.models import Account, AccountRegion, DigestChoice, Entry, History, Notice
from impact.permissions import Actor, Right, readable
from impact.queries import catalogue, lexicon
from impact.queries.action_views import ActionRow
from impact.queries.actions import actions, authors
from impact.queries.book import Book
from impact.queries.decisions import DecisionRow, decisions
from impact.queries.figures import UNDER_WAY
from impact.queries.offers import unread
from impact.queries.sheets import SheetSummary, summaries
from impact.queries.views import entry_views
from impact.vocabulary import DecisionKind, Role, Status
from impact.workflow import Step


def facts(session: Session, actor: Actor) -> Facts:
    """Nothing but the day for a reader, who has nothing to do."""
    book = Book(session)
    if not actor.may(Right.ENTER):
        return Facts(book.today, decides=False)
    rest = replace(_beside_figures(session, actor, book), offers=received(session, actor))
    sheets = _sheets(session, actor, book)
    if actor.may(Right.REVIEW):
        return replace(rest, sheets=sheets, waiting=_waiting(session, book))
    regions = sorted(actor.regions)
    return replace(
        rest,
        sheets=sheets,
        returned=_returned(session, actor, book),
        validated=_validated(session, regions, book),
        terms=[(code, book.region(code).name, count) for code, count in lexicon.awaiting(session, regions).items()],
    )


def beside_figures(session: Session, actor: Actor) -> Facts:
    """Plans and decisions alone, as the home page needs them: it reads figures and words in its own detail."""
    return _beside_figures(session, actor, Book(session))


def _beside_figures(session: Session, actor: Actor, book: Book) -> Facts:
    return Facts(
        book.today,
        actor.may(Right.REVIEW),
        plans=_plans(session, actor, book),
        decisions=_resolved(session, actor),
    )


def received(session: Session, actor: Actor) -> list[OfferFact]:
    """Messages that nobody answered. Never cached: receiving one leaves the data version as it is."""
    names = catalogue.regions(session)
    return [
        OfferFact(one.number, names[one.region].name, day_of(one.received_at))
        for one in unread(session, readable(actor))
    ]


def _sheets(session: Session, actor: Actor, book: Book) -> list[SheetFact]:
    """Figures that came back are told one by one to their team, and count as missing for the office."""
    decides = actor.may(Right.REVIEW)

    def left(held: SheetSummary) -> int:
        return held.expected - held.done - (0 if decides else held.returned)

    return [
        SheetFact(
            held.region, book.region(held.region).name, held.chantier, held.period.code, held.period.short,
            held.last_day, held.has_ended, left(held),
        )
        for held in summaries(session, None if decides else sorted(actor.regions), book)
    ]  # fmt: skip


def _returned(session: Session, actor: Actor, book: Book) -> list[FigureFact]:
    views = entry_views(session, readable(actor), regions=sorted(actor.regions), statuses=[Status.RETURNED])
    return [
        FigureFact(
            view.region, book.region(view.region).name, book.definition(view.indicator).chantier, view.indicator,
            view.period, book.period(view.period).short, view.version, view.review_note,
        )
        for view in views.values()
        if view.indicator in book.definitions
    ]  # fmt: skip


def _validated(session: Session, regions: Sequence[str], book: Book) -> list[CountFact]:
    """How many figures were validated on each of the last days, by region."""
    query = select(History.chain, History.at).where(
        col(History.chain).in_(regions),
        History.action == Step.VALIDATE.value,
        col(History.at) >= midnight(book.today - RECENT),
    )
    counts: Counter[tuple[str, date]] = Counter((region, day_of(at)) for region, at in session.exec(query))
    return [
        CountFact(region, book.region(region).name, count, day)
        for (region, day), count in sorted(counts.items(), key=lambda item: (item[0][1], item[0][0]), reverse=True)
    ]


def _waiting(session: Session, book: Book) -> list[CountFact]:
    """Submitted figures by region; the one that has waited longest first."""
    oldest, latest = sa.func.min(col(Entry.submitted_at)), sa.func.max(col(Entry.submitted_at))
    query = (
        select(Entry.region_code, sa.func.count(), latest)
        .where(Entry.status == Status.SUBMITTED, UNDER_WAY)
        .group_by(col(Entry.region_code))
        .order_by(oldest, col(Entry.region_code))
    )
    return [
        CountFact(region, book.region(region).name, count, day_of(at), at.isoformat(timespec="seconds"))
        for region, count, at in session.exec(query)
        if at is not None
    ]


def _plans(session: Session, actor: Actor, book: Book) -> list[PlanFact]:
    """In force, of the person's regions or of all. Nobody is asked to validate a plan that they wrote themselves."""
    own = None if actor.may(Right.REVIEW) else actor.regions
    return [
        PlanFact(
            one.key.region, book.region(one.key.region).name, one.key.number, at.isoformat(),
            one.title, one.status, day_of(at), one.review_note, "-".join(map(str, one.origin or ())),
        )
        for one in actions(session, readable(actor), regions=own)
        if not one.is_withdrawn
        if (at := _since(one)) and not (one.status is Status.SUBMITTED and actor.id in authors(session, one.key))
    ]  # fmt: skip


def _since(one: ActionRow) -> datetime | None:
    return {Status.DRAFT: one.written_at, Status.SUBMITTED: one.submitted_at}.get(one.status, one.reviewed_at)


def _resolved(session: Session, actor: Actor) -> list[DecisionFact]:
    """Decisions that concern the person's regions; all, for the national office."""
    found = [(one, _owned(one, actor), _unsigned(one, actor)) for one in decisions(session)]
    return [
        DecisionFact(one.meeting, one.number, one.statement, one.state, one.due, one.is_late, owned, unsigned)
        for one, owned, unsigned in found
        if owned or unsigned or actor.may(Right.REVIEW)
    ]


def _owned(one: DecisionRow, actor: Actor) -> bool:
    return one.owner_region in actor.regions


def _unsigned(one: DecisionRow, actor: Actor) -> bool:
    return one.kind is DecisionKind.DEPLOYMENT and one.host_region in actor.regions and one.agreement is None


def recipients(session: Session) -> list[Actor]:
    """Whoever may get a digest by e-mail: accounts in force whose owner once chose a password, but readers.

    Those who said that they want none are left out.
    """
    refused = select(DigestChoice.account_id).where(~col(DigestChoice.by_email))
    query = (
        select(Account)
        .where(
            col(Account.active), col(Account.password_hash).is_not(None), Account.role != Role.READER,
            col(Account.id).not_in(refused),
        )
        .order_by(col(Account.id))
    )  # fmt: skip
    served: dict[int, set[str]] = {}
    for account, region in session.exec(select(AccountRegion.account_id, AccountRegion.region_code)):
        served.setdefault(account, set()).add(region)
    return [
        Actor(row.id or 0, row.email, row.name, Role(row.role), frozenset(served.get(row.id or 0, ())))
        for row in session.exec(query)
    ]


def wants_email(session: Session, account: int) -> bool:
    choice = session.get(DigestChoice, account)
    return choice is None or choice.by_email


def told(session: Session, account: int) -> set[str]:
    """Keys of everything that a person was told by e-mail, or is being told."""
    return set(session.exec(select(Notice.subject).where(Notice.account_id == account)))
