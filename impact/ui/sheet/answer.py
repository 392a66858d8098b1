"""The open indicator: its reference beside its form, or what is stored where it may not be typed."""

import streamlit as st
from markupsafe import Markup

from impact.figures import shown_value
from impact.formats import capital
from impact.queries.sheets import Sheet, SheetLine
from impact.rules import main_field
from impact.ui import cursor, flash, marks, page, readings
from impact.ui.pieces import attached
from impact.ui.sheet import conflict, fields, locked, reference
from impact.ui.sheet.acts import INDICATOR, give_up, save
from impact.ui.sheet.form import Form, form_of, refused_to_keep
from impact.ui.wording import change, details, hour, quantity
from impact.vocabulary import Answer, Status


def draw(held: Sheet, line: SheetLine) -> None:
    st.header(page.plain(f"{line.definition.code} {page.typeset(line.definition.name)}"), anchor=False)
    flash.show(INDICATOR)
    reference.draw(line, held)
    _note_of_review(line)
    form = form_of(line, held.period)
    if locked.why(line):
        locked.draw(line)
    elif line.is_stale:
        conflict.draw(form)
    else:
        if said := readings.warned(line.view) if line.view else "":
            page.inform(said)
        _fields(form)
        _buttons(held, form)
    attached.draw(line)


def _note_of_review(line: SheetLine) -> None:
    """Why the national office sent it back, until it is submitted again."""
    if line.view and line.view.review_note:
        word = "À corriger" if line.status is Status.RETURNED else "Rouvert"
        page.warn(f"{word} : « {line.view.review_note} »")


def _fields(form: Form) -> None:
    fields.answer(form)
    if form.answer is Answer.VALUE:
        cursor.point(INDICATOR, form.key(main_field(form.definition)))
        fields.figures(form)
        st.html(understood(form))
        for warning in form.warnings:
            page.warn(capital(warning.message))
        fields.parts(form)
        fields.provenance(form)
    else:
        fields.reason(form)
    fields.comment(form)


def understood(form: Form) -> Markup:
    """The value as understood, its change, its grade. The line keeps its room: no button moves under a click."""
    if form.pair is None:
        return Markup('<p class="imp-understood"><span>La valeur comprise s’affichera ici.</span></p>')
    definition, pair = form.definition, form.pair
    parts = [details(definition, pair)]
    moved = change(definition, shown_value(definition.measure, pair), form.line.past.previous_value(definition))
    parts.append(f"{moved} depuis la période précédente" if moved else "")
    rest = "".join(f", {part}" for part in parts if part)
    said = page.typeset(f"Valeur comprise : {quantity(definition, pair)}")
    return Markup('<p class="imp-understood"><strong>{}</strong>{}. {}</p>').format(
        said, rest, marks.mark(form.reliability)
    )


def _buttons(held: Sheet, form: Form) -> None:
    code = form.definition.code
    if form.shown_problems:
        st.error(page.plain(page.typeset(_summary(form))))
    for sentence in refused_to_keep(form):
        st.error(page.plain(f"Brouillon non gardé : {sentence}"))
    with st.container(horizontal=True, vertical_alignment="center", key=f"saisie_{code}_boutons"):
        go_on = st.button("Enregistrer et passer au suivant", type="primary", key=f"saisie_{code}_suivant")
        stay = st.button("Enregistrer", key=f"saisie_{code}_enregistrer")
        if form.is_changed:
            give_up(form.cell)
        st.html(Markup('<span class="imp-note">{}</span>').format(_kept(form)), width="content")
    if go_on or stay:
        save(form, held, move_on=go_on)


def _summary(form: Form) -> str:
    """One line for one problem, a list for several: fields may be far above, or folded."""
    sentences = [capital(problem.message) for problem in form.shown_problems]
    return (
        sentences[0]
        if len(sentences) == 1
        else "\n".join(["À corriger avant d’enregistrer :", "", *(f"- {s}" for s in sentences)])
    )


def _kept(form: Form) -> str:
    if form.line.typed_at:
        return f"Brouillon gardé à {hour(form.line.typed_at)}"
    return "Enregistré" if form.line.view else ""
