"""What the screen of a chantier reads: its own indicators in its own regions, however large the country is."""

from collections.abc import Mapping, Sequence

from impact.comparability import Counted, Survey
from impact.db import reading
from impact.figures import Cell
from impact.queries import bases, catalogue
from impact.queries.world import world as read_world
from impact.ui.kept import kept
from impact.ui.reads import Key, calendar
from impact.world import World


@kept(32)
def chantier(key: Key, code: str) -> World:
    """The whole campaign of one chantier."""
    known = calendar(key)
    indicators = [one.code for one in known.definitions.values() if one.chantier == code]
    regions = known.mobilised_regions(code)
    with reading() as session:
        found = read_world(session, key.scope, key.campaign, regions=regions, indicators=indicators)
    return found.of_chantier(code)


@kept(64)
def counted(key: Key, indicator: str, regions: tuple[str, ...], periods: tuple[str, ...]) -> Mapping[Cell, Counted]:
    """How these figures were counted."""
    with reading() as session:
        return bases.counted(session, key.scope, regions=regions, indicators=[indicator], periods=periods)


@kept(64)
def surveys(
    key: Key, indicator: str, regions: tuple[str, ...], periods: tuple[str, ...]
) -> Mapping[Cell, Sequence[Survey]]:
    """Those whose answers stand behind these figures."""
    with reading() as session:
        return bases.surveys(session, key.scope, regions=regions, indicators=[indicator], periods=periods)


@kept(8)
def inhabitants(key: Key) -> Mapping[str, int]:
    """By region, 0 where unknown."""
    with reading() as session:
        return {code: row.population for code, row in catalogue.regions(session).items()}
