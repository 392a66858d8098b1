"""Messages of visitors: erased in time on either engine, by restores too, and unknown to history and `check`."""

import threading
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from impact.db import Database, reading, transaction
from impact.errors import AlreadyDone, Forbidden, NotFound, Refused, StaleEntry
from impact.maintenance import backup, check, restore
from impact.models import DataVersion, Offer, OfferAttempt
from impact.permissions import readable
from impact.queries.offers import unread
from impact.rules.offers import CONSENT, OfferDraft, read_offer
from impact.services import history, offers, visitors
from impact.services.offers import a_year_after
from impact.vocabulary import OfferState
from impact.web import start
from tests.cast import CLAIRE, KARIM, ODILE, PICARDIE

DRAFT = OfferDraft("Paula Meyer", "paula@exemple.fr", PICARDIE, None, "Bonjour.")
FIELDS = {
    "nom": " Paula \n Meyer ", "courriel": " paula@exemple.fr ", "region": PICARDIE, "chantier": "",
    "message": "Bonjour.", "accord": "oui",
}  # fmt: skip


def test_what_is_typed_becomes_a_message() -> None:
    assert read_offer(FIELDS, [PICARDIE], ["FOR"]) == (DRAFT, [])


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("nom", ""), ("nom", "\u202e\x00"), ("nom", "a" * 121), ("courriel", "paula"), ("courriel", "a b@c.d@e.f"),
        ("courriel", "a@b.fr\nBcc: tous@exemple.fr"), ("courriel", f"{'a' * 250}@exemple.fr"), ("region", ""),
        ("region", "99"), ("chantier", "XXX"), ("message", " \n"), ("message", "a" * 3_001), ("accord", ""),
        ("accord", "on"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_at_its_field(field: str, typed: str) -> None:
    draft, problems = read_offer({**FIELDS, field: typed}, [PICARDIE], ["FOR"])
    assert draft is None
    assert [problem.field for problem in problems] == [field]


def test_the_consent_says_what_why_how_long_who_and_how_to_erase() -> None:
    for words in ("mon nom", "mon adresse électronique", "mon message", "douze mois au plus", "me répondent",
                  "l’équipe de ma région et le bureau national", "les faire effacer à tout moment"):  # fmt: skip
        assert words in CONSENT


@pytest.mark.parametrize(
    ("day", "later"),
    [(date(2011, 7, 10), date(2012, 7, 10)), (date(2012, 2, 29), date(2013, 2, 28)),
     (date(2011, 2, 28), date(2012, 2, 28)), (date(2011, 12, 31), date(2012, 12, 31))],
)  # fmt: skip
def test_twelve_months_end_on_the_same_day_of_the_year(day: date, later: date) -> None:
    assert a_year_after(day) == later


def test_a_message_is_kept_once_for_one_form_even_after_its_erasure(session: Session) -> None:
    number = offers.receive(session, DRAFT, "secret")
    with pytest.raises(AlreadyDone):
        offers.receive(session, DRAFT, "secret")
    assert offers.erase_by_link(session, "secret")
    assert not offers.erase_by_link(session, "secret")
    with pytest.raises(AlreadyDone):
        offers.receive(session, DRAFT, "secret")
    assert session.get_one(Offer, number).email == ""


def test_strangers_do_not_make_cached_reads_stale(session: Session) -> None:
    before = session.exec(select(DataVersion.number)).first()
    visitors.admit(session, "203.0.113.9")
    offers.receive(session, DRAFT, "secret")
    assert session.exec(select(DataVersion.number)).first() == before


def test_an_answer_is_the_teams_or_the_offices(session: Session) -> None:
    number = offers.receive(session, DRAFT, "secret")
    assert [one.number for one in unread(session, readable(KARIM))] == [number]
    assert unread(session, readable(CLAIRE)) == []
    with pytest.raises(Forbidden):
        offers.answer(session, CLAIRE, number, OfferState.CLOSED, "", None)
    with pytest.raises(Refused):
        offers.answer(session, KARIM, number, OfferState.ERASED, "", None)
    offers.answer(session, KARIM, number, OfferState.TAKEN_UP, "Appelée.", None)
    assert unread(session, readable(ODILE)) == []
    with pytest.raises(StaleEntry):
        offers.answer(session, ODILE, number, OfferState.CLOSED, "", None)
    offers.erase(session, ODILE, number)
    with pytest.raises(NotFound):
        offers.answer(session, KARIM, number, OfferState.CLOSED, "", None)


def test_a_start_erases_what_is_due(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction(db) as session:
        number = offers.receive(session, DRAFT, "secret")
    start.prepare()
    assert _name(db, number) == "Paula Meyer"
    monkeypatch.setenv("IMPACT_TODAY", "2012-07-10")
    start.prepare()
    assert _name(db, number) == ""
    assert check(db) == []


def _name(db: Database, number: int) -> str:
    with reading(db) as session:
        return session.get_one(Offer, number).name


def test_a_restore_erases_what_came_due_since_the_backup(
    sqlite_db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as session:
        due = offers.receive(session, DRAFT, "secret")
    monkeypatch.setenv("IMPACT_TODAY", "2011-08-01")
    with transaction() as session:
        young = offers.receive(session, DRAFT, "autre secret")
    backup(tmp_path / "sauvegarde.zip")
    monkeypatch.setenv("IMPACT_TODAY", "2012-07-20")
    monkeypatch.setenv("IMPACT_DATABASE_URL", f"sqlite:///{tmp_path / 'ailleurs.db'}")
    monkeypatch.setenv("IMPACT_KEY_FILE", str(tmp_path / "ailleurs.key"))
    _, faults = restore(tmp_path / "sauvegarde.zip")
    assert faults == []
    with reading() as session:
        names = {offer.id: offer.name for offer in session.exec(select(Offer))}
    assert names == {due: "", young: "Paula Meyer"}


def test_sendings_all_at_once_are_counted_one_by_one(db: Database) -> None:
    """On either engine: thirty at the same instant do not slip through a limit of ten."""
    with transaction(db) as session:
        history.touch(session)  # the data version is there to queue at, as after any act
    gate, admitted = threading.Barrier(30), []

    def send() -> None:
        gate.wait()
        with suppress(visitors.TooManySendings), transaction(db) as session:
            visitors.admit(session, "203.0.113.9")
            admitted.append(1)

    threads = [threading.Thread(target=send) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(admitted) == visitors.PER_ADDRESS
    with reading(db) as session:
        assert len(session.exec(select(OfferAttempt.id)).all()) == visitors.PER_ADDRESS
