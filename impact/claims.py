"""Grade P of impact claims: did the action cause it? (docs/mesure.md, *La preuve de l’effet*). Pure.

Derived from readings, never typed: a reader ticks criteria, and the level follows. Whether the result is good, null or
adverse changes nothing to it.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from impact.figures import SCALE, Cell
from impact.formats import percent
from impact.proof import DOCUMENTED
from impact.vocabulary import EFFECT_LABELS, Filter, Finding, LinkState, Stage

UNREAD, EXPLAINED, MEASURED, COMPARED, CONFIRMED, REPLICATED = range(6)
HIGHEST = REPLICATED
SELF_DECLARED_CAP = MEASURED
TWO_READERS_FROM = COMPARED
DOCUMENT_FROM = MEASURED
"""« Méthode et taux de réponse publiés » : from here on at least one carrying figure has to be documented (F2)."""

CRITERIA: Mapping[int, Mapping[str, str]] = {
    EXPLAINED: {
        "public": "Pour qui : les bénéficiaires sont dits, et leur nombre.",
        "changement": "Quel changement : il est dit de façon à pouvoir être constaté, ou démenti.",
        "moyens": "Par quels moyens : les activités qui y mènent sont décrites.",
        "hypotheses": "À quelles conditions : les hypothèses dont tout dépend sont écrites.",
    },
    MEASURED: {
        "donnees": "Des données disent ce qui a changé chez les bénéficiaires, que ce fût attendu ou non.",
        "methode": "La méthode de collecte est publiée.",
        "reponse": "Le taux de réponse est publié : combien de personnes interrogées, combien de réponses.",
        "mesure_juste": "L’affirmation ne dit pas plus que ce que ces données montrent.",
    },
    COMPARED: {
        "comparaison": "Le résultat est comparé à une situation sans l’action.",
        "groupe": "La comparaison est justifiée : groupe de comparaison, tirage au sort ou autre scénario crédible.",
        "filtres": "Ce qui ne vient pas de l’action (poids mort, déplacement, autres causes, érosion) est estimé, "
        "ou dit non estimé.",
    },
    CONFIRMED: {
        "evaluateur": "Un évaluateur indépendant, nommé, a confirmé ou reproduit le résultat comparé.",
        "cout": "Son coût est connu.",
    },
    REPLICATED: {
        "sites": "L’effet tient sur plusieurs sites ou chez plusieurs opérateurs.",
        "guide": "Un guide de mise en œuvre est écrit.",
    },
}
"""What a reader checks, by level: code -> sentence. A level needs all of its own and all of the lower ones."""

SITES = "sites"
"""The criterion to which deployments that succeeded elsewhere are evidence."""
KNOWN = frozenset(code for own in CRITERIA.values() for code in own)


class ClaimKey(NamedTuple):
    """region: a code, or 'FR' for the country."""

    region: str
    number: int

    def __str__(self) -> str:
        """« 22-3 », as addresses and people name a claim."""
        return f"{self.region}-{self.number}"


@dataclass(frozen=True, slots=True)
class Stated:
    """What grade P needs to know of a claim as it stands.

    authors: accounts that wrote one of its versions, or entered or changed the value or evidence of a carrying figure.
    """

    key: ClaimKey
    version: int
    chantier: str
    stage: Stage
    finding: Finding
    figures: tuple[Cell, ...]
    self_declared: bool = False
    withdrawn: bool = False
    authors: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FigureNow:
    """A carrying figure as it stands. effect: its indicator takes grade P. facts: value and evidence, JSON-ready."""

    validated: bool
    effect: bool
    reliability: int
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """number: in order of time. figures: facts of the carrying figures when it was made."""

    number: int
    claim_version: int
    reader: int
    criteria: frozenset[str]
    figures: Mapping[Cell, Mapping[str, Any]]


Figures = Mapping[Cell, FigureNow]
"""A carrying figure that is not stored any more is absent."""


def reached(criteria: Collection[str]) -> int:
    """The level that these criteria give by themselves."""
    level = UNREAD
    while level < HIGHEST and CRITERIA[level + 1].keys() <= set(criteria):
        level += 1
    return level


def mark(claim: Stated, figures: Figures) -> str:
    """What a reader has before them, in short: it changes with the claim and with every carrying figure."""
    now = [[*cell, dict(figures[cell].facts) if cell in figures else None] for cell in sorted(claim.figures)]
    text = json.dumps([*claim.key, claim.version, now], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def no_grade(claim: Stated, figures: Figures) -> str:
    """Why grade P does not apply, in words; '' where it does."""
    if claim.withdrawn:
        return "l’affirmation est retirée"
    if not claim.figures:
        return "aucun chiffre ne la porte"
    if not all(cell in figures and figures[cell].validated for cell in claim.figures):
        return "un chiffre qui la porte n’est pas validé"
    if not any(figures[cell].effect for cell in claim.figures):
        return "aucun des indicateurs qui la portent ne relève de la preuve de l’effet"
    return ""


def counting(claim: Stated, readings: Iterable[Reading], figures: Figures) -> dict[int, Reading]:
    """By reader, the last reading of the version in force, where the figures still say what was read; no author's."""
    now = {cell: figures[cell].facts for cell in claim.figures if cell in figures}
    last: dict[int, Reading] = {}
    for reading in sorted(readings, key=lambda one: one.number):
        if reading.reader not in claim.authors and reading.claim_version == claim.version:
            last[reading.reader] = reading
    return {reader: one for reader, one in last.items() if dict(one.figures) == now}


