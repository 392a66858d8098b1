"""Pieces of evidence through the real gate: who may open which, how they leave, what of an address is refused."""

from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image
from starlette.testclient import TestClient

from impact.db import Database, transaction
from impact.figures import Cell
from impact.permissions import EVERYTHING
from impact.queries.evidence import NOWHERE, piece
from impact.services import reviews
from impact.services.pieces import PieceKey
from impact.settings import Settings
from impact.vocabulary import Confidentiality
from tests import access
from tests.cast import KARIM, ODILE, PICARDIE
from tests.impact import deposits
from tests.impact.web.conftest import Visit, carry
from tests.pages.scenes import T1, T3, TRAINED, save, validate
from tests.pages.test_access_pages import token_of
from tests.pieces import TABLE, pdf

OWN = {"region", "national", "admin"}
OPEN_TO = {
    "open": {*OWN, "other", "reader"},  # open to the network, and backs a validated figure
    "draft": OWN,  # open to the network, but backs a draft alone
    "reserved": OWN,  # for the national office, whatever it backs
}
"""As it stands; an older version is for those of its region and for the national office."""
FIRST, SECOND = pdf(2, 100, 100), pdf(3, 200, 300)
NAME = "registre des élèves / juin « 2011 ».pdf"


@pytest.fixture
def pieces(sqlite_db: Database) -> dict[str, PieceKey]:
    """Of two versions each: pages of 100, then of 200 points."""
    with transaction() as session:
        validated = validate(session, Cell(PICARDIE, TRAINED, T1), valeur="10")
        typed = save(session, KARIM, Cell(PICARDIE, TRAINED, T3), valeur="12")
        made = {}
        for name, cell in (("open", validated), ("draft", typed), ("reserved", validated)):
            reach = Confidentiality.NATIONAL if name == "reserved" else Confidentiality.NETWORK
            made[name] = deposits.deposit(session, ODILE, [cell], FIRST, NAME, confidentiality=reach)
            deposits.replace(session, ODILE, made[name], SECOND, NAME, confidentiality=reach)
        return made


def address(key: PieceKey, rest: str = "") -> str:
    return f"/pieces/{key.region}/{key.number}{rest}"


@pytest.mark.parametrize("name", OPEN_TO)
def test_a_piece_opens_for_those_who_may_and_for_others_it_does_not_exist(
    visit: Visit, pieces: dict[str, PieceKey], name: str
) -> None:
    client = visit()
    tokens = {who: token_of(who) for who in access.PEOPLE}
    for way in ("", "/apercu/1.png", "?version=1", "/apercu/1.png?version=1"):
        opened = set()
        for who, token in tokens.items():
            carry(client, token)
            if opens(client, who, pieces[name], way):
                opened.add(who)
        assert opened == (OPEN_TO[name] & OWN if "version" in way else OPEN_TO[name]), way


def opens(client: TestClient, who: str, key: PieceKey, way: str) -> bool:
    """Where it does not open, the answer is that for a piece that was never there."""
    nothing, found = address(PieceKey(PICARDIE, 999), way), set()
    for method in ("GET", "HEAD"):
        answer, missing = client.request(method, address(key, way)), client.request(method, nothing)
        found.add(answer.status_code == 200)
        if answer.status_code == 200:
            assert missing.status_code == 404
        else:
            where = answer.headers.get("location", "").replace("999", str(key.number))
            assert (answer.status_code, answer.content) == (missing.status_code, missing.content)
            assert where == missing.headers.get("location", "").replace("999", str(key.number))
            assert answer.status_code == (404 if who in access.SIGNED_IN else 303)
    (opened,) = found
    return opened


def test_a_piece_that_backs_nothing_validated_any_more_closes_again(visit: Visit, pieces: dict[str, PieceKey]) -> None:
    client = visit(access.PEOPLE["reader"])
    assert client.get(address(pieces["open"])).status_code == 200
    with transaction() as session:
        reviews.reopen_entry(session, ODILE, Cell(PICARDIE, TRAINED, T1), "à revoir")
    answer = client.get(address(pieces["open"]))
    assert (answer.status_code, NOWHERE.split(",")[0] in answer.text) == (404, True)


