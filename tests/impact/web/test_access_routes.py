"""Every route lets in only those the access table names; a route that the table forgets fails here."""

from collections.abc import Iterator

import httpx2 as httpx
import pytest
from sqlmodel import Session
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from impact import web
from impact.db import Database, transaction
from impact.documents.receiving import receive
from impact.figures import Cell
from impact.models import Account
from impact.services import accounts, meetings
from impact.vocabulary import LinkPurpose
from impact.web import cookie, document
from tests import access
from tests.cast import ODILE, PICARDIE, REMI
from tests.impact import deposits
from tests.meetings import MEETING
from tests.pages.scenes import T1, TRAINED, validate
from tests.pages.test_access_pages import token_of
from tests.pieces import picture

ADDRESS = "http://127.0.0.1:8501"


def known_routes() -> set[str]:
    """« GET /path » of every route but the screens themselves, which the pages' part of the table names."""
    screens = {id(route.endpoint) for route in document.routes() if isinstance(route, Route)}
    found = set()
    for route in web.routes():
        assert isinstance(route, Route)
        if id(route.endpoint) not in screens and route.path != "/{path:stray}":
            found |= {f"{method} {route.path}" for method in route.methods or set() if method != "HEAD"}
    return found


def test_every_route_has_a_line_in_the_access_table() -> None:
    assert known_routes() == set(access.table()["routes"])


@pytest.fixture
def client(sqlite_db: Database) -> Iterator[TestClient]:
    app = Starlette(routes=web.routes(), middleware=web.middleware(), exception_handlers=web.exception_handlers)
    with TestClient(app, base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False) as started:
        yield started


def new_link() -> str:
    with transaction() as session:
        return accounts.new_link(session, "essai", _account(session), LinkPurpose.RESET).rsplit("/", 1)[-1]


def _account(session: Session) -> int:
    found = session.get_one(Account, REMI.id)
    assert found.id is not None
    return found.id


def is_refused(path: str, answer: httpx.Response) -> bool:
    sent_away = answer.is_redirect and answer.headers["location"].startswith("/connexion")
    wrong_password = path == "/connexion" and answer.status_code == 401
    return sent_away or (answer.status_code in (401, 403, 404) and not wrong_password)


@pytest.fixture
def open_piece(sqlite_db: Database) -> None:
    """A piece that whoever is signed in may open: of the network, behind a validated figure."""
    with transaction() as session:
        deposits.deposit(session, ODILE, [validate(session, Cell(PICARDIE, TRAINED, T1), valeur="10")], picture())


@pytest.fixture
def document_of_a_meeting(sqlite_db: Database) -> None:
    with transaction() as session, receive(picture(), "plan.png") as file:
        meetings.add_document(session, ODILE, meetings.hold_meeting(session, ODILE, MEETING), "Plan", stored=file)


@pytest.mark.usefixtures("open_piece", "document_of_a_meeting")
@pytest.mark.parametrize("line", access.table()["routes"])
def test_a_route_lets_in_those_the_table_names(client: TestClient, line: str) -> None:
    method, path = line.split(" ", 1)
    let_in = set()
    for who in access.PEOPLE:
        where = path.replace("{kind}", "entries").replace("{token}", new_link())
        where = where.replace("{region}", PICARDIE).replace("{number}", "1").replace("{page}", "1")
        where = where.replace("{meeting}", "1")
        client.cookies.clear()
        client.cookies.set(cookie.name(), token_of(who))
        answer = client.request(method, where, headers={"Origin": ADDRESS})
        assert answer.status_code < 500, answer.text
        if not is_refused(path, answer):
            let_in.add(who)
    # Signing out leads to the sign-in page, for whoever does it.
    expected = set() if line == "POST /deconnexion" else set(access.table()["routes"][line])
    assert let_in == expected
