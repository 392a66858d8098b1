"""One chantier: its chain from means to impact, its regions compared on each indicator."""

import streamlit as st

from impact.permissions import Right
from impact.presentation.wording import short_name, titled
from impact.ui import filters, page, reads
from impact.ui.chantier import chain, choice, comparing, linked, matrix, strip
from impact.ui.chantier.board import board, path, sides
from impact.ui.guard import require

actor = require()

SCREEN = "chantier"
source = reads.source(actor)
head = st.container()
with filters.grid():
    usual = choice.usual_chantier(actor, source)
    chosen = filters.row(SCREEN, source, provisional=actor.may(Right.READ_ALL), one_chantier=usual, read=reads.calendar)
lens, mode = chosen.lens, page.mode()
shown = board(chosen.key, lens)

with head:
    page.head(titled(shown.name, lens), page.typeset(shown.sentence), source.demonstration)
if not shown.regions:
    page.empty(
        "Aucune région n’est mobilisée sur ce chantier à ces dates : dès que le bureau national en aura engagé une, "
        "ses chiffres paraîtront ici."
    )
else:
    page.section(titled("Des moyens à l’impact", lens), "Valeurs de toutes les régions du chantier.")
    links = st.container()

    page.section("Régions côte à côte")
    with filters.grid():
        offered = choice.indicators(chosen.world, lens.chantier)
        indicator = filters.one(
            SCREEN, "indicateur", "Indicateur", "l’indicateur", offered, choice.usual_indicator(offered), ["mesure"]
        )
        definition = shown.seen.definitions[indicator]
        measure = filters.one(SCREEN, "mesure", "Mesure", "la mesure", choice.measures(definition))
    with links:
        page.html(chain.chain(shown.chain, shown.ties, shown.seen, lens, indicator), page.noted(linked.HOW_TO_READ))

    compared = sides(chosen.key, lens, indicator, measure == choice.PER_INHABITANTS, mode)
    left, right = st.columns([11, 6], gap="large")
    with right:
        step = next(one for one in shown.steps if one.definition.code == indicator)
        page.html(comparing.sheet(step, shown.seen, lens))
    with left:
        comparing.side_by_side(compared, lens)
    strip.grounds(compared.compared, compared.grounds)

    if compared.compared.places:
        page.section(comparing.courses_title(definition), page.typeset(titled(short_name(definition), lens)))
        answered = [one.region for one in compared.compared.places]
        comparing.courses(
            definition, answered, compared.compared.has_targets,
            lambda region: path(chosen.key, lens, indicator, region, mode),
        )  # fmt: skip

    page.section(titled("Tous les indicateurs du chantier", lens), matrix.HOW_TO_READ)
    page.html(matrix.matrix(shown.steps, shown.regions, shown.seen, lens))
