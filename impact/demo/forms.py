"""What the demonstration's people type goes through the same rules as a form's fields."""

from collections.abc import Mapping
from typing import Any, TypeVar

from impact.errors import Problem, Refused

Read = TypeVar("Read")


def accepted(read: tuple[Read | None, list[Problem]]) -> Read:
    """What a rule read; Refused with all that it found wrong: the script is to be mended."""
    found, problems = read
    if found is None or problems:
        raise Refused(problems)
    return found


def texts(fields: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in fields.items()}
