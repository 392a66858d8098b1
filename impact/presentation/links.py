"""The links of a chantier's results chain, from one stage to the next: how far each is known, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from impact.claims import Judged, link_word
from impact.figures import Cell, Period
from impact.formats import counted
from impact.presentation.grades import validated
from impact.vocabulary import LinkState, Stage
from impact.world import World

MOST_NAMED = 5
"""Regions that an explanation names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of the chantier. key: as addresses name it (« 22-3 »). judged: as the chain takes it.

    is_past: told as it was read, before it or its figures changed; nobody has read it since.
    """

    key: str
    sentence: str
    judged: Judged
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class Together:
    """A region's validated figures at both ends of a link, of the latest period that they share."""

    region: str
    before: Cell
    after: Cell


@dataclass(frozen=True, slots=True)
class Tie:
    """The link between two consecutive stages. seen: one per region where both ends have a figure, by name.

    claims: those that bear on it, the best proven first. holes: stages of the two that no indicator measures.
    """

    before: Stage
    after: Stage
    state: LinkState
    seen: tuple[Together, ...]
    claims: tuple[Said, ...]
    holes: tuple[Stage, ...]


def ties(world: World, chantier: str, claims: Iterable[Said] = (), min_proof: int = 0) -> list[Tie]:
    """From means to impact. world: narrowed to what is looked at. claims: of the chantier.

    Validated figures of due cells alone make a link observed, at this proof level or above.
    """
    return chains(world, {chantier: tuple(claims)}, min_proof)[chantier]


def chains(world: World, claims: Mapping[str, Sequence[Said]], min_proof: int = 0) -> dict[str, list[Tie]]:
    """`ties` of several chantiers. claims: of each chantier wanted."""
    measured: dict[str, set[Stage]] = {chantier: set() for chantier in claims}
    for definition in world.definitions.values():
        if definition.chantier in measured:
            measured[definition.chantier].add(definition.stage)
    held = _by_stage(world, claims, min_proof)
    return {
        chantier: [_tie(world, *ends, held[chantier], said, measured[chantier]) for ends in pairwise(Stage)]
        for chantier, said in claims.items()
    }


Held = dict[Stage, dict[str, list[Cell]]]
"""Cells with a validated figure, by stage and region."""


def _by_stage(world: World, chantiers: Iterable[str], min_proof: int) -> dict[str, Held]:
    held: dict[str, Held] = {chantier: {stage: {} for stage in Stage} for chantier in chantiers}
    for entry in validated(world):
        definition = world.definitions[entry.indicator]
        if definition.chantier in held and entry.reliability >= min_proof:
            held[definition.chantier][definition.stage].setdefault(entry.region, []).append(entry.cell)
    return held


def _tie(world: World, before: Stage, after: Stage, held: Held, said: Sequence[Said], measured: Iterable[Stage]) -> Tie:
    first, second = held[before], held[after]
    seen = tuple(
        found
        for region in world.region_names
        if region in first and region in second
        if (found := _together(world, region, first[region], second[region]))
    )
    own = sorted((one for one in said if one.judged.stage is after), key=lambda one: -(one.judged.level or 0))
    state = link_word(after, [one.judged for one in own], bool(seen))
    return Tie(before, after, state, seen, tuple(own), tuple(one for one in (before, after) if one not in measured))


def _together(world: World, region: str, first: Sequence[Cell], second: Sequence[Cell]) -> Together | None:
    """Of the pairs of one period, or of one within the other, the latest."""
    pairs = [
        (max(one, other), one_cell, other_cell)
        for one_cell in first
        for other_cell in second
        if same_time(one := world.periods[one_cell.period], other := world.periods[other_cell.period])
    ]
    if not pairs:
        return None
    _, before, after = max(pairs)
    return Together(region, before, after)


def same_time(one: Period, other: Period) -> bool:
    """One period, or one within the other: T2 within S1, S1 within the year."""
    return _holds(one, other) or _holds(other, one)


def _holds(outer: Period, inner: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def why(tie: Tie, world: World) -> str:
    """What figures say of the link, without a full stop; what claims say stands beside it."""
    if tie.holes:
        return f"sans indicateur : {' et '.join(stage.label for stage in tie.holes)}"
    if not tie.seen:
        return "aucune région n’a de chiffre validé aux deux bouts pour une même période"
    named, more = [_named(one, world) for one in tie.seen[:MOST_NAMED]], len(tie.seen) - MOST_NAMED
    named += [f"et {counted(more, 'autre région', 'autres régions')}"] if more > 0 else []
    return f"chiffres validés aux deux bouts, même période : {' ; '.join(named)}"


def _named(one: Together, world: World) -> str:
    """« Picardie, FOR-02 T3 et FOR-04 T3 »"""
    ends = " et ".join(f"{cell.indicator} {world.periods[cell.period].short}" for cell in (one.before, one.after))
    return f"{world.region_names[one.region]}, {ends}"
