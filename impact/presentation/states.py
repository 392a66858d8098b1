"""Every cell of a region's campaign with its state in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from impact.aggregation import PENDING, cell_state
from impact.figures import Cell, Definition, Period
from impact.presentation.wording import in_brief
from impact.vocabulary import CELL_SIGNS, STATUS_SIGNS, CellState, Status
from impact.world import World


@dataclass(frozen=True, slots=True)
class StateLine:
    """One cell. value: with its unit's sign, empty without one. status: sign and word, empty when nothing was said.

    grade: F0 to F4, None without a value.
    """

    cell: Cell
    definition: Definition
    period: Period
    sign: str
    state: str
    value: str
    status: str
    grade: int | None
    comment: str


def state_lines(world: World, region: str, remarks: Mapping[Cell, str]) -> list[StateLine]:
    """By indicator then period, for the region's chantiers. remarks: comment or reason by cell, visible ones."""
    chantiers = set(world.chantiers_of(region))
    return [
        _line(world, definition, period, Cell(region, definition.code, period.code), remarks)
        for definition in world.definitions.values()
        if definition.chantier in chantiers
        for period in world.own_periods(definition)
        if world.window.start <= period.end <= world.window.end
    ]


def _line(world: World, definition: Definition, period: Period, cell: Cell, remarks: Mapping[Cell, str]) -> StateLine:
    entry = world.entries.get(cell)
    sign, state = state_of(world, cell)
    return StateLine(
        cell, definition, period, sign, state,
        in_brief(definition, entry.pair) if entry and entry.pair else "",
        f"{STATUS_SIGNS[entry.status]} {entry.status.label}" if entry else "",
        entry.reliability if entry and entry.pair else None,
        remarks.get(cell, ""),
    )  # fmt: skip


def state_of(world: World, cell: Cell) -> tuple[str, str]:
    """Sign and words of a cell as this reader may know it."""
    entry = world.entries.get(cell)
    if cell in world.pending:
        return STATUS_SIGNS[Status.SUBMITTED], PENDING
    ended = world.periods[cell.period].has_ended(world.today)
    due = world.is_due(cell)
    if entry is None and ended and not due:
        return "–", "non mobilisée"
    state = cell_state(due, entry)
    outside = " (hors périmètre)" if state is CellState.VALUE and not due else ""
    return CELL_SIGNS[state], state.label + outside
