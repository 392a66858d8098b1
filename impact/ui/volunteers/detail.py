"""One message: what the person wrote, as plain text whatever it holds, and what the team makes of it."""

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from impact.formats import moment, short_date
from impact.queries.offers import OfferRow
from impact.services import offers
from impact.services.offers import LONGEST_NOTE
from impact.ui import flash, page, tables
from impact.ui.admin.forms import Form
from impact.ui.tables import Column
from impact.ui.volunteers.known import OPENED, SCREEN, Known, address
from impact.ui.volunteers.listing import state_text
from impact.vocabulary import OfferState

FACTS = (Column("name", "", row_header=True), Column("value", "", html=True))


def draw(row: OfferRow, known: Known) -> None:
    back = tables.link(address(), "← Tous les messages")
    page.html(
        Markup('<p class="imp-note imp-way-back">{}</p>').format(back),
        Markup('<blockquote class="imp-claim imp-words">{}</blockquote>').format(row.message),
        _facts(row, known),
    )
    _answer(row)
    _erasing(row)


def _facts(row: OfferRow, known: Known) -> Markup:
    said = {
        "Nom": row.name,
        "Adresse": row.email,
        "Région": known.place(row),
        "Chantier": known.chantier(row),
        "Reçu le": moment(row.received_at),
        "État": state_text(row.state),
        "Note": Markup('<span class="imp-words">{}</span>').format(row.note) if row.note else "",
        "Par": f"{row.handled_by}, le {moment(row.handled_at)}" if row.handled_at else "",
        "Effacé de lui-même le": short_date(row.erase_on),
    }
    items = Markup().join(
        Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(name, value)
        for name, value in said.items()
        if value
    )
    return Markup('<table class="imp-table imp-facts"><tbody>{}</tbody></table>').format(items)


def _answer(row: OfferRow) -> None:
    """Keys bear what was seen: what a colleague wrote meanwhile is read before it is written over."""
    form = Form(f"volontaires_repondre_{row.number}")
    page.section(
        "Répondre",
        "Écrivez à la personne depuis votre messagerie, à l’adresse ci-dessus ; notez ici ce qui a été fait. "
        "Votre note sera effacée avec le message.",
    )
    form.show()
    if not st.session_state.get(form.key("ouvert")):
        form.fill(note=row.note, ouvert=True)
    st.text_area("Note", key=form.key("note"), max_chars=LONGEST_NOTE, height=100)
    left, right, _ = st.columns([2, 2, 5])
    with left:
        _button(form, "suivre", "Marquer suivi", OfferState.TAKEN_UP, row)
    with right:
        _button(form, "clore", "Clore", OfferState.CLOSED, row)


def _button(form: Form, name: str, label: str, state: OfferState, row: OfferRow) -> None:
    st.button(
        label, key=form.key(name), on_click=_send, width="stretch",
        type="primary" if state is OfferState.TAKEN_UP else "secondary",
        args=(form.token(), form, state, row.number, row.handled_at),
    )  # fmt: skip


def _send(token: str, form: Form, state: OfferState, number: int, seen_at: datetime | None) -> None:
    said = "Message marqué suivi." if state is OfferState.TAKEN_UP else "Message clos."
    form.send(token, lambda _: said, offers.answer, number, state, form.text("note"), seen_at)


def _erasing(row: OfferRow) -> None:
    form = Form(f"volontaires_effacer_{row.number}")
    with st.expander("Effacer à la demande de la personne", key=form.key("volet")):
        form.show()
        page.note(
            "Son nom, son adresse, son message et votre note disparaissent pour de bon ; l’historique garde seulement "
            f"« message n° {row.number} effacé », avec votre nom. Sinon, tout s’efface le {short_date(row.erase_on)}."
        )
        sure = st.checkbox("La personne le demande, par ce message ou autrement", key=form.key("sur"))
        st.button(
            "Effacer ce message", key=form.key("envoyer"), on_click=_erase, args=(form.token(), form, row.number),
            disabled=not sure,
        )  # fmt: skip


def _erase(token: str, form: Form, number: int) -> None:
    """The list is what is left to see."""
    if form.value("sur") and form.send(token, lambda _: "", offers.erase, number).done:
        flash.say(SCREEN, f"Message n° {number} effacé.")
        del st.query_params[OPENED]
