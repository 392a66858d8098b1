"""Digests by e-mail, against a real SMTP server on this machine: once for each thing, whatever breaks."""

import asyncio
import email
import os
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import Message
from email.policy import default
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlmodel import func, select

from impact import clock, mail
from impact.actions import ActionKey
from impact.cli import main
from impact.db import Database, reading, transaction
from impact.digest import tell
from impact.digest.items import Kind
from impact.figures import SCALE, Cell
from impact.mail import Unreachable
from impact.maintenance import digests
from impact.maintenance.digests import Sent
from impact.models import Account, AccountRegion, History, Notice, Setting
from impact.queries.digests import facts
from impact.rules.offers import OfferDraft
from impact.services import notices, offers, reviews
from impact.services.actions import (
    open_action,
    return_plan,
    save_identity,
    set_budget,
    submit_plan,
    validate_plan,
)
from impact.web import daily
from tests.cast import ADA, CLAIRE, DIDIER, KARIM, ODILE, PICARDIE, REMI, TODAY
from tests.impact.gatherings import plan
from tests.pages import scenes
from tests.pages.scenes import T3, TRAINED

KEY = ActionKey(PICARDIE, 1)


class Postbox:
    """A server that takes every message, or answers what a test says; `dies` breaks off in the middle of one."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.to: list[str] = []
        self.answers: dict[str, str] = {}
        self.dies = False

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := self.answers.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(0)
        if "DATA" in self.answers:
            return self.answers["DATA"]
        self.to += envelope.rcpt_tos
        self.letters.append(email.message_from_bytes(envelope.content or b"", policy=default))  # type: ignore[arg-type]
        if self.dies:
            assert server.transport is not None
            server.transport.abort()
        return "250 OK"


@pytest.fixture
def postbox(sqlite_db: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    """The furnished campaign, and a server that the settings name."""
    scenes.furnish()
    handler = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port, ready_timeout=10)
    controller.start()
    monkeypatch.setenv("IMPACT_SMTP_URL", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("IMPACT_MAIL_FROM", "Une Région <impact@example.org>")
    monkeypatch.setenv("IMPACT_PUBLIC_URL", "https://impact.example.org")
    yield handler
    controller.stop()


def send() -> list[Sent]:
    return list(digests.send_all())


def give_back(note: str = "Pièce illisible.") -> None:
    with transaction() as session:
        reviews.send_back(session, ODILE, [Cell(PICARDIE, TRAINED, T3)], note)


def keys_of(person: int) -> dict[str, bool]:
    """Subject -> whether the server is known to have taken it."""
    with reading() as session:
        rows = session.exec(select(Notice).where(Notice.account_id == person)).all()
    return {row.subject: row.sent_at is not None for row in rows}


def parts(letter: Message) -> tuple[str, str]:
    bodies = {part.get_content_type(): part.get_content() for part in letter.walk() if not part.is_multipart()}  # type: ignore[attr-defined]
    return bodies["text/plain"], bodies["text/html"]


def test_each_person_gets_what_waits_for_them_and_nobody_else_does(postbox: Postbox) -> None:
    give_back()
    sent = send()
    assert [one.failure for one in sent] == [""] * 4
    assert [one.email for one in sent] == postbox.to == [CLAIRE.email, KARIM.email, ODILE.email, ADA.email]
    assert {REMI.email, DIDIER.email}.isdisjoint(postbox.to), "readers and closed accounts have nothing to do"
    karims, odiles = postbox.letters[1], postbox.letters[2]
    assert karims["From"] == "Une Région <impact@example.org>"
    assert karims["Subject"].startswith("Une Région, un Chantier : ")
    assert karims["Auto-Submitted"] == "auto-generated"
    for body in parts(karims):
        assert "Picardie, FOR-04 T3 : Pièce illisible." in body
        assert "https://impact.example.org/saisie?region=22" in body
        assert "Midi-Pyrénées" not in body
    assert "feuilles en retard" in parts(odiles)[0]
    assert "illisible" not in parts(odiles)[0]


def test_a_day_has_one_digest_and_the_next_one_tells_only_what_is_new(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    send()
    first = len(postbox.letters)
    give_back()
    assert send() == [], "once a day"
    monkeypatch.setenv("IMPACT_TODAY", "2011-07-11")
    assert [one.email for one in send()] == [KARIM.email]
    text, _ = parts(postbox.letters[first])
    assert "Pièce illisible." in text
    assert "FEUILLES" not in text, "told the day before"
    monkeypatch.setenv("IMPACT_TODAY", "2011-07-12")
    told = {one.email for one in send()}
    assert KARIM.email in told, "three days before its last day a sheet is told once more"
    monkeypatch.setenv("IMPACT_TODAY", "2011-07-13")
    assert send() == []


def test_two_servers_at_once_send_each_message_once(postbox: Postbox) -> None:
    give_back()
    gate = threading.Barrier(4)
    results: list[list[Sent]] = []

    def run() -> None:
        gate.wait()
        results.append(send())

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert sorted(postbox.to) == sorted([CLAIRE.email, KARIM.email, ODILE.email, ADA.email])


def test_a_refused_message_is_tried_again_and_the_others_leave(postbox: Postbox) -> None:
    postbox.answers[KARIM.email] = "550 boîte inconnue".encode("ascii", "replace").decode()
    failed = [one for one in send() if one.failure]
    assert [(one.email, one.unsure) for one in failed] == [(KARIM.email, False)]
    assert "550" in failed[0].failure
    assert keys_of(KARIM.id) == {}
    assert len(postbox.to) == 3
    postbox.answers.clear()
    assert [one.email for one in send()] == [KARIM.email]


def test_a_message_refused_once_it_was_read_is_tried_again(postbox: Postbox) -> None:
    postbox.answers["DATA"] = "451 plus tard"
    assert all(one.failure and not one.unsure for one in send())
    postbox.answers.clear()
    assert len(send()) == 4


def test_a_server_that_dies_in_the_middle_is_never_sent_the_same_again(postbox: Postbox) -> None:
    postbox.dies = True
    assert all(one.unsure for one in send())
    assert len(postbox.letters) == 4, "it had taken them, and could not say so"
    assert keys_of(KARIM.id)
    assert not any(keys_of(KARIM.id).values())
    postbox.dies = False
    assert send() == []


def test_who_is_closed_or_moved_during_a_round_is_told_nothing_of_before(postbox: Postbox) -> None:
    give_back()
    round_ = digests.send_all()
    assert next(round_).email == CLAIRE.email
    with transaction() as session:
        session.get_one(Account, ODILE.id).active = False
        session.connection().execute(sa.update(AccountRegion).values(region_code="73"))
    assert [one.email for one in round_] == [KARIM.email, ADA.email]
    assert postbox.to == [CLAIRE.email, KARIM.email, ADA.email]
    assert "Picardie" not in parts(postbox.letters[1])[0], "he serves another region now"


def test_a_process_that_dies_after_claiming_sends_nothing_twice(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*args: Any) -> None:
        raise Killed

    real = mail.send
    monkeypatch.setattr(mail, "send", die)
    with pytest.raises(Killed):
        send()
    monkeypatch.setattr(mail, "send", real)
    assert [one.email for one in send()] == [KARIM.email, ODILE.email, ADA.email], "Claire's turn was under way"


def test_a_server_that_is_away_claims_nothing_and_stops_the_round(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPACT_SMTP_URL", "smtp://127.0.0.1:1")
    with pytest.raises(Unreachable):
        send()
    with reading() as session:
        assert session.exec(select(func.count()).select_from(Notice)).one() == 0


def test_encryption_that_was_asked_for_and_is_not_offered_sends_nothing(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPACT_SMTP_URL", os.environ["IMPACT_SMTP_URL"] + "?starttls=1")
    with pytest.raises(Unreachable, match="refuse l’entrée"):
        send()
    assert postbox.letters == []


def test_a_person_says_no_and_an_administrator_may_say_it_for_them(postbox: Postbox) -> None:
    with transaction() as session:
        notices.choose(session, KARIM, by_email=False)
        notices.choose(session, ADA, by_email=False, account=CLAIRE.id)
    send()
    assert postbox.to == [ODILE.email, ADA.email]
    with reading() as session:
        acts = session.exec(select(History).where(History.action == "account.digest")).all()
    assert [(row.actor, row.subject) for row in acts] == [(KARIM.email, KARIM.email), (ADA.email, CLAIRE.email)]


def test_a_plan_is_told_once_for_each_act_of_the_office_whatever_its_team_writes_since(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(kind: Kind) -> list[str]:
        with reading() as session:
            return [one.key for one in tell(facts(session, KARIM)) if one.kind is kind]

    def sent_back(version: int, on: str) -> list[str]:
        monkeypatch.setenv("IMPACT_TODAY", on)
        with transaction() as session:
            submit_plan(session, KARIM, KEY, version)
            return_plan(session, ODILE, KEY, "Budget à revoir.", version)
        return told(Kind.PLAN_RETURNED)

    with transaction() as session:
        open_action(session, KARIM, PICARDIE, plan().identity, plan=plan())
    [first] = sent_back(1, "2011-07-10")
    with transaction() as session:
        set_budget(session, KARIM, KEY, 7_000 * SCALE, 1)
    assert told(Kind.PLAN_RETURNED) == [first], "writing to it is no other return"
    [again] = sent_back(2, "2011-07-11")
    [same] = sent_back(2, "2011-07-12")
    assert len({first, again, same}) == 3, "sent back again as it was: told again"
    with transaction() as session:
        submit_plan(session, KARIM, KEY, 2)
        validate_plan(session, ODILE, KEY, 2)
    before = told(Kind.PLAN_VALIDATED)
    with transaction() as session:
        save_identity(session, KARIM, KEY, replace(plan().identity, contact="autre@example.org"), 2)
    assert told(Kind.PLAN_VALIDATED) == before, "what is merely followed was validated once"


def test_a_volunteer_is_announced_without_a_word_of_theirs(postbox: Postbox) -> None:
    with transaction() as session:
        draft = OfferDraft("Paula Meyer", "paula@exemple.fr", PICARDIE, None, "Bonjour à tous.")
        number = offers.receive(session, draft, "secret")
    send()
    text, html = parts(postbox.letters[1])
    for body in (text, html):
        assert f"volontaires?message={number}" in body
        assert not any(word in body for word in ("Paula", "paula", "Bonjour à tous"))
    assert "volontaires?message" not in parts(postbox.letters[0])[0], "Claire's region is another"


def test_the_command_sends_and_rehearses(postbox: Postbox, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digest", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert f"{KARIM.email} : " in said
    assert "4 courriels partiraient. Rien n’est envoyé." in said
    assert postbox.letters == []
    postbox.answers[ADA.email] = "550 non"
    assert main(["digest"]) == 1
    captured = capsys.readouterr()
    assert "3 courriels envoyés." in captured.out
    assert f"{ADA.email} : le serveur refuse le message (550 non)." in captured.err


def test_without_a_server_the_command_says_what_to_set(sqlite_db: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digest"]) == 1
    assert "IMPACT_SMTP_URL" in capsys.readouterr().err


def test_the_demonstration_writes_to_nobody(postbox: Postbox, capsys: pytest.CaptureFixture[str]) -> None:
    with transaction() as session:
        session.merge(Setting(key="demonstration", value="true"))
    assert main(["digest"]) == 1
    assert "La démonstration n’envoie pas de courriel" in capsys.readouterr().err
    daily.round_of_the_hour()
    assert postbox.letters == []


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Set the real hour in Paris."""

    def set_hour(hour: int) -> None:
        now = clock.real_now()
        monkeypatch.setattr(clock, "real_now", lambda: now.replace(hour=12) + timedelta(hours=hour - 13))

    return set_hour


