"""What the plan screen shows: a region's action, or the whole country; every choice stands in the address."""

from impact.actions import ActionKey
from impact.permissions import Actor
from impact.ui import filters
from impact.ui.plan.known import NEW, SCREEN, of_region
from impact.ui.reads import Key
from impact.vocabulary import FundingState

MONEY = {one.value: f"Argent {one.label}" for one in FundingState}


def region(places: dict[str, str]) -> str:
    """The usual one is the person's own, so that an address has to say which."""
    chosen = filters.settle(
        SCREEN, "region", "la région", places, drops=["action", "partie", "ligne", "version"], above={}
    )
    filters.box(SCREEN, "region", "Région", places)
    return chosen


def action(key: Key, region: str, actor: Actor) -> str:
    """A number, NEW, or '' where the region has nothing that this reader may see."""
    held = of_region(key, region)
    names = {str(one.key.number): _name(one.key, one.title, withdrawn=one.is_withdrawn) for one in held}
    if actor.may_enter(region):
        names[NEW] = "Ouvrir une nouvelle action"
    if not names:
        return ""
    drops, above = ["partie", "ligne", "version"], {"region": region}
    chosen = filters.settle(SCREEN, "action", "l’action", names, drops=drops, above=above)
    filters.box(SCREEN, "action", "Action", names)
    return chosen


def _name(key: ActionKey, title: str, *, withdrawn: bool) -> str:
    return f"{key.number}. {title}{' (retirée)' if withdrawn else ''}"


def money(above: dict[str, str]) -> FundingState:
    """The one status at which amounts are counted."""
    chosen = filters.settle(SCREEN, "argent", "le statut de l’argent", MONEY, above=above)
    filters.box(SCREEN, "argent", "Montants comptés", MONEY)
    return FundingState(chosen)
