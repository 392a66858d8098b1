"""Rows of one cell, and what is stored of it, to the fields of one draft. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from impact import rules
from impact.errors import Problem
from impact.figures import Cell, Definition, Period
from impact.imports.rows import ImportRow
from impact.rules import EntryDraft
from impact.rules.drafts import FIGURE_COLUMNS
from impact.vocabulary import Answer


@dataclass(slots=True)
class Group:
    """The rows of a file that speak of one cell. problems: by row line, in the order found."""

    cell: Cell
    rows: list[ImportRow] = field(default_factory=list)
    problems: dict[int, list[str]] = field(default_factory=dict)

    @property
    def total(self) -> ImportRow | None:
        return next((row for row in self.rows if not row.axis), None)

    @property
    def parts(self) -> list[ImportRow]:
        return [row for row in self.rows if row.axis]

    def refuse(self, message: str, row: ImportRow | None = None) -> None:
        line = (row or self.total or self.rows[0]).line
        self.problems.setdefault(line, []).append(message)

    def refuse_all(self, problems: Iterable[Problem]) -> None:
        """Each problem goes to the row that its field names; the rest to the total's."""
        by_prefix = {f"{row.axis}/{row.category}": row for row in self.parts}
        for problem in problems:
            self.refuse(problem.message, by_prefix.get(problem.field.rpartition("/")[0]))


def grouped(rows: Iterable[ImportRow]) -> list[Group]:
    """Groups in the order of the file; the rows' own problems come along. Blank rows are left out."""
    groups: dict[Cell, Group] = {}
    for row in rows:
        if row.is_blank:
            continue
        group = groups.setdefault(row.cell, Group(row.cell))
        group.rows.append(row)
        for message in row.problems:
            group.refuse(message, row)
    return list(groups.values())


def read_group(group: Group, definition: Definition, period: Period, stored: EntryDraft | None) -> EntryDraft | None:
    """The draft that the rows and what is stored amount to; None, with problems in the group, when they do not.

    A column that the file lacks keeps what is stored; one that it has and leaves empty empties it. A figure in a file
    without `etat` is a value, whatever was stored. Breakdowns that the file does not name stay, unless the answer is
    no longer a value.
    """
    if group.total is None and stored is None:
        group.refuse("le total de cette ventilation n’est ni dans le fichier ni enregistré.")
        return None
    fields = rules.to_fields(definition, stored) if stored else {}
    given = group.total.fields if group.total else {}
    if "etat" not in given and any(given.get(column) for column in FIGURE_COLUMNS) and not _is_value(fields):
        fields |= {"etat": "", "motif": ""}  # the reason told why there was no figure
    shared = fields | dict(given)
    if not _is_value(shared):
        shared = {name: text for name, text in shared.items() if "/" not in name}
    draft, problems = rules.read_draft(
        definition, group.cell, shared | _part_fields(group.parts), stored.seen_version if stored else 0
    )
    group.refuse_all(problems)
    _refuse_other_words(group, definition, period, shared)
    return None if group.problems else draft


def _is_value(fields: Mapping[str, str]) -> bool:
    return fields.get("etat", "") in ("", Answer.VALUE)


def _part_fields(parts: Sequence[ImportRow]) -> dict[str, str]:
    return {
        f"{row.axis}/{row.category}/{column}": text
        for row in parts
        for column, text in row.fields.items()
        if column in FIGURE_COLUMNS
    }


def _refuse_other_words(group: Group, definition: Definition, period: Period, shared: Mapping[str, str]) -> None:
    """A breakdown shares its total's state, source and so on: it leaves them empty, or says the same."""
    for row in group.parts:
        for column, text in row.fields.items():
            if (
                column not in FIGURE_COLUMNS
                and text
                and not _same(definition, period, group.cell, shared, column, text)
            ):
                group.refuse(f"« {column} » est celui du total : laissez vide, ou écrivez la même chose.", row)


def _same(
    definition: Definition, period: Period, cell: Cell, shared: Mapping[str, str], column: str, text: str
) -> bool:
    if shared.get(column, "") == text:
        return True
    total = {name: words for name, words in shared.items() if "/" not in name}
    first, _ = rules.read_draft(definition, cell, total)
    second, _ = rules.read_draft(definition, cell, total | {column: text})
    return first is None or (second is not None and says_the_same(period, first, second))


def says_the_same(period: Period, one: EntryDraft, other: EntryDraft) -> bool:
    """The same answer to the cell, whatever version it was typed over; no coverage stated = the period's."""
    return _normal(period, one) == _normal(period, other)


def _normal(period: Period, draft: EntryDraft) -> EntryDraft:
    return replace(
        draft,
        coverage_start=draft.coverage_start or period.start,
        coverage_end=draft.coverage_end or period.end,
        seen_version=0,
    )
