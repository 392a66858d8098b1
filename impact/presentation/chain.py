"""A chantier from means to impact: its indicators at their stage, and the links that nothing measures."""

from collections.abc import Iterable
from dataclasses import dataclass

from impact.aggregation import ANSWERED, PENDING, Total
from impact.figures import Definition
from impact.presentation.lens import Lens
from impact.progress import Progress
from impact.vocabulary import CELL_SIGNS, NATIONAL_CODE, STATUS_SIGNS, Answer, CellState, ProgressState, Stage, Status
from impact.world import World

SAYS_NOTHING = (ProgressState.NO_TARGET, ProgressState.NOT_REPORTED, ProgressState.NOT_DUE)
"""States that add nothing to a number that is there, or to the word for one that is not."""


UNDER_THE_FLOOR = "sous le niveau de preuve"


@dataclass(frozen=True, slots=True)
class Step:
    """One indicator: its national total over the window, its progress since the start, and each region's.

    regions: the totals and the progress of every mobilised region, by code.
    """

    definition: Definition
    total: Total
    progress: Progress
    regions: dict[str, tuple[Total, Progress]]

    @property
    def is_silent(self) -> bool:
        """No region has a figure in the window."""
        return not self.total.used


@dataclass(frozen=True, slots=True)
class Link:
    """A stage of the chain; without steps it is a hole."""

    stage: Stage
    steps: tuple[Step, ...]


def steps(world: World, seen: World, chantier: str, lens: Lens) -> list[Step]:
    """In the catalogue's order. world: holds the campaign from its start. seen: the same through the lens."""
    own = [one for one in seen.definitions.values() if one.chantier == chantier]
    return [_step(world, seen, one, lens) for one in own]


def _step(world: World, seen: World, definition: Definition, lens: Lens) -> Step:
    provisional, floor = lens.provisional, lens.min_proof
    totals = seen.totals(definition.code, provisional=provisional, min_proof=floor)
    found = {one.region: one for one in totals}
    progresses = world.progresses(definition.code, provisional=provisional, min_proof=floor, day=lens.end)
    regions = {
        code: (one, progresses[code]) for code, one in found.items() if code != NATIONAL_CODE and code in progresses
    }
    return Step(definition, found[NATIONAL_CODE], progresses[NATIONAL_CODE], regions)


def chain(found: Iterable[Step]) -> list[Link]:
    """From means to impact, holes included."""
    known = list(found)
    return [Link(stage, tuple(step for step in known if step.definition.stage is stage)) for stage in Stage]


def absence(world: World, total: Total) -> tuple[str, str]:
    """Sign and word of a total without any figure: what was said of its cells, the most telling first.

    world: the one that was totalled.
    """
    said = [one for one in total.left_out if world.is_due(one.cell)]
    answers = {one.entry.answer for one in said if one.entry and one.entry.status in ANSWERED}
    if any(one.reason == PENDING or one.cell in world.pending for one in said):
        return STATUS_SIGNS[Status.SUBMITTED], PENDING
    if Answer.VALUE in answers:
        return "–", UNDER_THE_FLOOR
    for answer in (Answer.NOT_AVAILABLE, Answer.NOT_APPLICABLE):
        if answer in answers:
            return CELL_SIGNS[CellState(answer.value)], answer.label
    if total.cells_due:
        return CELL_SIGNS[CellState.MISSING], "aucun chiffre"
    ended = any(map(world.window.holds, world.own_periods(world.definitions[total.indicator])))
    return ("–", "rien d’attendu") if ended else (CELL_SIGNS[CellState.NOT_DUE], CellState.NOT_DUE.label)
