"""The public page: a stranger's message arrives, can be erased, and nothing sent to the page does harm."""

import html
import re
import tracemalloc
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import SQLModel, col, func, select
from starlette.testclient import TestClient

from impact import clock
from impact.db import Database, reading, transaction
from impact.models import DataVersion, FormToken, History, Offer, OfferAttempt
from impact.permissions import readable
from impact.queries.offers import offers
from impact.rules.offers import CONSENT
from impact.services import setup, visitors
from impact.services.offers import erase_due
from impact.vocabulary import OfferState
from tests.cast import ADA, CLAIRE, KARIM, PICARDIE, REMI
from tests.impact.web.conftest import LOCAL, Visit

SAID = {
    "nom": "Paula Meyer",
    "courriel": "paula.meyer@exemple.fr",
    "region": PICARDIE,
    "chantier": "FOR",
    "message": "Je forme des apprentis.\nJe peux recevoir un groupe.",
    "accord": "oui",
}
PATH = "/mobilisation"
HOSTILE = "<script>alert(1)</script> [clic](javascript:x) https://piege.example/a \"'> \u202egnp.exe\x00 =1+1"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch):
    """Move the real time on by seconds, and keep moving it."""
    shift = timedelta()
    real = clock.real_now

    def move(seconds: float) -> None:
        nonlocal shift
        shift += timedelta(seconds=seconds)

    monkeypatch.setattr(clock, "real_now", lambda: real() + shift)
    return move


def form_of(client: TestClient) -> str:
    return re.search(r'name="formulaire" value="([^"]+)"', client.get(PATH).text)[1]  # type: ignore[index]


def send(client: TestClient, form: str, **changes: str):
    return client.post(PATH, data={**SAID, "formulaire": form, **changes})


def count(table: type[SQLModel]) -> int:
    with reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def kept() -> list[Offer]:
    with reading() as session:
        return list(session.exec(select(Offer).order_by(col(Offer.id))).all())


def test_a_strangers_message_is_kept_with_what_was_agreed_to_and_shown_back(visit: Visit, later) -> None:
    client = visit()
    page = client.get(PATH)
    assert page.status_code == 200
    assert CONSENT in html.unescape(page.text)
    assert page.text.index("Régions engagées") < page.text.index("Picardie") < page.text.index("Autres régions")
    form = form_of(client)
    later(5)
    answer = send(client, form)
    assert answer.status_code == 200
    assert "Merci, votre message est parti" in answer.text
    for said in ("Paula Meyer", "paula.meyer@exemple.fr", "Picardie", "Je peux recevoir un groupe.", "10/07/2012"):
        assert said in answer.text
    (offer,) = kept()
    assert (offer.name, offer.region_code, offer.chantier_code) == ("Paula Meyer", PICARDIE, "FOR")
    assert offer.consent == CONSENT
    assert "set-cookie" not in answer.headers


def test_the_page_needs_no_script_and_calls_nobody(visit: Visit) -> None:
    answer = visit().get(PATH)
    assert "<script" not in answer.text
    assert re.findall(r"https?://", answer.text) == []
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert answer.headers["cache-control"] == "no-store"
    assert f'href="{PATH}"' in visit().get("/connexion").text


def test_every_problem_is_told_at_once_beside_what_was_typed(visit: Visit, later) -> None:
    client = visit()
    form = form_of(client)
    later(5)
    answer = client.post(PATH, data={"formulaire": form, "nom": "Paula", "courriel": "paula", "region": "ZZ"})
    assert answer.status_code == 400
    said = html.unescape(answer.text)
    for field in ("courriel", "region", "message", "accord"):
        assert f'<a href="#{field}">' in said
        assert re.search(rf'id="{field}"[^>]*aria-invalid="true"', said)
    assert 'value="Paula"' in said
    assert '<a href="#nom">' not in said
    too_long = send(client, form, message="a" * 3_001)
    assert "texte trop long" in too_long.text
    assert kept() == []


def test_what_is_corrected_at_once_does_not_come_back_too_soon(visit: Visit, later) -> None:
    client = visit()
    form = form_of(client)
    later(5)
    refused = send(client, form, accord="")
    assert refused.status_code == 400
    again = re.search(r'name="formulaire" value="([^"]+)"', refused.text)
    assert again
    assert "Merci, votre message est parti" in html.unescape(send(client, again[1]).text)
    assert len(kept()) == 1


