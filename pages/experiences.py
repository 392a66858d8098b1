"""Retours d’expérience: what regions did and learnt, told to the others; teams write and comment, everybody reads."""

import streamlit as st

from impact.ui import page, reads
from impact.ui.experiences import acting, article, comments, known, listing, writing
from impact.ui.guard import require

actor = require()

source = reads.source(actor)
calendar = reads.calendar(source.key)
writes = known.writes_for(actor, calendar.region_names)
held = known.asked_for(source.key)

if held is None:
    page.head(
        "Retours d’expérience",
        "Ce que les régions ont fait et appris : ce qu’elles ont essayé, ce qui a marché, ce qui n’a pas marché, et "
        "pour qui cela vaudrait.",
        source.demonstration,
    )
    listing.draw(known.every(source.key), calendar, writes)
    if writes:
        with st.expander("Écrire un retour d’expérience", key="experiences_volet_ecrire", on_change="rerun") as panel:
            if panel.open:
                writing.write(source.key, writes, calendar)
else:
    page.head(article.title(held), article.sentence(held, calendar), source.demonstration)
    article.draw(held, calendar)
    comments.draw(held, actor)
    if held.row.key.region in writes and held.row.withdrawn_at is None:
        acting.draw(source.key, held.row, calendar.chantier_names)
    article.history(held)
