"""What waits for the national office."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from impact.formats import counted, moment, short_date
from impact.permissions import Actor, Right
from impact.queries.catalogue import ReopeningRow
from impact.queries.home import Waiting
from impact.queries.sheets import SheetSummary
from impact.ui import naming, page, tables
from impact.ui.home.reads import OfficeTasks
from impact.ui.home.team import left
from impact.ui.tables import Column
from impact.world import World

LATE = (
    Column("sheet", "Feuille", html=True, row_header=True),
    Column("left", "Ce qui manque"),
    Column("until", "Échéance"),
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


def todo(tasks: OfficeTasks, world: World) -> None:
    page.section("À valider")
    st.html(waiting(tasks.waiting))
    page.section("Feuilles en retard")
    if tasks.late:
        st.html(late_sheets(tasks.late, world))
    else:
        page.empty("Aucune feuille n’a dépassé son échéance.")
    if tasks.reopenings:
        page.section("Réouvertures en cours")
        st.html(reopenings(tasks.reopenings, world))


def waiting(held: Waiting) -> Markup:
    if not held.count or held.oldest is None:
        return Markup("<p>{}</p>").format("Aucun chiffre n’attend votre relecture.")
    link = tables.link("validation", f"{counted(held.count, 'chiffre')} à relire")
    return Markup('<p class="imp-lead">{} ; {}</p>').format(link, f"le plus ancien soumis le {moment(held.oldest)}.")


def late_sheets(late: Sequence[SheetSummary], world: World) -> Markup:
    return tables.table(LATE, [_late(held, world) for held in late], "Feuilles en retard")


def _late(held: SheetSummary, world: World) -> dict[str, object]:
    sheet = naming.sheet_name(held.chantier, world.chantier_names[held.chantier], held.period.short)
    name = Markup("{}, {}").format(world.region_names[held.region], sheet)
    return {
        "sheet": tables.link(naming.sheet(held.region, held.chantier, held.period.code), name),
        "left": ", ".join(left(held)) + f" sur {held.expected}",
        "until": short_date(held.last_day),
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
