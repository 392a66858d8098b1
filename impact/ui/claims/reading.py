"""The reader's form: criteria ticked level by level, the level that they give, and what keeps it lower, at once."""

import streamlit as st
from markupsafe import Markup

from impact.claims import CRITERIA, SITES, UNREAD, Reading, counting, grade, hurdles, level, mark, no_grade, reached
from impact.formats import capital
from impact.permissions import Actor
from impact.presentation.claims import WELCOME, given
from impact.queries.claim_views import ClaimRow
from impact.rules.claims import AUTHOR, ReadingDraft
from impact.services import claims
from impact.ui import page
from impact.ui.admin.forms import Form

STUDY, WHY = "etude", "justification"


def draw(row: ClaimRow, actor: Actor, sites: Markup) -> None:
    """For those who may read; says why where this one may not. sites: shown under the criterion of that name."""
    if row.stated.withdrawn:
        return
    form = Form(f"affirmations_lire_{row.key}")
    page.section("Lire cette affirmation", WELCOME)
    form.show()
    if actor.id in row.stated.authors:
        page.empty(f"Vous ne la lisez pas : {AUTHOR}")
        return
    if reason := no_grade(row.stated, row.now):
        page.empty(f"Elle ne se lit pas encore : {reason}.")
        return
    _prepare(form, row, actor)
    left, right = st.columns([7, 6], gap="large")
    with left:
        for at, own in CRITERIA.items():
            page.html(Markup("<h3 class='imp-criterion'>{}</h3>").format(grade(at)))
            for code, sentence in own.items():
                st.checkbox(page.plain(page.typeset(sentence)), key=form.key(code))
                if code == SITES and sites:
                    page.html(sites)
    with right:
        st.text_area("Étude ou document lu", key=form.key(STUDY), max_chars=2_000, height=80)
        st.text_area("Justification : ce que vous avez contrôlé", key=form.key(WHY), max_chars=2_000, height=140)
        page.html(_preview(row, actor, _ticked(form)))
        form.button("Enregistrer ma lecture", _send, form, row, mark(row.stated, row.now), primary=True)


def _prepare(form: Form, row: ClaimRow, actor: Actor) -> None:
    """The reader's reading that counts, where there is one, and the study that the claim names: once, and never again
    over what is typed. One of a text or of a figure that has changed since is not carried over: it is read anew.
    """
    if st.session_state.get(form.key("ouvert")):
        return
    counts = counting(row.stated, [one.reading for one in row.readings], row.now).get(actor.id)
    last = next((one for one in row.readings if one.reading is counts), None)
    held = last.reading.criteria if last else frozenset()
    form.fill(**{code: code in held for criteria in CRITERIA.values() for code in criteria})
    study = last.study_reference if last else row.said.study_reference
    form.fill(**{STUDY: study, WHY: last.justification if last else "", "ouvert": True})


def _ticked(form: Form) -> frozenset[str]:
    return frozenset(code for own in CRITERIA.values() for code in own if form.value(code))


def _preview(row: ClaimRow, actor: Actor, ticked: frozenset[str]) -> Markup:
    """What these ticks give by themselves, and the claim with them."""
    facts = {cell: one.facts for cell, one in row.now.items()}
    mine = Reading(len(row.readings) + 1, row.stated.version, actor.id, ticked, facts)
    readings = [*(one.reading for one in row.readings), mine]
    after = level(row.stated, readings, row.now)
    kept = hurdles(row.stated, readings, row.now)
    items = Markup().join(Markup("<li>{}</li>").format(page.typeset(capital(text))) for text in kept)
    said = f"Ces critères donnent : {given(reached(ticked))}."
    result = "non lue" if after == UNREAD else grade(after)
    return Markup(
        '<div class="imp-aside" aria-live="polite"><p><strong>{}</strong><span>{}</span></p>'
        '<ul class="imp-items">{}</ul></div>'
    ).format(page.typeset(said), page.typeset(f"Avec votre lecture, l’affirmation serait : {result}."), items)


def _send(token: str, form: Form, row: ClaimRow, seen: str) -> None:
    draft = ReadingDraft(row.key.region, row.key.number, seen, _ticked(form), form.text(WHY), form.text(STUDY))

    def said(found: int) -> str:
        return f"Lecture enregistrée : vos critères donnent {given(found)}."

    form.send(token, said, claims.read_claim, draft)
