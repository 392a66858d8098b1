"""The country's regional actions: how many stand at each stage, month by month, and the national milestones."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from impact.actions import ActionKey
from impact.charts.palette import Mode
from impact.formats import capital, short_date
from impact.permissions import Actor
from impact.presentation.stages import STAGES, Moment, course, summary, told, word
from impact.stages import StageNow
from impact.ui import charting, legend, naming, page, tables
from impact.ui.drawings import Drawing, drawing
from impact.ui.kept import kept
from impact.ui.reads import Key
from impact.ui.stages.ladder import stage_name
from impact.ui.stages.reads import passages, standings
from impact.ui.stages.timeline import HOW, milestones_of
from impact.ui.tables import Column
from impact.vocabulary import NATIONAL_CODE

MOST = 8
NOW = (
    Column("action", "Action", html=True, row_header=True),
    Column("chantier", "Chantier", html=True, secondary=True),
    Column("stage", "Étape", html=True),
)
MOVES = (
    Column("day", "Jour"),
    Column("action", "Action", html=True, row_header=True),
    Column("what", "Passage"),
)


@dataclass(frozen=True, slots=True)
class Board:
    """drawing: None before the first action. actions: each with its stage. moves: the latest passages."""

    summary: str
    drawing: Drawing | None
    actions: Markup
    moves: Markup


@kept(16)
def board(key: Key, chantier: str, mode: Mode, names: tuple[tuple[str, str], ...]) -> Board:
    """Made apart from the figures' board. chantier: '' = all; names: of the regions, by code."""
    regions = dict(names)
    held = {one.key: one for one in standings(key).values() if chantier in ("", one.chantier)}
    known = {one.key for one in standings(key).values()}
    # Of one chantier, an action counts under the chantier that it has now; withdrawn ones have none any more.
    own = [one for one in passages(key) if one.key in held or (not chantier and one.key not in known)]
    moments = course(own, key.today)
    rows = [
        {
            "action": tables.two_lines(
                tables.link(naming.plan(one.key), one.title or f"Action {one.key}"),
                regions.get(one.key.region, one.key.region),
            ),
            "chantier": tables.chantier(one.chantier, one.chantier), "stage": _stage(one),
        }
        for one in held.values()
    ]  # fmt: skip
    moves = [
        {"day": short_date(one.day), "action": tables.link(naming.plan(one.key), _named(one.key, regions)),
         "what": page.typeset(capital(told(one)))}
        for one in reversed(own[-MOST:])
    ]  # fmt: skip
    return Board(
        page.typeset(f"{summary(moments[-1])}.") if moments else "",
        _drawing(moments, mode) if moments else None,
        tables.table(NOW, rows, "Actions régionales et leur étape"),
        tables.table(MOVES, moves, "Derniers passages d’une étape à une autre"),
    )


def _stage(one: StageNow) -> Markup:
    since = f"depuis le {short_date(one.since)}" if one.since else ""
    return tables.two_lines(stage_name(one.stage), since)


def _named(key: ActionKey, regions: dict[str, str]) -> str:
    return f"{regions.get(key.region, key.region)}, action {key.number}"


def _drawing(moments: Sequence[Moment], mode: Mode) -> Drawing:
    import pandas as pd

    from impact.charts import stages as charts

    frame = pd.DataFrame([
        {"day": moment.day, "stage": word(stage), "count": count}
        for moment in moments
        for stage, count in zip(STAGES, moment.counts, strict=True)
    ])  # fmt: skip
    figure = charts.stages_over_time(frame, mode)
    return drawing(
        "Étapes des actions régionales", figure, charts.stages_over_time_data(frame),
        charts.stages_over_time_alt(frame),
    )  # fmt: skip


def draw(actor: Actor, key: Key, chantier: str, names: dict[str, str]) -> None:
    """The section of the national view. names: of the regions, by code."""
    shown = board(key, chantier, page.mode(), tuple(sorted(names.items())))
    page.section("Étapes des actions régionales", shown.summary)
    if shown.drawing is None:
        page.empty("Aucune action régionale n’est encore ouverte : leurs étapes paraîtront ici, mois après mois.")
    else:
        left, right = st.columns([11, 10], gap="large")
        with left:
            page.html(_legend())
            charting.show(shown.drawing, "etapes")
        with right:
            page.html(shown.actions)
            page.more("Derniers passages", "etapes_passages", lambda: page.html(shown.moves))
    page.section("Jalons du pays", HOW)
    milestones_of(actor, NATIONAL_CODE, key, brief=True)


def _legend() -> Markup:
    return legend.legend([
        legend.swatch(word(stage), f"progress-{rank - 1}" if rank else "", "" if rank else "boxed")
        for rank, stage in enumerate(STAGES)
    ])  # fmt: skip
