"""init: schema, reference data, demonstration."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from impact.cli.common import Commands, command

if TYPE_CHECKING:
    from sqlmodel import Session


def add(commands: Commands) -> None:
    init = command(commands, "init", run, "crée ou met à niveau la base et charge les données de référence")
    init.add_argument("--demo", action="store_true", help="ajoute la démonstration fictive à une base vide")


def run(asked: argparse.Namespace) -> int:
    from impact import migrations, reference
    from impact.db import current, transaction
    from impact.queries.history import require_key
    from impact.services import readings, rollup, stages
    from impact.settings import Settings

    if path := Settings.from_env().sqlite_path:
        path.parent.mkdir(parents=True, exist_ok=True)
    migrations.upgrade(current())
    with transaction() as session:
        require_key(session)
        reference.load(session)
        readings.settle(session)
        rollup.keep_up(session)
        stages.settle_all(session)
        if asked.demo:
            _demonstrate(session)
    print("La base est prête.")
    return 0


def _demonstrate(session: Session) -> None:
    """Fill an empty database; where the demonstration already is, there is nothing to do."""
    from impact import demo
    from impact.services import setup

    if not setup.is_demonstration(session):
        demo.fill(session)
