"""A total, explained: formula, figures in it, figures left out and why, coverage, reliability, definition."""

from collections.abc import Iterable
from urllib.parse import urlencode

from impact.aggregation import PENDING, LeftOut, Total
from impact.figures import SCALE, CellEntry, Definition, Pair
from impact.formats import SMALL_NUMBER, at_least, capital, counted, figure, short_date
from impact.presentation import wording
from impact.presentation.chain import absence
from impact.presentation.explaining.shapes import NOTHING_MORE, Background, Contribution, Explanation, Link, Listing
from impact.presentation.lens import Lens
from impact.presentation.parts import AxisTable, axis_tables
from impact.presentation.questions import of_figure
from impact.vocabulary import NATIONAL_CODE, STATUS_SIGNS, Accumulation, Coverage, Measure
from impact.world import World

SPELLED_OUT = 12
"""Up to so many regions, or periods of one, the sum is written term by term."""
EVERYWHERE = "ensemble des régions"


def explain(
    world: World, definition: Definition, total: Total, lens: Lens, background: Background = NOTHING_MORE
) -> Explanation:
    """world: narrowed to the window of the total. The words are those of the version that the total follows."""
    definition = world.definition_of(definition.code, total.version)
    day = f" au {short_date(total.value_date)}" if total.value_date else f", {wording.span(world)}"
    return Explanation(
        title=wording.titled(f"{_told(world, definition, total)}{day}", lens),
        formula=formula(world, definition, total),
        has_denominator=definition.has_pair,
        contributions=tuple(_contribution(world, entry, background) for entry in _in_order(world, total.used)),
        left_out=tuple(_left_out(world, total.left_out)),
        coverage=f"Couverture : {wording.coverage(definition, total) or 'complète'}.{_older(world, total)}",
        total=total,
        definition=f"Définition {definition.code}, version {total.version}. {statuses(lens)}",
        subject=subject(world, definition, total.region),
        number=_number(definition, total),
        exact=total.value,
        listings=tuple(_broken_down(axis) for axis in axis_tables(definition, total, background.parts)),
        links=(sheet_link(definition.code, total.version),),
    )


def _number(definition: Definition, total: Total) -> str:
    has_sign = total.value is not None and wording.is_euros(definition)
    return wording.in_brief(definition, total.pair) if has_sign else wording.in_full(definition, total)


def _told(world: World, definition: Definition, total: Total) -> str:
    """« 2 583 298 euros courants, soit 2,58 M€ »; what is said of its cells where there is no figure."""
    full, brief = wording.in_full(definition, total), " ".join(wording.headline(definition, total))
    if not total.used:
        silence = absence(world, total)[1]
        return f"{full}, {silence}" if total.coverage is Coverage.NOT_ADDITIVE else silence
    return f"{full}, soit {brief}" if brief.endswith("M€") else full


def _broken_down(table: AxisTable) -> Listing:
    """What the total is made of, along one axis."""
    name = table.axis.label + (f", {table.figures}" if table.figures else "")
    rows = tuple((line.label, line.value, line.told or line.behind) for line in table.lines)
    return Listing(name, ("Modalité", "Valeur", "Part, ou ce qui la fonde"), rows, frozenset({1, 2}))


def subject(world: World, definition: Definition, region: str) -> str:
    """« FOR-04 Personnes formées, Picardie »; for the country, the regions that count."""
    place = EVERYWHERE if region in ("", NATIONAL_CODE) else world.region_names[region]
    return f"{definition.code} {wording.short_name(definition)}, {place}"


def sheet_link(indicator: str, version: int) -> Link:
    asked = urlencode({"indicateur": indicator, "version": version})
    return Link(f"Lire la définition {indicator}, version {version}", f"referentiel?{asked}")


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
    if (pair.denominator or 0) < SMALL_NUMBER * SCALE:
        small = "dénominateur nul, non calculable" if total.value is None else "moins de 10 unités, sans pourcentage"
        return f"{what}. {numerator} / {denominator}, {small} : {shown}."
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
        kind = "région" if national else "période"
        return f"Somme de {counted(len(total.used), 'chiffre')} de {counted(len(parts), kind)} = {whole}"
    return f"{' + '.join(f'{name} {wording.plain_number(part)}' for name, part in parts.items())} = {whole}"


def _over_time(definition: Definition) -> str:
    if definition.accumulation is Accumulation.STOCK:
        return "Stock : on retient la dernière période renseignée de chaque région."
    return "Flux : les périodes s’additionnent."


def _in_order(world: World, entries: Iterable[CellEntry]) -> list[CellEntry]:
    return sorted(entries, key=lambda entry: (world.region_names[entry.region], world.periods[entry.period]))


def _contribution(world: World, entry: CellEntry, background: Background) -> Contribution:
    pair = entry.pair
    return Contribution(
        region=world.region_names[entry.region],
        period=world.periods[entry.period].short,
        numerator=wording.plain_number(pair.numerator) if pair else "–",
        denominator=wording.plain_number(pair.denominator) if pair and pair.denominator is not None else "–",
        status=f"{STATUS_SIGNS[entry.status]} {entry.status.label}",
        grade=entry.reliability,
        hands=background.hands.get(entry.cell, ""),
        address=of_figure(entry.cell).address,
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


def statuses(lens: Lens) -> str:
    floor = f", {at_least(lens.min_proof)}" if lens.min_proof else ""
    return f"{capital(wording.statuses(lens))}{floor}."
