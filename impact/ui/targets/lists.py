"""The tables of targets: those in force with what was reached, and everything that was ever said of them."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from impact.figures import Definition
from impact.presentation.explaining.targets import revisions
from impact.presentation.goals import Goal
from impact.presentation.questions import Kind, Question
from impact.presentation.wording import short_name
from impact.ui import tables
from impact.ui.explanation.drawing import listing
from impact.ui.page import typeset
from impact.ui.tables import Column
from impact.ui.targets.board import Board
from impact.vocabulary import NATIONAL_CODE, Measure

GOALS = (
    Column("indicator", "Indicateur", html=True, row_header=True),
    Column("baseline", "Départ", "right", secondary=True),
    Column("target", "Cible", "right", html=True),
    Column("due", "Échéance", html=True, secondary=True),
    Column("actual", "Réalisé", "right", html=True),
    Column("achieved", "Taux", "right", html=True),
    Column("state", "État", html=True),
)


def goals(shown: Board) -> Markup:
    return tables.table(GOALS, [_goal(one, shown) for one in shown.goals], f"Cibles, {shown.region_name}")


def _goal(one: Goal, shown: Board) -> dict[str, object]:
    definition = one.definition
    region = "" if shown.region == NATIONAL_CODE else shown.region
    question = Question(Kind.PROGRESS, definition.code, region, campaign=shown.campaign)
    name = Markup('<span class="imp-full">{}</span>').format(named(definition))
    return {
        "indicator": tables.two_lines(definition.code, name),
        "baseline": one.baseline,
        "target": _with_notes(one),
        "due": tables.two_lines(one.due, typeset(one.milestones)) if one.milestones else one.due,
        "actual": tables.explained(one.actual, question) if one.actual != "–" else "–",
        "achieved": tables.explained(one.achieved, question) if one.achieved != "–" else "–",
        "state": "–" if one.is_neutral else tables.sign(one.sign, one.state),
    }


def named(definition: Definition) -> str:
    """« Personnes formées, en personnes »"""
    unit = "en %" if definition.measure is Measure.RATIO else f"en {definition.unit}"
    return typeset(f"{short_name(definition)}, {unit}")


def _with_notes(one: Goal) -> Markup | str:
    notes = Markup("<br>").join(typeset(note) for note in one.notes)
    wrapped = Markup('<span class="imp-wrapped">{}</span>').format(notes)
    return tables.two_lines(one.target, wrapped) if notes else one.target


def history(told: Sequence[Goal]) -> Iterator[Markup]:
    """Every statement of each target that has any."""
    for one in told:
        if one.statements:
            name = f"{one.definition.code} {named(one.definition)}"
            yield listing(revisions(one.definition, one.statements, name))
