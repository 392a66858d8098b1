"""What Streamlit keeps of a page belongs to the account that opened it, on the real server."""

from sqlmodel import Session
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from impact.db import Database, transaction
from impact.models import Account
from impact.permissions import Actor
from impact.services import accounts
from tests.cast import CLAIRE, KARIM
from tests.e2e import product


def cookie_of(server: product.Server, person: Actor) -> str:
    db = Database(server.env["IMPACT_DATABASE_URL"])
    with transaction(db) as session:
        token = accounts.open_session(session, account(session, person), "127.0.0.1")
    db.dispose()
    return token


def account(session: Session, person: Actor) -> Account:
    return session.get_one(Account, person.id)


def page_session(server: product.Server, cookie: str, wanted: str = "") -> str:
    """Open the page's socket, asking for an earlier Streamlit session; the id of the one that was given."""
    protocols = ["streamlit", "x", *([wanted] if wanted else [])]
    url = server.url.replace("http", "ws", 1) + "/_stcore/stream"
    headers = {"Cookie": f"impact_session={cookie}", "Origin": server.url}
    with connect(url, additional_headers=headers, subprotocols=protocols, proxy=None) as socket:  # type: ignore[arg-type]
        socket.send(BackMsg(rerun_script=ClientState()).SerializeToString())
        return session_id(socket)


def session_id(socket: ClientConnection) -> str:
    while True:
        message = ForwardMsg.FromString(bytes(socket.recv(timeout=20)))  # type: ignore[arg-type]
        if message.WhichOneof("type") == "new_session":
            return str(message.new_session.initialize.session_id)


def test_a_page_is_resumed_by_its_owner_and_by_nobody_who_learns_its_id(server: product.Server) -> None:
    claire, karim = cookie_of(server, CLAIRE), cookie_of(server, KARIM)
    opened = page_session(server, claire)
    assert page_session(server, karim, wanted=opened) != opened
    assert page_session(server, claire, wanted=opened) == opened
