"""What the national office does with figures: validate, return, reopen; and the sentence that says it was done."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from impact.errors import AlreadyDone
from impact.figures import Cell
from impact.formats import counted, period_name
from impact.queries.reviews import ReviewItem
from impact.queries.views import EntryView
from impact.services import reviews
from impact.services.readings import Reading
from impact.ui import flash, page, tokens
from impact.ui.guard import Outcome, act, tell
from impact.ui.readings import graded, step
from impact.ui.review import checklist, queue
from impact.ui.review.checklist import has_evidence

PLACE = "validation"
REASON, REOPEN_REASON = "validation_motif", "validation_motif_reouverture"
_EMPTY = "validation_vider"
"""Session: a reason field whose text was used, to be emptied before it is drawn again."""


def validate(items: Sequence[ReviewItem], following: ReviewItem | None = None) -> None:
    """All or none, with what was checked in the evidence of those that were opened; then the next figure opens."""
    cells, readings = cells_of(items), read_ones(items)
    token = tokens.held(PLACE, "validate", cells, readings)
    outcome = act(reviews.validate, cells, readings=readings, seen=queue.shown_before(cells), token=token)
    if outcome.done:
        checklist.forget(cells)
    told = f"{counted(len(items), 'chiffre validé', 'chiffres validés')} : {named(items)}."
    _finish(outcome, f"{told}{_proven(items, readings)}", following)


def read_ones(items: Iterable[ReviewItem]) -> dict[Cell, Reading]:
    """Of these figures, those whose evidence this reviewer says to have read; never their own."""
    said = (
        (item.view.cell, checklist.reading(item.view)) for item in items if item.may_read and has_evidence(item.view)
    )
    return {cell: reading for cell, reading in said if reading}


def _proven(items: Sequence[ReviewItem], readings: Mapping[Cell, Reading]) -> str:
    """« Pièce relue : F2 documenté → F3 relu. », « Pièce relue pour 2 d’entre eux. »"""
    if not readings:
        return ""
    if len(items) > 1:
        return f" Pièce relue pour {len(readings)} d’entre eux."
    [view] = [item.view for item in items]
    return (
        f" Pièce relue : {step(view.reliability, graded(view, is_read=True, verified=view.verified_on is not None))}."
    )


def send_back(items: Sequence[ReviewItem], reason: str) -> None:
    cells = cells_of(items)
    outcome = act(reviews.send_back, cells, reason, token=tokens.held(PLACE, "send_back", cells, reason))
    many = counted(len(items), "chiffre retourné", "chiffres retournés")
    _finish(outcome, f"{many} avec le motif « {reason.strip()} » : {named(items)}.")


def reopen(view: EntryView, region_name: str, reason: str) -> None:
    token = tokens.held(PLACE, "reopen", view.cell, reason)
    outcome = act(reviews.reopen_entry, view.cell, reason, token=token)
    place = f"{view.indicator}, {region_name}, {period_name(view.period)}"
    said = f"{place} est rouvert : la région peut le corriger et le soumettre."
    _finish(outcome, said)


def _finish(outcome: Outcome[Any], sentence: str, following: ReviewItem | None = None) -> None:
    """After a double click the first sending has said it already."""
    again = isinstance(outcome.error, AlreadyDone)
    if not outcome.done and not again:
        tell(outcome)
        return
    if not again:
        flash.say(PLACE, sentence)
    queue.open_figure(following)
    st.session_state[_EMPTY] = True
    tokens.renew(PLACE)
    st.rerun()


def empty_reasons() -> None:
    """Before the fields are drawn: reasons that were sent are not offered again."""
    if st.session_state.pop(_EMPTY, False):
        st.session_state[REASON] = st.session_state[REOPEN_REASON] = ""


def cells_of(items: Sequence[ReviewItem]) -> list[Cell]:
    return [item.view.cell for item in items]


def named(items: Sequence[ReviewItem]) -> str:
    """« FOR-01 et FOR-02 (Picardie, T3), PRE-03 (Midi-Pyrénées, T3) »"""
    sheets: dict[str, list[str]] = {}
    for item in items:
        sheets.setdefault(f"{item.region_name}, {item.period.short}", []).append(item.view.indicator)
    return " ; ".join(f"{', '.join(codes)} ({sheet})" for sheet, codes in sheets.items())


def many(items: Sequence[ReviewItem]) -> None:
    """The row of acts on the figures chosen."""
    count = counted(len(items), "chiffre choisi", "chiffres choisis")
    with st.container(horizontal=True, vertical_alignment="center", key="validation_ensemble"):
        if not items:
            page.note("Cochez des chiffres pour les valider ou les retourner ensemble ; ouvrez-en un pour le lire.")
            return
        if st.button(f"Valider ({count})", key="validation_valider"):
            validate(items)
        with st.popover("Retourner aux régions", key="validation_retour"):
            reason = st.text_area("Motif, que les régions liront", key=REASON, height=80)
            if st.button("Retourner", key="validation_retourner"):
                send_back(items, reason)
        if read := len(read_ones(items)):
            page.note(f"dont {counted(read, 'relu avec sa pièce', 'relus avec leur pièce')}")
