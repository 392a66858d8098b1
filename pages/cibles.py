"""What regions and the country set out to reach, beside what they reached; the national office states it here."""

import streamlit as st

from impact.formats import short_date
from impact.permissions import Right
from impact.presentation.wording import proof_level
from impact.ui import filters, page, reads
from impact.ui.guard import require
from impact.ui.targets import lists, sheet, withdrawing
from impact.ui.targets.board import board, places

actor = require()

SCREEN = "cibles"
source = reads.source(actor)
known = places(source.key)
head = st.container()
with filters.grid():
    region = filters.one(SCREEN, "region", "Région", "la région", known.regions, known.usual(actor), drops=["chantier"])
    chantier = filters.one(SCREEN, "chantier", "Chantier", "le chantier", known.chantiers[region])
    campaign = filters.one(
        SCREEN, "campagne", "Campagne", "la campagne", {code: code for code in source.campaigns}, known.current
    )
    min_proof = filters.proof(SCREEN)
shown = board(source.key._replace(campaign=campaign), region, chantier, min_proof)

with head:
    page.head(
        f"Cibles : {shown.region_name}",
        f"{known.chantiers[region][chantier]}, campagne {shown.campaign}, du {short_date(shown.start)} au "
        f"{short_date(shown.end)} : chiffres validés, {proof_level(min_proof)}, "
        f"situation au {short_date(shown.today)}.",
        source.demonstration,
    )
st.html(lists.goals(shown))
if any(one.statements for one in shown.goals):
    past = st.expander("Tout ce qui a été énoncé, et pourquoi", key="cibles_historique", on_change="rerun")
    if past.open:
        past.html(lists.history(shown.goals))

if actor.may(Right.TARGETS):
    page.section(
        "Énoncer ou réviser",
        "Après le Congrès, une cible qui change demande un motif ; celle d’avant reste visible. Départ vide : personne "
        "ne le connaît.",
    )
    sheet.draw(shown)
    with st.expander("Retirer une cible", key="cibles_retrait"):
        withdrawing.draw(shown)
