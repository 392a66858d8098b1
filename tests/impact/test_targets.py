"""Targets are stated with their history: nothing is overwritten unseen or lost, `check` finds what was bent."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from impact import clock
from impact.db import Database, reading, transaction
from impact.errors import AlreadyDone, NotFound, Refused, StaleEntry
from impact.figures import SCALE
from impact.maintenance import backup, check, restore
from impact.models import History, TargetRevision
from impact.queries.targets import statements, targets
from impact.rules.targets import TargetDraft
from impact.services import calendar
from impact.services.targets import set_target, set_targets, withdraw_target
from tests.cast import ODILE, PICARDIE

CAMPAIGN = "2010-2011"
CONGRESS = date(2010, 10, 14)
DUE = date(2011, 9, 30)
AIM = TargetDraft(PICARDIE, "FOR-04", CAMPAIGN, 20 * SCALE, 120 * SCALE, DUE)
COUNTRY = TargetDraft("FR", "FOR-04", "", None, 2_000 * SCALE, DUE, ((date(2011, 3, 31), 500 * SCALE),))
HIGHER = replace(AIM, value=150 * SCALE, reason="la région a recruté", seen_number=1)


def acts(session: Session) -> list[History]:
    return list(session.exec(select(History).where(History.action == "set_target")))


def test_a_revised_target_keeps_the_original_beside_it(session: Session) -> None:
    clock.set_today(session, CONGRESS)
    set_target(session, ODILE, AIM)
    clock.set_today(session, date(2011, 2, 1))
    with pytest.raises(Refused, match="dites pourquoi"):
        set_target(session, ODILE, replace(HIGHER, reason=""))
    assert set_target(session, ODILE, HIGHER).number == 2
    assert targets(session, CAMPAIGN)[PICARDIE, "FOR-04"].value == 150
    first, second = statements(session, CAMPAIGN)
    assert (first.target and first.target.value, first.set_on, first.reason) == (120, CONGRESS, "")
    assert (second.reason, second.set_on, second.set_by) == ("la région a recruté", date(2011, 2, 1), "Odile Martin")
    one, other = acts(session)
    assert (one.before, one.chain, one.indicator_code) == (None, PICARDIE, "FOR-04")
    assert other.before == one.after
    assert other.reason == "la région a recruté"


def test_the_same_statement_again_changes_nothing(session: Session) -> None:
    assert set_targets(session, ODILE, [AIM, COUNTRY]) == 2
    again = [replace(AIM, seen_number=1, reason="sans objet"), replace(COUNTRY, seen_number=1)]
    assert set_targets(session, ODILE, again) == 0
    assert set_target(session, ODILE, again[0]).number == 1
    assert len(acts(session)) == 2


def test_before_the_congress_a_baseline_is_made_more_precise_without_a_reason(session: Session) -> None:
    clock.set_today(session, CONGRESS)
    set_target(session, ODILE, AIM)
    set_target(session, ODILE, replace(AIM, baseline=25 * SCALE, seen_number=1))
    assert [one.reason for one in statements(session, CAMPAIGN)] == ["", "précisée avant le Congrès"]


def test_who_saw_an_older_target_is_told_of_both(session: Session) -> None:
    set_target(session, ODILE, AIM)
    with pytest.raises(StaleEntry, match="modifiée depuis") as caught:
        set_target(session, ODILE, replace(AIM, value=90 * SCALE, reason="trop haut"))
    assert (caught.value.stored["cible"], caught.value.typed["cible"], caught.value.version) == ("120", "90", 1)
    with pytest.raises(StaleEntry):
        withdraw_target(session, ODILE, PICARDIE, "FOR-04", CAMPAIGN, "abandon", 0)
    assert len(acts(session)) == 1


def test_a_withdrawn_target_is_no_longer_in_force_and_may_come_back(session: Session) -> None:
    set_target(session, ODILE, AIM)
    with pytest.raises(Refused, match="pourquoi"):
        withdraw_target(session, ODILE, PICARDIE, "FOR-04", CAMPAIGN, " ", 1)
    withdraw_target(session, ODILE, PICARDIE, "FOR-04", CAMPAIGN, "action abandonnée", 1)
    assert targets(session, CAMPAIGN) == {}
    with pytest.raises(Refused, match="pas de cible"):
        withdraw_target(session, ODILE, PICARDIE, "FOR-04", CAMPAIGN, "encore", 2)
    with pytest.raises(Refused, match="retirée"):
        set_target(session, ODILE, AIM)
    assert set_target(session, ODILE, replace(AIM, reason="action reprise")).number == 3
    assert [one.target is None for one in statements(session, CAMPAIGN)] == [False, True, False]


def test_a_sheet_is_set_whole_or_not_at_all_and_every_problem_is_told(session: Session) -> None:
    wrong = replace(AIM, indicator="FOR-02", value=10 * SCALE)
    with pytest.raises(Refused) as caught:
        set_targets(session, ODILE, [AIM, wrong, replace(COUNTRY, indicator="FOR-01")])
    assert [problem.where for problem in caught.value.problems] == ["FOR-02, Picardie", "FOR-01, France"]
    assert targets(session, CAMPAIGN) == {}
    with pytest.raises(Refused, match="deux fois"):
        set_targets(session, ODILE, [AIM, AIM])
    with pytest.raises(NotFound):
        set_target(session, ODILE, replace(AIM, region="00"))
    set_target(session, ODILE, AIM, token="jeton")
    with pytest.raises(AlreadyDone):
        set_target(session, ODILE, HIGHER, token="jeton")


def test_a_target_belongs_to_the_campaign_of_its_due_date(session: Session) -> None:
    calendar.open_campaign(session, ODILE, "2011-2012", date(2011, 10, 1), date(2012, 9, 30))
    asked, late = replace(AIM, campaign=""), date(2014, 1, 1)
    for due, campaign, seen in ((DUE, CAMPAIGN, 0), (date(2011, 10, 1), "2011-2012", 0), (late, "2011-2012", 1)):
        stated = set_target(session, ODILE, replace(asked, due=due, reason="nouvelle échéance", seen_number=seen))
        assert stated.campaign_code == campaign
    with pytest.raises(Refused, match="première campagne"):
        set_target(session, ODILE, replace(asked, due=CONGRESS))


@pytest.fixture
def stated(db: Database) -> Database:
    with transaction(db) as session:
        set_targets(session, ODILE, [AIM, COUNTRY])
        set_target(session, ODILE, HIGHER)
        withdraw_target(session, ODILE, "FR", "FOR-04", CAMPAIGN, "erreur", 1)
    return db


def test_check_accepts_what_the_services_left_and_finds_what_was_bent(stated: Database) -> None:
    assert check(stated) == []
    with transaction(stated) as session:
        session.get_one(TargetRevision, (PICARDIE, "FOR-04", CAMPAIGN, 1)).value = 10 * SCALE
        session.get_one(TargetRevision, (PICARDIE, "FOR-04", CAMPAIGN, 2)).set_on = CONGRESS
        session.delete(session.get_one(TargetRevision, ("FR", "FOR-04", CAMPAIGN, 2)))
    faults = [fault for fault in check(stated) if fault.startswith("Cible")]
    assert len(faults) == 3
    assert "FR, 2010-2011, version 2 : l’historique la connaît, la base ne l’a plus" in faults[2]


def test_targets_survive_a_backup(stated: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup(tmp_path / "s.zip", stated)
    monkeypatch.setenv("IMPACT_DATABASE_URL", f"sqlite:///{tmp_path / 'retour' / 'impact.db'}")
    monkeypatch.setenv("IMPACT_KEY_FILE", str(tmp_path / "retour" / "history.key"))
    _, faults = restore(tmp_path / "s.zip")
    assert faults == []
    with reading(stated) as before, reading() as after:
        assert statements(before, CAMPAIGN) == statements(after, CAMPAIGN)
        assert len(statements(after, CAMPAIGN)) == 4
