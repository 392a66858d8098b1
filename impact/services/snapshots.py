"""Freezing figures: what a national meeting compared stays as it was compared, whatever is corrected later."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, select

from impact import clock
from impact.actions import ActionKey
from impact.confrontation import FEWEST, MOST, canonical, sealed
from impact.errors import Problem, Refused
from impact.formats import clean_prose, short_date
from impact.models import DataVersion, Snapshot
from impact.permissions import Actor, Right, require
from impact.queries import meetings
from impact.queries.confronted import confronted
from impact.services import history
from impact.services.meeting_facts import snapshot_facts
from impact.vocabulary import SnapshotKind

FREEZE = "freeze_snapshot"
LONGEST_TITLE = 200
LARGEST = 5_000_000
"""Characters of a content, at most: six actions of the whole catalogue over a campaign are some 200,000."""


def freeze(
    session: Session, actor: Actor, meeting: int, title: str, keys: Sequence[ActionKey], window: tuple[date, date],
    token: str = "",
) -> int:  # fmt: skip
    """Freeze two to six actions side by side over the periods that end in a window, both days included; its number.

    Validated plans and validated figures alone: a snapshot is for everybody. Raises Forbidden, NotFound, Refused
    (every problem at once), AlreadyDone.
    """
    require(actor, Right.MEETINGS)
    history.begin(session, token)
    meetings.meeting(session, meeting)
    start, end = window
    title = clean_prose(title, LONGEST_TITLE)
    if problems := _problems(title, keys, start, end):
        raise Refused(problems)
    content = confronted(session, keys, start, end)
    if len(canonical(content)) > LARGEST:
        raise Refused("La période est trop longue pour être figée d’un coup ; choisissez-en une plus courte.")
    last = session.exec(select(sa.func.max(Snapshot.number))).one() or 0
    row = Snapshot(
        number=last + 1, kind=SnapshotKind.COMPARISON.value, title=title, meeting_number=meeting, content=content,
        asked={"actions": [str(key) for key in keys], "start": start.isoformat(), "end": end.isoformat()},
        sha256=sealed(content), data_version=session.get_one(DataVersion, 1).number, taken_by=actor.id,
        taken_at=clock.now(session), taken_on=clock.today(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    subject = f"Confrontation {row.number}, « {title} »"
    history.record(session, actor, FREEZE, subject, after=snapshot_facts(row))
    return row.number


def _problems(title: str, keys: Sequence[ActionKey], start: date, end: date) -> list[Problem]:
    problems = [] if title else [Problem("« titre » : dites ce que la confrontation compare.", "titre")]
    if not FEWEST <= len(set(keys)) <= MOST:
        problems.append(Problem(f"« actions » : choisissez-en de {FEWEST} à {MOST}.", "actions"))
    if start > end:
        said = f"le {short_date(start)} est après le {short_date(end)}."
        problems.append(Problem(f"« période » : {said}", "periode"))
    return problems
