"""An indicator that a meeting wanted enters the catalogue: from its first day on it is due, and nothing before."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from impact import reference, rules
from impact.db import Database, reading, transaction
from impact.errors import Refused
from impact.figures import Cell
from impact.maintenance import check
from impact.maintenance.rollups import outdated
from impact.permissions import EVERYTHING
from impact.presentation.changes import news, summary
from impact.queries.book import Book
from impact.queries.changes import changes
from impact.queries.decisions import decision
from impact.queries.publications import publications
from impact.queries.sheets import sheet
from impact.queries.world import world
from impact.rules.meetings import DecisionDraft, MeasureDraft
from impact.services import rollup
from impact.services.catalogue import create, revise
from impact.services.decisions import decide, enter_catalogue
from impact.services.entries import save_entry
from impact.services.meetings import hold_meeting
from impact.vocabulary import DecisionKind, Measure
from tests.cast import KARIM, ODILE, PICARDIE
from tests.impact.gatherings import MEETING, NEW_MEASURE

CODE = "FOR-77"
T3, T4 = "2010-2011-T3", "2010-2011-T4"
RUNNING = date(2011, 7, 1)
WANTED = DecisionDraft(
    DecisionKind.NEW_MEASURE, "Suivre ceux qui restent.", "On ne le sait pas.", "Odile Martin", date(2011, 12, 31),
    measure=replace(NEW_MEASURE, question="", definition=""),
)  # fmt: skip


def wanted(session: Session) -> None:
    hold_meeting(session, ODILE, MEETING)
    decide(session, ODILE, 1, WANTED)


def entered(session: Session) -> None:
    wanted(session)
    enter_catalogue(session, ODILE, 1, 1, CODE, NEW_MEASURE, None, 1)


def test_the_draft_enters_once_it_is_complete_and_the_decision_says_under_which_code(session: Session) -> None:
    wanted(session)
    drafted = decision(session, 1, 1).measure
    assert drafted == WANTED.measure
    assert drafted is not None
    with pytest.raises(Refused) as caught:
        enter_catalogue(session, ODILE, 1, 1, CODE, drafted, None, 1)
    assert [problem.field for problem in caught.value.problems] == ["question", "definition"]
    made = enter_catalogue(session, ODILE, 1, 1, CODE, NEW_MEASURE, None, 1)
    assert (made.code, made.version, made.applies_from, made.name) == (CODE, 1, RUNNING, NEW_MEASURE.name)
    assert ([axis.code for axis in made.axes], made.sheet["pitfalls"]) == (["sexe"], ["Compter une personne une fois."])
    one = decision(session, 1, 1)
    assert (one.indicator, one.version) == (CODE, 2)
    assert publications(session, CODE)[0].reason == "décision 1-1 de la rencontre nationale, thème : Former les tuteurs"
    with pytest.raises(Refused, match="déjà entrée"):
        enter_catalogue(session, ODILE, 1, 1, "FOR-78", NEW_MEASURE, None, 2)


def test_it_stands_after_its_chantier_s_and_on_sheets_from_its_first_day_on(session: Session) -> None:
    entered(session)
    book = Book(session)
    codes = [code for code in book.definitions if code.startswith("FOR")]
    assert codes[-1] == CODE
    assert list(book.definitions)[len(codes) - 1] == CODE, "the other chantiers follow"
    running, over = (sheet(session, KARIM, PICARDIE, "FOR", period) for period in (T4, T3))
    assert CODE in [line.cell.indicator for line in running.lines]
    assert CODE not in [line.cell.indicator for line in over.lines]


def test_nothing_is_due_of_it_before_and_no_figure_of_before_is_taken(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered(session)
    assert list(outdated(session)) == [], "what is kept ready follows"
    monkeypatch.setenv("IMPACT_TODAY", "2011-10-05")
    due = [cell for cell in world(session, EVERYTHING).due if cell.indicator == CODE]
    assert due == [Cell(PICARDIE, CODE, T4)]
    for period, problem in ((T3, "cet indicateur commence le 01/07/2011"), (T4, "")):
        cell = Cell(PICARDIE, CODE, period)
        draft, _ = rules.read_draft(Book(session).definition_for(cell), cell, {"valeur": "3"})
        assert draft is not None
        if problem:
            with pytest.raises(Refused, match=problem):
                save_entry(session, ODILE, draft)
        else:
            assert save_entry(session, ODILE, draft).numerator == 30_000


def test_what_changed_tells_a_new_indicator_as_one(session: Session) -> None:
    entered(session)
    told = news(
        world(session, EVERYTHING), Book(session).definitions, changes(session, EVERYTHING, date(2011, 7, 1)), [], False
    )
    assert [one.what for one in told] == [
        "FOR-77 entré au référentiel (« décision 1-1 de la rencontre nationale, thème : Former les tuteurs »)"
    ]
    assert summary(told) == "1 nouvel indicateur"


@pytest.mark.parametrize(
    ("code", "change", "since", "expected"),
    [
        ("FOR-04", {}, None, ["code"]),
        ("PRE-77", {}, None, ["code"]),
        ("for-77", {}, None, ["code"]),
        (CODE, {"chantier": "ZZZ"}, None, ["chantier"]),
        (CODE, {"measure": None, "decimals": None, "unit": ""}, None, ["measure", "decimals", "unit"]),
        (CODE, {"measure": Measure.RATIO}, None, ["unit", "numerator_label", "denominator_label"]),
        (CODE, {"axes": ("inconnu",)}, None, ["axes"]),
        (CODE, {"minimum": 20_000, "maximum": 10_000}, None, ["minimum"]),
        (CODE, {}, date(2011, 4, 1), ["applies_from"]),
    ],
)
def test_what_may_not_enter(
    session: Session, code: str, change: dict[str, Any], since: date | None, expected: list[str]
) -> None:
    with pytest.raises(Refused) as caught:
        create(session, ODILE, code, replace(NEW_MEASURE, **change), since, "décidé")
    assert [problem.field for problem in caught.value.problems] == expected


def test_an_unnamed_draft_is_no_indicator(session: Session) -> None:
    with pytest.raises(Refused, match="nom"):
        create(session, ODILE, CODE, replace(NEW_MEASURE, name=" "), None, "décidé")
    with pytest.raises(Refused, match="motif"):
        create(session, ODILE, CODE, NEW_MEASURE, None, " ")
    with pytest.raises(Refused):
        create(session, ODILE, CODE, MeasureDraft("FOR", "Tuteurs"), None, "décidé")


def test_it_is_revised_as_any_other_and_data_loads_again_beside_it(db: Database) -> None:
    with transaction(db) as session:
        entered(session)
        revise(session, ODILE, CODE, {"name": "Tuteurs fidèles"}, None, "plus court", 1)
    with transaction(db) as session:
        reference.load(session)
        rollup.keep_up(session)
    assert check(db) == []
    with reading(db) as session:
        assert [one.name for one in Book(session).versions[CODE]] == [NEW_MEASURE.name, "Tuteurs fidèles"]
        assert Book(session).born == {CODE: RUNNING}


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (f"UPDATE indicator_version SET question = 'Q' WHERE indicator_code = '{CODE}'", "« question »"),
        (f"UPDATE indicator_version SET direction = 'down' WHERE indicator_code = '{CODE}'", "« direction »"),
        (f"UPDATE indicator SET chantier_code = 'PRE' WHERE code = '{CODE}'", "« chantier »"),
    ],
)
def test_check_finds_a_created_indicator_bent_behind_the_product_s_back(
    db: Database, statement: str, said: str
) -> None:
    with transaction(db) as session:
        entered(session)
    with db.writer.begin() as connection:
        connection.execute(sa.text(statement))
    assert f"Définition {CODE}, version 1 : {said}" in "\n".join(check(db))
