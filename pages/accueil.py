"""What waits for the person, then the key figures and what changed lately."""

import streamlit as st

from impact.permissions import Right
from impact.presentation.lens import Lens
from impact.presentation.wording import proof_level, sentence, statuses
from impact.ui import filters, page, reads
from impact.ui.guard import require
from impact.ui.home import beside, choice, office, team
from impact.ui.home.reads import is_team, office_tasks, team_tasks
from impact.ui.national import news
from impact.ui.national.board import board
from impact.ui.national.reads import definitions, frame

actor = require()

source = reads.source(actor)
world = frame(source.key)

own = ", ".join(name for code, name in world.region_names.items() if code in actor.regions)
page.head("Accueil", page.typeset(sentence(world, Lens(), own)), source.demonstration)

if is_team(actor):
    if actor.regions:
        told = beside.items(source.key, actor)
        team.todo(team_tasks(actor, definitions(source.key)), told, world, definitions(source.key))
    else:
        page.empty("Votre compte n’est rattaché à aucune région : un administrateur peut le faire dans les comptes.")
elif actor.may(Right.MOBILISE) and not world.mobilisations:
    office.first_steps(actor)
elif actor.may(Right.REVIEW):
    told = beside.items(source.key, actor)
    office.todo(office_tasks(source.key, actor), told, world, definitions(source.key))
else:
    st.html('<p class="imp-lead">Rien ne vous attend : voici où en est le pays.</p>')

page.section("Chiffres clés")
with filters.grid():
    lens = Lens(min_proof=filters.proof("accueil"))
page.note(f"Toutes les régions, depuis le début : {statuses(lens)}, {proof_level(lens.min_proof)}.")
page.key_figures(board(source.key, lens, page.mode()).indicators)
page.html(team.ways_on(actor.regions, world, lens))

page.section("Ce qui a changé récemment")
news.show(source.key, news.since(world, news.USUAL), lens, may_enter=actor.may(Right.ENTER))
choice.draw(actor)
