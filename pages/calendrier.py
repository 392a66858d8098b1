import streamlit as st

from impact.formats import short_date
from impact.permissions import Right
from impact.ui import guard, page
from impact.ui.admin import commitments, deadlines

actor = guard.require()

known = deadlines.background(actor)
page.head(
    "Calendrier",
    f"Périodes, échéances et mobilisations, situation au {short_date(known.today)}. "
    "La saisie d’une période ouvre à son premier jour, la soumission au lendemain du dernier.",
    known.demonstration,
)
campaign = deadlines.choose_campaign(known)
page.section(f"Campagne {campaign.code}", f"Du {short_date(campaign.start)} au {short_date(campaign.end)}.")
deadlines.show_periods(campaign, known)

if actor.may(Right.CALENDAR):
    move, reopen, following = st.columns(3, gap="large")
    with move:
        page.section("Déplacer une échéance", "Pour toutes les régions.")
        deadlines.move_deadline(known)
    with reopen:
        page.section("Rouvrir une période", "Pour une région, avec un motif.")
        deadlines.reopen(known)
    with following:
        page.section("Ouvrir la campagne suivante", "Proposée à la suite de la dernière.")
        deadlines.open_next(known)

page.section(
    "Mobilisations", "Les chantiers sur lesquels chaque région travaille : eux seuls lui demandent des chiffres."
)
commitments.show_spells(known)

if actor.may(Right.MOBILISE):
    add, change = st.columns(2, gap="large")
    with add:
        page.section("Mobiliser une région")
        commitments.add(known)
    with change:
        page.section("Changer une mobilisation en cours")
        commitments.change(known)