def test_the_server_sends_once_a_day_by_itself_and_not_at_night(
    postbox: Postbox, at: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daily, "_done", set())
    at(3)
    daily.round_of_the_hour()
    assert postbox.letters == []
    at(9)
    daily.round_of_the_hour()
    daily.round_of_the_hour()
    assert len(postbox.letters) == 4
    monkeypatch.setenv("IMPACT_TODAY", "2011-07-12")
    daily.round_of_the_hour()
    assert len(postbox.letters) > 4


def test_the_servers_round_erases_old_messages_even_without_a_mail_server(
    sqlite_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as session:
        offers.receive(session, OfferDraft("Paula", "p@exemple.fr", PICARDIE, None, "Bonjour."), "secret")
    monkeypatch.setenv("IMPACT_TODAY", "2012-07-10")
    daily.round_of_the_hour()
    with reading() as session:
        assert offers.is_due(session) is False
        assert session.exec(select(History).where(History.action == "offer.erase")).all()


def test_a_round_that_fails_ends_nothing(
    postbox: Postbox, at: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(daily, "_done", set())
    at(9)
    monkeypatch.setenv("IMPACT_SMTP_URL", "smtp://127.0.0.1:1")
    daily.round_of_the_hour()
    assert "ne répond pas" in caplog.text


def test_nobody_is_written_to_before_they_chose_a_password(postbox: Postbox) -> None:
    with transaction() as session:
        session.get_one(Account, KARIM.id).password_hash = None
    send()
    assert KARIM.email not in postbox.to


def test_of_many_that_claim_at_once_one_wins(db: Database) -> None:
    """On either engine."""
    gate = threading.Barrier(6)
    won: list[list[str]] = []
    with transaction(db) as session:
        notices.choose(session, KARIM, by_email=False)  # an act, so that the data version is there to queue at

    def run() -> None:
        gate.wait()
        with transaction(db) as session:
            won.append(notices.claim(session, KARIM.id, TODAY, ["a", "b"]))

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won, key=len) == [[]] * 5 + [["a", "b"]]
