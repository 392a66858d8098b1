"""A file is known by its content, named for people, and leaves nothing behind that was not stored."""

import hashlib
import io
import os
import time
from pathlib import Path

import pytest

from impact.documents import confined, receiving
from impact.documents.inspection import inspect
from impact.documents.kinds import MEDIA_TYPES
from impact.documents.naming import cleaned
from impact.documents.receiving import LARGEST, receive
from impact.documents.store import DRAFT, incoming
from impact.errors import ImpactError, Refused
from tests import pieces

PAGES = {"pdf": 1, "png": 1, "jpg": 1, "csv": 0, "xlsx": 0, "docx": 0}


@pytest.mark.parametrize("extension", MEDIA_TYPES)
def test_every_accepted_kind_is_known_by_its_content_whatever_its_name(extension: str) -> None:
    content = pieces.sound()[extension]
    with receive(io.BytesIO(content), "dossier/étude.exe") as received:
        assert (received.extension, received.media_type) == (extension, MEDIA_TYPES[extension])
        assert received.name == f"étude.{extension}"
        assert received.pages == PAGES[extension]
        assert (received.sha256, received.size) == (hashlib.sha256(content).hexdigest(), len(content))
        assert received.path.read_bytes() == content
        assert received.path.stat().st_mode & 0o077 == 0
    assert list(incoming().iterdir()) == []


def test_the_pages_of_a_pdf_are_counted_up_to_a_limit_that_the_refusal_says() -> None:
    with receive(pieces.pdf(300), "a.pdf") as received:
        assert received.pages == 300
    with pytest.raises(Refused, match="301 pages ; au plus 300"):
        receive(pieces.pdf(301), "a.pdf")


@pytest.mark.parametrize("whole", [True, False], ids=["bytes", "stream"])
@pytest.mark.parametrize(("size", "words"), [(0, "vide"), (LARGEST + 1, "20,1 Mo ; au plus 20 Mo")])
def test_an_empty_or_too_large_file_is_refused_and_says_its_size(whole: bool, size: int, words: str) -> None:
    content = b"\0" * size
    with pytest.raises(Refused, match=words):
        receive(content if whole else io.BytesIO(content), "a.pdf")
    assert list(incoming().iterdir()) == []


class Endless(io.RawIOBase):
    """A sender that never ends, and cannot tell how long it is."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        self.given += size
        return b"x" * size


def test_a_sender_that_never_ends_is_read_no_further_than_the_limit() -> None:
    sender = Endless()
    with pytest.raises(Refused, match="au plus 20 Mo"):
        receive(sender, "a.pdf")  # type: ignore[arg-type]
    assert sender.given <= LARGEST + receiving.BLOCK
    assert list(incoming().iterdir()) == []


def test_a_stream_that_someone_has_read_before_is_received_whole() -> None:
    content = io.BytesIO(pieces.TABLE)
    content.read(12)
    with receive(content, "a.csv") as received:
        assert received.path.read_bytes() == pieces.TABLE


def test_what_a_killed_server_was_receiving_goes_at_the_next_file() -> None:
    old, recent = incoming() / f"{DRAFT}old", incoming() / f"{DRAFT}recent"
    for path in (old, recent):
        path.touch()
    os.utime(old, (time.time() - 2 * receiving.FORGOTTEN,) * 2)
    with receive(pieces.TABLE, "a.csv"):
        assert not old.exists()
        assert recent.exists()


def test_a_folder_that_takes_no_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "pieces").write_text("not a folder")
    with pytest.raises(ImpactError, match="n’a pas pu être reçu : "):
        receive(pieces.TABLE, "a.csv")


def test_a_child_that_takes_too_long_or_too_much_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(pieces.TABLE)
    with monkeypatch.context() as hurried:
        hurried.setattr(confined, "SECONDS", 0.0)
        with pytest.raises(Refused, match="trop de temps"):
            inspect(path)
    path.write_bytes(b"a;b\n" * (LARGEST // 4))
    with monkeypatch.context() as hurried:
        hurried.setattr(confined, "COMPUTING", 0.1)
        with pytest.raises(Refused, match="trop de temps"):
            inspect(path)
    monkeypatch.setattr(confined, "MEMORY", 40 * 1024 * 1024)
    with pytest.raises(Refused, match=r"trop de mémoire|interrompue"):
        inspect(path)


def test_only_some_files_are_read_at_the_same_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(pieces.TABLE)
    monkeypatch.setattr(confined, "PATIENCE", 0.01)
    taken = [confined._places.acquire() for _ in range(confined.AT_ONCE)]
    try:
        with pytest.raises(ImpactError, match="recommencez"):
            inspect(path)
    finally:
        for _ in taken:
            confined._places.release()
    assert inspect(path).extension == "csv"


def test_the_child_knows_nothing_of_the_servers_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}

    def started(command: list[str], **options: object) -> None:
        seen.update(options)
        raise OSError(11, "")

    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setattr(confined.subprocess, "Popen", started)
    (tmp_path / "a.csv").write_bytes(pieces.TABLE)
    with pytest.raises(ImpactError, match="n’a pas pu être examiné"):
        inspect(tmp_path / "a.csv")
    assert seen["env"] == {}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Ada\\Étude.PDF", "Étude.pdf"),
        ("facture.pdf.exe", "facture.pdf"),
        ("rapport v1.2", "rapport v1.2.pdf"),
        ("photo\u202egnp.exe", "photognp.pdf"),
        ("a\0b\r\nc\t d.pdf", "ab c d.pdf"),
        ("e\u0301tude.pdf", "étude.pdf"),
        ("", "document.pdf"),
        ("...", "document.pdf"),
        (".pdf", "document.pdf"),
        ("dossier/", "document.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("lpt1.tar.pdf", "_lpt1.tar.pdf"),
        ('a<b>:"c|?*.pdf', "a_b___c___.pdf"),
        ("\ud800a.pdf", "a.pdf"),
        ("=cmd.csv", "=cmd.pdf"),
    ],
)
def test_a_name_is_for_display_only(name: str, shown: str) -> None:
    assert cleaned(name, "pdf") == shown


def test_a_long_name_keeps_the_extension() -> None:
    assert cleaned("é" * 300 + ".docx", "docx") == "é" * 115 + ".docx"
