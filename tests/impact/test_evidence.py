"""Pieces of evidence through the services, on both engines: what they lift, what they take back, who may open them."""

import errno
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from impact.db import Database, transaction
from impact.documents import receiving, store
from impact.errors import AlreadyDone, Forbidden, ImpactError, NotFound, Refused
from impact.figures import Cell
from impact.maintenance import backup, check, restore
from impact.maintenance.rollups import outdated
from impact.models import Entry, EvidenceVersion, History, TypedDraft
from impact.permissions import Actor, readable
from impact.queries.evidence import attached, piece, pieces_of_region
from impact.rules.evidence import EvidenceDraft, Verification, read_piece
from impact.services import drafts, evidence, readings, reviews, submission
from impact.services.evidence import PieceKey
from impact.services.readings import Reading
from impact.vocabulary import Confidentiality, EvidenceKind
from tests.cast import ADA, CLAIRE, KARIM, ODILE, PICARDIE, REMI, TODAY
from tests.impact.test_entries import SOURCED, T3, TRAINED, history_of, save

HOURS, HELD = Cell(PICARDIE, "FOR-03", T3), Cell(PICARDIE, "FOR-02", T3)
LINK = EvidenceDraft(
    EvidenceKind.REGISTER, "Feuilles d’émargement", Confidentiality.NETWORK, link="https://exemple.org/feuilles.pdf"
)
FILE = replace(LINK, link="", title="Registre", kind=EvidenceKind.REPORT)
TABLE = b"nom;heures\r\nA;12\r\nB;7\r\n"
CHECKED = Reading("valeur et période")


def sourced(session: Session, cell: Cell = TRAINED) -> Entry:
    return save(session, KARIM, cell, valeur="12", **SOURCED)


def validated(session: Session, cell: Cell = TRAINED, *, read: bool = True) -> Entry:
    entry = sourced(session, cell)
    evidence.add_piece(session, KARIM, PICARDIE, LINK, [cell])
    submission.submit_cells(session, KARIM, [cell])
    reviews.validate(session, ODILE, [cell], readings={cell: CHECKED} if read else {})
    return entry


def grades(session: Session, cell: Cell = TRAINED) -> list[int]:
    return [(row.after or {})["reliability"] for row in history_of(session, cell)]


def test_a_piece_documents_every_figure_that_it_is_attached_to(session: Session) -> None:
    first, second = sourced(session), sourced(session, HOURS)
    bare = save(session, KARIM, HELD, valeur="3")
    key = evidence.add_piece(session, KARIM, PICARDIE, LINK, [TRAINED, HOURS, HELD])
    assert (first.reliability, second.reliability, bare.reliability) == (2, 2, 0)
    assert (key, first.evidence) == (PieceKey(PICARDIE, 1), "1.1")
    assert [row.action for row in history_of(session, TRAINED)] == ["save", "evidence"]
    evidence.detach(session, KARIM, key, [HOURS], "elle ne dit rien des heures")
    assert (second.reliability, second.evidence, first.reliability) == (1, "", 2)


def test_a_piece_attached_before_the_figure_is_saved_counts_from_its_first_saving(session: Session) -> None:
    evidence.add_piece(session, KARIM, PICARDIE, LINK, [TRAINED])
    assert sourced(session).reliability == 2


def test_attaching_does_not_disturb_what_somebody_is_typing(session: Session) -> None:
    entry = sourced(session)
    drafts.keep_fields(session, KARIM, TRAINED, {"valeur": "13"}, entry.version)
    evidence.add_piece(session, KARIM, PICARDIE, LINK, [TRAINED])
    typed = session.get_one(TypedDraft, (*TRAINED, KARIM.id))
    saved = save(session, KARIM, TRAINED, seen=typed.seen_version, valeur="13", **SOURCED)
    assert (saved.numerator, saved.reliability) == (130_000, 2)


