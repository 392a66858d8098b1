"""Achievement of an indicator, explained: against which target, expected by when, at which pace."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from impact.aggregation import Total
from impact.figures import Definition, Target
from impact.formats import counted, figure, number, percent, short_date
from impact.presentation import plans, wording
from impact.presentation.explaining.shapes import Background, Explanation, Link, Listing
from impact.presentation.explaining.statements import beside_the_sum, quantity, revisions
from impact.presentation.explaining.totals import EVERYWHERE, explain, sheet_link, statuses, subject
from impact.presentation.lens import Lens
from impact.presentation.questions import Kind, Question
from impact.progress import ON_TRACK_FROM, UNKNOWN_START, WATCHED_FROM, Progress, can_pool, share_of_time
from impact.vocabulary import (
    NATIONAL_CODE,
    PROGRESS_SIGNS,
    WITHOUT_VALUE,
    Coverage,
    Direction,
    Measure,
    ProgressState,
)
from impact.world import World

THRESHOLDS = (
    f"Seuils du rythme : {number(ON_TRACK_FROM, 2)} ou plus, en avance ou conforme ; de {number(WATCHED_FROM, 2)} "
    f"à {number(ON_TRACK_FROM, 2)}, à surveiller ; en dessous, en retard."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One achievement and where it comes from. world: the whole campaign. total: what was reached, None before any."""

    world: World
    lens: Lens
    definition: Definition
    progress: Progress
    regional: tuple[Progress, ...]
    total: Total | None
    background: Background

    def say(self, value: Fraction) -> str:
        """In the indicator's unit, as short as its decimals allow; brackets around what is negative."""
        shown = quantity(self.definition, value)
        return f"({shown})" if value < 0 else shown

    @property
    def actual(self) -> str:
        """What was reached, as screens show it: « 3 sur 7 » where a percentage would say too much."""
        if self.total is None or self.definition.measure is not Measure.RATIO:
            return self.say(self.progress.actual or Fraction(0))
        return figure(self.definition, self.total.pair)

    @property
    def target(self) -> Target | None:
        return self.world.targets.get((self.progress.region, self.definition.code))


def explain_progress(asked: Asked) -> Explanation:
    one = asked.progress
    day = f", au {short_date(one.as_of)}" if one.as_of else ""
    return Explanation(
        title=wording.titled(f"{said(one)}{day}", asked.lens),
        subject=f"Taux de réalisation, {subject(asked.world, asked.definition, one.region)}",
        number=achieved(one),
        exact=one.achievement,
        formula=_formula(asked),
        notes=tuple(_notes(asked)),
        listings=tuple(_listings(asked)),
        coverage=_coverage(one),
        left_out=tuple((why, asked.world.region_names[region]) for region, why in one.left_out),
        definition=_version(asked),
        links=(sheet_link(asked.definition.code, asked.definition.version),),
        behind=tuple(_behind(asked)),
    )


def _version(asked: Asked) -> str:
    one = asked.definition
    return f"Définition {one.code}, version {one.version}, {one.direction.label}. {statuses(asked.lens)}"


def achieved(one: Progress) -> str:
    """« 50 % »; the word of the state where there is no percentage."""
    return one.word if one.achievement is None else wording.achieved(one.achievement)


def said(one: Progress) -> str:
    """« 50 % du chemin vers la cible, ▼ en retard »"""
    state = f"{PROGRESS_SIGNS[one.state]} {one.word}"
    return state if one.achievement is None else f"{achieved(one)} du chemin vers la cible, {state}"


WITHOUT_PERCENTAGE = {
    ProgressState.HELD: "La cible demande de maintenir {target} : réalisé {actual}, c’est tenu. Il n’y a pas de "
    "chemin à parcourir, donc pas de pourcentage.",
    ProgressState.NOT_HELD: "La cible demande de maintenir {target} : réalisé {actual}, ce n’est pas tenu. Il n’y a "
    "pas de chemin à parcourir, donc pas de pourcentage.",
    ProgressState.REACHED: "Réalisé {actual} pour une cible de {target} : atteint. Sans situation de départ connue, "
    "il n’y a pas de pourcentage.",
    ProgressState.NOT_REACHED: "Réalisé {actual} pour une cible de {target} : non atteint. Sans situation de départ "
    "connue, il n’y a pas de pourcentage.",
}


