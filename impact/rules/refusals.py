"""What is impossible, and therefore never stored (docs/mesure.md, *Ce qui est refusé*)."""

from fractions import Fraction

from impact.errors import Problem
from impact.figures import SCALE, Definition, Pair, Period, from_scaled, shown_value
from impact.formats import NARROW, number, short_date
from impact.rules.drafts import COLUMNS, EntryDraft, field_label, said
from impact.rules.partitions import overlap_problems
from impact.vocabulary import Measure


def refusals(definition: Definition, draft: EntryDraft, period: Period) -> list[Problem]:
    """Every reason to refuse a well-read draft, breakdowns included; the calendar says whether the period is open."""
    problems = _period_problems(definition, period) + _coverage_problems(definition, draft, period)
    if draft.pair is None:
        return problems
    problems += _pair_problems(definition, draft.pair)
    for (axis, category), part in draft.breakdowns.items():
        problems += _pair_problems(definition, part, f"{axis}/{category}/")
    return problems + overlap_problems(definition, draft.pair, draft.breakdowns)


def _problem(definition: Definition, name: str, message: str) -> Problem:
    return Problem(f"« {field_label(definition, name)} » : {message}", name, definition.code)


def _period_problems(definition: Definition, period: Period) -> list[Problem]:
    if definition.version == 1 and definition.applies_from and period.end < definition.applies_from:
        since = f"cet indicateur commence le {short_date(definition.applies_from)}"
        return [Problem(f"{since} ; la période {period.code} est d’avant.", "periode", definition.code)]
    if period.frequency is definition.frequency:
        return []
    rhythms = f"cet indicateur est {definition.frequency.label}, la période {period.code} ne l’est pas"
    return [Problem(f"{rhythms} ; choisissez une période de son rythme.", "periode", definition.code)]


def _coverage_problems(definition: Definition, draft: EntryDraft, period: Period) -> list[Problem]:
    start, end = draft.coverage_start or period.start, draft.coverage_end or period.end
    problems = [
        _problem(
            definition,
            name,
            f"le {short_date(day)} est hors de la période, "
            f"qui va du {short_date(period.start)} au {short_date(period.end)}.",
        )
        for name, day in (("couverture_debut", start), ("couverture_fin", end))
        if not period.start <= day <= period.end
    ]
    if not problems and start > end:
        days = f"le {short_date(end)} précède le début, {short_date(start)}"
        problems.append(_problem(definition, "couverture_fin", f"{days} ; échangez-les."))
    return problems


def _pair_problems(definition: Definition, pair: Pair, prefix: str = "") -> list[Problem]:
    """Problems of the total, or of a category when there is a prefix."""
    negative = _negatives(definition, pair, prefix)
    if negative:
        return negative
    if definition.measure is Measure.RATIO and pair.denominator is not None and pair.numerator > pair.denominator:
        above = f"{number(from_scaled(pair.numerator))} dépasse"
        of = f"« {field_label(definition, 'denominateur')} », {number(from_scaled(pair.denominator))}"
        return [_problem(definition, prefix + "numerateur", f"{above} {of} ; une part ne dépasse pas 100{NARROW}%.")]
    return _out_of_bounds(definition, pair, prefix)


def _negatives(definition: Definition, pair: Pair, prefix: str) -> list[Problem]:
    first, last = COLUMNS[definition.measure][0], COLUMNS[definition.measure][-1]
    may_be_negative = definition.minimum is not None and definition.minimum < 0
    columns = []
    if pair.numerator < 0 and not may_be_negative and (pair.denominator is None or pair.denominator >= 0):
        columns.append(first)
    if pair.denominator is not None and pair.denominator < 0:
        columns.append(last)
    return [_problem(definition, prefix + column, "un nombre négatif est impossible ici.") for column in columns]


def _out_of_bounds(definition: Definition, pair: Pair, prefix: str) -> list[Problem]:
    """The value shown against minimum and maximum; a category of a count is bounded by its total, not by them."""
    value = shown_value(definition.measure, pair)
    if value is None or (prefix and not (definition.has_pair and pair.denominator is not None)):
        return []
    bounds = [
        ("au-dessous du minimum", definition.minimum, -1),
        ("au-dessus du maximum", definition.maximum, 1),
    ]
    return [
        _problem(
            definition,
            prefix + COLUMNS[definition.measure][0],
            f"{said(definition, value)} est {side} possible, {said(definition, Fraction(bound, SCALE))}.",
        )
        for side, bound, sign in bounds
        if bound is not None and sign * (value - Fraction(bound, SCALE)) > 0
    ]
