"""The map of regions, and the list that replaces it on a phone."""

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from impact.charts.palette import PROGRESS_LABELS
from impact.presentation.completeness import NOTHING, Matrix, RegionLine, fraction
from impact.presentation.wording import rate
from impact.quality import QualityRow
from impact.settings import ROOT
from impact.ui import charting, legend, page, tables
from impact.ui.drawings import Drawing
from impact.ui.tables import Column

REGION_PAGE = ROOT / "pages" / "region.py"

RANKED = (
    Column("rank", "", "right", secondary=True),
    Column("region", "Région et chantier", html=True, row_header=True),
    Column("bar", "Complétude", html=True, fill=True, secondary=True),
    Column("rate", "", "right", html=True),
    Column("situation", "État", html=True),
)


def address(region: str, **more: str) -> str:
    return "region?" + "&".join(f"{name}={code}" for name, code in {"region": region, **more}.items())


def map_of_completeness(drawing: Drawing) -> None:
    """A click opens the region. On a phone the list beside it takes its place."""
    with st.container(key="large_carte_des_regions"):
        page.section(drawing.title, "Réponses soumises ou validées, sur les chiffres attendus à ce jour.")
        st.html(completeness_legend())
        clicked = charting.show_map(drawing.figure, drawing.data, "completude_des_regions", drawing.alt)
    if clicked:
        st.switch_page(REGION_PAGE, query_params={"region": clicked})


def completeness_legend() -> Markup:
    classes = [legend.swatch(label, f"progress-{rank}") for rank, label in enumerate(PROGRESS_LABELS)]
    apart = [legend.swatch("aucune réponse", kind="hatched"), legend.swatch("hors campagne", kind="boxed")]
    return legend.legend([*classes, *apart])


def ranked(lines: Sequence[RegionLine], names: Mapping[str, str]) -> Markup:
    return tables.table(RANKED, [_ranked(line, names) for line in lines], "Régions, de la plus à la moins complète")


def _ranked(line: RegionLine, names: Mapping[str, str]) -> dict[str, object]:
    marks = Markup("<br>").join(tables.chantier(code, names[code]) for code in line.chantiers)
    due = line.situation is not NOTHING
    return {
        "rank": line.rank or "–",
        "region": tables.two_lines(tables.link(address(line.region), line.name), marks),
        "bar": tables.bar(line.share) if due else "",
        "rate": tables.two_lines(tables.strong(rate(line.row.completeness)), fraction(line.row)) if due else "",
        "situation": tables.sign(line.situation.sign, line.situation.word),
    }


def by_chantier(matrix: Matrix, names: Mapping[str, str]) -> Markup:
    """Regions by row, chantiers by column; « – » where the region is not mobilised."""
    columns = [
        Column("region", "Région", row_header=True),
        *(Column(code, names[code], "right", html=True, short=code, chantier=code) for code in matrix.total),
    ]
    rows = [
        {"region": region} | {code: _cell(row) for code, row in own.items()} for region, own in matrix.regions.items()
    ]
    rows.append({"region": "Ensemble"} | {code: _cell(row) for code, row in matrix.total.items()})
    return tables.table(columns, rows, "Complétude par région et par chantier")


def _cell(row: QualityRow | None) -> Markup | str:
    if row is None:
        return "–"
    if not row.due:
        return tables.light("rien d’attendu")
    return Markup("{} {}").format(tables.strong(rate(row.completeness)), tables.light(fraction(row)))
