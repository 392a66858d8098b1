"""A frozen confrontation as a table: each cell says a figure, or why there is none and what keeps it from comparing."""

from fractions import Fraction

import pytest
from sqlmodel import Session

from impact.actions import ActionKey
from impact.confrontation import Comparison
from impact.permissions import EVERYTHING
from impact.presentation import confronting, sides
from impact.presentation.sides import Row, Side
from impact.proof import Composition
from impact.queries.actions import actions
from impact.queries.snapshots import snapshot
from impact.services import snapshots
from impact.services.actions import open_action, submit_plan, validate_plan
from tests.cast import ADA, MIDI_PYRENEES, ODILE
from tests.meetings import KEYS, WINDOW, hold, plan, prepare


@pytest.fixture
def compared(session: Session) -> Comparison:
    """Three actions of chantier FOR, and one of another chantier."""
    prepare(session)
    identity = plan("Mesurer").identity
    other = open_action(session, ODILE, MIDI_PYRENEES, identity.__class__("Mesurer", "PRE", "Un besoin.", "Ana Sy"))
    submit_plan(session, ODILE, other, 1, as_it_is=True)
    validate_plan(session, ADA, other, 1)
    assert [one.key for one in actions(session, EVERYTHING)] == sorted((*KEYS, other))
    frozen = snapshots.freeze(session, ODILE, hold(session), "Quatre", (*KEYS, other), WINDOW)
    return snapshot(session, frozen).comparison


def row(compared: Comparison, block: str, label: str) -> Row:
    found = next(one for one in confronting.blocks(compared) if one.title == block)
    return next(one for one in found.rows if one.label.startswith(label))


def test_a_figure_stands_over_its_coverage_and_says_what_it_is_made_of(compared: Comparison) -> None:
    trained = row(compared, "Portée", "FOR-04")
    assert [one.text for one in trained.sides] == ["20", "40", "", "60"]
    assert trained.sides[0].lines[0] == "partiel : 2 chiffres sur 3"
    assert sides.proof(trained.sides[0]) == "tout en F2"
    assert trained.sides[0].code == "FOR-04/22-1"


def test_a_cell_without_a_figure_says_why(compared: Comparison) -> None:
    assert row(compared, "Portée", "FOR-04").sides[2] == Side("", ("autre chantier",))
    assert row(compared, "Portée", "FOR-02").sides[0] == Side("", ("aucun chiffre validé sur 3 attendus",))
    assert row(compared, "Coût par résultat", "Personnes").sides[0].text == "n.\u00a0c."
    assert row(compared, "Coût par résultat", "Personnes").sides[0].lines == ("aucun chiffre validé : dépenses",)
    assert row(compared, "Moyens", "Budget").sides[2] == Side("", ("budget non dit",))


def test_money_is_told_by_one_status_and_its_parts(compared: Comparison) -> None:
    told = row(compared, "Moyens", "Financements").sides[0]
    assert (told.text, told.lines[0]) == ("8\u202f000\u202f€", "dont accordé : 5\u202f000\u202f€")


def test_the_file_has_a_line_for_each_cell(compared: Comparison) -> None:
    columns, blocks = confronting.columns(compared), confronting.blocks(compared)
    lines = list(sides.lines(columns, blocks))
    assert len(lines) == sum(len(block.rows) for block in blocks) * len(columns)
    assert {len(line) for line in lines} == {len(sides.FILE)}
    assert [line[5] for line in lines if line[1].startswith("FOR-04")] == ["20", "40", "", "60"]


def test_figures_to_cite_are_those_of_the_comparison_and_no_cost_that_is_not_there(compared: Comparison) -> None:
    named = confronting.names(compared)
    assert named["FOR-04/22-1"].endswith("Picardie : 20")
    assert not [code for code in named if code.startswith("FOR-01/FOR-04/")]
    assert ActionKey(MIDI_PYRENEES, 1) in [one.key for one in compared.sides]


def test_what_a_total_is_made_of_is_said_of_totals_alone() -> None:
    half = Composition((Fraction(1, 2), Fraction(0), Fraction(1, 2), Fraction(0), Fraction(0)), 0)
    assert sides.proof(Side("3", composition=half)) == "50\u202f% en F2, 50\u202f% en F0"
    assert sides.proof(Side("3", grade=1)) == "F1 sourcé"
    assert sides.proof(Side("")) == ""
