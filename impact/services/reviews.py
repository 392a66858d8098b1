"""The national office's acts on submitted and validated figures."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from sqlmodel import Session

from impact import clock
from impact.errors import Problem, Refused
from impact.figures import Cell
from impact.formats import clean_text
from impact.models import Entry
from impact.permissions import Actor, Right, require
from impact.queries.authorship import authors_since_validation
from impact.queries.book import Book
from impact.services import facts, history, rollup
from impact.services.entries import log, step
from impact.services.readings import Reading, apply_reading, entries_at, has_evidence, reading_problems
from impact.vocabulary import Status
from impact.workflow import Step

BEGIN = "begin_review"
NOTHING_READ: Mapping[Cell, Reading] = MappingProxyType({})
NOTHING_SEEN: Mapping[Cell, int] = MappingProxyType({})


def begin_review(session: Session, actor: Actor, cell: Cell) -> None:
    """Say that a reviewer has opened the figure: the region can no longer take it back. Silent when already begun."""
    require(actor, Right.REVIEW)
    history.touch(session)
    book = Book(session)
    [entry] = entries_at(session, book, [cell])
    if entry.status != Status.SUBMITTED or entry.review_started_by is not None:
        return
    before = facts.snapshot(session, entry)
    entry.review_started_by = actor.id
    session.flush()
    log(session, actor, BEGIN, book, entry, before, facts.moved_on(entry, before))


def validate(
    session: Session, actor: Actor, cells: Collection[Cell], *, readings: Mapping[Cell, Reading] = NOTHING_READ,
    seen: Mapping[Cell, int] = NOTHING_SEEN, token: str = "",
) -> int:  # fmt: skip
    """Validate submitted figures, all or none; returns how many.

    seen: versions of the figures that the screen showed; one that was returned and sent again meanwhile is refused.
    readings: of the figures whose evidence the reviewer has read; they become F3 (nothing changes without evidence).
    Refused names every figure that the actor entered or submitted since its last validation, or may not read.
    """
    book = _begin(session, actor, token)
    entries = entries_at(session, book, cells)
    own = _entered_by(session, actor, cells)
    problems = [
        Problem("vous l’avez saisi ou soumis ; une autre personne le valide.", where=book.subject(c)) for c in own
    ]
    problems += _wrong_status(book, Step.VALIDATE, entries)
    problems += [
        Problem("le chiffre a changé depuis qu’il vous a été montré ; relisez-le.", where=book.subject(cell))
        for entry in entries
        if entry.version != seen.get(cell := facts.cell_of(entry), entry.version)
    ]
    problems += reading_problems(session, book, actor, [e for e in entries if facts.cell_of(e) not in own], readings)
    if problems:
        raise Refused(problems)
    for entry in entries:
        reading = readings.get(facts.cell_of(entry)) if has_evidence(entry) else None
        _change(session, actor, book, entry, Step.VALIDATE, reading=reading)
    rollup.refresh_cells(session, book, cells)
    return len(entries)


def send_back(session: Session, actor: Actor, cells: Collection[Cell], reason: str, token: str = "") -> int:
    """Return submitted figures to their regions with a reason, all or none; returns how many."""
    book = _begin(session, actor, token)
    reason = _reason(reason)
    entries = entries_at(session, book, cells)
    if problems := _wrong_status(book, Step.RETURN, entries):
        raise Refused(problems)
    for entry in entries:
        _change(session, actor, book, entry, Step.RETURN, reason)
    rollup.refresh_cells(session, book, cells)
    return len(entries)


def reopen_entry(session: Session, actor: Actor, cell: Cell, reason: str, token: str = "") -> None:
    """Make a validated figure a draft again, with a reason; the deadline does not lock it until it is submitted."""
    book = _begin(session, actor, token)
    reason = _reason(reason)
    [entry] = entries_at(session, book, [cell])
    if problems := _wrong_status(book, Step.REOPEN, [entry]):
        raise Refused(problems)
    _change(session, actor, book, entry, Step.REOPEN, reason)
    rollup.refresh_cells(session, book, [cell])


def _begin(session: Session, actor: Actor, token: str) -> Book:
    require(actor, Right.REVIEW)
    history.begin(session, token)
    return Book(session)


def _reason(text: str) -> str:
    if not (cleaned := clean_text(text, 1_000)):
        raise Refused([Problem("Indiquez le motif : la région le lira.", "motif")])
    return cleaned


def _wrong_status(book: Book, name: Step, entries: Iterable[Entry]) -> list[Problem]:
    problems: list[Problem] = []
    for entry in entries:
        try:
            step(name, entry, book, reason="-")
        except Refused as refused:
            problems += refused.problems
    return problems


def _change(
    session: Session, actor: Actor, book: Book, entry: Entry, name: Step, reason: str = "", *,
    reading: Reading | None = None,
) -> None:  # fmt: skip
    before, now = facts.snapshot(session, entry), clock.now(session)
    entry.status = step(name, entry, book, reason).value
    validated = entry.status == Status.VALIDATED
    entry.validated_by = actor.id if validated else None
    entry.validated_at = now if validated else None
    entry.review_note, entry.editable_late, entry.review_started_by = reason, bool(reason), None
    if reading:
        apply_reading(session, actor, entry, reading)
    entry.version += 1
    session.flush()
    log(session, actor, name, book, entry, before, facts.moved_on(entry, before), reason)


def _entered_by(session: Session, actor: Actor, cells: Collection[Cell]) -> list[Cell]:
    """Cells whose value, evidence or submission is this person's since the last validation."""
    authors = authors_since_validation(session, cells)
    return [cell for cell in cells if actor.id in authors[cell]]
