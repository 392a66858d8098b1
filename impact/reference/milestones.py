"""The country's first milestones, as data/milestones.csv has them. A row is never rewritten once it is loaded."""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact import clock
from impact.models import Milestone
from impact.settings import DATA
from impact.vocabulary import NATIONAL_CODE

Named = tuple[str, str]
"""Kind and name: what makes a row of the file the same one as before."""


@cache
def source(path: Path = DATA / "milestones.csv") -> dict[Named, date]:
    """The planned day of each."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (line["kind"], line["name"].replace("'", "’")): date.fromisoformat(line["planned_on"])
            for line in csv.DictReader(file)
        }


def put(session: Session) -> None:
    """Add the rows that are not there yet, numbered after those of the national office."""
    known = {_named(row) for row in _stored(session)}
    every = select(sa.func.max(Milestone.number)).where(Milestone.region_code == NATIONAL_CODE)
    number = session.exec(every).one() or 0
    for (kind, name), planned in source().items():
        if (kind, name) not in known:
            number += 1
            row = Milestone(
                region_code=NATIONAL_CODE, number=number, kind=kind, name=name, planned_on=planned,
                set_at=clock.now(session),
            )  # fmt: skip
            session.add(row)
    session.flush()


def milestone_faults(session: Session) -> Iterator[str]:
    """One sentence for each row that the database tells otherwise, or not at all, and for each that nobody set and that
    the file does not know."""
    stored = {_named(row): row.planned_on for row in _stored(session)}
    for named in source().keys() | stored.keys():
        if stored.get(named) != source().get(named):
            said = f"{source().get(named, 'rien')} dans data/milestones.csv, {stored.get(named, 'rien')} dans la base"
            yield f"Jalon national « {named[1]} » : {said}."


def _stored(session: Session) -> list[Milestone]:
    query = select(Milestone).where(Milestone.region_code == NATIONAL_CODE, col(Milestone.set_by).is_(None))
    return list(session.exec(query.order_by(col(Milestone.number))))


def _named(row: Milestone) -> Named:
    return str(row.kind), row.name