@pytest.mark.parametrize(
    "change",
    [
        lambda s: evidence.add_piece(s, KARIM, PICARDIE, replace(LINK, title="Une de plus"), [TRAINED]),
        lambda s: evidence.replace_piece(s, ODILE, PieceKey(PICARDIE, 1), replace(LINK, asked=20), "r", 1),
        lambda s: reopened_and_saved(s, valeur="13", **SOURCED),
        lambda s: reopened_and_saved(s, valeur="12", **{**SOURCED, "source": "autre registre"}),
        lambda s: reopened_and_saved(s, valeur="12", **SOURCED, population="apprentis"),
        lambda s: reopened_and_saved(s, valeur="12", **SOURCED, lien_preuve="https://exemple.org/autre.pdf"),
    ],
    ids=["another piece", "replaced piece", "value", "source", "population", "link"],
)  # fmt: skip
def test_a_later_change_of_value_or_evidence_takes_a_verified_figure_back_to_f2(
    session: Session, change: Callable[[Session], object]
) -> None:
    entry = validated(session)
    report = evidence.add_piece(session, KARIM, PICARDIE, replace(LINK, kind=EvidenceKind.STUDY), [])
    readings.verify(session, ODILE, TRAINED, Verification("Jeanne Roy", "Cabinet Roy", date(2011, 7, 8), report.number))
    assert entry.reliability == 4
    change(session)
    assert (entry.reliability, entry.evidence_read_by, entry.evidence_checked, entry.verifier) == (2, None, "", "")
    assert 4 in grades(session), "history keeps what it was"
    assert list(outdated(session)) == []


def reopened_and_saved(session: Session, **fields: str) -> None:
    reviews.reopen_entry(session, ADA, TRAINED, "à revoir")
    save(session, KARIM, TRAINED, seen=session.get_one(Entry, TRAINED).version, **fields)


def test_a_new_title_or_confidentiality_leaves_the_grade_and_says_so_in_history(session: Session) -> None:
    entry = validated(session)
    key = PieceKey(PICARDIE, 1)
    evidence.describe_piece(session, KARIM, key, replace(LINK, confidentiality=Confidentiality.NATIONAL))
    assert entry.reliability == 3
    last = session.exec(select(History).where(History.chain == PICARDIE).order_by(col(History.seq).desc())).first()
    assert last is not None
    assert (last.action, (last.after or {})["confidentiality"]) == ("evidence.describe", "national")


def test_what_a_figure_was_validated_on_is_not_taken_from_under_it(session: Session) -> None:
    validated(session)
    key = PieceKey(PICARDIE, 1)
    for act in (
        lambda: evidence.detach(session, KARIM, key, [TRAINED], "erreur"),
        lambda: evidence.replace_piece(session, KARIM, key, LINK, "erreur", 1),
        lambda: evidence.withdraw_piece(session, KARIM, key, "erreur"),
    ):
        with pytest.raises(Refused, match=r"FOR-04.*« validé »"):
            act()
    evidence.withdraw_piece(session, ODILE, key, "doublon")
    assert session.get_one(Entry, TRAINED).reliability == 1


def test_a_region_documents_a_validated_figure_and_the_office_reads_it_later(session: Session) -> None:
    entry = sourced(session)
    submission.submit_cells(session, KARIM, [TRAINED])
    reviews.validate(session, ODILE, [TRAINED])
    key = evidence.add_piece(session, KARIM, PICARDIE, LINK, [TRAINED])
    assert (entry.status, entry.reliability) == ("validated", 2)
    with pytest.raises(Refused, match="ont changé"):
        readings.read_evidence(session, ODILE, {TRAINED: Reading("valeur", seen="")})
    readings.read_evidence(session, ODILE, {TRAINED: Reading("valeur", seen="1.1")})
    assert (entry.reliability, entry.evidence_checked, entry.evidence_read_by) == (3, "valeur", ODILE.id)
    assert key.number == 1


