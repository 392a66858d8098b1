"""The two parts of the screen of definitions, and the way from one to the other."""

from impact.ui import parts
from impact.ui.catalogue.known import SCREEN
from impact.ui.lexicon.known import LEXICON, PART

PARTS = {"": ("Indicateurs", SCREEN), LEXICON: ("Lexique partagé", f"{SCREEN}?{PART}={LEXICON}")}


def draw(here: str = "") -> None:
    """here: the part shown, '' or LEXICON."""
    parts.draw("Parties du référentiel", PARTS, here)
