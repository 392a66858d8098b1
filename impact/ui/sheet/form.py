"""The form of one figure: the texts it shows, kept on the server field by field, and what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from impact import rules
from impact.errors import Problem
from impact.figures import Cell, Definition, Pair, Period
from impact.proof import reliability
from impact.queries.sheets import SheetLine
from impact.rules import EntryDraft
from impact.services import drafts
from impact.ui.guard import act
from impact.vocabulary import Answer, Measure

_UNKEPT = "saisie_non_gardee"
"""Session: what the server would not keep, by (cell, field); shown again, so that nothing typed is lost."""
_SENT = "saisie_envoyee"
"""Session: the cells whose saving was refused; every problem then shows, not those of filled fields alone."""
ABSENCE_FIELDS = ("etat", "motif", "commentaire")


@dataclass(frozen=True)
class Form:
    """texts: raw texts by field name, what was typed over what is stored."""

    line: SheetLine
    period: Period
    texts: dict[str, str]
    stored: dict[str, str]

    @property
    def cell(self) -> Cell:
        return self.line.cell

    @property
    def definition(self) -> Definition:
        return self.line.definition

    @property
    def answer(self) -> Answer:
        chosen = self.texts.get("etat", "")
        return Answer(chosen) if chosen in list(Answer) else Answer.VALUE

    @property
    def is_changed(self) -> bool:
        return bool(self.line.typed) or any(cell == self.cell for cell, _ in _unkept())

    @property
    def said(self) -> dict[str, str]:
        """The texts that count for this answer; the others wait, hidden, in case it changes back."""
        texts = {**self.texts, "etat": self.answer.value}
        if self.answer is Answer.VALUE:
            return {name: text for name, text in texts.items() if name != "motif"}
        return {name: text for name, text in texts.items() if name in ABSENCE_FIELDS}

    @cached_property
    def _read(self) -> tuple[EntryDraft | None, list[Problem]]:
        draft, problems = rules.read_draft(self.definition, self.cell, self.said, self.line.seen_version)
        return draft, problems or (rules.refusals(self.definition, draft, self.period) if draft else [])

    @property
    def draft(self) -> EntryDraft | None:
        """Ready to be saved, or None as long as there is a problem."""
        return None if self.problems else self._read[0]

    @property
    def problems(self) -> list[Problem]:
        return self._read[1]

    @property
    def shown_problems(self) -> list[Problem]:
        """Once saving was tried, all of them; before that, those of fields that say something."""
        if self.cell in st.session_state.get(_SENT, ()):
            return self.problems
        return [problem for problem in self.problems if self.said.get(problem.field, "").strip()]

    @cached_property
    def pair(self) -> Pair | None:
        """The figure, as soon as its own fields can be read, whatever the others say."""
        if self.answer is not Answer.VALUE:
            return None
        pair, problems = rules.read_pair(self.definition, self.texts)
        return None if problems else pair

    @property
    def warnings(self) -> list[Problem]:
        return self.line.past.warnings(self.definition, self.pair)

    @property
    def sum_problems(self) -> list[Problem]:
        """Breakdowns of a mean that do not add up, which no running sum shows: an obstacle to submitting alone."""
        draft = self._read[0]
        if draft is None or self.definition.measure is not Measure.MEAN:
            return []
        return rules.partition_problems(self.definition, draft.pair, draft.breakdowns)

    @property
    def reliability(self) -> int:
        """Of what is typed, on the pieces attached by now; of what is stored, its own, raised by readings too."""
        if self.line.view and not self.is_changed:
            return self.line.view.reliability
        source, method, family, link = map(self.of, ("source", "methode", "famille_methode", "lien_preuve"))
        return reliability(source, method, family, link, self.line.evidence)

    def key(self, name: str) -> str:
        return f"saisie_{self.definition.code}_{name.replace('/', '_')}"

    def of(self, name: str) -> str:
        return self.texts.get(name, "")


def form_of(line: SheetLine, period: Period) -> Form:
    stored = rules.to_fields(line.definition, line.view.as_draft()) if line.view else {"etat": Answer.VALUE.value}
    unkept = {name: text for (cell, name), (text, _) in _unkept().items() if cell == line.cell}
    return Form(line, period, {**(line.typed or stored), **unkept}, stored)


def _unkept() -> dict[tuple[Cell, str], tuple[str, str]]:
    held: dict[tuple[Cell, str], tuple[str, str]] = st.session_state.setdefault(_UNKEPT, {})
    return held


def refused_to_keep(form: Form) -> list[str]:
    """Why the server did not keep a field: the sentence of each."""
    return [why for (cell, _), (_, why) in _unkept().items() if cell == form.cell]


def show_text(form: Form, name: str, options: Sequence[str] | None = None) -> str:
    """Put the field's text into its widget, about to be drawn; the key. options: the closed list that it comes from."""
    text = form.of(name)
    if options is not None and text not in options:
        text = options[0]
    key = form.key(name)
    if st.session_state.get(key) != text:
        st.session_state[key] = text
    return key


def keep(form: Form, name: str) -> None:
    """The field was left: keep its text on the server. A widget's callback, so it runs before the page does."""
    text = str(st.session_state.get(form.key(name)) or "")
    keep_all(form, {name: text})


def keep_all(form: Form, texts: dict[str, str]) -> None:
    kept = act(drafts.keep_fields, form.cell, texts, form.line.seen_version, form.stored)
    for name, text in texts.items():
        if kept.done:
            _unkept().pop((form.cell, name), None)
        else:
            _unkept()[form.cell, name] = (text, str(kept.error))


def ask_for_all(cell: Cell) -> None:
    """Saving was refused: from now on show every problem of this form."""
    st.session_state.setdefault(_SENT, set()).add(cell)


def forget(cell: Cell) -> None:
    """The form starts again from what is stored."""
    st.session_state.setdefault(_SENT, set()).discard(cell)
    for held in [key for key in _unkept() if key[0] == cell]:
        del _unkept()[held]
