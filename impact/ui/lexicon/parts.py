"""The two parts of the screen of definitions, and the way from one to the other."""

from markupsafe import Markup

from impact.ui import page
from impact.ui.catalogue.known import SCREEN
from impact.ui.lexicon.known import LEXICON, PART

PARTS = {"": ("Indicateurs", SCREEN), LEXICON: ("Lexique partagé", f"{SCREEN}?{PART}={LEXICON}")}


def draw(here: str = "") -> None:
    """here: the part shown, '' or LEXICON."""
    links = Markup().join(
        Markup('<a href="{}" target="_self"{}>{}</a>').format(
            address, Markup(' aria-current="page"') if part == here else Markup(), name
        )
        for part, (name, address) in PARTS.items()
    )
    page.html(Markup('<nav class="imp-parts" aria-label="Parties du référentiel">{}</nav>').format(links))
