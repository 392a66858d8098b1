"""Totals of the language of proof: each taken apart by grade, and each explained."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from impact.ui import charting, legend
from impact.ui.evidence.board import Composed
from impact.ui.page import typeset


def taken_apart(totals: Sequence[Composed]) -> None:
    """Two in a row, one on a phone; one table and one file for all."""
    import pandas as pd

    st.html(legend.proof())
    grid = st.grid(2, min_column_width=290, gap="medium")
    for total in totals:
        with grid.cell():
            st.html(_heading(total))
            charting.draw(total.drawing, f"composition_{total.code}")
            total.explanation("")
    data = pd.concat([total.drawing.data for total in totals], ignore_index=True)
    charting.take_away(data, "Totaux par niveau de fiabilité", "composition")


def _heading(total: Composed) -> Markup:
    return Markup('<div class="imp-over-bar"><strong>{}</strong><br>{}</div>').format(
        typeset(total.drawing.title), total.number
    )