def test_scripts_links_and_invisible_characters_stay_plain_text(visit: Visit, later) -> None:
    client = visit()
    form = form_of(client)
    later(5)
    hostile = dict.fromkeys(("nom", "message"), HOSTILE)
    answer = send(client, form, **hostile)
    refused = send(client, form_of(client), **dict.fromkeys(SAID, HOSTILE))
    for text in (answer.text, refused.text):
        assert "<script" not in text
        assert '"javascript:' not in text
        assert 'href="https://piege' not in text
    (offer,) = kept()
    assert "\u202e" not in offer.message
    assert "\x00" not in offer.message


def test_a_bot_that_fills_the_trap_believes_it_was_heard(visit: Visit, later) -> None:
    client = visit()
    form = form_of(client)
    later(5)
    answer = send(client, form, telecopie="0102030405")
    heard = send(client, form)  # the same form, by a person
    assert (answer.status_code, heard.status_code) == (200, 200)
    assert answer.text == heard.text
    assert len(kept()) == 1


@pytest.mark.parametrize("seconds", [0, 2, 3_605])
def test_a_form_that_comes_back_too_soon_or_too_late_keeps_what_was_typed(visit: Visit, later, seconds: int) -> None:
    client = visit()
    form = form_of(client)
    later(seconds)
    answer = send(client, form)
    assert answer.status_code == 400
    assert "Ce formulaire n’est plus valable, ou part trop vite." in answer.text
    assert "Je peux recevoir un groupe." in answer.text
    fresh = re.search(r'name="formulaire" value="([^"]+)"', answer.text)[1]  # type: ignore[index]
    later(5)
    assert send(client, fresh).status_code == 200
    assert len(kept()) == 1


@pytest.mark.parametrize("forged", ["", "x", "1.2.3", "1310300000.aaaa." + "0" * 64, "é.é.é", "." * 50])
def test_a_form_that_was_not_made_here_is_refused_in_the_same_words(visit: Visit, forged: str) -> None:
    answer = send(visit(), forged)
    assert answer.status_code == 400
    assert "Ce formulaire n’est plus valable, ou part trop vite." in answer.text


def test_a_form_is_used_once(visit: Visit, later) -> None:
    client = visit()
    form = form_of(client)
    later(5)
    assert send(client, form).status_code == 200
    again = send(client, form, message="Autre chose.")
    assert again.status_code == 400
    assert "Votre premier message nous est bien parvenu." in again.text
    assert len(kept()) == 1


def test_its_author_erases_a_message_by_the_personal_link(visit: Visit, later, sqlite_db: Database) -> None:
    client = visit()
    form = form_of(client)
    later(5)
    link = html.unescape(re.search(r'href="([^"]+/mobilisation/effacer[^"]+)"', send(client, form).text)[1])  # type: ignore[index]
    path = link.removeprefix(LOCAL)
    asked = client.get(path)
    assert "Effacer mon message" in asked.text
    assert "Paula" not in asked.text, "a link may be seen by others"
    assert len(kept()) == 1
    assert kept()[0].state == OfferState.RECEIVED, "looking erases nothing"
    secret = re.search(r'name="lien" value="([^"]+)"', asked.text)[1]  # type: ignore[index]
    assert "Votre message est effacé" in client.post("/mobilisation/effacer", data={"lien": secret}).text
    (offer,) = kept()
    assert (offer.state, offer.name, offer.email, offer.message, offer.consent) == ("efface", "", "", "", "")
    gone = client.get(path).text
    assert "Rien n’est conservé sous ce lien" in gone
    assert gone == client.get("/mobilisation/effacer?lien=rien").text, "nobody learns which links were ever good"
    assert "Rien n’est conservé" in client.post("/mobilisation/effacer", data={"lien": secret}).text
    with reading() as session:
        told = session.exec(select(History).where(History.subject == "message n° 1")).all()
    assert [(row.action, row.chain, row.actor) for row in told] == [("offer.erase", PICARDIE, "auteur du message")]
    path = Path(sqlite_db.url.removeprefix("sqlite:///"))  # while people work: no connection was closed since
    kept_on_disk = [one for one in path.parent.glob(f"{path.name}*") if b"paula.meyer" in one.read_bytes()]
    assert kept_on_disk == [], "not in the write-ahead log either"


