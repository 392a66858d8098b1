"""What a person sets out to reach: as it is typed, and as it is meant.

A field's name is its column's name in files; milestones are typed in one field, « 31/03/2011 : 40 ; 30/06/2011 : 70 ».
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from operator import itemgetter

from impact.errors import Problem
from impact.figures import SCALE, Definition, Target
from impact.formats import number, short_date, typed
from impact.rules.fields import IndicatorFields

TARGET_FIELDS = ("base", "cible", "echeance", "motif", "jalons")
FINEST = 4
"""Decimals of a target for a ratio or a mean, which no one types as such."""

MOST_MILESTONES = 40

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
    reading, decimals = IndicatorFields(definition, fields), target_decimals(definition)
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


def _scaled(reading: IndicatorFields, name: str, decimals: int) -> int | None:
    value = reading.number(name, decimals)
    return None if value is None else int(value * SCALE)


def _milestones(reading: IndicatorFields, decimals: int) -> Milestones:
    """By day, in whatever order they are typed."""
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
    return tuple(sorted(found, key=itemgetter(0)))


def _one(reading: IndicatorFields, text: str) -> IndicatorFields:
    """The same indicator and list of problems, for one half of a milestone."""
    half = IndicatorFields(reading.definition, {"jalons": text})
    half.problems = reading.problems
    return half
