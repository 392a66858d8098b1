"""What targets say, in words: their values, everything that was ever stated of them, the sum of the regional ones."""

from collections.abc import Iterable
from fractions import Fraction

from impact.figures import SCALE, Definition, TargetStatement, from_scaled
from impact.formats import NARROW, number, short_date
from impact.presentation import wording
from impact.presentation.explaining.shapes import Listing
from impact.vocabulary import NATIONAL_CODE, Additivity, Measure
from impact.world import World


def quantity(definition: Definition, value: Fraction) -> str:
    """A value in the unit shown: with its indicator's decimals, more where it was given with more; euros in full."""
    exact = value * SCALE
    given = -int(from_scaled(int(exact)).normalize().as_tuple().exponent) if exact.denominator == 1 else 0
    euros = wording.is_euros(definition)
    text = number(value, max(0 if euros else definition.decimals, given))
    return f"{text}{NARROW}{'€' if euros else '%'}" if euros or definition.measure is Measure.RATIO else text


def beside_the_sum(world: World, definition: Definition) -> tuple[Fraction, Fraction] | None:
    """The national target and the sum of the regional ones where they differ; None where they cannot be compared."""
    national = world.targets.get((NATIONAL_CODE, definition.code))
    held = (world.targets.get((code, definition.code)) for code in world.mobilised_regions(definition.chantier))
    regional = [one.value for one in held if one]
    adds_up = definition.additivity is Additivity.SUM and definition.measure in (Measure.COUNT, Measure.AMOUNT)
    if national is None or not regional or not adds_up:
        return None
    together = sum(regional, Fraction(0))
    return None if together == national.value else (national.value, together)


def revisions(
    definition: Definition, statements: Iterable[TargetStatement], caption: str = "Cible d’origine et révisions"
) -> Listing:
    """Every statement of a target, the original first."""
    headers = ("Énoncé", "Départ", "Cible", "Échéance", "Jalons", "Motif", "Par")
    return Listing(
        caption, headers, tuple(_statement(definition, one) for one in statements),
        frozenset({1, 2}),
    )  # fmt: skip


def _statement(definition: Definition, one: TargetStatement) -> tuple[str, ...]:
    which = "origine" if one.number == 1 else f"révision {one.number - 1}"
    said_on = f"{which}, {short_date(one.set_on)}"
    if one.target is None:
        return said_on, "–", "retirée", "–", "–", one.reason, one.set_by
    target = one.target
    baseline = "–" if target.baseline is None else quantity(definition, target.baseline)
    steps = " ; ".join(f"{short_date(day)} : {quantity(definition, value)}" for day, value in target.milestones) or "–"
    return said_on, baseline, quantity(definition, target.value), short_date(target.due), steps, one.reason, one.set_by
