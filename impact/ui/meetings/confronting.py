"""« Confronter les démarches »: frozen comparisons side by side, and what has changed since."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from impact.actions import ActionKey
from impact.figures import CellEntry
from impact.formats import day_of, period_name, short_date
from impact.permissions import Actor, Right
from impact.presentation import confronting, sides
from impact.presentation.questions import of_figure
from impact.presentation.wording import short_name
from impact.queries.snapshots import Act, Change, Snapshot
from impact.ui import charting, marks, page, parts, tables
from impact.ui.admin.acts import ACTIONS
from impact.ui.meetings import freezing, words
from impact.ui.meetings import sides as table
from impact.ui.meetings.known import CONFRONTING, FROZEN, Known, Opened, address, missing, since
from impact.ui.page import typeset
from impact.ui.tables import Column

if TYPE_CHECKING:
    import pandas as pd

CHANGES = (
    Column("figure", "Chiffre", html=True, row_header=True),
    Column("then", "Arrêté", "right", html=True),
    Column("now", "Aujourd’hui", "right", html=True),
    Column("acts", "Qui, quand et pourquoi", html=True),
)

MOVED = (
    Column("side", "Action", html=True, row_header=True),
    Column("what", "Quoi"),
    Column("then", "Arrêté"),
    Column("now", "Aujourd’hui"),
)


def draw(held: Opened, known: Known, actor: Actor) -> None:
    chosen = _chosen(held)
    if chosen is None:
        page.empty(
            "Aucune confrontation n’est encore arrêtée. Le bureau national choisit de deux à six actions : leurs "
            "moyens, leur portée, leurs résultats, leur preuve et leur coût par résultat paraîtront ici, côte à côte."
        )
    else:
        _others(held, chosen)
        _side_by_side(chosen)
        _since(chosen, known)
    if actor.may(Right.MEETINGS):
        page.section("Arrêter une confrontation")
        freezing.draw(held, known)


def _chosen(held: Opened) -> Snapshot | None:
    """The one that the address names; the last one where it names none."""
    asked = st.query_params.get(FROZEN, "")
    found = next((one for one in held.snapshots if str(one.number) == asked), None)
    if asked and found is None:
        missing("la confrontation", asked)
    return found or (held.snapshots[-1] if held.snapshots else None)


def _others(held: Opened, chosen: Snapshot) -> None:
    if len(held.snapshots) < 2:
        return
    offered = {
        str(one.number): (
            typeset(f"{one.title} ({short_date(one.taken_on)})"),
            address(rencontre=str(held.row.number), partie=CONFRONTING, arrete=str(one.number)),
        )
        for one in reversed(held.snapshots)
    }
    parts.draw("Confrontations arrêtées", offered, str(chosen.number))


def _side_by_side(chosen: Snapshot) -> None:
    import pandas as pd

    compared = chosen.comparison
    columns, blocks = confronting.columns(compared), confronting.blocks(compared)
    days = f"du {short_date(compared.start)} au {short_date(compared.end)}"
    told = (
        f"Arrêté le {short_date(chosen.taken_on)} par {chosen.taken_by} : chiffres et plans validés ce jour-là, "
        f"périodes {days}. Rien n’y change plus."
    )
    page.section(typeset(chosen.title), told, table.draw(columns, blocks, f"{chosen.title}, côte à côte"))
    page.note(f"Empreinte de l’arrêté : {chosen.sha256[:16]}.")
    data = pd.DataFrame(list(sides.lines(columns, blocks)), columns=list(sides.FILE))
    charting.as_file(data, f"confrontation_{chosen.number}")


def _since(chosen: Snapshot, known: Known) -> None:
    changes, others = since(known.key, chosen.number)
    page.section("Ce qui a changé depuis", "Ce qui est arrêté ci-dessus ne bouge pas ; voici l’écart à aujourd’hui.")
    if not changes:
        page.empty("Aucun des chiffres regardés n’a changé depuis.")
    else:
        _figures(chosen, changes, known)
    if others:
        rows = [{"side": _side(one.key, known), "what": one.what, "then": one.then, "now": one.now} for one in others]
        drawn = tables.table(MOVED, rows, "Plans, étapes et affirmations qui ont changé depuis")
        page.html(Markup('<div class="imp-meetings">{}</div>').format(drawn))


def _side(key: ActionKey, known: Known) -> Markup:
    return words.plan(key, known.actions.get(str(key), str(key)))


def _figures(chosen: Snapshot, changes: Sequence[Change], known: Known) -> None:
    rows = [_change(one, known) for one in changes]
    drawn = tables.table(CHANGES, rows, f"Ce qui a changé depuis le {short_date(chosen.taken_on)}")
    page.html(Markup('<div class="imp-meetings">{}</div>').format(drawn))
    charting.as_file(_file(changes, known), f"confrontation_{chosen.number}_depuis")


def _change(one: Change, known: Known) -> dict[str, object]:
    name = f"{one.cell.indicator} {short_name(one.definition_now)}"
    place = f"{known.regions.get(one.cell.region, one.cell.region)}, {period_name(one.cell.period)}"
    return {
        "figure": tables.two_lines(typeset(name), place),
        "then": _told(one.then, one.before),
        "now": tables.explained(_told(one.now if one.after else "plus validé", one.after), of_figure(one.cell)),
        "acts": _acts(one.acts),
    }  # fmt: skip


def _told(text: str, entry: CellEntry | None) -> Markup:
    mark = Markup(" {}").format(marks.beside(entry.reliability)) if entry and entry.pair else Markup()
    return Markup("{}{}").format(tables.strong(text), mark)


def _acts(acts: Sequence[Act]) -> Markup:
    if not acts:
        return Markup('<span class="imp-light">{}</span>').format("aucun acte n’y a touché : son niveau seul a changé")
    return Markup("<br>").join(typeset(_act(one)) for one in acts)


def _act(one: Act) -> str:
    """« Chiffre rouvert, Odile Martin, 12/07/2011 : erreur de saisie »"""
    said = f"{ACTIONS.get(one.action, one.action)}, {one.by}, {short_date(day_of(one.at))}"
    return f"{said} : {one.reason}" if one.reason else said


def _file(changes: Sequence[Change], known: Known) -> "pd.DataFrame":
    import pandas as pd

    names = ("code_region", "region", "indicateur", "periode", "arrete", "aujourd_hui", "actes")
    return pd.DataFrame(
        [
            (one.cell.region, known.regions.get(one.cell.region, ""), one.cell.indicator, one.cell.period, one.then,
             one.now, " ; ".join(_act(act) for act in one.acts))
            for one in changes
        ],
        columns=list(names),
    )  # fmt: skip
