"""What each F grade says, what raises a figure to the next one, and what a total is made of, in words."""

from collections.abc import Sequence
from fractions import Fraction

from impact.formats import NARROW, grade, percent
from impact.proof import REVIEWED, THIRD_PARTY, Composition

MEANING = (
    "il manque la source, ou la méthode.",
    "source et méthode sont nommées, mais aucune pièce ni lien ne les étaye.",
    "source, méthode, et pièce ou lien ; personne d’autre ne l’a encore relue.",
    "la pièce a été lue par quelqu’un qui n’est pas l’auteur du chiffre.",
    "une organisation extérieure au réseau, nommée, l’a vérifié.",
)
"""Why a figure has its grade, F0 to F4 (docs/preuve.md)."""

SCALE = "de F0 déclaré à F4 vérifié par un tiers"
SHARES = f"Part de la valeur absolue du total à chaque niveau de preuve, {SCALE} ; jamais de moyenne."

RAISED_BY = (
    "nommer la source et la méthode",
    "joindre une pièce ou un lien",
    "faire lire la pièce par quelqu’un d’autre que l’auteur",
    "faire vérifier le chiffre par un tiers extérieur au réseau",
    "",
)
"""What takes a figure of each grade to the next one; nothing above F4."""


def sentence(level: int) -> str:
    """« F2 documenté : source, méthode, et pièce ou lien ; personne d’autre ne l’a encore relue. »"""
    return f"{grade(level)} : {MEANING[level]}"


def to_raise(level: int) -> str:
    """« pour F2 : joindre une pièce ou un lien »; empty at the highest grade."""
    return f"pour F{level + 1} : {RAISED_BY[level]}" if RAISED_BY[level] else ""


def parts(composition: Composition) -> Sequence[tuple[int, Fraction, bool]]:
    """Shares to say, the best first: (level, share, « ou plus »). F3 and F4 are one where both are there.

    Empty where the shares are undefined.
    """
    shares = composition.shares
    reviewed = shares[REVIEWED] + shares[THIRD_PARTY]
    if shares[REVIEWED] and shares[THIRD_PARTY]:
        best = [(REVIEWED, reviewed, True)]
    else:
        best = [(level, shares[level], False) for level in (THIRD_PARTY, REVIEWED) if shares[level]]
    return [*best, *((level, shares[level], False) for level in reversed(range(REVIEWED)) if shares[level])]


def share(part: Fraction) -> str:
    """« 62 % »; what is there never reads as nothing, nor most of it as all."""
    whole = round(100 * part)
    if part and not whole:
        return f"moins de 1{NARROW}%"
    if part < 1 and whole == 100:
        return f"plus de 99{NARROW}%"
    return percent(100 * part)


def lowest_unsaid(composition: Composition) -> bool:
    """The lowest grade is of figures that weigh nothing: no share says it."""
    lowest = composition.lowest
    return lowest is not None and not composition.shares[lowest]


def made_of(composition: Composition) -> str:
    """« 62 % en F3 ou plus, 25 % en F1, 13 % en F0 », « tout en F2 », « que des zéros, au plus bas F1 »."""
    if composition.lowest is None:
        return "aucun chiffre"
    said = parts(composition)
    if not said:
        return f"que des zéros, au plus bas F{composition.lowest}"
    if len(said) == 1:
        words = f"tout en F{said[0][0]}{' ou plus' if said[0][2] else ''}"
    else:
        words = ", ".join(f"{share(part)} en F{level}{' ou plus' if more else ''}" for level, part, more in said)
    return f"{words}, au plus bas F{composition.lowest}" if lowest_unsaid(composition) else words
