"""What an action is and what it costs: its identity, its budget, and an action that is opened."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from impact.presentation.actions import words
from impact.rules.actions import IDENTITY_FIELDS, LABELS, budget_fields, identity_fields, read_budget, read_identity
from impact.services import actions
from impact.ui import editing, flash, page
from impact.ui.admin.forms import Form
from impact.ui.plan import fields
from impact.ui.plan.known import SCREEN, Opened
from impact.ui.plan.part import WHY, Part, confirming, reason
from impact.ui.plan.writing import place_of
from impact.vocabulary import Section

WHAT_IT_IS = (
    "Une action se prépare sur un chantier : le chantier principal de la région est proposé. Son plan s’écrit ensuite, "
    "partie par partie, et chaque étape se déduit de ce qui est fait."
)


def budget(held: Opened) -> None:
    part = Part(Form(f"{SCREEN}_{held.key}_budget"), held, place_of(Section.FUNDING))
    stored = budget_fields(held.row.plan.budget)
    part.show(part.sheet(stored, part.begun() == stored))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        editing.line(part.form, "budget", f"{LABELS['budget']}, dépenses en argent (€)", hint=fields.AMOUNT, most=24)
        part.form.button("Enregistrer le budget", _save_budget, part)
    value, problems = read_budget(editing.typed(part.form, ["budget"]))
    page.note(problems[0].message if problems else "" if value is None else f"Compris : {words.euros(value)}.")
    reason(part, None if problems else replace(held.row.plan, budget=value))


def _save_budget(token: str, part: Part) -> None:
    value, problems = read_budget(editing.typed(part.form, ["budget"]))
    if problems:
        part.form.refuse(problems)
        return
    part.sent(part.form.send(
        token, confirming(part, f"Budget enregistré : {words.euros(value)}."), actions.set_budget, part.held.key,
        value, part.seen_version(), part.form.text(WHY),
    ))  # fmt: skip


def identity(held: Opened) -> None:
    part = Part(Form(f"{SCREEN}_{held.key}_identite"), held, f"{SCREEN}_identite")
    stored = identity_fields(held.row.plan.identity)
    part.show(part.sheet(stored, part.begun() == stored))
    fields.identity(part.form, held.chantiers)
    fields.pieces(part.form, "guide", held)
    found, _ = read_identity(editing.typed(part.form, IDENTITY_FIELDS), held.key.region)
    reason(part, replace(held.row.plan, identity=found) if found else None)
    part.form.button("Enregistrer l’identité", _save_identity, part, primary=True)


def _save_identity(token: str, part: Part) -> None:
    found, problems = read_identity(editing.typed(part.form, IDENTITY_FIELDS), part.held.key.region)
    if found is None:
        part.form.refuse(problems)
        return
    part.sent(part.form.send(
        token, confirming(part, "Identité enregistrée."), actions.save_identity, part.held.key, found,
        part.seen_version(), part.form.text(WHY),
    ))  # fmt: skip


def open_new(region: str, chantiers: Mapping[str, str], usual: str) -> None:
    """A new action of a region. usual: the chantier proposed first."""
    form = Form(f"{SCREEN}_ouvrir_{region}")
    form.show()
    if form.key("titre") not in st.session_state:
        form.fill(chantier=usual)
    fields.identity(form, chantiers)
    page.note("Le titre et le chantier suffisent pour ouvrir l’action ; le reste se complète ensuite, à son rythme.")
    form.button("Ouvrir l’action", _open, form, region, primary=True)


def _open(token: str, form: Form, region: str) -> None:
    names = [name for name in IDENTITY_FIELDS if name != "guide"]
    found, problems = read_identity(editing.typed(form, names), region)
    if found is None:
        form.refuse(problems)
        return
    opened = form.send(token, lambda key: f"Action {key} ouverte.", actions.open_action, region, found)
    if opened.done and opened.value:
        form.fill(**dict.fromkeys(names, ""))
        flash.say(f"{SCREEN}_{opened.value}", st.session_state.pop(form.key("fait"), ""))
        st.session_state[f"{SCREEN}_action"] = str(opened.value.number)
