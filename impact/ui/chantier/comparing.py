"""Regions side by side: the comparability strip, the dots, the courses."""

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup

from impact.charts.palette import tone_name
from impact.figures import Definition
from impact.formats import counted
from impact.presentation.chain import Step
from impact.presentation.comparing import Comparison
from impact.presentation.lens import Lens
from impact.presentation.wording import short_name
from impact.ui import charting, legend, page
from impact.ui.chantier import chain, strip
from impact.ui.chantier.board import Sides
from impact.ui.drawings import Drawing
from impact.ui.page import typeset
from impact.vocabulary import Accumulation, Comparability, Coverage, Measure
from impact.world import World

MOST_COURSES = 12
"""Small charts that are read at one glance; the rest opens on demand."""


def side_by_side(sides: Sides, lens: Lens) -> None:
    compared, drawing = sides.compared, sides.drawing
    strip.strip(compared)
    if not compared.places:
        page.empty(
            "Aucune région n’a encore de chiffre à ces dates : dès qu’un chiffre sera validé, elle paraîtra ici."
        )
    else:
        st.html(Markup('<div class="imp-over-bar"><strong>{}</strong><br>{}</div>').format(
            typeset(drawing.title), typeset(strip.how_ranked(compared)),
        ))  # fmt: skip
        st.html(dots_legend(compared, lens.chantier))
        charting.show(drawing, "regions_comparees", sides.explanation)
        if why := strip.apart(compared):
            st.html(why)
    if silent := strip.silent(compared):
        page.note(silent)


def dots_legend(compared: Comparison, chantier: str) -> Markup:
    """Only what is drawn."""
    words = [one.word for one in compared.places]
    entries = [legend.line("validé", "●", chantier)]
    if any(one.is_provisional for one in compared.places):
        entries.append(legend.line("provisoire (soumis)", "○", chantier, light=True))
    if any(one.total.coverage is Coverage.PARTIAL for one in compared.places):
        entries.append(legend.swatch("total partiel", kind=f"hatched imp-swatch-tone imp-{tone_name(chantier)}"))
    if compared.has_targets:
        entries += [legend.words("◆ cible"), legend.words("┊ attendu à date")]
    if Comparability.PARTIAL in words:
        entries.append(legend.words("≈ partiellement comparable"))
    if Comparability.NOT_COMPARABLE in words:
        entries.append(legend.words("■ ≠ non comparable"))
    return legend.legend(entries)


def sheet(step: Step, seen: World, lens: Lens) -> Markup:
    """What is compared: the question, the definition, and where the country stands."""
    definition = step.definition
    lines = [
        Markup("<strong>{} {}</strong>").format(definition.code, short_name(definition)),
        typeset(definition.question),
        typeset(definition.definition),
        Markup('<span class="imp-light">{}</span>').format(typeset(_kind(definition))),
        Markup("Ensemble : {}").format(chain.figures(step, seen, lens)),
    ]
    return Markup('<div class="imp-aside">{}</div>').format(
        Markup().join(Markup("<p>{}</p>").format(line) for line in lines)
    )


def _kind(definition: Definition) -> str:
    """« personnes ; flux, cumulé sur les périodes ; la hausse est favorable ; version 1 »"""
    unit = "part, en %" if definition.measure is Measure.RATIO else definition.unit
    told = (unit, definition.accumulation.label, definition.direction.label, f"version {definition.version}")
    return " ; ".join(told)


def courses(definition: Definition, shown: Sequence[str], has_targets: bool, draw: Callable[[str], Drawing]) -> None:
    """Three in a row, one on a phone, all on one scale. shown: codes, in order. draw: the course of one."""
    st.html(legend.curves(definition.chantier, has_targets))
    _grid(definition, shown[:MOST_COURSES], draw)
    if rest := shown[MOST_COURSES:]:
        label = counted(len(rest), "autre région", "autres régions")
        page.more(label, "chantier_autres_regions", lambda: _grid(definition, rest, draw))


def _grid(definition: Definition, codes: Sequence[str], draw: Callable[[str], Drawing]) -> None:
    grid = st.grid(3, min_column_width=290, gap="medium")
    for code in codes:
        drawing = draw(code)
        with grid.cell():
            st.html(Markup('<div class="imp-over-bar"><strong>{}</strong></div>').format(drawing.title))
            charting.show(drawing, f"{definition.code}_{code}")


def courses_title(definition: Definition) -> str:
    when = "en fin de période" if definition.accumulation is Accumulation.STOCK else "cumul depuis le début"
    return f"Dans le temps, région par région : {when}"
