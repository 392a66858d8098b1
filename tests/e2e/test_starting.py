"""However the product is started, it is the same and equally protected; what it refuses, it says in one sentence."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest

from impact.settings import ROOT
from tests import databases
from tests.cast import ODILE, PASSWORD
from tests.e2e import product

WAYS = {
    "python app.py": ("app.py",),
    "streamlit run app.py": ("-m", "streamlit", "run", "app.py"),
    "uvicorn app:app": ("-m", "uvicorn", "app:app", "--host", "127.0.0.1", "--port", "{port}"),
}
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture(scope="module", params=WAYS)
def started(
    request: pytest.FixtureRequest, sqlite_mould: databases.SqliteMould, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[product.Server]:
    folder = tmp_path_factory.mktemp("started")
    url = sqlite_mould.copy_to(folder / "impact.db")
    with product.serving(folder, url, WAYS[request.param]) as server:
        yield server


def client(server: product.Server) -> httpx.Client:
    return httpx.Client(base_url=server.url, trust_env=False)


@pytest.mark.parametrize("path", ["/", "/vue_nationale", "/saisie?region=22", "/comptes"])
def test_a_stranger_is_led_to_the_sign_in_page(started: product.Server, path: str) -> None:
    with client(started) as http:
        answer = http.get(path)
    assert answer.status_code == httpx.codes.SEE_OTHER
    assert answer.headers["location"].startswith("/connexion")


@pytest.mark.parametrize("path", ["/media/0123.csv", "/telechargement/entries.csv"])
def test_a_stranger_gets_no_file(started: product.Server, path: str) -> None:
    with client(started) as http:
        assert http.get(path).status_code == httpx.codes.UNAUTHORIZED


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/interact"])
def test_nobody_gets_at_the_servers_inside(started: product.Server, path: str) -> None:
    with client(started) as http:
        assert http.get(path).status_code == httpx.codes.NOT_FOUND


def test_a_stranger_sends_no_file(started: product.Server) -> None:
    with client(started) as http:
        sent = http.put("/_stcore/upload_file/a/b", files={"file": b"%PDF-1.4"}, headers={"origin": started.url})
    assert sent.status_code == httpx.codes.UNAUTHORIZED


def test_a_stranger_gets_no_socket(started: product.Server) -> None:
    with client(started) as http:
        assert http.get("/_stcore/stream", headers=UPGRADE).status_code == httpx.codes.FORBIDDEN


def test_somebody_who_signed_in_gets_the_pages_and_a_socket(started: product.Server) -> None:
    with client(started) as http:
        answer = http.post("/connexion", data={"email": ODILE.email, "password": PASSWORD})
        assert answer.status_code == httpx.codes.SEE_OTHER
        assert http.get("/vue_nationale").status_code == httpx.codes.OK
        with http.stream("GET", "/_stcore/stream", headers=UPGRADE) as socket:
            assert socket.status_code == httpx.codes.SWITCHING_PROTOCOLS


def test_an_empty_database_is_installed_at_start_and_the_code_is_on_the_console(empty_server: product.Server) -> None:
    assert f"{empty_server.url}/installation" in empty_server.said()
    assert "code d’installation" in empty_server.said()
    with client(empty_server) as http:
        assert http.get("/").headers["location"].startswith(("/installation", "/connexion"))
        assert http.get("/installation").status_code == httpx.codes.OK


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IMPACT_DATABASE_URL", "mysql://root:secret@hote/base"),
        ("STREAMLIT_SERVER_PORT", "huit"),
    ],
)
def test_nonsense_in_the_environment_stops_the_server_with_one_sentence(tmp_path: Path, name: str, value: str) -> None:
    env = product.environment(tmp_path, f"sqlite:///{tmp_path / 'a.db'}", product.free_port()) | {name: value}
    ended = subprocess.run([sys.executable, "app.py"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert ended.returncode != os.EX_OK
    (sentence,) = ended.stderr.strip().splitlines()
    assert sentence.startswith("Le serveur ne démarre pas.")
    assert name in sentence
    assert "secret" not in sentence
