"""Pieces of evidence: what each says, which figures it backs, and who may open it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session

from impact.errors import NotFound
from impact.figures import Cell
from impact.models import Account, Entry, Evidence, EvidenceUse, EvidenceVersion
from impact.permissions import Scope, may_open
from impact.vocabulary import Confidentiality, EvidenceKind, Status

PIECE: sa.Table = Evidence.__table__  # type: ignore[attr-defined]
VERSION: sa.Table = EvidenceVersion.__table__  # type: ignore[attr-defined]
USE: sa.Table = EvidenceUse.__table__  # type: ignore[attr-defined]
ENTRY: sa.Table = Entry.__table__  # type: ignore[attr-defined]
ACCOUNT: sa.Table = Account.__table__  # type: ignore[attr-defined]

NOWHERE = "Cette pièce n’existe pas, ou n’est pas ouverte à votre compte."

OF_PIECE = (USE.c.region_code == PIECE.c.region_code) & (USE.c.evidence_number == PIECE.c.number)
OF_ENTRY = (
    (USE.c.region_code == ENTRY.c.region_code)
    & (USE.c.indicator_code == ENTRY.c.indicator_code)
    & (USE.c.period_code == ENTRY.c.period_code)
)
"""Which uses are of a piece, and which of a figure."""

# Every first saving of a figure runs it: built once.
_ATTACHED_TO_ANY = (
    sa.select(USE.c.region_code, USE.c.indicator_code, USE.c.period_code, PIECE.c.number, PIECE.c.version)
    .join(USE, OF_PIECE)
    .order_by(PIECE.c.number)
)
_ATTACHED = _ATTACHED_TO_ANY.where(
    USE.c.region_code == sa.bindparam("region"),
    USE.c.indicator_code == sa.bindparam("indicator"),
    USE.c.period_code == sa.bindparam("period"),
)


@dataclass(frozen=True, slots=True)
class VersionView:
    """What a piece said in one of its versions. A file has a sha256, a link has none."""

    version: int
    sha256: str
    link: str
    name: str
    media_type: str
    extension: str
    size: int
    pages: int | None
    document_date: date | None
    author: str
    population: str
    asked: int | None
    respondents: int | None
    reason: str
    added_by: str
    added_at: datetime

    @property
    def is_file(self) -> bool:
        return bool(self.sha256)


@dataclass(frozen=True, slots=True)
class PieceView:
    """A piece that its reader may open. cells: the figures that it backs.

    versions: oldest first; for those who see all of its region. For others the last one alone: what was replaced, often
    because it said too much, was never open to them by that.
    """

    region: str
    number: int
    kind: EvidenceKind
    title: str
    confidentiality: Confidentiality
    withdrawn_at: datetime | None
    withdrawn_reason: str
    versions: tuple[VersionView, ...]
    cells: tuple[Cell, ...]

    @property
    def code(self) -> str:
        """« 22-3 »: how people and addresses name it."""
        return f"{self.region}-{self.number}"

    @property
    def now(self) -> VersionView:
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class Attached:
    """The pieces of a figure. reserved: how many more there are that the reader may not open."""

    pieces: tuple[PieceView, ...] = ()
    reserved: int = 0


def attached_text(session: Session, cell: Cell) -> str:
    """What Entry.evidence holds of a cell: « 3.1 7.2 », '' without a piece."""
    rows = session.connection().execute(_ATTACHED, cell._asdict())
    return " ".join(f"{row.number}.{row.version}" for row in rows)


def attached_texts(session: Session) -> dict[Cell, str]:
    """`attached_text` of every cell that has a piece."""
    found: dict[Cell, list[str]] = {}
    for row in session.connection().execute(_ATTACHED_TO_ANY):
        cell = Cell(row.region_code, row.indicator_code, row.period_code)
        found.setdefault(cell, []).append(f"{row.number}.{row.version}")
    return {cell: " ".join(named) for cell, named in found.items()}


def piece(session: Session, scope: Scope, region: str, number: int) -> PieceView:
    """NotFound where there is none, or none that this reader may open: the two are not told apart."""
    found = _pieces(session, scope, (PIECE.c.region_code == region, PIECE.c.number == number))
    if not found:
        raise NotFound(NOWHERE)
    return found[0]


def pieces_of_region(session: Session, scope: Scope, region: str) -> list[PieceView]:
    """Those that the reader may open, the newest first."""
    return _pieces(session, scope, (PIECE.c.region_code == region,))[::-1]


def attached(session: Session, scope: Scope, cells: Collection[Cell]) -> dict[Cell, Attached]:
    """The pieces of some figures, by cell; every cell has its line. The figures themselves are read elsewhere."""
    wanted = set(cells)
    uses = _uses(session, {cell.region for cell in cells})
    asked = {(region, number) for region, number, cell in uses if cell in wanted}
    found = {(one.region, one.number): one for one in _of_regions(session, scope, asked)}
    by_cell: dict[Cell, list[tuple[str, int]]] = {cell: [] for cell in cells}
    for region, number, cell in uses:
        if cell in wanted:
            by_cell[cell].append((region, number))
    return {
        cell: Attached(
            tuple(found[key] for key in sorted(keys) if key in found), sum(key not in found for key in keys)
        )
        for cell, keys in by_cell.items()
    }  # fmt: skip


def _uses(session: Session, regions: Collection[str]) -> list[tuple[str, int, Cell]]:
    rows = session.connection().execute(sa.select(USE).where(USE.c.region_code.in_(sorted(regions))))
    return [
        (row.region_code, row.evidence_number, Cell(row.region_code, row.indicator_code, row.period_code))
        for row in rows
    ]


def _of_regions(session: Session, scope: Scope, asked: Iterable[tuple[str, int]]) -> list[PieceView]:
    keys = set(asked)
    if not keys:
        return []
    regions, numbers = sorted({key[0] for key in keys}), sorted({key[1] for key in keys})
    found = _pieces(session, scope, (PIECE.c.region_code.in_(regions), PIECE.c.number.in_(numbers)))
    return [one for one in found if (one.region, one.number) in keys]


def _pieces(session: Session, scope: Scope, narrowed: Iterable[sa.ColumnElement[bool]]) -> list[PieceView]:
    """By region and number; those that the reader may not open are left out."""
    connection, narrowed = session.connection(), list(narrowed)
    rows = connection.execute(sa.select(PIECE).where(*narrowed).order_by(PIECE.c.region_code, PIECE.c.number)).all()
    if not rows:
        return []
    keys = {(row.region_code, row.number) for row in rows}
    cells, validated = _backed(session, keys)
    versions = _versions(session, keys)
    return [
        PieceView(
            row.region_code, row.number, EvidenceKind(row.kind), row.title, Confidentiality(row.confidentiality),
            row.withdrawn_at, row.withdrawn_reason,
            tuple(versions[key] if scope.sees_all_of(row.region_code) else versions[key][-1:]),
            tuple(cells.get(key, ())),
        )
        for row in rows
        if (key := (row.region_code, row.number))
        and may_open(scope, row.region_code, Confidentiality(row.confidentiality), key in validated)
    ]  # fmt: skip


Key = tuple[str, int]


def _backed(session: Session, keys: Collection[Key]) -> tuple[dict[Key, list[Cell]], set[Key]]:
    """The cells of each piece in order, and the pieces that back a validated figure or hold its verifier's report."""
    regions, numbers = sorted({key[0] for key in keys}), sorted({key[1] for key in keys})
    query = (
        sa.select(USE.c.region_code, USE.c.evidence_number, USE.c.indicator_code, USE.c.period_code, ENTRY.c.status)
        .join(ENTRY, OF_ENTRY, isouter=True)
        .where(USE.c.region_code.in_(regions), USE.c.evidence_number.in_(numbers))
        .order_by(USE.c.indicator_code, USE.c.period_code)
    )
    cells: dict[Key, list[Cell]] = {}
    validated: set[Key] = set()
    for row in session.connection().execute(query):
        key = (row.region_code, row.evidence_number)
        cells.setdefault(key, []).append(Cell(row.region_code, row.indicator_code, row.period_code))
        if row.status == Status.VALIDATED:
            validated.add(key)
    return cells, validated | _reports(session, regions, numbers)


