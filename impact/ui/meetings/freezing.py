"""The form that freezes a comparison: which actions, over which days."""

from datetime import date

import streamlit as st

from impact.actions import ActionKey
from impact.confrontation import FEWEST, MOST, action_key
from impact.formats import short_date
from impact.rules.fields import Fields
from impact.services import snapshots
from impact.ui import editing, flash, page
from impact.ui.admin.forms import Form
from impact.ui.meetings.known import CONFRONTING, SCREEN, Known, Opened, go

LABELS = {"titre": "titre", "du": "du", "au": "au"}
LONGEST_TITLE = 160


def draw(held: Opened, known: Known) -> None:
    form = Form(f"{SCREEN}_figer_{held.row.number}")
    form.show()
    with editing.panel("Confronter des démarches", form) as is_open:
        if not is_open:
            return
        if len(known.actions) < FEWEST:
            page.empty(
                "Il faut au moins deux actions dont le plan est validé : validez des plans d’action, elles seront "
                "proposées ici."
            )
            return
        page.note(
            f"De {FEWEST} à {MOST} actions dont le plan est validé, sur leurs chiffres validés. Ce qui est arrêté ne "
            "change plus : les corrections à venir se liront en dessous."
        )
        _fields(form, held, known)
        form.button("Arrêter la confrontation", _freeze, form, held.row.number, primary=True)


def _fields(form: Form, held: Opened, known: Known) -> None:
    defaults = {
        "titre": held.row.said.theme[:LONGEST_TITLE],
        "du": short_date(known.start),
        "au": short_date(known.today),
    }
    for name, text in defaults.items():
        st.session_state.setdefault(form.key(name), text)
    editing.choices(form, "actions", "actions", known.actions, none=f"{FEWEST} à {MOST} actions", most=MOST)
    left, middle, right = st.columns([3, 1, 1])
    with left:
        editing.line(form, "titre", LABELS["titre"], most=LONGEST_TITLE)
    with middle:
        editing.day(form, "du", LABELS["du"])
    with right:
        editing.day(form, "au", LABELS["au"])


def _freeze(token: str, form: Form, meeting: int) -> None:
    reading = Fields(editing.typed(form, tuple(LABELS)), LABELS)
    start, end, title = reading.day("du"), reading.day("au"), reading.text("titre", LONGEST_TITLE)
    for name, found in (("du", start), ("au", end)):
        if found is None and not reading.is_refused(name):
            reading.refuse(name, "donnez un jour.")
    keys = [action_key(code) for code in form.value("actions") or ()]
    if len(keys) < FEWEST:
        reading.refuse("actions", f"choisissez de {FEWEST} à {MOST} actions.")
    if reading.problems:
        form.refuse(reading.problems)
        return
    _send(token, form, meeting, title, keys, start or date.min, end or date.max)


def _send(token: str, form: Form, meeting: int, title: str, keys: list[ActionKey], start: date, end: date) -> None:
    sent = form.send(token, lambda _: "Confrontation arrêtée.", snapshots.freeze, meeting, title, keys, (start, end))
    if sent.done:
        form.fill(actions=[])
        editing.close(form)
        st.session_state.pop(form.key("fait"), None)
        flash.say(SCREEN, "Confrontation arrêtée : ses chiffres ne changeront plus.")
        go(rencontre=str(meeting), partie=CONFRONTING, arrete=str(sent.value))