def test_nobody_reads_what_they_had_a_hand_in(session: Session) -> None:
    entry = save(session, ODILE, TRAINED, valeur="12", **SOURCED)
    evidence.add_piece(session, ODILE, PICARDIE, LINK, [TRAINED])
    submission.submit_cells(session, ODILE, [TRAINED])
    reviews.validate(session, ADA, [TRAINED])
    with pytest.raises(Refused, match=r"FOR-04.*l’un des auteurs"):
        readings.read_evidence(session, ODILE, {TRAINED: CHECKED})
    reviews.reopen_entry(session, ADA, TRAINED, "à revoir")
    submission.submit_cells(session, ADA, [TRAINED])
    with pytest.raises(Refused, match="l’un des auteurs"):
        reviews.validate(session, ODILE, [TRAINED], readings={TRAINED: CHECKED})
    assert entry.reliability == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Verification("Jeanne Roy", "Cabinet Roy", date(2011, 7, 8), 9), "n’existe pas"),
        (Verification("Jeanne Roy", "Cabinet Roy", date(2010, 7, 8), 1), "précède ce que le chiffre compte"),
    ],
)
def test_a_verification_needs_its_report_and_a_possible_day(session: Session, said: Verification, words: str) -> None:
    validated(session)
    with pytest.raises(Refused, match=words):
        readings.verify(session, ODILE, TRAINED, said)


def test_a_verification_rests_on_a_reading_and_falls_with_it(session: Session) -> None:
    entry = validated(session, read=False)
    said = Verification("Jeanne Roy", "Cabinet Roy", date(2011, 7, 8), 1)
    with pytest.raises(Refused, match=r"F3.*pas été relue"):
        readings.verify(session, ODILE, TRAINED, said)
    readings.read_evidence(session, ODILE, {TRAINED: CHECKED})
    readings.verify(session, ADA, TRAINED, said)
    with pytest.raises(Refused, match="rapport d’une vérification"):
        evidence.withdraw_piece(session, ODILE, PieceKey(PICARDIE, 1), "doublon")
    readings.withdraw_verification(session, ADA, TRAINED, "erreur de figure")
    assert entry.reliability == 3
    readings.retract_reading(session, ODILE, TRAINED, "lecture trop rapide")
    assert grades(session)[-4:] == [3, 4, 3, 2]


def test_the_same_form_sent_twice_deposits_one_piece(session: Session) -> None:
    sourced(session)
    evidence.add_piece(session, KARIM, PICARDIE, LINK, [TRAINED], token="jeton")
    with pytest.raises(AlreadyDone):
        evidence.add_piece(session, KARIM, PICARDIE, LINK, [TRAINED], token="jeton")
    assert len(pieces_of_region(session, readable(KARIM), PICARDIE)) == 1


def test_a_replaced_piece_keeps_what_it_said_before(session: Session) -> None:
    sourced(session)
    with receiving.receive(TABLE, "registre.csv") as file:
        key = evidence.add_piece(session, KARIM, PICARDIE, FILE, [TRAINED], file=file)
    with receiving.receive(TABLE + b"C;3\r\n", "registre corrigé.csv") as file:
        evidence.replace_piece(session, KARIM, key, FILE, "une ligne manquait", 1, file=file)
    with pytest.raises(Refused, match="remplacée depuis"):
        evidence.replace_piece(session, KARIM, key, FILE, "encore", 1)
    evidence.replace_piece(session, KARIM, key, replace(FILE, population="apprentis"), "population dite", 2)
    view = piece(session, readable(KARIM), *key)
    assert [(one.version, one.name, one.reason) for one in view.versions] == [
        (1, "registre.csv", ""), (2, "registre corrigé.csv", "une ligne manquait"),
        (3, "registre corrigé.csv", "population dite"),
    ]  # fmt: skip
    assert view.versions[1].sha256 == view.now.sha256 != view.versions[0].sha256
    assert all(store.store().has(one.sha256) for one in view.versions)
    assert session.get_one(Entry, TRAINED).evidence == "1.3"


def opens(session: Session, actor: Actor, key: PieceKey) -> bool:
    try:
        piece(session, readable(actor), *key)
    except NotFound:
        return False
    return True


