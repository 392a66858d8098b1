"""What is possible but surprising: it asks for a comment and blocks nothing (docs/mesure.md, *Ce qui surprend*)."""

from collections.abc import Sequence
from fractions import Fraction

from impact.errors import Problem
from impact.figures import SCALE, Definition, rounded
from impact.formats import number, percent
from impact.rules.drafts import main_field, said
from impact.vocabulary import Measure

FACTOR = 3
FEWEST = 4
"""Earlier values that the modified z-score needs."""
LIMIT = Fraction(35, 10)
ADVICE = "vérifiez-la, ou expliquez-la en commentaire."
"""To the person who enters; the reviewer reads the warning without it."""
_MAD_FACTOR = Fraction(6745, 10_000)
_MEAN_DEVIATION_FACTOR = Fraction(1_253_314, 1_000_000)


def warnings(
    definition: Definition,
    value: Fraction,
    previous: Fraction | None,
    earlier: Sequence[Fraction],
    *,
    before: str = "la période précédente",
    shown: str = "",
    previous_shown: str = "",
) -> list[Problem]:
    """What the reviewer will ask about, in the order of section 9, each with its numbers; exact arithmetic.

    value: in the unit shown, exact. previous: that of the period just before, of the same frequency, submitted or
    validated; None without one. earlier: the region's own values of earlier periods, in any order.
    before: name of the period just before (« T2 »). shown, previous_shown: the two values as screens write them,
    where a value alone does not say it (« 3 sur 7 »).
    """
    value_said = shown or said(definition, value)
    previous_said = previous_shown or ("" if previous is None else said(definition, previous))
    sentences = [
        _against_previous(value, previous, f"celle de {before} ({previous_said})"),
        _against_alert(definition, value),
        _against_earlier(definition, value, earlier),
    ]
    return [
        Problem(f"la valeur, {value_said}, {sentence} ; {ADVICE}", main_field(definition), definition.code)
        for sentence in sentences
        if sentence
    ]


def _against_previous(value: Fraction, previous: Fraction | None, that: str) -> str:
    if not value or not previous:
        return ""
    if (value > 0) != (previous > 0):
        return f"a changé de signe depuis {that}"
    ratio = abs(value / previous)
    if ratio >= FACTOR:
        return f"est {_times(ratio)} fois {that}"
    if ratio * FACTOR <= 1:
        return f"est {_times(1 / ratio)} fois plus petite que {that}"
    return ""


def _times(ratio: Fraction) -> str:
    """At most one decimal: « 6 », « 3,4 »."""
    return number(ratio, 0 if rounded(ratio, 1) % 1 == 0 else 1)


def _against_alert(definition: Definition, value: Fraction) -> str:
    if definition.alert_above is None or value <= (limit := Fraction(definition.alert_above, SCALE)):
        return ""
    return f"dépasse le seuil d’alerte, {said(definition, limit)}"


def _against_earlier(definition: Definition, value: Fraction, earlier: Sequence[Fraction]) -> str:
    if len(earlier) < FEWEST or not is_outlier(value, earlier):
        return ""
    score, those = outlier_score(value, earlier), f"des {len(earlier)} valeurs précédentes de la région"
    if score is None:
        return f"diffère {those}, toutes égales à {_middle(definition, earlier)}"
    usual = _middle(definition, earlier)
    return f"s’écarte {those} : score {_beyond(score)}, au-delà de {number(LIMIT, 1)}, médiane {usual}"


def _beyond(score: Fraction) -> str:
    """With as many decimals as it takes to read that it is above the limit."""
    return number(score, next(places for places in range(1, 12) if rounded(score, places) > LIMIT or places == 11))


def _middle(definition: Definition, values: Sequence[Fraction]) -> str:
    """The median; halfway between two values it needs one decimal more than they have."""
    middle = median(values)
    decimals = definition.decimals
    finer = decimals + (middle != Fraction(rounded(middle, decimals)))
    return percent(middle, finer) if definition.measure is Measure.RATIO else number(middle, finer)


def median(values: Sequence[Fraction]) -> Fraction:
    ranked, middle = sorted(values), len(values) // 2
    return ranked[middle] if len(values) % 2 else (ranked[middle - 1] + ranked[middle]) / 2


def is_outlier(value: Fraction, earlier: Sequence[Fraction]) -> bool:
    """Score above 3.5; where every earlier value is the same, any other one."""
    score = outlier_score(value, earlier)
    return value != median(earlier) if score is None else score > LIMIT


def outlier_score(value: Fraction, earlier: Sequence[Fraction]) -> Fraction | None:
    """Modified z-score, exact; None where every earlier value is the same. Plain ones never fire on four quarters.

    Iglewicz and Hoaglin's, deviations taken from the median.
    """
    centre = median(earlier)
    distance = abs(value - centre)
    deviations = [abs(one - centre) for one in earlier]
    if mad := median(deviations):
        return _MAD_FACTOR * distance / mad
    if mean_deviation := sum(deviations, Fraction(0)) / len(deviations):
        return distance / (_MEAN_DEVIATION_FACTOR * mean_deviation)
    return None
