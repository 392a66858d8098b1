"""What is stored is what was received, to the byte, or it is said."""

import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from impact.documents import local_store
from impact.documents.local_store import LocalStore
from impact.documents.store import store
from impact.errors import ImpactError, NotFound

CONTENT = b"une etude\n" * 1000
SHA = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "recu"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def kept(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "pieces")


def stored(kept: LocalStore) -> Path:
    return kept.folder / SHA[:2] / SHA


def test_the_default_is_a_folder_beside_the_database(tmp_path: Path, file: Path) -> None:
    assert store().put(file, SHA)
    assert (tmp_path / "pieces" / SHA[:2] / SHA).read_bytes() == CONTENT


def test_a_file_is_stored_once_readable_by_its_owner_alone(kept: LocalStore, file: Path) -> None:
    assert not kept.has(SHA)
    assert kept.put(file, SHA)
    assert not kept.put(file, SHA)
    assert kept.has(SHA)
    with kept.open(SHA) as found:
        assert found.read() == CONTENT
    with kept.local(SHA) as path:
        assert path.read_bytes() == CONTENT
    assert stored(kept).stat().st_mode & 0o777 == 0o600
    assert kept.folder.stat().st_mode & 0o077 == 0
    assert kept.fault(SHA, len(CONTENT)) == ""
    assert sorted(path for path in kept.folder.rglob("*") if path.is_file()) == [stored(kept)]


def test_a_missing_file_is_told(kept: LocalStore) -> None:
    assert kept.fault(SHA, len(CONTENT)) == "fichier absent"
    for act in (kept.open, lambda name: kept.local(name).__enter__()):
        with pytest.raises(NotFound, match="manque"):
            act(SHA)


@pytest.mark.parametrize("damage", [CONTENT[:-1], b"X" + CONTENT[1:], b""], ids=["cut", "one byte", "emptied"])
def test_an_altered_file_is_told_and_put_right_when_it_is_sent_again(
    kept: LocalStore, file: Path, damage: bytes
) -> None:
    kept.put(file, SHA)
    stored(kept).write_bytes(damage)
    assert kept.fault(SHA, len(CONTENT)) == "fichier altéré"
    assert kept.put(file, SHA)
    assert kept.fault(SHA, len(CONTENT)) == ""


def test_a_file_that_changed_after_it_was_hashed_is_not_stored(kept: LocalStore, file: Path) -> None:
    file.write_bytes(b"autre chose")
    with pytest.raises(ImpactError, match="changé"):
        kept.put(file, SHA)
    assert [path for path in kept.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["", "../x", "/etc/passwd", SHA[:-1], SHA.upper(), SHA + "\n"])
def test_no_other_name_leads_anywhere(kept: LocalStore, file: Path, name: str) -> None:
    for act in (kept.open, kept.has, lambda name: kept.put(file, name), lambda name: kept.fault(name, 1)):
        with pytest.raises(NotFound):
            act(name)


def failing(number: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "plein"), (errno.EROFS, "aucune écriture"), (errno.EACCES, "refusé")]
)
@pytest.mark.parametrize("step", ["shutil.copyfileobj", "os.fsync", "os.replace"])
def test_what_the_machine_lacks_is_told_and_leaves_nothing(
    kept: LocalStore, file: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, words: str
) -> None:
    module, name = step.split(".")
    monkeypatch.setattr(getattr(local_store, module), name, failing(number))
    with pytest.raises(ImpactError, match=f"rien n’a été enregistré.*{words}"):
        kept.put(file, SHA)
    assert [path for path in kept.folder.rglob("*") if path.is_file()] == []


def test_a_power_cut_after_the_put_loses_nothing(kept: LocalStore, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are flushed before the file gets its name, the folder after."""
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted(handle: int) -> None:
        steps.append(os.readlink(f"/proc/self/fd/{handle}"))
        fsync(handle)

    monkeypatch.setattr(local_store.os, "fsync", noted)
    monkeypatch.setattr(local_store.os, "replace", lambda *paths: (steps.append("rename"), replace(*paths)))
    kept.put(file, SHA)
    last = steps.index("rename")
    assert "/incoming/" in steps[last - 1]
    assert steps[last + 1] == str(stored(kept).parent)
    assert str(kept.folder) in steps
