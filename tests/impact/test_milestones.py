"""Milestones: planned once for all, forecast with a reason, reached or abandoned; who may say so, and its history."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from impact import reference
from impact.actions import ActionKey
from impact.db import Database, transaction
from impact.errors import AlreadyDone, Forbidden, NotFound, Refused, StaleEntry
from impact.maintenance import check
from impact.models import Milestone
from impact.permissions import Actor
from impact.presentation.milestones import shown, slip, spoken
from impact.queries.milestones import MilestoneRow, congress, milestone, milestones
from impact.reference import milestones as file
from impact.rules.milestones import MilestoneDraft, read_milestone, read_statement
from impact.services.actions import open_action
from impact.services.milestones import add, forecast, plan_milestone
from impact.vocabulary import MilestoneKind, MilestoneState
from tests.cast import CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI, TODAY
from tests.impact.gatherings import plan

PLANNED, REACHED, ABANDONED = MilestoneState
OPENING = MilestoneDraft(MilestoneKind.OTHER, "Ouverture", date(2011, 7, 1))
LATER = date(2011, 7, 13)


def held(session: Session, number: int = 1, region: str = PICARDIE) -> MilestoneRow:
    return milestone(session, region, number)


@pytest.fixture
def opened(session: Session) -> Session:
    assert plan_milestone(session, KARIM, PICARDIE, OPENING) == 1
    return session


def test_the_file_gives_the_congress_and_both_ends_of_the_deployment(session: Session) -> None:
    found = [(one.number, one.kind.value, one.planned_on, one.set_by) for one in milestones(session, region="FR")]
    assert found == [
        (1, "congres", date(2010, 10, 14), ""), (2, "deploiement", date(2010, 10, 15), ""),
        (3, "deploiement", date(2011, 9, 30), ""),
    ]  # fmt: skip
    assert congress(session) == date(2010, 10, 14)


def test_a_row_that_was_loaded_is_never_rewritten_and_check_says_where_the_file_differs(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(session, ODILE, "FR", MilestoneDraft(MilestoneKind.MEETING, "Rencontre", date(2011, 10, 20)))
    moved = {name: date(2012, 1, 1) for name in file.source()} | {("autre", "Bilan"): date(2011, 12, 1)}
    monkeypatch.setattr(file, "source", lambda: moved)
    reference.load(session)
    assert [one.planned_on.year for one in milestones(session, region="FR")] == [2010, 2010, 2011, 2011, 2011]
    assert held(session, 5, "FR").name == "Bilan", "a row more, after the office's"
    assert len(list(file.milestone_faults(session))) == 3


def test_the_planned_day_stays_and_the_forecast_slips_back_and_forth(opened: Session) -> None:
    assert (held(opened).slip, held(opened).is_late(TODAY), held(opened).is_late(date(2011, 7, 1))) == (0, True, False)
    assert forecast(opened, KARIM, PICARDIE, 1, PLANNED, LATER, "salle prise", 0) == 1
    assert (held(opened).expected_on, held(opened).slip, held(opened).is_late(TODAY)) == (LATER, 12, False)
    assert forecast(opened, KARIM, PICARDIE, 1, PLANNED, LATER, "encore", 1) == 1, "the same is said once"
    assert forecast(opened, KARIM, PICARDIE, 1, REACHED, date(2011, 6, 28), "", 1) == 2
    one = held(opened)
    assert (one.planned_on, one.expected_on, one.slip, one.state) == (
        OPENING.planned_on,
        date(2011, 6, 28),
        -3,
        REACHED,
    )
    assert forecast(opened, ODILE, PICARDIE, 1, ABANDONED, None, "plus de lieu", 2) == 3
    assert (held(opened).slip, held(opened).state, held(opened).expected_on) == (None, ABANDONED, date(2011, 6, 28))
    assert [said.by for said in held(opened).said] == ["Karim Benali", "Karim Benali", "Odile Martin"]


@pytest.mark.parametrize(
    ("state", "day", "reason"),
    [(PLANNED, date(2011, 7, 9), "r"), (PLANNED, LATER, " "), (PLANNED, None, "r"), (REACHED, date(2011, 7, 11), ""),
     (REACHED, None, ""), (ABANDONED, None, "")],
)  # fmt: skip
def test_what_cannot_be_is_refused(opened: Session, state: MilestoneState, day: date | None, reason: str) -> None:
    with pytest.raises(Refused):
        forecast(opened, KARIM, PICARDIE, 1, state, day, reason, 0)
    assert held(opened).said == ()


def test_today_is_a_day_of_both(opened: Session) -> None:
    assert forecast(opened, KARIM, PICARDIE, 1, PLANNED, TODAY, "r", 0) == 1
    assert forecast(opened, KARIM, PICARDIE, 1, REACHED, TODAY, "", 1) == 2


@pytest.mark.parametrize(
    ("actor", "region"), [(REMI, PICARDIE), (CLAIRE, PICARDIE), (KARIM, "FR"), (CLAIRE, "FR"), (REMI, "FR")]
)
def test_a_region_speaks_of_its_own_and_the_office_of_the_country(session: Session, actor: Actor, region: str) -> None:
    with pytest.raises(Forbidden):
        plan_milestone(session, actor, region, OPENING)
    with pytest.raises(Forbidden):
        forecast(session, actor, region, 1, REACHED, TODAY, "", 0)
    with pytest.raises(Forbidden):
        add(session, actor, region, OPENING)


def test_kinds_that_are_made_elsewhere_are_refused(session: Session) -> None:
    for region, kind, actor in (("FR", MilestoneKind.MEETING, ODILE), (PICARDIE, MilestoneKind.CONGRESS, KARIM)):
        with pytest.raises(Refused):
            plan_milestone(session, actor, region, MilestoneDraft(kind, "Rencontre", TODAY))


def test_a_milestone_names_an_action_of_its_own_region(session: Session) -> None:
    key = open_action(session, KARIM, PICARDIE, plan().identity)
    own = MilestoneDraft(MilestoneKind.OTHER, "Ouverture", TODAY, key)
    assert held(session, plan_milestone(session, KARIM, PICARDIE, own)).action == key
    with pytest.raises(Refused):
        plan_milestone(session, CLAIRE, MIDI_PYRENEES, own)
    unknown = MilestoneDraft(MilestoneKind.OTHER, "Ouverture", TODAY, ActionKey(PICARDIE, 9))
    with pytest.raises(NotFound):
        plan_milestone(session, KARIM, PICARDIE, unknown)


def test_a_form_sent_twice_counts_once_and_who_comes_second_is_told(opened: Session) -> None:
    plan_milestone(opened, KARIM, PICARDIE, OPENING, "jeton")
    with pytest.raises(AlreadyDone):
        plan_milestone(opened, KARIM, PICARDIE, OPENING, "jeton")
    forecast(opened, KARIM, PICARDIE, 1, PLANNED, LATER, "salle prise", 0)
    with pytest.raises(StaleEntry, match="Karim Benali"):
        forecast(opened, ODILE, PICARDIE, 1, REACHED, TODAY, "", 0)


def test_history_replays_milestones_and_check_finds_what_it_does_not_tell(sqlite_db: Database) -> None:
    with transaction() as session:
        plan_milestone(session, KARIM, PICARDIE, OPENING)
        forecast(session, KARIM, PICARDIE, 1, PLANNED, LATER, "salle prise", 0)
    assert check() == []
    with transaction() as session:
        session.connection().execute(sa.update(Milestone).values(planned_on=LATER))
        session.execute(sa.text("UPDATE milestone_statement SET reason = 'autre'"))
    said = "\n".join(check())
    assert f"Jalon de {PICARDIE} n° 1 : « planned_on »" in said
    assert f"Jalon de {PICARDIE} n° 1, suite 1 : « reason »" in said
    assert "Jalon national « Congrès national »" in said


def test_forms_are_read_in_french_and_say_what_is_missing() -> None:
    fields = {"type": "autre", "nom": " Ouverture ", "prevu": "01/07/2011", "action": f"{PICARDIE}-1"}
    read, problems = read_milestone(PICARDIE, fields)
    assert (read, problems) == (
        MilestoneDraft(OPENING.kind, "Ouverture", OPENING.planned_on, ActionKey(PICARDIE, 1)),
        [],
    )
    _, problems = read_milestone(PICARDIE, {"type": "congres", "nom": "", "prevu": "31/02/2011"})
    assert [one.field for one in problems] == ["type", "prevu", "nom"]
    _, problems = read_statement({"etat": "prevu", "prevision": "", "motif": ""}, TODAY)
    assert [one.field for one in problems] == ["prevision", "motif"]


def test_the_slip_is_said_with_its_sign_and_its_word(opened: Session) -> None:
    narrow = "\u202f"
    assert [slip(days) for days in (12, 1, 0, -3, None)] == [
        f"+12{narrow}jours", f"+1{narrow}jour", "à la date prévue", f"\u22123{narrow}jours", "",
    ]  # fmt: skip
    late, _ = shown([held(opened), held(opened, 1, "FR")], TODAY)
    assert (late.sign, late.state) == ("▼", "en retard")
    assert (late.slip, late.days) == (f"au moins +9{narrow}jours", 9), (
        "nobody said anything new, and the day has passed"
    )
    assert spoken(late) == f"Ouverture : prévu le 01/07/2011, attendu le 01/07/2011, {late.slip}, en retard"
