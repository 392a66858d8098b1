"""Signing in and out, over HTTP."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from impact import clock
from impact.db import reading, transaction
from impact.models import Setting, SignIn
from impact.services import accounts
from impact.services.accounts.tokens import digest
from impact.vocabulary import Role
from tests.cast import ADA, CLAIRE, DIDIER, PASSWORD
from tests.impact.web.conftest import LOCAL, Visit, carry

WRONG = "Adresse ou mot de passe incorrect."


def sign_in(client: TestClient, email: str = CLAIRE.email, password: str = PASSWORD, **more: str):
    return client.post("/connexion", data={"email": email, "password": password, **more})


def test_the_right_password_opens_the_page_that_was_asked_for(visit: Visit) -> None:
    client = visit()
    answer = sign_in(client, email="  Claire@Example.ORG ", next="/saisie?region=73")
    assert (answer.status_code, answer.headers["location"]) == (303, "/saisie?region=73")
    assert client.get("/media/x").text == "Streamlit"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = sign_in(visit()).headers["set-cookie"]
    assert cookie.startswith("impact_session=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    monkeypatch.setenv("IMPACT_PUBLIC_URL", "https://impact.example.org")
    behind_tls = sign_in(visit()).headers["set-cookie"]
    assert behind_tls.startswith("__Host-impact_session=")
    assert "Secure" in behind_tls.split("; ")


def test_the_database_knows_the_cookie_by_its_hash_only(visit: Visit) -> None:
    client = visit()
    sign_in(client)
    token = client.cookies["impact_session"]
    with reading() as session:
        assert session.get(SignIn, token) is None
        assert session.get_one(SignIn, digest(token)).account_id == CLAIRE.id


def test_every_sign_in_has_a_new_cookie_and_ends_the_one_before(visit: Visit) -> None:
    client = visit()
    sign_in(client)
    first = client.cookies["impact_session"]
    sign_in(client)
    assert client.cookies["impact_session"] != first
    carry(client, first)
    assert client.get("/media/x").status_code == 401


@pytest.mark.parametrize(
    ("email", "password"),
    [(CLAIRE.email, "faux"), ("personne@example.org", PASSWORD), (DIDIER.email, PASSWORD), ("", ""), ("\0", "\0")],
)
def test_one_refusal_for_a_wrong_password_an_unknown_and_a_disabled_account(
    visit: Visit, email: str, password: str
) -> None:
    answer = sign_in(visit(), email, password)
    assert answer.status_code == 401
    assert f'role="alert" id="problems">\n<p>{WRONG}</p>' in answer.text
    assert "set-cookie" not in answer.headers


def test_what_was_typed_comes_back_harmless(visit: Visit) -> None:
    answer = sign_in(visit(), '"><script>alert(1)</script>', "x", next="https://evil.example")
    assert "<script" not in answer.text
    assert "evil.example" not in answer.text


def test_after_five_wrong_passwords_the_account_waits(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    start = clock.real_now()
    for number in range(5):
        assert sign_in(visit(peer=f"203.0.113.{number}"), password="faux").status_code == 401
    refused = sign_in(visit(peer="203.0.113.99"))
    assert refused.status_code == 429
    assert "Trop de tentatives. Réessayez après" in refused.text
    assert 14 * 60 < int(refused.headers["retry-after"]) <= 16 * 60
    assert sign_in(visit(), ADA.email).status_code == 303
    monkeypatch.setattr(clock, "real_now", lambda: start + timedelta(minutes=17))
    assert sign_in(visit(peer="203.0.113.99")).status_code == 303


def test_an_address_that_tries_many_accounts_waits(visit: Visit) -> None:
    client = visit(peer="198.51.100.7")
    for number in range(20):
        assert sign_in(client, f"personne{number}@example.org", "faux").status_code == 401
    assert sign_in(client).status_code == 429
    assert sign_in(visit(peer="198.51.100.8")).status_code == 303


def test_the_right_password_clears_the_count(visit: Visit) -> None:
    client = visit()
    for _ in range(3):
        for _ in range(4):
            sign_in(client, password="faux")
        assert sign_in(client).status_code == 303


def test_signing_out_asks_first_and_ends_the_session_on_the_server(visit: Visit) -> None:
    client = visit(CLAIRE)
    token = client.cookies["impact_session"]
    asked = client.get("/deconnexion")
    assert 'method="post" action="/deconnexion"' in asked.text
    assert CLAIRE.name in asked.text
    assert client.get("/media/x").status_code == 200
    answer = client.post("/deconnexion")
    assert answer.headers["location"] == "/connexion?avis=deconnexion"
    carry(client, token)
    assert client.get("/media/x").status_code == 401


def test_who_is_signed_in_already_goes_straight_in(visit: Visit) -> None:
    assert visit(CLAIRE).get("/connexion?next=/preuve").headers["location"] == "/preuve"


def test_a_form_too_large_is_refused(visit: Visit) -> None:
    assert sign_in(visit(), "x" * 70_000).status_code == 413


@pytest.fixture
def demonstration(visit: Visit) -> int:
    """The database is a demonstration with one fictitious account; its id."""
    with transaction() as session:
        session.add(Setting(key="demonstration", value="true"))
        account = accounts.create_account(session, "essai", "fanny@demo.invalid", "Fanny Fictive", Role.READER)
        assert account.id is not None
        return account.id


def test_the_demonstration_is_entered_with_one_click_on_the_machine_itself(visit: Visit, demonstration: int) -> None:
    client = visit(peer="127.0.0.1", url=LOCAL)
    page = client.get("/connexion").text
    assert "Fanny Fictive" in page
    assert CLAIRE.name not in page
    assert client.post("/connexion/demonstration", data={"account": str(demonstration)}).status_code == 303
    assert client.get("/media/x").status_code == 200


@pytest.mark.parametrize(
    ("peer", "url", "headers"),
    [
        ("203.0.113.9", LOCAL, {}),
        ("127.0.0.1", "http://impact.example.org", {}),
        ("127.0.0.1", LOCAL, {"X-Forwarded-For": "127.0.0.1"}),
        ("127.0.0.1", LOCAL, {"Host": "127.0.0.1.evil.example"}),
    ],
)
def test_the_demonstration_asks_a_password_from_elsewhere(
    visit: Visit, demonstration: int, peer: str, url: str, headers: dict[str, str]
) -> None:
    client = visit(peer=peer, url=url)
    assert "Fanny Fictive" not in client.get("/connexion", headers=headers).text
    sent = client.post("/connexion/demonstration", data={"account": str(demonstration)}, headers=headers)
    assert sent.status_code == 403
    assert "set-cookie" not in sent.headers


def test_one_click_never_opens_a_real_account(visit: Visit, demonstration: int) -> None:
    client = visit(peer="127.0.0.1", url=LOCAL)
    assert client.post("/connexion/demonstration", data={"account": str(ADA.id)}).status_code == 403
    evil = {"Origin": "https://evil.example"}
    sent = client.post("/connexion/demonstration", data={"account": str(demonstration)}, headers=evil)
    assert sent.status_code == 403


def test_without_a_demonstration_nobody_enters_without_a_password(visit: Visit) -> None:
    client = visit(peer="127.0.0.1", url=LOCAL)
    assert client.post("/connexion/demonstration", data={"account": str(ADA.id)}).status_code == 403
