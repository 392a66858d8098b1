"""The map of regions, the list that replaces it on a phone, and regions by chantier."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from impact.formats import short_date
from impact.presentation.advancement import Line, Matrix, state_word
from impact.presentation.lens import Lens
from impact.presentation.questions import Kind, about
from impact.presentation.wording import rate, titled
from impact.progress import Advance
from impact.settings import ROOT
from impact.ui import charting, legend, page, tables
from impact.ui.drawings import Drawing
from impact.ui.tables import Column
from impact.vocabulary import PROGRESS_SIGNS
from impact.world import World

REGION_PAGE = ROOT / "pages" / "region.py"

RANKED = (
    Column("rank", "Rang", "right", secondary=True, quiet=True),
    Column("region", "Région et chantier", html=True, row_header=True),
    Column("bar", "Avancement", html=True, fill=True, secondary=True),
    Column("rate", "Avancement", "right", html=True, quiet=True),
    Column("state", "État", html=True),
)
MATRIX = "Avancement et indicateurs mesurés ; – : région non mobilisée ; ○ : moins de la moitié mesurée."


def address(region: str, **more: str) -> str:
    return "region?" + "&".join(f"{name}={code}" for name, code in {"region": region, **more}.items())


def above_the_map(lens: Lens, as_of: date | None) -> Markup:
    day = f" au {short_date(as_of)}" if as_of else ""
    return page.part(
        titled("Avancement des régions", lens),
        f"Avancement de chaque région sur son chantier{day}. Un clic ouvre la région.",
        legend.progress("moins de la moitié mesurée, non classée"),
    )


def map_of_progress(above: Markup, drawing: Drawing, lens: Lens) -> None:
    """A click opens the region. On a phone the list beside it takes its place."""
    with st.container(key="large_carte_des_regions"):
        page.html(above)
        clicked = charting.show_map(drawing, "avancement_des_regions")
    if clicked:
        st.switch_page(REGION_PAGE, query_params={"region": clicked, **lens.carried})


def how_to_read(as_of: date | None) -> str:
    day = f" au {short_date(as_of)}" if as_of else ""
    return f"Avancement moyen, indicateurs mesurés sur attendus ; le trait marque l’attendu{day}."


def ranked(lines: Sequence[Line], world: World, lens: Lens, as_of: date | None) -> Markup:
    title, rows = "Régions, de la plus à la moins avancée", [_ranked(line, world, lens) for line in lines]
    return page.part(titled(title, lens), how_to_read(as_of), tables.table(RANKED, rows, title))


def _ranked(line: Line, world: World, lens: Lens) -> dict[str, object]:
    mark = tables.chantier(line.chantier, world.chantier_names[line.chantier], lens.carried)
    name = tables.link(address(line.region, chantier=line.chantier, **lens.carried), line.name)
    measured = line.advance.progress is not None
    state = tables.sign(line.sign, line.word)
    return {
        "rank": line.rank or "–",
        "region": tables.two_lines(name, mark),
        "bar": tables.bar(line.share, tick=line.expected, hatched=not line.rank) if measured else "",
        "rate": tables.two_lines(_share(line.advance, world, lens), line.fraction) if measured else "–",
        "state": tables.two_lines(state, line.why_unranked) if line.why_unranked else state,
    }


def _share(one: Advance, world: World, lens: Lens) -> Markup:
    """The share, or the word where nothing is measured; either leads to its explanation."""
    question = about(world, lens, Kind.ADVANCE, region=one.region, chantier=one.chantier)
    if one.progress is None:
        return tables.explained(f"{PROGRESS_SIGNS[one.state]} {state_word(one.state)}", question)
    return tables.strong(tables.explained(rate(one.progress), question))


def by_chantier(matrix: Matrix, world: World, lens: Lens) -> Markup:
    """Regions by row, chantiers by column; « – » where the region is not mobilised."""
    title = "Avancement par région et par chantier"
    chantiers = next(iter(matrix.values()), {})
    columns = [
        Column("region", "Région", html=True, row_header=True),
        *chantier_columns(list(chantiers), world.chantier_names, lens),
    ]
    rows = [
        {"region": tables.link(address(region, **lens.carried), world.region_names[region])}
        | {code: _cell(one, world, lens) for code, one in own.items()}
        for region, own in matrix.items()
    ]
    return page.part(titled(title, lens), MATRIX, tables.table(columns, rows, title))


def chantier_columns(chantiers: Sequence[str], names: Mapping[str, str], lens: Lens) -> list[Column]:
    return [
        Column(code, names[code], "right", html=True, short=code, chantier=code, carried=lens.carried)
        for code in chantiers
    ]


def _cell(one: Advance | None, world: World, lens: Lens) -> Markup | str:
    if one is None:
        return "–"
    if one.progress is None:
        return Markup('<span class="imp-wrapped">{}</span>').format(tables.light(_share(one, world, lens)))
    fraction = f"{one.measured}/{one.indicators}{'' if one.is_ranked else ' ○'}"
    return Markup("{} {}").format(_share(one, world, lens), tables.light(fraction))
