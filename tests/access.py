"""The access table and the people it speaks of."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.cast import ADA, CLAIRE, DIDIER, KARIM, ODILE, REMI

PEOPLE = {
    "region": KARIM, "other": CLAIRE, "national": ODILE, "admin": ADA, "reader": REMI, "disabled": DIDIER,
    "stranger": None,
}  # fmt: skip
"""Of a figure of Picardie."""

SIGNED_IN = ("region", "other", "national", "admin", "reader")


@cache
def table() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "access.yaml").read_text(encoding="utf-8"))
    return loaded


def cases(part: str, people: tuple[str, ...] = tuple(PEOPLE)) -> list[tuple[str, str, bool]]:
    """(what, who, may they) of every line of a part of the table."""
    return [(what, who, who in allowed) for what, allowed in table()[part].items() for who in people]
