"""Small multiples of a region's indicators."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from impact.figures import Definition, Period
from impact.formats import short_date
from impact.presentation.bullets import is_neutral
from impact.presentation.wording import short_name
from impact.ui import charting, legend, page, tables
from impact.ui.page import typeset
from impact.ui.regional.board import Panel


def small_multiples(panels: Sequence[Panel], chantiers: Sequence[str]) -> None:
    """Three in a row, one on a phone."""
    if not panels:
        page.empty("Aucun indicateur n’a encore de période échue à ces dates : les courbes paraîtront ici.")
        return
    st.html(legend.curves(chantiers[0], planned=any(panel.bullet.progress.target is not None for panel in panels)))
    grid = st.grid(3, min_column_width=290, gap="medium")
    for panel in panels:
        with grid.cell():
            st.html(heading(panel))
            charting.show(panel.drawing, f"courbe_{panel.definition.code}", panel.explanation)


def heading(panel: Panel) -> Markup:
    return Markup('<div class="imp-panel"><strong>{}</strong><br>{}<br>{}{}<div>{}</div></div>').format(
        panel.drawing.title, panel.subtitle, standing(panel), typeset(panel.total), panel.made_of
    )


def standing(panel: Panel) -> Markup:
    """« ▲ à surveiller, 79,0 % du chemin vers la cible »; nothing for a means, which has no target."""
    one = panel.bullet
    if is_neutral(one.definition):
        return Markup()
    words = [tables.sign(*one.state)]
    if one.progress.achievement is not None:
        words.append(Markup("{} du chemin vers la cible").format(tables.explained(one.rate, panel.asked)))
    return Markup("{}<br>").format(Markup(", ").join(words))


def to_come(waiting: Sequence[tuple[Definition, Period]]) -> str:
    """« À venir : FOR-08 Entreprises créées (période A, échéance le 14/10/2011). »"""
    told = [
        f"{definition.code} {short_name(definition)} ({period.short}, jusqu’au {short_date(period.end)})"
        for definition, period in waiting
    ]
    return f"Pas encore de période échue pour : {' ; '.join(told)}."
