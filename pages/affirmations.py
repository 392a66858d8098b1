"""Impact claims: what actions changed, how well it is proven, who read it; teams write, the office reads."""

import streamlit as st

from impact.permissions import Right
from impact.ui import page, reads
from impact.ui.claims import detail, known, listing, reading, writing
from impact.ui.guard import require

actor = require()

source = reads.source(actor)
calendar = reads.calendar(source.key)
writes = known.writes_for(actor, calendar.region_names)
held = known.asked_for(source.key)

if held is None:
    page.head(
        "Affirmations d’impact",
        "Ce que les actions ont changé, pour qui, et ce qui permet de le dire : chaque niveau, de P1 à P5, se "
        "déduit de ce qu’y trouvent des lecteurs qui n’en sont pas les auteurs.",
        source.demonstration,
    )
    listing.draw(known.every(source.key), calendar)
    if writes:
        writing.hold()
        with st.expander("Écrire une affirmation", key="affirmations_volet_ecrire", on_change="rerun") as panel:
            if panel.open:
                writing.write(source.key, writes, calendar)
else:
    page.head(detail.title(held), detail.sentence(held, calendar), source.demonstration)
    detail.draw(held, calendar)
    if actor.may(Right.REVIEW):
        reading.draw(held.row, actor, detail.replicated(held, calendar.region_names))
    if held.row.key.region in writes and not held.row.stated.withdrawn:
        page.section("Modifier ou retirer", "Une modification garde l’ancienne version, et l’affirmation est à relire.")
        with st.expander("Modifier cette affirmation", key=f"affirmations_volet_modifier_{held.row.key}"):
            writing.revise(source.key, held.row, calendar.chantier_names)
        with st.expander("Retirer cette affirmation", key=f"affirmations_volet_retirer_{held.row.key}"):
            writing.withdraw(held.row)
