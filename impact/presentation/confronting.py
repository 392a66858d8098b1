"""A frozen confrontation as a table: what is said of each action, block by block, and why something cannot be said."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from impact.actions import ActionKey, Partner, Resource
from impact.claims import grade as claim_grade
from impact.confrontation import (
    Comparison,
    Cost,
    CostLine,
    Dimension,
    Figure,
    Line,
    cost_text,
    definition_of,
    figure_of,
    figure_text,
)
from impact.confrontation import Side as Action
from impact.figures import SCALE, Definition, from_scaled
from impact.formats import NARROW, SMALL_NUMBER, capital, counted, n_of_n, number, short_date
from impact.presentation.sides import Block, Column, Row, Side
from impact.presentation.wording import short_name
from impact.vocabulary import (
    WITHOUT_VALUE,
    Accumulation,
    Comparability,
    Coverage,
    FundingState,
    Measure,
)

COMPARABILITY_SIGNS = {Comparability.COMPARABLE: "=", Comparability.PARTIAL: "≈", Comparability.NOT_COMPARABLE: "≠"}
PARTS = (FundingState.GRANTED, FundingState.CONTRACTED, FundingState.PAID)
"""How far the identified money has come; each is part of the one before, so that none is added."""
OTHER_CHANTIER = "autre chantier"


def columns(compared: Comparison) -> list[Column]:
    return [Column(str(one.key), one.region_name, one.title, one.chantier) for one in compared.sides]


def blocks(compared: Comparison) -> list[Block]:
    figures = {one: tuple(_figures(compared, one)) for one in Dimension}
    return [
        Block("Moyens", (*_means(compared), *figures[Dimension.MEANS])),
        Block("Portée", figures[Dimension.REACH]),
        Block("Résultats", figures[Dimension.RESULTS]),
        Block("Preuve", tuple(_proof(compared))),
        Block("Coût par résultat", tuple(_cost(compared, one) for one in compared.costs)),
        Block("Contexte", tuple(_context(compared))),
        Block("Comparabilité", tuple(_comparability(compared))),
    ]


def names(compared: Comparison) -> dict[str, str]:
    """What each figure that a decision may have looked at is called: « FOR-04 Personnes formées, Picardie : 25 »."""
    regions = {one.key: one.region_name for one in compared.sides}
    found = {
        f"{line.definition.code}/{key}":
            f"{line.definition.code} {short_name(line.definition)}, {regions[key]} : {figure_text(one)}"
        for line in compared.lines
        for key, one in line.figures.items()
    }  # fmt: skip
    return found | {
        f"{one.name}/{key}": f"Coût par résultat, {regions[key]} : {cost_text(cost, one.result)}"
        for one in compared.costs
        for key, cost in one.costs.items()
        if not cost.reason
    }


def money(amount: int) -> str:
    """« 12 500 € »; cents only where there are some."""
    exact = Fraction(amount, SCALE)
    return f"{number(exact, 0 if exact.denominator == 1 else 2)}{NARROW}€"


def _each(compared: Comparison, told: Callable[[Action], Side]) -> tuple[Side, ...]:
    return tuple(told(one) for one in compared.sides)


def _means(compared: Comparison) -> Iterator[Row]:
    yield Row(
        "Budget prévu", _each(compared, lambda one: _said(one.budget, "budget non dit")), "en argent", number=True
    )
    yield Row("Financements identifiés", _each(compared, _money), "en argent", number=True)
    yield Row(
        "Apports en nature", _each(compared, lambda one: _said(one.in_kind.get(FundingState.IDENTIFIED), "aucun dit")),
        "valeur déclarée, jamais ajoutée à l’argent", number=True,
    )  # fmt: skip
    yield Row("Ressources", _each(compared, lambda one: _list(map(_resource, one.resources), "aucune dite")))
    yield Row("Partenaires", _each(compared, lambda one: _list(map(_partner, one.partners), "aucun dit")))


def _money(one: Action) -> Side:
    told = tuple(f"dont {status.label} : {money(one.cash[status])}" for status in PARTS if status in one.cash)
    return _said(one.cash.get(FundingState.IDENTIFIED), "aucun dit", told)


def _said(amount: int | None, nothing: str, parts: tuple[str, ...] = ()) -> Side:
    return Side("", (nothing,)) if amount is None else Side(money(amount), parts)


def _resource(one: Resource) -> str:
    many = "" if one.quantity is None else f" : {number(from_scaled(one.quantity))} {one.unit}".rstrip()
    return f"{one.name}{many}"


def _partner(one: Partner) -> str:
    return f"{one.name} ({one.commitment.label})"


def _list(texts: Iterable[str], none: str) -> Side:
    """The first in the line of the value, the others under it."""
    said = list(texts)
    return Side(said[0], tuple(said[1:])) if said else Side("", (none,))


def _figures(compared: Comparison, dimension: Dimension) -> Iterator[Row]:
    for line in compared.of(dimension):
        label = f"{line.definition.code} {short_name(line.definition)}"
        sides = _each(compared, lambda one, held=line: _figure(held, one.key))  # type: ignore[misc]
        yield Row(label, sides, unit(line.definition), number=True)


def unit(definition: Definition) -> str:
    """« personnes, cumul », « part, en fin de période »"""
    counted_in = "part" if definition.measure is Measure.RATIO else definition.unit
    return f"{counted_in}, {'en fin de période' if definition.accumulation is Accumulation.STOCK else 'cumul'}"


def _figure(line: Line, key: ActionKey) -> Side:
    one = line.figures.get(key)
    if one is None:
        return Side("", (OTHER_CHANTIER,))
    told = (*figure_lines(one), *_judged(line, key))
    return _shown(one, told, f"{line.definition.code}/{key}")


def _shown(one: Figure, told: tuple[str, ...], code: str = "") -> Side:
    if one.pair is None:
        return Side("", told)
    held = [entry for entry in one.used if entry.pair]
    if len(held) == 1:
        return Side(figure_text(one), told, grade=held[0].reliability, code=code)
    return Side(figure_text(one), told, composition=one.composition, code=code)


def figure_lines(one: Figure) -> Iterator[str]:
    """n/N, coverage, day: what stands under a figure, or in its place."""
    answered, due = one.cells
    if one.pair and one.definition.measure is Measure.RATIO and (one.pair.denominator or 0) >= SMALL_NUMBER * SCALE:
        yield n_of_n(one.pair)
    if one.coverage is Coverage.EMPTY:
        yield f"aucun chiffre validé sur {counted(due, 'attendu')}" if due else "rien n’est attendu à ces dates"
    elif one.coverage in WITHOUT_VALUE:
        yield WITHOUT_VALUE[one.coverage]
    elif one.coverage is Coverage.PARTIAL:
        yield f"partiel : {counted(answered, 'chiffre')} sur {number(due)}"
    else:
        yield f"complet : {counted(answered, 'chiffre')} sur {number(due)}"
    if one.pair and one.definition.accumulation is Accumulation.STOCK and one.value_date:
        yield f"au {short_date(one.value_date)}"


def _judged(line: Line, key: ActionKey) -> Iterator[str]:
    """« ≠ non comparable », then why; nothing for what compares, and where nobody is there to compare with."""
    word = line.comparability.get(key)
    if word is not None and word is not Comparability.COMPARABLE:
        yield f"{COMPARABILITY_SIGNS[word]} {word.label}"
        yield from line.differences.get(key, ())


def _proof(compared: Comparison) -> Iterator[Row]:
    yield Row("Chiffres utilisés", _each(compared, _grades), "par niveau de fiabilité")
    yield Row("Affirmations d’impact", _each(compared, _claims), "lisibles par tout le réseau, à leur niveau")


def _grades(one: Action) -> Side:
    held = sum(one.grades)
    if not held:
        return Side("", ("aucun chiffre validé",))
    told = [f"{many} en F{level}" for level, many in reversed(list(enumerate(one.grades))) if many]
    return Side(counted(held, "chiffre"), (", ".join(told),))


def _claims(one: Action) -> Side:
    best = sorted(one.claims, key=lambda claim: -claim.level)
    told = (f"{claim.key}, {claim_grade(claim.level)}, {claim.finding.label} : « {claim.sentence} »" for claim in best)
    return _list(told, "aucune n’est lue")


def _cost(compared: Comparison, line: CostLine) -> Row:
    label = short_name(line.result) if line.result else "Coût par résultat"
    under = f"{line.spent.code} rapporté à {line.result.code}" if line.spent and line.result else ""
    costs = {key: _cost_side(line, key, cost) for key, cost in line.costs.items()}
    return Row(
        label, _each(compared, lambda one: costs.get(one.key, Side("", (OTHER_CHANTIER,)))), under, number=True,
    )  # fmt: skip


def _cost_side(line: CostLine, key: ActionKey, cost: Cost) -> Side:
    if cost.reason:
        return Side("n.\u00a0c.", (cost.reason,))
    return Side(cost_text(cost, line.result), code=f"{line.name}/{key}")


def _context(compared: Comparison) -> Iterator[Row]:
    yield Row("Chantier", _each(compared, lambda one: Side(one.chantier_name)))
    yield Row("Étape", _each(compared, lambda one: Side(capital(one.stage.label) if one.stage else "À constituer")))
    yield Row("Habitants de la région", _each(compared, lambda one: _people(one.population)), number=True)
    yield Row("Besoin", _each(compared, lambda one: Side(one.need or "", () if one.need else ("non décrit",))))
    yield Row("Plan validé", _each(compared, lambda one: Side(f"version {one.plan_version}")))


def _people(population: int) -> Side:
    return Side(number(population)) if population else Side("", ("inconnu",))


def _comparability(compared: Comparison) -> Iterator[Row]:
    yield Row(
        "Indicateurs comparés", _each(compared, lambda one: _tally(compared, one.key)),
        "à la région de référence de chaque indicateur ; la raison est sous chaque chiffre",
    )  # fmt: skip


def _tally(compared: Comparison, key: ActionKey) -> Side:
    several = [line for line in compared.lines if len({one.region for one in line.comparability}) > 1]
    told = Counter(line.comparability[key] for line in several if key in line.comparability)
    parts = [f"{COMPARABILITY_SIGNS[word]} {counted(told[word], word.label)}" for word in Comparability if told[word]]
    return _list(parts, "aucun chiffre à comparer")


def looked_at(one: Mapping[str, Any]) -> tuple[str, str, Side]:
    """A figure that a decision looked at: what it is, « 22-1 », and what it was then."""
    key = str(one["action"])
    if "cost" in one:
        spent, result = definition_of(one["spent"]), definition_of(one["result"])
        return f"Coût par résultat, {short_name(result)}", key, Side(
            cost_text(Cost(*one["cost"]), result), (f"{spent.code} rapporté à {result.code}",)
        )  # fmt: skip
    definition = definition_of(one["definition"])
    held = figure_of(one["total"], definition)
    counted_in = "" if definition.measure is Measure.RATIO else f" ({definition.unit})"
    return f"{definition.code} {short_name(definition)}{counted_in}", key, _shown(held, tuple(figure_lines(held)))