WITHOUT_ACTUAL = {
    WITHOUT_VALUE[Coverage.NOT_COMPUTABLE]: "Le dénominateur du réalisé est nul : il y a un chiffre, mais rien à "
    "rapporter à la cible ; non calculable, et jamais 0 % à sa place.",
    WITHOUT_VALUE[Coverage.NOT_ADDITIVE]: "Les régions ne s’additionnent pas : le pays n’a pas de réalisé à rapporter "
    "à sa cible.",
    UNKNOWN_START: "Aucune région qui a une cible et un chiffre ne connaît sa situation de départ : rien ne peut être "
    "mis en commun, et jamais 0 % à sa place.",
}
"""Why figures make no rate, by Progress.why."""


def _formula(asked: Asked) -> str:
    one = asked.progress
    if one.state in WITHOUT_PERCENTAGE and one.actual is not None and one.target is not None:
        return WITHOUT_PERCENTAGE[one.state].format(target=asked.say(one.target), actual=asked.actual)
    if one.achievement is None:
        return _why_nothing(asked)
    baseline, target = (asked.say(side or Fraction(0)) for side in (one.baseline, one.target))  # both are known here
    actual = asked.actual
    words = "(réalisé − départ) / (cible − départ)"
    if one.pooled:
        words = "(somme des réalisés − somme des départs) / (somme des cibles − somme des départs)"
    return (
        f"Taux de réalisation = {words} = ({actual} − {baseline}) / ({target} − {baseline}) = {achieved(one)}. "
        "Il n’est jamais plafonné."
    )


def _why_nothing(asked: Asked) -> str:
    one, definition = asked.progress, asked.definition
    if definition.direction is Direction.NEUTRAL:
        return "Pas de cible : c’est un indicateur de moyens, ni classé ni compté dans l’avancement."
    if one.state is ProgressState.NO_TARGET:
        if one.region == NATIONAL_CODE and not can_pool(definition):
            what = "une part ou une moyenne" if definition.has_pair else "ce que les régions ont en commun"
            return f"Sans cible nationale : {what} ne se reconstitue pas à partir des cibles régionales."
        return "Aucune cible n’est énoncée : il n’y a pas de taux de réalisation, et jamais 0 % à sa place."
    if one.state is ProgressState.NOT_DUE:
        return "Aucune période attendue de cet indicateur n’est échue : le taux est à venir, et jamais 0 % à sa place."
    if one.why:
        return WITHOUT_ACTUAL[one.why]
    return "Aucun chiffre n’entre dans le réalisé : non renseigné, et jamais 0 % à sa place."


def _notes(asked: Asked) -> Iterator[str]:
    one, target = asked.progress, asked.target
    if one.target is not None and one.achievement is None and one.state not in WITHOUT_PERCENTAGE:
        start = "" if one.baseline is None else f", en partant de {quantity(asked.definition, one.baseline)}"
        due = f" au {short_date(one.due)}" if one.due else ""
        yield f"Cible : {quantity(asked.definition, one.target)}{due}{start}."
    if target and target.baseline is None and one.baseline == 0:
        yield "Sans situation de départ énoncée, un cumul qui doit monter part de 0."
    if one.share is not None and one.due and one.as_of:
        yield _expected(asked, one.share, one.as_of)
    elif one.share is not None:
        yield f"Attendu à date : {percent(100 * one.share)} du chemin, somme des attendus de chaque région."
    if one.pace is not None and one.achievement is not None and one.share:
        yield (
            f"Rythme = taux / part attendue = {achieved(one)} / {percent(100 * one.share)} = {number(one.pace, 2)}. "
            f"{THRESHOLDS}"
        )
    yield from _beside_the_sum(asked)


def _expected(asked: Asked, share: Fraction, day: date) -> str:
    """« Attendu à date : 259 jours sur 351 (du … au …), soit 74 % du chemin ; attendu = … »"""
    one, target = asked.progress, asked.target
    if one.pooled:
        way = f"somme des attendus de chaque région, soit {percent(100 * share)} du chemin"
    elif target and share != share_of_time(asked.world.start, target.due, day):
        steps = " ; ".join(f"{short_date(at)} : {quantity(asked.definition, value)}" for at, value in target.milestones)
        way = f"le long des jalons ({steps}), {percent(100 * share)} du chemin"
    else:
        way = f"{_days(asked.world.start, one.due or day, day)}, soit {percent(100 * share)} du chemin"
    if one.expected is None or one.baseline is None or one.target is None:
        return f"Attendu à date : {way}."
    baseline, target_value = asked.say(one.baseline), asked.say(one.target)
    value = plans.amount(asked.definition, one.expected)
    return (
        f"Attendu à date : {way}. Attendu = {baseline} + {percent(100 * share)} × ({target_value} − {baseline}), soit "
        f"{value}."
    )


