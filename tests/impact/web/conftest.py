"""The server without Streamlit: the real gate and routes around stubs that stand where Streamlit's do."""

from collections.abc import Callable

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from impact import web
from impact.db import Database, transaction
from impact.models import Account
from impact.permissions import Actor
from impact.services import accounts

LOCAL = "http://127.0.0.1:8501"
Visit = Callable[..., TestClient]


async def reached(request: Request) -> Response:
    await request.body()
    return PlainTextResponse("Streamlit", headers={"x-said": request.headers.get("x-forwarded-user", "")})


async def socket(connection: WebSocket) -> None:
    """Sends back the account that the gate named, then every message that came through."""
    await connection.accept()
    await connection.send_text(connection.headers.get("x-impact-account", ""))
    async for message in connection.iter_bytes():
        await connection.send_bytes(message)


STREAMLIT = [
    WebSocketRoute("/_stcore/stream", socket),
    Route("/{path:path}", reached, methods=["GET", "POST", "PUT", "DELETE"]),
]


@pytest.fixture(scope="session")
def server() -> Starlette:
    return Starlette(
        routes=[*web.routes(), *STREAMLIT], middleware=web.middleware(), exception_handlers=web.exception_handlers
    )


@pytest.fixture
def visit(server: Starlette, sqlite_db: Database) -> Visit:
    """A browser at the furnished database; redirects are not followed. peer, url: where it connects from and to."""

    def browse(person: Actor | None = None, peer: str = "203.0.113.9", url: str = "http://testserver") -> TestClient:
        client = TestClient(server, url, follow_redirects=False, client=(peer, 50000), raise_server_exceptions=False)
        if person:
            carry(client, session_of(person))
        return client

    return browse


def carry(client: TestClient, token: str) -> None:
    """Give the browser this session cookie, as the server would have."""
    client.cookies.clear()
    client.cookies.set("impact_session", token, domain="testserver.local", path="/")


def session_of(person: Actor) -> str:
    with transaction() as session:
        account = session.get(Account, person.id)
        assert account is not None
        return accounts.open_session(session, account, "203.0.113.9")
