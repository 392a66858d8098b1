"""Which regions and chantiers the region's screen offers."""

from collections.abc import Mapping

from impact.permissions import Actor
from impact.ui.reads import Source, calendar


def regions(source: Source) -> dict[str, str]:
    """Every region of 2010, those of the campaign first."""
    world = calendar(source.key)
    mobilised = set(world.mobilised_regions())
    return {
        code: world.region_names[code] for code in sorted(world.region_names, key=lambda code: code not in mobilised)
    }


def default_region(actor: Actor, offered: Mapping[str, str]) -> str:
    """A contributor's own, else the first of the campaign."""
    return next((code for code in offered if code in actor.regions), next(iter(offered)))


def chantiers(source: Source, region: str) -> dict[str, str]:
    """Those on which the region is mobilised."""
    world = calendar(source.key)
    return {code: world.chantier_names[code] for code in world.chantiers_of(region)}
