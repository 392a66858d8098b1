"""Reads of exports, streamed: rows come a thousand at a time, whatever their number."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.aggregation import Window
from impact.errors import Refused
from impact.exports import COLUMNS, Block, ExportRequest, blocks, journal, progress, quality, totals
from impact.exports.columns import Cells
from impact.exports.journal import HistoryFact
from impact.figures import Definition
from impact.formats import midnight, short_date
from impact.models import History
from impact.permissions import EVERYTHING, Scope, require_provisional
from impact.quality import quality as quality_rows
from impact.queries import catalogue, exported_actions, exported_meetings
from impact.queries.book import Book
from impact.queries.exported_entries import by_code, entry_blocks
from impact.queries.world import world_of
from impact.vocabulary import NATIONAL_CODE, ExportKind
from impact.world import World

ROWS_AT_A_TIME = 1_000

PAST: sa.Table = History.__table__  # type: ignore[attr-defined]


def file_blocks(session: Session, kind: ExportKind, scope: Scope, request: ExportRequest) -> Iterator[Block]:
    """A file without its header, in the order of its rows; Forbidden where provisional totals are not the reader's."""
    if kind is ExportKind.ENTRIES:
        return entry_blocks(session, scope, request)
    return blocks(COLUMNS[kind], _ROWS[kind](session, scope, request), request.dialect)


def streamed(session: Session, query: sa.Select[Any]) -> Iterator[Any]:
    """Rows through a cursor kept open on the server; memory holds a thousand."""
    return iter(session.connection().execute(query, execution_options={"yield_per": ROWS_AT_A_TIME}))


# Totals and quality: bounded by the catalogue, so they are computed whole


def _world(session: Session, scope: Scope, request: ExportRequest) -> World:
    """What screens total and count, of the days and regions asked for; by default the campaign of today up to today."""
    book = Book(session)
    campaign = catalogue.campaign_at(session, request.end or book.today)
    end = request.end or max(request.start or campaign.start, min(book.today, campaign.end))
    whole = world_of(book, scope, campaign.code, Window(request.start or min(campaign.start, end), end, book.today))
    return whole.of_regions(request.regions) if request.regions else whole


def _asked_of(world: World, request: ExportRequest) -> list[Definition]:
    return [
        definition
        for definition in world.definitions.values()
        if definition.code in (request.indicators or (definition.code,))
        and definition.chantier in (request.chantiers or (definition.chantier,))
    ]


def total_rows(session: Session, scope: Scope, request: ExportRequest) -> Iterator[Cells]:
    """Totals by region, then FR, by indicator; see exports.totals."""
    if request.provisional:
        require_provisional(scope, request.regions)
    world = _world(session, scope, request)
    whole = [
        totals.cells(one, definition, world.window, request.provisional)
        for definition in _asked_of(world, request)
        for one in world.totals(definition.code, provisional=request.provisional, min_proof=request.min_proof)
    ]
    return iter(sorted(whole, key=_national_last))


def _national_last(cells: Cells) -> tuple[bool, str, str]:
    indicator, _, region, *_ = cells
    return region == NATIONAL_CODE, region, indicator


def progress_cells(session: Session, scope: Scope, request: ExportRequest) -> Iterator[Cells]:
    """Indicators and chantiers of the campaign that holds the last day asked for (today unless given), as of that day.

    A selection of regions is pooled like the country, and has no target of its own: the national one is not its. Rows
    of a whole chantier are left out where indicators were chosen: the mean of some of them would mislead.
    """
    if request.provisional:
        require_provisional(scope, request.regions)
    refuse_a_part(session, request)
    world = _world(session, scope, replace(request, start=None))
    if request.regions:
        own = {key: target for key, target in world.targets.items() if key[0] != NATIONAL_CODE}
        world = replace(world, targets=own)
    day = request.end or world.today
    asked: dict[str, Any] = {"provisional": request.provisional, "min_proof": request.min_proof, "day": day}
    whole = [
        progress.cells(one, definition.chantier, world.targets.get((one.region, one.indicator)))
        for definition in _asked_of(world, request)
        for one in world.progresses(definition.code, **asked).values()
    ]
    if not request.indicators:
        chantiers = request.chantiers or tuple(world.chantier_names)
        whole += [progress.chantier_cells(one) for code in chantiers for one in world.advances(code, **asked).values()]
    return iter(sorted(whole, key=progress.order))


def refuse_a_part(session: Session, request: ExportRequest) -> None:
    """Progress is counted from the start of the campaign; another first day would change what it means."""
    start = catalogue.campaign_at(session, request.end or Book(session).today).start
    if request.start and request.start > start:
        since = f"le {short_date(start)}"
        raise Refused(f"L’avancement se compte depuis le début de la campagne, {since} : ne donnez pas d’autre début.")


def quality_cells(session: Session, request: ExportRequest) -> Iterator[Cells]:
    """Counts are the same for every reader: whatever the scope, they come of every entry."""
    world = _world(session, EVERYTHING, request)
    counted = quality_rows(_asked_of(world, request), world.due, world.entries, world.periods)
    return (quality.cells(row) for row in counted)


_ROWS: Mapping[ExportKind, Callable[[Session, Scope, ExportRequest], Iterator[Cells]]] = {
    ExportKind.TOTALS: total_rows,
    ExportKind.PROGRESS: progress_cells,
    ExportKind.QUALITY: lambda session, _, request: quality_cells(session, request),
    ExportKind.PLANS: exported_actions.plan_cells,
    ExportKind.FUNDING: exported_actions.funding_cells,
    ExportKind.MILESTONES: lambda session, _, request: exported_actions.milestone_cells(session, request),
    ExportKind.MEETINGS: lambda session, _, request: exported_meetings.meeting_cells(session, request),
    ExportKind.DECISIONS: lambda session, _, request: exported_meetings.decision_cells(session, request),
}
"""Milestones, meetings and decisions are for everybody who is signed in."""

# The journal


def journal_rows(session: Session, request: ExportRequest) -> Iterator[Cells]:
    """History by chain and number, narrowed by day (as the product took it), chain (a region, or FR), indicator.

    For those who may read history: the caller checks.
    """
    query = sa.select(*(PAST.c[name] for name in journal.STORED)).order_by(by_code(session, PAST.c.chain), PAST.c.seq)
    if request.regions:
        query = query.where(PAST.c.chain.in_(request.regions))
    if request.indicators:
        query = query.where(PAST.c.indicator_code.in_(request.indicators))
    if request.start:
        query = query.where(PAST.c.at >= midnight(request.start))
    if request.end:
        query = query.where(PAST.c.at < midnight(request.end + timedelta(days=1)))
    return (journal.cells(HistoryFact(*row)) for row in streamed(session, query))
