"""Every reason to refuse a target that is well written (docs/mesure.md, *Les cibles*)."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from impact.errors import Problem
from impact.figures import SCALE, Definition, Target, from_scaled
from impact.formats import NARROW, NO_BREAK, number, short_date
from impact.progress import is_on_right_side, starts_from
from impact.rules.drafts import field_label
from impact.rules.targets import FINEST, TargetDraft, as_draft, as_target, states_the_same, target_decimals
from impact.vocabulary import NATIONAL_CODE, Accumulation, Direction, Measure

FURTHEST = timedelta(days=3653)
"""From the end of the campaign to a due date: ten years."""
MEANS = (
    "cet indicateur décrit des moyens, ni la hausse ni la baisse n’est favorable : il ne porte pas de cible ; videz ce "
    "champ."
)


def target_problems(
    definition: Definition,
    draft: TargetDraft,
    campaign_start: date,
    campaign_end: date,
    standing: Target | None,
    *,
    today: date | None = None,
    withdrawn: bool = False,
) -> list[Problem]:
    """Every reason to refuse a well-read target.

    standing: the one in force, None without. today: the day of the statement, None = after the Congress. withdrawn:
    an earlier target was taken back. An indicator's maximum holds for the figure of one region and period: it does not
    bound what adds up over periods or regions.
    """
    if definition.direction is Direction.NEUTRAL:
        return [_problem(definition, "cible", MEANS)]
    congress_is_over = today is None or today >= campaign_start
    return [
        *_decimal_problems(definition, draft),
        *_bound_problems(definition, draft),
        *_side_problems(definition, draft),
        *_day_problems(definition, draft, campaign_start, campaign_end),
        *_milestone_problems(definition, draft, campaign_start),
        *_reason_problems(definition, draft, standing, congress_is_over, withdrawn),
    ]


def _problem(definition: Definition, name: str, message: str) -> Problem:
    return Problem(f"« {field_label(definition, name)} » : {message}", name, definition.code)


def told(definition: Definition, scaled: int) -> str:
    """A target's value in a sentence, exact, with its unit."""
    value = number(from_scaled(scaled))
    return f"{value}{NARROW}%" if definition.measure is Measure.RATIO else f"{value}{NO_BREAK}{definition.unit}"


def _values(draft: TargetDraft) -> list[tuple[str, int]]:
    baseline = [] if draft.baseline is None else [("base", draft.baseline)]
    return [*baseline, ("cible", draft.value)]


def _decimal_problems(definition: Definition, draft: TargetDraft) -> list[Problem]:
    decimals = target_decimals(definition)
    finest = 10 ** (FINEST - decimals)
    values = [*_values(draft), *(("jalons", value) for _, value in draft.milestones)]
    return [
        _problem(definition, name, f"{told(definition, value)} a trop de décimales ; écrivez-en au plus {decimals}.")
        for name, value in values
        if value % finest
    ]


def _bounds(definition: Definition, region: str) -> tuple[int | None, int | None]:
    """Least and most; None where what adds up has none."""
    if definition.has_pair:
        least, most = (0, 100 * SCALE) if definition.measure is Measure.RATIO else (None, None)
        return (
            least if definition.minimum is None else definition.minimum,
            most if definition.maximum is None else definition.maximum,
        )
    least = definition.minimum or 0  # a negative figure is refused unless the minimum is negative
    adds_up = definition.accumulation is Accumulation.FLOW or region == NATIONAL_CODE
    return None if adds_up and least < 0 else least, None if adds_up else definition.maximum


def _bound_problems(definition: Definition, draft: TargetDraft) -> list[Problem]:
    least, most = _bounds(definition, draft.region)
    problems = []
    for name, value in _values(draft):
        if least is not None and value < least:
            side = f"est au-dessous du minimum possible, {told(definition, least)}"
        elif most is not None and value > most:
            side = f"est au-dessus du maximum possible, {told(definition, most)}"
        else:
            continue
        problems.append(_problem(definition, name, f"{told(definition, value)} {side} ; corrigez."))
    return problems


def _start(definition: Definition, draft: TargetDraft) -> int | None:
    """The baseline, or the 0 that stands for it where section 4 says so."""
    start = starts_from(definition, as_target(draft))
    return None if start is None else int(start * SCALE)


def _side_problems(definition: Definition, draft: TargetDraft) -> list[Problem]:
    start = _start(definition, draft)
    if start is None or is_on_right_side(definition.direction, Fraction(start), Fraction(draft.value)):
        return []
    side = "au-dessus" if draft.value > start else "au-dessous"
    return [
        _problem(
            definition,
            "cible",
            f"{told(definition, draft.value)} est {side} de la situation de départ, {told(definition, start)}, alors "
            f"que {definition.direction.label} ; corrigez l’une ou l’autre (égales : il s’agit de maintenir).",
        )
    ]


def _day_problems(definition: Definition, draft: TargetDraft, start: date, end: date) -> list[Problem]:
    campaign = f"la campagne, qui va du {short_date(start)} au {short_date(end)}"
    if draft.due < start:
        wrong = f"précède {campaign} ; choisissez plus tard."
    elif draft.due - end > FURTHEST:
        wrong = f"est à plus de dix ans de {campaign} ; vérifiez l’année."
    else:
        return []
    return [_problem(definition, "echeance", f"le {short_date(draft.due)} {wrong}")]


def _milestone_problems(definition: Definition, draft: TargetDraft, campaign_start: date) -> list[Problem]:
    if not draft.milestones:
        return []
    found = []
    start = _start(definition, draft)
    if start is None:
        found.append("sans situation de départ, aucun chemin ne se trace ; indiquez-la, ou ôtez les jalons.")
    for (one, _), (following, _) in pairwise(draft.milestones):
        if one >= following:
            again = f"deux fois le {short_date(one)}" if one == following else f"le {short_date(one)} vient trop tôt"
            found.append(f"{again} ; rangez-les par date, un seul par jour.")
    for day, value in draft.milestones:
        if not campaign_start <= day < draft.due:
            limits = f"du {short_date(campaign_start)}, début de la campagne, à la veille de l’échéance"
            found.append(f"le {short_date(day)} est hors du chemin, qui va {limits} ; changez de jour.")
        if start is not None and not min(start, draft.value) <= value <= max(start, draft.value):
            between = f"entre la situation de départ, {told(definition, start)}, et la cible"
            found.append(f"{told(definition, value)} n’est pas {between}, {told(definition, draft.value)} ; corrigez.")
    return [_problem(definition, "jalons", message) for message in found]


def _reason_problems(
    definition: Definition, draft: TargetDraft, standing: Target | None, congress_is_over: bool, withdrawn: bool
) -> list[Problem]:
    """After the Congress any change says why; a target that differs, and one that was withdrawn, always."""
    if draft.reason:
        return []
    if standing is None:
        why = "la cible d’avant a été retirée ; dites pourquoi vous en fixez une nouvelle." if withdrawn else ""
    elif states_the_same(draft, as_draft(standing)):
        why = ""
    elif draft.value != as_draft(standing).value:
        why = f"la cible change, de {told(definition, as_draft(standing).value)} à {told(definition, draft.value)} ; "
        why += "dites pourquoi : les deux resteront visibles."
    else:
        why = "la cible a été posée avant le Congrès ; dites pourquoi vous la précisez." if congress_is_over else ""
    return [_problem(definition, "motif", why)] if why else []
