"""Fixtures of the pages' tests: a visit in somebody's name, in a session that is really open."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from impact.db import Database
from impact.permissions import Actor
from tests.pages.opened import checked, opener

Visit = Callable[..., AppTest]
drawn = checked


@pytest.fixture
def visit(sqlite_db: Database, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """visit(person, page, **query): the page, drawn once. The last person visiting is the one signed in."""
    open_page = opener(monkeypatch)

    def visited(person: Actor, page: str, **query: str) -> AppTest:
        return open_page(page, person, **query)

    return visited


def text_of(seen: AppTest) -> str:
    """Everything that the page says in its own HTML, tables included, as it is sent."""
    return "\n".join(str(element.value) for element in seen.get("html"))
