"""The commands as an operator or a cron job runs them: what they print, what they refuse, their exit codes."""

import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from impact.cli import main
from impact.db import Database, reading, transaction
from impact.figures import Cell
from impact.models import Account, Entry, ExportRecord, History, MobilisationSpell, Reopening
from impact.permissions import Actor
from impact.services import reviews
from impact.settings import ROOT
from impact.vocabulary import CSV_KINDS, ExportKind
from tests.cast import ADA, CLAIRE, DIDIER, KARIM, ODILE, REMI
from tests.impact.files import Line, file_of, line

SOURCED = {"source": "Registre", "methode": "Feuilles"}
TRAINED = line("22", "FOR-04", "T3", "12", **SOURCED)


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process; wrong usage is an exit like another."""

    def command(*arguments: object) -> Outcome:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        captured = capfd.readouterr()
        return Outcome(code, captured.out, captured.err)

    return command


@pytest.fixture
def send(run: Run, tmp_path: Path) -> Run:
    """Import lines in an account's name."""

    def command(actor: Actor, *lines: Line, options: tuple[str, ...] = ()) -> Outcome:
        path = tmp_path / "chiffres.csv"
        path.write_bytes(file_of(lines))
        return run("import", path, "--as", actor.email, *options)

    return command


@pytest.fixture
def db(sqlite_db: Database) -> Database:
    return sqlite_db


def rows(table: type[Any]) -> list[Any]:
    with reading() as session:
        return list(session.exec(select(table)))


def test_every_command_of_the_contract_is_there_with_its_help_in_french(run: Run, db: Database) -> None:
    commands = [
        "init",
        "user",
        "mobilise",
        "import",
        "review",
        "targets",
        "reopen",
        "export",
        "backup",
        "restore",
        "check",
    ]
    for arguments in (
        [],
        *([name] for name in commands),
        *(["user", act] for act in ("add", "list", "disable", "reset")),
    ):
        told = run(*arguments, "--help")
        assert (told.code, told.out.startswith("usage : ")) == (0, True)
        assert "montre cette aide" in told.out
        assert not {"show", "required", "positional", "exit"} & set(told.out.split())
    for later in ("targets", "serve"):
        assert run(later).code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "arguments manquants : COMMANDE"),
        (["inconnue"], "argument COMMANDE : choix inconnu"),
        (["export", "tout"], "choix inconnu"),
        (["export", "totals", "--from", "31/02/2011"], "n’est pas une date"),
        (["export", "totals", "--min-proof", "F9"], "choix inconnu"),
        (["export", "quality", "--provisional"], "ne vont pas avec quality : --provisional"),
        (["export", "plans", "--from", "2011-01-01"], "ne vont pas avec plans : --from et --to"),
        (["export", "milestones", "--chantier", "FOR", "--min-proof", "F1"], "milestones : --chantier, --min-proof"),
        (["import", "x.csv"], "arguments manquants : --as"),
        (["import", "x.csv", "--as"], "une valeur est attendue"),
        (["review", "--as", "x"], "il faut l’un de : --validate --return"),
        (["review", "--as", "x", "--validate", "--return", "motif"], "incompatible avec"),
        (["review", "--as", "x", "--return", "motif", "--evidence-read"], "va avec --validate"),
        (["user", "add", "x@y.fr", "--name", "X", "--role", "roi"], "choix inconnu"),
        (["reopen", "2010-2011-T1"], "arguments manquants"),
        (["check", "--vite"], "arguments inconnus"),
    ],
)
def test_wrong_usage_exits_with_two_and_says_why_in_french(
    run: Run, db: Database, arguments: list[str], words: str
) -> None:
    told = run(*arguments)
    assert (told.code, told.out) == (2, "")
    assert words in told.err
    assert "erreur : " in told.err


def test_before_init_every_command_says_so_and_makes_no_file(run: Run, tmp_path: Path) -> None:
    for arguments in (["export", "totals"], ["user", "list"], ["check"], ["backup", tmp_path / "b.zip"]):
        told = run(*arguments)
        assert (told.code, "lancez d’abord « python -m impact init »" in told.err) == (1, True)
    assert not (tmp_path / "impact.db").exists()


def test_init_is_safe_to_repeat(run: Run, db: Database) -> None:
    before = rows(Account)
    assert run("init").code == 0
    assert rows(Account) == before


def test_the_demonstration_fills_an_empty_database_once(run: Run, tmp_path: Path) -> None:
    assert [run("init", "--demo").code for _ in range(2)] == [0, 0]
    people = {row.email for row in rows(Account)}
    assert people
    assert all(email.endswith(".invalid") for email in people)
    assert run("check").code == 0


