"""Référentiel: the indicator sheets with their versions, the conventions, and the shared lexicon.

The national office revises sheets and terms here; each region says where it stands on the terms.
"""

from impact.permissions import Right
from impact.ui import page
from impact.ui.catalogue import detail, known, listing, revising
from impact.ui.guard import require
from impact.ui.lexicon import board, parts
from impact.ui.lexicon.known import is_asked

actor = require()

if is_asked():
    board.draw(actor)
else:
    held = known.known()
    opened = known.opened(held)
    if opened is None:
        page.head(
            "Référentiel",
            "Les indicateurs du réseau : ce que chacun compte, comment il se calcule, avec quelles preuves, et ce que "
            "ses versions ont changé.",
            held.demonstration,
        )
        parts.draw()
        listing.draw(held)
    else:
        page.head(detail.title(opened), detail.sentence(opened, held), held.demonstration)
        detail.way_back()
        detail.draw(opened, held)
        if actor.may(Right.REVISE):
            revising.draw(opened, held)