def level(claim: Stated, readings: Iterable[Reading], figures: Figures) -> int | None:
    """0 (not read, or not up to P1) to 5; None = *sans objet*, where grade P does not apply."""
    if no_grade(claim, figures):
        return None
    held = [reached(one.criteria) for one in counting(claim, readings, figures).values()]
    found = UNREAD
    while found < HIGHEST and not _held_back(claim, figures, found + 1) and _read_at(held, found + 1):
        found += 1
    return found


def readers_needed(at: int) -> int:
    return 2 if at >= TWO_READERS_FROM else 1


def _read_at(held: Sequence[int], at: int) -> bool:
    return sum(one >= at for one in held) >= readers_needed(at)


def _held_back(claim: Stated, figures: Figures, at: int) -> str:
    """What keeps a claim below a level whatever its readers say; '' where nothing does."""
    if claim.self_declared and at > SELF_DECLARED_CAP:
        return f"attribution déclarée par l’équipe : au plus P{SELF_DECLARED_CAP}"
    documented = any(figures[cell].reliability >= DOCUMENTED for cell in claim.figures)
    if at >= DOCUMENT_FROM and not documented:
        return f"aucun chiffre qui la porte n’est documenté : F{DOCUMENTED} au moins pour P{DOCUMENT_FROM}"
    return ""


def hurdles(claim: Stated, readings: Iterable[Reading], figures: Figures) -> tuple[str, ...]:
    """What keeps the claim from the next level, in words; empty at P5."""
    if reason := no_grade(claim, figures):
        return (f"sans objet : {reason}",)
    readings = tuple(readings)
    found = level(claim, readings, figures)
    if found is None or found == HIGHEST:
        return ()
    following = found + 1
    if held_back := _held_back(claim, figures, following):
        return (held_back,)
    read = counting(claim, readings, figures)
    if not read:
        return ("personne ne l’a encore lue",)
    if any(reached(one.criteria) >= following for one in read.values()):
        return ("deuxième lecteur nécessaire",)
    return tuple(f"il manque : {_inside(sentence)}" for sentence in missing(_best(read.values()).criteria, following))


def _inside(sentence: str) -> str:
    """As it is written after a colon."""
    return sentence[:1].lower() + sentence[1:]


def missing(criteria: Collection[str], at: int) -> tuple[str, ...]:
    """Sentences of the criteria up to a level that are not ticked."""
    return tuple(
        sentence for own in range(EXPLAINED, at + 1) for code, sentence in CRITERIA[own].items() if code not in criteria
    )


def _best(read: Iterable[Reading]) -> Reading:
    return max(read, key=lambda one: (reached(one.criteria), len(one.criteria), one.number))


def grade(found: int | None) -> str:
    """« P3 comparé », « sans niveau » (P0), « sans objet » (None)"""
    if found is None:
        return "sans objet"
    return EFFECT_LABELS[found] if found == UNREAD else f"P{found} {EFFECT_LABELS[found]}"


# What remains of an effect once the filters are taken off


class Estimate(NamedTuple):
    """What a filter takes off, in 1/10,000 of one per cent, 0 to 100 %; basis: what says so."""

    low: int
    central: int
    high: int
    basis: str


class NetRange(NamedTuple):
    """What remains, in per cent; unestimated: filters that nobody estimated, and that are not taken off."""

    low: Fraction
    central: Fraction
    high: Fraction
    unestimated: tuple[Filter, ...] = ()


def net_range(counterfactual: Mapping[Filter, Estimate | None]) -> NetRange | None:
    """Product of what each estimated filter leaves; the most taken off gives the low end. None = none is estimated."""
    held = [one for one in (counterfactual.get(name) for name in Filter) if one is not None]
    unestimated = tuple(name for name in Filter if counterfactual.get(name) is None)
    if not held:
        return None
    low, central, high = (
        _left(values) for values in ([e.high for e in held], [e.central for e in held], [e.low for e in held])
    )
    return NetRange(low, central, high, unestimated)


def _left(taken: Iterable[int]) -> Fraction:
    left = Fraction(100)
    for one in taken:
        left *= 1 - Fraction(one, 100 * SCALE)
    return left


def range_text(low: Fraction, central: Fraction, high: Fraction) -> str:
    """« de 35 % à 60 % (central 48 %) »: never a single number."""
    return f"de {percent(low)} à {percent(high)} (central {percent(central)})"


# The chain


class Judged(NamedTuple):
    """A claim as the chain takes it; level as `level` gives it."""

    stage: Stage
    finding: Finding
    level: int | None


def link_word(stage: Stage, claims: Iterable[Judged], observed: bool) -> LinkState:
    """How far the link that leads to a stage is known.

    claims: those of the chantier, of any stage. observed: both ends have a validated figure in the same period.
    Contradicted from P2 on, by a null or adverse result, and it stays so beside one that establishes the link.
    """
    own = [one for one in claims if one.stage is stage and one.level is not None]
    if any(contradicts(one) for one in own):
        return LinkState.CONTRADICTED
    if any(establishes(one) for one in own):
        return LinkState.ESTABLISHED
    return LinkState.OBSERVED if observed else LinkState.HYPOTHESIS


def establishes(one: Judged) -> bool:
    return (one.level or UNREAD) >= COMPARED and one.finding in (Finding.EXPECTED, Finding.UNEXPECTED)


def contradicts(one: Judged) -> bool:
    return (one.level or UNREAD) >= MEASURED and one.finding in (Finding.NONE, Finding.ADVERSE)
