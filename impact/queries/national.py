"""What the national view needs of the usual figures, in few rows whatever the history: see `overview`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from impact.aggregation import Window
from impact.locks import is_mobilised
from impact.models import Entry, Indicator
from impact.permissions import EVERYTHING, Scope
from impact.presentation.lens import KEY_INDICATORS
from impact.progress import Advance
from impact.queries.book import Book
from impact.queries.figures import UNDER_WAY, visible
from impact.queries.home import last_submissions
from impact.queries.standings import advances, reporting_rows, reporting_sums
from impact.queries.world import world_of
from impact.standing import ends
from impact.vocabulary import Status
from impact.world import World

ENTRY: sa.Table = Entry.__table__  # type: ignore[attr-defined]
INDICATOR: sa.Table = Indicator.__table__  # type: ignore[attr-defined]

UNFINISHED = (Status.DRAFT.value, Status.RETURNED.value)
_SHEET = (ENTRY.c.region_code, INDICATOR.c.chantier_code, ENTRY.c.period_code, ENTRY.c.status)
_UNFINISHED = (
    sa.select(*_SHEET, sa.func.count())
    .join(INDICATOR, INDICATOR.c.code == ENTRY.c.indicator_code)
    .where(
        ENTRY.c.status.in_([sa.literal_column(f"'{status}'") for status in UNFINISHED]),
        UNDER_WAY,
        ENTRY.c.period_code.in_(sa.bindparam("periods", expanding=True)),
    )
    .group_by(*_SHEET)
)

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
    session: Session,
    scope: Scope,
    campaign: str = "",
    *,
    indicators: Collection[str] = KEY_INDICATORS,
    by_period: bool = True,
) -> Overview:
    """campaign: as in queries.world.world. Other statuses and proof levels than the usual ones take a whole world.

    by_period: the world's counts stand by period, for who will narrow it to some; otherwise complete sheets are added
    up (queries.standings.reporting_sums), which is all that the whole campaign needs.
    """
    book = Book(session, indicators)
    held = book.campaigns.get(campaign, book.campaign)
    window = Window(held.start, held.end, book.today)
    over = [code for code, period in book.periods.items() if window.holds(period)]
    counts = reporting_rows(session, over) if by_period else reporting_sums(session, over)
    world = world_of(book, scope, held.code, window, indicators=indicators, counts=counts)
    return Overview(
        world,
        advances(session, held.code, book.today, ends(book.periods.values(), held.code)),
        unfinished(session, scope, world, over),
        last_submissions(session),
    )


def unfinished(session: Session, scope: Scope, world: World, over: Sequence[str]) -> dict[Sheet, tuple[int, int]]:
    """Drafts and returned figures of what is due in some periods, as far as the reader may see them."""
    counts: dict[Sheet, dict[str, int]] = {}
    query = _UNFINISHED if scope == EVERYTHING else _UNFINISHED.where(visible(scope))
    found = session.connection().execute(query, {"periods": over}).all()
    for region, chantier, period, status, count in found:
        if is_mobilised(world.mobilisations, region, chantier, world.periods[period]):
            counts.setdefault((region, chantier, period), dict.fromkeys(UNFINISHED, 0))[status] = count
    return {sheet: (held[UNFINISHED[0]], held[UNFINISHED[1]]) for sheet, held in counts.items()}