@pytest.mark.parametrize(
    ("confidentiality", "is_validated", "others"),
    [
        (Confidentiality.NETWORK, True, True),
        (Confidentiality.NETWORK, False, False),
        (Confidentiality.NATIONAL, True, False),
        (Confidentiality.NATIONAL, False, False),
    ],
)
def test_who_opens_a_piece(
    session: Session, confidentiality: Confidentiality, is_validated: bool, others: bool
) -> None:
    sourced(session)
    key = evidence.add_piece(session, KARIM, PICARDIE, replace(LINK, confidentiality=confidentiality), [TRAINED])
    if is_validated:
        submission.submit_cells(session, KARIM, [TRAINED])
        reviews.validate(session, ODILE, [TRAINED])
    for person, may in ((KARIM, True), (ODILE, True), (ADA, True), (CLAIRE, others), (REMI, others)):
        assert opens(session, person, key) is may
        shown = attached(session, readable(person), [TRAINED])[TRAINED]
        assert (len(shown.pieces), shown.reserved) == ((1, 0) if may else (0, 1))


def test_a_piece_stays_in_its_region_and_backs_only_figures_that_can_exist(session: Session) -> None:
    with pytest.raises(Forbidden):
        evidence.add_piece(session, CLAIRE, PICARDIE, LINK, [TRAINED])
    for cell in (TRAINED._replace(region="73"), TRAINED._replace(period="2010-2011-S1")):
        with pytest.raises(Refused, match="ne peut pas étayer"):
            evidence.add_piece(session, KARIM, PICARDIE, LINK, [cell])
    with pytest.raises(NotFound):
        evidence.add_piece(session, KARIM, PICARDIE, LINK, [TRAINED._replace(indicator="FOR-99")])


@pytest.mark.parametrize(
    ("fields", "is_file", "fields_refused"),
    [
        ({"titre": "", "lien": "https://a.org/x"}, False, {"titre"}),
        ({"lien": "javascript:alert(1)"}, False, {"lien"}),
        ({}, False, {"lien"}),
        ({"lien": "https://a.org/x"}, True, {"lien"}),
        ({"type": "tract", "confidentialite": "tous"}, True, {"type", "confidentialite"}),
        ({"date": "31/02/2011"}, True, {"date"}),
        ({"date": "11/07/2011"}, True, {"date"}),
        ({"interroges": "40", "repondants": "41"}, True, {"repondants"}),
        ({"repondants": "4"}, True, {"repondants"}),
        ({"interroges": "-4", "repondants": "1,5"}, True, {"interroges", "repondants"}),
        ({"titre": "x" * 161}, True, {"titre"}),
    ],
)
def test_a_badly_described_piece_is_refused_field_by_field(
    fields: dict[str, str], is_file: bool, fields_refused: set[str]
) -> None:
    said = {"type": "registre", "titre": "Registre", "confidentialite": "network", **fields}
    draft, problems = read_piece(said, is_file=is_file, today=TODAY)
    assert draft is None
    assert {problem.field for problem in problems} == fields_refused


def test_a_well_described_piece_is_read() -> None:
    said = {
        "type": "enquete", "titre": "  Enquête\u202e annuelle ", "confidentialite": "national", "date": "30/06/2011",
        "interroges": "1 040", "repondants": "0", "population": "adhérents",
    }  # fmt: skip
    draft, problems = read_piece(said, is_file=True, today=TODAY)
    assert problems == []
    assert draft == EvidenceDraft(
        EvidenceKind.SURVEY, "Enquête annuelle", Confidentiality.NATIONAL, "", date(2011, 6, 30), "", "adhérents",
        1040, 0,
    )  # fmt: skip


# check, backup, restore


