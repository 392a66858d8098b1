"""PRE-06 as the product itself can count it, beside what the regions typed (docs/mesure.md, *La fiabilité*)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from impact.aggregation import ANSWERED
from impact.figures import SCALE, Cell, CellEntry, Definition, Pair, Period, from_scaled, shown_value
from impact.formats import NARROW, SMALL_NUMBER, figure, n_of_n, number
from impact.proof import REVIEWED
from impact.vocabulary import Answer
from impact.world import World

CODE = "PRE-06"
FORMULA = (
    "Calculé : parmi les valeurs attendues et entrées (validées ou soumises), de tous les chantiers de la région et "
    "des périodes qui finissent dans le trimestre, la part de celles dont la pièce a été lue par quelqu’un d’autre que "
    "l’auteur, soit F3 relu ou plus. « Non disponible », « sans objet » et manquant n’en sont pas ; PRE-06 non plus, "
    "pour ne pas se compter lui-même."
)
Grades = Mapping[Cell, int]
"""Grade F of every value entered, validated or submitted."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One region and quarter. counted: n values with evidence read by another, out of N entered; N may be 0.

    typed: what the region says of it, None where the reader sees nothing; waiting: it is submitted, for others to see.
    """

    region: str
    name: str
    period: Period
    counted: Pair
    typed: CellEntry | None
    waiting: bool


def entered(world: World, hidden: Grades) -> dict[Cell, int]:
    """Every value entered that the campaign expects. hidden: grades of submitted ones that the reader may not see."""
    found = {}
    for cell in world.due:
        entry = world.entries.get(cell)
        if entry and entry.status in ANSWERED and entry.answer is Answer.VALUE:
            found[cell] = entry.reliability
        elif entry is None and cell in hidden:
            found[cell] = hidden[cell]
    return found


def checked(world: World, grades: Grades) -> list[Checked]:
    """Every quarter over of every region that owes PRE-06, by region name then period.

    world: every chantier, narrowed to the window. grades: as `entered` gives them, of the whole campaign.
    """
    order = {region: rank for rank, region in enumerate(world.region_names)}
    due = [cell for cell in world.due if cell.indicator == CODE]
    ordered = sorted(due, key=lambda cell: (order[cell.region], world.periods[cell.period]))
    own: dict[str, dict[Cell, int]] = {cell.region: {} for cell in due}
    for cell, level in grades.items():
        if cell.region in own:
            own[cell.region][cell] = level
    return [_checked(world, cell, own[cell.region]) for cell in ordered]


def _checked(world: World, cell: Cell, grades: Grades) -> Checked:
    period = world.periods[cell.period]
    counted = count(period, grades, world.periods)
    held = world.entries.get(cell)
    return Checked(cell.region, world.region_names[cell.region], period, counted, held, cell in world.pending)


def count(quarter: Period, grades: Grades, periods: Mapping[str, Period]) -> Pair:
    """Values with evidence read by another, out of those entered, of periods that end in the quarter.

    grades: of one region.
    """
    held = [
        level
        for cell, level in grades.items()
        if cell.indicator != CODE and quarter.start <= periods[cell.period].end <= quarter.end
    ]
    return Pair(SCALE * sum(level >= REVIEWED for level in held), SCALE * len(held))


def shown(definition: Definition, pair: Pair) -> str:
    """« 49,0 % (24 sur 49) », « 3 sur 7 », « aucune valeur entrée »"""
    if not pair.denominator:
        return "aucune valeur entrée"
    text = figure(definition, pair)
    return text if " sur " in text else f"{text} ({n_of_n(pair)})"


def said(definition: Definition, one: Checked) -> str:
    """What the region typed: « 49,0 % (24 sur 49), validé », « rien de saisi »."""
    if one.waiting:
        return "soumis, pas encore validé"
    if one.typed is None:
        return "rien de saisi"
    told = shown(definition, one.typed.pair) if one.typed.pair else one.typed.answer.label
    return f"{told}, {one.typed.status.label}"


def difference(definition: Definition, one: Checked) -> str:
    """What sets the two apart, in words; empty where there is nothing to compare."""
    typed = one.typed.pair if one.typed else None
    if typed is None or not typed.denominator or not one.counted.denominator:
        return ""
    if typed == one.counted:
        return "aucun"
    if min(typed.denominator, one.counted.denominator) < SMALL_NUMBER * SCALE:
        return _counts(typed, one.counted)
    return _points(definition, typed, one.counted)


def _counts(typed: Pair, counted: Pair) -> str:
    """Where a percentage of so few would say nothing."""
    if typed.denominator != counted.denominator:
        mine, theirs = (number(from_scaled(pair.denominator or 0)) for pair in (typed, counted))
        return f"{mine} valeurs dites, {theirs} dans le produit"
    mine, theirs = (number(from_scaled(pair.numerator)) for pair in (typed, counted))
    many = "s" if counted.numerator >= 2 * SCALE else ""
    return f"{mine} dites contrôlées, {theirs} relue{many} dans le produit"


def _points(definition: Definition, typed: Pair, counted: Pair) -> str:
    mine, theirs = (shown_value(definition.measure, pair) for pair in (typed, counted))
    assert mine is not None
    assert theirs is not None
    apart = number(abs(mine - theirs), definition.decimals)
    if not apart.strip("0,"):
        return "même part, autres effectifs"
    return f"le saisi est {apart}{NARROW}points {'au-dessus' if mine > theirs else 'en dessous'} du calculé"


def higher(lines: Iterable[Checked]) -> int:
    """How many typed shares stand above what the product can count."""
    pairs = ((one.typed.pair, one.counted) for one in lines if one.typed and one.typed.pair)
    return sum(_above(typed, counted) for typed, counted in pairs)


def _above(typed: Pair, counted: Pair) -> bool:
    return typed.numerator * (counted.denominator or 0) > counted.numerator * (typed.denominator or 0)
