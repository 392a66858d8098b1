"""Backup, restore and check: what was saved can be had back, and what was changed behind the product's back shows."""

import json
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select

from impact import keys, migrations, reference
from impact.db import Database, driver, reading, transaction
from impact.errors import Refused
from impact.exports import ExportRequest
from impact.figures import Cell
from impact.maintenance import backup, check, restore, tables
from impact.models import Account, Entry, History
from impact.services import accounts, exports, history, reviews
from impact.services.readings import Reading
from impact.services.rollup import MADE_UNDER
from impact.settings import Settings
from impact.vocabulary import ExportKind, LinkPurpose, Role
from tests.cast import KARIM, ODILE
from tests.impact.files import Line, import_lines, line

TRAINED = Cell("22", "FOR-04", "2010-2011-T3")
LINKED = {"source": "Registre é\u2028", "methode": "Feuilles", "lien_preuve": "https://a.org/registre.pdf"}
FIGURE: tuple[Line, ...] = (
    line("22", "FOR-04", "T3", "12", **LINKED),
    line("22", "FOR-04", "T3", "12", axe="sexe", modalite="femmes"),
)


@pytest.fixture
def lived(db: Database) -> Database:
    """A database in which a figure was entered, validated and exported, and an account made."""
    with transaction(db) as session:
        import_lines(session, KARIM, *FIGURE, submit=True)
        reviews.validate(session, ODILE, [TRAINED], readings={TRAINED: Reading("valeur et période")})
        made = accounts.create_account(session, "essai", "zoé@example.org", "Zoé", Role.CONTRIBUTOR, ["22"])
        assert made.id is not None
        accounts.new_link(session, "essai", made.id, LinkPurpose.ACTIVATION)
    assert list(exports.stream(ExportKind.ENTRIES, ExportRequest(), "essai", db))
    return db


@pytest.fixture
def home(
    sqlite_mould: Any, tmp_path: Path, named: Callable[[str], Database], monkeypatch: pytest.MonkeyPatch
) -> Database:
    """The furnished SQLite database with a figure, whose key file is its own."""
    monkeypatch.setenv("IMPACT_KEY_FILE", str(tmp_path / "home.key"))
    db = named(sqlite_mould.copy_to(tmp_path / "home.db"))
    with transaction(db) as session:
        import_lines(session, KARIM, *FIGURE, submit=True)
    return db


def contents(db: Database) -> dict[str, list[str]]:
    with db.reader.connect() as connection:
        found = {table.name: list(tables.lines(connection, table)) for table in tables.tables(connection)}
    found["setting"] = [
        line for line in found["setting"] if MADE_UNDER not in line
    ]  # of this place, not of its content
    return found


def change(db: Database, statement: str) -> None:
    """SQL behind the product's back."""
    with db.writer.begin() as connection:
        connection.exec_driver_sql(statement)


