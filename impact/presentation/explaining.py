"""« Expliquer ce nombre »: the way from a total back to every figure in it and every figure left out."""

from collections.abc import Iterable
from dataclasses import dataclass

from impact.aggregation import PENDING, LeftOut, Total
from impact.figures import CellEntry, Definition, Pair
from impact.formats import capital, counted, figure, grade, short_date
from impact.presentation import wording
from impact.presentation.lens import Lens
from impact.vocabulary import NATIONAL_CODE, STATUS_SIGNS, Accumulation, Coverage, Measure
from impact.world import World

SPELLED_OUT = 12
"""Up to so many regions the sum is written term by term."""


@dataclass(frozen=True, slots=True)
class Contribution:
    region: str
    period: str
    numerator: str
    denominator: str
    status: str
    grade: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """has_denominator: whether the figures are pairs. left_out: why -> which ones."""

    title: str
    formula: str
    has_denominator: bool
    contributions: tuple[Contribution, ...]
    left_out: tuple[tuple[str, str], ...]
    coverage: str
    reliability: str
    definition: str


def explain(world: World, definition: Definition, total: Total, lens: Lens) -> Explanation:
    day = f" au {short_date(total.value_date)}" if total.value_date else f", {wording.span(world)}"
    return Explanation(
        title=wording.titled(f"{wording.in_full(definition, total)}{day}", lens),
        formula=formula(world, definition, total),
        has_denominator=definition.has_pair,
        contributions=tuple(_contribution(world, entry) for entry in _in_order(world, total.used)),
        left_out=tuple(_left_out(world, total.left_out)),
        coverage=f"Couverture : {wording.coverage(definition, total) or 'complète'}.{_older(world, total)}",
        reliability=f"Fiabilité, en part de la valeur absolue : {wording.made_of(total.composition)}.",
        definition=f"Définition {definition.code}, version {total.version}. {_statuses(lens)}",
    )


def formula(world: World, definition: Definition, total: Total) -> str:
    if total.coverage is Coverage.NOT_ADDITIVE:
        return (
            f"Pas de total national : une somme en {definition.unit} compterait plusieurs fois ce que "
            "les régions ont en commun."
        )
    if total.pair is None:
        return f"Aucun chiffre n’entre dans ce total. {_over_time(definition)}"
    return f"{_arithmetic(world, definition, total, total.pair)} {_over_time(definition)}"


def _arithmetic(world: World, definition: Definition, total: Total, pair: Pair) -> str:
    numerator = wording.plain_number(pair.numerator)
    if not definition.has_pair:
        return f"{_sum(world, definition, total)}."
    denominator, shown = wording.plain_number(pair.denominator or 0), figure(definition, pair)
    parts, whole = definition.numerator_label, definition.denominator_label
    if definition.measure is Measure.MEAN:
        what = f"Somme des valeurs ({parts}) divisée par le nombre de cas ({whole})"
        return f"{what} : {numerator} / {denominator} = {shown}. Jamais la moyenne des moyennes régionales."
    what = f"n : {parts}. N : {whole}"
    together = "" if total.region != NATIONAL_CODE else " On additionne les n, on additionne les N, puis on divise."
    return f"{what}. 100 × {numerator} / {denominator} = {shown}.{together}"


def _sum(world: World, definition: Definition, total: Total) -> str:
    """« Midi-Pyrénées 412 + Picardie 626 = 1 038 personnes », or by period for one region."""
    national = total.region == NATIONAL_CODE
    parts: dict[str, int] = {}
    for entry in _in_order(world, total.used):
        name = world.region_names[entry.region] if national else world.periods[entry.period].short
        parts[name] = parts.get(name, 0) + (entry.pair.numerator if entry.pair else 0)
    whole = wording.in_full(definition, total)
    if len(parts) > SPELLED_OUT:
        return f"Somme de {counted(len(total.used), 'chiffre')} de {counted(len(parts), 'région')} = {whole}"
    return f"{' + '.join(f'{name} {wording.plain_number(part)}' for name, part in parts.items())} = {whole}"


def _over_time(definition: Definition) -> str:
    if definition.accumulation is Accumulation.STOCK:
        return "Stock : on retient la dernière période renseignée de chaque région."
    return "Flux : les périodes s’additionnent."


def _in_order(world: World, entries: Iterable[CellEntry]) -> list[CellEntry]:
    return sorted(entries, key=lambda entry: (world.region_names[entry.region], world.periods[entry.period]))


def _contribution(world: World, entry: CellEntry) -> Contribution:
    pair = entry.pair
    return Contribution(
        region=world.region_names[entry.region],
        period=world.periods[entry.period].short,
        numerator=wording.plain_number(pair.numerator) if pair else "–",
        denominator=wording.plain_number(pair.denominator) if pair and pair.denominator is not None else "–",
        status=f"{STATUS_SIGNS[entry.status]} {entry.status.label}",
        grade=grade(entry.reliability),
    )


def _left_out(world: World, left_out: Iterable[LeftOut]) -> list[tuple[str, str]]:
    """By reason: « Aquitaine (T2, T3), Picardie (T1) »."""
    grouped: dict[str, dict[str, list[str]]] = {}
    for one in left_out:
        reason = PENDING if one.entry is None and one.cell in world.pending else one.reason
        regions = grouped.setdefault(reason, {})
        regions.setdefault(world.region_names[one.cell.region], []).append(world.periods[one.cell.period].short)
    return [
        (reason, ", ".join(f"{region} ({', '.join(periods)})" for region, periods in sorted(regions.items())))
        for reason, regions in grouped.items()
    ]


def _older(world: World, total: Total) -> str:
    if not total.older_regions:
        return ""
    names = ", ".join(sorted(world.region_names[region] for region in total.older_regions))
    return f" Sur une période plus ancienne : {names}."


def _statuses(lens: Lens) -> str:
    floor = f", {grade(lens.min_proof)} ou plus" if lens.min_proof else ""
    return f"{capital(wording.statuses(lens))}{floor}."
