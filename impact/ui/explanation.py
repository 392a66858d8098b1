"""What « Expliquer ce nombre » opens."""

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup

from impact.aggregation import Total
from impact.figures import Definition
from impact.presentation.explaining import Contribution, Explanation, explain
from impact.presentation.lens import Lens
from impact.quality import QualityRow
from impact.ui import page, tables
from impact.ui.tables import Column
from impact.world import World


def of_total(world: World, definition: Definition, total: Total, lens: Lens) -> Callable[[], object]:
    """Made once, drawn at every run."""
    return drawing(markup(explain(world, definition, total, lens)))


def drawing(content: Markup) -> Callable[[], object]:
    return lambda: st.html(content)


def markup(told: Explanation) -> Markup:
    left_out = [f"{reason} : {which}." for reason, which in told.left_out] or ["Aucun chiffre écarté."]
    parts = [
        Markup("<p><strong>{}</strong></p>").format(page.typeset(told.title)),
        _paragraph(told.formula),
        _contributions(told) if told.contributions else "",
        _paragraph(told.coverage),
        Markup("<p>{}</p>").format(Markup("<br>").join(page.typeset(_left_out(line)) for line in left_out)),
        _paragraph(told.reliability),
        _paragraph(told.definition),
    ]
    return _panel(parts)


def _left_out(line: str) -> str:
    return line if line.startswith("Aucun") else f"Écarté, {line}"


def _panel(parts: Sequence[Markup | str]) -> Markup:
    return Markup('<div class="imp-data imp-explain">{}</div>').format(Markup().join(parts))


def _paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(page.typeset(text))


def _contributions(told: Explanation) -> Markup:
    columns = [
        Column("region", "Région", row_header=True),
        Column("period", "Période"),
        Column("numerator", "n" if told.has_denominator else "Valeur", "right"),
        *([Column("denominator", "N", "right")] if told.has_denominator else []),
        Column("status", "Statut"),
        Column("grade", "Preuve"),
    ]
    return tables.table(columns, [_row(one) for one in told.contributions], "Chiffres retenus")


def _row(one: Contribution) -> dict[str, object]:
    return {
        "region": one.region,
        "period": one.period,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "status": one.status,
        "grade": one.grade,
    }


def of_rate(
    title: str, formula: str, rows: Sequence[tuple[str, int, int]], part: str, whole: str
) -> Callable[[], object]:
    """A rate of reporting quality: formula in words, and its counts."""
    columns = [
        Column("which", "Feuille", row_header=True),
        Column("part", part, "right"),
        Column("whole", whole, "right"),
    ]
    cells = [{"which": which, "part": str(one), "whole": str(all_)} for which, one, all_ in rows]
    return drawing(_panel([
        Markup("<p><strong>{}</strong></p>").format(page.typeset(title)),
        _paragraph(formula),
        tables.table(columns, cells, title),
    ]))  # fmt: skip


def sheets(
    world: World, part: Callable[[QualityRow], int], whole: Callable[[QualityRow], int]
) -> list[tuple[str, int, int]]:
    """The counts of each chantier and period, over the regions of the world."""
    keys = dict.fromkeys((row.chantier, row.period) for row in world.quality)
    ordered = sorted(keys, key=lambda key: (list(world.chantier_names).index(key[0]), world.periods[key[1]]))
    pooled = {key: world.pooled(chantier=key[0], period=key[1]) for key in ordered}
    return [
        (f"{chantier} {world.periods[period].short}", part(row), whole(row))
        for (chantier, period), row in pooled.items()
    ]