def altered(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A copy of an archive with members changed, or left out (None)."""
    copy = path.with_name("altered.zip")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            if (data := change(name, source.read(name))) is not None:
                target.writestr(name, data)
    return copy


# check


def test_check_finds_nothing_where_nothing_is_wrong(lived: Database) -> None:
    assert check(lived) == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE entry SET numerator = 130000", "« numerator » vaut 130000 dans la base, 120000 dans l’historique"),
        ("UPDATE entry SET comment = 'autre'", "« comment »"),
        ("UPDATE entry SET entered_by = 3", "« entered_by »"),
        ("UPDATE entry SET reliability = 0", "F0, les règles donnent F3"),
        ("UPDATE breakdown SET numerator = 110000", "« breakdowns »"),
        ("DELETE FROM breakdown", "« breakdowns »"),
        ("DELETE FROM entry", "la base ne l’a plus"),
        ("UPDATE history SET reason = 'x' WHERE chain = '22' AND seq = 2", "ligne 2 : son contenu a été modifié"),
        ("UPDATE history SET hash = 'x' || substr(hash, 2) WHERE chain = '22' AND seq = 1", "Historique 22"),
        ("DELETE FROM history WHERE chain = '22' AND seq = 2", "il manque des lignes"),
        ("DELETE FROM history WHERE chain = '22' AND seq = 3", "que portait le dernier export manque"),
        ("DELETE FROM history WHERE chain = 'FR' AND action = 'export'", "Exports : 1 enregistrés, 0"),
        ("UPDATE account SET role = 'admin' WHERE name = 'Zoé'", "ses droits ne sont pas ceux"),
        ("DELETE FROM account_region WHERE account_id > 6", "ses droits ne sont pas ceux"),
    ],
)  # fmt: skip
def test_check_finds_what_was_changed_by_hand(lived: Database, statement: str, words: str) -> None:
    change(lived, statement)
    assert any(words in fault for fault in check(lived)), check(lived)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE regional_action SET version = version + 1 WHERE region_code = '72'", "Action 72-1"),
        ("DELETE FROM action_version WHERE region_code = '52' AND action_number = 2", "Action 52-2"),
        ("UPDATE snapshot SET asked = '{}'", "Rencontres : "),
        ("UPDATE meeting_document SET sha256 = 'x'", "Document 1-1"),
        ("UPDATE regional_action SET withdrawn_at = NULL, withdrawn_by = NULL, withdrawn_reason = ''", "Action 31-2"),
    ],
)
def test_check_names_what_makes_no_sense_any_more_and_looks_at_the_rest(
    own_demonstration: Database, statement: str, words: str
) -> None:
    with closing(driver.connect(own_demonstration.url.removeprefix("sqlite:///"))) as file:
        for said in (
            "PRAGMA ignore_check_constraints=ON", statement, "UPDATE milestone SET name = 'x' WHERE number = 1",
        ):  # fmt: skip
            file.execute(said)
        file.commit()
    found = check(own_demonstration)
    assert any(words in fault for fault in found), found
    assert any(fault.startswith("Jalon") for fault in found), found


def test_check_finds_a_figure_that_no_history_knows(lived: Database) -> None:
    with transaction(lived) as session:
        known = session.exec(select(Entry)).one().model_dump()
        session.add(Entry(**{**known, "region_code": "73"}))
    assert any("l’historique ne le connaît pas" in fault for fault in check(lived))


def test_check_finds_a_flipped_byte_of_the_file(home: Database, tmp_path: Path) -> None:
    home.dispose()
    file = tmp_path / "home.db"
    data = file.read_bytes()
    place = data.index(b"FOR-04")
    file.write_bytes(data[:place] + b"FOR-05" + data[place + 6 :])
    assert check(Database(home.url))


def test_check_says_when_nothing_can_be_read(home: Database, tmp_path: Path) -> None:
    home.dispose()
    file = tmp_path / "home.db"
    file.write_bytes(file.read_bytes()[:100] + b"\xff" * 20_000)
    assert "La base est illisible" in check(Database(home.url))[0]


def test_check_says_when_the_schema_is_old(home: Database) -> None:
    change(home, "UPDATE alembic_version SET version_num = '0000'")
    assert check(home) == ["Le schéma n’est pas à jour : lancez « python -m impact init »."]


# backup and restore


@pytest.fixture
def kept(lived: Database, tmp_path: Path) -> Path:
    """A backup of the lived database."""
    path = tmp_path / "sauvegarde.zip"
    backup(path, lived)
    return path


def at(place: Path, monkeypatch: pytest.MonkeyPatch, named: Callable[[str], Database]) -> Database:
    """An SQLite place that does not exist yet."""
    monkeypatch.setenv("IMPACT_KEY_FILE", str(place / "history.key"))
    return named(f"sqlite:///{place / 'impact.db'}")


@pytest.fixture
def empty_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: Callable[[str], Database]
) -> Callable[[], Database]:
    return lambda: at(tmp_path / "ailleurs", monkeypatch, named)


def test_everything_comes_back_and_the_product_works_on(
    lived: Database, kept: Path, empty_place: Callable[[], Database]
) -> None:
    before, key, heads = contents(lived), keys.signing_key(), _heads(lived)
    db = empty_place()
    manifest, faults = restore(kept, db)
    assert faults == []
    assert (contents(db), keys.signing_key(), _heads(db)) == (before, key, heads)
    assert manifest.heads == {chain: list(head) for chain, head in heads.items()}
    with transaction(db) as session:
        accounts.create_account(session, "essai", "suite@example.org", "Suite", Role.READER)
        import_lines(session, ODILE, line("22", "FOR-02", "T3", "3"))
    assert check(db) == []


def _heads(db: Database) -> dict[str, tuple[int, str]]:
    with reading(db) as session:
        return history.heads(session)


def test_a_backup_of_sqlite_restores_into_postgresql_and_back(
    sqlite_mould: Any, postgres_mould: Any, tmp_path: Path, named: Callable[[str], Database],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    first = named(sqlite_mould.copy_to(tmp_path / "first.db"))
    with transaction(first) as session:
        import_lines(session, KARIM, *FIGURE, submit=True)
    before = contents(first)
    backup(tmp_path / "first.zip", first)
    with postgres_mould.database("template0") as url:
        second = named(url)
        assert restore(tmp_path / "first.zip", second)[1] == []
        with transaction(second) as session:
            account = accounts.create_account(session, "essai", "suite@example.org", "Suite", Role.READER)
            assert account.id == 7, "numbering goes on after the restored accounts"
            session.rollback()
        backup(tmp_path / "second.zip", second)
        second.dispose()
    third = at(tmp_path / "third", monkeypatch, named)
    assert restore(tmp_path / "second.zip", third)[1] == []
    assert contents(third) == before


def test_a_restored_place_may_have_been_prepared_by_init(kept: Path, empty_place: Callable[[], Database]) -> None:
    db = empty_place()
    (path := Settings.from_env().sqlite_path) and path.parent.mkdir()
    migrations.upgrade(db)
    own = keys.signing_key()
    with transaction(db) as session:
        reference.load(session)
    assert restore(kept, db)[1] == []
    assert keys.signing_key() != own
    assert len(list(Settings.from_env().key_file.parent.glob("history.key.*.old"))) == 1, "no key is ever lost"


def test_a_place_where_people_work_is_never_restored_over(lived: Database, kept: Path) -> None:
    before = contents(lived)
    with pytest.raises(Refused, match="n’est pas vide"):
        restore(kept, lived)
    assert contents(lived) == before


def test_open_sessions_do_not_come_back_to_life(lived: Database, tmp_path: Path) -> None:
    with transaction(lived) as session:
        accounts.open_session(session, session.get_one(Account, KARIM.id), "127.0.0.1")
    backup(tmp_path / "b.zip", lived)
    with zipfile.ZipFile(tmp_path / "b.zip") as file:
        assert "tables/sign_in.jsonl" not in file.namelist()


def test_a_backup_is_its_owners_alone_whole_and_never_written_over_another(lived: Database, kept: Path) -> None:
    assert kept.stat().st_mode & 0o777 == 0o600
    data = kept.read_bytes()
    with pytest.raises(Refused, match="existe déjà"):
        backup(kept, lived)
    assert kept.read_bytes() == data
    assert [file.name for file in kept.parent.glob(".*.zip.*")] == [], "no draft is left"


def test_a_backup_that_cannot_be_written_is_refused_in_french(lived: Database, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="ne peut pas être écrite"):
        backup(tmp_path / "nulle" / "part.zip", lived)


def test_the_manifest_tells_what_is_in_the_backup(lived: Database, kept: Path) -> None:
    with zipfile.ZipFile(kept) as file:
        told = json.loads(file.read("manifest.json"))
    assert (told["revision"], told["rows"]["entry"], told["rows"]["breakdown"]) == (migrations.revisions()[0], 1, 1)
    assert told["heads"]["22"][0] == 3
    assert set(told["sha256"]) == {f"tables/{name}.jsonl" for name in told["rows"]} | {"history.key"}


def _edit_entry(name: str, data: bytes) -> bytes:
    return data.replace(b"120000", b"130000") if name == "tables/entry.jsonl" else data


def _drop_history(name: str, data: bytes) -> bytes | None:
    return None if name == "tables/history.jsonl" else data


def _other_key(name: str, data: bytes) -> bytes:
    return b"0" * 64 if name == "history.key" else data


def _newer(name: str, data: bytes) -> bytes:
    return data.replace(migrations.revisions()[0].encode(), b"9999") if name == "manifest.json" else data


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (_edit_entry, "altérée : tables/entry.jsonl"),
        (_drop_history, "altérée : tables/history.jsonl"),
        (_other_key, "altérée : history.key"),
        (_newer, "plus récente"),
        (lambda name, data: None if name == "manifest.json" else data, "n’est pas une sauvegarde"),
        (lambda name, data: b"{}" if name == "manifest.json" else data, "n’est pas une sauvegarde"),
    ],
)
def test_an_altered_backup_is_refused_and_nothing_restored(
    kept: Path, empty_place: Callable[[], Database], harm: Callable[[str, bytes], bytes | None], words: str
) -> None:
    copy = altered(kept, harm)
    db = empty_place()
    with pytest.raises(Refused, match=words):
        restore(copy, db)
    assert not Settings.from_env().key_file.exists()
    path = Settings.from_env().sqlite_path
    assert path is not None
    assert not path.exists()


@pytest.mark.parametrize("cut", [0, 10, 1_000])
def test_a_cut_or_foreign_file_is_refused(kept: Path, empty_place: Callable[[], Database], cut: int) -> None:
    short = kept.with_name("short.zip")
    short.write_bytes(kept.read_bytes()[:cut])
    with pytest.raises(Refused, match="n’est pas une sauvegarde lisible"):
        restore(short, empty_place())
    with pytest.raises(Refused, match="n’existe pas"):
        restore(kept.with_name("absent.zip"), empty_place())


def test_a_restore_that_fails_half_way_leaves_the_place_empty(
    kept: Path, empty_place: Callable[[], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    db = empty_place()

    def power_cut(connection: sa.Connection, table: sa.Table) -> None:
        if table.name == "entry":
            raise KeyboardInterrupt

    monkeypatch.setattr(tables, "count_from_last", power_cut)
    with pytest.raises(KeyboardInterrupt):
        restore(kept, db)
    with reading(db) as session:
        assert session.exec(select(Account)).all() == []
    monkeypatch.undo()
    monkeypatch.setenv("IMPACT_DATABASE_URL", db.url)
    monkeypatch.setenv("IMPACT_KEY_FILE", str(kept.with_name("retried.key")))
    assert restore(kept, db)[1] == []


def test_a_backup_taken_while_people_save_is_one_state_and_restores(
    db: Database, tmp_path: Path, empty_place: Callable[[], Database]
) -> None:
    stop, saved, failures = threading.Event(), threading.Event(), []

    def work() -> None:
        number = 0
        try:
            while not stop.is_set():
                with transaction(db) as session:
                    import_lines(
                        session, ODILE, line("22", "FOR-04", "T3", str(number)), line("73", "PRE-02", "T3", str(number))
                    )
                number += 1
                if number > 2:
                    saved.set()
        except Exception as error:
            failures.append(error)
            saved.set()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        assert saved.wait(60)
        for number in range(3):
            backup(tmp_path / f"{number}.zip", db)
    finally:
        stop.set()
        worker.join(60)
    assert failures == []
    place = empty_place()
    assert restore(tmp_path / "2.zip", place)[1] == []
    with reading(place) as session:
        figures = {row.indicator_code: row.numerator for row in session.exec(select(Entry))}
        told = {row.chain for row in session.exec(select(History))}
    assert figures["FOR-04"] == figures["PRE-02"], "both figures of one transaction, or neither"
    assert told == {"22", "73"}