@pytest.fixture
def held(db: Database) -> Database:
    """A figure validated on a file and a link, read."""
    with transaction(db) as session:
        sourced(session)
        with receiving.receive(TABLE, "registre.csv") as file:
            evidence.add_piece(session, KARIM, PICARDIE, FILE, [TRAINED], file=file)
        evidence.add_piece(session, KARIM, PICARDIE, LINK, [TRAINED, HOURS])
        submission.submit_cells(session, KARIM, [TRAINED])
        reviews.validate(session, ODILE, [TRAINED], readings={TRAINED: CHECKED})
    assert check(db) == []
    return db


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE evidence SET title = 'autre'", "Pièce 22-1 : « title »"),
        ("UPDATE evidence SET confidentiality = 'national'", "« confidentiality »"),
        ("UPDATE evidence_version SET respondents = 3, asked = 4", "Pièce 22-1, version 1 : « asked »"),
        ("UPDATE evidence_version SET added_by = 3", "version 1 : « added_by »"),
        ("DELETE FROM evidence_use WHERE evidence_number = 1", "il nomme les pièces « 1.1 2.1 », il a les"),
        ("INSERT INTO evidence_use SELECT region_code, 1, 'FOR-02', period_code, attached_by, attached_at "
         "FROM evidence_use WHERE evidence_number = 1", "Pièce 22-1 : « cells »"),
        ("UPDATE entry SET evidence = '9.9'", "il nomme les pièces « 9.9 »"),
        ("UPDATE entry SET evidence_read_by = NULL, evidence_checked = '', reliability = 2", "« evidence_read_by »"),
        ("UPDATE evidence_version SET sha256 = substr(sha256, 2) || '0' WHERE sha256 <> ''", "fichier absent"),
        ("UPDATE evidence_version SET size = 5 WHERE sha256 <> ''", "« registre.csv » : fichier altéré"),
    ],
)  # fmt: skip
def test_check_finds_evidence_changed_by_hand(held: Database, statement: str, words: str) -> None:
    with held.writer.begin() as connection:
        connection.exec_driver_sql(statement)
    assert any(words in fault for fault in check(held)), check(held)


def stored_file(tmp_path: Path) -> Path:
    [found] = [path for path in (tmp_path / "pieces").rglob("*") if path.is_file() and path.parent.name != "incoming"]
    return found


def test_check_finds_a_missing_and_an_altered_file_and_a_backup_says_so(sqlite_db: Database, tmp_path: Path) -> None:
    with transaction(sqlite_db) as session:
        sourced(session)
        with receiving.receive(TABLE, "registre.csv") as file:
            evidence.add_piece(session, KARIM, PICARDIE, FILE, [TRAINED], file=file)
    path = stored_file(tmp_path)
    path.chmod(0o600)
    path.write_bytes(TABLE.replace(b"12", b"99"))
    assert check(sqlite_db) == ["Pièce 22-1, version 1, « registre.csv » : fichier altéré."]
    path.unlink()
    assert check(sqlite_db) == ["Pièce 22-1, version 1, « registre.csv » : fichier absent."]
    manifest = backup(tmp_path / "sauvegarde.zip", sqlite_db)
    assert (manifest.pieces, len(manifest.lacking)) == ([], 1)


def test_a_backup_carries_the_files_and_restores_them_elsewhere(
    held: Database, tmp_path: Path, named: Callable[[str], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(tmp_path / "sauvegarde.zip", held)
    place = tmp_path / "ailleurs"
    monkeypatch.setenv("IMPACT_KEY_FILE", str(place / "history.key"))
    db = named(f"sqlite:///{place / 'impact.db'}")
    manifest, faults = restore(tmp_path / "sauvegarde.zip", db)
    assert (faults, len(manifest.pieces)) == ([], 1)
    with Session(db.reader) as session:
        version = session.exec(select(EvidenceVersion).where(EvidenceVersion.sha256 != "")).one()
        with store.store().open(version.sha256) as stream:
            assert stream.read() == TABLE
        entry = session.get_one(Entry, TRAINED)
        assert (entry.reliability, entry.evidence) == (3, "1.1 2.1")


def test_a_disk_full_of_restored_files_is_said_and_the_backup_is_not_blamed(
    sqlite_db: Database, tmp_path: Path, named: Callable[[str], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as session, receiving.receive(TABLE, "registre.csv") as file:
        evidence.add_piece(session, KARIM, PICARDIE, replace(LINK, link=""), [TRAINED], file=file)
    backup(tmp_path / "sauvegarde.zip", sqlite_db)
    place = tmp_path / "ailleurs"
    monkeypatch.setenv("IMPACT_KEY_FILE", str(place / "history.key"))
    db = named(f"sqlite:///{place / 'impact.db'}")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("impact.maintenance.restores.shutil.copyfileobj", full)
    with pytest.raises(ImpactError, match="disque du serveur est plein"):
        restore(tmp_path / "sauvegarde.zip", db)
    with Session(db.reader) as session:
        assert session.exec(select(EvidenceVersion)).all() == []