def test_a_message_is_erased_by_itself_after_twelve_months(visit: Visit, later, monkeypatch) -> None:
    client = visit()
    form = form_of(client)
    later(5)
    send(client, form)
    monkeypatch.setenv("IMPACT_TODAY", "2012-07-09")
    with transaction() as session:
        assert erase_due(session) == 0
    monkeypatch.setenv("IMPACT_TODAY", "2012-07-10")
    form = form_of(client)
    later(5)
    send(client, form, nom="Un autre")  # whoever writes next makes the product look
    assert [(offer.state, offer.name) for offer in kept()] == [("efface", ""), ("recu", "Un autre")]


def test_a_thousand_messages_from_one_address_leave_ten(visit: Visit, later) -> None:
    client = visit()
    forms = [form_of(client) for _ in range(12)]
    later(5)
    before = count(DataVersion), count(History), count(FormToken)
    statuses = [send(client, forms[number % 12]).status_code for number in range(800)]
    tracemalloc.start()
    statuses += [send(client, forms[number % 12]).status_code for number in range(20)]
    first, _ = tracemalloc.get_traced_memory()
    statuses += [send(client, forms[number % 12]).status_code for number in range(180)]
    second, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert statuses == [200] * 10 + [429] * 990
    assert (count(Offer), count(OfferAttempt)) == (10, 10)
    assert (count(DataVersion), count(History), count(FormToken)) == before
    assert second - first < 200_000, "bytes held for 180 requests that were sent away"
    other = visit(peer="198.51.100.4")
    form = form_of(other)
    later(5)
    assert send(other, form).status_code == 200, "a neighbour is heard all the same"
    later(3_700)
    form = form_of(client)
    later(5)
    assert send(client, form).status_code == 200, "an hour later, so is this address"


def test_many_addresses_together_have_a_limit_too_and_none_is_kept_readable(
    visit: Visit, later, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitors, "EVERYWHERE", 5)
    statuses = [send(visit(peer=f"198.51.100.{number}"), "faux").status_code for number in range(8)]
    assert statuses == [400] * 5 + [429] * 3
    with reading() as session:
        addresses = session.exec(select(OfferAttempt.address)).all()
    assert all(re.fullmatch(r"[0-9a-f]{64}", address) for address in addresses)
    later(86_500)
    send(visit(), "faux")
    assert count(OfferAttempt) == 1, "those older than a day are cleared"


def test_a_household_has_one_share_however_many_ipv6_addresses_it_uses(visit: Visit) -> None:
    statuses = [send(visit(peer=f"2001:db8:0:7::{number:x}"), "faux").status_code for number in range(1, 12)]
    assert statuses == [400] * 10 + [429]
    assert send(visit(peer="2001:db8:0:8::1"), "faux").status_code == 400


@pytest.mark.parametrize("path", [PATH, "/mobilisation/effacer"])
def test_what_no_form_sends_is_refused_and_nothing_is_counted(visit: Visit, path: str) -> None:
    client = visit()
    form = "application/x-www-form-urlencoded"
    huge = client.post(path, content=b"message=" + b"a" * 70_000, headers={"content-type": form})
    assert (huge.status_code, huge.text) == (413, "Envoi trop long.")
    many = client.post(path, content=b"&".join(b"a=1" for _ in range(60)), headers={"content-type": form})
    assert many.status_code == 400
    for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain", ""):
        assert client.post(path, content=b"{}", headers={"content-type": kind}).status_code == 415
    for method in ("PUT", "DELETE", "PATCH"):
        assert client.request(method, path).status_code == 405
    assert client.post(path, data=SAID, headers={"origin": "https://ailleurs.example"}).status_code == 403
    raw = client.post(path, content=b"nom=%ff%fe%00&lien=%ff", headers={"content-type": form})
    assert raw.status_code in (200, 400)
    assert count(Offer) == 0


def test_before_the_installation_there_is_nobody_to_write_to(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "is_needed", lambda session: True)
    assert visit().get(PATH).headers["location"] == "/connexion"


def test_the_team_of_the_region_finds_the_message(visit: Visit, later) -> None:
    client = visit()
    form = form_of(client)
    later(5)
    send(client, form)
    with reading() as session:
        seen = {who.name: len(offers(session, readable(who))) for who in (KARIM, CLAIRE, REMI, ADA)}
    assert seen == {KARIM.name: 1, CLAIRE.name: 0, REMI.name: 0, ADA.name: 1}
