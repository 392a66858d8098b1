"""What the screen of a region reads: that region alone, however large the country is."""

from collections.abc import Mapping

from impact.db import reading
from impact.figures import Cell, TargetStatement
from impact.presentation.parts import Parts
from impact.queries import targets
from impact.queries.breakdowns import breakdowns
from impact.queries.remarks import remarks as read_remarks
from impact.queries.world import world as read_world
from impact.ui.kept import kept
from impact.ui.reads import Key
from impact.world import World


@kept(64)
def region(key: Key, code: str) -> World:
    with reading() as session:
        return read_world(session, key.scope, key.campaign, regions=[code]).of_regions({code})


@kept(64)
def statements(key: Key, code: str) -> tuple[TargetStatement, ...]:
    """Every statement of the region's targets, by indicator and number."""
    with reading() as session:
        return tuple(targets.statements(session, region(key, code).campaign, code))


@kept(64)
def remarks(key: Key, code: str) -> Mapping[Cell, str]:
    """What is said beside the region's visible figures of the campaign."""
    with reading() as session:
        return read_remarks(session, key.scope, regions=[code], periods=_periods(region(key, code)))


@kept(64)
def parts(key: Key, code: str) -> Parts:
    """Breakdowns of the figures that this reader may see."""
    with reading() as session:
        return breakdowns(session, key.scope, regions=[code], periods=_periods(region(key, code)))


def _periods(world: World) -> set[str]:
    return {cell.period for cell in world.entries}
