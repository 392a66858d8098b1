"""Commands that act in somebody's name let in only those the access table names; one that it forgets fails here."""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from impact import rules
from impact.cli import main, parser
from impact.db import Database, reading, transaction
from impact.figures import Cell
from impact.models import History
from impact.queries.book import Book
from impact.services.entries import save_entry
from impact.services.submission import submit_cells
from tests import access
from tests.cast import KARIM, PICARDIE
from tests.impact.files import file_of, line

WAITING = Cell(PICARDIE, "FOR-02", "2010-2011-T3")


def aims(file: Path) -> Path:
    """A file of one target, beside that of figures."""
    path = file.with_name("cibles.csv")
    path.write_text(f"code_region,code_indicateur,cible,echeance\n{PICARDIE},FOR-04,120,2011-09-30\n")
    return path


WORDS: dict[str, Callable[[Path], list[str]]] = {
    "import": lambda file: ["import", str(file)],
    "review": lambda _: ["review", "--validate"],
    "targets": lambda file: ["targets", str(aims(file))],
    "mobilise": lambda _: ["mobilise", PICARDIE, "INN"],
    "reopen": lambda _: ["reopen", "2010-2011-T1", "--region", PICARDIE, "--until", "2011-08-01", "--why", "retard"],
}


def commands(top: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def test_every_command_in_somebodys_name_has_a_line_in_the_access_table() -> None:
    named = {name for name, command in commands(parser()) if "--as" in command._option_string_actions}
    assert named == set(access.table()["commands"]) == set(WORDS)


@pytest.fixture
def file(sqlite_db: Database, tmp_path: Path) -> Path:
    """A file of one figure of the region, beside one that waits for its review."""
    with transaction(sqlite_db) as session:
        _submit(session)
    path = tmp_path / "chiffres.csv"
    path.write_bytes(file_of([line(PICARDIE, "FOR-04", "T3", "5")]))
    return path


def _submit(session: Session) -> None:
    draft, _ = rules.read_draft(Book(session).definition(WAITING.indicator), WAITING, {"valeur": "3"})
    assert draft is not None
    save_entry(session, KARIM, draft)
    submit_cells(session, KARIM, [WAITING])


def acts() -> int:
    with reading() as session:
        return session.exec(select(func.count(col(History.seq)))).one()


@pytest.mark.parametrize(("name", "who", "may"), access.cases("commands"))
def test_a_command_is_for_those_the_table_names(
    file: Path, capsys: pytest.CaptureFixture[str], name: str, who: str, may: bool
) -> None:
    person = access.PEOPLE[who]
    before = acts()
    code = main([*WORDS[name](file), "--as", person.email if person else "inconnu@example.org"])
    said = capsys.readouterr()
    assert code == (0 if may else 1), said.err
    assert (acts() > before) is may, "refused means that nothing was written"
    assert may or said.out + said.err
