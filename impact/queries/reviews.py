"""The national office's queue of submitted figures, each with what a reviewer needs to decide."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact.errors import Problem
from impact.figures import Cell, Definition, Period
from impact.models import History
from impact.permissions import EVERYTHING, Actor, Right, require
from impact.proof import FIGURE
from impact.queries.authorship import Fall, lives
from impact.queries.book import Book
from impact.queries.catalogue import definitions
from impact.queries.figures import TABLE, narrowed
from impact.queries.views import EntryView, Past, entry_views, pasts
from impact.vocabulary import Status
from impact.workflow import Step

PAIR = {"numerator", "denominator"}
"""Compared together: one means nothing without the other."""
COMPARED = (*FIGURE, "reason", "method", "method_family", "population", "comment", "coverage_start", "coverage_end")


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """changes: facts that differ from the submission before this one, name -> (then, now); empty at a first one."""

    view: EntryView
    definition: Definition
    period: Period
    region_name: str
    past: Past
    """What the region said of earlier periods: what its value is compared with."""
    warnings: tuple[Problem, ...]
    changes: dict[str, tuple[Any, Any]]
    is_resubmission: bool
    own: bool
    """The actor entered or submitted it since its last validation: somebody else must validate it."""
    may_read: bool
    """The actor never was one of its authors: they may say that they read its evidence."""
    fall: Fall | None
    """Its evidence was read once, and the figure or its evidence is another one since."""


def review_queue(session: Session, actor: Actor) -> list[ReviewItem]:
    """Every submitted figure, oldest submission first. Forbidden to those who may not review."""
    require(actor, Right.REVIEW)
    book = Book(session)
    views = entry_views(session, EVERYTHING, statuses=[Status.SUBMITTED])
    shared = _shared(session, book, views)
    oldest_first = sorted(views.values(), key=lambda view: (view.submitted_at or view.entered_at, view.cell))
    return [_item(book, actor, view, shared) for view in oldest_first]


def _shared(session: Session, book: Book, views: dict[Cell, EntryView]) -> dict[str, Any]:
    cells = list(views)
    return {
        "past": pasts(session, book, cells),
        "lives": lives(session, cells),
        "submissions": _submissions(session, cells),
    }


def _item(book: Book, actor: Actor, view: EntryView, shared: dict[str, Any]) -> ReviewItem:
    definition = book.definition_of(view.indicator, view.definition_version)
    period, cell = book.period(view.period), view.cell
    past: Past = shared["past"][cell]
    submissions, life = shared["submissions"].get(cell, []), shared["lives"][cell]
    return ReviewItem(
        view, definition, period, book.region(view.region).name, past,
        tuple(past.warnings(definition, view.pair)), _changes(submissions), len(submissions) > 1,
        actor.id in life.since_validation, actor.id not in life.told.authors, life.fall,
    )  # fmt: skip


def _submissions(session: Session, cells: list[Cell]) -> dict[Cell, list[dict[str, Any]]]:
    """Facts at each submission of each cell, oldest first."""
    rows = session.exec(
        select(History)
        .where(
            History.action == Step.SUBMIT,
            col(History.chain).in_({cell.region for cell in cells}),
            col(History.indicator_code).in_({cell.indicator for cell in cells}),
        )
        .order_by(col(History.chain), col(History.seq))
    )
    found: dict[Cell, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(Cell(row.chain, row.indicator_code, row.period_code), []).append(row.after or {})
    return found


def _changes(submissions: list[dict[str, Any]]) -> dict[str, tuple[Any, Any]]:
    if len(submissions) < 2:
        return {}
    then, now = submissions[-2], submissions[-1]
    differing = {name for name in COMPARED if then.get(name) != now.get(name)}
    if differing & PAIR:
        differing |= PAIR
    return {name: (then.get(name), now.get(name)) for name in COMPARED if name in differing}


def last_validated(
    session: Session, actor: Actor, *, region: str = "", chantier: str = "", period: str = "", most: int = 15
) -> list[EntryView]:
    """Validated figures, latest first; '' = any. Forbidden to those who may not review."""
    require(actor, Right.REVIEW)
    query = sa.select(TABLE.c.region_code, TABLE.c.indicator_code, TABLE.c.period_code).order_by(
        TABLE.c.validated_at.desc(), TABLE.c.indicator_code
    )
    narrow = narrowed(
        query, [region] if region else None, _indicators(session, chantier), [period] if period else None,
        [Status.VALIDATED],
    )  # fmt: skip
    cells = [Cell(*row) for row in session.connection().execute(narrow.limit(most))]
    views = entry_views(
        session, EVERYTHING, regions={c.region for c in cells}, indicators={c.indicator for c in cells},
        periods={c.period for c in cells},
    )  # fmt: skip
    return [views[cell] for cell in cells]


def _indicators(session: Session, chantier: str) -> list[str] | None:
    if not chantier:
        return None
    return [code for code, held in definitions(session).items() if held.chantier == chantier]
