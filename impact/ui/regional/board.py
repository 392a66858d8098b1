"""Everything that a region's screen shows, computed once for a key, a region, a lens and an appearance."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from impact.aggregation import Total
from impact.charts.palette import Mode
from impact.figures import Definition, Period
from impact.formats import grade, n_of_n, short_date
from impact.presentation import facts, silences, states
from impact.presentation.lens import Lens, narrowed
from impact.presentation.silences import Hole
from impact.presentation.states import StateLine
from impact.presentation.wording import coverage, in_full, sentence
from impact.ui import drawings, explanation, quality_facts, reads
from impact.ui.drawings import Drawing
from impact.ui.page import KeyFigure
from impact.ui.reads import Key
from impact.vocabulary import Accumulation, Measure, Status
from impact.world import World


@dataclass(frozen=True, slots=True)
class Panel:
    """One indicator: its total in words, its curve, and where both come from."""

    definition: Definition
    subtitle: str
    total: str
    drawing: Drawing
    explanation: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Board:
    """to_come: indicators without any period over, with the one that they wait for."""

    sentence: str
    chantiers: tuple[str, ...]
    key_figures: tuple[KeyFigure, ...]
    panels: tuple[Panel, ...]
    to_come: tuple[tuple[Definition, Period], ...]
    states: tuple[StateLine, ...]
    holes: tuple[Hole, ...]


@st.cache_resource(max_entries=64, show_spinner=False)
def board(key: Key, region: str, lens: Lens, mode: Mode) -> Board:
    whole = reads.world(key).of_regions({region})
    chosen = narrowed(whole, lens._replace(start=None, end=None))
    seen = narrowed(whole, lens)
    own = [d for d in seen.definitions.values() if d.chantier in seen.chantiers_of(region)]
    started = [d for d in own if any(cell.indicator == d.code for cell in seen.due) or _has_entries(seen, d)]
    return Board(
        sentence(seen, lens, seen.region_names[region]),
        tuple(seen.chantiers_of(region)),
        (*quality_facts.of(seen), _validated(seen)),
        tuple(_panel(chosen, seen, definition, lens, region, mode) for definition in started),
        tuple((d, period) for d in own if d not in started and (period := _next(chosen, d))),
        tuple(states.state_lines(seen, region, reads.remarks(key, region))),
        tuple(silences.holes(seen)),
    )


def _has_entries(world: World, definition: Definition) -> bool:
    return any(cell.indicator == definition.code for cell in world.entries)


def _next(world: World, definition: Definition) -> Period | None:
    """The period of the indicator that is running or to come."""
    return next((period for period in world.own_periods(definition) if not period.has_ended(world.today)), None)


def _validated(seen: World) -> KeyFigure:
    fact = facts.validated(seen.pooled())
    told = explanation.of_rate(
        f"{fact.label} : {fact.value}",
        "Chiffres portant une valeur, validés par le bureau national, sur les chiffres attendus des périodes échues.",
        explanation.sheets(seen, lambda row: row.figures, lambda row: row.due),
        "Validés", "Attendus",
    )  # fmt: skip
    return KeyFigure(fact.label, fact.value, fact.unit, fact.lines, told)


def _panel(chosen: World, seen: World, definition: Definition, lens: Lens, region: str, mode: Mode) -> Panel:
    total = lens.total(seen, definition.code, region)
    return Panel(
        definition,
        f"{definition.code}, {_unit(definition)}",
        _total(definition, total) if total.used else coverage(definition, total),
        drawings.small(chosen, definition, lens, region, mode),
        explanation.of_total(seen, definition, total, lens),
    )


def _total(definition: Definition, total: Total) -> str:
    """« 45,8 % (11 sur 24) au 31/03/2011 ; partiel : pas de valeur à la dernière période due ; F0 déclaré »"""
    text = in_full(definition, total)
    behind = (
        f" ({n_of_n(total.pair)})" if total.pair and definition.measure is Measure.RATIO and " sur " not in text else ""
    )
    day = f" au {short_date(total.value_date)}" if total.value_date else ""
    waiting = any(entry.status is Status.SUBMITTED for entry in total.used)
    lowest = grade(total.composition.lowest or 0) + (" au plus bas" if len(total.used) > 1 else "")
    words = [text + behind + day, "provisoire" if waiting else "", coverage(definition, total), lowest]
    return " ; ".join(word for word in words if word)


def _unit(definition: Definition) -> str:
    unit = "part" if definition.measure is Measure.RATIO else definition.unit
    return f"{unit}, {'en fin de période' if definition.accumulation is Accumulation.STOCK else 'par période'}"
