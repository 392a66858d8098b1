"""From a question to its explanation, out of what its reader may see."""

from collections.abc import Collection

from impact.figures import Cell
from impact.presentation.explaining.advances import explain_advance
from impact.presentation.explaining.cells import explain_cell
from impact.presentation.explaining.rates import RATES, explain_rate
from impact.presentation.explaining.shapes import NOTHING_MORE, Background, Explanation
from impact.presentation.explaining.standings import explain_states
from impact.presentation.explaining.targets import Asked, explain_progress, reached
from impact.presentation.explaining.totals import explain
from impact.presentation.lens import Lens, narrowed
from impact.presentation.questions import Kind, Question
from impact.vocabulary import NATIONAL_CODE
from impact.world import World


def answer(world: World, question: Question, background: Background = NOTHING_MORE) -> Explanation | None:
    """world: the whole campaign asked about, as its reader sees it. None where a code says nothing here.

    That provisional totals are not for everybody is the caller's to refuse (permissions.require_provisional).
    """
    if not _is_known(world, question):
        return None
    lens = _lens(world, question)
    if question.kind is Kind.FIGURE:
        return explain_cell(world, Cell(question.region, question.indicator, question.period), background)
    if question.kind is Kind.TOTAL:
        return _total(world, question, lens, background)
    if question.kind is Kind.PROGRESS:
        return _progress(world, question, lens, background)
    if question.kind is Kind.ADVANCE:
        return _advance(world, question, lens)
    if question.kind is Kind.STATES:
        return explain_states(world, lens)
    return explain_rate(_reported(world, question, lens), question)


NEEDS = {
    Kind.TOTAL: ("indicator",),
    Kind.PROGRESS: ("indicator",),
    Kind.FIGURE: ("indicator", "region", "period"),
    Kind.ADVANCE: ("region", "chantier"),
    Kind.STATES: (),
    **dict.fromkeys(RATES, ()),
}
"""What a question must name, by kind."""


def _is_known(world: World, question: Question) -> bool:
    """Every code that is named exists, and those that the kind needs are named."""
    held: dict[str, Collection[str]] = {
        "indicator": world.definitions,
        "region": world.region_names,
        "chantier": world.chantier_names,
        "period": {code for code, one in world.periods.items() if one.campaign == world.campaign},
    }
    named = {name: getattr(question, name) for name in held}
    known = all(not code or code in held[name] for name, code in named.items())
    return known and all(named[name] for name in NEEDS[question.kind]) and _is_reported(world, question)


def _is_reported(world: World, question: Question) -> bool:
    """A figure is of a period of its indicator's own length."""
    if question.kind is not Kind.FIGURE:
        return True
    return world.periods[question.period] in world.own_periods(world.definitions[question.indicator])


def _lens(world: World, question: Question) -> Lens:
    period = world.periods.get(question.period)
    start = period.start if period and not question.since_start else None
    return Lens(question.chantier, start, period.end if period else None, question.min_proof, question.provisional)


def _total(world: World, question: Question, lens: Lens, background: Background) -> Explanation:
    seen = narrowed(world, lens._replace(chantier=""))
    total = lens.total(seen, question.indicator, question.region or NATIONAL_CODE)
    return explain(seen, world.definitions[question.indicator], total, lens, background)


def _progress(world: World, question: Question, lens: Lens, background: Background) -> Explanation | None:
    found = world.progresses(question.indicator, provisional=lens.provisional, min_proof=lens.min_proof, day=lens.end)
    one = found.get(question.region or NATIONAL_CODE)
    if one is None:
        return None
    seen, to_date = reached(world, one, lens)
    has_figures = one.as_of is not None and (one.actual is not None or (one.why != "" and not one.pooled))
    total = to_date.total(seen, question.indicator, one.region) if has_figures else None
    regional = tuple(each for code, each in found.items() if code != NATIONAL_CODE)
    definition = world.definition_of(question.indicator, total.version) if total else world.definitions[one.indicator]
    return explain_progress(Asked(world, lens, definition, one, regional, total, background))


def _advance(world: World, question: Question, lens: Lens) -> Explanation | None:
    advance = world.advances(
        question.chantier, provisional=lens.provisional, min_proof=lens.min_proof, day=lens.end
    ).get(question.region)
    if advance is None:
        return None
    parts = {
        code: world.progresses(code, provisional=lens.provisional, min_proof=lens.min_proof, day=lens.end)[
            question.region
        ]
        for code, definition in world.definitions.items()
        if definition.chantier == question.chantier
    }
    return explain_advance(world, advance, parts, lens, question)


def _reported(world: World, question: Question, lens: Lens) -> World:
    seen = narrowed(world, lens)
    if question.sheet and question.period:
        seen = seen.of_period(question.period)
    return seen.of_regions({question.region}) if question.region else seen
