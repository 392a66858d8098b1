"""A comparison of regions as the chart of dots takes it, and as a table and a file."""

from fractions import Fraction
from typing import TYPE_CHECKING

from impact.comparability import SIGNS
from impact.figures import SCALE, Definition
from impact.formats import SMALL_NUMBER, capital, number, short_date
from impact.presentation.comparing import Comparison, Place
from impact.presentation.grading import made_of
from impact.presentation.plans import amount
from impact.presentation.wording import coverage, headline, in_full
from impact.vocabulary import Comparability, Coverage, Measure

if TYPE_CHECKING:
    import pandas as pd

DOTS = (
    "code", "name", "mark", "label", "detail", "value", "target", "target_label", "expected", "partial", "provisional",
    "apart", "comparability", "rank", "region", "numerator", "denominator", "made_of", "hover",
)  # fmt: skip


def dots_frame(compared: Comparison) -> "pd.DataFrame":
    """For charts.dots. Percentages of fewer than 10 are written « n sur N »; numerator, denominator: in units."""
    import pandas as pd

    frame = pd.DataFrame([_dot(one, compared) for one in compared.places], columns=DOTS)
    numbers = ("value", "target", "expected", "numerator", "denominator")
    return frame.astype({**dict.fromkeys(numbers, float), "rank": "Int64"})


def _dot(one: Place, compared: Comparison) -> dict[str, object]:
    pair = one.total.pair
    return {
        "code": one.region,
        "name": f"{one.rank}. {one.name}" if one.rank else one.name,
        "mark": "" if one.word is Comparability.COMPARABLE else SIGNS[one.word],
        "label": label(one, compared),
        "detail": _detail(one, compared),
        "value": _float(one.value),
        "target": _float(one.target),
        "target_label": "" if one.target is None else f"cible {amount(compared.definition, one.target)}",
        "expected": _float(one.expected),
        "partial": one.total.coverage is Coverage.PARTIAL,
        "provisional": one.is_provisional,
        "apart": one.is_apart,
        "comparability": one.word.label,
        "rank": one.rank,
        "region": one.name,
        "numerator": pair.numerator / SCALE if pair else None,
        "denominator": pair.denominator / SCALE if pair and pair.denominator is not None else None,
        "made_of": made_of(one.total.composition),
        "hover": "\n".join(line for line in _hover(one, compared) if line),
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def label(one: Place, compared: Comparison) -> str:
    """« 60,9 % », « 7 sur 9 », « n. c. », « 2,84 M€ »"""
    if compared.inhabitants is None or one.total.value is None:
        return " ".join(headline(compared.definition, one.total)).strip()
    return "population inconnue" if one.value is None else amount(compared.definition, one.value)


def _detail(one: Place, compared: Comparison) -> str:
    """n/N beside a percentage; what is partial says so beside its hatching."""
    pair, definition = one.total.pair, compared.definition
    told = ["partiel"] if one.total.coverage is Coverage.PARTIAL else []
    if definition.measure is Measure.RATIO and pair and (pair.denominator or 0) >= SMALL_NUMBER * SCALE:
        told.insert(0, f"{number(Fraction(pair.numerator, SCALE))}/{number(Fraction(pair.denominator or 0, SCALE))}")
    return ", ".join(told)


def _hover(one: Place, compared: Comparison) -> list[str]:
    definition, total = compared.definition, one.total
    value = in_full(definition, total) if compared.inhabitants is None else f"{label(one, compared)} {definition.unit}"
    day = f", au {short_date(total.value_date)}" if total.value_date else ""
    return [
        f"{one.name} : {value}{' (provisoire)' if one.is_provisional else ''}{day}",
        capital(coverage(definition, total)),
        f"Attendu à date : {amount(compared.definition, one.expected)}" if one.expected is not None else "",
        f"Cible : {amount(compared.definition, one.target)}" if one.target is not None else "",
        f"{SIGNS[one.word]} {one.word.label}",
        capital(made_of(total.composition)),
        *compared.strip.differences[one.region],
    ]


def dots_data(frame: "pd.DataFrame", definition: Definition) -> "pd.DataFrame":
    """What is drawn, as a table and a file: the percentage of fewer than 10 gives way to n and N."""
    import pandas as pd

    small = (frame["denominator"] < SMALL_NUMBER) & (definition.measure is Measure.RATIO)
    shown = {
        "rang": frame["rank"],
        "code_region": frame["code"],
        "region": frame["region"],
        "valeur": frame["value"].mask(small),
        "texte": frame["label"],
        **({"numerateur": frame["numerator"], "denominateur": frame["denominator"]} if definition.has_pair else {}),
        "attendu": frame["expected"],
        "cible": frame["target"],
        "partiel": frame["partial"].astype(bool),
        "provisoire": frame["provisional"].astype(bool),
        "comparabilite": frame["comparability"],
        "preuve": frame["made_of"],
    }
    return pd.DataFrame(shown)
