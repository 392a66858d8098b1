"""Home tells what waits beside figures: plans, volunteers, decisions; and whether it is to come by e-mail too."""

import pytest
from sqlmodel import Session

from impact.actions import ActionKey, Identity
from impact.db import reading, transaction
from impact.permissions import Actor
from impact.queries.digests import facts, wants_email
from impact.rules.offers import OfferDraft
from impact.services import offers
from impact.services.actions import open_action, return_plan, submit_plan, validate_plan
from impact.services.decisions import decide
from impact.vocabulary import OfferState
from tests.cast import ADA, CLAIRE, KARIM, ODILE, PICARDIE, REMI
from tests.impact.gatherings import frozen, gather
from tests.impact.test_decisions import DEPLOY
from tests.pages import scenes
from tests.pages.conftest import Visit
from tests.pages.opened import texts
from tests.pages.scenes import html, look, sections, words

PAGE = "accueil"
IDENTITY = Identity("Une <b>école</b>", "FOR", "Un besoin.", "Karim", "Deux formateurs", "k@example.org", None, None)


pytestmark = pytest.mark.usefixtures("sqlite_db")


def submitted() -> ActionKey:
    with transaction() as session:
        key = open_action(session, KARIM, PICARDIE, IDENTITY)
        submit_plan(session, KARIM, key, 1, as_it_is=True)
    return key


def leave(number: int = 1) -> int:
    with transaction() as session:
        draft = OfferDraft("Paula Meyer", "paula@exemple.fr", PICARDIE, None, "Bonjour.")
        return min(offers.receive(session, draft, f"secret {each}") for each in range(number))


def test_a_submitted_plan_waits_for_the_office_and_a_returned_one_for_its_team(monkeypatch: pytest.MonkeyPatch) -> None:
    key = submitted()
    seen = look(monkeypatch, PAGE, ODILE)
    assert "1 plan à valider" in words(seen)
    assert "Picardie, « Une &lt;b&gt;école&lt;/b&gt; » : soumis aujourd’hui" in html(seen).replace("\u202f", " ")
    assert 'href="plan?region=22&amp;action=1"' in html(seen)
    assert "Plans" not in " ".join(sections(look(monkeypatch, PAGE, KARIM)))
    with transaction() as session:
        return_plan(session, ODILE, key, "Budget à équilibrer.", 1)
    seen = look(monkeypatch, PAGE, KARIM)
    assert "1 plan à reprendre" in words(seen)
    assert "Budget à équilibrer." in words(seen)
    assert sections(seen)[0] == "Plans à reprendre"
    assert "Plans à reprendre" not in sections(look(monkeypatch, PAGE, CLAIRE))
    assert "Plans à valider" not in sections(look(monkeypatch, PAGE, ODILE))


def test_a_plan_that_is_still_a_draft_waits_for_its_team(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        key = open_action(session, ODILE, PICARDIE, IDENTITY)
    seen = look(monkeypatch, PAGE, KARIM)
    assert "1 plan à compléter" in words(seen)
    assert 'href="plan?region=22&amp;action=1"' in html(seen)
    assert "Plans à compléter" not in sections(look(monkeypatch, PAGE, ODILE))
    with transaction() as session:
        submit_plan(session, KARIM, key, 1, as_it_is=True)
    assert "Plans à compléter" not in sections(look(monkeypatch, PAGE, KARIM))


def test_nobody_is_asked_to_validate_a_plan_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        key = open_action(session, ODILE, PICARDIE, IDENTITY)
        submit_plan(session, ODILE, key, 1, as_it_is=True)
    assert "Plans à valider" not in sections(look(monkeypatch, PAGE, ODILE))
    assert "Plans à valider" in sections(look(monkeypatch, PAGE, ADA))
    with transaction() as session:
        validate_plan(session, ADA, key, 1)
    assert "Plans validés" in sections(look(monkeypatch, PAGE, KARIM))


def test_a_volunteer_is_on_the_list_of_the_team_and_of_the_office_until_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = sections(look(monkeypatch, PAGE, KARIM))
    number = leave()
    for who in (KARIM, ODILE):
        seen = look(monkeypatch, PAGE, who)
        assert "1 volontaire à qui répondre" in words(seen), "though nothing cached knows that a message came"
        assert f'href="volontaires?message={number}"' in html(seen)
    for who in (CLAIRE, REMI):
        assert "volontaire" not in words(look(monkeypatch, PAGE, who))
    with transaction() as session:
        offers.answer(session, KARIM, number, OfferState.TAKEN_UP, "Appelée.", None)
    assert sections(look(monkeypatch, PAGE, KARIM)) == before


def test_a_flood_of_messages_does_not_drown_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    leave(30)
    said = html(look(monkeypatch, PAGE, KARIM))
    assert said.count("volontaires?message=") == 12
    assert '<a href="volontaires" target="_self">… et 18 autres</a>' in said


def test_a_region_finds_what_a_meeting_decided_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_TODAY", "2011-07-10")
    with transaction() as session:
        _decided(session)
    seen = look(monkeypatch, PAGE, CLAIRE)
    assert "1 convention à signer, 1 décision à mener" in words(seen)
    assert "rencontres?rencontre=1&amp;partie=decisions&amp;decision=1" in html(seen)
    assert "Décisions" not in " ".join(sections(look(monkeypatch, PAGE, KARIM)))
    monkeypatch.setenv("IMPACT_TODAY", "2012-01-10")
    assert "Décisions en retard" in sections(look(monkeypatch, PAGE, CLAIRE))
    assert "Décisions en retard" in sections(look(monkeypatch, PAGE, ODILE))


def _decided(session: Session) -> None:
    frozen(session, gather(session))
    decide(session, ODILE, 1, DEPLOY)


def test_a_digest_has_what_home_has() -> None:
    scenes.furnish()
    submitted()
    leave()
    with reading() as session:
        held = facts(session, ODILE)
    assert (len(held.plans), len(held.offers), bool(held.waiting)) == (1, 1, True)


@pytest.mark.parametrize("who", [KARIM, ODILE])
def test_a_person_switches_the_email_off_and_on(visit: Visit, monkeypatch: pytest.MonkeyPatch, who: Actor) -> None:
    assert not visit(who, PAGE).toggle, "nothing is asked where no e-mail leaves"
    monkeypatch.setenv("IMPACT_SMTP_URL", "smtp://127.0.0.1")
    monkeypatch.setenv("IMPACT_MAIL_FROM", "impact@example.org")
    seen = visit(who, PAGE)
    for wanted, said in ((False, "Vous ne recevrez plus le courriel du jour."), (True, "Courriel du jour rétabli.")):
        seen.toggle[0].set_value(wanted).run()
        assert said in texts(seen)
        with reading() as session:
            assert wants_email(session, who.id) is wanted
    assert not visit(REMI, PAGE).toggle, "a reader has nothing to do"


def test_an_administrator_stops_somebodys_email(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_SMTP_URL", "smtp://127.0.0.1")
    monkeypatch.setenv("IMPACT_MAIL_FROM", "impact@example.org")
    seen = visit(ADA, "comptes")
    seen.selectbox(key="comptes_compte").set_value(KARIM.email).run()
    next(one for one in seen.button if one.label == "Arrêter le courriel du jour").click().run()
    with reading() as session:
        assert not wants_email(session, KARIM.id)
    assert any(one.label == "Rétablir le courriel du jour" for one in seen.button)
