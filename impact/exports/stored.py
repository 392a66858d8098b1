"""The cells of one stored figure: valeur, numerateur and denominateur as they were typed, and valeur_calculee."""

from collections.abc import Callable

from impact.exports.columns import POINTS, WRITERS, Kind, decimal_writer
from impact.exports.writing import SEPARATORS
from impact.figures import SCALE, Definition, rounded_ratio, rounded_units, to_scaled
from impact.vocabulary import Dialect, Measure

MOST_DECIMALS = 4
"""Figures have no more."""

FigureWriter = Callable[[int | None, int | None], tuple[bytes, bytes]]
"""A stored pair -> the three cells of what was typed, and that of the value computed from it."""


def figure_writer(definition: Definition, dialect: Dialect) -> FigureWriter:
    """How the figures of an indicator are written.

    The value is rounded once, and absent where it cannot be computed: without a figure, without cases, and for a
    category of which the numerator alone was typed.
    """
    mark, exact, decimals = SEPARATORS[dialect], WRITERS[dialect][Kind.EXACT], definition.decimals
    decimal = decimal_writer(decimals, POINTS[dialect])
    nothing = f"{mark}{mark}".encode(), b""
    zeros = decimal(0)[1:]

    def shown(numerator: int, denominator: int | None) -> bytes:
        return decimal(rounded_units(numerator, denominator, decimals)).encode() if denominator else b""

    def single(numerator: int | None, denominator: int | None) -> tuple[bytes, bytes]:
        if numerator is None:
            return nothing
        if denominator is None and not numerator % SCALE:
            text = str(numerator // SCALE)  # a whole number: nothing is left to round
            return f"{text}{mark}{mark}".encode(), f"{text}{zeros}".encode()
        return f"{exact(numerator)}{mark}{mark}".encode(), shown(
            numerator, SCALE if denominator is None else denominator
        )

    def ratio(numerator: int | None, denominator: int | None) -> tuple[bytes, bytes]:
        if numerator is None:
            return nothing
        cases = "" if denominator is None else exact(denominator)
        return f"{mark}{exact(numerator)}{mark}{cases}".encode(), shown(100 * numerator, denominator)

    def mean(numerator: int | None, denominator: int | None) -> tuple[bytes, bytes]:
        if numerator is None:
            return nothing
        cases = "" if denominator is None else exact(denominator)
        typed = exact(typed_mean(numerator, denominator)) if denominator else ""
        return f"{typed}{mark}{mark}{cases}".encode(), shown(numerator, denominator)

    return {Measure.RATIO: ratio, Measure.MEAN: mean}.get(definition.measure, single)


def typed_mean(numerator: int, denominator: int) -> int:
    """The mean that a person typed, in 1/10,000, from a stored pair.

    The stored numerator is mean x cases, itself in 1/10,000, so the division comes out even for what was typed.
    """
    return to_scaled(rounded_ratio(numerator, denominator, MOST_DECIMALS))
