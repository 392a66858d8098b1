"""What a person does with the open figure: save it, go on, give up, take it back, settle a conflict."""

from dataclasses import replace

import streamlit as st

from impact.errors import AlreadyDone, StaleEntry
from impact.figures import Cell
from impact.models import Entry
from impact.queries.sheets import Sheet, SheetLine
from impact.rules import EntryDraft
from impact.services import drafts, entries, submission
from impact.ui import cursor, flash, readings, tokens
from impact.ui.guard import Outcome, act, tell
from impact.ui.sheet.choice import OPENED, SCREEN
from impact.ui.sheet.form import Form, ask_for_all, forget
from impact.ui.wording import answer_of_draft
from impact.vocabulary import Status

INDICATOR = f"{SCREEN}_{OPENED}"
"""Key of the list of indicators, and where what became of an act is said."""


def save(form: Form, held: Sheet, move_on: bool) -> None:
    """Store what the form says; every problem shows at once when it cannot be."""
    if form.draft is None:
        ask_for_all(form.cell)
        st.rerun()
    outcome = store(form.draft)
    if not outcome.done:
        _say_why(outcome)
        return
    saved = f"{form.definition.code} enregistré : {answer_of_draft(form.definition, form.draft)}.{_fell(form, outcome)}"
    finish(form.cell, saved, next_code(held, form.definition.code) if move_on else "")


def _fell(form: Form, outcome: Outcome[object]) -> str:
    """What saving cost a figure that was read; '' where its grade stands."""
    before, entry = form.line.view.reliability if form.line.view else 0, outcome.value
    return readings.lost(before, entry.reliability) if isinstance(entry, Entry) else ""


def store(draft: EntryDraft) -> Outcome[object]:
    """One saving counts once, however often the button was clicked."""
    token = tokens.held("/".join(draft.cell), replace(draft, seen_version=0))
    outcome: Outcome[object] = act(entries.save_entry, draft, token)
    return Outcome() if isinstance(outcome.error, AlreadyDone) else outcome


def finish(cell: Cell, sentence: str, following: str = "") -> None:
    """After a success: say it, start the form again from what is stored, and go on to another figure if asked."""
    flash.say(INDICATOR, sentence)
    forget(cell)
    if following:
        st.query_params[OPENED] = following
        cursor.send(INDICATOR)
    tokens.renew("/".join(cell))
    st.rerun()


def _say_why(outcome: Outcome[object]) -> None:
    """A figure changed meanwhile is compared by the next run, which reads it again; the rest is said here."""
    if isinstance(outcome.error, StaleEntry):
        flash.say(INDICATOR, str(outcome.error), "error")
        st.rerun()
    tell(outcome)


def next_code(held: Sheet, code: str) -> str:
    """The next figure of the list that waits for an answer, from the top again at the end; '' when none does."""
    codes = [line.definition.code for line in held.lines]
    at = codes.index(code)
    waiting = {line.definition.code for line in held.lines if _waits(line)}
    following = [other for other in (*codes[at + 1 :], *codes[:at]) if other in waiting]
    return following[0] if following else codes[at + 1] if at + 1 < len(codes) else ""


def _waits(line: SheetLine) -> bool:
    return not line.lock and (not line.view or bool(line.typed) or line.status is Status.RETURNED)


def give_up(cell: Cell) -> None:
    """The button that forgets what was typed."""
    if st.button("Abandonner ma saisie", key=f"saisie_{cell.indicator}_abandonner"):
        outcome = act(drafts.discard, cell)
        if outcome.done:
            finish(cell, f"{cell.indicator} : votre saisie est abandonnée, rien d’enregistré n’a changé.")
        tell(outcome)


def take_back(cell: Cell) -> None:
    """The button that makes a submitted figure a draft again, until its review begins."""
    if st.button("Reprendre ce chiffre", key=f"saisie_{cell.indicator}_reprendre"):
        outcome = act(submission.take_back, cell, tokens.held("/".join(cell)))
        if outcome.done or isinstance(outcome.error, AlreadyDone):
            finish(cell, f"{cell.indicator} est repris : il est de nouveau en brouillon, à soumettre encore.")
        tell(outcome)


def keep_mine(form: Form) -> None:
    """Of two values, this person's: saved over the version that they have now seen."""
    if form.draft is None:
        ask_for_all(form.cell)
        st.rerun()
    outcome = store(replace(form.draft, seen_version=form.line.version))
    if outcome.done:
        kept = f"{form.definition.code} : votre saisie est enregistrée, l’autre reste dans l’historique."
        finish(form.cell, f"{kept}{_fell(form, outcome)}")
    _say_why(outcome)


def take_theirs(form: Form) -> None:
    outcome = act(drafts.discard, form.cell)
    if outcome.done:
        finish(form.cell, f"{form.definition.code} : la valeur enregistrée est gardée, votre saisie est abandonnée.")
    tell(outcome)
