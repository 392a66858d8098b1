"""May two regions' figures be set side by side? (docs/mesure.md, *Comparer deux régions*)"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from impact.figures import Cell, CellEntry
from impact.formats import NARROW, counted, number, sortable
from impact.vocabulary import Comparability, MethodFamily

SAME_DAYS_FROM = Fraction(80, 100)

SIGNS = {Comparability.COMPARABLE: "=", Comparability.PARTIAL: "≈", Comparability.NOT_COMPARABLE: "≠"}

AS_DEFINED = "comme la définition"
"""The population of a figure that names none."""

Span = tuple[int, int]
"""First and last day, both included, as ordinals."""


class Counted(NamedTuple):
    """How a figure was counted, as its team says. method_family: a MethodFamily, '' where nothing was said."""

    population: str
    method_family: str
    start: date
    end: date


class Survey(NamedTuple):
    """A piece of evidence that says how many people were asked. respondents: None where it does not say."""

    region: str
    piece: int
    asked: int
    respondents: int | None


class Response(NamedTuple):
    """Over several surveys, each counted once. unknown: surveys that say whom they asked and not who answered."""

    respondents: int
    asked: int
    unknown: int


def response(used: Iterable[CellEntry], said: Mapping[Cell, Collection[Survey]]) -> Response | None:
    """Of the surveys behind the entries of a total; None where no piece says whom it asked."""
    surveys = {one for entry in used for one in said.get(entry.cell, ())}
    known = [(one.respondents, one.asked) for one in surveys if one.respondents is not None]
    if not surveys:
        return None
    return Response(sum(held for held, _ in known), sum(asked for _, asked in known), len(surveys) - len(known))


@dataclass(frozen=True, slots=True)
class Basis:
    """What the figures of a region's total were counted on.

    populations: normalised text -> as first written. methods: families, '' for one that was not said.
    days: spans apart from each other, in order.
    """

    region: str
    versions: frozenset[int]
    populations: Mapping[str, str]
    methods: frozenset[str]
    days: tuple[Span, ...]


def basis(region: str, used: Iterable[CellEntry], said: Mapping[Cell, Counted]) -> Basis | None:
    """Of the entries that enter a region's total; None where none does.

    said: of those entries; one that it lacks was changed between two reads, and the next ones agree.
    """
    entries = sorted((entry for entry in used if entry.cell in said), key=lambda entry: said[entry.cell].start)
    if not entries:
        return None
    counted_on = [said[entry.cell] for entry in entries]
    populations: dict[str, str] = {}
    for one in counted_on:
        populations.setdefault(normalised(one.population), " ".join(one.population.split()))
    return Basis(
        region,
        frozenset(entry.version for entry in entries),
        populations,
        frozenset(one.method_family for one in counted_on),
        union((one.start.toordinal(), one.end.toordinal()) for one in counted_on),
    )


def normalised(text: str) -> str:
    """Case, accents and spaces do not make another population."""
    return " ".join(sortable(text).split())


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same days, in spans that neither overlap nor touch."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def days(spans: Iterable[Span]) -> int:
    return sum(end - start + 1 for start, end in spans)


def shared_days(a: Basis, b: Basis) -> int:
    return sum(
        max(0, min(end, other_end) - max(start, other_start) + 1)
        for start, end in a.days
        for other_start, other_end in b.days
    )


def same_days(a: Basis, b: Basis) -> Fraction:
    """Days in both, over the days of the one that covers more, 0 to 1."""
    return Fraction(shared_days(a, b), max(days(a.days), days(b.days)))


def compare(a: Basis, b: Basis) -> Comparability:
    """Whether two regions' totals of one indicator may be compared; the same whichever comes first.

    Method and coverage that both differ stay « partiellement comparables »: the reference reserves « non comparables »
    for another definition or another population, that is for figures that do not count the same thing; here they do,
    but not as well, and the differences that are listed say how far.
    """
    if a.versions != b.versions or a.populations.keys() != b.populations.keys():
        return Comparability.NOT_COMPARABLE
    alike = a.methods == b.methods and same_days(a, b) >= SAME_DAYS_FROM
    return Comparability.COMPARABLE if alike else Comparability.PARTIAL


@dataclass(frozen=True, slots=True)
class Strip:
    """Every region against one of them. reference: its code, '' without any region. differences: French, by region."""

    reference: str
    classes: Mapping[str, Comparability]
    differences: Mapping[str, tuple[str, ...]]

    def of(self, word: Comparability) -> list[str]:
        return [region for region, own in self.classes.items() if own is word]

    def counts(self) -> dict[Comparability, int]:
        return {word: len(self.of(word)) for word in Comparability}


def strip(bases: Sequence[Basis]) -> Strip:
    """bases: one per region. The reference is the region to which most are comparable; ties: then partially comparable,
    then the lowest code.
    """
    if not bases:
        return Strip("", {}, {})

    def likeness(one: Basis) -> tuple[int, int, str]:
        words = [compare(one, other) for other in bases]
        return -words.count(Comparability.COMPARABLE), -words.count(Comparability.PARTIAL), one.region

    reference = min(bases, key=likeness)
    return Strip(
        reference.region,
        {one.region: compare(one, reference) for one in bases},
        {one.region: differences(one, reference) for one in bases},
    )


def differences(one: Basis, reference: Basis) -> tuple[str, ...]:
    """What sets a region apart from the reference, one phrase each; empty where they are comparable."""
    told = []
    if one.versions != reference.versions:
        told.append(f"définition : {versions(one)} (référence : {versions(reference)})")
    if one.populations.keys() != reference.populations.keys():
        told.append(f"population : {populations(one)} (référence : {populations(reference)})")
    if one.methods != reference.methods:
        told.append(f"méthode : {methods(one)} (référence : {methods(reference)})")
    if same_days(one, reference) < SAME_DAYS_FROM:
        longest = max(days(one.days), days(reference.days))
        told.append(f"dates : {counted(shared_days(one, reference), 'jour')} en commun sur {number(longest)}")
    return tuple(told)


def versions(one: Basis) -> str:
    """« version 1 et version 2 »"""
    return " et ".join(f"version{NARROW}{version}" for version in sorted(one.versions))


def populations(one: Basis) -> str:
    """« adhérents de l’union régionale », comme la définition"""
    return ", ".join(f"« {text} »" if text else AS_DEFINED for _, text in sorted(one.populations.items()))


def methods(one: Basis) -> str:
    """« registre ou suivi au fil de l’eau, entretiens »; those that nobody named last"""
    named = [family.label.lower() for family in MethodFamily if family.value in one.methods]
    return ", ".join([*named, *(["non précisée"] if "" in one.methods else [])])
