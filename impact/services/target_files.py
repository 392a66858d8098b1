"""A read file of targets into statements: all of it, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlmodel import Session

from impact.errors import ImpactError, Refused
from impact.imports.targets import TargetOutcome, TargetRow, TargetVerdict, all_accepted
from impact.permissions import Actor, Right, require
from impact.queries.book import Book
from impact.rules.targets import TargetDraft, read_target
from impact.services import history
from impact.services.targets import Case, case_problems, cases_of, require_campaign, require_region, set_targets


@dataclass(slots=True)
class _Line:
    row: TargetRow
    problems: list[str] = field(default_factory=list)
    case: Case | None = None


def apply(session: Session, actor: Actor, rows: Sequence[TargetRow], dry_run: bool = False) -> list[TargetVerdict]:
    """State the targets of a file (imports.targets.read) in the actor's name; one verdict per row, in its order.

    A column that the file lacks keeps what is stored, and so do milestones, which files do not carry. One refused row,
    or dry_run, and nothing is written. Raises Forbidden when the actor may not set targets at all.
    """
    require(actor, Right.TARGETS)
    history.touch(session)
    book = Book(session)
    lines = [_Line(row, list(row.problems)) for row in rows]
    filled = [line for line in lines if not line.row.is_blank]
    _look_up(book, filled)
    for line in filled:
        if line.case is not None:
            line.problems += [problem.message for problem in case_problems(book, line.case)]
    verdicts = [_verdict(line) for line in lines]
    if all_accepted(verdicts) and not dry_run:
        set_targets(session, actor, [line.case.draft for line in filled if line.case is not None])
    return verdicts


def _look_up(book: Book, lines: Sequence[_Line]) -> None:
    """Read each line and find what is stored of it; what cannot be read or found goes to its problems."""
    found: list[tuple[_Line, TargetDraft]] = []
    for line in lines:
        draft = _read(book, line)
        if draft is not None:
            found.append((line, draft))
    cases = cases_of(book, [draft for _, draft in found])
    for (line, _), case in zip(found, cases, strict=True):
        line.case = _completed(line.row, case)


def _read(book: Book, line: _Line) -> TargetDraft | None:
    """A draft whose region, indicator and campaign exist; None, with every problem told, otherwise."""
    row, draft = line.row, None
    try:
        if row.region:
            require_region(book, row.region)
    except ImpactError as error:
        line.problems.append(str(error))
    try:
        definition = book.definition(row.indicator) if row.indicator else None
    except ImpactError as error:
        definition = None
        line.problems.append(str(error))
    if definition is not None:
        draft, problems = read_target(definition, row.fields, region=row.region)
        line.problems += [problem.message for problem in problems]
    if draft is None or line.problems:
        return None
    try:
        require_campaign(book, draft)
    except Refused as refused:
        line.problems += [problem.message for problem in refused.problems]
        return None
    return draft


def _completed(row: TargetRow, case: Case) -> Case:
    """The draft over the last statement, with what the file does not tell of it."""
    draft, standing = case.draft, case.standing
    draft = replace(draft, seen_number=case.last.number if case.last else 0)
    if standing is not None:
        baseline = draft.baseline if "base" in row.fields else standing.baseline
        draft = replace(draft, baseline=baseline, milestones=standing.milestones)
    return replace(case, draft=draft)


def _verdict(line: _Line) -> TargetVerdict:
    if line.problems:
        return TargetVerdict(line.row, TargetOutcome.REFUSED, tuple(line.problems))
    if line.case is None:
        return TargetVerdict(line.row, TargetOutcome.IGNORED)
    if line.case.is_unchanged:
        return TargetVerdict(line.row, TargetOutcome.UNCHANGED)
    return TargetVerdict(line.row, TargetOutcome.UPDATED if line.case.standing else TargetOutcome.CREATED)
