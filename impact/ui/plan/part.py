"""One part of a plan that is being written: what its fields began from, and what somebody else saved meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from impact.actions import Plan, only_followed
from impact.presentation.actions.changes import field_text
from impact.rules.actions import LABELS
from impact.ui import editing, flash, guard, page
from impact.ui.admin.forms import Form
from impact.ui.editing import Sheet
from impact.ui.plan.known import Opened
from impact.vocabulary import Status

WHY = "motif"
AGAIN_DRAFT = (
    "Ce plan est validé : ce changement en fait de nouveau un brouillon, à soumettre une autre fois, et l’étape peut "
    "redescendre. La version validée reste lisible. Dites pourquoi."
)
FOLLOWED = "Ce changement suit l’action telle qu’elle est validée : le plan reste validé."


@dataclass(frozen=True, slots=True)
class Part:
    """What is being written of an action. place: of the sentence that says what was done."""

    form: Form
    held: Opened
    place: str

    def sheet(self, stored: Mapping[str, str], still: bool) -> Sheet:
        """stored: its texts as they stand. still: what the fields began from is stored yet, whatever else changed."""
        row, seen = self.held.row, st.session_state.get(self.form.key(editing.SEEN))
        if seen and still and editing.typed(self.form, seen[1]) != seen[1]:
            return Sheet(self.form, seen[1], LABELS, seen[0], row.written_by, told=field_text)
        return Sheet(self.form, stored, LABELS, row.version, row.written_by, told=field_text)

    def begun(self) -> Mapping[str, str] | None:
        """The texts that the fields began from."""
        seen = st.session_state.get(self.form.key(editing.SEEN))
        return seen[1] if seen else None

    def show(self, sheet: Sheet) -> None:
        """What became of the last sending, then the fields' texts, or both texts where somebody else wrote."""
        seen = st.session_state.get(self.form.key(editing.SEEN))
        if seen and seen[0] != sheet.version:
            st.session_state.pop(self.form.key("refus"), None)  # the two texts say it
        self.form.show()
        editing.prepare(sheet)

    def sent(self, outcome: guard.Outcome[int]) -> bool:
        """After a success the sentence stands over the table, and the fields begin anew."""
        if outcome.done:
            flash.say(self.place, st.session_state.pop(self.form.key("fait"), ""))
            begin_anew(self.form)
        return outcome.done

    def seen_version(self) -> int:
        return int(st.session_state[self.form.key(editing.SEEN)][0])


def begin_anew(form: Form) -> None:
    """What was typed is written: the fields are filled again from what is stored."""
    st.session_state.pop(form.key(editing.SEEN), None)
    form.fill(**{WHY: ""})


def is_open(held: Opened) -> bool:
    """Whether those who write for the region may write now; a submitted plan is taken back first."""
    return not held.row.is_withdrawn and held.row.status is not Status.SUBMITTED


def why_closed(held: Opened) -> str:
    """Said instead of the forms."""
    if held.row.is_withdrawn:
        return "L’action est retirée : elle se lit, elle ne se modifie plus."
    return "Le plan est soumis : pour le modifier, reprenez-le d’abord, en bas du plan en entier."


def reason(part: Part, after: Plan | None) -> None:
    """Before a validated plan is changed: what that does, and why. after: None while it cannot be read, nor saved."""
    before = part.held.row.plan
    if not part.held.row.is_validated or after in (None, before):
        return
    if only_followed(before, after):
        page.note(FOLLOWED)
        return
    page.warn(AGAIN_DRAFT)
    editing.lines(part.form, WHY, LABELS[WHY], height=70, most=1_000)


def confirming(part: Part, said: str) -> Callable[[int], str]:
    """Nothing changed = no version was written."""
    row = part.held.row

    def confirm(version: int) -> str:
        return "Rien n’a changé : aucune version n’a été écrite." if version == row.version else said

    return confirm
