"""Writing the lines of a section one by one: added, changed, removed.

Nothing typed is lost by an error or by a look at another part; what somebody else saved meanwhile is shown beside it.
"""

import streamlit as st

from impact.actions import Line, Plan, lines, with_lines
from impact.errors import Problem
from impact.rules.actions import CASH, FIELDS, LABELS, line_fields, name_of, read_line
from impact.services import actions
from impact.ui import editing, filters, flash, page
from impact.ui.admin.forms import Form
from impact.ui.plan import fields
from impact.ui.plan.known import NEW, SCREEN, Opened
from impact.ui.plan.part import AGAIN_DRAFT, WHY, Part, begin_anew, confirming, reason
from impact.vocabulary import Section

LINE, NO_LINE = "ligne", "aucune"
ADD = {
    Section.OBJECTIVES: "Ajouter un objectif",
    Section.CONTENT: "Ajouter une activité",
    Section.FUNDING: "Ajouter un financement",
    Section.RESOURCES: "Ajouter une ressource",
    Section.PARTNERS: "Ajouter un partenaire",
}


def section(section: Section, held: Opened) -> None:
    """Choose a line, or a new one, and write it."""
    own = lines(held.row.plan, section)
    names = {NO_LINE: "Choisir une ligne"} if own else {}
    names |= {NEW: ADD[section]} | {str(n): f"Modifier {n}. {name_of(one)}" for n, one in enumerate(own, 1)}
    chosen = filters.settle(SCREEN, LINE, "la ligne", names)
    if own:
        st.selectbox(
            "Ajouter, modifier ou retirer une ligne", list(names), key=f"{SCREEN}_{LINE}", filter_mode=None,
            format_func=lambda code: page.typeset(names[code]),
        )  # fmt: skip
    if chosen != NO_LINE:
        _line(section, held, None if chosen == NEW else int(chosen) - 1)


def _line(section: Section, held: Opened, position: int | None) -> None:
    form = Form(f"{SCREEN}_{held.key}_{section.value}_{NEW if position is None else position + 1}")
    part = Part(form, held, place_of(section))
    stored = [line_fields(one) for one in lines(held.row.plan, section)]
    blank = dict.fromkeys(FIELDS[section], "") | ({"forme": CASH} if section is Section.FUNDING else {})
    texts = blank if position is None else stored[position]
    part.show(part.sheet(texts, position is None or part.begun() in stored))
    fields.draw(section, form, held)
    line, problems = _read(section, part)
    echo = fields.understood(line, held) if line else ""
    if line is None and any(form.text(name) for name in FIELDS[section] if name != "forme"):
        echo = problems[0].message
    st.html(page.noted(f"Compris : {echo}" if line and echo else echo or " "))
    after = None if line is None else _after(section, part, line, position)
    reason(part, after)
    with st.container(horizontal=True):
        label = ADD[section] if position is None else "Enregistrer la ligne"
        form.button(label, _save, section, part, position, primary=True)
        if position is not None:
            with st.popover("Retirer cette ligne", key=form.key("volet_retirer")):
                _removal(section, part, position)


def place_of(section: Section) -> str:
    return f"{SCREEN}_{section.value}"


def _read(section: Section, part: Part) -> tuple[Line | None, list[Problem]]:
    texts = editing.typed(part.form, FIELDS[section])
    return read_line(section, texts, part.held.definitions.get(texts.get("indicateur", "")), part.held.key.region)


def _after(section: Section, part: Part, line: Line, position: int | None) -> Plan:
    own = list(lines(part.held.row.plan, section))
    if position is None:
        own.append(line)
    else:
        own[position] = line
    return with_lines(part.held.row.plan, section, own)


def _save(token: str, section: Section, part: Part, position: int | None) -> None:
    line, problems = _read(section, part)
    if line is None:
        part.form.refuse(problems)
        return
    said = "ajoutée" if position is None else "enregistrée"
    name = f"« {name_of(line)} » : ligne {said}."
    outcome = part.form.send(
        token, confirming(part, name), actions.save_line, part.held.key, section, line, position,
        part.seen_version(), part.form.text(WHY),
    )  # fmt: skip
    if part.sent(outcome) and position is not None:
        st.session_state[f"{SCREEN}_{LINE}"] = NO_LINE


def _removal(section: Section, part: Part, position: int) -> None:
    form = Form(f"{part.form.name}_retrait")
    form.show()
    if part.held.row.is_validated:
        page.note(AGAIN_DRAFT)
        editing.lines(form, WHY, LABELS[WHY], height=70, most=1_000)
    page.note("Les versions précédentes la gardent.")
    form.button("Retirer la ligne", _remove, section, part, form, position)


def _remove(token: str, section: Section, part: Part, form: Form, position: int) -> None:
    own = lines(part.held.row.plan, section)
    name = name_of(own[position]) if position < len(own) else ""
    outcome = form.send(
        token, lambda _: f"« {name} » : ligne retirée.", actions.remove_line, part.held.key, section, position,
        part.seen_version(), form.text(WHY),
    )  # fmt: skip
    if outcome.done:
        flash.say(part.place, st.session_state.pop(form.key("fait"), ""))
        begin_anew(part.form)
        st.session_state[f"{SCREEN}_{LINE}"] = NO_LINE
