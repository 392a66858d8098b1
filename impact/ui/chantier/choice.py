"""What the chantier's screen shows first, and what it offers."""

from impact.figures import Definition
from impact.permissions import Actor
from impact.presentation.comparing import adds_up
from impact.presentation.lens import KEY_INDICATORS
from impact.presentation.wording import short_name
from impact.ui.reads import Source, calendar
from impact.world import World

VALUE, PER_INHABITANTS = "valeur", "habitants"


def usual_chantier(actor: Actor, source: Source) -> str:
    """That of a contributor's region, its preferred one first; else the first of the catalogue."""
    world = calendar(source.key)
    own = [code for region in world.region_names if region in actor.regions for code in world.chantiers_of(region)]
    return next(iter([*own, *world.chantier_names]))


def indicators(world: World, chantier: str) -> dict[str, str]:
    return {one.code: f"{one.code} {short_name(one)}" for one in world.definitions.values() if one.chantier == chantier}


def usual_indicator(offered: dict[str, str]) -> str:
    return next((code for code in KEY_INDICATORS if code in offered), next(iter(offered)))


def measures(definition: Definition) -> dict[str, str]:
    per_head = {PER_INHABITANTS: "Pour 100 000 hab."} if adds_up(definition) else {}
    return {VALUE: "Valeur", **per_head}
