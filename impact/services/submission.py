"""Submitting figures to the national office, and taking them back."""

from collections.abc import Sequence

from sqlmodel import Session

from impact import clock, rules
from impact.errors import Incomplete, Problem, Refused
from impact.figures import Cell
from impact.models import Entry
from impact.permissions import EVERYTHING, Actor, require_entry
from impact.queries.book import Book
from impact.queries.typed import typed
from impact.queries.views import EntryView, Past, entry_views, pasts
from impact.services import facts, history, rollup
from impact.services.entries import log, step
from impact.workflow import EDITABLE, Step


def submission_problems(book: Book, actor: Actor, view: EntryView, past: Past) -> list[Problem]:
    """What keeps one saved entry from being submitted: refusals, sums of breakdowns, warnings without a comment."""
    definition, period = book.definition_for(view.cell), book.period(view.period)
    problems = list(rules.refusals(definition, view.as_draft(), period))
    if view.definition_version != definition.version:
        problems.append(Problem(_older_definition(view.definition_version, definition.version)))
    if view.pair:
        problems += rules.partition_problems(definition, view.pair, view.breakdowns)
        warned = [] if view.comment else past.warnings(definition, view.pair)
        problems += [Problem(problem.message, "commentaire") for problem in warned]
    if lock := book.lock(actor, view.cell, view.editable_late):
        problems.append(Problem(lock))
    if early := book.submission_lock(actor, view.period):
        problems.append(Problem(early))
    return [Problem(problem.message, problem.field, definition.code) for problem in problems]


def _older_definition(version: int, in_force: int) -> str:
    """A figure is not carried from one definition to another unseen: whoever entered it says that it still holds."""
    return (
        f"enregistré selon la version {version} de la définition ; la version {in_force} vaut pour cette période. "
        "Relisez la définition, puis enregistrez de nouveau le chiffre."
    )


def submit_sheet(
    session: Session, actor: Actor, region: str, chantier: str, period: str, *, only_ready: bool = False,
    token: str = "",
) -> list[str]:  # fmt: skip
    """Submit a whole sheet, or with only_ready its complete figures alone; returns the indicator codes submitted.

    Raises Incomplete with everything that is missing at once and the codes that are ready.
    """
    history.touch(session)
    book = Book(session)
    require_entry(actor, region, book.region(region).name)
    wanted = book.sheet_indicators(book.chantier(chantier).code, book.period(period))
    cells = [Cell(region, definition.code, period) for definition in wanted]
    ready, problems = _sorted_out(session, book, actor, cells)
    if problems and not only_ready:
        raise Incomplete(problems, [cell.indicator for cell in ready])
    if not ready:
        raise Refused("Rien à soumettre : aucun chiffre de cette feuille n’est prêt.")
    if token:
        history.spend_token(session, token)
    _submit(session, actor, book, ready)
    rollup.refresh_cells(session, book, ready)
    return [cell.indicator for cell in ready]


def _sorted_out(session: Session, book: Book, actor: Actor, cells: Sequence[Cell]) -> tuple[list[Cell], list[Problem]]:
    """Cells that can be submitted, and everything that is missing on the others."""
    views = entry_views(session, EVERYTHING, regions={c.region for c in cells}, periods={c.period for c in cells})
    past, begun = pasts(session, book, cells), typed(session, actor, cells)
    ready, problems = [], []
    for cell in cells:
        view = views.get(cell)
        found = _unfinished(cell, view, cell in begun)
        if view and view.status in EDITABLE:
            found += submission_problems(book, actor, view, past[cell])
            ready += [] if found else [cell]
        problems += found
    return ready, problems


def _unfinished(cell: Cell, view: EntryView | None, begun: bool) -> list[Problem]:
    if view and view.status not in EDITABLE:
        return []  # what this person had begun to type of it came too late to hold the sheet back
    if begun:
        return [Problem("saisie commencée, pas encore enregistrée.", where=cell.indicator)]
    if view is None:
        return [Problem("manquant : donnez une valeur, ou dites pourquoi il n’y en a pas.", where=cell.indicator)]
    return []


def submit_cells(session: Session, actor: Actor, cells: Sequence[Cell], book: Book | None = None) -> None:
    """Submit saved entries, all or none; Refused with every problem at once."""
    book = book or Book(session)
    send(session, actor, cells, book)
    rollup.refresh_cells(session, book, cells)


def send(session: Session, actor: Actor, cells: Sequence[Cell], book: Book) -> None:
    """submit_cells for a caller that brings what is kept ready up to date itself, once, after several."""
    history.touch(session)
    for region in {cell.region for cell in cells}:
        require_entry(actor, region, book.region(region).name)
    ready, problems = _sorted_out(session, book, actor, cells)
    if problems or len(ready) < len(cells):
        raise Refused(problems or "Certains de ces chiffres sont déjà soumis ou validés.")
    _submit(session, actor, book, ready)


def _submit(session: Session, actor: Actor, book: Book, cells: Sequence[Cell]) -> None:
    now, today = clock.now(session), book.today  # before any change: reading flushes what is half changed
    stored = facts.entries_of(session, cells)
    for cell in cells:
        entry = stored[cell]
        before = facts.snapshot(session, entry)
        entry.status = step(Step.SUBMIT, entry, book).value
        entry.submitted_by, entry.submitted_at = actor.id, now
        entry.first_submitted_on = entry.first_submitted_on or today
        entry.review_note, entry.review_started_by, entry.editable_late = "", None, False
        entry.version += 1
        session.flush()
        log(session, actor, Step.SUBMIT, book, entry, before, facts.moved_on(entry, before))


def take_back(session: Session, actor: Actor, cell: Cell, token: str = "") -> None:
    """A region takes back what it submitted, until a review begins and while it could still submit again."""
    history.begin(session, token)
    book = Book(session)
    require_entry(actor, cell.region, book.region(cell.region).name)
    entry = session.get(Entry, cell)
    if entry is None:
        raise Refused(f"{book.subject(cell)} : aucun chiffre n’est enregistré.")
    target = step(Step.TAKE_BACK, entry, book)
    if entry.review_started_by is not None:
        raise Refused(
            [Problem("la relecture a commencé ; demandez son retour au bureau national.", where=cell.indicator)]
        )
    if reason := book.lock(actor, cell, late=False):
        raise Refused([Problem(f"{reason} Repris, il ne pourrait plus être soumis.", where=cell.indicator)])
    before = facts.snapshot(session, entry)
    entry.status = target.value
    entry.submitted_by = entry.submitted_at = None
    entry.version += 1
    session.flush()
    log(session, actor, Step.TAKE_BACK, book, entry, before, facts.moved_on(entry, before))
    rollup.refresh_cells(session, book, [cell])
