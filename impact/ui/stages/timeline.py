"""Milestones on a line of time, as a table, and the forms that add one or say what has become of it."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from impact.actions import ActionKey
from impact.charts.palette import Mode
from impact.formats import capital, short_date
from impact.permissions import Actor, Right
from impact.presentation.milestones import Shown, shown, spoken
from impact.rules.milestones import (
    LONGEST_NAME,
    LONGEST_REASON,
    MilestoneRow,
    kinds,
    read_milestone,
    read_statement,
)
from impact.services import milestones as services
from impact.ui import charting, filters, legend, page, reads, tables
from impact.ui.admin.forms import Form
from impact.ui.drawings import Drawing, drawing
from impact.ui.kept import kept
from impact.ui.reads import Key
from impact.ui.stages.reads import milestones, standings
from impact.ui.tables import Column
from impact.vocabulary import NATIONAL_CODE, MilestoneState

COLUMNS = (
    Column("name", "Jalon", html=True, row_header=True),
    Column("planned", "Prévu le", secondary=True),
    Column("expected", "Attendu ou atteint le"),
    Column("slip", "Décalage"),
    Column("state", "État", html=True),
    Column("reason", "Motif", secondary=True),
)
NOT_YET = "Aucun jalon n’est encore posé : les dates qui comptent paraîtront ici, prévues puis attendues."
HOW = "La date prévue ne change jamais ; la date attendue peut changer, et le décalage se voit."


def timeline(rows: Sequence[MilestoneRow], today: date, name: str) -> None:
    """The line of time, its legend, its data as a table and as a file. name: of the widgets, once a page."""
    if not rows:
        page.empty(NOT_YET)
        return
    signs = ("○ prévu", "◇ attendu", "● atteint", "▼ en retard", "✕ abandonné")
    page.html(legend.legend([legend.words(sign) for sign in signs]))
    charting.show(drawn(tuple(rows), today, page.mode()), name)


@kept(32)
def drawn(rows: tuple[MilestoneRow, ...], today: date, mode: Mode) -> Drawing:
    import pandas as pd

    from impact.charts import milestones as charts

    found = shown(rows, today)
    frame = pd.DataFrame([
        {
            "name": one.name, "kind": one.kind, "planned": one.planned, "expected": one.expected, "sign": one.sign,
            "state": one.state, "slip": one.slip, "days": one.days, "reason": one.reason, "spoken": spoken(one),
        }
        for one in found
    ])  # fmt: skip
    figure = charts.timeline(frame, today, mode)
    return drawing("Jalons", figure, charts.timeline_data(frame), charts.timeline_alt(frame))


def milestones_of(
    actor: Actor, region: str, key: Key | None = None, *, brief: bool = False, action: ActionKey | None = None
) -> None:
    """The milestones of a region, or of the country ('FR'), and the forms of those who may say more of them.

    key: None = read. brief: without their table, which the chart's data hold. action: the one that is open, which a
    new milestone is first proposed for.
    """
    key = key or reads.source(actor).key
    rows = [one for one in milestones(key) if one.region == region]
    name = f"jalons_{region}"
    timeline(rows, key.today, name)
    if rows and not brief:
        page.html(table(shown(rows, key.today)))
    if not _may(actor, region):
        return
    if rows:
        page.more("Dire où en est un jalon", f"{name}_suite", lambda: _follow(region, rows, key.today))
    own = {one: f"{one}, {held.title}" for one, held in standings(key).items() if one.region == region}
    page.more("Ajouter un jalon", f"{name}_nouveau", lambda: _add(region, own, action))


def table(found: Sequence[Shown]) -> str:
    rows: list[Mapping[str, object]] = [
        {
            "name": tables.two_lines(one.name, _beside(one)),
            "planned": short_date(one.planned),
            "expected": short_date(one.expected) if one.days is not None else "–", "slip": one.slip or "–",
            "state": tables.sign(one.sign, one.state), "reason": page.typeset(one.reason),
        }
        for one in found
    ]  # fmt: skip
    return tables.table(COLUMNS, rows, "Jalons : prévus, attendus, décalage")


def _beside(one: Shown) -> Markup:
    """Its kind and its action; on a narrow screen the planned day too, whose column is left out."""
    said = page.typeset(", ".join(filter(None, (one.kind, one.action))))
    return Markup('{}<span class="imp-short">, prévu le {}</span>').format(said, short_date(one.planned))


def _may(actor: Actor, region: str) -> bool:
    return actor.may(Right.MEETINGS) if region == NATIONAL_CODE else actor.may_enter(region)


def _add(region: str, own: Mapping[ActionKey, str], action: ActionKey | None) -> None:
    form = Form(f"jalons_{region}_ajout")
    form.show()
    page.note("La date prévue ne changera plus : ce qui se décale se dit ensuite comme une prévision.")
    with filters.grid(3):
        offered = list(kinds(region))
        st.selectbox("Type", offered, format_func=lambda one: capital(one.label), key=form.key("type"))
        st.text_input("Jalon", key=form.key("nom"), max_chars=LONGEST_NAME)
        st.text_input("Date prévue", key=form.key("prevu"), placeholder="31/03/2011")
        if own:
            names = {"": "aucune en particulier", **{str(one): name for one, name in own.items()}}
            usual = list(names).index(str(action)) if str(action) in names else 0
            st.selectbox(
                "Action (facultatif)", list(names), usual, format_func=names.__getitem__, key=form.key("action")
            )
    form.button("Ajouter le jalon", _send_new, form, region, primary=True)


def _send_new(token: str, form: Form, region: str) -> None:
    draft, problems = read_milestone(region, {name: form.text(name) for name in ("type", "nom", "prevu", "action")})
    if draft is None:
        form.refuse(problems)
        return
    sent = form.send(
        token, lambda number: f"Jalon n° {number} ajouté : « {draft.name} », prévu le {short_date(draft.planned_on)}.",
        services.plan_milestone, region, draft,
    )  # fmt: skip
    if sent.done:
        form.fill(nom="", prevu="")


def _follow(region: str, rows: Sequence[MilestoneRow], today: date) -> None:
    awaited_first = sorted(rows, key=lambda one: one.state is not MilestoneState.PLANNED)
    known = {one.number: one for one in awaited_first}
    form = Form(f"jalons_{region}_suite")
    form.show()
    with filters.grid(3):
        number = st.selectbox("Jalon", list(known), format_func=lambda one: known[one].name, key=form.key("jalon"))
        st.selectbox("État", list(MilestoneState), format_func=lambda one: capital(one.label), key=form.key("etat"))
        st.text_input("Attendu ou atteint le", key=form.key("prevision"), placeholder="31/03/2011")
    st.text_input("Motif (sauf s’il est atteint)", key=form.key("motif"), max_chars=LONGEST_REASON)
    form.button("Enregistrer", _send_statement, form, known[number], today, primary=True)


def _send_statement(token: str, form: Form, held: MilestoneRow, today: date) -> None:
    draft, problems = read_statement({name: form.text(name) for name in ("etat", "prevision", "motif")}, today)
    if draft is None:
        form.refuse(problems)
        return
    sent = form.send(
        token, lambda _: f"« {held.name} » : {draft.state.label}.", services.forecast, held.region, held.number,
        draft.state, draft.day, draft.reason, held.seen_number,
    )  # fmt: skip
    if sent.done:
        form.fill(prevision="", motif="")
