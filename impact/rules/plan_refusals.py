"""Every reason to refuse what changes in an action's plan: what makes no sense, or names what does not exist."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from impact.actions import Funding, Line, Objective, Partner, Plan, lines, with_lines
from impact.errors import Problem
from impact.figures import Definition
from impact.formats import counted
from impact.rules.actions import (
    LABELS,
    budget_fields,
    identity_fields,
    line_fields,
    read_budget,
    read_identity,
    read_line,
)
from impact.rules.target_refusals import target_problems
from impact.rules.targets import TargetDraft
from impact.vocabulary import Direction, Section

MOST_LINES = 50
MEANS = (
    "cet indicateur décrit des moyens, ni la hausse ni la baisse n’est favorable : il ne porte pas d’objectif ; "
    "choisissez-en un autre, ou aucun, et dites comment on le saura."
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan may name. pieces: those of the region that are not withdrawn. campaign_of: first and last day of the
    campaign that a target due on a day belongs to.
    """

    region: str
    chantiers: Collection[str]
    definitions: Mapping[str, Definition]
    pieces: Collection[int]
    campaign_of: Callable[[date], tuple[date, date]]


def checked(plan: Plan, before: Plan | None, known: Known) -> tuple[Plan, list[Problem]]:
    """The plan as it would be kept, its texts clean, and every reason to refuse what it changes.

    before: None = all of it is new. What does not change is not looked at again: a piece that was withdrawn since, or
    an indicator that was revised, holds nothing else back.
    """
    kept, problems = _identity(plan, before, known)
    if before is None or plan.budget != before.budget:
        problems += read_budget(budget_fields(plan.budget))[1]
    for section in Section:
        kept, found = _section(kept, before, section, known)
        problems += found
    return kept, [*problems, *_stray_objectives(kept, before, known)]


def _identity(plan: Plan, before: Plan | None, known: Known) -> tuple[Plan, list[Problem]]:
    if before is not None and plan.identity == before.identity:
        return plan, []
    identity, problems = read_identity(identity_fields(plan.identity))
    if plan.identity.chantier and plan.identity.chantier not in known.chantiers:
        problems.append(_said("chantier", "choisissez-en un."))
    problems += _piece_problems("guide", plan.identity.guide, known)
    return replace(plan, identity=identity or plan.identity), problems


def _section(plan: Plan, before: Plan | None, section: Section, known: Known) -> tuple[Plan, list[Problem]]:
    own, former = lines(plan, section), lines(before, section) if before else ()
    kept, problems = list(own), []
    if len(own) > max(MOST_LINES, len(former)):
        many = counted(len(own), "ligne")
        problems.append(Problem(f"« {section.label} » : {many} ; au plus {MOST_LINES}, regroupez-en."))
    for place, line in enumerate(own):
        if line not in former:
            kept[place], found = _line(line, section, known)
            where = "" if before else f"{section.label}, ligne {place + 1}"
            problems += [Problem(one.message, one.field, where) for one in found]
    return with_lines(plan, section, kept), problems


def _line(line: Line, section: Section, known: Known) -> tuple[Line, list[Problem]]:
    definition = known.definitions.get(line.indicator) if isinstance(line, Objective) else None
    read, problems = read_line(section, line_fields(line), definition)
    if isinstance(line, Objective) and definition:
        problems += _goal_problems(line, definition, known)
    if isinstance(line, Funding | Partner):
        problems += _piece_problems("piece", line.piece, known)
    return read or line, problems


def _goal_problems(line: Objective, definition: Definition, known: Known) -> Iterator[Problem]:
    """A target of a plan keeps to what every target keeps to; the indicator's own says the same thing in figures."""
    if definition.direction is Direction.NEUTRAL:
        yield _said("indicateur", MEANS)
        return
    told = [line.baseline, line.target]
    if told == [None, None]:
        return
    value = line.target if line.target is not None else line.baseline or 0
    start, end = known.campaign_of(line.due or date.max)
    draft = TargetDraft(known.region, definition.code, "", line.baseline, value, line.due or end)
    for one in target_problems(definition, draft, start, end, None):
        if line.target is not None or one.field != "cible":
            yield Problem(one.message, one.field)


def _stray_objectives(plan: Plan, before: Plan | None, known: Known) -> Iterator[Problem]:
    """An objective's indicator is one of the action's chantier; said of the chantier where it is what moved."""
    same = before is not None and before.identity.chantier == plan.identity.chantier
    former = before.objectives if before and same else ()
    for one in plan.objectives:
        definition = known.definitions.get(one.indicator)
        if definition is None or definition.chantier == plan.identity.chantier or one in former:
            continue
        if before and one in before.objectives:
            yield _said("chantier", f"l’objectif « {one.statement} » porte sur {one.indicator} : changez-le d’abord.")
        else:
            yield _said("indicateur", f"{one.indicator} n’est pas un indicateur du chantier de l’action.")


def _piece_problems(name: str, number: int | None, known: Known) -> list[Problem]:
    if number is None or number in known.pieces:
        return []
    return [_said(name, f"la pièce {known.region}-{number} n’existe pas dans cette région, ou est retirée.")]


def _said(name: str, message: str) -> Problem:
    return Problem(f"« {LABELS[name]} » : {message}", name)
