"""Saving a figure, and what every step of a figure shares: its lock, its grade, its row of history."""

from sqlmodel import Session

from impact import clock, rules
from impact.errors import Problem, Refused, StaleEntry
from impact.figures import Cell, Definition, Period
from impact.models import Entry
from impact.permissions import EVERYTHING, Actor, require_entry
from impact.proof import GROUNDS, READ, reliability, touches
from impact.queries.book import Book
from impact.queries.cell_book import CellBook
from impact.queries.evidence import attached_text
from impact.queries.views import entry_view
from impact.rules import EntryDraft
from impact.rules.drafts import TEXTS
from impact.services import drafts, facts, history
from impact.services.facts import cell_of
from impact.vocabulary import Status
from impact.workflow import Step, next_status


def save_entry(session: Session, actor: Actor, draft: EntryDraft, token: str = "", book: Book | None = None) -> Entry:
    """Store one answer as a draft (or as a still returned figure), with its history; drops what was typed of it.

    draft.seen_version: the version that the form showed, 0 for none. Raises Forbidden, NotFound, Refused (every
    problem at once), StaleEntry (someone else was faster), AlreadyDone (double sending).
    """
    history.begin(session, token)
    cell = Cell(draft.region, draft.indicator, draft.period)
    book = book or CellBook(session, cell)
    definition, period = book.definition_for(cell), book.period(cell.period)
    require_entry(actor, cell.region, book.region(cell.region).name)
    entry = session.get(Entry, cell)
    stored = facts.breakdowns_of(session, cell) if entry else {}
    _refuse_if_stale(session, actor, definition, entry, draft)
    _refuse_if_locked(book, actor, cell, entry)
    if problems := rules.refusals(definition, draft, period):
        raise Refused(problems)
    before = facts.facts(entry, stored) if entry else None
    entry = entry or _blank(session, definition, period, draft, actor)
    _apply(entry, draft, definition, period)
    said = facts.facts(entry, draft.breakdowns)
    if before is None or _differs(before, said):
        _write(session, actor, book, entry, draft, before)
    drafts.discard(session, actor, cell)
    return entry


def _blank(session: Session, definition: Definition, period: Period, draft: EntryDraft, actor: Actor) -> Entry:
    """Pieces may have been attached before the figure was saved."""
    return Entry(
        region_code=draft.region, indicator_code=draft.indicator, period_code=draft.period,
        indicator_version=definition.version, answer=draft.answer.value, status=Status.DRAFT.value,
        coverage_start=period.start, coverage_end=period.end, entered_by=actor.id,
        entered_at=clock.now(session), version=0, evidence=attached_text(session, draft.cell),
    )  # fmt: skip


def _apply(entry: Entry, draft: EntryDraft, definition: Definition, period: Period) -> None:
    numerator, denominator = draft.pair or (None, None)
    said = {
        "indicator_version": definition.version, "answer": draft.answer.value,
        "numerator": numerator, "denominator": denominator,
        **{name: getattr(draft, name) for name in TEXTS.values()},
        "coverage_start": draft.coverage_start or period.start, "coverage_end": draft.coverage_end or period.end,
    }  # fmt: skip
    for name, value in said.items():
        if getattr(entry, name) != value:  # setting what is there already costs SQLModel twenty times the look
            setattr(entry, name, value)


def _differs(before: dict[str, object], after: dict[str, object]) -> bool:
    derived = ("version", "reliability")
    return {**before, **dict.fromkeys(derived)} != {**after, **dict.fromkeys(derived)}


def _write(
    session: Session, actor: Actor, book: Book, entry: Entry, draft: EntryDraft, before: dict[str, object] | None
) -> None:
    said = facts.facts(entry, draft.breakdowns)
    if before is not None and touches(READ, before, said):
        forget_reading(entry)
    entry.entered_by, entry.entered_at = actor.id, clock.now(session)
    grade(entry)
    entry.version += 1
    session.add(entry)
    session.flush()
    if said["breakdowns"] != (before["breakdowns"] if before else {}):
        facts.replace_breakdowns(session, draft.cell, draft.breakdowns)
    log(session, actor, Step.SAVE, book, entry, before, facts.facts(entry, draft.breakdowns))


def forget_reading(entry: Entry) -> None:
    """The value or its evidence is another one: nobody has read it yet, nobody verified it."""
    if entry.evidence_read_by is None:
        return
    entry.evidence_read_by = entry.evidence_read_at = None
    entry.evidence_checked = ""
    forget_verification(entry)


def forget_verification(entry: Entry) -> None:
    entry.verifier = entry.verifier_organisation = ""
    entry.verified_on = entry.verification_report = entry.verification_by = None


def grade(entry: Entry) -> None:
    """Derive the F grade again; the only place that writes it."""
    entry.reliability = derived(entry)


def derived(entry: Entry) -> int:
    """The F grade that an entry's own columns give."""
    return reliability(
        *(getattr(entry, name) for name in GROUNDS), read=entry.evidence_read_by is not None,
        verified=entry.verified_on is not None,
    )  # fmt: skip


def log(
    session: Session, actor: Actor | str, action: str, book: Book, entry: Entry, before: dict[str, object] | None,
    after: dict[str, object], reason: str = "",
) -> None:  # fmt: skip
    """One row of history for one step of one entry, on its region's chain."""
    cell = cell_of(entry)
    history.record(
        session, actor, str(action), book.subject(cell), chain=cell.region, indicator=cell.indicator,
        period=cell.period, before=before, after=after, reason=reason,
    )  # fmt: skip


def _refuse_if_stale(
    session: Session, actor: Actor, definition: Definition, entry: Entry | None, draft: EntryDraft
) -> None:
    version = entry.version if entry else 0
    if version == draft.seen_version:
        return
    cell = Cell(draft.region, draft.indicator, draft.period)
    view = entry_view(session, EVERYTHING, cell)
    who = f" par {view.entered_by}" if view else ""
    raise StaleEntry(
        f"{cell.indicator} : ce chiffre a été modifié{who} depuis que vous l’avez ouvert. "
        "Choisissez la valeur à garder.",
        stored=rules.to_fields(definition, view.as_draft()) if view else {},
        typed=rules.to_fields(definition, draft),
        version=version,
    )


def _refuse_if_locked(book: Book, actor: Actor, cell: Cell, entry: Entry | None) -> None:
    if entry:
        step(Step.SAVE, entry, book)
    if reason := book.lock(actor, cell, late=bool(entry and entry.editable_late)):
        raise Refused([Problem(reason, where=cell.indicator)])


def step(name: Step, entry: Entry, book: Book, reason: str = "") -> Status:
    """The status that a step leads to; Refused with the figure named."""
    try:
        return next_status(name, Status(entry.status), reason)
    except Refused as refused:
        where = book.subject(cell_of(entry))
        raise Refused([Problem(problem.message, problem.field, where) for problem in refused.problems]) from None
