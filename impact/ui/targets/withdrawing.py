"""Taking a target back, with a reason; what was said of it stays in its history."""

import streamlit as st

from impact.services import targets
from impact.ui import page
from impact.ui.admin.forms import Form
from impact.ui.targets.board import Board
from impact.ui.targets.lists import named

FORM = Form("cibles_retirer")


def draw(shown: Board) -> None:
    held = {one.definition.code: one for one in shown.goals if one.last and one.last.target}
    FORM.show()
    if not held:
        page.empty("Aucune cible n’est énoncée ici : il n’y en a pas à retirer.")
        return
    if st.session_state.get(FORM.key("indicateur")) not in held:
        st.session_state[FORM.key("indicateur")] = next(iter(held))
    st.selectbox(
        "Cible", list(held), key=FORM.key("indicateur"), filter_mode=None,
        format_func=lambda code: f"{code} {named(held[code].definition)}" if code in held else code,
    )  # fmt: skip
    st.text_area("Motif du retrait, gardé dans l’historique", key=FORM.key("motif"), max_chars=1_000, height=80)
    FORM.button("Retirer cette cible", _withdraw, shown)


def _withdraw(token: str, shown: Board) -> None:
    code = FORM.text("indicateur")
    last = shown.goal(code).last
    sent = (shown.region, code, shown.campaign, FORM.text("motif"), last.number if last else 0)
    if FORM.send(token, lambda _: f"{code} : cible retirée.", targets.withdraw_target, *sent).done:
        FORM.fill(motif="")
