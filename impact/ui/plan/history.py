"""Every version that a plan had: what changed from one to the next, by whom and why; each can be read whole."""

from dataclasses import replace
from itertools import pairwise

import streamlit as st
from markupsafe import Markup

from impact.formats import NARROW, day_of, short_date
from impact.presentation.actions.changes import told
from impact.queries.actions import PlanVersion
from impact.rules.plan_changes import changes
from impact.ui import filters, page, tables
from impact.ui.plan import whole
from impact.ui.plan.known import SCREEN, Opened
from impact.vocabulary import FundingState

VERSIONS = (
    tables.Column("version", "Version", html=True, row_header=True),
    tables.Column("what", "Ce qui a changé", html=True),
    tables.Column("before", "Avant", secondary=True),
    tables.Column("after", "Maintenant"),
)
NONE = "aucune"


def draw(held: Opened, status: FundingState) -> None:
    """The latest first; then one of them whole, which the address names."""
    page.section("Versions du plan", "La plus récente d’abord : ce qui a changé, qui l’a écrit, et pourquoi.")
    rows = [row for before, after in reversed(list(pairwise(held.versions))) for row in _rows(held, before, after)]
    rows.append({"version": _named(held, held.versions[0]), "what": "Ouverture de l’action"})
    drawn = tables.table(VERSIONS, rows, f"Versions du plan {held.key}")
    page.html(Markup('<div class="imp-plan">{}</div>').format(drawn))
    names = {NONE: "Choisir une version"}
    names |= {str(one.version): _label(held, one) for one in reversed(held.versions)}
    chosen = filters.settle(SCREEN, "version", "la version", names)
    st.selectbox(
        "Lire une version en entier", list(names), format_func=names.__getitem__, key=f"{SCREEN}_version",
        filter_mode=None,
    )  # fmt: skip
    if chosen != NONE:
        found = next(one for one in held.versions if str(one.version) == chosen)
        whole.draw(replace(held, row=replace(held.row, plan=found.plan, version=found.version)), status)


def _rows(held: Opened, before: PlanVersion, after: PlanVersion) -> list[dict[str, object]]:
    return [
        {
            "version": _named(held, after),
            "what": tables.two_lines(page.typeset(one.what), one.where),
            "before": one.before,
            "after": one.after,
        }
        for one in told(changes(before.plan, after.plan))
    ]


def _named(held: Opened, one: PlanVersion) -> Markup:
    why = f"{NARROW}: « {one.reason} »" if one.reason else ""
    return tables.two_lines(
        _label(held, one), page.typeset(f"{short_date(day_of(one.written_at))}, {one.written_by}{why}")
    )


def _label(held: Opened, one: PlanVersion) -> str:
    row = held.row
    sign = ", en vigueur" if one.version == row.version else ""
    return f"Version {one.version}{sign}{', validée' if one.version == row.validated_version else ''}"
