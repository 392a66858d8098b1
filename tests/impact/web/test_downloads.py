"""Downloads through the real gate: whose scope they have, how they leave, what of their address is refused."""

import hashlib
from collections.abc import Callable

import anyio
import pytest
from sqlmodel import select
from starlette.requests import ClientDisconnect
from starlette.testclient import TestClient
from starlette.types import Message

from impact.db import Database, reading, transaction
from impact.exports import ExportRequest
from impact.models import ExportRecord
from impact.services import exports
from impact.vocabulary import ExportKind
from impact.web.downloads import Download, attachment
from tests.cast import KARIM, ODILE, PICARDIE, REMI
from tests.impact.files import import_lines, line

Visit = Callable[..., TestClient]
FILES = ["entries", "totals", "quality", "milestones", "meetings", "decisions"]


@pytest.fixture(autouse=True)
def figure(sqlite_db: Database) -> None:
    with transaction() as session:
        import_lines(session, KARIM, line(PICARDIE, "FOR-04", "T3", "12", source="Registre"))


def records() -> list[ExportRecord]:
    with reading() as session:
        return list(session.exec(select(ExportRecord)))


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_an_attachment_that_no_browser_runs(visit: Visit, kind: str) -> None:
    answer = visit(REMI).get(f"/exports/{kind}.csv", params={"region": "22", "from": "2010-10-15", "to": "2011-06-30"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert "_22_2010-10-15_2011-06-30.csv" in answer.headers["content-disposition"]
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.headers["cache-control"] == "no-store"
    (record,) = records()
    assert (record.account_id, record.sha256) == (REMI.id, hashlib.sha256(answer.content).hexdigest())


def test_a_file_says_what_it_cannot_be_narrowed_by(visit: Visit) -> None:
    answer = visit(REMI).get("/exports/plans.csv?from=2011-01-01&preuve=F2")
    assert (answer.status_code, records()) == (400, [])
    assert "ne se filtre pas par dates, ni par niveau de preuve" in answer.text


STANDARDS = {
    "cids.jsonld": ("cids_22.jsonld", "application/ld+json", b'{"@context"'),
    "paquet.zip": ("paquet_22_au_2011-07-10.zip", "application/zip", b"PK"),
}


@pytest.mark.parametrize("path", STANDARDS)
def test_a_standard_s_file_leaves_as_the_others_and_is_recorded(visit: Visit, path: str) -> None:
    name, kind, first = STANDARDS[path]
    answer = visit(REMI).get(f"/exports/{path}?region=22&preuve=F0")
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.content.startswith(first)
    (record,) = records()
    assert (record.account_id, record.filters) == (REMI.id, {"region": ["22"]})
    assert record.sha256 == hashlib.sha256(answer.content).hexdigest()


@pytest.mark.parametrize("path", STANDARDS)
def test_a_standard_s_file_holds_validated_figures_and_nothing_else(visit: Visit, path: str) -> None:
    assert visit(KARIM).head(f"/exports/{path}").content == b""
    for query, status, words in (
        ("provisoire=true&region=22", 400, "validés"), ("dialecte=excel-fr", 400, "dialecte"),
        ("region=99", 400, "n’existe pas"), ("x=1", 400, "paramètre inconnu"),
    ):  # fmt: skip
        answer = visit(KARIM).get(f"/exports/{path}?{query}")
        assert (answer.status_code, words in answer.text) == (status, True), answer.text
    assert records() == []


def test_a_package_is_named_after_its_filters_and_its_day(visit: Visit) -> None:
    name = visit(REMI).head("/exports/paquet.zip?chantier=FOR&preuve=F2").headers["content-disposition"]
    assert name == 'attachment; filename="paquet_FOR_F2_au_2011-07-10.zip"'
    assert '"paquet_au_2011-07-10.zip"' in visit(REMI).head("/exports/paquet.zip").headers["content-disposition"]


def test_each_person_gets_what_is_theirs(visit: Visit) -> None:
    assert visit(KARIM).get("/exports/entries.csv").text.count("\r\n") == 2
    assert visit(REMI).get("/exports/entries.csv").text.count("\r\n") == 1


def test_the_french_dialect_and_every_filter_are_taken_from_the_address(visit: Visit) -> None:
    answer = visit(KARIM).get(
        "/exports/totals.csv?region=22&chantier=FOR&indicateur=FOR-04&preuve=F1&provisoire=true&dialecte=excel-fr"
    )
    assert answer.content.startswith(b"\xef\xbb\xbfcode_indicateur;version;")
    assert answer.text.count("\r\n") == 3, "the region, and the region as the selection's total"
    assert "_provisoire.csv" in answer.headers["content-disposition"]
    assert records()[0].filters == {
        "region": ["22"], "chantier": ["FOR"], "indicator": ["FOR-04"], "min_proof": "F1", "provisional": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/exports/totals.csv?from=hier", 400, "n’est pas une date"),
        ("/exports/totals.csv?to=9999-12-31", 400, "de 1900 à 2999"),
        ("/exports/journal.csv?from=0001-01-01", 400, "de 1900 à 2999"),
        ("/exports/totals.csv?preuve=F7&provisoire=peut-etre&dialecte=latin&x=1", 400, "paramètre inconnu"),
        ("/exports/totals.csv?from=2011-02-01&to=2011-01-01", 400, "suit la fin"),
        ("/exports/totals.csv?region=99", 400, "n’existe pas"),
        ("/exports/totals.csv?region=%0d%0aSet-Cookie:x", 400, "n’existe pas"),
        ("/exports/totals.csv?x=" + "y" * 3_000, 400, "trop longue"),
        ("/exports/totals.csv?provisoire=true", 403, "provisoires"),
        ("/exports/journal.csv", 403, "bureau national"),
        ("/exports/secrets.csv", 404, "Introuvable"),
    ],
)
def test_what_cannot_be_given_is_a_plain_french_sentence(visit: Visit, address: str, status: int, words: str) -> None:
    answer = visit(KARIM).get(address)
    assert (answer.status_code, words in answer.text) == (status, True), answer.text
    assert "content-disposition" not in answer.headers
    assert records() == []


def test_all_that_is_wrong_with_an_address_is_told_at_once(visit: Visit) -> None:
    answer = visit(KARIM).get("/exports/totals.csv?preuve=F7&provisoire=peut-etre&dialecte=latin&from=x&x=1")
    assert len(answer.text.splitlines()) == 5


def test_strangers_are_sent_to_sign_in_first(visit: Visit) -> None:
    answer = visit().get("/exports/entries.csv?region=22")
    assert (answer.status_code, "/connexion?next=" in answer.headers["location"]) == (303, True)


def test_the_journal_leaves_for_the_national_office_and_is_told_in_history(visit: Visit) -> None:
    answer = visit(ODILE).get("/exports/journal.csv?region=22")
    assert answer.text.count("\r\n") == 2
    assert "journal_22.csv" in answer.headers["content-disposition"]
    assert "export" in visit(ODILE).get("/exports/journal.csv?region=FR").text
    assert records() == []


def test_asking_for_the_headers_alone_records_nothing(visit: Visit) -> None:
    answer = visit(KARIM).head("/exports/entries.csv")
    assert (answer.status_code, answer.content) == (200, b"")
    assert "chiffres.csv" in answer.headers["content-disposition"]
    assert records() == []


def test_a_person_who_gives_up_leaves_no_record_and_no_open_connection(sqlite_db: Database) -> None:
    answer = Download(exports.stream(ExportKind.ENTRIES, ExportRequest(), KARIM), attachment("chiffres.csv"))
    begun = []

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            raise OSError("the connection is gone")
        begun.append(message["type"])

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    with pytest.raises(ClientDisconnect):
        anyio.run(answer, {"type": "http", "asgi": {"spec_version": "2.4"}}, receive, send)
    assert (begun, records()) == (["http.response.start"], [])
    assert sqlite_db.reader.pool.checkedout() == 0  # type: ignore[attr-defined]
