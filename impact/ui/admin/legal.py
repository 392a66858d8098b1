"""The pages that the network fills in: their text, and the form in which an administrator writes it."""

from datetime import datetime

import streamlit as st

from impact.db import reading
from impact.formats import moment
from impact.permissions import Actor, Right
from impact.queries import texts
from impact.queries.texts import LegalView
from impact.services import setup
from impact.services.texts import LONGEST, write_legal_text
from impact.ui import page
from impact.ui.admin.forms import Form
from impact.vocabulary import LegalPage

FIRST = "Texte de départ, fourni avec l’outil\u202f: le réseau ne l’a pas encore complété."


def show(actor: Actor, which: LegalPage) -> None:
    with reading() as session:
        view, demonstration = texts.legal_text(session, which), setup.is_demonstration(session)
    page.head(which.label, _sentence(view), demonstration)
    st.markdown(without_images(view.text))
    if actor.may(Right.LEGAL_TEXTS):
        _editor(view)


def _sentence(view: LegalView) -> str:
    if view.updated_at is None:
        return FIRST
    return f"Texte du réseau, mis à jour le {moment(view.updated_at)} par {view.updated_by}."


def without_images(text: str) -> str:
    """Markdown in which no picture is drawn: a remote one would tell another server who reads. Links stay."""
    return text.replace("![", "&#33;[")


def _editor(view: LegalView) -> None:
    form = Form(view.page.value)
    form.show()
    with st.expander("Modifier ce texte"):
        st.text_area(
            "Texte (Markdown)", view.text, height=480, max_chars=LONGEST, key=form.key("texte"),
            help="## Titre, **gras**, - liste, [texte](https://adresse). Les images ne sont pas affichées.",
        )  # fmt: skip
        form.button("Enregistrer le texte", _save, form, view.page, view.updated_at, primary=True)


def _save(token: str, form: Form, which: LegalPage, seen_at: datetime | None) -> None:
    form.send(token, lambda _: "Texte enregistré.", write_legal_text, which, form.text("texte"), seen_at)
