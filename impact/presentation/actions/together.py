"""What the country prepares together: activities month by month, partners of several regions, resources by kind."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from babel.dates import format_date

from impact.actions import ActionKey, Activity, Partner, Plan, Resource
from impact.formats import capital, sortable
from impact.vocabulary import ResourceKind

UNDATED = "Sans date"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shared:
    """A partner that several regions name; name: as the first of them writes it."""

    name: str
    by_region: Mapping[str, tuple[Partner, ...]]


@dataclass(frozen=True, slots=True)
class Held:
    """Resources of one kind and one unit; total: 1/10,000 of the unit, None where nobody says a quantity."""

    kind: ResourceKind
    unit: str
    total: int | None
    of: tuple[tuple[ActionKey, Resource], ...]


def by_month(plans: Mapping[ActionKey, Plan]) -> list[tuple[str, list[tuple[ActionKey, Activity]]]]:
    """« Mars 2011 » and the activities that begin in it, by day then region; the undated ones last."""
    held = [(key, one) for key, plan in plans.items() for one in plan.activities]
    dated = sorted((one for one in held if one[1].start), key=lambda one: (one[1].start or date.min, one[0]))
    months = _grouped(dated, lambda one: _month(one[1].start or date.min))
    undated = [one for one in held if not one[1].start]
    return [*months.items(), *([(UNDATED, undated)] if undated else [])]


def _month(day: date) -> str:
    return capital(format_date(day, "MMMM yyyy", locale="fr_FR"))


def shared_partners(plans: Mapping[ActionKey, Plan]) -> list[Shared]:
    """Partners that two regions or more name, whatever their capitals, accents and spaces; by name."""
    held = [(key.region, one) for key, plan in plans.items() for one in plan.partners]
    groups = _grouped(held, lambda one: normal(one[1].name))
    found = []
    for own in groups.values():
        by_region = _grouped(own, lambda one: one[0])
        if len(by_region) > 1:
            found.append(
                Shared(
                    own[0][1].name, {region: tuple(one for _, one in said) for region, said in by_region.items()}
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: sortable(one.name))


def resources(plans: Mapping[ActionKey, Plan]) -> list[Held]:
    """By kind, then unit: quantities are only added up where they are of the same one."""
    named = [(key, one) for key, plan in plans.items() for one in plan.resources]
    groups = _grouped(named, lambda one: (one[1].kind, normal(one[1].unit)))
    found = []
    for (kind, _), own in groups.items():
        said = [one.quantity for _, one in own if one.quantity is not None]
        found.append(Held(kind, own[0][1].unit, sum(said) if said else None, tuple(own)))
    order = list(ResourceKind)
    return sorted(found, key=lambda one: (order.index(one.kind), sortable(one.unit)))


def normal(name: str) -> str:
    """The same for « Crédit Coopératif » and « credit  cooperatif »."""
    bare = unicodedata.normalize("NFKD", name).casefold().replace("’", "'")
    return " ".join("".join(letter for letter in bare if not unicodedata.combining(letter)).split())


Group = TypeVar("Group")


def _grouped(held: Iterable[T], group: Callable[[T], Group]) -> dict[Group, list[T]]:
    """In the order of their first."""
    found: dict[Group, list[T]] = {}
    for one in held:
        found.setdefault(group(one), []).append(one)
    return found