def _reports(session: Session, regions: Collection[str], numbers: Collection[int]) -> set[Key]:
    query = sa.select(ENTRY.c.region_code, ENTRY.c.verification_report).where(
        ENTRY.c.region_code.in_(regions), ENTRY.c.verification_report.in_(numbers), ENTRY.c.status == Status.VALIDATED
    )
    return {(row.region_code, row.verification_report) for row in session.connection().execute(query)}


def _versions(session: Session, keys: Collection[Key]) -> Mapping[Key, list[VersionView]]:
    query = (
        sa.select(VERSION, ACCOUNT.c.name.label("who"))
        .join(ACCOUNT, ACCOUNT.c.id == VERSION.c.added_by)
        .where(
            VERSION.c.region_code.in_(sorted({key[0] for key in keys})),
            VERSION.c.evidence_number.in_(sorted({key[1] for key in keys})),
        )
        .order_by(VERSION.c.version)
    )
    found: dict[Key, list[VersionView]] = {}
    for row in session.connection().execute(query):
        view = VersionView(
            row.version, row.sha256, row.link, row.name, row.media_type, row.extension, row.size, row.pages,
            row.document_date, row.author, row.population, row.asked, row.respondents, row.reason, row.who,
            row.added_at,
        )  # fmt: skip
        found.setdefault((row.region_code, row.evidence_number), []).append(view)
    return found
