"""A small campaign for the screens that show figures, and the way to look at one of them as somebody.

Picardie (FOR): 10 people trained in T1, 15 in T2, both validated; 20 submitted for T3. Midi-Pyrénées (PRE): 9 of 22
enterprises in T1, 13 of 23 in T2, validated; a draft for T3; 3 of 7 evaluations followed up, 5 indicators in common.
"""

import re
from typing import Any

import pytest
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from impact import rules
from impact.db import transaction
from impact.figures import Cell
from impact.models import Account
from impact.permissions import Actor
from impact.queries.book import Book
from impact.services import accounts, reviews, submission
from impact.services.entries import save_entry
from impact.settings import ROOT
from impact.ui import identity
from tests.cast import ADA, CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE

T1, T2, T3, S1 = (f"2010-2011-{short}" for short in ("T1", "T2", "T3", "S1"))
LINKED = {"source": "Registre", "famille_methode": "registre", "lien_preuve": "https://exemple.org/piece.pdf"}
TRAINED, MEASURING = "FOR-04", "PRE-03"


def save(session: Session, actor: Actor, cell: Cell, **fields: str) -> Cell:
    draft, problems = rules.read_draft(Book(session).definition(cell.indicator), cell, fields)
    assert draft is not None, problems
    save_entry(session, actor, draft)
    return cell


def submit(session: Session, actor: Actor, cell: Cell, **fields: str) -> Cell:
    submission.submit_cells(session, actor, [save(session, actor, cell, **fields)])
    return cell


def validate(session: Session, cell: Cell, **fields: str) -> Cell:
    """Entered by the national office, deadline or not; validated by somebody else."""
    submit(session, ODILE, cell, **fields)
    reviews.validate(session, ADA, [cell])
    return cell


def furnish() -> None:
    with transaction() as session:
        validate(session, Cell(PICARDIE, TRAINED, T1), valeur="10", **LINKED)
        validate(session, Cell(PICARDIE, TRAINED, T2), valeur="15")
        submit(session, KARIM, Cell(PICARDIE, TRAINED, T3), valeur="20", **LINKED)
        validate(session, Cell(MIDI_PYRENEES, MEASURING, T1), numerateur="9", denominateur="22", **LINKED)
        validate(session, Cell(MIDI_PYRENEES, MEASURING, T2), numerateur="13", denominateur="23", **LINKED)
        save(session, CLAIRE, Cell(MIDI_PYRENEES, MEASURING, T3), numerateur="14", denominateur="23")
        validate(session, Cell(MIDI_PYRENEES, "PRE-12", S1), numerateur="3", denominateur="7", **LINKED)
        validate(session, Cell(MIDI_PYRENEES, "PRE-05", S1), valeur="5", **LINKED)


def look(monkeypatch: pytest.MonkeyPatch, page: str, who: Actor, **address: str) -> AppTest:
    """The page as that person sees it at that address, without error."""
    with transaction() as session:
        token = accounts.open_session(session, session.get_one(Account, who.id), "127.0.0.1")
    monkeypatch.setattr(identity, "token", lambda: token)
    seen = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=20)
    for name, code in address.items():
        seen.query_params[name] = code
    return run(seen)


def run(seen: AppTest) -> AppTest:
    seen.run()
    assert not seen.exception
    return seen


def opened(seen: AppTest, panel: str) -> AppTest:
    """The same page once « Voir les données » or « Expliquer ce nombre » is open. panel: the key of its widget."""
    seen.session_state[panel] = True
    return run(seen)


def html(seen: AppTest) -> str:
    """Without the style sheet, which has sentences of its own."""
    return "\n".join(text for text in (str(one.value) for one in seen.html) if not text.startswith("<style"))


def sections(seen: AppTest) -> list[str]:
    """Titles of the parts of the page."""
    return [_plain(title) for title in re.findall(r"<h2>(.*?)</h2>", html(seen))]


def words(seen: AppTest) -> str:
    """Every text of the page, spaces made plain."""
    told = [html(seen), *(str(one.value) for kind in (seen.title, seen.header, seen.markdown) for one in kind)]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", "\n".join(told)))


def rows(seen: AppTest, caption: str) -> dict[str, str]:
    """A table's rows by the text of their header cell."""
    tables = re.findall(r"<table.*?</table>", html(seen), re.S)
    (found,) = [table for table in tables if re.search(rf"<caption[^>]*>{re.escape(caption)}", table)]
    return {_head(row): _plain(row) for row in re.findall(r"<tr>(.*?)</tr>", found.split("<tbody>")[1], re.S)}


def _head(row: str) -> str:
    match = re.search(r'<th scope="row"[^>]*>(.*?)</th>', row, re.S)
    assert match is not None
    return _plain(match[1])


def _plain(text: str) -> str:
    """Without what only a phone shows."""
    text = re.sub(r'<span class="imp-short">.*?</span>', "", text)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


def charts(seen: AppTest) -> list[Any]:
    return list(seen.get("plotly_chart"))
