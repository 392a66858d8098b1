"""Visiting a page as a person: the page runs without a browser, in a session that is really open."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from impact.db import Database, transaction
from impact.models import Account
from impact.permissions import Actor
from impact.services import accounts
from impact.settings import ROOT
from impact.ui import identity

Visit = Callable[..., AppTest]


@pytest.fixture
def visit(sqlite_db: Database, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """visit(person, page, **query): the page, drawn once for that person, with that query in its address.

    The last person visiting is the one signed in.
    """

    def visited(person: Actor, page: str, **query: str) -> AppTest:
        with transaction() as session:
            token = accounts.open_session(session, session.get_one(Account, person.id), "127.0.0.1")
        monkeypatch.setattr(identity, "token", lambda: token)
        seen = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=30)
        for name, value in query.items():
            seen.query_params[name] = value
        return drawn(seen.run())

    return visited


def drawn(seen: AppTest) -> AppTest:
    """The page, which raised nothing."""
    assert not seen.exception, [error.value for error in seen.exception]
    return seen


def text_of(seen: AppTest) -> str:
    """Everything that the page says in its own HTML, tables included."""
    return "\n".join(str(element.value) for element in seen.get("html"))
