"""What is possible but surprising: it asks for a comment and blocks nothing (design/measurement.md, section 9)."""

from collections.abc import Sequence
from fractions import Fraction

from impact.errors import Problem
from impact.figures import SCALE, Definition
from impact.rules.drafts import main_field, said

FACTOR = 3
FEWEST = 4
"""Earlier values that the modified z-score needs."""
LIMIT = Fraction(35, 10)
ADVICE = "vérifiez-la, ou expliquez-la en commentaire."
"""To the person who enters; the reviewer reads the warning without it."""
_MAD_FACTOR = Fraction(6745, 10_000)
_MEAN_DEVIATION_FACTOR = Fraction(1_253_314, 1_000_000)


def warnings(
    definition: Definition, value: Fraction, previous: Fraction | None, earlier: Sequence[Fraction]
) -> list[Problem]:
    """What the reviewer will ask about, in the order of section 9; exact arithmetic.

    value: the shown value, exact. previous: that of the period just before, of the same frequency, submitted or
    validated; None without one. earlier: the region's own values of earlier periods, in any order.
    """
    sentences = [
        _against_previous(definition, value, previous),
        _against_alert(definition, value),
        _against_earlier(definition, value, earlier),
    ]
    return [
        Problem(f"la valeur, {said(definition, value)}, {sentence} ; {ADVICE}", main_field(definition), definition.code)
        for sentence in sentences
        if sentence
    ]


def _against_previous(definition: Definition, value: Fraction, previous: Fraction | None) -> str:
    if not value or not previous:
        return ""
    before = f"celle de la période précédente, {said(definition, previous)}"
    if (value > 0) != (previous > 0):
        return f"a changé de signe depuis {before}"
    if abs(value) >= FACTOR * abs(previous):
        return f"vaut au moins trois fois {before}"
    if FACTOR * abs(value) <= abs(previous):
        return f"ne dépasse pas le tiers de {before}"
    return ""


def _against_alert(definition: Definition, value: Fraction) -> str:
    if definition.alert_above is None or value <= (limit := Fraction(definition.alert_above, SCALE)):
        return ""
    return f"dépasse le seuil d’alerte, {said(definition, limit)}"


def _against_earlier(definition: Definition, value: Fraction, earlier: Sequence[Fraction]) -> str:
    if len(earlier) < FEWEST or not is_outlier(value, earlier):
        return ""
    usual = f"médiane {said(definition, median(earlier))}"
    return f"s’écarte nettement des {len(earlier)} valeurs précédentes de la région ({usual})"


def median(values: Sequence[Fraction]) -> Fraction:
    ranked, middle = sorted(values), len(values) // 2
    return ranked[middle] if len(values) % 2 else (ranked[middle - 1] + ranked[middle]) / 2


def is_outlier(value: Fraction, earlier: Sequence[Fraction]) -> bool:
    """Modified z-score above 3.5; plain z-scores never fire on four quarters.

    Source: design/measurement.md, section 9 (Iglewicz and Hoaglin's, deviations taken from the median).
    """
    centre = median(earlier)
    distance = abs(value - centre)
    deviations = [abs(one - centre) for one in earlier]
    if mad := median(deviations):
        return _MAD_FACTOR * distance > LIMIT * mad
    if mean_deviation := sum(deviations, Fraction(0)) / len(deviations):
        return distance > LIMIT * _MEAN_DEVIATION_FACTOR * mean_deviation
    return distance > 0
