"""Grade F, how reliable a figure is, and what totals are made of (docs/mesure.md, *La fiabilité d’un chiffre*)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
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


def reliability(
    source: str, method: str, method_family: str, evidence_link: str, evidence: str = "", *, read: bool = False,
    verified: bool = False,
) -> int:  # fmt: skip
    """F0 to F4. evidence: the pieces attached, '' for none. read: someone who is not the author has read the evidence
    as it now stands. verified: and someone outside the network, named, has verified the figure as it now stands.
    """
    if not source.strip() or not (method.strip() or method_family.strip()):
        return DECLARED
    if not evidence.strip() and not is_link(evidence_link.strip()):
        return SOURCED
    if not read:
        return DOCUMENTED
    return THIRD_PARTY if verified else REVIEWED


FIGURE = ("answer", "numerator", "denominator", "breakdowns", "source", "evidence_link", "evidence")
"""Of an entry's facts, the value and its evidence: a change to one of these makes an author of who made it."""
READ = (
    *FIGURE, "indicator_version", "method", "method_family", "population", "coverage_start", "coverage_end",
)  # fmt: skip
"""What the reader of the evidence had before them: a change to one of these undoes the reading and the verification."""

BLANK: Mapping[str, Any] = {
    "evidence": "", "evidence_checked": "", "verifier": "", "verifier_organisation": "", "verified_on": None,
    "verification_report": None, "verification_by": None,
}  # fmt: skip
"""Facts that the first histories do not tell of, as they stood then."""


def touches(names: Iterable[str], before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
    """Whether a step changed one of these facts; the first one always does."""
    return before is None or any(True for _ in altered(names, before, after))


def altered(names: Iterable[str], before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Iterator[str]:
    """Those of these facts that a step changed."""
    return (name for name in names if _fact(before or {}, name) != _fact(after, name))


def _fact(facts: Mapping[str, Any], name: str) -> Any:
    return facts.get(name, BLANK.get(name))


@dataclass(slots=True)
class Told:
    """What a figure's history tells of its grade, step after step; `check` compares it with the grade that is stored.

    authors: accounts whose value, evidence or submission it ever was; none of them can be its reader.
    """

    facts: Mapping[str, Any] | None = None
    authors: set[int | None] = field(default_factory=set)
    read: bool = False
    verified: bool = False

    def follow(self, actor: int | None, after: Mapping[str, Any], *, submits: bool = False) -> None:
        """One step, by whom and what it left; whatever it says of a reading counts only where it could be made."""
        before = self.facts or {}
        if touches(READ, self.facts, after):
            self.read = self.verified = False
        if submits or touches(FIGURE, self.facts, after):
            self.authors.add(actor)
        if (reader := after.get("evidence_read_by")) != before.get("evidence_read_by"):
            self.read = reader is not None and reader == actor and actor not in self.authors
        if any(_fact(after, name) != _fact(before, name) for name in VERIFICATION):
            self.verified = _fact(after, "verified_on") is not None
        self.facts = after

    @property
    def grade(self) -> int:
        """0 before the first step."""
        if self.facts is None:
            return DECLARED
        texts = (str(_fact(self.facts, name) or "") for name in GROUNDS)
        return reliability(*texts, read=self.read, verified=self.verified)


VERIFICATION = ("verifier", "verifier_organisation", "verified_on", "verification_report")
GROUNDS = ("source", "method", "method_family", "evidence_link", "evidence")


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
