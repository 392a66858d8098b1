"""The country at a glance: key figures, the map of regions, the course of an indicator, who is late, what changed."""

import streamlit as st

from impact.permissions import Right
from impact.presentation.wording import titled
from impact.ui import charting, filters, page, reads
from impact.ui.guard import require
from impact.ui.national import news, regions
from impact.ui.national.board import board, course
from impact.ui.national.reads import frame
from impact.ui.stages import national

actor = require()

SCREEN = "vue_nationale"
source = reads.source(actor)
head = st.container()
with filters.grid():
    chosen = filters.row(SCREEN, source, provisional=actor.may(Right.READ_ALL), read=frame)
lens, mode = chosen.lens, page.mode()
shown = board(chosen.key, lens, mode)

with head:
    page.head(titled("Vue nationale", lens), page.typeset(shown.sentence), source.demonstration)
page.key_figures((*shown.indicators, *shown.confidence))

if not shown.regions:
    page.empty(
        "Aucune région n’est mobilisée sur ces dates : dès que le bureau national en aura engagé une, "
        "son avancement paraîtra ici."
    )
else:
    left, right = st.columns(2, gap="medium")
    with left:
        regions.map_of_progress(shown.above_the_map, shown.map, lens)
    with right:
        page.html(shown.ranked)

    left, right = st.columns([11, 10], gap="large")
    with left:
        indicator = filters.settle(SCREEN, "indicateur", "l’indicateur", shown.course_choices)
        followed = course(chosen.key, lens, indicator, mode)
        page.html(followed.above)
        filters.box(SCREEN, "indicateur", "Indicateur suivi", shown.course_choices)
        charting.show(followed.drawing, "evolution", followed.explanation)
    with right:
        page.html(shown.by_chantier)

national.draw(actor, chosen.key, lens.chantier, shown.world.region_names)

page.html(shown.reporting, page.part("Ce qui a changé"))
with filters.grid():
    since = filters.one(SCREEN, "depuis", "Depuis", "le délai", news.choices(shown.world), news.USUAL)
news.show(chosen.key, news.since(shown.world, since), lens, actor.may(Right.ENTER))
