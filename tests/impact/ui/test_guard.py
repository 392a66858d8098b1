"""Pages are drawn for who is signed in at that very run, and write as them."""

import re

import pytest
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from impact.db import Database, reading, transaction
from impact.errors import Refused
from impact.models import Account, Setting
from impact.permissions import Actor
from impact.services import accounts, history
from impact.ui import guard, identity
from impact.vocabulary import Role
from tests.cast import ADA, CLAIRE, ODILE, REMI

PAGE = """
from impact.ui.guard import fragment, require
from impact.vocabulary import Role
actor = require(Role.CONTRIBUTOR, Role.NATIONAL)
import streamlit as st
st.write(f"vu par {actor.email}")
@fragment(Role.CONTRIBUTOR)
def part(actor, words):
    st.write(f"{words} {actor.name}")
part("fragment de")
"""


@pytest.fixture
def tokens(sqlite_db: Database) -> dict[str, str]:
    """A live session of everybody's, by e-mail."""
    with transaction() as session:
        return {
            person.email: accounts.open_session(session, session.get_one(Account, person.id), "127.0.0.1")
            for person in (CLAIRE, ODILE, REMI, ADA)
        }


def as_person(monkeypatch: pytest.MonkeyPatch, tokens: dict[str, str], person: Actor | None) -> None:
    token = tokens[person.email] if person else ""
    monkeypatch.setattr(identity, "token", lambda: token)


def drawn(test: AppTest) -> list[str]:
    assert not test.exception
    return [block.value for block in test.markdown]


def keep_setting(session: Session, actor: Actor, value: str) -> str:
    """A service in miniature: writes, and says who did."""
    session.add(Setting(key="essai", value=value))
    history.record(session, actor, "essai", value)
    if value == "refusé":
        raise Refused("Ce réglage n’est pas permis.")
    if value == "panne":
        raise ZeroDivisionError("le détail interne")
    return actor.email


def stored() -> str | None:
    with reading() as session:
        row = session.get(Setting, "essai")
        return row.value if row else None


def test_the_page_is_drawn_for_the_person_of_the_cookie(
    monkeypatch: pytest.MonkeyPatch, tokens: dict[str, str]
) -> None:
    as_person(monkeypatch, tokens, CLAIRE)
    test = AppTest.from_string(PAGE).run()
    assert drawn(test) == [f"vu par {CLAIRE.email}", f"fragment de {CLAIRE.name}"]
    assert "actor" not in test.session_state


def test_without_a_session_nothing_of_the_page_runs(monkeypatch: pytest.MonkeyPatch, tokens: dict[str, str]) -> None:
    as_person(monkeypatch, tokens, None)
    test = AppTest.from_string(PAGE).run()
    assert drawn(test) == []
    assert [title.value for title in test.title] == ["Session terminée"]
    assert 'href="/connexion?next=' in "".join(block.proto.body for block in test.get("html"))


def test_another_role_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, tokens: dict[str, str]) -> None:
    as_person(monkeypatch, tokens, REMI)
    test = AppTest.from_string(PAGE).run()
    assert drawn(test) == []
    assert [title.value for title in test.title] == ["Écran réservé"]


def test_a_fragment_has_a_guard_of_its_own(monkeypatch: pytest.MonkeyPatch, tokens: dict[str, str]) -> None:
    as_person(monkeypatch, tokens, ODILE)
    assert drawn(AppTest.from_string(PAGE).run()) == [f"vu par {ODILE.email}"]


def test_a_disabled_account_ends_at_its_next_run(monkeypatch: pytest.MonkeyPatch, tokens: dict[str, str]) -> None:
    as_person(monkeypatch, tokens, CLAIRE)
    test = AppTest.from_string(PAGE).run()
    assert drawn(test)
    with transaction() as session:
        accounts.disable(session, ADA, CLAIRE.id)
    assert drawn(test.run()) == []


def test_an_act_is_done_as_the_person_and_recorded(monkeypatch: pytest.MonkeyPatch, tokens: dict[str, str]) -> None:
    as_person(monkeypatch, tokens, CLAIRE)
    outcome = guard.act(keep_setting, value="gardé")
    assert (outcome.done, outcome.value, outcome.problems) == (True, CLAIRE.email, ())
    assert stored() == "gardé"


def test_a_refusal_comes_back_with_its_reasons_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, tokens: dict[str, str]
) -> None:
    as_person(monkeypatch, tokens, CLAIRE)
    outcome = guard.act(keep_setting, "refusé")
    assert not outcome.done
    assert [str(problem) for problem in outcome.problems] == ["Ce réglage n’est pas permis."]
    assert stored() is None


def test_a_bug_is_logged_under_the_number_that_the_person_sees(
    monkeypatch: pytest.MonkeyPatch, tokens: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    as_person(monkeypatch, tokens, CLAIRE)
    shown = str(guard.act(keep_setting, "panne").error)
    number = re.search(r"Incident n° ([0-9A-F]{8})", shown)
    assert number
    assert "interne" not in shown
    assert number[1] in caplog.text
    assert "le détail interne" in caplog.text
    assert stored() is None


def test_an_act_after_signing_out_writes_nothing(monkeypatch: pytest.MonkeyPatch, tokens: dict[str, str]) -> None:
    as_person(monkeypatch, tokens, CLAIRE)
    with transaction() as session:
        accounts.sign_out(session, tokens[CLAIRE.email])
    outcome = guard.act(keep_setting, "trop tard")
    assert isinstance(outcome.error, guard.SessionEnded)
    assert stored() is None


def test_rights_are_those_of_this_instant(monkeypatch: pytest.MonkeyPatch, tokens: dict[str, str]) -> None:
    as_person(monkeypatch, tokens, CLAIRE)
    with transaction() as session:
        accounts.change_role_and_regions(session, ADA, CLAIRE.id, Role.READER)
    assert guard.require(Role.READER).role is Role.READER


def test_a_page_takes_its_reader_from_the_frame_that_runs_it_and_from_nobody_else(
    monkeypatch: pytest.MonkeyPatch, tokens: dict[str, str]
) -> None:
    as_person(monkeypatch, tokens, CLAIRE)
    with guard.known(ODILE):
        assert guard.require() == ODILE
    assert guard.require().email == CLAIRE.email
    with pytest.raises(ZeroDivisionError), guard.known(ODILE):
        raise ZeroDivisionError
    assert guard.require().email == CLAIRE.email
    with guard.known(None):  # nobody was signed in: the page looks for itself
        assert guard.require().email == CLAIRE.email