def test_a_file_leaves_as_it_came_under_its_own_name_and_no_browser_runs_it(
    visit: Visit, pieces: dict[str, PieceKey]
) -> None:
    answer = visit(KARIM).get(address(pieces["open"]), headers={"Accept-Encoding": "gzip"})
    assert answer.content == SECOND
    headers = answer.headers
    assert (headers["content-type"], headers["content-length"]) == ("application/pdf", str(len(answer.content)))
    plain, _, whole = headers["content-disposition"].partition("; filename*=UTF-8''")
    assert plain == 'attachment; filename="juin_2011_.pdf"'
    assert unquote(whole) == "juin « 2011 ».pdf"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["cache-control"] == "no-store"
    asked = visit(KARIM).head(address(pieces["open"]))
    assert (asked.content, asked.headers["content-length"]) == (b"", headers["content-length"])
    assert visit(KARIM).get(address(pieces["open"], "?version=1")).content == FIRST


def test_a_page_is_drawn_as_an_image_of_the_version_asked(visit: Visit, pieces: dict[str, PieceKey]) -> None:
    client = visit(KARIM)
    for way, shape in (("/apercu/3.png", (1000, 1500)), ("/apercu/2.png?version=1", (1000, 1000))):
        answer = client.get(address(pieces["draft"], way))
        assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("image/png", "no-store")
        assert _size(answer.content) == shape
    asked = client.head(address(pieces["draft"], "/apercu/3.png"))
    assert (asked.status_code, asked.content) == (200, b"")


def _size(content: bytes) -> tuple[int, int]:
    return Image.open(BytesIO(content)).size


NOTHING = (
    "/pieces/%00/1", "/pieces/22%00/1",
    "/pieces/22/0", "/pieces/22/-1", "/pieces/22/1e3", "/pieces/22/1%00", "/pieces/22/²", "/pieces/22/99999999999",
    "/pieces/22/99999999999999999999999999", "/pieces/99/1", "/pieces/%27/1", "/pieces/..%2f22/1", "/pieces/22/1/",
    "/pieces/22/1?version=0", "/pieces/22/1?version=3", "/pieces/22/1?version=un", "/pieces/22/1?version=",
    "/pieces/22/1/apercu/0.png", "/pieces/22/1/apercu/4.png", "/pieces/22/1/apercu/3.png?version=1",
    "/pieces/22/1/apercu/x.png", "/pieces/22/1/apercu/99999999999999999999.png", "/pieces/22/1/apercu/1.pdf",
    "/pieces/22", "/pieces/22/1/apercu",
)  # fmt: skip


def test_an_address_that_names_nothing_is_told_so(visit: Visit, pieces: dict[str, PieceKey]) -> None:
    assert pieces["open"] == PieceKey(PICARDIE, 1)
    client = visit(ODILE)
    assert {path: client.get(path).status_code for path in NOTHING} == dict.fromkeys(NOTHING, 404)


def test_a_link_and_a_table_have_no_page_and_a_link_is_no_file(visit: Visit, sqlite_db: Database) -> None:
    with transaction() as session:
        cell = save(session, KARIM, Cell(PICARDIE, TRAINED, T3), valeur="12")
        link, table = (deposits.deposit(session, KARIM, [cell], content, "a.csv") for content in (b"", TABLE))
    client = visit(KARIM)
    assert client.get(address(link)).status_code == 404
    assert client.get(address(table)).content == TABLE
    assert {client.get(address(key, "/apercu/1.png")).status_code for key in (link, table)} == {404}


def test_a_file_gone_from_its_place_is_told_in_words(visit: Visit, pieces: dict[str, PieceKey]) -> None:
    with transaction() as session:
        sha256 = piece(session, EVERYTHING, *pieces["draft"]).now.sha256
    (Path(Settings.from_env().evidence_url) / sha256[:2] / sha256).unlink()
    client = visit(KARIM)
    for way in ("", "/apercu/1.png"):
        answer = client.get(address(pieces["draft"], way))
        assert (answer.status_code, "prévenez l’administrateur" in answer.text) == (404, True)
    assert client.get(address(pieces["draft"], "?version=1")).status_code == 200
