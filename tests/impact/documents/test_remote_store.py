"""A bucket keeps files as a folder does; when it is away, that is said within seconds."""

import hashlib
import logging
import socket
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from impact.documents import store as store_module
from impact.documents.receiving import receive
from impact.documents.store import Store, store
from impact.errors import ImpactError, NotFound
from tests import pieces
from tests.databases import missing

CONTENT = b"une etude\n" * 600_000  # more than one block
SHA = hashlib.sha256(CONTENT).hexdigest()
PREFIX = "national/pieces"
KEYS = {"AWS_ACCESS_KEY_ID": "cle", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an S3-compatible server of our own, on a free port of this machine."""
    try:
        from moto.server import ThreadedMotoServer
    except ImportError:
        missing("an S3 server (wheel moto[server])")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = ThreadedMotoServer("127.0.0.1", 0)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a new bucket, which the environment names."""
    name = f"seau-{uuid.uuid4().hex}"
    settled(monkeypatch, server, f"s3://{name}/{PREFIX}")
    store().files.mkdir(name)  # type: ignore[attr-defined]
    return name


def settled(monkeypatch: pytest.MonkeyPatch, endpoint: str, url: str, **keys: str) -> None:
    for key, value in (KEYS | keys).items():
        monkeypatch.setenv(key, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("IMPACT_EVIDENCE_URL", url)
    store_module._remote.cache_clear()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "recu"
    path.write_bytes(CONTENT)
    return path


def behind(kept: Store) -> Any:
    return kept.files  # type: ignore[attr-defined]


def test_a_file_is_stored_once_under_its_digest(bucket: str, file: Path) -> None:
    kept = store()
    assert not kept.has(SHA)
    assert kept.put(file, SHA)
    assert not kept.put(file, SHA)
    assert kept.has(SHA)
    assert behind(kept).cat_file(f"{bucket}/{PREFIX}/{SHA[:2]}/{SHA}") == CONTENT
    with kept.open(SHA) as found:
        assert found.read() == CONTENT
    assert kept.fault(SHA, len(CONTENT)) == ""
    with kept.local(SHA) as path:
        assert path.read_bytes() == CONTENT
    assert not path.exists()


def test_what_comes_in_goes_through_a_temporary_file_to_the_bucket(bucket: str) -> None:
    with receive(pieces.TABLE, "a.csv") as received:
        assert store().put(received.path, received.sha256)
    assert not received.path.exists()
    with store().open(received.sha256) as found:
        assert found.read() == pieces.TABLE


def test_a_missing_file_is_told(bucket: str) -> None:
    assert store().fault(SHA, len(CONTENT)) == "fichier absent"
    with pytest.raises(NotFound, match="manque"):
        store().open(SHA)
    with pytest.raises(NotFound, match="manque"), store().local(SHA):
        pass


@pytest.mark.parametrize("damage", [CONTENT[:-1], CONTENT[:-1] + b"X", b""], ids=["cut", "last byte", "emptied"])
def test_an_altered_file_is_told_and_put_right_when_it_is_sent_again(bucket: str, file: Path, damage: bytes) -> None:
    kept = store()
    kept.put(file, SHA)
    behind(kept).pipe_file(f"{bucket}/{PREFIX}/{SHA[:2]}/{SHA}", damage)
    assert kept.fault(SHA, len(CONTENT)) == "fichier altéré"
    assert kept.put(file, SHA)
    assert kept.fault(SHA, len(CONTENT)) == ""


def test_a_file_that_changed_after_it_was_hashed_is_not_stored(bucket: str, file: Path) -> None:
    file.write_bytes(b"autre chose")
    with pytest.raises(ImpactError, match="changé"):
        store().put(file, SHA)
    assert not store().has(SHA)


def test_no_other_name_leads_anywhere(bucket: str) -> None:
    with pytest.raises(NotFound):
        store().open("../x")


def test_a_bucket_that_does_not_exist_is_named(server: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch, server, "s3://seau-inconnu/x")
    with pytest.raises(ImpactError, match="seau nommé par IMPACT_EVIDENCE_URL n’existe pas"):
        store().put(file, SHA)


def test_a_server_that_is_away_is_told_within_seconds(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settled(monkeypatch, f"http://127.0.0.1:{port}", "s3://seau/x")
    start = time.monotonic()
    for act in (lambda: store().put(file, SHA), lambda: store().open(SHA), lambda: store().has(SHA)):
        with pytest.raises(ImpactError, match="le magasin de fichiers ne répond pas"):
            act()
    assert store().fault(SHA, 1) == "fichier illisible, le magasin de fichiers ne répond pas"
    assert time.monotonic() - start < 30


def test_the_server_starts_without_the_libraries_of_a_bucket(sqlite_db: object) -> None:
    """They take longer to import than all the rest."""
    import subprocess
    import sys

    code = "import sys, app, impact.documents.receiving, impact.documents.previews; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"s3fs", "botocore", "aiohttp"} & set(said) == set()
