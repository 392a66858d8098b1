"""What a person sets out to reach: reading a target, and every reason to refuse it (design/measurement.md, section 4).

A field's name is its column's name in files (design/files.md, *Target columns*); milestones are typed in one field,
« 31/03/2011 : 40 ; 30/06/2011 : 70 ».
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from impact.errors import Problem
from impact.figures import SCALE, Definition, Target, from_scaled
from impact.formats import NARROW, NO_BREAK, number, short_date, typed
from impact.progress import is_on_right_side, starts_from
from impact.rules.drafts import field_label
from impact.rules.fields import Reading
from impact.vocabulary import NATIONAL_CODE, Accumulation, Direction, Measure

TARGET_FIELDS = ("base", "cible", "echeance", "motif", "jalons")
FINEST = 4
"""Decimals of a target for a ratio or a mean, which no one types as such."""

MOST_MILESTONES = 40
FURTHEST = timedelta(days=3653)
"""From the end of the campaign to a due date: ten years."""
MEANS = (
    "cet indicateur décrit des moyens, ni la hausse ni la baisse n’est favorable : il ne porte pas de cible ; videz ce "
    "champ."
)

Milestones = tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A target, read and well-formed, not stored yet; values in 1/10,000 of the unit shown.

    region: a code, or 'FR' for the country. campaign: '' = the one that its due date falls in. baseline None = nobody
    knows. milestones: (day, value) on the way. seen_number: number of the statement that the form showed, 0 = none.
    """

    region: str
    indicator: str
    campaign: str
    baseline: int | None
    value: int
    due: date
    milestones: Milestones = ()
    reason: str = ""
    seen_number: int = 0


def as_target(draft: TargetDraft) -> Target:
    return Target(
        draft.region, draft.indicator, draft.campaign, Fraction(draft.value, SCALE), draft.due,
        None if draft.baseline is None else Fraction(draft.baseline, SCALE),
        tuple((day, Fraction(value, SCALE)) for day, value in draft.milestones),
    )  # fmt: skip


def as_draft(target: Target) -> TargetDraft:
    """What would be typed to state a target again."""
    return TargetDraft(
        target.region, target.indicator, target.campaign,
        None if target.baseline is None else int(target.baseline * SCALE), int(target.value * SCALE), target.due,
        tuple((day, int(value * SCALE)) for day, value in target.milestones), seen_number=target.number,
    )  # fmt: skip


def states_the_same(draft: TargetDraft, other: TargetDraft) -> bool:
    """The same target, whatever the reason and the statement that the form showed."""
    return replace(draft, reason="", seen_number=0) == replace(other, reason="", seen_number=0)


def target_fields(draft: TargetDraft) -> dict[str, str]:
    """The French texts that would be typed to say this draft: the inverse of read_target."""
    return {
        "base": "" if draft.baseline is None else typed(draft.baseline),
        "cible": typed(draft.value),
        "echeance": short_date(draft.due),
        "motif": draft.reason,
        "jalons": milestone_text(draft.milestones),
    }


def milestone_text(milestones: Milestones) -> str:
    return " ; ".join(f"{short_date(day)} : {typed(value)}" for day, value in milestones)


def target_decimals(definition: Definition) -> int:
    return FINEST if definition.has_pair else min(FINEST, definition.decimals)


def read_target(
    definition: Definition, fields: Mapping[str, str], *, region: str, campaign: str = "", seen_number: int = 0
) -> tuple[TargetDraft | None, list[Problem]]:
    """What was typed, read strictly; the draft is None as soon as there is a problem.

    fields: raw texts by name (TARGET_FIELDS); absent and blank are the same. Whether the target makes sense is for
    target_problems.
    """
    reading, decimals = Reading(definition, fields), target_decimals(definition)
    baseline, value = _scaled(reading, "base", decimals), _scaled(reading, "cible", decimals)
    due, reason = reading.day("echeance"), reading.text("motif")
    for name, what in (("cible", "la valeur à atteindre (0 compte)"), ("echeance", "le jour où la cible est attendue")):
        if not reading.filled(name):
            reading.refuse(name, f"indiquez {what}.")
    milestones = _milestones(reading, decimals)
    if reading.problems or value is None or due is None:
        return None, reading.problems
    draft = TargetDraft(
        region, definition.code, campaign, baseline, value, due, milestones, reason, seen_number
    )  # fmt: skip
    return draft, []


def _scaled(reading: Reading, name: str, decimals: int) -> int | None:
    value = reading.number(name, decimals)
    return None if value is None else int(value * SCALE)


def _milestones(reading: Reading, decimals: int) -> Milestones:
    found = []
    parts = [part for part in re.split(r"[;\n]", reading.fields.get("jalons", "")) if part.strip()]
    if len(parts) > MOST_MILESTONES:
        reading.refuse("jalons", f"{number(len(parts))} jalons ; donnez-en au plus {MOST_MILESTONES}.")
        return ()
    for part in parts:
        when, colon, what = part.partition(":")
        if not (colon and when.strip() and what.strip()):
            reading.refuse("jalons", f"« {part.strip()[:40]} » : écrivez un jour et une valeur, 31/03/2011 : 40.")
            continue
        day = _one(reading, when).day("jalons")
        value = _scaled(_one(reading, what), "jalons", decimals)
        if day is not None and value is not None:
            found.append((day, value))
    return tuple(found)


def _one(reading: Reading, text: str) -> Reading:
    """The same indicator and list of problems, for one half of a milestone."""
    return Reading(reading.definition, {"jalons": text}, reading.problems)


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
            found.append(
                f"le {short_date(following)} suit le {short_date(one)} ; rangez-les par date, un seul par jour."
            )
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
