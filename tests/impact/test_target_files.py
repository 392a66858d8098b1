"""Targets from a file: a verdict per row, all or nothing, in somebody's name (design/files.md, *Target columns*)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from impact.cli import main
from impact.db import Database, reading
from impact.figures import Target
from impact.imports.targets import TARGET_COLUMNS
from impact.queries.targets import targets
from tests.cast import KARIM, ODILE

Load = Callable[..., tuple[int, str]]
HEADER = ";".join(TARGET_COLUMNS)


@pytest.fixture
def load(db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Load:
    """Write a file and load it; the exit code and what was said."""

    def run(text: str | bytes, *words: str, by: str = ODILE.email) -> tuple[int, str]:
        path = tmp_path / "cibles.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        capsys.readouterr()
        code = main(["targets", str(path), "--as", by, *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def in_force(db: Database) -> dict[tuple[str, str], Target]:
    with reading(db) as session:
        return targets(session, "2010-2011")


def test_a_french_spreadsheet_sets_regional_and_national_targets(load: Load, db: Database) -> None:
    rows = ["22;FOR-04;1 200;1 500,0;30/09/2011;", "FR;FOR-04;;20000;30/09/2011;", "22;FOR-02;;;;"]
    code, said = load("\r\n".join([HEADER, *rows]).encode("cp1252"))
    assert code == 0, said
    assert "ligne 4 : ignorée (22, FOR-02)" in said
    assert "créée : 2, ignorée : 1" in said
    found = in_force(db)
    assert found.keys() == {("22", "FOR-04"), ("FR", "FOR-04")}
    assert (found["22", "FOR-04"].baseline, found["22", "FOR-04"].value) == (1200, 1500)
    assert found["FR", "FOR-04"].baseline is None


def test_columns_come_in_any_order_and_some_may_lack(load: Load, db: Database) -> None:
    assert load("echeance,cible,code_indicateur,code_region\n2011-09-30,12.5,INN-07,93")[0] == 0
    assert in_force(db)["93", "INN-07"].value == 12.5
    code, said = load("code_region,code_indicateur,cible,echeance,commentaire\n22,FOR-04,5,2011-09-30,")
    assert (code, "colonne inconnue : « commentaire »" in said) == (1, True)
    code, said = load("code_region,cible\n22,5")
    assert code == 1
    assert "colonne absente : « code_indicateur »" in said
    assert "colonne absente : « echeance »" in said


def test_a_region_loses_its_nought_in_a_spreadsheet_and_gets_it_back(load: Load, db: Database) -> None:
    code, said = load(f"{HEADER}\n1;FOR-04;;5;30/09/2011;")
    assert (code, "(01, FOR-04)" in said) == (0, True), said


def test_a_second_file_changes_what_differs_and_says_so(load: Load, db: Database) -> None:
    assert load(f"{HEADER}\n22;FOR-04;20;120;30/09/2011;\n22;FOR-02;;50;30/09/2011;")[0] == 0
    again = f"{HEADER}\n22;FOR-04;20;150;30/09/2011;recrutement\n22;FOR-02;;50;30/09/2011;"
    code, said = load(again)
    assert (code, "modifiée : 1, inchangée : 1" in said) == (0, True), said
    assert in_force(db)["22", "FOR-04"].number == 2
    code, said = load("code_region;code_indicateur;cible;echeance;motif\n22;FOR-04;160;30/09/2011;encore")
    assert (code, in_force(db)["22", "FOR-04"].baseline) == (0, 20), "a column that the file lacks keeps what is stored"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("22;FOR-04;120;20;30/09/2011;", "au-dessous de la situation de départ"),
        ("22;FOR-01;0;20;30/09/2011;", "il ne porte pas de cible"),
        ("22;FOR-99;0;20;30/09/2011;", "L’indicateur « FOR-99 » n’existe pas"),
        ("00;FOR-04;0;20;30/09/2011;", "La région « 00 » n’existe pas"),
        ("22;FOR-04;0;1,234;30/09/2011;", "se lit de deux façons"),
        ("22;FOR-04;0;20;01/01/2010;", "précède la première campagne"),
        ("22;FOR-04;0;20;;", "indiquez le jour"),
        (";FOR-04;0;20;30/09/2011;", "« code_region » est vide"),
        ("22;FOR-02;0;60;30/09/2011;", "même région et même indicateur qu’à la ligne 3"),
        ("22;FOR-03;0;90;30/09/2011;", "dites pourquoi"),
    ],
)
def test_one_refused_row_and_nothing_is_written(load: Load, db: Database, row: str, said: str) -> None:
    assert load(f"{HEADER}\n22;FOR-03;0;80;30/09/2011;")[0] == 0
    code, told = load(f"{HEADER}\n{row}\n22;FOR-02;;50;30/09/2011;")
    assert code == 1
    assert said in told
    assert "Rien n’est écrit" in told
    assert in_force(db).keys() == {("22", "FOR-03")}


def test_a_dry_run_gives_its_verdicts_and_writes_nothing(load: Load, db: Database) -> None:
    code, said = load(f"{HEADER}\n22;FOR-04;20;120;30/09/2011;", "--dry-run")
    assert (code, "créée : 1" in said, "Rien n’est écrit." in said) == (0, True, True)
    assert in_force(db) == {}


def test_targets_are_the_national_offices_and_the_account_is_named(load: Load, db: Database) -> None:
    code, said = load(f"{HEADER}\n22;FOR-04;20;120;30/09/2011;", by=KARIM.email)
    assert (code, "Seul le bureau national fixe les cibles" in said) == (1, True)
    with pytest.raises(SystemExit) as left:
        main(["targets", "cibles.csv"])
    assert left.value.code == 2
    assert in_force(db) == {}
