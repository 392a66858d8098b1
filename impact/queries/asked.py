"""What has to be read of a campaign to explain one number, and no more."""

from collections.abc import Collection

from sqlmodel import Session

from impact.permissions import Scope
from impact.presentation.questions import Question
from impact.queries.book import Book
from impact.queries.world import world
from impact.world import World


def asked_world(session: Session, scope: Scope, question: Question) -> World:
    """The campaign asked about, as the reader sees it: of the region alone where one is named, of what is counted."""
    period = Book(session).periods.get(question.period)
    campaign = question.campaign or (period.campaign if period else "")
    return world(session, scope, campaign, regions=asked_regions(question), indicators=_indicators(session, question))


def asked_regions(question: Question) -> Collection[str] | None:
    """None = all: the country is read whole."""
    return [question.region] if question.region else None


def _indicators(session: Session, question: Question) -> Collection[str] | None:
    if question.indicator:
        return [question.indicator]
    if question.chantier:
        return [code for code, one in Book(session).definitions.items() if one.chantier == question.chantier]
    return None
