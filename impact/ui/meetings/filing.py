"""The documents of a meeting: a file or a link, for everybody who is signed in; added and withdrawn by the office."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from impact.documents.receiving import Received
from impact.errors import AlreadyDone, Problem
from impact.rules.meetings import LONGEST_TITLE
from impact.services import meetings
from impact.ui import editing, flash, page, tokens
from impact.ui.admin.forms import Form
from impact.ui.guard import Outcome, act, tell
from impact.ui.meetings.known import SCREEN, Opened
from impact.ui.pieces import files
from impact.ui.pieces.acts import with_files

FILE, LINK = "fichier", "lien"
WAYS = {FILE: "Un fichier", LINK: "Un lien"}


def add(held: Opened) -> None:
    form = Form(f"{SCREEN}_document_{held.row.number}")
    flash.show(form.name)
    with editing.panel("Ajouter un document", form) as is_open:
        if is_open:
            _add(form, held.row.number)


def _add(form: Form, meeting: int) -> None:
    way = st.radio(
        "Que joignez-vous ?", list(WAYS), format_func=WAYS.__getitem__, key=form.key("maniere"), horizontal=True,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    sent: Sequence[Any] = ()
    if way == FILE:
        sent = files.choose(form.name, several=False)
    else:
        editing.line(form, "lien", "adresse du document", hint="https://")
    editing.line(form, "titre", "titre", most=LONGEST_TITLE)
    page.note("Toutes les personnes qui ont un compte pourront l’ouvrir.")
    if st.button("Ajouter le document", key=form.key("envoyer"), type="primary"):
        _store(form, meeting, sent, form.text("lien").strip() if way == LINK else "", way)


def _store(form: Form, meeting: int, sent: Sequence[Any], link: str, way: str) -> None:
    title = form.text("titre").strip()
    token = tokens.held(form.name, title, link, [file.file_id for file in sent])
    problems = [Problem("« fichier » : choisissez un fichier.")] if way == FILE and not sent else []
    problems += [] if title else [Problem("« titre » : dites ce que c’est.")]

    def put(sound: Sequence[Received]) -> Outcome[int]:
        stored = sound[0] if sound else None
        return act(meetings.add_document, meeting, title, stored=stored, link=link, token=token)

    outcome = with_files(sent, problems, put)
    if not outcome.done and not isinstance(outcome.error, AlreadyDone):
        tell(outcome)
        return
    flash.say(form.name, f"« {title} » est parmi les documents de la rencontre.")
    files.let_go(form.name, sent)
    for name in ("titre", "lien"):
        st.session_state.pop(form.key(name), None)
    tokens.renew(form.name)
    st.rerun()


def withdraw(held: Opened) -> None:
    """One of those that are there; it stays in history, with why it left."""
    form = Form(f"{SCREEN}_document_retirer_{held.row.number}")
    form.show()
    names = {str(one.number): one.title for one in held.row.documents if not one.is_withdrawn}
    if not names:
        return
    with editing.panel("Retirer un document", form) as is_open:
        if is_open:
            editing.choice(form, "document", "document", names)
            editing.line(form, "motif", "motif du retrait, gardé dans l’historique", most=1_000)
            form.button("Retirer le document", _withdraw, form, held.row.number)


def _withdraw(token: str, form: Form, meeting: int) -> None:
    number = form.text("document")
    if not number:
        form.refuse([Problem("« document » : choisissez celui à retirer.")])
        return
    sent = form.send(
        token, lambda _: "Document retiré.", meetings.withdraw_document, meeting, int(number), form.text("motif")
    )
    if sent.done:
        form.fill(document=None, motif="")
        editing.close(form)
