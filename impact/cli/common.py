"""What commands share: their options, and their way into the database."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from impact.errors import Refused

if TYPE_CHECKING:
    from sqlmodel import Session

    from impact.permissions import Actor

OPERATOR = "opérateur"
"""Who history names for commands without --as."""

Commands = Any
"""The object that argparse's add_subparsers returns; it has no public type."""


def command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], does: str
) -> argparse.ArgumentParser:
    """A new command with its help; `run` gets what was typed and returns the exit code."""
    new: argparse.ArgumentParser = commands.add_parser(name, help=does, description=does)
    new.set_defaults(run=run)
    return new


def add_account(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as", dest="account", metavar="EMAIL", required=True, help="compte au nom duquel l’écriture est enregistrée"
    )


def day(text: str) -> date:
    """An option's day; wrong usage otherwise."""
    from impact.exports import day as read

    try:
        return read(text)
    except Refused as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def require_installed() -> None:
    """Refused, with the command that mends it, where there is no database yet; none is made by the way.

    BadSettings where the key at hand is not that of its history: no command writes, saves or checks with another.
    """
    from impact import db, migrations
    from impact.queries.history import require_key
    from impact.settings import Settings

    path = Settings.from_env().sqlite_path
    if (path is not None and not path.exists()) or not migrations.is_installed(db.current()):
        raise Refused("La base n’est pas installée : lancez d’abord « python -m impact init ».")
    with db.reading() as session:
        require_key(session)


@contextmanager
def reading() -> Iterator[Session]:
    from impact import db

    require_installed()
    with db.reading() as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction for the whole command."""
    from impact import db

    require_installed()
    with db.transaction() as session:
        yield session


def acting(session: Session, asked: argparse.Namespace) -> Actor:
    """The account that --as names."""
    from impact.services import accounts

    return accounts.actor_by_email(session, asked.account)


def file_bytes(path: Path) -> bytes:
    """The file's bytes; one that is too large is not read."""
    from impact.causes import why
    from impact.imports import LARGEST_FILE

    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Refused(f"Le fichier « {path} » ne peut pas être lu : {why(error)}.") from None
