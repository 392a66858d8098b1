"""One region: its indicators' curves, its coverage, every figure's state, what is late."""

import streamlit as st

from impact.permissions import readable
from impact.presentation.wording import titled
from impact.ui import filters, page, reads
from impact.ui.experiences import beside
from impact.ui.guard import require
from impact.ui.regional import broken, bullets, lists, panels
from impact.ui.regional.board import board
from impact.ui.regional.choice import chantiers, default_region, regions
from impact.ui.stages import regional

actor = require()

SCREEN = "region"
source = reads.source(actor)
head = st.container()
with filters.grid(5):
    offered = regions(source)
    region = filters.one(SCREEN, "region", "Région", "la région", offered, default_region(actor, offered))
    sees_all = readable(actor).sees_all_of(region)
    chosen = filters.row(SCREEN, source, provisional=sees_all, chantiers=chantiers(source, region), read=reads.calendar)
shown = board(chosen.key, region, chosen.lens, page.mode())

with head:
    page.head(titled(offered[region], chosen.lens), page.typeset(shown.sentence), source.demonstration)
    if engaged := chantiers(source, region):
        page.html(lists.mobilised(engaged, chosen.lens))
if not shown.chantiers:
    page.empty(
        "Hors campagne : cette région n’est mobilisée sur aucun chantier à ces dates, rien n’est attendu d’elle. "
        "Ses chiffres paraîtront ici quand le bureau national l’aura engagée."
    )
    regional.draw(actor, source.key, region)
else:
    page.key_figures(shown.key_figures)
    regional.draw(actor, source.key, region)
    page.section(titled("Indicateurs", chosen.lens))
    panels.small_multiples(shown.panels, shown.chantiers)
    if shown.to_come:
        page.note(page.typeset(panels.to_come(shown.to_come)))

    page.section(titled(f"Réalisé, attendu et cible{bullets.until(shown.as_of)}", chosen.lens), bullets.HOW_TO_READ)
    page.html(shown.targets)
    if shown.means:
        page.note("Moyens engagés : ni cible, ni classement, ni part dans l’avancement.")
        page.html(shown.means)

    page.section(
        titled("Ventilations", chosen.lens), "Femmes et hommes, tailles, secteurs : de quoi un total est fait."
    )
    if shown.broken:
        broken.draw(SCREEN, shown.broken)
    else:
        page.empty(
            "Aucun chiffre retenu à ces dates n’est ventilé : femmes et hommes, tailles, secteurs paraîtront ici."
        )

    page.section("Feuilles à compléter")
    if shown.holes:
        page.html(lists.late_sheets(shown.holes, actor.may_enter))
    else:
        page.empty("Rien ne manque : tous les chiffres attendus à ces dates ont une réponse.")

    page.section("États des chiffres", "Un par indicateur et par période : état, statut, fiabilité, commentaire.")
    page.html(shown.states)

beside.draw(source.key, region)
