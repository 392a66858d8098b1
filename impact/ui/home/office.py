"""What waits for the national office."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import streamlit as st
from markupsafe import Markup

from impact.digest import Item
from impact.figures import Definition
from impact.formats import counted, day_of, short_date
from impact.permissions import Actor, Right
from impact.presentation import deadlines
from impact.queries.catalogue import ReopeningRow
from impact.queries.home import Waiting, WithoutTarget
from impact.queries.sheets import SheetSummary
from impact.ui import naming, page, tables
from impact.ui.home import beside
from impact.ui.home.reads import OfficeTasks
from impact.ui.home.team import left
from impact.ui.tables import Column
from impact.world import World

T = TypeVar("T")
Row = Mapping[str, object]

MOST = 12
"""Lines shown at once; the others open."""
WAITING = (
    Column("region", "Région", html=True, row_header=True),
    Column("count", "À relire", "right"),
    Column("oldest", "Le plus ancien, soumis"),
)
LATE = (
    Column("region", "Région", html=True, row_header=True),
    Column("sheets", "Feuilles et ce qui y manque", html=True),
    Column("until", "Retard", html=True),
)
TARGETS = (
    Column("region", "Région et chantier", html=True, row_header=True),
    Column("count", "Sans cible", "right"),
    Column("which", "Indicateurs", secondary=True),
)
BROKEN = (
    Column("indicator", "Indicateur", html=True, row_header=True),
    Column("versions", "Ses chiffres suivent"),
)
REOPENED = (
    Column("region", "Région", row_header=True),
    Column("period", "Période"),
    Column("until", "Jusqu’au"),
    Column("reason", "Motif"),
)


def first_steps(actor: Actor) -> None:
    """Before any region works on a chantier: where to begin."""
    links = [tables.link("calendrier", "Mobiliser les régions et vérifier les échéances")]
    if actor.may(Right.ACCOUNTS):
        links.append(tables.link("comptes", "Inviter les équipes, le bureau national et les lecteurs"))
    page.section("Pour commencer")
    page.empty(
        "Aucune région n’est encore mobilisée sur un chantier : aucun chiffre n’est attendu. Les feuilles s’ouvriront "
        "dès qu’une région le sera."
    )
    st.html(
        Markup('<ol class="imp-lead">{}</ol>').format(
            Markup().join(Markup("<li>{}</li>").format(link) for link in links)
        )
    )


def todo(tasks: OfficeTasks, told: Sequence[Item], world: World, known: Mapping[str, Definition]) -> None:
    """told: what waits beside figures."""
    st.html(_summary(tasks, told))
    page.section("À valider")
    if tasks.waiting:
        st.html(tables.table(WAITING, [_waiting(one, world) for one in tasks.waiting], "À valider"))
    else:
        page.empty("Aucun chiffre n’attend votre relecture.")
    beside.draw(told, beside.PRESSING)
    page.section("Régions à relancer")
    if tasks.late:
        _long(LATE, _by_region(tasks.late), lambda own: _late(own, world), "Régions à relancer", "relances")
    else:
        page.empty("Aucune feuille n’a dépassé son échéance.")
    beside.draw(told)
    if tasks.without_target:
        page.section("Cibles manquantes", "Indicateurs des régions mobilisées pour lesquels rien n’est encore visé.")
        _long(TARGETS, tasks.without_target, lambda one: _without_target(one, world), "Cibles manquantes", "cibles")
    if tasks.broken:
        page.section("Ruptures de série", "Des chiffres de versions différentes ne s’additionnent ni ne se comparent.")
        broken = [(code, versions) for code, versions in tasks.broken.items() if code in known]
        _long(BROKEN, broken, lambda one: _broken(*one, known), "Ruptures de série", "ruptures")
    if tasks.reopenings:
        page.section("Réouvertures en cours")
        st.html(reopenings(tasks.reopenings, world))


def _summary(tasks: OfficeTasks, told: Sequence[Item]) -> Markup:
    """« À faire : 15 chiffres à relire, 7 régions à relancer, 14 cibles à énoncer. »"""
    counts = (
        (sum(one.count for one in tasks.waiting), "chiffre à relire", "chiffres à relire"),
        (len({held.region for held in tasks.late}), "région à relancer", "régions à relancer"),
        *beside.counts(told),
        (sum(len(one.indicators) for one in tasks.without_target), "cible à énoncer", "cibles à énoncer"),
        (len(tasks.broken), "rupture de série", "ruptures de série"),
    )
    said = [counted(count, one, several) for count, one, several in counts if count]
    return Markup('<p class="imp-lead">{}</p>').format(
        page.typeset(f"À faire : {', '.join(said)}." if said else "Rien ne vous attend aujourd’hui.")
    )


def _long(columns: Sequence[Column], held: Sequence[T], row: Callable[[T], Row], caption: str, name: str) -> None:
    """row: how one of what is held is shown. name: of the widget that opens the rest of them."""

    def show(some: Sequence[T], title: str) -> None:
        page.html(tables.table(columns, [row(one) for one in some], title))

    show(held[:MOST], caption)
    if rest := held[MOST:]:
        label = counted(len(rest), "autre ligne", "autres lignes")
        page.more(label, f"accueil_{name}", lambda: show(rest, f"{caption}, suite"))


def _waiting(one: Waiting, world: World) -> Row:
    return {
        "region": tables.link(f"validation?region={one.region}", world.region_names[one.region]),
        "count": counted(one.count, "chiffre"),
        "oldest": deadlines.since(day_of(one.oldest), world.today),
    }


def _by_region(late: Sequence[SheetSummary]) -> list[list[SheetSummary]]:
    """Those of each region, the longest late first."""
    found: dict[str, list[SheetSummary]] = {}
    for held in sorted(late, key=lambda held: (held.last_day, held.period)):
        found.setdefault(held.region, []).append(held)
    return list(found.values())


def _late(own: Sequence[SheetSummary], world: World) -> Row:
    region = own[0].region
    return {
        "region": tables.link(f"region?region={region}", world.region_names[region]),
        "sheets": Markup("<br>").join(_missing(held) for held in own),
        "until": tables.sign("▼", deadlines.late(own[0].last_day, world.today)),
    }


def _missing(held: SheetSummary) -> Markup:
    sheet = tables.link(
        naming.sheet(held.region, held.chantier, held.period.code), f"{held.chantier} {held.period.short}"
    )
    return Markup("{} {}").format(sheet, page.typeset(f": {', '.join(left(held))} sur {held.expected}"))


def _without_target(one: WithoutTarget, world: World) -> Row:
    name = tables.link(f"cibles?region={one.region}&chantier={one.chantier}", world.region_names[one.region])
    mark = tables.chantier(one.chantier, world.chantier_names[one.chantier])
    return {
        "region": tables.two_lines(name, mark),
        "count": f"{len(one.indicators)} sur {one.asked}",
        "which": ", ".join(one.indicators) if len(one.indicators) < one.asked else "tous",
    }


def _broken(code: str, versions: Sequence[int], known: Mapping[str, Definition]) -> Row:
    return {
        "indicator": tables.link(f"referentiel?indicateur={code}", naming.indicator(known[code])),
        "versions": f"les versions {' et '.join(map(str, versions))} de la définition",
    }


def reopenings(rows: Sequence[ReopeningRow], world: World) -> Markup:
    cells = [
        {
            "region": world.region_names[row.region],
            "period": row.period,
            "until": short_date(row.until),
            "reason": page.typeset(row.reason),
        }
        for row in rows
    ]
    return tables.table(REOPENED, cells, "Réouvertures en cours")
