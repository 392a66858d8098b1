"""Refusals. str(error) is the French sentence shown to the user."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


class ImpactError(Exception):
    """Something was refused and nothing was written."""


class Forbidden(ImpactError):
    """The actor's role or region does not allow this."""


class NotFound(ImpactError):
    """A code, an address or a link that names nothing."""


class AlreadyDone(ImpactError):
    """The same form was sent twice; the first sending counted."""


class BadSettings(ImpactError):
    """An environment variable or the machine does not allow the product to start."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: `field` is a form field's or column's name, `where` names the figure or row."""

    message: str
    field: str = ""
    where: str = ""

    def __str__(self) -> str:
        return f"{self.where} : {self.message}" if self.where else self.message


class Refused(ImpactError):
    """Input that cannot be accepted; carries every problem at once."""

    def __init__(self, problems: Sequence[Problem] | str):
        self.problems = (Problem(problems),) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Incomplete(Refused):
    """A sheet was submitted with cells missing; `ready` are the indicator codes that could go alone."""

    def __init__(self, problems: Sequence[Problem], ready: Sequence[str]):
        super().__init__(problems)
        self.ready = tuple(ready)


class StaleEntry(ImpactError):
    """Someone else changed the figure since the form was opened.

    stored, typed: dictionaries of the form's fields, so that the screen can show both and let the person choose.
    """

    def __init__(self, message: str, stored: dict[str, Any], typed: dict[str, Any], version: int):
        super().__init__(message)
        self.stored, self.typed, self.version = stored, typed, version
