"""The data package: what is in it, that Frictionless accepts it, and that it refuses one that was tampered with."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import frictionless
import pytest
from sqlmodel import select

from impact.db import Database, reading
from impact.errors import Refused
from impact.exports import ExportRequest, narrowing
from impact.exports.package import TABLES
from impact.models import ExportRecord
from impact.permissions import Actor
from impact.queries import exported_package
from impact.services import exports
from impact.vocabulary import Dialect, ExportKind
from tests.cast import ODILE, REMI

EVERYTHING = ExportRequest()
ALONE = {
    "chiffres.csv": ExportKind.ENTRIES,
    "totaux.csv": ExportKind.TOTALS,
    "avancement.csv": ExportKind.PROGRESS,
    "completude.csv": ExportKind.QUALITY,
    "plans.csv": ExportKind.PLANS,
    "financements.csv": ExportKind.FUNDING,
    "jalons.csv": ExportKind.MILESTONES,
    "rencontres.csv": ExportKind.MEETINGS,
    "decisions.csv": ExportKind.DECISIONS,
}


def package(db: Database, request: ExportRequest = EVERYTHING, actor: Actor | str = "essai") -> bytes:
    return b"".join(exports.stream(ExportKind.PACKAGE, request, actor, db))


def opened(data: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def described(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(opened(data)["datapackage.json"])
    return found


def errors(folder: Path) -> set[str]:
    """Kinds of errors that Frictionless finds in an unpacked package, but for sizes and hashes, which always tell."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    return {kind for (kind,) in report.flatten(["type"])} - {"byte-count", "hash-count"}


def unpacked(data: bytes, folder: Path) -> Path:
    with ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    return folder


def test_frictionless_accepts_the_demonstration(own_demonstration: Database, tmp_path: Path) -> None:
    path = tmp_path / "paquet.zip"
    path.write_bytes(package(own_demonstration))
    report = frictionless.validate(str(path))
    assert report.valid, report.flatten(["title", "message"])
    assert {task.name for task in report.tasks} == {table.name for table in TABLES}
    with reading(own_demonstration) as session:
        counted = {table.name: rows for table, rows in exported_package.contents(session, EVERYTHING)}
    assert {task.name: task.stats["rows"] for task in report.tasks} == counted
    command = [sys.executable, "-m", "frictionless", "validate", path]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_network_without_figures_makes_a_package(sqlite_db: Database, tmp_path: Path) -> None:
    folder = unpacked(package(sqlite_db), tmp_path)
    assert frictionless.validate(str(folder / "datapackage.json")).valid


def test_its_tables_are_the_exports_of_validated_figures_to_the_byte(own_demonstration: Database) -> None:
    for request in (EVERYTHING, ExportRequest(regions=("73", "82"), min_proof=2)):
        files = opened(package(own_demonstration, request, ODILE))
        assert [*files] == [*(table.file for table in TABLES), "datapackage.json"]
        for name, kind in ALONE.items():
            alone = b"".join(exports.stream(kind, narrowing.within(kind, request), REMI, own_demonstration))
            assert files[name] == alone, name


def test_everything_that_is_told_of_a_file_is_so(own_demonstration: Database) -> None:
    data = package(own_demonstration)
    files, told = opened(data), described(data)
    for resource in told["resources"]:
        held = files[resource["path"]]
        assert resource["hash"] == f"sha256:{hashlib.sha256(held).hexdigest()}"
        assert resource["bytes"] == len(held)
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert held.decode().splitlines()[0] == ",".join(names)
        assert all(field["description"] for field in resource["schema"]["fields"])
    assert told["as_of"] == "2011-07-10"
    assert {"FR", "22"} <= told["history_heads"].keys()
    with reading(own_demonstration) as session:
        record = session.exec(select(ExportRecord).order_by(ExportRecord.id.desc())).first()  # type: ignore[union-attr]
    assert record is not None
    assert (record.kind, record.sha256) == ("package", hashlib.sha256(data).hexdigest())
    tables = (held for name, held in files.items() if name.endswith(".csv"))
    assert record.row_count == sum(len(rows_of(held)) - 1 for held in tables)


def test_descriptions_name_the_concepts_and_the_vintage(own_demonstration: Database) -> None:
    told = {one["name"]: one for one in described(package(own_demonstration))["resources"]}
    figures = {field["name"]: field for field in told["chiffres"]["schema"]["fields"]}
    for column, concept in (
        ("code_region", "REF_AREA"), ("code_indicateur", "INDICATOR"), ("periode", "TIME_PERIOD"),
        ("valeur_calculee", "OBS_VALUE"), ("statut", "OBS_STATUS"),
    ):  # fmt: skip
        assert f"SDMX {concept}" in figures[column]["description"], column
    assert "millésime 2010" in figures["code_region"]["description"]
    assert told["chiffres"]["schema"]["primaryKey"] == ["code_region", "code_indicateur", "periode", "axe", "modalite"]


