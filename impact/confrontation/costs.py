"""Cost per result: euros spent over what came of them, where both are known whole (docs/rencontres.md)."""

from collections.abc import Iterable, Iterator, Sequence

from impact.actions import ActionKey
from impact.aggregation import Total
from impact.comparability import union
from impact.confrontation.shapes import Approach, Cost, CostLine
from impact.figures import Definition
from impact.formats import counted
from impact.vocabulary import Accumulation, Coverage, Measure, Stage
from impact.world import World

EUROS = "euros"
"""How the unit of an amount of money begins."""
RESULTS = (Stage.OUTPUT, Stage.OUTCOME)
NO_SPENDING = "aucune dépense suivie sur ce chantier"
NO_RESULT = "aucun résultat de ce chantier ne se compte au fil des périodes"
OTHER_DAYS = "dépenses et résultats ne couvrent pas les mêmes jours"
NOTHING_CAME = "aucun résultat compté"


def is_spending(definition: Definition) -> bool:
    return (
        definition.stage is Stage.INPUT
        and definition.measure is Measure.AMOUNT
        and definition.accumulation is Accumulation.FLOW
        and definition.unit.startswith(EUROS)
    )


def is_result(definition: Definition) -> bool:
    """A count that adds up over time: a stock says what there is, not what the spending brought."""
    return (
        definition.stage in RESULTS
        and definition.measure is Measure.COUNT
        and definition.accumulation is Accumulation.FLOW
    )


def cost_lines(approaches: Sequence[Approach], world: World) -> Iterator[CostLine]:
    """By chantier, spending, result, in the catalogue's order."""
    for chantier in dict.fromkeys(one.chantier for one in sorted(approaches, key=lambda one: _place(one, world))):
        own = [one for one in world.definitions.values() if one.chantier == chantier]
        spent, results = [one for one in own if is_spending(one)], [one for one in own if is_result(one)]
        keys = [one.key for one in approaches if one.chantier == chantier]
        reason = "" if spent and results else NO_RESULT if spent else NO_SPENDING
        if reason:
            yield CostLine(chantier, None, None, {key: Cost(reason=reason) for key in keys})
        for money in spent:
            for result in results:
                yield CostLine(chantier, money, result, dict(_costs(keys, money, result, world)))


def _place(one: Approach, world: World) -> int:
    return list(world.chantier_names).index(one.chantier)


def _costs(
    keys: Iterable[ActionKey], money: Definition, result: Definition, world: World
) -> Iterator[tuple[ActionKey, Cost]]:
    for key in keys:
        yield key, cost(world.total(money.code, key.region), world.total(result.code, key.region), world)


def cost(spent: Total, came: Total, world: World) -> Cost:
    """Of the same region and window; none unless both are complete, over the same days, and something was counted."""
    for name, one in (("dépenses", spent), ("résultats", came)):
        if one.coverage is not Coverage.COMPLETE or one.pair is None:
            return Cost(reason=_incomplete(name, one))
    if _days(spent, world) != _days(came, world):
        return Cost(reason=OTHER_DAYS)
    assert spent.pair is not None
    assert came.pair is not None
    if came.pair.numerator <= 0:
        return Cost(reason=NOTHING_CAME)
    return Cost(spent.pair.numerator, came.pair.numerator)


def _incomplete(name: str, one: Total) -> str:
    if one.coverage is Coverage.PARTIAL:
        said = f"{counted(one.cells_answered, 'chiffre validé', 'chiffres validés')} sur {one.cells_due}"
        return f"chiffres partiels : {name}, {said}"
    return f"aucun chiffre validé : {name}"


def _days(total: Total, world: World) -> tuple[tuple[int, int], ...]:
    """Those of the periods that its figures report on."""
    periods = (world.periods[entry.period] for entry in total.used)
    return union((period.start.toordinal(), period.end.toordinal()) for period in periods)
