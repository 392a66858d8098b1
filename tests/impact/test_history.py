"""History: what is appended, and how a change behind the product's back shows. Keys and seals with it."""

import stat
import threading
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact.db import Database, reading, transaction
from impact.errors import AlreadyDone, BadSettings
from impact.formats import day_of
from impact.keys import _key, signing_key
from impact.models import History
from impact.queries.history import broken_chains, require_key
from impact.queries.installation import standing
from impact.services.history import heads, record, spend_token, touch
from tests.cast import CLAIRE, KARIM, MIDI_PYRENEES, PICARDIE

ROWS: sa.Table = History.__table__  # type: ignore[attr-defined]


def write(session: Session, count: int = 4, chain: str = MIDI_PYRENEES) -> list[History]:
    """The rows of the chain, in order."""
    for number in range(count):
        record(
            session, CLAIRE, "save", f"PRE-03, essai {number}", chain=chain, indicator="PRE-03", period="2010-2011-T2",
            before={"valeur": number, "le": date(2011, 3, 31)}, after={"valeur": number + 1}, reason="correction",
        )  # fmt: skip
    return list(session.exec(select(History).where(History.chain == chain).order_by(col(History.seq))))


def behind_the_products_back(session: Session, seq: int, **values: Any) -> None:
    session.connection().execute(
        sa.update(ROWS).where(ROWS.c.chain == MIDI_PYRENEES, ROWS.c.seq == seq).values(**values)
    )


def test_each_row_names_the_hash_of_the_row_before_it(session: Session) -> None:
    first, second, *_ = write(session)
    assert (first.seq, second.seq) == (1, 2)
    assert first.previous_hash == "0" * 64
    assert second.previous_hash == first.hash
    assert len({first.hash, second.hash}) == 2


def test_a_row_keeps_the_products_day_and_the_real_time(session: Session) -> None:
    row, *_ = write(session, 1)
    assert day_of(row.at) == date(2011, 7, 10)
    assert abs((datetime.now(UTC) - row.recorded_at).total_seconds()) < 60


def test_an_untouched_history_has_no_broken_chain(db: Database) -> None:
    with transaction() as session:
        write(session)
        write(session, chain=PICARDIE)
        record(session, "opérateur", "init", "base")
    with reading() as session:
        assert broken_chains(session) == []


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "PRE-03, autre"},
        {"actor": KARIM.email},
        {"actor_id": KARIM.id},
        {"reason": ""},
        {"action": "validate"},
        {"indicator_code": "PRE-04"},
        {"period_code": "2010-2011-T1"},
        {"before": None},
        {"after": {"valeur": 99}},
        {"at": datetime(2011, 1, 1, tzinfo=UTC)},
        {"recorded_at": datetime(2011, 1, 1, tzinfo=UTC)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_row_is_found(session: Session, change: dict[str, Any]) -> None:
    write(session)
    behind_the_products_back(session, 2, **change)
    session.expire_all()
    (sentence,) = broken_chains(session)
    assert "Historique 73, ligne 2 : son contenu a été modifié" in sentence


def test_a_changed_row_sealed_again_without_the_key_is_found(session: Session) -> None:
    write(session)
    behind_the_products_back(session, 2, subject="autre", hash="f" * 64)
    session.expire_all()
    assert len(broken_chains(session)) == 2  # the row itself, and the one that names its hash


def test_a_deleted_row_is_found(session: Session) -> None:
    write(session)
    session.connection().execute(sa.delete(ROWS).where(ROWS.c.seq == 2))
    session.expire_all()
    assert broken_chains(session) == ["Historique 73 : il manque des lignes entre la 1 et la 3."]


def test_a_deleted_first_row_is_found(session: Session) -> None:
    write(session)
    session.connection().execute(sa.delete(ROWS).where(ROWS.c.seq == 1))
    session.expire_all()
    assert broken_chains(session) == ["Historique 73 : il manque des lignes entre la 0 et la 2."]


def test_a_row_slipped_in_is_found(session: Session) -> None:
    *_, last = write(session)
    forged = last.model_dump() | {"seq": 5, "previous_hash": last.hash, "hash": "0" * 64}
    session.connection().execute(sa.insert(ROWS).values(**forged))
    assert broken_chains(session) == ["Historique 73, ligne 5 : son contenu a été modifié (save, PRE-03, essai 3)."]


def test_a_row_moved_to_another_chain_is_found(session: Session) -> None:
    write(session, 1)
    session.connection().execute(sa.update(ROWS).values(chain=PICARDIE))
    session.expire_all()
    assert len(broken_chains(session)) == 1


def test_a_cut_tail_shows_in_the_heads(session: Session) -> None:
    write(session)
    before = heads(session)
    session.connection().execute(sa.delete(ROWS).where(ROWS.c.seq == 4))
    session.expire_all()
    assert before[MIDI_PYRENEES][0] == 4
    assert heads(session)[MIDI_PYRENEES] == (3, session.exec(select(History).where(ROWS.c.seq == 3)).one().hash)


def test_every_writing_transaction_raises_the_data_version_once(db: Database) -> None:
    def number() -> int:
        with reading() as session:
            return standing(session).version

    before = number()
    with transaction() as session:
        write(session, 2)
    assert number() == before + 1
    with transaction() as session:
        touch(session)
    assert number() == before + 2


def test_two_people_writing_at_once_leave_one_whole_chain(db: Database) -> None:
    ready = threading.Barrier(2)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            ready.wait()
            for _ in range(10):
                with transaction(Database(db.url)) as session:
                    write(session, 1)
        except BaseException as error:  # shown below: a thread's error is lost otherwise
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with reading() as session:
        assert heads(session)[MIDI_PYRENEES][0] == 20
        assert broken_chains(session) == []


def test_a_form_sent_twice_counts_once(session: Session) -> None:
    spend_token(session, "jeton")
    with pytest.raises(AlreadyDone, match="déjà été envoyé"):
        spend_token(session, "jeton")


def test_the_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    made = signing_key()
    file = tmp_path / "history.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    _key.cache_clear()
    assert signing_key() == made
    assert len(made) == 32
    assert sorted(path.name for path in tmp_path.iterdir()) == ["history.key"]


@pytest.mark.parametrize("content", ["", "abc", "pas une clé", "00" * 15])
def test_a_damaged_key_is_refused_rather_than_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / "history.key").write_text(content)
    with pytest.raises(BadSettings, match="remettez celle d’origine"):
        signing_key()
    assert (tmp_path / "history.key").read_text() == content


def other_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """From now on the environment names a key file that is not there yet."""
    path = tmp_path / "other.key"
    monkeypatch.setenv("IMPACT_KEY_FILE", str(path))
    return path


def test_a_history_without_its_key_goes_no_further_and_gets_no_other(
    session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write(session)
    require_key(session)
    path = other_key(monkeypatch, tmp_path)
    with pytest.raises(BadSettings, match="manque"):
        require_key(session)
    assert not path.exists()
    path.write_text("ab" * 32)
    with pytest.raises(BadSettings, match="n’est pas celle de cette base"):
        require_key(session)


def test_a_changed_first_row_is_no_matter_of_the_key(session: Session) -> None:
    write(session)
    behind_the_products_back(session, 1, subject="autre")
    session.expire_all()
    require_key(session)
    assert len(broken_chains(session)) == 1


def test_an_empty_history_gets_its_key(session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    session.connection().execute(sa.delete(ROWS))
    path = other_key(monkeypatch, tmp_path)
    require_key(session)
    assert path.exists()
