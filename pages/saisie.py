"""Saisie: one sheet is one region, one chantier, one period; its indicators with their state, one open at a time."""

import streamlit as st

from impact.ui import page, reads
from impact.ui.guard import require
from impact.ui.pieces import region
from impact.ui.sheet import answer, choice, listing, submitting
from impact.vocabulary import Role

actor = require(Role.CONTRIBUTOR, Role.NATIONAL, Role.ADMIN)
offer = choice.read_offer(actor)
demonstration = reads.source(actor).demonstration

if not offer.lists.regions:
    page.head("Saisie", "Les chiffres d’une région, par chantier et par période.", demonstration)
    page.empty("Votre compte ne sert encore aucune région : un administrateur peut vous en confier une.")
else:
    head = st.container()
    held = choice.read_sheet(actor, choice.choose(offer))

    title = page.typeset(f"Saisie : {held.region_name}, {held.chantier_name}")
    with head:
        page.head(title, listing.sentence(held), demonstration)
        if behalf := choice.speaks_for(actor, held):
            page.note(behalf)

    if closed := choice.closed_to(actor, held):
        page.empty(closed)
    else:
        listing.progress(held)
        opened = listing.settle(held)
        left, right = st.columns([5, 9], gap="large")
        with left:
            listing.draw(held)
        with right:
            answer.draw(held, opened)
        submitting.draw(held)
        region.draw(held.region, held.region_name)
