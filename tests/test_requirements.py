"""The locks say what the product runs on: all that is asked for, pinned and hashed, for every Python supported."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from impact.settings import ROOT

PAIRS = [("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt")]


def asked(file: Path) -> list[Requirement]:
    """The requirements that people wrote, those of included files too."""
    found: list[Requirement] = []
    for line in file.read_text().splitlines():
        if line.startswith("-r "):
            found += asked(file.with_name(line[3:].strip()))
        elif line and not line.startswith(("#", "-c ")):
            found.append(Requirement(line))
    return found


def locked(file: Path) -> dict[str, list[Requirement]]:
    """Pins by name; a package may have several, for different Pythons."""
    found: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^([a-z0-9][^\\\n]*?) \\$", file.read_text(), re.MULTILINE):
        pin = Requirement(line)
        found.setdefault(canonicalize_name(pin.name), []).append(pin)
    return found


def version(pin: Requirement) -> str:
    (only,) = pin.specifier
    assert only.operator == "=="
    return only.version


@pytest.mark.parametrize(("written", "lock"), PAIRS)
def test_everything_asked_for_is_locked_at_a_version_that_fits(written: str, lock: str) -> None:
    pins = locked(ROOT / lock)
    for requirement in asked(ROOT / written):
        found = pins.get(canonicalize_name(requirement.name), [])
        assert found, f"{requirement} is not in {lock}: make lock"
        assert all(requirement.specifier.contains(version(pin)) for pin in found), f"{requirement}: make lock"


def test_both_locks_agree() -> None:
    tools = locked(ROOT / "requirements-dev.txt")
    for name, pins in locked(ROOT / "requirements.txt").items():
        assert [str(pin) for pin in tools[name]] == [str(pin) for pin in pins], f"{name}: make lock"


@pytest.mark.parametrize("lock", [lock for _, lock in PAIRS])
def test_a_lock_is_hashed_and_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert text.count("--hash=sha256:") >= len(locked(ROOT / lock))
    assert re.findall(r"^(?:-|.*(?:://|@ |file:)).*$", re.sub(r"#.*", "", text), re.MULTILINE) == []
