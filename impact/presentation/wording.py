"""The sentences that say what a number is, what stands behind it and when."""

from fractions import Fraction

from impact.aggregation import Total, other_version
from impact.figures import Definition, Pair, from_scaled
from impact.formats import NARROW, at_least, counted, figure, number, percent, short_date
from impact.presentation.lens import Lens, ended_periods
from impact.vocabulary import NATIONAL_CODE, Accumulation, Coverage, Measure
from impact.world import World

MILLION = 1_000_000
SERIES_BREAK = "rupture de série"


def sentence(world: World, lens: Lens, where: str = "") -> str:
    """What a page shows: campaign, dates, statuses, proof level, as of when. world: already narrowed."""
    head = f"Campagne {world.campaign}, {f'{where}, ' if where else ''}{span(world)}"
    return f"{head} : {statuses(lens)}, {proof_level(lens.min_proof)}, situation au {short_date(world.today)}."


def proof_level(level: int) -> str:
    return f"niveau de preuve {at_least(level)}" if level else "tous niveaux de preuve"


def span(world: World) -> str:
    """« du 15/10/2010 au 30/06/2011 »: up to the last period that is over."""
    held = [period for period in ended_periods(world) if world.window.holds(period)]
    if not held:
        return f"aucune période échue depuis le {short_date(world.window.start)}"
    return f"du {short_date(world.window.start)} au {short_date(max(held).end)}"


def statuses(lens: Lens) -> str:
    return "chiffres validés et provisoires (soumis, pas encore validés)" if lens.provisional else "chiffres validés"


def titled(title: str, lens: Lens) -> str:
    """Every title says so where provisional figures are included."""
    return f"{title} (provisoire)" if lens.provisional else title


def short_name(definition: Definition) -> str:
    """Without what stands in brackets at the end."""
    return definition.name.split(" (")[0]


def is_euros(definition: Definition) -> bool:
    return definition.measure is Measure.AMOUNT and definition.unit.startswith("euros")


def headline(definition: Definition, total: Total) -> tuple[str, str]:
    """The number in large type and its unit: « 2,84 » « M€ », « 1 600 » « », « 41,2 % » « »."""
    if total.coverage is Coverage.NOT_ADDITIVE:
        return "non additif", ""
    if not is_euros(definition) or total.value is None:
        return figure(definition, total.pair), ""
    if abs(total.value) >= MILLION:
        return number(total.value / MILLION, 2), "M€"
    return number(total.value, 0), "€"


def in_brief(definition: Definition, pair: Pair | None) -> str:
    """The number where its indicator is named: « 60,9 % », « 45 », « 139 741 € »."""
    text = figure(definition, pair)
    return f"{text}{NARROW}€" if pair is not None and is_euros(definition) else text


def in_full(definition: Definition, total: Total) -> str:
    """The number with its unit, rounded once: « 1 600 personnes », « 41,2 % », « 2 841 230 euros courants HT »."""
    if total.coverage is Coverage.NOT_ADDITIVE:
        return "non additif"
    text = figure(definition, total.pair)
    return text if total.value is None or definition.measure is Measure.RATIO else f"{text} {definition.unit}"


COVERAGE_WORDS = {
    Coverage.PARTIAL: "partiel : ",
    Coverage.EMPTY: "aucun chiffre : ",
    Coverage.NOT_COMPUTABLE: "dénominateur nul : ",
}


def coverage(definition: Definition, total: Total) -> str:
    """« partiel : 2 régions sur 3, 8 chiffres sur 9 » ; for one region « partiel : 2 périodes sur 3 » ; said after it:
    « rupture de série, 2 chiffres d’une autre version à part ».
    """
    told, apart = _covered(definition, total), of_another_version(total)
    broken = f" ; {SERIES_BREAK}, {counted(apart, 'chiffre')} d’une autre version à part" if apart else ""
    return (told + broken).removeprefix(" ; ")


def of_another_version(total: Total) -> int:
    """How many figures stay out because their definition is not the total's."""
    return sum(
        one.entry is not None and one.reason == other_version(one.entry.version, total.version)
        for one in total.left_out
    )


def _covered(definition: Definition, total: Total) -> str:
    behind = _behind(definition, total)
    if total.coverage is Coverage.NOT_ADDITIVE:
        return f"les régions ne s’additionnent pas ; {behind}"
    if total.cells_due == 0 and not total.used:
        return "rien d’attendu sur ces dates"
    if total.coverage is Coverage.EMPTY and total.region != NATIONAL_CODE:
        return "aucun chiffre"
    return COVERAGE_WORDS.get(total.coverage, "") + behind


def value_day(total: Total) -> str:
    """« valeur au 31/03/2011 » for a stock, which is of its latest period; otherwise nothing."""
    return f"valeur au {short_date(total.value_date)}" if total.value_date else ""


def _behind(definition: Definition, total: Total) -> str:
    stock = definition.accumulation is Accumulation.STOCK
    if total.region != NATIONAL_CODE:
        if stock:
            return "" if total.regions_answered else "pas de valeur à la dernière période due"
        return f"{counted(total.cells_answered, 'période')} sur {total.cells_due}"
    regions = f"{counted(total.regions_answered, 'région')} sur {total.regions_due}"
    if stock:
        return regions if total.regions_answered == total.regions_due else f"{regions} à la dernière période due"
    if total.cells_answered == total.cells_due:
        return regions
    return f"{regions}, {counted(total.cells_answered, 'chiffre')} sur {total.cells_due}"


def rate(share: Fraction | None) -> str:
    """A share of 0 to 1 in whole per cent; nothing due gives « sans objet »."""
    return "sans objet" if share is None else percent(100 * share)


def achieved(achievement: Fraction) -> str:
    """How much of the way to a target is behind: « 54,5 % », never clipped, the same on every screen."""
    return percent(100 * achievement, 1)


def plain_number(scaled: int) -> str:
    return number(from_scaled(scaled))
