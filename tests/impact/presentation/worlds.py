"""Small worlds for the tests of presentation: three quarters are over on 10 July 2011."""

from collections.abc import Iterable, Mapping

from impact.aggregation import Window, due_cells
from impact.figures import CellEntry, Definition, Mobilisation, Period, Target
from impact.quality import quality
from impact.world import World
from tests.cast import TODAY
from tests.impact.samples import END, QUARTERS, START, by_cell, sample

NAMES = {"11": "Île-de-France", "73": "Midi-Pyrénées", "22": "Picardie"}


def world_of(
    *entries: CellEntry,
    definitions: Iterable[Definition] = (sample(),),
    regions: Iterable[str] = ("22", "73"),
    targets: Iterable[Target] = (),
    periods: Mapping[str, Period] = {},
) -> World:
    """Regions mobilised on every chantier of the definitions since the start. periods: beside the quarters."""
    held = {**QUARTERS, **periods}
    known = {definition.code: definition for definition in definitions}
    chantiers = {definition.chantier for definition in known.values()}
    spells = tuple(Mobilisation(region, chantier, START) for region in regions for chantier in sorted(chantiers))
    window = Window(START, END, TODAY)
    due = tuple(due_cells(known.values(), held.values(), spells, window))
    said = by_cell(*entries)
    return World(
        campaign="2010-2011",
        window=window,
        definitions=known,
        periods=held,
        region_names=NAMES,
        chantier_names={"FOR": "Former et sensibiliser", "PRE": "Langage de la preuve"},
        mobilisations=spells,
        due=due,
        entries=said,
        quality=tuple(quality(known.values(), due, said, held)),
        pending=frozenset(),
        granted={},
        start=START,
        targets={(target.region, target.indicator): target for target in targets},
    )
