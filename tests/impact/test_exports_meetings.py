"""National meetings and their decisions as files, on both engines; what a filter leaves of them holds together."""

from datetime import date
from pathlib import Path

import frictionless
import pytest

from impact.actions import Identity
from impact.db import Database, transaction
from impact.exports import ExportRequest
from impact.rules.meetings import DecisionDraft, LessonDraft, MeetingDraft, Participant
from impact.services import actions, decisions, meetings
from impact.vocabulary import DecisionKind, DecisionState, ExportKind
from tests.cast import KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI
from tests.impact.test_exports_actions import export
from tests.impact.test_exports_package import package, unpacked

MEETING = MeetingDraft("Acheter ensemble", ("COO", "FOR"), date(2011, 9, 20), "Lille")


@pytest.fixture
def held(db: Database) -> Database:
    """A meeting put off, where Picardie comes; it deploys Picardie's action in Midi-Pyrénées, and carries it on."""
    with transaction() as session:
        key = actions.open_action(session, KARIM, PICARDIE, Identity("Achats groupés", "FOR"))
        actions.submit_plan(session, KARIM, key, 1, as_it_is=True)
        actions.validate_plan(session, ODILE, key, 1)
        number = meetings.hold_meeting(session, ODILE, MEETING)
        later = MeetingDraft(**{**_said(MEETING), "day": date(2011, 10, 4), "reason": "Salle prise."})
        version = meetings.change_meeting(session, ODILE, number, later, 1)
        meetings.set_participants(session, ODILE, number, [Participant("Karim", PICARDIE), Participant("X")], version)
        meetings.write_lesson(session, ODILE, number, LessonDraft("Un volume suffit.", "Commandes mensuelles.", "Vu."))
        for kind, more in (
            (DecisionKind.DEPLOYMENT, {"host_region": MIDI_PYRENEES, "adaptation": "Par filière."}),
            (DecisionKind.CONTINUATION, {}),
        ):
            draft = DecisionDraft(kind, "On continue.", "Cela marche.", "Odile", date(2011, 12, 1), action=key, **more)
            decisions.decide(session, ODILE, number, draft)
        decisions.follow_up(session, ODILE, number, 2, DecisionState.DONE, "Budget voté.", None, 0)
    return db


def _said(draft: MeetingDraft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in draft.__slots__}


@pytest.mark.usefixtures("held")
def test_a_meeting_says_what_was_planned_and_what_came_of_it() -> None:
    (row,) = export(ExportKind.MEETINGS, REMI)
    assert row == {
        "numero": "1", "theme": "Acheter ensemble", "chantiers": "COO FOR", "prevue_le": "2011-09-20", "etat": "prevu",
        "prevision": "2011-10-04", "lieu": "Lille", "regions": PICARDIE, "documents": "0", "enseignements": "1",
        "decisions": "2",
    }  # fmt: skip
    stones = export(ExportKind.MILESTONES, REMI)
    assert [one["ecart_jours"] for one in stones if one["nature"] == "rencontre"] == ["14"]


@pytest.mark.usefixtures("held")
def test_a_decision_names_its_action_its_host_and_what_became_of_it() -> None:
    deployed, carried_on = export(ExportKind.DECISIONS, REMI)
    said = ("nature", "etat", "suite", "reussie", "code_region_source", "code_region_accueil", "numero_accueil")
    assert [deployed[name] for name in said] == ["deploiement", "prise", "", "", PICARDIE, MIDI_PYRENEES, "1"]
    assert [carried_on[name] for name in said] == ["poursuite", "realisee", "Budget voté.", "", PICARDIE, "", ""]
    prepared = export(ExportKind.PLANS, "essai", regions=(MIDI_PYRENEES,))
    assert [(row["numero"], row["etape"]) for row in prepared] == [("1", "")]


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("asked", "meetings", "decided"),
    [
        ({"regions": (MIDI_PYRENEES,)}, 1, 1),
        ({"regions": (PICARDIE,)}, 1, 2),
        ({"regions": ("82",)}, 0, 0),
        ({"chantiers": ("COO",)}, 1, 2),
        ({"chantiers": ("PRE",)}, 0, 0),
        ({"start": date(2011, 10, 1)}, 1, 2),
        ({"end": date(2011, 9, 30)}, 0, 0),
    ],
)
def test_what_a_filter_leaves_of_meetings_and_decisions_holds_together(
    asked: dict[str, object], meetings: int, decided: int
) -> None:
    assert len(export(ExportKind.MEETINGS, REMI, **asked)) == meetings
    assert len(export(ExportKind.DECISIONS, REMI, **asked)) == decided


def test_a_package_of_one_region_has_the_meetings_that_its_decisions_are_of(held: Database, tmp_path: Path) -> None:
    for region, name in ((MIDI_PYRENEES, "hote"), (PICARDIE, "source")):
        folder = unpacked(package(held, ExportRequest(regions=(region,))), tmp_path / name)
        report = frictionless.validate(str(folder / "datapackage.json"))
        assert report.valid, report.flatten(["title", "message"])
