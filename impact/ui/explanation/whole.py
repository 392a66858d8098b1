"""The page of one explanation: the number, how it was computed, what stands behind it, and the address to share."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from impact.formats import at_least, capital, moment
from impact.presentation.explaining import Explanation
from impact.presentation.questions import Kind, Question
from impact.proof import GRADES
from impact.settings import Settings
from impact.ui import page, tables
from impact.ui.admin import words
from impact.ui.explanation import proven
from impact.ui.explanation.drawing import body, paragraph
from impact.ui.explanation.reading import OF_FIGURES, Told
from impact.ui.sheet.locked import stored
from impact.ui.sheet.reference import facts
from impact.ui.tables import Column


def show(held: Told) -> None:
    one = held.explanation
    st.space("small")
    st.html(Markup('<p class="imp-number">{}</p>').format(page.typeset(one.number)))
    page.note(f"{capital(one.title)}.")
    if held.question.kind in OF_FIGURES:
        page.html(levels(held.question))
    page.section("Comment il est calculé")
    _draw(one)
    _stored(held)
    for behind in one.behind:
        page.section("Le réalisé", page.typeset(f"{behind.subject} : {behind.title}."))
        _draw(behind)
    page.section("Partager", "La même explication s’ouvre à cette adresse, pour qui peut voir ce nombre.")
    address = f"{Settings.from_env().public_url}/{held.question.address}"
    st.html(Markup('<p class="imp-address">{}</p>').format(address))
    where, back = home(held)
    st.html(Markup('<p class="imp-lead">{}</p>').format(tables.link(back, where)))


def levels(question: Question) -> Markup:
    """The same number from each proof level on: « and if we only keep what is proven? »"""
    links = (
        Markup('<a href="{}" target="_self"{}>{}</a>').format(
            replace(question, min_proof=level).address,
            Markup(' aria-current="true"') if level == question.min_proof else "",
            at_least(level) if level else "F0 déclaré (tous)",
        )
        for level in range(GRADES)
    )
    return Markup('<nav class="imp-levels" aria-label="{0}">{0}\u202f: {1}</nav>').format(
        "Niveau de preuve minimal", Markup(" · ").join(links)
    )


def way_out() -> None:
    """Below a refusal."""
    st.html(Markup('<p class="imp-lead">{}</p>').format(tables.link("accueil", "Revenir à l’accueil")))


def _draw(one: Explanation) -> None:
    st.html(Markup('<div class="imp-explain imp-whole">{}</div>').format(Markup().join(body(one, hands=True))))


def _stored(held: Told) -> None:
    """Of one figure: everything that it says, what surprises in it, and what became of it."""
    if held.view is None or held.definition is None:
        return
    page.section("Ce qui est enregistré")
    facts(stored(held.definition, held.view), "Ce qui est enregistré")
    if proof := proven.markup(held.view, held.proof):
        page.section(
            "Sa preuve",
            "D’où il vient, qui a relu sa source, qui l’a vérifié.",
            Markup('<div class="imp-explain imp-whole">{}</div>').format(proof),
        )
    if held.warnings:
        page.section("Ce qui surprend", "Un avertissement demande un commentaire, il n’efface rien.")
        st.html(Markup().join(paragraph(capital(text)) for text in held.warnings))
    if held.steps:
        page.section("Son histoire")
        st.html(_steps(held))


STEPS = (
    Column("when", "Quand"),
    Column("who", "Qui"),
    Column("what", "Quoi", row_header=True),
    Column("changes", "Ce qui a changé, et pourquoi", html=True),
)


def _steps(held: Told) -> Markup:
    assert held.names is not None
    rows = []
    for who, fact in held.steps:
        reason = [page.typeset(f"« {fact.reason} »")] if fact.reason else []
        changed = [page.typeset(str(change)) for change in words.changes(fact, held.names)]
        told = Markup('<div class="imp-changes">{}</div>').format(Markup("<br>").join([*reason, *changed]))
        rows.append({"when": moment(fact.at), "who": who, "what": words.action(fact.action), "changes": told})
    return tables.table(STEPS, rows, "Histoire du chiffre")


def home(held: Told) -> tuple[str, str]:
    """The screen where the number lives: its name and its address, with the same filters."""
    asked = held.question
    level = ("preuve", f"F{asked.min_proof}" if asked.min_proof else "")
    if asked.region:
        window = [*_window(held), level] if asked.kind is not Kind.FIGURE else []
        chantier = asked.chantier or (held.definition.chantier if held.definition else "")
        filters = [("region", asked.region), ("chantier", chantier), *window]
        return f"Revenir à la région {held.region_name}", _address("region", filters)
    filters = [
        ("chantier", asked.chantier),
        *_window(held),
        level,
    ]
    return "Revenir à la vue nationale", _address("vue_nationale", filters)


def _window(held: Told) -> list[tuple[str, str]]:
    """The filter of periods offers those of today's campaign, and the other campaigns whole."""
    asked = held.question
    period = asked.period if held.campaign == held.current else held.campaign
    return [("periode", period), ("chiffres", "provisoires" if asked.provisional else "")]


def _address(screen: str, filters: list[tuple[str, str]]) -> str:
    said = {name: code for name, code in filters if code}
    return f"{screen}?{urlencode(said)}" if said else screen
