"""A read file into entries: all of it, or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sqlmodel import Session

from impact.errors import ImpactError, NotFound, Refused
from impact.figures import Cell
from impact.imports import ImportRow, Outcome, Verdict
from impact.imports.merging import Group, grouped, read_group, says_the_same
from impact.models import Entry
from impact.permissions import EVERYTHING, Actor, Right, require, require_entry
from impact.queries.book import Book
from impact.queries.views import EntryView, Past, entry_views, pasts
from impact.rules import EntryDraft
from impact.services import history, rollup
from impact.services.entries import save_entry
from impact.services.facts import entries_of
from impact.services.submission import send, submission_problems
from impact.workflow import EDITABLE


@dataclass(slots=True)
class _Import:
    """One file on its way in. stored: entries as they were before it; drafts: what its groups amount to."""

    session: Session
    actor: Actor
    book: Book
    groups: list[Group]
    stored: dict[Cell, EntryView] = field(default_factory=dict)
    drafts: dict[Cell, EntryDraft] = field(default_factory=dict)
    warnings: dict[Cell, list[str]] = field(default_factory=dict)
    submitted: set[Cell] = field(default_factory=set)

    @property
    def refused(self) -> bool:
        return any(group.problems for group in self.groups)


def apply(
    session: Session, actor: Actor, rows: Sequence[ImportRow], submit: bool = False, dry_run: bool = False
) -> list[Verdict]:
    """Save the rows of a file (imports.read) in the actor's name; one verdict per row, in the order of the file.

    One refused row, or dry_run, and nothing is written: the work is undone to where it began, the caller's
    transaction stays usable. submit: what the file says and is a draft or returned is submitted too.
    Raises Forbidden when the actor may not enter figures at all.
    """
    require(actor, Right.ENTER)
    history.touch(session)
    book = Book(session)
    work = _Import(session, actor, book, grouped(rows))
    savepoint = session.begin_nested()
    held = _read_stored(work)
    for group in work.groups:
        _save(work, group, submit)
    _question(work, submit)
    if work.refused or dry_run:
        savepoint.rollback()
    else:
        savepoint.commit()
        rollup.refresh_cells(session, book, work.submitted)
    del held
    return _verdicts(work, rows)


def _read_stored(work: _Import) -> dict[Cell, Entry]:
    """Read what is stored of the file's cells in a few queries; the entries returned keep the session's own alive."""
    cells = [group.cell for group in work.groups]
    regions, indicators, periods = ({cell[place] for cell in cells} for place in range(3))
    work.stored = entry_views(
        work.session, EVERYTHING, regions=regions, indicators=indicators, periods=periods
    )  # what the actor may not see is refused before it is compared
    return entries_of(work.session, cells)


def _save(work: _Import, group: Group, submit: bool) -> None:
    """Save one cell; what keeps it from being saved goes to the group's problems."""
    if not _is_known(work, group):
        return
    view = work.stored.get(group.cell)
    definition, period = work.book.definition_for(group.cell), work.book.period(group.cell.period)
    draft = read_group(group, definition, period, view.as_draft() if view else None)
    if draft is None:
        return
    work.drafts[group.cell] = draft
    if _is_settled(work, draft, view, submit):
        return
    try:
        save_entry(work.session, work.actor, draft, book=work.book)
    except Refused as refused:
        group.refuse_all(refused.problems)
    except ImpactError as error:
        group.refuse(str(error))


def _is_known(work: _Import, group: Group) -> bool:
    """The cell's codes exist and the actor enters for its region; every problem is told at once."""
    book, cell = work.book, group.cell
    for look_up, code in ((book.region, cell.region), (book.definition, cell.indicator), (book.period, cell.period)):
        try:
            if code:
                look_up(code)
        except NotFound as error:
            group.refuse(str(error))
    if not group.problems:
        try:
            require_entry(work.actor, cell.region, book.region(cell.region).name)
        except ImpactError as error:
            group.refuse(str(error))
    return not group.problems


