"""A region's own word on a term: three choices and why; the national office may speak on a region's behalf."""

import streamlit as st

from impact.formats import NARROW, capital
from impact.permissions import Actor, Right
from impact.rules.lexicon import LONGEST_COMMENT, Term
from impact.services import lexicon
from impact.ui import page
from impact.ui.admin.forms import Form
from impact.ui.catalogue.known import SCREEN
from impact.ui.lexicon.known import Known
from impact.vocabulary import STANCE_SIGNS, Stance

REGION = f"{SCREEN}_region"


def draw(term: Term, known: Known, actor: Actor) -> None:
    """Nothing for readers; on a retired term, what became of a word sent too late."""
    if term.retired:
        for region in known.regions:
            _named(term, region).show()
        return
    if not known.regions:
        return
    if not actor.may(Right.READ_ALL):
        _form(term, known)
        return
    page.section("Au nom d’une région", "Quand une région s’est prononcée ailleurs : l’historique dit qui a écrit.")
    with st.expander("Prendre position au nom d’une région", key=f"{SCREEN}_au_nom"):
        _form(term, known, on_behalf=True)


def _form(term: Term, known: Known, *, on_behalf: bool = False) -> None:
    region = _region(term, known)
    if not on_behalf:
        page.section(f"Votre position{NARROW}: {known.name(region)}", _state(term, known, region))
    if len(known.regions) > 1:
        st.selectbox("Région", known.regions, format_func=known.name, key=REGION, filter_mode="contains")
    form = _named(term, region)
    form.show()
    last = known.lexicon.last(term.code, region)
    current = last if last and last.version == term.version else None
    st.radio(
        "Position", list(Stance), list(Stance).index(current.stance) if current else None, key=form.key("choix"),
        format_func=lambda one: f"{STANCE_SIGNS[one]} {capital(one.label)}",
    )  # fmt: skip
    st.text_area(
        "Pourquoi (demandé pour une réserve ou un refus)", current.comment if current else "",
        key=form.key("commentaire"), max_chars=LONGEST_COMMENT, height=110,
    )  # fmt: skip
    form.button("Enregistrer la position", _send, form, term, region, last.number if last else 0, primary=not on_behalf)


def _named(term: Term, region: str) -> Form:
    return Form(f"{SCREEN}_position_{term.code}_{region}")


def _region(term: Term, known: Known) -> str:
    """The region to speak for, ahead of its widget: the one chosen, else the first that the term waits for."""
    if len(known.regions) == 1:
        return known.regions[0]
    if st.session_state.get(REGION) not in known.regions:
        waiting = [region for region in known.regions if known.lexicon.awaits(term.code, region)]
        st.session_state[REGION] = (waiting or known.regions)[0]
    return str(st.session_state[REGION])


def _state(term: Term, known: Known, region: str) -> str:
    last = known.lexicon.last(term.code, region)
    if last is None:
        return "Votre région n’a encore rien dit de ce terme."
    if last.version != term.version:
        return (
            f"Votre région a {_did(last.stance)} la version {last.version} ; la version {term.version} demande un "
            "nouvel avis."
        )
    return f"Votre région a {_did(last.stance)} cette version ; elle peut changer d’avis, l’ancien reste visible."


def _did(stance: Stance) -> str:
    return {Stance.ADOPTED: "adopté", Stance.RESERVED: "adopté avec réserve", Stance.DECLINED: "décliné"}[stance]


def _send(token: str, form: Form, term: Term, region: str, seen: int) -> None:
    chosen = form.value("choix") or ""
    form.send(
        token, lambda row: f"Position enregistrée : {Stance(row.stance).label}, version {row.term_version}.",
        lexicon.take_stance, region, term.code, str(chosen), form.text("commentaire"), term.version, seen,
    )  # fmt: skip
