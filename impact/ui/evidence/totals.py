"""Totals of the language of proof: each taken apart by grade, and each explained."""

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from impact.presentation.lens import Lens
from impact.presentation.sourcing import Practice
from impact.presentation.wording import short_name
from impact.ui import charting, legend, page
from impact.ui.evidence.board import Composed, practice_explained
from impact.ui.page import typeset
from impact.ui.reads import Key
from impact.vocabulary import NATIONAL_CODE


def taken_apart(totals: Sequence[Composed]) -> None:
    """Two in a row, one on a phone; one table and one file for all."""
    import pandas as pd

    st.html(legend.proof())
    grid = st.grid(2, min_column_width=290, gap="medium")
    for total in totals:
        with grid.cell():
            st.html(_heading(total))
            charting.draw(total.drawing.figure, f"composition_{total.code}", total.drawing.alt)
            page.explain(total.explanation)
    data = pd.concat([total.drawing.data for total in totals], ignore_index=True)
    charting.take_away(data, "composition", "Totaux par niveau de fiabilité")


def _heading(total: Composed) -> Markup:
    return Markup('<div class="imp-over-bar"><strong>{}</strong><br>{}</div>').format(
        typeset(total.drawing.title), typeset(total.number)
    )


def explain_practice(key: Key, lens: Lens, practices: Sequence[Practice], regions: Mapping[str, str]) -> None:
    """« Expliquer un nombre de ce tableau »: which one is chosen inside."""
    indicators = {one.definition.code: f"{one.definition.code} {short_name(one.definition)}" for one in practices}
    columns = {NATIONAL_CODE: "Ensemble", **regions}
    with st.popover("Expliquer un nombre de ce tableau", type="tertiary"):
        indicator = _choose("Indicateur", "preuve_expliquer_indicateur", indicators)
        region = _choose("Colonne", "preuve_expliquer_colonne", columns)
        st.html(practice_explained(key, lens, indicator, region))


def _choose(label: str, key: str, names: Mapping[str, str]) -> str:
    if st.session_state.get(key) not in names:
        st.session_state[key] = next(iter(names))
    return st.selectbox(label, list(names), format_func=names.__getitem__, key=key, filter_mode=None)