def test_everybody_gets_the_same_package_but_for_its_time(own_demonstration: Database) -> None:
    def parts(actor: Actor) -> dict[str, Any]:
        files = opened(package(own_demonstration, EVERYTHING, actor))
        told = json.loads(files.pop("datapackage.json"))
        told.pop("created")
        told["history_heads"].pop("FR")  # every export is an act, and lengthens this chain
        return {**files, "told": told}

    assert parts(REMI) == parts(ODILE)


def test_a_period_that_begins_within_the_campaign_is_not_refused_for_progress(own_demonstration: Database) -> None:
    files = opened(package(own_demonstration, ExportRequest(date(2011, 4, 1), date(2011, 6, 30))))
    assert files["avancement.csv"].count(b"\r\n") > 1
    assert b"2010-2011-T2" not in files["chiffres.csv"]


def test_what_is_not_validated_and_dialects_are_refused(sqlite_db: Database) -> None:
    for request in (ExportRequest(provisional=True), ExportRequest(dialect=Dialect.EXCEL_FR)):
        with pytest.raises(Refused):
            exports.stream(ExportKind.PACKAGE, request, ODILE, sqlite_db)


Rows = list[list[str]]


def rows_of(text: bytes) -> Rows:
    return list(csv.reader(io.StringIO(text.decode(), newline="")))


def rewritten(path: Path, change: Callable[[Rows], None]) -> None:
    rows = rows_of(path.read_bytes())
    change(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def _cell(file: str, column: str, text: str) -> Callable[[Path], None]:
    """Put a text in the first row's cell."""

    def change(rows: Rows) -> None:
        rows[1][rows[0].index(column)] = text

    return lambda folder: rewritten(folder / file, change)


def _doubled(folder: Path) -> None:
    rewritten(folder / "totaux.csv", lambda rows: rows.append(rows[1]))


def _renamed(folder: Path) -> None:
    def change(rows: Rows) -> None:
        rows[0][rows[0].index("code_region")] = "region"

    rewritten(folder / "totaux.csv", change)


BROKEN: tuple[tuple[str, Callable[[Path], None], str], ...] = (
    ("a region that is not one", _cell("totaux.csv", "code_region", "99"), "foreign-key"),
    ("an indicator that is not one", _cell("totaux.csv", "code_indicateur", "FOR-99"), "foreign-key"),
    ("a version that was never published", _cell("totaux.csv", "version", "7"), "foreign-key"),
    ("a period that is not one", _cell("completude.csv", "periode", "2010-2011-T9"), "foreign-key"),
    ("progress of an unknown indicator", _cell("avancement.csv", "code_indicateur", "FOR-99"), "constraint-error"),
    ("a state that is not one", _cell("avancement.csv", "etat", "presque"), "constraint-error"),
    ("a share above 1", _cell("completude.csv", "completude", "1.2"), "constraint-error"),
    ("a count below 0", _cell("completude.csv", "cellules_dues", "-1"), "constraint-error"),
    ("a status that is not validated", _cell("chiffres.csv", "statut", "draft"), "constraint-error"),
    ("a grade that is not one", _cell("chiffres.csv", "niveau_p", "P9"), "constraint-error"),
    ("a code left out", _cell("totaux.csv", "couverture", ""), "constraint-error"),
    ("a number with a unit", _cell("totaux.csv", "valeur", "35 %"), "type-error"),
    ("a decimal comma", _cell("totaux.csv", "valeur", '"35,2"'), "type-error"),
    ("a French day", _cell("totaux.csv", "date_debut", "15/10/2010"), "type-error"),
    ("a plan that is not validated", _cell("plans.csv", "statut", "draft"), "constraint-error"),
    ("a stage that is not one", _cell("plans.csv", "etape", "presque"), "constraint-error"),
    ("six sections out of five", _cell("plans.csv", "sections_completes", "6"), "constraint-error"),
    ("money of no plan", _cell("financements.csv", "numero", "9"), "foreign-key"),
    ("two statuses of money in one", _cell("financements.csv", "statut", "identifie verse"), "constraint-error"),
    ("a milestone of no region", _cell("jalons.csv", "code_region", "99"), "foreign-key"),
    ("a decision of no meeting", _cell("decisions.csv", "rencontre", "9"), "foreign-key"),
    ("a decision without its reason", _cell("decisions.csv", "motif", ""), "constraint-error"),
    ("a row twice", _doubled, "primary-key"),
    ("a column renamed", _renamed, "incorrect-label"),
)


def test_a_broken_package_is_refused(own_demonstration: Database, tmp_path: Path) -> None:
    sound, taken = unpacked(package(own_demonstration), tmp_path / "sound"), []
    for what, change, kind in BROKEN:
        broken = tmp_path / what
        shutil.copytree(sound, broken)
        change(broken)
        if kind not in errors(broken):
            taken.append(what)
    assert taken == []


def test_a_changed_figure_shows_in_its_hash(own_demonstration: Database, tmp_path: Path) -> None:
    folder = unpacked(package(own_demonstration), tmp_path)
    _cell("totaux.csv", "valeur", "35")(folder)
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert "hash-count" in {kind for (kind,) in report.flatten(["type"])}