def test_the_demonstration_is_not_poured_over_real_accounts(run: Run, db: Database) -> None:
    told = run("init", "--demo")
    assert (told.code, "base vide" in told.err) == (1, True)
    assert len(rows(Account)) == 6


# user


def test_an_account_is_made_with_a_link_or_a_password(run: Run, db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    told = run("user", "add", "Zoe@example.org", "--name", "Zoé", "--role", "contributor", "--region", "22")
    assert told.code == 0
    assert told.out.startswith("http://127.0.0.1:8501/activation/")
    monkeypatch.setattr(sys, "stdin", io.StringIO("une longue phrase de passe\n"))
    told = run("user", "add", "luc@example.org", "--name", "Luc", "--role", "reader", "--password-stdin")
    assert (told.code, "http" in told.out) == (0, False)
    stored = {row.email: row.password_hash is not None for row in rows(Account)[-2:]}
    assert stored == {"zoe@example.org": False, "luc@example.org": True}


def test_a_password_that_is_too_short_leaves_no_account(
    run: Run, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("court\n"))
    told = run("user", "add", "luc@example.org", "--name", "Luc", "--role", "reader", "--password-stdin")
    assert (told.code, len(rows(Account))) == (1, 6)


def test_accounts_are_listed_disabled_and_reset(run: Run, db: Database) -> None:
    assert run("user", "disable", KARIM.email).code == 0
    listed = {line.split("\t")[0]: line.split("\t")[1:] for line in run("user", "list").out.splitlines()}
    assert listed[KARIM.email] == [KARIM.name, "contributor", "22", "désactivé"]
    assert listed[ODILE.email][-1] == "actif"
    assert "/activation/" in run("user", "reset", CLAIRE.email).out
    for act in ("disable", "reset"):
        told = run("user", act, "personne@example.org")
        assert (told.code, "Aucun compte" in told.err) == (1, True)


# import and review


def test_a_file_is_imported_submitted_validated_and_exported(run: Run, send: Run, db: Database) -> None:
    """The journey of a figure, by commands alone."""
    told = send(KARIM, TRAINED, options=("--submit",))
    assert (told.code, "ligne 2 : créé, soumis" in told.out) == (0, True)
    assert run("review", "--as", ODILE.email, "--validate").out == "1\n"
    assert run("review", "--as", ODILE.email, "--validate").out == "0\n"
    assert "22,FOR-04,2010-2011-T3,12," in run("export", "entries").out
    assert "FOR-04,1,FR,2010-10-15,2011-07-10,12,12,,personnes," in run("export", "totals").out


def test_verdicts_come_as_json_too(send: Run, db: Database) -> None:
    told = send(KARIM, TRAINED, line("22", "FOR-02", "T3"), options=("--format", "json", "--dry-run"))
    answer = json.loads(told.out)
    assert (told.code, answer["ecrit"], answer["bilan"]) == (0, False, {"créé": 1, "ignorée": 1})
    assert answer["lignes"][0]["verdict"] == "créé"
    assert rows(Entry) == []


def test_one_refused_row_refuses_the_file(send: Run, db: Database) -> None:
    told = send(KARIM, TRAINED, line("22", "FOR-02", "T3", "1,234"))
    assert told.code == 1
    assert "ligne 3 : refusé" in told.out
    assert "Rien n’est écrit" in told.err
    assert (rows(Entry), rows(History)) == ([], [])


@pytest.mark.parametrize(
    ("actor", "words"), [(REMI, "ne permet pas de saisir"), (DIDIER, "désactivé"), (None, "Aucun compte")]
)
def test_the_account_named_must_be_in_force_and_may_enter(
    send: Run, db: Database, actor: Actor | None, words: str
) -> None:
    told = send(actor or Actor(9, "personne@example.org", "", REMI.role), TRAINED)
    assert (told.code, words in told.err) == (1, True)


def test_files_that_cannot_be_read_are_refused_in_french(run: Run, db: Database, tmp_path: Path) -> None:
    book = tmp_path / "classeur.xlsx"
    book.write_bytes(b"PK\x03\x04 whatever")
    for path, words in ((tmp_path / "absent.csv", "n’existe pas"), (tmp_path, "dossier"), (book, "format CSV")):
        told = run("import", path, "--as", KARIM.email)
        assert (told.code, words in told.err) == (1, True)


def test_review_takes_what_matches_and_refuses_all_for_one_of_the_accounts_own(
    run: Run, send: Run, db: Database
) -> None:
    send(KARIM, TRAINED, options=("--submit",))
    send(CLAIRE, line("73", "PRE-02", "T3", "4", **SOURCED, lien_preuve="https://a.org/x"), options=("--submit",))
    send(ODILE, line("22", "FOR-02", "T3", "5"), options=("--submit",))
    told = run("review", "--as", ODILE.email, "--validate")
    assert (told.code, "FOR-02, Picardie" in told.err, "FOR-04" in told.err) == (1, True, False)
    for filters, count in (
        (["--region", "73", "--evidence-read"], 1),
        (["--period", "2010-2011-T1"], 0),
        (["--indicator", "FOR-04", "--chantier", "FOR"], 1),
    ):
        assert run("review", "--as", ODILE.email, "--validate", *filters).out == f"{count}\n"
    grades = {row.indicator_code: (row.status, row.reliability) for row in rows(Entry)}
    assert grades == {"FOR-02": ("submitted", 0), "FOR-04": ("validated", 1), "PRE-02": ("validated", 3)}
    assert run("review", "--as", ODILE.email, "--return", "À préciser", "--region", "22").out == "1\n"


def test_an_author_ever_is_refused_and_named_when_the_evidence_is_said_to_be_read(
    run: Run, send: Run, db: Database
) -> None:
    """Odile corrected it before its last validation: she may validate it now, not say that she read its evidence."""
    linked = {**SOURCED, "lien_preuve": "https://a.org/x"}
    send(ODILE, line("22", "FOR-04", "T3", "11", **linked), options=("--submit",))
    assert run("review", "--as", ADA.email, "--validate").out == "1\n"
    with transaction(db) as session:
        reviews.reopen_entry(session, ADA, Cell("22", "FOR-04", "2010-2011-T3"), "à revoir")
    send(KARIM, line("22", "FOR-04", "T3", "12", **linked), options=("--submit",))
    send(KARIM, line("22", "FOR-02", "T3", "5", **linked), options=("--submit",))
    told = run("review", "--as", ODILE.email, "--validate", "--evidence-read")
    assert (told.code, "FOR-04, Picardie" in told.err, "l’un des auteurs" in told.err) == (1, True, True)
    assert "FOR-02" not in told.err
    assert {row.status for row in rows(Entry)} == {"submitted"}, "all or none"
    assert run("review", "--as", ADA.email, "--validate", "--evidence-read").out == "2\n"
    assert {row.reliability for row in rows(Entry)} == {3}


def test_review_needs_the_role_and_codes_that_exist(run: Run, db: Database) -> None:
    assert run("review", "--as", KARIM.email, "--validate").code == 1
    told = run("review", "--as", ODILE.email, "--validate", "--region", "99")
    assert (told.code, "« 99 » n’existe pas" in told.err) == (1, True)


# mobilise and reopen


def test_a_region_is_mobilised_from_the_start_of_the_campaign(run: Run, db: Database) -> None:
    told = run("mobilise", "31", "INN", "--as", ODILE.email, "--primary", "--to", "30/06/2011")
    assert (told.code, "du 15/10/2010 au 30/06/2011" in told.out) == (0, True)
    assert [(row.chantier_code, row.is_primary) for row in rows(MobilisationSpell) if row.region_code == "31"] == [
        ("INN", True)
    ]
    assert run("mobilise", "31", "INN", "--as", KARIM.email).code == 1
    assert run("mobilise", "31", "XYZ", "--as", ODILE.email).code == 1


def test_a_reopened_period_accepts_figures_again(run: Run, send: Run, db: Database) -> None:
    late = line("22", "FOR-04", "T1", "3", **SOURCED)
    assert send(KARIM, late).code == 1
    told = run(
        "reopen",
        "2010-2011-T1",
        "--region",
        "22",
        "--until",
        "2011-07-31",
        "--as",
        ODILE.email,
        "--why",
        "Pièces tardives",
    )
    assert (told.code, len(rows(Reopening))) == (0, 1)
    assert send(KARIM, late).code == 0


def test_impact_today_rules_what_is_open(send: Run, db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_TODAY", "2011-08-01")
    told = send(KARIM, TRAINED)
    assert (told.code, "close depuis le 15/07/2011" in told.out) == (1, True)
    monkeypatch.setenv("IMPACT_TODAY", "demain")
    told = send(KARIM, TRAINED)
    assert (told.code, "IMPACT_TODAY" in told.err) == (1, True)


# export


@pytest.mark.parametrize("kind", CSV_KINDS)
def test_exports_go_to_the_standard_output_or_whole_to_a_file(
    run: Run, db: Database, tmp_path: Path, kind: ExportKind
) -> None:
    path = tmp_path / "export.csv"
    path.write_text("l’ancien")
    assert run("export", kind.value, "--output", path).code == 0
    assert path.read_bytes().decode() == run("export", kind.value).out
    assert [record.kind for record in rows(ExportRecord)] == [kind.value] * 2
    assert [file.name for file in tmp_path.glob(".export*")] == []


@pytest.mark.parametrize(("kind", "first"), [("cids", b'{"@context"'), ("package", b"PK")])
def test_exports_in_standards_go_whole_to_a_file(
    run: Run, db: Database, tmp_path: Path, kind: str, first: bytes
) -> None:
    path = tmp_path / "export"
    assert run("export", kind, "--region", "22", "--min-proof", "F1", "--output", path).code == 0
    assert path.read_bytes().startswith(first)
    (record,) = rows(ExportRecord)
    assert (record.kind, record.sha256) == (kind, hashlib.sha256(path.read_bytes()).hexdigest())
    assert run("export", kind, "--region", "99", "--output", path).code == 1
    assert [run("export", kind, *more).code for more in (["--provisional"], ["--dialect", "excel-fr"])] == [2, 2]
    assert len(rows(ExportRecord)) == 1


def test_the_french_dialect_is_utf_8_with_its_mark(run: Run, db: Database, tmp_path: Path) -> None:
    run("export", "totals", "--dialect", "excel-fr", "--region", "22", "--region", "73", "--output", tmp_path / "x.csv")
    data = (tmp_path / "x.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfcode_indicateur;")
    assert data.endswith(b"\r\n")


def test_an_export_that_cannot_be_made_or_written_is_refused(run: Run, db: Database, tmp_path: Path) -> None:
    assert "n’existe pas" in run("export", "totals", "--region", "99").err
    told = run("export", "totals", "--output", tmp_path / "nulle" / "part.csv")
    assert (told.code, "ne peut pas être écrit" in told.err, rows(ExportRecord)) == (1, True, [])
    assert "suit la fin" in run("export", "totals", "--from", "2011-02-01", "--to", "2011-01-01").err


# maintenance


def test_a_backup_is_restored_elsewhere_and_checked(
    run: Run, send: Run, db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(KARIM, TRAINED, options=("--submit",))
    before = run("export", "entries").out
    told = run("backup", tmp_path / "b.zip")
    assert (told.code, "historique 22 : 2 " in told.out) == (0, True)
    assert run("backup", tmp_path / "b.zip").code == 1
    assert run("restore", tmp_path / "b.zip").code == 1
    monkeypatch.setenv("IMPACT_DATABASE_URL", f"sqlite:///{tmp_path / 'ailleurs' / 'impact.db'}")
    monkeypatch.delenv("IMPACT_KEY_FILE")
    assert run("restore", tmp_path / "b.zip").code == 0
    assert (run("check").code, run("export", "entries").out) == (0, before)


def test_check_exits_with_one_and_sentences(run: Run, send: Run, db: Database) -> None:
    send(KARIM, TRAINED)
    with db.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE entry SET numerator = 1")
    told = run("check")
    assert (told.code, told.out) == (1, "")
    assert "FOR-04, région 22, 2010-2011-T3 : « numerator »" in told.err


def test_no_command_goes_on_with_another_key(
    run: Run, send: Run, sqlite_db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(KARIM, TRAINED)
    monkeypatch.setenv("IMPACT_KEY_FILE", str(tmp_path / "other.key"))
    for told in (run("check"), run("export", "entries"), run("backup", tmp_path / "b.zip"), run("init")):
        assert (told.code, told.out) == (1, "")
        assert "La clé de l’historique" in told.err
    assert not (tmp_path / "other.key").exists()
    assert not (tmp_path / "b.zip").exists()


# what nobody expects


def test_an_unexpected_error_shows_a_number_that_is_in_the_log(
    run: Run, db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("impact.queries.accounts.accounts", lambda *_: 1 / 0)
    told = run("user", "list")
    assert told.code == 1
    number = told.err.split("n° ")[1][:8]
    log = (tmp_path / "impact.log").read_text(encoding="utf-8")
    assert number in log
    assert "ZeroDivisionError" in log
    assert "Traceback" not in told.err


def python(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True)


def test_the_module_runs_from_a_shell(db: Database) -> None:
    told = python("-m", "impact", "export", "quality")
    assert (told.returncode, told.stdout[:12], told.stderr) == (0, b"code_region,", b"")
    assert len(rows(ExportRecord)) == 1


def test_an_export_whose_reader_leaves_is_refused_and_not_recorded(send: Run, db: Database) -> None:
    send(KARIM, TRAINED)
    process = subprocess.Popen(
        [sys.executable, "-m", "impact", "export", "entries"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process.stderr:
        told = process.stderr.read().decode()
    assert (process.wait(60), "fermée avant la fin" in told) == (1, True)
    assert rows(ExportRecord) == []


def test_help_needs_nothing_heavy() -> None:
    heavy = "{'streamlit', 'pandas', 'sqlalchemy'}"
    told = python("-c", f"import sys; from impact.cli import parser; parser(); print({heavy} & set(sys.modules))")
    assert told.stdout.strip() == b"set()"
