"""What a total is made of: women and men, sizes, sectors... one indicator at a time."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from impact.presentation.parts import AxisTable, PartLine
from impact.presentation.wording import short_name
from impact.ui import filters, page, tables
from impact.ui.page import typeset
from impact.ui.regional.board import Broken
from impact.ui.tables import Column

VALUES = (Column("label", "Modalité", row_header=True), Column("value", "Valeur", "right", html=True))
SHARES = (
    Column("share", "Part", "right", html=True),
    Column("bar", "Part, en barre", html=True, fill=True, quiet=True),
)
OVERLAP = "Une unité peut relever de plusieurs modalités : leurs parts ne s’additionnent pas à 100 %."


def draw(screen: str, broken: Sequence[Broken]) -> None:
    """The indicator chosen, and a table per axis; the number that they make up leads to its explanation."""
    offered = {one.definition.code: f"{one.definition.code} {short_name(one.definition)}" for one in broken}
    with st.grid(2, min_column_width=290, gap="small").cell():
        code = filters.one(screen, "ventilation", "Indicateur ventilé", "l’indicateur ventilé", offered)
    chosen = next(one for one in broken if one.definition.code == code)
    st.html(
        Markup('<p class="imp-note">{}, total : {}{}.<br>{}</p>').format(
            typeset(offered[code]),
            tables.explained(typeset(chosen.number), chosen.asked),
            typeset(chosen.rest),
            chosen.made_of,
        )
    )
    grid = st.grid(2, min_column_width=290, gap="large")
    for table in chosen.tables:
        with grid.cell():
            st.html(_heading(table))
            st.html(markup(table, chosen))


def _heading(table: AxisTable) -> Markup:
    notes = [table.figures, OVERLAP if table.overlaps else ""]
    said = " ".join(f"{note}." if note and not note.endswith(".") else note for note in notes if note)
    under = Markup('<span class="imp-under">{}</span>').format(typeset(said)) if said else ""
    return Markup('<div class="imp-over-bar"><strong>{}</strong>{}</div>').format(table.axis.label, under)


def markup(table: AxisTable, of: Broken) -> Markup:
    definition = of.definition
    shares = any(line.told for line in table.lines)
    rows = [_row(line, of) for line in table.lines]
    return tables.table(
        [*VALUES, *(SHARES if shares else ())], rows, f"{definition.code} par {table.axis.label.lower()}"
    )


def _row(line: PartLine, of: Broken) -> dict[str, object]:
    known = line.value != "–"
    value = tables.explained(line.value, of.asked) if known else "–"
    behind = Markup(" {}").format(tables.light(line.behind)) if line.behind else ""
    return {
        "label": page.typeset(line.label),
        "value": Markup("{}{}").format(value, behind),
        "share": tables.explained(line.told, of.asked) if line.told else "",
        "bar": tables.bar(line.share, tone=of.definition.chantier) if line.share is not None else "",
    }
