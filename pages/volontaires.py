"""What people left on the public page, for the team of their region and the national office."""

from impact.ui import page, reads
from impact.ui.guard import require
from impact.ui.volunteers import detail, known, listing
from impact.vocabulary import Role

actor = require(Role.CONTRIBUTOR, Role.NATIONAL, Role.ADMIN)
known.forget_due()
demonstration = reads.source(actor).demonstration
held = known.read(actor)

opened = known.asked_for(held)
if opened is None:
    page.head(
        "Entrepreneurs volontaires",
        "Ce que l’on vous écrit sur la page publique « Je veux me mobiliser sur mon territoire » : à lire, à suivre, à "
        "clore. Chaque message s’efface de lui-même douze mois après son arrivée.",
        demonstration,
    )
    listing.draw(held)
else:
    # No word of a stranger stands in a title: Streamlit would make links of it.
    page.head(f"Message n° {opened.number}", f"Reçu pour {held.place(opened)}, {held.chantier(opened)}.", demonstration)
    detail.draw(opened, held)
