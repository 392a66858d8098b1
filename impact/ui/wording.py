"""How screens word a figure, its change, its period and what is expected of it. Nothing of Streamlit here."""

from datetime import datetime
from fractions import Fraction

from babel.dates import format_date

from impact.figures import SCALE, Definition, Pair, Period, from_scaled, rounded, shown_value
from impact.formats import NO_BREAK, PARIS, SMALL_NUMBER, counted, figure, n_of_n, number, percent, places, short_date
from impact.queries.views import EntryView, PastFigure
from impact.rules import EntryDraft
from impact.ui.page import typeset
from impact.vocabulary import Accumulation, Answer, Measure, MethodFamily


def period_name(period: Period) -> str:
    """« T2, janvier à mars 2011 »"""
    start, end = (format_date(day, "MMMM", locale="fr_FR") for day in (period.start, period.end))
    if period.start.year != period.end.year:
        start = f"{start} {period.start.year}"
    months = f"{start} à {end}" if start != end else end
    return f"{period.short}, {months} {period.end.year}"


def period_days(period: Period) -> str:
    return f"du {short_date(period.start)} au {short_date(period.end)}"


def hour(at: datetime) -> str:
    """14:32, in Paris."""
    return at.astimezone(PARIS).strftime("%H:%M")


def quantity(definition: Definition, pair: Pair) -> str:
    """A figure in a line: « 120 personnes », « 56,5 % », « 7 sur 9 », « 3,40 niveau (1 à 5) »."""
    text = figure(definition, pair)
    has_unit = definition.measure is not Measure.RATIO and shown_value(definition.measure, pair) is not None
    return f"{text}{NO_BREAK}{typeset(definition.unit)}" if has_unit else text


def details(definition: Definition, pair: Pair) -> str:
    """What stands behind the value, for ratios and means: « 13 sur 23 », « 25 cas »; else nothing."""
    if definition.measure is Measure.MEAN:
        return f"{number(from_scaled(pair.denominator or 0))} cas"
    masked = (pair.denominator or 0) < SMALL_NUMBER * SCALE
    return n_of_n(pair) if definition.measure is Measure.RATIO and (not masked or not pair.denominator) else ""


def answer(definition: Definition, view: EntryView | PastFigure) -> str:
    """What a stored entry says: its quantity, or « non disponible » and why."""
    if view.pair is None:
        return f"{view.answer.label} : {view.reason}"
    behind = details(definition, view.pair)
    return f"{quantity(definition, view.pair)}{f' ({behind})' if behind else ''}"


def part(definition: Definition, pair: Pair) -> str:
    """One category of a breakdown: « 12 », « 12 sur 20 », « 3,4 (12 cas) »."""
    if definition.measure is Measure.RATIO and pair.denominator is not None:
        return n_of_n(pair)
    if definition.measure is Measure.MEAN:
        return f"{figure(definition, pair)} ({details(definition, pair)})"
    return number(from_scaled(pair.numerator))


def breakdowns(definition: Definition, view: EntryView) -> list[tuple[str, str]]:
    """Axis and its categories with a figure: ("Sexe", "Femmes 12 ; Hommes 8")."""
    rows = []
    for axis in definition.axes:
        said = [
            f"{category.label} {part(definition, view.breakdowns[axis.code, category.code])}"
            for category in axis.categories
            if (axis.code, category.code) in view.breakdowns
        ]
        rows.append((axis.label, typeset(" ; ".join(said))))
    return [row for row in rows if row[1]]


def short_answer(definition: Definition, view: EntryView | PastFigure) -> str:
    """The same in a list: the value alone, or the word."""
    return figure(definition, view.pair) if view.answer is Answer.VALUE else view.answer.label


def change(definition: Definition, value: Fraction | None, before: Fraction | None) -> str:
    """« +15,6 points », « −12 (−10 %) », « sans changement »; nothing where one of the two has no value.

    It follows the value, whose unit holds for both.
    """
    if value is None or before is None:
        return ""
    now, then = (Fraction(rounded(one, definition.decimals)) for one in (value, before))
    if now == then:
        return "sans changement"
    gap = _signed(now - then, places(definition, now - then))
    if definition.measure is Measure.RATIO:
        return f"{gap}{NO_BREAK}point{'s' if abs(now - then) >= 2 else ''}"
    if definition.has_pair or not before:
        return gap
    relative = rounded(100 * (value - before) / abs(before), 0)
    return f"{gap} ({'+' if relative > 0 else ''}{percent(relative)})"


def _signed(value: Fraction, decimals: int) -> str:
    return f"{'+' if value > 0 else ''}{number(value, decimals)}"


def kind(definition: Definition, period: Period) -> str:
    """What is counted over which days: « Cumul du 01/01/2011 au 31/03/2011, en personnes »."""
    when = (
        f"Cumul {period_days(period)}"
        if definition.accumulation is Accumulation.FLOW
        else f"État au {short_date(period.end)}"
    )
    return f"{when}, en {typeset(definition.unit)}" if definition.measure is not Measure.RATIO else f"{when}, en part"


def expected(definition: Definition) -> str:
    """« Un nombre entier, de 0 à 5 000 personnes. » ; « Deux nombres : la part est calculée. »"""
    form = "un nombre entier" if not definition.decimals else f"au plus {counted(definition.decimals, 'décimale')}"
    if definition.measure is Measure.RATIO:
        return "Le numérateur et le dénominateur ; la part est calculée."
    if definition.measure is Measure.MEAN:
        return f"La moyenne ({form}{_bounds(definition)}) et le nombre de cas qui la fondent (0 compte)."
    return f"{form.capitalize()}{_bounds(definition)} ; 0 compte."


def _bounds(definition: Definition) -> str:
    low, high = (
        None if bound is None else number(from_scaled(bound)) for bound in (definition.minimum, definition.maximum)
    )
    if low is not None and high is not None:
        return f", de {low} à {high}"
    return f", {low} ou plus" if low is not None else f", {high} au plus" if high is not None else ""


def answer_of_draft(definition: Definition, draft: EntryDraft) -> str:
    """What a draft says, in a sentence: « 120 personnes », « non disponible »."""
    return quantity(definition, draft.pair) if draft.pair else draft.answer.label


def field_text(name: str, text: str) -> str:
    """A field's raw text as a person reads it: closed lists by their label."""
    if name == "etat" and text in list(Answer):
        return Answer(text).label
    if name == "famille_methode" and text in list(MethodFamily):
        return MethodFamily(text).label
    return text.strip()
