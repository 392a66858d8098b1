"""A regional team's to-do list: sheets, returned figures, drafts, each with the way straight to it."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from impact.formats import counted, short_date
from impact.queries.sheets import SheetSummary
from impact.queries.views import EntryView
from impact.ui import naming, page, tables
from impact.ui.home.reads import TeamTasks
from impact.ui.tables import Column
from impact.world import World

SHEETS = (
    Column("sheet", "Feuille", html=True, row_header=True),
    Column("left", "Reste à faire"),
    Column("until", "Échéance"),
    Column("state", "État", html=True),
)
FIGURES = (
    Column("indicator", "Indicateur", html=True, row_header=True),
    Column("period", "Feuille"),
    Column("note", "Motif du bureau national"),
)
DRAFTS = FIGURES[:2]


def todo(tasks: TeamTasks, world: World) -> None:
    if tasks.returned:
        page.section("À corriger", "Chiffres retournés : corrigez puis soumettez à nouveau, échéance passée ou non.")
        st.html(tables.table(FIGURES, [_figure(view, world) for view in tasks.returned], "Chiffres à corriger"))
    page.section("Feuilles à remplir")
    if tasks.sheets:
        several = len({held.region for held in tasks.sheets}) > 1
        ordered = sorted(tasks.sheets, key=lambda held: held.urgency(world.today))
        st.html(tables.table(SHEETS, [_sheet(held, world, several) for held in ordered], "Feuilles à remplir"))
    else:
        page.empty("Toutes vos feuilles sont soumises. La prochaine paraîtra ici dès que sa période commencera.")
    _drafts(tasks, world)


def _drafts(tasks: TeamTasks, world: World) -> None:
    if not (tasks.drafts or tasks.typed):
        return
    page.section("Brouillons", "Enregistrés ou commencés, pas encore soumis.")
    rows = [_figure(view, world) for view in tasks.drafts]
    known = {view.cell for view in tasks.drafts}
    for cell in tasks.typed:
        definition = world.definitions[cell.indicator]
        if cell not in known and cell.period in world.periods:
            name = tables.link(naming.cell(definition, cell), naming.indicator(definition))
            rows.append({"indicator": name, "period": f"{_where(world, cell.region, cell.period)}, saisie commencée"})
    st.html(tables.table(DRAFTS, rows, "Brouillons"))


def _figure(view: EntryView, world: World) -> dict[str, object]:
    definition = world.definitions[view.indicator]
    return {
        "indicator": tables.link(naming.cell(definition, view.cell), naming.indicator(definition)),
        "period": _where(world, view.region, view.period),
        "note": page.typeset(view.review_note),
    }


def _where(world: World, region: str, period: str) -> str:
    return f"{world.region_names[region]}, {world.periods[period].short}"


def _sheet(held: SheetSummary, world: World, several: bool) -> dict[str, object]:
    name = naming.sheet_name(held.chantier, world.chantier_names[held.chantier], held.period.short)
    shown = Markup("{}, {}").format(world.region_names[held.region], name) if several else name
    return {
        "sheet": tables.link(naming.sheet(held.region, held.chantier, held.period.code), shown),
        "left": ", ".join(left(held)) + f" sur {held.expected}",
        "until": short_date(held.last_day),
        "state": deadline(held, world.today),
    }


def left(held: SheetSummary) -> Sequence[str]:
    """« 3 à saisir », « 1 en brouillon », « 2 à corriger »"""
    counts = ((held.missing, "à saisir"), (held.drafts, "en brouillon"), (held.returned, "à corriger"))
    return [f"{count} {word}" for count, word in counts if count]


def deadline(held: SheetSummary, today: date) -> Markup:
    """How close the last day is, in a sign and words."""
    days = (held.last_day - today).days
    if days < 0:
        return tables.sign("▼", "échéance dépassée")
    if not held.has_ended:
        return tables.sign("○", "période en cours")
    return tables.sign("▲", f"dans {counted(days, 'jour')}" if days else "aujourd’hui")