def _days(start: date, due: date, day: date) -> str:
    whole, gone = (due - start).days + 1, (min(day, due) - start).days + 1
    span = f"du {short_date(start)} à l’échéance du {short_date(due)}"
    return f"{counted(gone, 'jour')} passés au {short_date(day)} sur {number(whole)} ({span})"


def _beside_the_sum(asked: Asked) -> Iterator[str]:
    """A national target stands on its own; where it differs from the sum of the regional ones, both are shown."""
    difference = beside_the_sum(asked.world, asked.definition)
    if asked.progress.region == NATIONAL_CODE and difference is not None:
        national, together = difference
        yield (
            f"La cible nationale est de {quantity(asked.definition, national)} ; les cibles régionales font ensemble "
            f"{quantity(asked.definition, together)}. Le taux suit la cible nationale."
        )


def _listings(asked: Asked) -> Iterator[Listing]:
    if asked.progress.target is not None:
        yield _in_numbers(asked, asked.progress.target)
    if asked.progress.pooled and asked.progress.regions:
        yield _by_region(asked)
    own = [one for one in asked.background.statements if one.region == asked.progress.region]
    if own:
        yield revisions(asked.definition, own)


def _in_numbers(asked: Asked, target: Fraction) -> Listing:
    """Everything that screens show of this target, as they write it."""
    one, definition = asked.progress, asked.definition
    reached = figure(definition, asked.total.pair if asked.total else None)
    is_pair = one.actual is None or definition.measure is Measure.RATIO
    row = (
        f"au {short_date(one.as_of)}" if one.as_of else one.word,
        "–" if one.baseline is None else plans.amount(definition, one.baseline),
        plans.amount(definition, target),
        reached if is_pair else plans.amount(definition, one.actual or Fraction(0)),
        "–" if one.expected is None else plans.amount(definition, one.expected),
        achieved(one),
        "–" if one.pace is None else number(one.pace, 2),
    )
    headers = ("Date", "Départ", "Cible", "Réalisé", "Attendu à date", "Taux", "Rythme")
    return Listing("En chiffres", headers, (row,), frozenset(range(1, 7)))


def _by_region(asked: Asked) -> Listing:
    rows = tuple(_region_row(asked, one) for one in asked.regional if one.region in asked.progress.regions)
    headers = ("Région", "Départ", "Cible", "Réalisé", "Taux")
    return Listing("Ce que chaque région apporte", headers, rows, frozenset({1, 2, 3, 4}))


def _region_row(asked: Asked, one: Progress) -> tuple[str | Link, ...]:
    name = Link(asked.world.region_names[one.region], _of_region(asked, one.region))
    sides = (
        "–" if side is None else quantity(asked.definition, side) for side in (one.baseline, one.target, one.actual)
    )
    return name, *sides, achieved(one)


def _of_region(asked: Asked, region: str) -> str:
    until = next((p.code for p in asked.world.own_periods(asked.definition) if p.end == asked.lens.end), "")
    return Question(
        Kind.PROGRESS, asked.definition.code, region, period=until, campaign=asked.world.campaign,
        min_proof=asked.lens.min_proof, provisional=asked.lens.provisional,
    ).address  # fmt: skip


def _coverage(one: Progress) -> str:
    if not one.pooled or not (one.regions or one.left_out):
        return ""
    whole = len(one.regions) + len(one.left_out)
    return f"Calculé sur {counted(len(one.regions), 'région')} sur {whole}."


def _behind(asked: Asked) -> Iterator[Explanation]:
    """The total that was reached."""
    if asked.total is not None and asked.progress.as_of is not None:
        seen, lens = reached(asked.world, asked.progress, asked.lens)
        told = explain(seen, asked.definition, asked.total, lens, asked.background)
        chosen = f"sélection de {counted(len(asked.progress.regions), 'région')}"
        yield replace(told, subject=told.subject.replace(EVERYWHERE, chosen)) if asked.progress.pooled else told


def reached(world: World, one: Progress, lens: Lens) -> tuple[World, Lens]:
    """Where the actual value comes from: the campaign from its start to the day, of the regions pooled."""
    day = one.as_of or world.start
    seen = world.of_regions(one.regions) if one.pooled else world
    return seen.within(world.start, day), lens._replace(start=world.start, end=day)
