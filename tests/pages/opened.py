"""Pages opened in the name of somebody of the cast, as their browser would."""

from collections.abc import Callable

import pytest
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from impact import rules
from impact.db import transaction
from impact.figures import Cell
from impact.models import Account, Entry
from impact.permissions import Actor
from impact.queries.book import Book
from impact.services import accounts, submission
from impact.services.entries import save_entry
from impact.settings import ROOT
from impact.ui import identity

Open = Callable[..., AppTest]


def opener(monkeypatch: pytest.MonkeyPatch) -> Open:
    """open(page, person, **parameters of the address): a new browser tab, run once."""

    def open_page(page: str, person: Actor, **parameters: str) -> AppTest:
        become(monkeypatch, person)
        seen = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=20)
        for name, code in parameters.items():
            seen.query_params[name] = code
        return checked(seen.run())

    return open_page


def become(monkeypatch: pytest.MonkeyPatch, person: Actor) -> None:
    """From now on pages run in this person's name; AppTest knows no cookies."""
    with transaction() as session:
        token = accounts.open_session(session, session.get_one(Account, person.id), "127.0.0.1")
    monkeypatch.setattr(identity, "token", lambda: token)


def checked(seen: AppTest) -> AppTest:
    assert not seen.exception, seen.exception
    return seen


def texts(seen: AppTest) -> str:
    """Everything that the page says, in one string; narrow spaces made plain, the style sheet left out."""
    said = [
        *seen.title,
        *seen.header,
        *seen.subheader,
        *seen.html,
        *seen.markdown,
        *seen.error,
        *seen.warning,
        *seen.info,
        *seen.success,
    ]
    told = "\n".join(text for text in (str(one.value) for one in said) if not text.startswith("<style"))
    return told.replace("\u202f", " ").replace("\u00a0", " ")


def stored(cell: Cell) -> Entry | None:
    with transaction() as session:
        return session.get(Entry, cell)


def save(person: Actor, cell: Cell, **fields: str) -> None:
    """As if typed and saved in another browser."""
    with transaction() as session:
        _save(session, person, cell, fields)


def _save(session: Session, person: Actor, cell: Cell, fields: dict[str, str]) -> None:
    entry = session.get(Entry, cell)
    definition = Book(session).definition(cell.indicator)
    draft, problems = rules.read_draft(definition, cell, fields, entry.version if entry else 0)
    assert draft, problems
    save_entry(session, person, draft)


def submit(person: Actor, *cells: Cell, **fields: str) -> None:
    """Saved and submitted by this person."""
    with transaction() as session:
        for cell in cells:
            _save(session, person, cell, fields)
        submission.submit_cells(session, person, cells)
