"""Exports on their way out, and the record of those that arrived.

These functions open their own sessions: a stream outlives any block of its caller's, and is recorded after its end.
"""

import hashlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from impact import clock
from impact.db import Database, reading, transaction
from impact.errors import Problem, Refused
from impact.exports import COLUMNS, Block, ExportRequest, blocks, header, journal, narrowing
from impact.models import ExportRecord
from impact.permissions import EVERYTHING, Actor, Right, Scope, readable, require, require_provisional
from impact.queries import exported, exported_cids, exported_package
from impact.queries.book import Book
from impact.services import history
from impact.settings import Settings
from impact.vocabulary import CSV_KINDS, NATIONAL_CODE, Dialect, ExportKind

EXPORT = "export"
JOURNAL = "journal"


@dataclass(frozen=True, slots=True)
class _File:
    """A file to write: its name in the record, its first bytes, and what follows them, from a session."""

    name: str
    first: bytes
    blocks: Callable[[Session], Iterator[Block]]


def stream(
    kind: ExportKind, request: ExportRequest, actor: Actor | str, db: Database | None = None
) -> Generator[bytes, None, None]:
    """The bytes of a file, block by block; taken to the last, it is recorded as finished, given up, it is not.

    actor: who exports, with their scope; or the words that name the operator of a command, who sees everything.
    Raises before the first byte: Forbidden, or Refused with every unknown code.
    """
    scope = _scope(actor)
    _refuse_what_is_in_vain(kind, request)
    if kind in (ExportKind.TOTALS, ExportKind.PROGRESS) and request.provisional:
        require_provisional(scope, request.regions)
    with reading(db) as session:
        _refuse_unknown(session, request)
        if kind is ExportKind.PROGRESS:
            exported.refuse_a_part(session, request)
    if kind not in CSV_KINDS:
        _refuse_what_is_not_exchanged(request)
        return _written(_in_standards(kind, request), request, actor, db)
    first = header(COLUMNS[kind], request.dialect).encode()
    file = _File(kind, first, lambda session: exported.file_blocks(session, kind, scope, request))
    return _written(file, request, actor, db)


def _refuse_what_is_in_vain(kind: ExportKind, request: ExportRequest) -> None:
    """A filter that changes nothing would pass for one that was applied."""
    in_vain = [narrowing.WORDS[name] for name in narrowing.in_vain(kind, request)]
    if in_vain and kind in narrowing.OF_ACTIONS:
        raise Refused(f"L’export « {kind.label} » ne se filtre pas {', ni '.join(in_vain)}.")


def _in_standards(kind: ExportKind, request: ExportRequest) -> _File:
    """The same file whoever asks: validated figures alone. Addresses in it begin with the product's own."""
    address = Settings.from_env().public_url
    if kind is ExportKind.CIDS:
        return _File(kind, b"", lambda session: exported_cids.cids_blocks(session, request, f"{address}/cids"))
    return _File(
        kind, b"", lambda session: exported_package.package_blocks(session, request, address, history.heads(session))
    )


def _refuse_what_is_not_exchanged(request: ExportRequest) -> None:
    if request.provisional:
        raise Refused("Cet export ne contient que des chiffres validés : pas de chiffres provisoires.")
    if request.dialect is not Dialect.OPEN:
        raise Refused("Cet export a son propre format : pas de dialecte à choisir.")


def stream_journal(request: ExportRequest, actor: Actor, db: Database | None = None) -> Generator[bytes, None, None]:
    """The journal as a file, for those who may read history; regions name chains, FR that of acts without a region."""
    require(actor, Right.READ_HISTORY)
    if request.chantiers or request.min_proof or request.provisional:
        raise Refused("Le journal se filtre par dates, régions et indicateurs.")
    with reading(db) as session:
        regions = tuple(code for code in request.regions if code != NATIONAL_CODE)
        _refuse_unknown(session, replace(request, regions=regions))
    file = _File(
        JOURNAL, header(journal.COLUMNS, request.dialect).encode(),
        lambda session: blocks(journal.COLUMNS, exported.journal_rows(session, request), request.dialect),
    )  # fmt: skip
    return _written(file, request, actor, db)


def _scope(actor: Actor | str) -> Scope:
    if isinstance(actor, str):
        return EVERYTHING
    require(actor, Right.EXPORT)
    return readable(actor)


def _refuse_unknown(session: Session, request: ExportRequest) -> None:
    book = Book(session)
    asked = (
        ("la région", request.regions, book.regions),
        ("le chantier", request.chantiers, book.chantiers),
        ("l’indicateur", request.indicators, book.definitions),
    )
    problems = [
        Problem(f"{kind} « {code} » n’existe pas.")
        for kind, codes, known in asked
        for code in codes
        if code not in known
    ]
    if problems:
        raise Refused(problems)


def _written(
    file: _File, request: ExportRequest, actor: Actor | str, db: Database | None
) -> Generator[bytes, None, None]:
    """Count and hash while writing; the record comes after the last byte was taken."""
    digest, count = hashlib.sha256(), 0
    digest.update(file.first)
    yield file.first
    with reading(db) as session:
        heads = history.heads(session)
        for block, rows in file.blocks(session):
            digest.update(block)
            count += rows
            yield block
    _record(file, request, actor, db, {"rows": count, "sha256": digest.hexdigest(), "heads": heads})


def _record(
    file: _File, request: ExportRequest, actor: Actor | str, db: Database | None, facts: dict[str, Any]
) -> None:
    """One row among past exports (the journal's stays in history alone), one row of history with the chains' heads."""
    with transaction(db) as session:
        history.touch(session)
        if file.name != JOURNAL:
            session.add(
                ExportRecord(
                    account_id=actor.id if isinstance(actor, Actor) else None, kind=file.name, dialect=request.dialect,
                    filters=request.filters(), finished_at=clock.real_now(), as_of=clock.today(session),
                    row_count=facts["rows"], sha256=facts["sha256"],
                )
            )  # fmt: skip
        after = {"dialect": request.dialect, "filters": request.filters(), **facts}
        history.record(session, actor, EXPORT, file.name, chain=NATIONAL_CODE, after=after)
