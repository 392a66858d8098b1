"""The foot of the sheet: submitting it whole, or its complete figures alone once everything missing has been said."""

from itertools import groupby

import streamlit as st
from markupsafe import Markup

from impact.errors import AlreadyDone, Incomplete, Problem
from impact.formats import capital, counted
from impact.queries.sheets import Sheet
from impact.services import submission
from impact.ui import flash, page, tokens
from impact.ui.guard import Outcome, act, tell
from impact.workflow import EDITABLE

_FOOT = "saisie_pied"
_MISSING = "saisie_manque"
"""Session: what the last submission of a sheet lacked, by sheet: (problems, codes that are ready)."""


def draw(held: Sheet) -> None:
    """Nothing where nothing is left to submit or nobody here may."""
    flash.show(_FOOT)
    if all(line.lock or (line.view and line.status not in EDITABLE) for line in held.lines):
        return
    st.space("small")
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key=_FOOT):
        st.html(Markup('<p class="imp-note">{}</p>').format(page.typeset(_before(held))), width="content")
        clicked = not held.not_yet and st.button("Soumettre la feuille", key="saisie_soumettre")
    if clicked:
        _submit(held, only_ready=False)
    _what_is_missing(held)


def _before(held: Sheet) -> str:
    if held.not_yet:
        return capital(held.not_yet)
    left = sum(line.view is None or bool(line.typed) for line in held.lines)
    if not left:
        return "Tous les chiffres ont une réponse."
    return f"{counted(left, 'chiffre reste', 'chiffres restent')} à compléter avant de soumettre toute la feuille."


def _submit(held: Sheet, only_ready: bool) -> None:
    name = _name(held)
    outcome = act(
        submission.submit_sheet, held.region, held.chantier, held.period.code, only_ready=only_ready,
        token=tokens.held(name),
    )  # fmt: skip
    if isinstance(outcome.error, Incomplete):
        st.session_state[_MISSING] = (name, outcome.error.problems, outcome.error.ready)
        return
    _finish(held, outcome)


def _finish(held: Sheet, outcome: Outcome[list[str]]) -> None:
    if not outcome.done and not isinstance(outcome.error, AlreadyDone):
        tell(outcome)
        return
    codes = outcome.value or []
    done = f"{counted(len(codes), 'chiffre soumis', 'chiffres soumis')} au bureau national : {', '.join(codes)}."
    flash.say(_FOOT, done if codes else str(outcome.error), "success" if codes else "info")
    st.session_state.pop(_MISSING, None)
    tokens.renew(_name(held))
    st.rerun()


def _what_is_missing(held: Sheet) -> None:
    name, problems, ready = st.session_state.get(_MISSING, ("", (), ()))
    if name != _name(held):
        return
    with st.container(border=True, key="saisie_manque_liste"):
        st.subheader("La feuille n’est pas complète", anchor=False)
        st.markdown("\n".join(_by_indicator(held, problems)))
        with st.container(horizontal=True):
            if ready and st.button(_ready_label(ready), key="saisie_soumettre_prets"):
                _submit(held, only_ready=True)
            st.button("Continuer la saisie", key="saisie_continuer", on_click=_close)
        if not ready:
            page.note("Aucun chiffre n’est encore prêt à être soumis.")


def _ready_label(ready: tuple[str, ...]) -> str:
    return (
        "Soumettre seulement le chiffre prêt"
        if len(ready) == 1
        else f"Soumettre seulement les {len(ready)} chiffres prêts"
    )


def _by_indicator(held: Sheet, problems: tuple[Problem, ...]) -> list[str]:
    """Everything that is missing, one entry per indicator, in the order of the sheet."""
    names = {line.definition.code: page.typeset(line.definition.name) for line in held.lines}
    return [
        f"- **{code}** {page.plain(names.get(code, ''))}\n"
        + "\n".join(f"    - {page.plain(page.typeset(capital(problem.message)))}" for problem in found)
        for code, found in groupby(problems, key=lambda problem: problem.where)
    ]


def _close() -> None:
    st.session_state.pop(_MISSING, None)


def _name(held: Sheet) -> str:
    return f"{held.region}/{held.chantier}/{held.period.code}"
