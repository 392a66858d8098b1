"""How a piece is described: the fields of its form, kept while one is elsewhere in the product."""

from collections.abc import Mapping

import streamlit as st

from impact.formats import capital, short_date
from impact.queries.evidence import PieceView
from impact.rules.evidence import PIECE_FIELDS
from impact.ui import page
from impact.vocabulary import Confidentiality, EvidenceKind

ASKING = (EvidenceKind.SURVEY.value, EvidenceKind.STUDY.value)
"""Kinds in which people were asked, and some answered."""
_MORE = ("motif", "maniere", "laquelle", "aussi")
"""What the panels ask beside the description."""
_REACH = {
    Confidentiality.NETWORK.value: "Le réseau, quand le chiffre est validé",
    Confidentiality.NATIONAL.value: "Le bureau national seul",
}


def key(place: str, name: str) -> str:
    return f"{place}_{name}"


def fill(place: str, texts: Mapping[str, str]) -> None:
    """Put texts into the fields, about to be drawn."""
    for name, text in texts.items():
        st.session_state[key(place, name)] = text


def empty(place: str) -> None:
    """The form is done with."""
    for name in (*PIECE_FIELDS, *_MORE):
        st.session_state.pop(key(place, name), None)


def texts(place: str, *names: str) -> dict[str, str]:
    """What the fields say, as rules.evidence.read_piece takes it; of those that are drawn."""
    drawn = ["type", "titre", "confidentialite", "date", "auteur", "population", *names]
    if st.session_state.get(key(place, "type")) in ASKING:
        drawn += ["interroges", "repondants"]
    return {name: str(st.session_state.get(key(place, name)) or "") for name in drawn}


def of(piece: PieceView) -> dict[str, str]:
    """What a piece says by now, to be corrected."""
    now = piece.now
    said = {
        "type": piece.kind.value, "titre": piece.title, "confidentialite": piece.confidentiality.value,
        "lien": now.link, "date": short_date(now.document_date) if now.document_date else "", "auteur": now.author,
        "population": now.population,
    }  # fmt: skip
    counts = {"interroges": now.asked, "repondants": now.respondents}
    return {**said, **{name: "" if count is None else str(count) for name, count in counts.items()}}


def naming(place: str, *, titled: bool = True, hint: str = "") -> None:
    """Kind, title, and who may open it: what may be corrected of a piece without replacing it."""
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        st.selectbox(
            "Type de pièce", [kind.value for kind in EvidenceKind], index=None, key=key(place, "type"),
            placeholder="Choisir", filter_mode=None, persist_state="session",
            format_func=lambda code: capital(EvidenceKind(code).label),
        )  # fmt: skip
    if titled:
        with right:
            _text(place, "titre", "Titre", hint)
    reach(place)
    page.note("Une liste où l’on reconnaît des personnes reste au bureau national.")


def reach(place: str) -> str | None:
    """Who may open it; None until it is said."""
    return st.radio(
        page.typeset("Confidentialité : qui l’ouvre, outre la région"), list(_REACH), index=None, horizontal=True,
        key=key(place, "confidentialite"), format_func=_REACH.__getitem__, persist_state="session",
    )  # fmt: skip


def contents(place: str) -> None:
    """What the document itself says of its day, its author and whom it covers."""
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        _text(place, "date", "Date du document", "JJ/MM/AAAA")
    with right:
        _text(place, "auteur", "Auteur")
    _text(place, "population", "Population couverte")
    if st.session_state.get(key(place, "type")) in ASKING:
        left, right = st.columns(2, vertical_alignment="bottom")
        with left:
            _text(place, "interroges", "Personnes ou structures interrogées")
        with right:
            _text(place, "repondants", "Réponses reçues")


def link(place: str, label: str = "Adresse du document") -> None:
    _text(place, "lien", label, "https://")


def reason(place: str, label: str) -> None:
    _text(place, "motif", label)


def _text(place: str, name: str, label: str, placeholder: str = "") -> None:
    st.text_input(
        page.typeset(label), key=key(place, name), placeholder=placeholder, autocomplete="off", persist_state="session"
    )
