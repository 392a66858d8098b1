"""Where the country stands on an indicator: against which target, how much of the way, expected by when."""

from impact.figures import Definition
from impact.formats import counted, figure, short_date
from impact.presentation import plans, wording
from impact.presentation.advancement import state_word
from impact.presentation.explaining.statements import beside_the_sum
from impact.presentation.lens import Lens
from impact.progress import Progress
from impact.vocabulary import NATIONAL_CODE, PROGRESS_SIGNS, Accumulation, Measure, ProgressState
from impact.world import World


def national(world: World, indicator: str, lens: Lens) -> Progress:
    """As of the end of the window. world: holds the campaign from its start, whatever the window."""
    return world.progresses(indicator, provisional=lens.provisional, min_proof=lens.min_proof, day=lens.end)[
        NATIONAL_CODE
    ]


def standing(one: Progress) -> str:
    """« ▲ à surveiller, réalisation 54,5 % »; the state alone where there is no percentage."""
    state = _state(one)
    return state if one.achievement is None else f"{state}, réalisation {wording.achieved(one.achievement)}"


def counted_on(one: Progress) -> str:
    """« calculée sur 8 régions sur 11 »: of a pooled achievement; otherwise nothing."""
    if not one.pooled or one.achievement is None:
        return ""
    return f"calculée sur {counted(len(one.regions), 'région')} sur {len(one.regions) + len(one.left_out)}"


def target(world: World, definition: Definition, one: Progress) -> str:
    """« cible 2 400 »; the sum of the regional ones beside a national one that differs."""
    if one.target is None or one.state is ProgressState.NO_TARGET:
        return ""
    shown = plans.amount(definition, one.target)
    if one.pooled:
        return f"cible {shown}, somme des régions"
    different = beside_the_sum(world, definition)
    if different is None:
        return f"cible {shown}"
    return f"cible nationale {shown} ; somme des régions {plans.amount(definition, different[1])}"


def expected(definition: Definition, one: Progress) -> str:
    """« attendu 1 771 au 30/06/2011 »"""
    if one.expected is None or one.as_of is None:
        return ""
    return f"attendu {plans.amount(definition, one.expected)} au {short_date(one.as_of)}"


def so_far(world: World, definition: Definition, one: Progress, lens: Lens) -> str:
    """Where the number above is of a period alone: all that targets are about, since the campaign's start."""
    if lens.start is None or lens.end is None or one.actual is None or one.target is None:
        return ""
    whole = lens.total(world.within(world.start, lens.end), definition.code)
    shown = (
        figure(definition, whole.pair) if definition.measure is Measure.RATIO else plans.amount(definition, one.actual)
    )
    stock = definition.accumulation is Accumulation.STOCK
    return f"{'dernière valeur connue' if stock else 'depuis le début de la campagne'} : {shown}"


def course_words(one: Progress) -> str:
    """Beside a course's title: « Réalisation 54,5 % au 30/06/2011, calculée sur 8 régions sur 11, ▼ en retard »."""
    if one.achievement is None or one.as_of is None:
        return _state(one)
    parts = (
        f"Réalisation {wording.achieved(one.achievement)} au {short_date(one.as_of)}",
        counted_on(one),
        _state(one),
    )
    return ", ".join(part for part in parts if part)


def _state(one: Progress) -> str:
    return f"{PROGRESS_SIGNS[one.state]} {one.why or state_word(one.state)}"
