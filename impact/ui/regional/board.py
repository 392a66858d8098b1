"""Everything that a region's screen shows, computed once for a key, a region, a lens and an appearance."""

from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from impact.aggregation import Total
from impact.charts.palette import Mode
from impact.figures import Definition, Period
from impact.formats import n_of_n, short_date
from impact.presentation import bullets, facts, parts, silences, states
from impact.presentation.bullets import Bullet
from impact.presentation.lens import Lens, narrowed
from impact.presentation.parts import AxisTable
from impact.presentation.questions import Kind, Question, about
from impact.presentation.silences import Hole
from impact.presentation.wording import coverage, in_full, sentence
from impact.ui import drawings, explanation, marks, page, quality_facts
from impact.ui.drawings import Drawing
from impact.ui.kept import kept
from impact.ui.page import Explanation, KeyFigure, key_figure
from impact.ui.reads import Key
from impact.ui.regional import lists
from impact.ui.regional import reads as own_reads
from impact.ui.regional.bullets import against_targets, means
from impact.vocabulary import Accumulation, Measure, Status
from impact.world import World


@dataclass(frozen=True, slots=True)
class Panel:
    """One indicator: its total in words, what that is made of, its curve, where it stands, where all comes from."""

    definition: Definition
    subtitle: str
    total: str
    made_of: Markup
    bullet: Bullet
    asked: Question
    drawing: Drawing
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Broken:
    """What an indicator's total is made of, by axis and by grade. number: that total; rest: what stands behind it."""

    definition: Definition
    number: str
    rest: str
    made_of: Markup
    asked: Question
    tables: tuple[AxisTable, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """to_come: indicators without any period over, with the one that they wait for. as_of: day of the bullets.

    targets, means: every indicator, means apart, None where there is none. states: of every figure.
    """

    sentence: str
    chantiers: tuple[str, ...]
    key_figures: tuple[KeyFigure, ...]
    panels: tuple[Panel, ...]
    to_come: tuple[tuple[Definition, Period], ...]
    as_of: date | None
    targets: Markup
    means: Markup | None
    broken: tuple[Broken, ...]
    states: Markup
    holes: tuple[Hole, ...]


@kept(64)
def board(key: Key, region: str, lens: Lens, mode: Mode) -> Board:
    whole = own_reads.region(key, region)
    chosen = narrowed(whole, lens._replace(start=None, end=None))
    seen = narrowed(whole, lens)
    own = [d for d in seen.definitions.values() if d.chantier in seen.chantiers_of(region)]
    started = [d for d in own if any(cell.indicator == d.code for cell in seen.due) or _has_entries(seen, d)]
    lines = bullets.bullets(chosen, region, lens, own_reads.statements(key, region))
    neutral = [line for line in lines if bullets.is_neutral(line.definition)]

    def ask(kind: Kind, indicator: str) -> Question:
        asked = about(seen, lens, kind, indicator=indicator, region=region)
        windowed = kind is Kind.TOTAL and lens.start is not None  # what was reached began before the window
        return replace(asked, since_start=windowed)

    return Board(
        sentence(seen, lens, seen.region_names[region]),
        tuple(seen.chantiers_of(region)),
        (*_advances(chosen, lens, region), *quality_facts.of(seen, lens, region)),
        tuple(_panel(chosen, seen, line, lens, region, mode) for line in lines if line.definition in started),
        tuple((d, period) for d in own if d not in started and (period := _next(chosen, d))),
        bullets.as_of(lines),
        against_targets([line for line in lines if not bullets.is_neutral(line.definition)], ask),
        means(neutral, ask) if neutral else None,
        tuple(_broken(seen, lens, region, own_reads.parts(key, region))),
        lists.states(states.state_lines(seen, region, own_reads.remarks(key, region))),
        tuple(silences.holes(seen)),
    )


def _has_entries(world: World, definition: Definition) -> bool:
    return any(cell.indicator == definition.code for cell in world.entries)


def _next(world: World, definition: Definition) -> Period | None:
    """The period of the indicator that is running or to come."""
    return next((period for period in world.own_periods(definition) if not period.has_ended(world.today)), None)


def _advances(chosen: World, lens: Lens, region: str) -> list[KeyFigure]:
    """The region's progress on each of its chantiers."""
    chantiers = chosen.chantiers_of(region)
    found = []
    for code in chantiers:
        advance = chosen.advances(code, provisional=lens.provisional, min_proof=lens.min_proof, day=lens.end)[region]
        name = chosen.chantier_names[code] if len(chantiers) > 1 else ""
        fact = facts.advance(advance, name, _last_end(chosen, lens))
        asked = about(chosen, lens, Kind.ADVANCE, region=region, chantier=code)
        lines = list(map(page.typeset, fact.lines))
        found.append(key_figure(fact.label, fact.value, fact.unit, lines, explanation.lazily(asked)))
    return found


def _last_end(chosen: World, lens: Lens) -> date | None:
    """End of the last period over by the end of the window."""
    ends = [p.end for p in chosen.periods.values() if p.campaign == chosen.campaign and p.has_ended(chosen.today)]
    return max((end for end in ends if lens.end is None or end <= lens.end), default=None)


def _panel(chosen: World, seen: World, bullet: Bullet, lens: Lens, region: str, mode: Mode) -> Panel:
    definition = bullet.definition
    total = lens.total(seen, definition.code, region)
    drawing = drawings.small(chosen, definition, lens, region, mode)
    asked = about(seen, lens, Kind.TOTAL, indicator=definition.code, region=region)
    return Panel(
        definition,
        f"{definition.code}, {_unit(chosen, definition, region)}",
        _named(seen, lens) + (_total(definition, total) if total.used else coverage(definition, total)),
        marks.under(total, stop=True),
        bullet,
        about(seen, lens, Kind.PROGRESS, indicator=definition.code, region=region),
        drawing,
        explanation.lazily(asked),
    )


def _named(seen: World, lens: Lens) -> str:
    """« T2 : » where the number is of one period and the curve of the whole campaign."""
    held = (one.short for one in sorted(seen.periods.values()) if (one.start, one.end) == (lens.start, lens.end))
    name = next(held, "")
    return f"{name} : " if name else ""


def _total(definition: Definition, total: Total) -> str:
    """« 45,8 % (11 sur 24) au 31/03/2011 ; partiel : pas de valeur à la dernière période due »"""
    text = in_full(definition, total)
    behind = (
        f" ({n_of_n(total.pair)})" if total.pair and definition.measure is Measure.RATIO and " sur " not in text else ""
    )
    day = f" au {short_date(total.value_date)}" if total.value_date else ""
    waiting = any(entry.status is Status.SUBMITTED for entry in total.used)
    words = [text + behind + day, "provisoire" if waiting else "", coverage(definition, total)]
    return " ; ".join(word for word in words if word)


def _unit(world: World, definition: Definition, region: str) -> str:
    """What a point of the curve is."""
    unit = "part" if definition.measure is Measure.RATIO else definition.unit
    if definition.accumulation is Accumulation.STOCK:
        return f"{unit}, en fin de période"
    cumulated = drawings.is_cumulated(world, definition, region)
    return f"{unit}, {f'cumul depuis le {short_date(world.start)}' if cumulated else 'par période'}"


def _broken(seen: World, lens: Lens, region: str, typed: parts.Parts) -> list[Broken]:
    """The indicators whose total has a breakdown."""
    found = []
    for definition in parts.broken_down(seen, region, typed):
        total = lens.total(seen, definition.code, region)
        own = seen.definition_of(definition.code, total.version)  # with the axes that its figures were broken down by
        if tables := parts.axis_tables(own, total, typed):
            asked = about(seen, lens, Kind.TOTAL, indicator=definition.code, region=region)
            number = in_full(definition, total)
            rest = _total(definition, total).removeprefix(number)
            made_of = marks.under(total, stop=True)
            found.append(Broken(definition, number, rest, made_of, asked, tuple(tables)))
    return found
