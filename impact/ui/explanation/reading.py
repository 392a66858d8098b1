"""From a question to its answer, out of what the person who asks may read."""

from contextlib import suppress
from dataclasses import dataclass

from impact.db import reading
from impact.errors import NotFound
from impact.exports.journal import HistoryFact
from impact.figures import Cell, Definition
from impact.formats import moment
from impact.permissions import Actor, Scope, require_provisional
from impact.presentation import explaining
from impact.presentation.explaining import Background, Explanation
from impact.presentation.questions import Kind, Question
from impact.queries import catalogue, evidence
from impact.queries.asked import asked_regions, asked_world
from impact.queries.authorship import Fall, lives
from impact.queries.book import Book
from impact.queries.evidence import Attached, PieceView
from impact.queries.steps import steps
from impact.queries.targets import statements
from impact.queries.views import EntryView, entry_views, pasts
from impact.ui import reads
from impact.ui.admin import naming
from impact.ui.admin.words import Names
from impact.ui.kept import kept
from impact.ui.reads import Key
from impact.vocabulary import NATIONAL_CODE

UNKNOWN = (
    "Cette adresse ne désigne aucun nombre : un code y est inconnu, il en manque un, ou la région n’est pas mobilisée "
    "sur ce chantier. Ouvrez l’explication depuis un nombre d’un écran."
)
OF_FIGURES = (Kind.TOTAL, Kind.PROGRESS, Kind.ADVANCE, Kind.STATES)
"""Kinds that the switch of provisional figures changes."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a figure, as its reader may know it.

    report: of its verification, None where it is not theirs to open. fall: for those who see all of its region.
    """

    attached: Attached
    report: PieceView | None
    fall: Fall | None


@dataclass(frozen=True, slots=True)
class Told:
    """campaign: of the number; current: the one of today. definition, view: of a figure, as stored and visible.

    warnings, steps: for those who see all of its region. steps: (who, what), oldest first. names: what codes stand for.
    proof: of a figure that the reader sees.
    """

    question: Question
    explanation: Explanation
    campaign: str
    current: str
    region_name: str
    definition: Definition | None = None
    view: EntryView | None = None
    warnings: tuple[str, ...] = ()
    steps: tuple[tuple[str, HistoryFact], ...] = ()
    names: Names | None = None
    proof: Proof | None = None


def told(actor: Actor, question: Question) -> Told:
    """Forbidden where the figures are not the actor's to see, NotFound where the question names nothing."""
    source = reads.source(actor)
    if question.campaign and question.campaign not in source.campaigns:
        raise NotFound(UNKNOWN)
    if question.provisional and question.kind in OF_FIGURES:
        require_provisional(source.key.scope, (question.region,) if question.region else ())
    return _told(source.key, question)


@kept(256)
def _told(key: Key, question: Question) -> Told:
    with reading() as session:
        book = Book(session)
        seen = asked_world(session, key.scope, question)
        views = _views(book, key, question)
        revisions = statements(session, seen.campaign, question.region or NATIONAL_CODE, question.indicator)
        background = Background(
            {cell: hands(view) for cell, view in views.items()},
            {cell: view.breakdowns for cell, view in views.items() if view.breakdowns},
            tuple(revisions) if question.kind is Kind.PROGRESS else (),
        )
        explanation = explaining.answer(seen, question, background)
        if explanation is None:
            raise NotFound(UNKNOWN)
        region = seen.region_names.get(question.region, "")
        if question.kind is Kind.FIGURE:
            return _figure(book, key, question, explanation, views, seen.campaign)
        return Told(question, explanation, seen.campaign, book.campaign.code, region)


def _views(book: Book, key: Key, question: Question) -> dict[Cell, EntryView]:
    """The entries behind a number of one indicator: they say who did what."""
    if not question.indicator:
        return {}
    periods = [question.period] if question.kind is Kind.FIGURE else None
    return entry_views(
        book.session, key.scope, regions=asked_regions(question), indicators=[question.indicator], periods=periods
    )


def hands(view: EntryView) -> str:
    """« saisi et soumis par Claire Dumont le 03/07/2011 14:05 ; validé par … »"""
    entered, submitted, validated = (
        f"par {who} le {moment(at)}" if who and at else ""
        for who, at in (
            (view.entered_by, view.entered_at),
            (view.submitted_by, view.submitted_at),
            (view.validated_by, view.validated_at),
        )
    )
    begun = [f"saisi et soumis {entered}"] if entered == submitted else [f"saisi {entered}"]
    begun += [f"soumis {submitted}"] if submitted not in ("", entered) else []
    return " ; ".join([*begun, *([f"validé {validated}"] if validated else [])])


def _figure(
    book: Book, key: Key, question: Question, explanation: Explanation, views: dict[Cell, EntryView], campaign: str
) -> Told:
    cell = Cell(question.region, question.indicator, question.period)
    view = views.get(cell)
    definition = book.definition(cell.indicator)
    if view:
        definition = catalogue.definition(book.session, cell.indicator, view.definition_version)
    warned = view and key.scope.sees_all_of(cell.region)
    problems = pasts(book.session, book, [cell])[cell].warnings(definition, view.pair) if warned and view else []
    return Told(
        question, explanation, campaign, book.campaign.code, book.region(cell.region).name, definition, view,
        tuple(problem.message for problem in problems), tuple(steps(book.session, key.scope, cell)),
        naming.names(book), _proof(book, key.scope, view) if view else None,
    )  # fmt: skip


def _proof(book: Book, scope: Scope, view: EntryView) -> Proof:
    report = None
    if view.verification_report is not None:
        with suppress(NotFound):  # reserved
            report = evidence.piece(book.session, scope, view.region, view.verification_report)
    seen = scope.sees_all_of(view.region)
    fall = lives(book.session, [view.cell])[view.cell].fall if seen else None
    return Proof(evidence.attached(book.session, scope, [view.cell])[view.cell], report, fall)
