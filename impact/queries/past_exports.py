"""The exports that left, and the first rows of one that would."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.exports import ExportRequest
from impact.exports.writing import SEPARATORS
from impact.models import Account, ExportRecord
from impact.permissions import Actor, Right, Scope
from impact.queries import exported, exported_entries
from impact.vocabulary import Dialect, ExportKind

RECORD: sa.Table = ExportRecord.__table__  # type: ignore[attr-defined]
ACCOUNT: sa.Table = Account.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class PastExport:
    """who: a name, empty for an operator's command. filters: as ExportRequest.filters() gives them. at: real time."""

    who: str
    kind: ExportKind
    dialect: Dialect
    filters: Mapping[str, Any]
    at: datetime
    rows: int
    sha256: str


def past_exports(session: Session, actor: Actor, limit: int = 50) -> list[PastExport]:
    """The latest first: everybody's for who reads everything, one's own otherwise."""
    names = ("kind", "dialect", "filters", "finished_at", "row_count", "sha256")
    query = (
        sa.select(ACCOUNT.c.name, *(RECORD.c[name] for name in names))
        .select_from(RECORD.outerjoin(ACCOUNT, ACCOUNT.c.id == RECORD.c.account_id))
        .order_by(RECORD.c.finished_at.desc(), RECORD.c.id.desc())
        .limit(limit)
    )
    if not actor.may(Right.READ_ALL):
        query = query.where(RECORD.c.account_id == actor.id)
    return [
        PastExport(who or "", ExportKind(kind), Dialect(dialect), filters, at, count, digest)
        for who, kind, dialect, filters, at, count, digest in session.connection().execute(query)
    ]


@dataclass(frozen=True, slots=True)
class Preview:
    """rows: cells as the file writes them."""

    rows: tuple[tuple[str, ...], ...]
    count: int


def preview(session: Session, kind: ExportKind, scope: Scope, request: ExportRequest, size: int = 8) -> Preview:
    """The first rows of a file and how many it would have; Forbidden as the export itself."""
    blocks = exported.file_blocks(session, kind, scope, request)
    first, held = next(blocks, (b"", 0))
    reader = csv.reader(io.StringIO(first.decode(), newline=""), delimiter=SEPARATORS[request.dialect])
    head = tuple(map(tuple, islice(reader, size)))
    if kind is ExportKind.ENTRIES:
        return Preview(head, exported_entries.count(session, scope, request))
    return Preview(head, held + sum(count for _, count in blocks))
