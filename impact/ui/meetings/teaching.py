"""The national office's forms of what a meeting learnt: written, said better, withdrawn."""

import streamlit as st

from impact.errors import Problem
from impact.queries.meetings import LessonRow
from impact.rules.meetings import LessonDraft, lesson_fields, read_lesson
from impact.rules.meetings.lesson import LABELS, LONGEST, MOST_CLAIMS
from impact.services import meetings
from impact.ui import editing, flash
from impact.ui.admin.forms import Form
from impact.ui.editing import Sheet
from impact.ui.meetings.known import SCREEN, Opened

TEXTS = ("enseignement", "conditions", "preuve")
CLAIMS, SNAPSHOT = "affirmations", "confrontation"


def write(held: Opened) -> None:
    form = Form(f"{SCREEN}_enseignement_{held.row.number}")
    form.show()
    with editing.panel("Écrire un enseignement", form) as is_open:
        if is_open:
            _fields(form, held)
            form.button("Enregistrer l’enseignement", _write, form, held.row.number, primary=True)


def revise(held: Opened, lesson: LessonRow) -> None:
    form = Form(f"{SCREEN}_enseignement_{held.row.number}_{lesson.number}")
    form.show()
    with editing.panel(f"Modifier ou retirer l’enseignement {lesson.number}", form) as is_open:
        if is_open:
            sheet = _sheet(form, lesson)
            editing.prepare(sheet)
            _fields(form, held)
            editing.line(form, "motif", "motif, gardé dans l’historique", most=LONGEST["motif"])
            with st.container(horizontal=True):
                form.button("Enregistrer", _revise, sheet, held.row.number, lesson.number, primary=True)
                _withdrawal(form, held.row.number, lesson)


def _sheet(form: Form, lesson: LessonRow) -> Sheet:
    said = lesson_fields(lesson.said)
    stored = {name: said[name] for name in TEXTS} | {
        CLAIMS: ",".join(lesson.said.claims), SNAPSHOT: str(lesson.said.snapshot or "")
    }  # fmt: skip
    return Sheet(form, stored, LABELS, lesson.version, lesson.written_by, frozenset({CLAIMS}))


def _fields(form: Form, held: Opened) -> None:
    editing.lines(form, "enseignement", "enseignement, en une phrase", height=80, most=LONGEST["enseignement"])
    left, right = st.columns(2, gap="large")
    with left:
        editing.lines(
            form, "conditions", f"{LABELS['conditions']} : pour qui, où, à quelles conditions il vaut",
            most=LONGEST["conditions"],
        )  # fmt: skip
    with right:
        editing.lines(form, "preuve", LABELS["preuve"], most=LONGEST["preuve"])
    left, right = st.columns(2, gap="large")
    with left:
        editing.choices(form, CLAIMS, "affirmations d’impact citées", held.claims, none="Aucune", most=MOST_CLAIMS)
    with right:
        editing.choice(form, SNAPSHOT, "confrontation dont il est tiré", held.frozen, none="Aucune")


def _read(form: Form, *more: str) -> tuple[LessonDraft | None, list[Problem]]:
    snapshot = form.text(SNAPSHOT)
    return read_lesson(
        editing.typed(form, (*TEXTS, *more)), claims=form.value(CLAIMS) or (),
        snapshot=int(snapshot) if snapshot else None,
    )  # fmt: skip


def _write(token: str, form: Form, meeting: int) -> None:
    draft, problems = _read(form)
    if draft is None:
        form.refuse(problems)
        return
    sent = form.send(token, lambda number: f"Enseignement {number} enregistré.", meetings.write_lesson, meeting, draft)
    if sent.done:
        form.fill(**dict.fromkeys(TEXTS, ""), **{CLAIMS: [], SNAPSHOT: None})
        editing.close(form)


def _revise(token: str, sheet: Sheet, meeting: int, number: int) -> None:
    draft, problems = _read(sheet.form, "motif")
    if draft is None:
        sheet.form.refuse(problems)
        return
    said = f"Enseignement {number} modifié."
    sent = sheet.form.send(token, lambda _: said, meetings.revise_lesson, meeting, number, draft, sheet.seen)
    editing.end(sheet, sent)
    if sent.done:
        sheet.form.fill(motif="")


def _withdrawal(form: Form, meeting: int, lesson: LessonRow) -> None:
    going = Form(f"{form.name}_retrait")
    going.button("Le retirer", _withdraw, going, form, meeting, lesson)


def _withdraw(token: str, going: Form, form: Form, meeting: int, lesson: LessonRow) -> None:
    """For the reason typed in the form of the lesson, which tells a refusal too, and is gone once it is done."""
    said = (meeting, lesson.number, form.text("motif"), lesson.version)
    sent = going.send(token, lambda _: "", meetings.withdraw_lesson, *said)
    if refused := st.session_state.pop(going.key("refus"), None):
        st.session_state[form.key("refus")] = refused
    if sent.done:
        editing.close(form)
        flash.say(SCREEN, f"Enseignement {lesson.number} retiré.")
