"""What the national view needs of the usual figures, in few rows whatever the history: see `overview`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from impact.models import Entry, Indicator
from impact.permissions import Scope
from impact.presentation.lens import KEY_INDICATORS
from impact.progress import Advance
from impact.queries.book import Book
from impact.queries.figures import visible
from impact.queries.home import last_submissions
from impact.queries.standings import advances
from impact.queries.world import world_in
from impact.vocabulary import Status
from impact.world import World

ENTRY: sa.Table = Entry.__table__  # type: ignore[attr-defined]
INDICATOR: sa.Table = Indicator.__table__  # type: ignore[attr-defined]

Sheet = tuple[str, str, str]
"""region, chantier, period"""


@dataclass(frozen=True, slots=True)
class Overview:
    """The country at the usual figures: validated ones of every proof level, of the whole campaign up to today.

    world: the key indicators alone, in every region; its counts are those of whole chantiers.
    advances: progress by (region, chantier), today.
    unfinished: (drafts, returned) that the reader may see, by sheet of a mobilised region, where there are any.
    last_submissions: day of the last one, by region.
    """

    world: World
    advances: Mapping[tuple[str, str], Advance]
    unfinished: Mapping[Sheet, tuple[int, int]]
    last_submissions: Mapping[str, date]


def overview(
    session: Session, scope: Scope, campaign: str = "", *, indicators: Collection[str] = KEY_INDICATORS
) -> Overview:
    """campaign: as in queries.world.world. Other filters than the usual ones take a whole world."""
    book = Book(session, indicators)
    world = world_in(book, scope, campaign, indicators=indicators)
    return Overview(
        world,
        advances(session, world.campaign, book.today),
        unfinished(session, scope, world),
        last_submissions(session),
    )


def unfinished(session: Session, scope: Scope, world: World) -> dict[Sheet, tuple[int, int]]:
    """Drafts and returned figures of what is due in a world, as far as the reader may see them."""
    due = {(row.region, row.chantier, row.period) for row in world.quality}
    statuses = (Status.DRAFT.value, Status.RETURNED.value)
    query = (
        sa.select(
            ENTRY.c.region_code, INDICATOR.c.chantier_code, ENTRY.c.period_code, ENTRY.c.status, sa.func.count()
        )
        .join(INDICATOR, INDICATOR.c.code == ENTRY.c.indicator_code)
        .where(ENTRY.c.status.in_(statuses), visible(scope), ENTRY.c.period_code.in_({sheet[2] for sheet in due}))
        .group_by(ENTRY.c.region_code, INDICATOR.c.chantier_code, ENTRY.c.period_code, ENTRY.c.status)
    )  # fmt: skip
    counts: dict[Sheet, dict[str, int]] = {}
    for region, chantier, period, status, count in session.connection().execute(query):
        if (region, chantier, period) in due:
            counts.setdefault((region, chantier, period), dict.fromkeys(statuses, 0))[status] = count
    return {sheet: (held[statuses[0]], held[statuses[1]]) for sheet, held in counts.items()}
