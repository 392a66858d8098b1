"""No file brings the server down, runs anywhere, or stays: each is refused in words, or shown as pixels and cells."""

import io
import re
import tempfile
import threading
import time
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from impact.documents import confined, previews
from impact.documents.kinds import MEDIA_TYPES
from impact.documents.previews import AS_IMAGE
from impact.documents.receiving import Received, receive
from impact.documents.store import store
from impact.errors import Refused
from tests.faults import hostile

GENEROUS = 30.0
"""Seconds on a busy machine for a child to be started and ended; the limit proper is the child's."""
REFUSED, HARMLESS, EITHER = hostile.refused(), hostile.harmless(), hostile.either()


@pytest.fixture(autouse=True)
def nothing_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Whatever happened, folders are as they were, and the server's process goes on with as many threads."""
    elsewhere = tmp_path / "tmp"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    threads = threading.active_count()
    start = time.monotonic()
    yield
    assert time.monotonic() - start < GENEROUS
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert threading.active_count() <= threads
    taken = [confined._places.acquire(blocking=False) for _ in range(confined.AT_ONCE)]
    assert all(taken)
    for _ in taken:
        confined._places.release()


def shown(received: Received) -> None:
    """What people see is a PNG with nothing but pixels, or cells of plain text."""
    assert MEDIA_TYPES[received.extension] == received.media_type
    if received.extension in AS_IMAGE:
        drawing = previews.page_image(received.path, received.extension, 1)
        with Image.open(io.BytesIO(drawing), formats=("PNG",)) as image:
            image.load()
            assert image.info.keys() <= {"dpi"}
            assert image.size[0] <= 1000
            assert image.size[1] <= 4000
        assert b"script" not in drawing
    elif received.extension == "csv":
        found = previews.table(received.path)
        assert len(found.rows) <= 100
        for cell in (cell for row in found.rows for cell in row):
            assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in cell)


def test_there_are_enough_of_them() -> None:
    assert len(REFUSED) + len(HARMLESS) + len(EITHER) >= 100


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_words(name: str) -> None:
    make, words = REFUSED[name]
    with pytest.raises(Refused) as refusal:
        receive(io.BytesIO(make()), "preuve.pdf")
    said = str(refusal.value)
    assert re.search(words, said), said
    assert "Traceback" not in said
    assert said[0].isupper()
    assert said.endswith(".")


@pytest.mark.parametrize("name", HARMLESS)
def test_what_can_run_nowhere_is_let_in_and_shown_without_it(name: str) -> None:
    with receive(io.BytesIO(HARMLESS[name]()), "preuve.exe") as received:
        shown(received)


@pytest.mark.parametrize("name", EITHER)
def test_a_doubtful_file_is_refused_or_shown(name: str) -> None:
    with suppress(Refused), receive(io.BytesIO(EITHER[name]()), "preuve.png") as received:
        shown(received)


@pytest.mark.parametrize("name", hostile.NAMES)
def test_a_hostile_name_is_only_ever_words(name: str, tmp_path: Path) -> None:
    with receive(hostile.TABLE, name) as received:
        assert received.name.endswith(".csv")
        assert len(received.name) <= 120
        assert not set(received.name) & set('/\\<>:"|?*')
        assert all(unicodedata.category(letter)[0] != "C" for letter in received.name)
        assert not received.name.startswith(".")
        assert Path(received.name).name == received.name
        store().put(received.path, received.sha256)
    (tmp_path / "pieces" / received.sha256[:2] / received.sha256).unlink()
