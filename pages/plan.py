"""The regional action: its plan, money, partners, milestones and stage; and what the whole country prepares."""

import streamlit as st

from impact.actions import ActionKey
from impact.ui import filters, flash, page, reads
from impact.ui.experiences import beside
from impact.ui.guard import require
from impact.ui.plan import choice, country, known, parts, stating, summary, whole
from impact.ui.plan.known import COUNTRY, NEW
from impact.vocabulary import NATIONAL_CODE

actor = require()

source = reads.source(actor)
calendar = reads.calendar(source.key)
places = known.places(actor, calendar)
head = st.container()
with filters.grid():
    region = choice.region(places)
    if region == NATIONAL_CODE:
        chantier, which = country.choose(calendar, actor)
        above, action = {"region": region}, ""
    else:
        action = choice.action(source.key, region, actor)
        above = {"region": region, "action": action}
    if region == NATIONAL_CODE or action not in ("", NEW):
        status = choice.money(above)

if region == NATIONAL_CODE:
    with head:
        page.head(f"Plans d’action : {COUNTRY.lower()}", country.sentence(calendar, actor), source.demonstration)
    country.draw(source.key, calendar, chantier, which, status)
elif not action:
    with head:
        page.head(f"Plan d’action : {places[region]}", "Ce que la région prépare et déploie.", source.demonstration)
    page.empty("Aucun plan de cette région n’est validé : il se lira ici dès que le bureau national l’aura validé.")
elif action == NEW:
    with head:
        page.head(f"Ouvrir une action : {places[region]}", stating.WHAT_IT_IS, source.demonstration)
    stating.open_new(region, calendar.chantier_names, known.primary(calendar, region, source.key.today))
else:
    held = known.opened(source.key, ActionKey(region, int(action)))
    with head:
        page.head(summary.title(held), summary.sentence(held), source.demonstration)
    flash.show(f"{known.SCREEN}_{held.key}")
    summary.draw(held)
    if not actor.may_enter(region):
        whole.draw(held, status)
        parts.milestones(actor, held)
    else:
        left, right = st.columns([5, 12], gap="large")
        with left:
            part = parts.choose(held)
        with right:
            parts.draw(source.key, part, held, status, actor)
    beside.draw(source.key, region, int(action))
