"""The tables of targets: those in force with what was reached, and everything that was ever said of them."""

from collections.abc import Sequence

from markupsafe import Markup

from impact.figures import Definition
from impact.presentation.explaining.shapes import Listing
from impact.presentation.explaining.statements import revisions
from impact.presentation.goals import Goal
from impact.presentation.questions import Kind, Question
from impact.presentation.wording import short_name
from impact.ui import marks, tables
from impact.ui.explanation.drawing import listing
from impact.ui.page import typeset
from impact.ui.tables import Column
from impact.ui.targets.board import Board
from impact.vocabulary import NATIONAL_CODE, Measure

GOALS = (
    Column("indicator", "Indicateur", html=True, row_header=True),
    Column("baseline", "Départ", "right", html=True, secondary=True),
    Column("target", "Cible", "right", html=True),
    Column("due", "Échéance", html=True, secondary=True),
    Column("actual", "Réalisé", "right", html=True),
    Column("achieved", "Taux", "right", html=True),
    Column("state", "État", html=True),
)


def goals(shown: Board) -> Markup:
    table = tables.table(GOALS, [_goal(one, shown) for one in shown.goals], f"Cibles, {shown.region_name}")
    return Markup('<div class="imp-bullets">{}</div>').format(table)


def _goal(one: Goal, shown: Board) -> dict[str, object]:
    definition = one.definition
    region = "" if shown.region == NATIONAL_CODE else shown.region
    name = Markup('<span class="imp-full">{}</span>').format(named(definition))
    notes = Markup().join(Markup("<div>{}</div>").format(typeset(note)) for note in one.notes)

    def explained(text: Markup | str, kind: Kind = Kind.PROGRESS) -> Markup | str:
        question = Question(kind, definition.code, region, campaign=shown.campaign, min_proof=shown.min_proof)
        return tables.explained(text, question) if text != "–" and one.has_progress else text

    return {
        "indicator": tables.two_lines(definition.code, Markup("{}{}").format(name, notes)),
        "baseline": explained(one.baseline),
        "target": explained(one.target),
        "due": tables.two_lines(one.due, typeset(one.milestones)) if one.milestones else one.due,
        "actual": _with_grades(explained(one.actual, Kind.PROGRESS if one.pooled else Kind.TOTAL), one),
        "achieved": explained(one.achieved),
        "state": "–" if one.is_neutral else explained(tables.sign(one.sign, one.state)),
    }


def _with_grades(actual: Markup | str, one: Goal) -> Markup | str:
    made_of = marks.under(one.total) if one.total else ""
    return tables.two_lines(actual, made_of) if made_of else actual


def named(definition: Definition) -> str:
    """« Personnes formées, en personnes »"""
    unit = "en %" if definition.measure is Measure.RATIO else f"en {definition.unit}"
    return typeset(f"{short_name(definition)}, {unit}")


def history(told: Sequence[Goal]) -> Markup:
    """Every statement of every target in one table, those of revised targets first."""
    by_code = {
        one.definition.code: revisions(one.definition, one.statements)
        for one in sorted(told, key=lambda one: len(one.statements) < 2)
        if one.statements
    }
    headers = next(iter(by_code.values())).headers
    rows = tuple((code, *row) for code, held in by_code.items() for row in held.rows)
    return listing(Listing("Du Congrès à aujourd’hui", ("Indicateur", *headers), rows, frozenset({2, 3})))
