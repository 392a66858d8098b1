"""The language of proof: one practice compared across regions, what totals are made of, what has no evidence."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from impact.aggregation import Total
from impact.figures import Cell, Definition, Period
from impact.formats import counted, n_of_n, sortable
from impact.presentation.grades import validated
from impact.presentation.lens import Lens
from impact.presentation.wording import in_brief, short_name, titled, value_day
from impact.proof import DOCUMENTED, GRADES
from impact.vocabulary import NATIONAL_CODE, Coverage, Measure
from impact.world import World

if TYPE_CHECKING:
    import pandas as pd

PRACTICE = "PRE"


@dataclass(frozen=True, slots=True)
class Practice:
    """One indicator of the chantier PRE: its total by region mobilised there, and for the country."""

    definition: Definition
    regions: dict[str, Total]
    national: Total


def practices(world: World, lens: Lens) -> list[Practice]:
    """world: narrowed to the window. Indicators without any period over in it are left out."""
    regions = world.mobilised_regions(PRACTICE)
    found = []
    for definition in world.definitions.values():
        if definition.chantier == PRACTICE:
            own = {region: lens.total(world, definition.code, region) for region in regions}
            found.append(Practice(definition, own, lens.total(world, definition.code)))
    return [one for one in found if one.national.cells_due or one.national.used]


def not_mobilised(world: World) -> list[str]:
    """Regions of the campaign that are not on the chantier PRE, by name."""
    on_it = set(world.mobilised_regions(PRACTICE))
    return [world.region_names[code] for code in world.mobilised_regions() if code not in on_it]


def shown(definition: Definition, total: Total) -> tuple[str, tuple[str, ...]]:
    """A table's cell: the number, then short lines on what stands behind it; a non-additive total says so."""
    if total.coverage is Coverage.NOT_ADDITIVE:
        return "non additif", ("les régions ne", "s’additionnent pas")
    if total.pair is None:
        return "–", ("aucun chiffre" if total.cells_due else "rien d’attendu",)
    text = in_brief(definition, total.pair)
    lines = [n_of_n(total.pair)] if definition.measure is Measure.RATIO and " sur " not in text else []
    lines += [_partial(total)] if total.coverage is Coverage.PARTIAL or total.region == NATIONAL_CODE else []
    lines += [value_day(total)] if total.value_date else []
    return text, tuple(lines)


def _partial(total: Total) -> str:
    """« partiel, 2 régions sur 3 », or « partiel, 6 chiffres sur 9 » ; « 3 régions sur 3 » ;
    for one region « partiel, 2 périodes sur 3 ».
    """
    mark = "partiel, " if total.coverage is Coverage.PARTIAL else ""
    if total.region == NATIONAL_CODE:
        if mark and total.regions_answered == total.regions_due:
            return f"{mark}{counted(total.cells_answered, 'chiffre')} sur {total.cells_due}"
        return f"{mark}{counted(total.regions_answered, 'région')} sur {total.regions_due}"
    if total.value_date:
        return "partiel, dernière période vide"
    return f"{mark}{counted(total.cells_answered, 'période')} sur {total.cells_due}"


def composition_frame(definition: Definition, total: Total, lens: Lens) -> "pd.DataFrame":
    """For charts.composition: a total's share by grade; empty where it has no share (no figure, or all zero)."""
    import pandas as pd

    rows = [
        {
            "name": f"{definition.code} {titled(short_name(definition), lens)}",
            "grade": level,
            "share": float(total.composition.shares[level]),
            "detail": counted(sum(entry.reliability == level for entry in total.used), "chiffre"),
        }
        for level in range(GRADES)
        if any(total.composition.shares)
    ]
    return pd.DataFrame(rows, columns=["name", "grade", "share", "detail"])


@dataclass(frozen=True, slots=True)
class Bare:
    """A validated figure that no document backs."""

    region: str
    """Its name."""
    definition: Definition
    period: Period
    cell: Cell
    grade: int


def bare_figures(world: World) -> list[Bare]:
    """Validated, due, below F2; oldest first, then region and indicator."""
    found = [
        Bare(
            world.region_names[entry.region],
            world.definitions[entry.indicator],
            world.periods[entry.period],
            entry.cell,
            entry.reliability,
        )
        for entry in validated(world)
        if entry.reliability < DOCUMENTED
    ]
    order = {code: rank for rank, code in enumerate(world.definitions)}
    return sorted(found, key=lambda one: (one.period, sortable(one.region), order[one.definition.code]))


def unread(world: World) -> int:
    """Validated figures with a document that nobody but their author has read."""
    return sum(entry.reliability == DOCUMENTED for entry in validated(world))
