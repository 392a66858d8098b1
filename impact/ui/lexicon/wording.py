"""Stances in words, and as a file."""

import pandas as pd
from markupsafe import Markup

from impact.formats import counted, short_date
from impact.rules.lexicon import Lexicon, Taken, Tally, Term
from impact.ui import tables
from impact.vocabulary import STANCE_SIGNS, Stance

SILENT = "sans avis"
COLUMNS = (
    "terme", "derniere_version", "code_region", "region", "position", "sur_version", "en_vigueur", "commentaire",
    "date",
)  # fmt: skip
"""Of the file that holds every stance."""
_COUNTED = {Stance.RESERVED: ("réserve", "réserves"), Stance.DECLINED: ("refus", "refus")}


def stance(taken: Taken | None, term: Term) -> Markup:
    """« ◐ adopté avec réserve », with the version it was said of where that is not the latest."""
    if taken is None:
        return tables.sign("○", SILENT)
    said = tables.sign(STANCE_SIGNS[taken.stance], taken.stance.label)
    return said if taken.version == term.version else tables.two_lines(said, f"sur la version {taken.version}")


def summary(tally: Tally, version: int) -> str:
    """« adopté par 7 régions, 2 réserves, 1 refus, 1 sans avis sur la version 2 »"""
    adopted = tally.of[Stance.ADOPTED]
    parts = [f"adopté par {counted(adopted, 'région')}" if adopted else "aucune région n’a adopté"]
    parts += [counted(tally.of[one], *words) for one, words in _COUNTED.items() if tally.of[one]]
    if tally.awaited:
        only = f"sur la version {version}" if version > 1 else ""
        parts.append(" ".join(filter(None, (f"{tally.awaited} {SILENT}", only))))
    return ", ".join(parts)


def who(taken: Taken) -> str:
    """« 12/01/2011, Claire Dumont »; « …, Odile Martin au nom de la région »"""
    name = f"{taken.taken_by} au nom de la région" if taken.on_behalf else taken.taken_by
    return f"{short_date(taken.taken_on)}, {name}"


def matrix(lexicon: Lexicon, terms: list[Term]) -> pd.DataFrame:
    """Region x term: every stance ever taken, the last one marked; a region without any has a line that says so."""
    lines = [
        line
        for term in terms
        for region, name in lexicon.regions.items()
        for line in _lines(term, region, name, lexicon.taken(term.code, region))
    ]
    return pd.DataFrame(lines, columns=list(COLUMNS))


def _lines(term: Term, region: str, name: str, taken: tuple[Taken, ...]) -> list[tuple[object, ...]]:
    head = (term.said.term, term.version, region, name)
    if not taken:
        return [(*head, SILENT, "", "", "", "")]
    return [
        (
            *head, one.stance.label, str(one.version), "oui" if one is taken[-1] else "non", one.comment,
            short_date(one.taken_on),
        )
        for one in reversed(taken)
    ]  # fmt: skip
