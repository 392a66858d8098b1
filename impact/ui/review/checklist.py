"""What a reviewer says to have checked in the evidence, and what they had before them when they opened the figure."""

from collections.abc import Iterable

import streamlit as st

from impact.figures import Cell
from impact.formats import capital
from impact.queries.evidence import Attached
from impact.queries.views import EntryView
from impact.rules.evidence import CHECKS, checked
from impact.services.readings import Reading
from impact.ui import page
from impact.ui.readings import moved

_SEEN = "validation_vus"
"""Session: (Entry.evidence, Entry.version) of each figure as it stood when it was opened, by cell."""


def name_of(cell: Cell) -> str:
    return "_".join(cell)


def key(cell: Cell, check: str) -> str:
    return f"validation_lu_{name_of(cell)}_{check}"


def note_key(cell: Cell) -> str:
    return f"validation_note_{name_of(cell)}"


def has_evidence(view: EntryView) -> bool:
    return bool(view.evidence or view.evidence_link)


def draw(view: EntryView, attached: Attached) -> None:
    """The boxes and the note, kept while other figures are opened; what changed under the reader comes first."""
    _say_what_moved(view, attached)
    st.html('<p class="imp-note" id="controle">Contrôlé dans la pièce, une ligne au moins :</p>')
    for check, words in CHECKS.items():
        st.checkbox(capital(words), key=key(view.cell, check), persist_state="page")
    st.text_area(
        "Note de lecture (facultative)", key=note_key(view.cell), height=68, max_chars=800, persist_state="page"
    )


def _say_what_moved(view: EntryView, attached: Attached) -> None:
    evidence, version = _seen().setdefault(view.cell, (view.evidence, view.version))
    if (evidence, version) == (view.evidence, view.version):
        return
    titles = [(piece.number, piece.title) for piece in attached.pieces]
    said = moved(evidence, view.evidence, view.region, titles)
    also = "le chiffre lui-même a changé" if version != view.version else ""
    told = " ; ".join(filter(None, (said, also)))
    page.warn(f"Depuis que vous l’avez ouvert : {told}. Relisez avant de cocher.")
    st.button(
        "J’ai vu ce qui a changé", key=f"validation_revu_{name_of(view.cell)}", on_click=forget, args=([view.cell],)
    )


def reading(view: EntryView) -> Reading | None:
    """What the boxes and the note say; None where they say nothing, and the evidence is not said to be read."""
    state, cell = st.session_state, view.cell
    ticked = [check for check in CHECKS if state.get(key(cell, check))]
    note = str(state.get(note_key(cell)) or "")
    if not ticked and not note.strip():
        return None
    return Reading(checked(ticked, note), *_seen().get(cell, (view.evidence, view.version)))


def forget(cells: Iterable[Cell]) -> None:
    """Once it is recorded, or the evidence is another one: nothing is ticked in advance."""
    for cell in cells:
        _seen().pop(cell, None)
        for widget in (*(key(cell, check) for check in CHECKS), note_key(cell)):
            st.session_state.pop(widget, None)


def _seen() -> dict[Cell, tuple[str, int]]:
    held: dict[Cell, tuple[str, int]] = st.session_state.setdefault(_SEEN, {})
    return held
