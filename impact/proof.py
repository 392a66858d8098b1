"""Grade F, how reliable a figure is, and what totals are made of (docs/mesure.md, *La fiabilité d’un chiffre*)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import urlsplit

from impact.figures import Pair

DECLARED, SOURCED, DOCUMENTED, REVIEWED, THIRD_PARTY = range(5)
GRADES = 5

_NOT_IN_LINKS = re.compile(r"[\s<>\"{}|\\^`]")
_HOST = re.compile(r"[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)+|localhost")


def is_link(text: str) -> bool:
    """True for a well-formed http(s) address; nothing is fetched to check it."""
    if _NOT_IN_LINKS.search(text) or not text.isprintable():
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # a bracket left open, a port that is no number
        return False
    well_hosted = _HOST.fullmatch(host) or parts.netloc.split("@")[-1].startswith("[")
    return parts.scheme in ("http", "https") and bool(well_hosted) and port != 0


def reliability(source: str, method: str, method_family: str, evidence_link: str, evidence_read: bool) -> int:
    """F0 to F3. evidence_read: someone who is not the author has read the evidence as it now stands.

    F4 needs a reviewer outside the network and is not derived here.
    """
    if not source.strip() or not (method.strip() or method_family.strip()):
        return DECLARED
    if not is_link(evidence_link.strip()):
        return SOURCED
    return REVIEWED if evidence_read else DOCUMENTED


@dataclass(frozen=True, slots=True)
class Composition:
    """Share of a total's absolute value by grade, F0 to F4, never an average.

    shares: five, of sum 1; all 0 where they are undefined (no figure, or figures that are all 0).
    lowest: the lowest grade present, None without a figure.
    """

    shares: tuple[Fraction, ...] = (Fraction(0),) * GRADES
    lowest: int | None = None

    def at_least(self, level: int) -> Fraction | None:
        """Share at this grade or above; None where shares are undefined."""
        return sum(self.shares[level:], Fraction(0)) if any(self.shares) else None


def composition(pairs_with_grades: Iterable[tuple[Pair, int]]) -> Composition:
    """Weights are absolute numerators."""
    weights, lowest = [0] * GRADES, GRADES
    for pair, grade in pairs_with_grades:
        weights[grade] += abs(pair.numerator)
        lowest = min(lowest, grade)
    whole = sum(weights)
    shares = tuple(Fraction(weight, whole) if whole else Fraction(0) for weight in weights)
    return Composition(shares, lowest if lowest < GRADES else None)
