"""The national office's forms of a meeting: held, changed, who comes."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from impact.errors import Problem
from impact.formats import counted, short_date
from impact.rules.meetings import held as rules
from impact.rules.milestones import MilestoneRow, read_statement
from impact.services import meetings, milestones
from impact.ui import editing, flash, page
from impact.ui.admin.forms import Form
from impact.ui.editing import Sheet
from impact.ui.meetings.known import SCREEN, Known, Opened, go
from impact.vocabulary import MilestoneState

FIELDS = ("theme", "date", "lieu", "ordre_du_jour")
CHOSEN = "chantiers"
HELD = {MilestoneState.REACHED.value: "Elle s’est tenue", MilestoneState.ABANDONED.value: "Elle est abandonnée"}
NEW = Form(f"{SCREEN}_creer")


def create(known: Known) -> None:
    NEW.show()
    with editing.panel("Créer une rencontre", NEW) as is_open:
        if is_open:
            page.note("Sa date prévue ne changera plus : si elle est déplacée, l’écart se lira à côté.")
            _fields(NEW, known)
            NEW.button("Créer la rencontre", _create, tuple(known.chantiers), primary=True)


def change(held: Opened, known: Known) -> None:
    form = Form(f"{SCREEN}_modifier_{held.row.number}")
    form.show()
    with editing.panel("Modifier la rencontre", form) as is_open:
        if is_open:
            sheet = _sheet(form, held)
            editing.prepare(sheet)
            _fields(form, known)
            editing.line(form, "motif", f"{rules.LABELS['motif']} (s’il change)", most=rules.LONGEST["motif"])
            form.button("Enregistrer", _change, sheet, held.row.number, tuple(known.chantiers), primary=True)


def attend(held: Opened, known: Known) -> None:
    """Everybody who comes, one a line: quick to type, and a column pasted from a spreadsheet does."""
    form = Form(f"{SCREEN}_participants_{held.row.number}")
    form.show()
    with editing.panel("Modifier les participants", form) as is_open:
        if is_open:
            stored = {"participants": rules.participants_text(held.row.participants, known.regions)}
            sheet = Sheet(form, stored, rules.LABELS, held.row.version, held.row.set_by)
            editing.prepare(sheet)
            editing.lines(
                form, "participants", "une personne par ligne : nom ; région ; rôle", height=220,
                hint="Claire Dumont ; Midi-Pyrénées ; animatrice", most=40_000,
            )  # fmt: skip
            page.note(_understood(form.text("participants"), known.regions))
            form.button("Enregistrer les participants", _attend, sheet, held.row.number, known.regions, primary=True)


def tell(held: Opened, known: Known) -> None:
    """That it took place, or will not."""
    form = Form(f"{SCREEN}_tenue_{held.row.number}")
    form.show()
    with editing.panel("Dire qu’elle s’est tenue, ou qu’elle est abandonnée", form) as is_open:
        if is_open:
            left, right = st.columns(2)
            with left:
                editing.choice(form, "etat", "ce qu’il en est", HELD)
            with right:
                editing.day(form, "prevision", "tenue le")
            editing.line(form, "motif", "motif (sauf si elle s’est tenue)", most=1_000)
            form.button("Enregistrer ce qu’il en est", _tell, form, held.row.milestone, known.today, primary=True)


def _tell(token: str, form: Form, stone: MilestoneRow, today: date) -> None:
    draft, problems = read_statement(editing.typed(form, ("etat", "prevision", "motif")), today)
    if draft is None:
        form.refuse(problems)
        return
    said = HELD[draft.state.value]
    sent = form.send(
        token, lambda _: f"C’est noté : {said[0].lower()}{said[1:]}.", milestones.forecast, stone.region, stone.number,
        draft.state, draft.day, draft.reason, stone.seen_number,
    )  # fmt: skip
    if sent.done:
        form.fill(etat=None, prevision="", motif="")
        editing.close(form)


def _sheet(form: Form, held: Opened) -> Sheet:
    said = {**rules.meeting_fields(held.row.said), CHOSEN: ",".join(held.row.said.chantiers)}
    stored = {name: said[name] for name in (*FIELDS, CHOSEN)}
    return Sheet(form, stored, rules.LABELS, held.row.version, held.row.set_by, frozenset({CHOSEN}))


def _fields(form: Form, known: Known) -> None:
    editing.line(form, "theme", rules.LABELS["theme"], most=rules.LONGEST["theme"])
    left, middle, right = st.columns([2, 1, 2])
    with left:
        editing.choices(form, CHOSEN, rules.LABELS["chantiers"], known.chantiers, none="Un ou plusieurs")
    with middle:
        editing.day(form, "date", rules.LABELS["date"])
    with right:
        editing.line(form, "lieu", rules.LABELS["lieu"], most=rules.LONGEST["lieu"])
    editing.lines(
        form, "ordre_du_jour", rules.LABELS["ordre_du_jour"], height=160, most=rules.LONGEST["ordre_du_jour"],
        hint="Un point par ligne",
    )  # fmt: skip


def _understood(text: str, regions: Mapping[str, str]) -> str:
    people, problems = rules.read_participants(_lines(text), regions)
    if problems:
        return str(problems[0])
    if not people:
        return "Personne n’est encore inscrit."
    named = {one.region for one in people if one.region}
    return f"Compris : {counted(len(people), 'personne')}, {counted(len(named), 'région')}."


def _lines(text: str) -> str:
    """Cells pasted from a spreadsheet come apart by tabs."""
    return text.replace("\t", " ; ")


def _read(
    form: Form, chantiers: tuple[str, ...], *more: str
) -> tuple[rules.MeetingDraft | None, list[Problem]]:  # fmt: skip
    return rules.read_meeting(editing.typed(form, (*FIELDS, *more)), form.value(CHOSEN) or (), chantiers)


def _create(token: str, chantiers: tuple[str, ...]) -> None:
    draft, problems = _read(NEW, chantiers)
    if draft is None:
        NEW.refuse(problems)
        return
    sent = NEW.send(token, lambda number: f"Rencontre {number} créée.", meetings.hold_meeting, draft, "")
    if sent.done and sent.value:
        NEW.fill(**dict.fromkeys(FIELDS, ""), **{CHOSEN: []})
        editing.close(NEW)
        st.session_state.pop(NEW.key("fait"), None)
        flash.say(SCREEN, f"Rencontre {sent.value} créée : inscrivez-y les participants et les documents.")
        go(rencontre=str(sent.value))


def _change(token: str, sheet: Sheet, number: int, chantiers: tuple[str, ...]) -> None:
    form = sheet.form
    draft, problems = _read(form, chantiers, "motif")
    if draft is not None and not draft.reason and short_date(draft.day) != sheet.stored["date"]:
        problems.append(Problem(f"« {rules.LABELS['motif']} » : dites pourquoi la date est déplacée.", "motif"))
    if draft is None or problems:
        form.refuse(problems)
        return
    said = "Rencontre modifiée."
    editing.end(sheet, form.send(token, lambda _: said, meetings.change_meeting, number, draft, sheet.seen, ""))


def _attend(token: str, sheet: Sheet, number: int, regions: Mapping[str, str]) -> None:
    form = sheet.form
    people, problems = rules.read_participants(_lines(form.text("participants")), regions)
    if problems:
        form.refuse(problems)
        return
    said = f"{counted(len(people), 'participant inscrit', 'participants inscrits')}."
    editing.end(sheet, form.send(token, lambda _: said, meetings.set_participants, number, people, sheet.seen, ""))
