"""Nothing of the product is reached without a live session."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

from impact import clock
from impact.db import transaction
from impact.services import accounts
from impact.web import address
from tests.cast import ADA, CLAIRE, DIDIER, ODILE
from tests.impact.web.conftest import Visit, carry, session_of


def click() -> bytes:
    return BackMsg(rerun_script=ClientState(query_string="a=1", fragment_id="abc")).SerializeToString()


def closed_with(client: TestClient, **headers: str) -> int:
    with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect("/_stcore/stream", headers=headers):
        pass
    return int(closed.value.code)


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/", "/connexion"),
        ("/saisie", "/connexion?next=/saisie"),
        ("/saisie?region=73&p=%C3%A9", "/connexion?next=/saisie%3Fregion%3D73%26p%3D%25C3%25A9"),
        ("/mot-de-passe", "/connexion?next=/mot-de-passe"),
        ("//evil.example/x", "/connexion"),
        ("/robots.txt", "/connexion?next=/robots.txt"),
    ],
)
def test_a_stranger_is_led_to_sign_in_and_back(visit: Visit, path: str, target: str) -> None:
    answer = visit().get(f"http://testserver{path}")
    assert (answer.status_code, answer.headers["location"]) == (303, target)


@pytest.mark.parametrize("path", ["/media/abc.csv", "/_stcore/health", "/_stcore/host-config", "/component/x/y"])
def test_a_stranger_gets_no_media_and_nothing_of_streamlit(visit: Visit, path: str) -> None:
    assert visit().get(path).status_code == 401
    assert visit().put(path, content=b"x").status_code == 401


def test_a_stranger_gets_the_scripts_and_fonts_that_hold_no_data(visit: Visit) -> None:
    assert visit().get("/static/js/index.js").text == "Streamlit"
    assert visit().get("/static/../media/x").status_code in (303, 401)


def test_a_stranger_opens_no_socket(visit: Visit) -> None:
    assert closed_with(visit()) == 1008


@pytest.mark.parametrize("path", ["metrics", "agent/interact", "agent/mcp"])
def test_metrics_and_agents_are_nobodys(visit: Visit, path: str) -> None:
    for client in (visit(), visit(ADA)):
        assert client.get(f"/_stcore/{path}").status_code == 404
        assert client.post(f"/_stcore/{path}").status_code == 404
        assert client.put(f"/_stcore/{path}", content=b"x").status_code == 404


@pytest.mark.parametrize("path", ["/auth/login", "/auth/logout", "/oauth2callback"])
def test_nobody_signs_in_through_streamlit(visit: Visit, path: str) -> None:
    assert visit(ADA).get(path).status_code == 404


def test_a_signed_in_person_reaches_streamlit(visit: Visit) -> None:
    assert visit(CLAIRE).get("/media/abc.csv").text == "Streamlit"


def test_nobody_names_themselves_in_a_header(visit: Visit) -> None:
    client = visit(CLAIRE)
    assert client.get("/media/x", headers={"X-Forwarded-User": "ada"}).headers["x-said"] == ""
    with client.websocket_connect("/_stcore/stream", headers={"X-Impact-Account": str(ADA.id)}) as socket:
        assert socket.receive_text() == str(CLAIRE.id)


def test_a_made_up_cookie_opens_nothing(visit: Visit) -> None:
    client = visit()
    carry(client, "x" * 43)
    assert client.get("/media/x").status_code == 401
    assert closed_with(client) == 1008


def test_another_site_neither_posts_nor_opens_a_socket(visit: Visit) -> None:
    client = visit(CLAIRE)
    for origin in ("https://evil.example", "null", "http://testserver.evil.example"):
        assert client.post("/deconnexion", headers={"Origin": origin}).status_code == 403
        assert client.put("/media/x", headers={"Origin": origin}).status_code == 403
        assert closed_with(client, Origin=origin) == 1008
    assert client.post("/deconnexion", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.get("/media/x").status_code == 200


def test_the_public_address_is_an_origin_of_ours_behind_a_proxy(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_PUBLIC_URL", "https://impact.example.org")
    answer = visit().post("/deconnexion", headers={"Origin": "https://impact.example.org"})
    assert answer.status_code == 303


def test_a_click_after_the_session_ended_runs_neither_callback_nor_fragment(visit: Visit) -> None:
    client = visit(CLAIRE)
    with client.websocket_connect("/_stcore/stream") as socket:
        socket.receive_text()
        socket.send_bytes(click())
        assert socket.receive_bytes() == click()
        with transaction() as session:
            accounts.disable(session, ADA, CLAIRE.id)
        socket.send_bytes(click())
        passed_on = BackMsg.FromString(socket.receive_bytes())
    assert passed_on == BackMsg(rerun_script=ClientState())


def test_messages_that_no_browser_sends_are_dropped(visit: Visit) -> None:
    with visit(ADA).websocket_connect("/_stcore/stream") as socket:
        socket.receive_text()
        socket.send_bytes(BackMsg(clear_cache=True).SerializeToString())
        socket.send_bytes(BackMsg(debug_shutdown_runtime=True).SerializeToString())
        socket.send_bytes(b"")
        socket.send_text("rerun_script {}")
        socket.send_bytes(click())
        assert socket.receive_bytes() == click()


def test_a_session_ends_after_eight_idle_hours_and_after_seven_days(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, start = visit(ODILE), clock.real_now()

    def status_after(elapsed: timedelta) -> int:
        monkeypatch.setattr(clock, "real_now", lambda: start + elapsed)
        return client.get("/media/x").status_code

    for hours in range(7, 7 * 24, 7):
        assert status_after(timedelta(hours=hours)) == 200
    assert status_after(timedelta(days=7)) == 401
    carry(client, session_of(ODILE))
    assert status_after(timedelta(days=7, hours=7, minutes=59)) == 200
    assert status_after(timedelta(days=7, hours=16)) == 401


def test_a_disabled_account_has_no_session_left(visit: Visit) -> None:
    with pytest.raises(accounts.BadCredentials):
        session_of(DIDIER)
    client = visit(CLAIRE)
    with transaction() as session:
        accounts.disable(session, ADA, CLAIRE.id)
        accounts.enable(session, ADA, CLAIRE.id)
    assert client.get("/media/x").status_code == 401


@pytest.mark.parametrize("text", ["https://evil.example", "//evil.example", "/\\evil.example", "x", "", "/a\nb", "/é"])
def test_nobody_is_sent_to_another_site(text: str) -> None:
    assert address.local_path(text) == "/"


def test_a_path_of_ours_is_kept_with_its_query() -> None:
    assert address.local_path("/region?region=73") == "/region?region=73"


def test_the_forwarded_address_counts_only_from_a_proxy_on_this_machine() -> None:
    def seen(peer: str) -> str:
        said = [(b"x-forwarded-for", b"6.6.6.6, 198.51.100.4, 127.0.0.1")]
        return address.client_address({"type": "http", "client": (peer, 1), "headers": said})

    assert seen("127.0.0.1") == "198.51.100.4"
    assert seen("203.0.113.9") == "203.0.113.9"
