"""Validated figures by grade: over time, by chantier, and by region once asked for."""

import streamlit as st

from impact.ui import charting, legend, page
from impact.ui.evidence.board import Graded

READING = (
    "Chiffres des périodes qui finissent ce jour-là, depuis le début de la campagne, à leur niveau d’aujourd’hui : une "
    "pièce jointe ou relue depuis compte."
)


def draw(graded: Graded) -> None:
    left, right = st.columns([10, 9], gap="large")
    with left:
        page.html(legend.proof(), page.noted(READING))
        charting.show(graded.over_time, "niveaux_dans_le_temps")
    with right:
        page.key_figures([graded.proven])
        if graded.validated:
            page.html(graded.chantiers)
            page.more("Par région et chantier", "preuve_regions", lambda: page.html(graded.places()))
        else:
            page.empty("Aucun chiffre n’est validé à ces dates : leurs niveaux paraîtront ici.")
