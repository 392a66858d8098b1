"""The data package as it is zipped: a table at a time, a block at a time, and its descriptor last."""

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlmodel import Session

from impact import clock
from impact.exports import Block, ExportRequest, blocks, header, narrowing, references
from impact.exports.columns import Cells
from impact.exports.package import DESCRIPTOR, TABLES, About, Table, Written, descriptor
from impact.formats import PARIS
from impact.queries import catalogue, exported, exported_entries
from impact.queries.book import Book
from impact.queries.exported_cids import PUBLISHED
from impact.vocabulary import Dialect, ExportKind

FIGURES: Mapping[str, ExportKind] = {
    "chiffres": ExportKind.ENTRIES,
    "totaux": ExportKind.TOTALS,
    "avancement": ExportKind.PROGRESS,
    "completude": ExportKind.QUALITY,
    "plans": ExportKind.PLANS,
    "financements": ExportKind.FUNDING,
    "jalons": ExportKind.MILESTONES,
    "rencontres": ExportKind.MEETINGS,
    "decisions": ExportKind.DECISIONS,
}
"""Tables that are exports of their own, by name."""


class _Outbox(io.RawIOBase):
    """What is written waits here until it is taken: a zip that is never whole in memory nor on the disk."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting += data
        return len(data)

    def taken(self) -> bytes:
        data = bytes(self.waiting)
        self.waiting.clear()
        return data


def package_blocks(
    session: Session, request: ExportRequest, address: str, heads: Mapping[str, tuple[int, str]]
) -> Iterator[Block]:
    """The zip, block by block; its rows are those of all its CSVs. address: of the product. heads: of history."""
    book, made_at, outbox = Book(session), clock.real_now(), _Outbox()
    files: list[Written] = []
    with ZipFile(outbox, "w") as archive:
        for table in TABLES:
            digest, size = hashlib.sha256(), 0
            with archive.open(_entry(table.file, made_at), "w", force_zip64=True) as file:
                for text, rows in _text(book, table, request):
                    file.write(text)
                    digest.update(text)
                    size += len(text)
                    yield outbox.taken(), rows
            files.append(Written(table, size, digest.hexdigest()))
        about = About(request, made_at, book.today, address, heads, list(book.definitions))
        told = json.dumps(descriptor(about, files), ensure_ascii=False, indent=2)
        archive.writestr(_entry(DESCRIPTOR, made_at), f"{told}\n")
    yield outbox.taken(), 0


def _entry(name: str, made_at: datetime) -> ZipInfo:
    info = ZipInfo(name, made_at.astimezone(PARIS).timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _text(book: Book, table: Table, request: ExportRequest) -> Iterator[Block]:
    yield header(table.columns, Dialect.OPEN).encode(), 0
    asked = replace(request, dialect=Dialect.OPEN)
    if table.name in FIGURES:
        yield from _figures(book.session, FIGURES[table.name], asked)
    else:
        yield from blocks(table.columns, _REFERENCES[table.name](book), Dialect.OPEN)


def _figures(session: Session, kind: ExportKind, request: ExportRequest) -> Iterator[Block]:
    """Each table takes what concerns it; progress is counted from the start of the campaign, whatever was asked."""
    asked = narrowing.within(kind, replace(request, start=None) if kind is ExportKind.PROGRESS else request)
    return exported.file_blocks(session, kind, PUBLISHED, asked)


_REFERENCES: Mapping[str, Callable[[Book], Iterable[Cells]]] = {
    "indicateurs": lambda book: ((one.code, one.chantier, one.name) for one in book.definitions.values()),
    "versions": lambda book: (references.version_cells(one) for known in book.versions.values() for one in known),
    "regions": lambda book: (
        *((one.code, one.name, one.zone, one.population, one.active) for one in book.regions.values()),
        references.COUNTRY,
    ),
    "chantiers": lambda book: book.chantiers.values(),
    "periodes": lambda book: map(references.period_cells, book.periods.values()),
    "axes": lambda book: map(references.axis_cells, catalogue.axes(book.session).values()),
    "modalites": lambda book: references.category_cells(catalogue.axes(book.session).values()),
}


def contents(session: Session, request: ExportRequest) -> list[tuple[Table, int]]:
    """Each table and how many rows it would have; figures are counted, not read."""
    book = Book(session)

    def counted(table: Table) -> int:
        if FIGURES.get(table.name) is ExportKind.ENTRIES:
            return exported_entries.count(session, PUBLISHED, request)
        return sum(rows for _, rows in _text(book, table, request))

    return [(table, counted(table)) for table in TABLES]
