"""Breakdowns against their total."""

from collections.abc import Mapping

from impact.errors import Problem
from impact.figures import Axis, Definition, Pair, from_scaled
from impact.formats import number
from impact.rules.drafts import COLUMNS, field_label
from impact.vocabulary import AxisKind, Measure


def slack(definition: Definition, total: Pair) -> int:
    """How far a scaled numerator may stray: a mean is typed rounded, to half a unit of its last decimal x cases."""
    if definition.measure is not Measure.MEAN or total.denominator is None:
        return 0
    units: int = 10 ** min(4, definition.decimals)
    return total.denominator // (2 * units)


def _of_axis(axis: Axis, breakdowns: Mapping[tuple[str, str], Pair]) -> dict[str, Pair]:
    return {category: pair for (code, category), pair in breakdowns.items() if code == axis.code}


def partition_problems(
    definition: Definition, pair: Pair | None, breakdowns: Mapping[tuple[str, str], Pair]
) -> list[Problem]:
    """Partitions that do not add up to the total; checked at submission only. An axis left empty is no problem."""
    if pair is None:
        return []
    problems: list[Problem] = []
    for axis in definition.axes:
        typed = _of_axis(axis, breakdowns)
        if typed and axis.kind is AxisKind.PARTITION:
            problems += _sum_problems(definition, axis, pair, typed)
    return problems


def _sum_problems(definition: Definition, axis: Axis, total: Pair, typed: Mapping[str, Pair]) -> list[Problem]:
    """Numerators always; denominators where any is typed."""
    first, *second = (f"{axis.code}/{next(iter(typed))}/{column}" for column in COLUMNS[definition.measure])
    numerators = sum(pair.numerator for pair in typed.values())
    problems = []
    if abs(numerators - total.numerator) > slack(definition, total):
        problems.append(_mismatch(definition, axis, first, numerators, total.numerator))
    denominators = [pair.denominator for pair in typed.values() if pair.denominator is not None]
    if denominators and total.denominator is not None and sum(denominators) != total.denominator:
        problems.append(_mismatch(definition, axis, second[0], sum(denominators), total.denominator))
    return problems


def _mismatch(definition: Definition, axis: Axis, name: str, found: int, expected: int) -> Problem:
    gap = number(from_scaled(abs(expected - found)))
    what = field_label(definition, name.rpartition("/")[2])
    if definition.measure is Measure.MEAN and name.endswith("/valeur"):
        what = "moyennes multipliées par leur nombre de cas"
    advice = f"il manque {gap} (« non renseigné » existe pour cela)" if found < expected else f"il y a {gap} de trop"
    sums = f"les modalités font {number(from_scaled(found))}, le total est {number(from_scaled(expected))}"
    return Problem(f"« {axis.label} » ({what}) : {sums} ; {advice}.", name, definition.code)


def overlap_problems(definition: Definition, pair: Pair, breakdowns: Mapping[tuple[str, str], Pair]) -> list[Problem]:
    """Categories of overlapping axes that are above the total."""
    return [
        problem
        for axis in definition.axes
        if axis.kind is AxisKind.OVERLAP
        for category, part in _of_axis(axis, breakdowns).items()
        for problem in _excesses(definition, pair, part, f"{axis.code}/{category}/")
    ]


def _excesses(definition: Definition, total: Pair, part: Pair, prefix: str) -> list[Problem]:
    slacks = (slack(definition, total), 0)
    problems = []
    for column, own, whole, allowed in zip(COLUMNS[definition.measure], part, total, slacks, strict=False):
        if own is not None and whole is not None and own > whole + allowed:
            label = field_label(definition, prefix + column)
            numbers = f"{number(from_scaled(own))} dépasse le total, {number(from_scaled(whole))}"
            problems.append(
                Problem(f"« {label} » : {numbers} ; corrigez l’un des deux.", prefix + column, definition.code)
            )
    return problems
