"""The country at a glance: key figures, the map of regions, the course of an indicator, who is late."""

import streamlit as st

from impact.permissions import Right
from impact.presentation.wording import titled
from impact.ui import charting, filters, page, reads
from impact.ui.guard import require
from impact.ui.national import late, regions
from impact.ui.national.board import board, course, course_explained

actor = require()

SCREEN = "vue_nationale"
source = reads.source(actor)
head = st.container()
with filters.grid():
    chosen = filters.row(SCREEN, source, provisional=actor.may(Right.READ_ALL))
lens, mode = chosen.lens, page.mode()
shown = board(chosen.key, lens, mode)

with head:
    page.head(titled("Vue nationale", lens), page.typeset(shown.sentence), source.demonstration)
page.key_figures(shown.key_figures)

if not shown.lines:
    page.empty(
        "Aucune région n’est mobilisée sur ces dates : dès que le bureau national en aura engagé une, "
        "sa complétude paraîtra ici."
    )
else:
    left, right = st.columns(2, gap="medium")
    with left:
        regions.map_of_completeness(shown.map)
    with right:
        page.section("Régions, de la plus à la moins complète")
        st.html(regions.ranked(shown.lines, shown.chantier_names))

    left, right = st.columns([11, 10], gap="large")
    with left:
        title = st.container()
        indicator = filters.one(SCREEN, "indicateur", "Indicateur suivi", "l’indicateur", shown.course_choices)
        drawing = course(chosen.key, lens, indicator, mode)
        with title:
            page.section(page.typeset(drawing.title))
        told = course_explained(chosen.key, lens, indicator)
        charting.show(drawing.figure, drawing.data, "evolution", drawing.alt, told)
    with right:
        page.section("Complétude par région et par chantier", "Réponses sur chiffres attendus ; – : non mobilisée.")
        st.html(regions.by_chantier(shown.matrix, shown.chantier_names))

    page.section("Retards et silences")
    if shown.silences:
        st.html(late.silent_regions(shown.silences, source.key.today))
    else:
        page.empty("Aucun chiffre attendu ne manque sur ces dates.")
