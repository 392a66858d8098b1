"""An indicator that enters the catalogue by a screen: complete, under a code of its chantier. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from impact.errors import Problem
from impact.figures import Axis, Definition
from impact.rules.definitions import BOUNDS, LABELS, LISTS, NOTE, PARTS, TEXTS, cleaned, content, sheet_problems
from impact.rules.meetings.measure import WORDS, MeasureDraft
from impact.vocabulary import Measure

CODE = re.compile(r"([A-Z]{3})-(\d{2})", re.ASCII)
PERCENT = "%"
OPTIONAL = ("collection_method", *BOUNDS, *LISTS, NOTE)
"""Fields without which an indicator may be published; PARTS are asked of one that divides."""


def created(
    code: str, draft: MeasureDraft, *, chantiers: Collection[str], known: Collection[str], axes: Mapping[str, Axis]
) -> tuple[Definition | None, list[Problem]]:
    """The first version of a new indicator, without the day from which it applies, and every reason not to publish it.

    known: codes of the indicators that there are. axes: breakdowns, by code.
    """
    problems = [*_code(code, draft, chantiers, known), *_undecided(draft, code)]
    definition = _definition(code, draft, axes)
    if definition is None:
        return None, problems
    said = {**content(definition), "axes": list(draft.axes)}
    clean, unclean = cleaned(definition, said)
    problems += [*unclean, *sheet_problems(definition, said | clean, axes)]
    texts = {name: clean[name] for name in (*TEXTS, *PARTS) if name in clean}
    sheet = {name: clean[name] for name in (*LISTS, NOTE) if clean.get(name)}
    return replace(definition, **texts, sheet=sheet), problems


def _definition(code: str, draft: MeasureDraft, axes: Mapping[str, Axis]) -> Definition | None:
    """None while the way of counting is not decided."""
    stage, measure, accumulation, additivity = draft.stage, draft.measure, draft.accumulation, draft.additivity
    direction, frequency, decimals = draft.direction, draft.frequency, draft.decimals
    if stage is None or measure is None or accumulation is None or additivity is None:
        return None
    if direction is None or frequency is None or decimals is None:
        return None
    texts = {name: getattr(draft, name) for name in (*TEXTS, *PARTS, "unit", "proof_of_effect")}
    return Definition(
        code, 1, draft.chantier, stage=stage, measure=measure, accumulation=accumulation, additivity=additivity,
        direction=direction, frequency=frequency, decimals=decimals,
        axes=tuple(axes[one] for one in draft.axes if one in axes), **texts,
        **{name: getattr(draft, name) for name in BOUNDS},
        sheet={**{name: list(getattr(draft, name)) for name in LISTS}, NOTE: draft.aggregation_note},
    )  # fmt: skip


def _code(code: str, draft: MeasureDraft, chantiers: Collection[str], known: Collection[str]) -> list[Problem]:
    if draft.chantier not in chantiers:
        return [_problem("chantier", f"choisissez parmi : {', '.join(chantiers)}.", code)]
    match = CODE.fullmatch(code)
    if match is None or match[1] != draft.chantier:
        return [Problem(f"« code » : écrivez {draft.chantier}- suivi de deux chiffres.", "code", code)]
    if code in known:
        return [Problem("« code » : il est déjà pris ; un code ne désigne jamais qu’un indicateur.", "code", code)]
    return []


def _undecided(draft: MeasureDraft, code: str) -> list[Problem]:
    missing = [name for name in (*WORDS, "decimals") if getattr(draft, name) is None]
    problems = [_problem(name, "à décider avant l’entrée au référentiel.", code) for name in missing]
    if not draft.unit.strip():
        problems.append(_problem("unit", "ce texte manque.", code))
    elif draft.measure is Measure.RATIO and draft.unit != PERCENT:
        problems.append(_problem("unit", f"une part se montre en {PERCENT}.", code))
    return problems


def _problem(name: str, message: str, code: str) -> Problem:
    return Problem(f"« {LABELS[name]} » : {message}", name, code)
