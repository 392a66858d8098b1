"""The catalogue and the validated figures as nodes of the Common Impact Data Standard, some thousand at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

import sqlalchemy as sa
from sqlmodel import Session

from impact import clock
from impact.exports import Block, ExportRequest, cids
from impact.exports.cids import Figure, Graph, Node, Place, Reports
from impact.exports.writing import UNIT
from impact.figures import Cell, Pair, make
from impact.permissions import Scope
from impact.queries.book import Book
from impact.queries.claims import levels
from impact.queries.exported_entries import (
    ENTRY,
    breakdowns,
    by_series,
    fetched,
    narrowed,
    periods_asked,
    unread,
    with_parts,
)
from impact.queries.figures import visible
from impact.queries.rows import day
from impact.vocabulary import Answer, MethodFamily

PUBLISHED = Scope(frozenset())
"""Validated figures of every region, whoever exports: what is not validated is not exchanged."""
NODES_PER_BLOCK = 2_000
OF_A_FIGURE = (
    "region_code", "indicator_code", "period_code", "indicator_version", "numerator", "denominator", "reliability",
    "method_family", "coverage_start", "coverage_end",
)  # fmt: skip


def cids_blocks(session: Session, request: ExportRequest, base: str) -> Iterator[Block]:
    """The whole file; its rows are its indicator reports. base: what the addresses of its nodes begin with."""
    book, graph = Book(session), Graph(base)
    nodes = chain(_catalogue(book, graph, request), _reports(book, graph, request))
    yield cids.BEGINNING, 0
    before = b""
    while block := list(islice(nodes, NODES_PER_BLOCK)):
        text = cids.SEPARATOR.join(map(cids.written, block))
        yield before + text, sum(node["@type"] == "cids:IndicatorReport" for node in block)
        before = cids.SEPARATOR
    yield cids.END, 0


def _catalogue(book: Book, graph: Graph, request: ExportRequest) -> Iterator[Node]:
    """What reports refer to: themes and indicators asked for, regions of the network and those that have figures."""
    versions = {
        code: known
        for code, known in book.versions.items()
        if code in (request.indicators or (code,))
        and known[-1].chantier in (request.chantiers or (known[-1].chantier,))
    }
    themes = {known[-1].chantier for known in versions.values()}
    reporting = _reporting(book.session, request)
    yield graph.dataset(request, clock.real_now(), book.today)
    yield graph.country(list(versions))
    for region in book.regions.values():
        if region.code in (request.regions or (region.code,)) and (region.active or region.code in reporting):
            yield graph.region(Place(region.code, region.name))
    for row in book.chantiers.values():
        if row.code in themes:
            yield graph.theme(Place(row.code, row.short, row.name))
    yield from map(graph.indicator, versions.values())
    yield from map(graph.method, MethodFamily)
    yield graph.metric()


def _reports(book: Book, graph: Graph, request: ExportRequest) -> Iterator[Node]:
    """By region, indicator and period, as rows of `export entries`."""
    definitions = {(one.code, one.version): one for known in book.versions.values() for one in known}
    names = {code: region.name for code, region in book.regions.items()}
    reports = Reports(graph, definitions, book.periods, names)
    session, claims = book.session, levels(book.session)
    query = sa.select(*(unread(ENTRY.c[name]) for name in OF_A_FIGURE))
    figures = fetched(session, _asked(query, request).order_by(*by_series(session, ENTRY)))
    parts = fetched(session, breakdowns(session, request))
    place = {code: number for number, code in enumerate(book.periods)}
    for series in with_parts(figures, parts, place):
        for row, own in series:
            *facts, start, end = row
            told = [(*_place(code), Pair(numerator, denominator)) for numerator, denominator, code in own]
            claim = claims.get(Cell(*facts[:3]))
            yield reports.node(make(Figure, (*facts, day(start), day(end), told, claim)))


def _place(code: bytes) -> tuple[str, str]:
    axis, category = bytes(code).decode().split(UNIT)
    return axis, category


def _asked(query: sa.Select, request: ExportRequest) -> sa.Select:  # type: ignore[type-arg]
    query = query.where(visible(PUBLISHED), ENTRY.c.answer == Answer.VALUE, ENTRY.c.reliability >= request.min_proof)
    if request.start or request.end:
        query = query.where(ENTRY.c.period_code.in_(periods_asked(request)))
    return narrowed(query, ENTRY, request)


def _reporting(session: Session, request: ExportRequest) -> set[str]:
    return set(session.connection().execute(_asked(sa.select(ENTRY.c.region_code).distinct(), request)).scalars())


@dataclass(frozen=True, slots=True)
class Contents:
    """How many nodes of a kind the file has. not_computable: figures whose denominator is 0."""

    reports: int
    not_computable: int
    organizations: int
    themes: int
    indicators: int


def contents(session: Session, request: ExportRequest) -> Contents:
    """What the file would hold, without reading the figures."""
    kinds = [node["@type"] for node in _catalogue(Book(session), Graph(""), request)]
    computable = sa.func.coalesce(ENTRY.c.denominator, 1) != 0
    counted = _asked(sa.select(computable, sa.func.count()).group_by(computable), request)
    figures = {bool(can): count for can, count in session.connection().execute(counted)}
    return Contents(
        figures.get(True, 0), figures.get(False, 0), kinds.count("cids:Organization"), kinds.count("cids:Theme"),
        kinds.count("cids:Indicator"),
    )  # fmt: skip