def _is_settled(work: _Import, draft: EntryDraft, view: EntryView | None, submit: bool) -> bool:
    """Nothing to save: the same is stored. A draft to submit is saved again, which drops what was typed beside it."""
    same = view is not None and says_the_same(work.book.period(draft.period), draft, view.as_draft())
    return same and not (submit and view is not None and view.status in EDITABLE)


def _question(work: _Import, submit: bool) -> None:
    """Warn, and submit, period after period: each is compared with those before it, of this file too."""
    for code, period in sorted(work.book.periods.items(), key=lambda item: item[1]):
        groups = [group for group in work.groups if group.cell.period == code and group.cell in work.drafts]
        past = pasts(work.session, work.book, [group.cell for group in groups]) if groups else {}
        for group in groups:
            work.warnings[group.cell] = _warnings(work, group.cell, past[group.cell])
            if not work.book.is_mobilised(group.cell.region, _chantier(work, group.cell), period):
                work.warnings[group.cell].append("hors périmètre : conservé, n’entre dans aucun total.")
        if submit and groups:
            _submit(work, groups, past)


def _chantier(work: _Import, cell: Cell) -> str:
    return work.book.definition(cell.indicator).chantier


def _warnings(work: _Import, cell: Cell, past: Past) -> list[str]:
    definition, draft = work.book.definition_for(cell), work.drafts[cell]
    return [problem.message for problem in past.warnings(definition, draft.pair)]


def _submit(work: _Import, groups: Iterable[Group], past: dict[Cell, Past]) -> None:
    """Submit what can be; a group that cannot says why, and the whole file is then undone."""
    clean = [group for group in groups if not group.problems]
    views = _editable(work, clean)
    for group in clean:
        if view := views.get(group.cell):
            group.refuse_all(submission_problems(work.book, work.actor, view, past[group.cell]))
    ready = [group.cell for group in clean if group.cell in views and not group.problems]
    if ready and not work.refused:
        send(work.session, work.actor, ready, work.book)
        work.submitted |= set(ready)


def _editable(work: _Import, groups: Sequence[Group]) -> dict[Cell, EntryView]:
    cells = [group.cell for group in groups]
    views = entry_views(
        work.session, EVERYTHING, regions={cell.region for cell in cells},
        indicators={cell.indicator for cell in cells}, periods={cell.period for cell in cells},
    )  # fmt: skip
    return {cell: view for cell, view in views.items() if view.status in EDITABLE}


def _verdicts(work: _Import, rows: Sequence[ImportRow]) -> list[Verdict]:
    by_cell = {group.cell: group for group in work.groups}
    return [Verdict(row, Outcome.IGNORED) if row.is_blank else _verdict(work, by_cell[row.cell], row) for row in rows]


def _verdict(work: _Import, group: Group, row: ImportRow) -> Verdict:
    warnings = () if row.axis else tuple(work.warnings.get(row.cell, ()))
    if group.problems:
        own = group.problems.get(row.line) or [f"refusé avec le même chiffre, ligne {min(group.problems)}."]
        return Verdict(row, Outcome.REFUSED, tuple(own), warnings)
    return Verdict(row, _outcome(work, row), (), warnings, row.cell in work.submitted)


def _outcome(work: _Import, row: ImportRow) -> Outcome:
    view, draft = work.stored.get(row.cell), work.drafts[row.cell]
    if view is None:
        return Outcome.CREATED
    if row.axis:
        before = view.breakdowns.get((row.axis, row.category))
        same = before == draft.breakdowns.get((row.axis, row.category))
        return Outcome.UNCHANGED if same else Outcome.UPDATED if before else Outcome.CREATED
    whole, known = replace(draft, breakdowns={}), replace(view.as_draft(), breakdowns={})
    same = says_the_same(work.book.period(row.period), whole, known)
    return Outcome.UNCHANGED if same else Outcome.UPDATED
