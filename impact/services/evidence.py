"""Pieces of evidence: added, attached to figures, replaced, withdrawn; every grade that hangs on them follows."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from sqlmodel import Session, select

from impact import clock
from impact.errors import NotFound, Problem, Refused
from impact.figures import Cell
from impact.formats import clean_text, counted
from impact.models import Entry, Evidence, EvidenceUse, EvidenceVersion
from impact.permissions import Actor, Right, require_entry
from impact.queries.book import Book
from impact.queries.claims import read_on_study
from impact.queries.evidence import attached_text
from impact.rules.evidence import EvidenceDraft
from impact.services import facts, history, rollup
from impact.services.entries import forget_reading, grade, log
from impact.services.pieces import FILE_FACTS, PieceKey, cells_of, piece_facts
from impact.vocabulary import Status

if TYPE_CHECKING:
    from impact.documents.receiving import Received

ADD, ATTACH, DETACH = "evidence.add", "evidence.attach", "evidence.detach"
REPLACE, DESCRIBE, WITHDRAW = "evidence.replace", "evidence.describe", "evidence.withdraw"
MOVED = "evidence"
"""The step of a figure whose evidence changed."""
MOST_CELLS = 500


def add_piece(
    session: Session, actor: Actor, region: str, draft: EvidenceDraft, cells: Collection[Cell], *,
    file: "Received | None" = None, token: str = "",
) -> PieceKey:  # fmt: skip
    """Store a piece of a region and attach it to figures, whatever their status: evidence may always be added.

    file: inspected (documents.receiving), None for a link. The file is in the store before the row that names it.
    Raises Forbidden, NotFound, Refused, AlreadyDone.
    """
    book = _begin(session, actor, region, token)
    cells = _known(book, region, cells)
    _refuse_neither(draft, file)
    number = 1 + max(session.exec(select(Evidence.number).where(Evidence.region_code == region)), default=0)
    key = PieceKey(region, number)
    row = Evidence(
        region_code=region, number=number, kind=draft.kind.value, title=draft.title,
        confidentiality=draft.confidentiality.value, added_by=actor.id, added_at=clock.now(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add(_version(session, actor, key, 1, draft, file))
    _attach(session, actor, key, cells)
    _record(session, actor, ADD, row, None)
    _follow(session, actor, book, cells)
    return key


def attach(session: Session, actor: Actor, key: PieceKey, cells: Collection[Cell], token: str = "") -> int:
    """Let a piece back more figures of its region; how many it did not back before."""
    book = _begin(session, actor, key.region, token)
    cells = _known(book, key.region, cells)
    row = _piece(session, key)
    _refuse_withdrawn(row)
    already = set(cells_of(session, key))
    added = [cell for cell in cells if cell not in already]
    before = piece_facts(session, row)
    _attach(session, actor, key, added)
    if added:
        _record(session, actor, ATTACH, row, before)
        _follow(session, actor, book, added)
    return len(added)


def detach(session: Session, actor: Actor, key: PieceKey, cells: Collection[Cell], reason: str, token: str = "") -> int:
    """Take a piece off figures that it backs; it stays, with its history. Refused where the figure is submitted or
    validated, but to the national office.
    """
    book = _begin(session, actor, key.region, token)
    row = _piece(session, key)
    reason = _reason(reason, "Dites pourquoi la pièce n’étaie plus ce chiffre.")
    held = [cell for cell in _known(book, key.region, cells) if cell in set(cells_of(session, key))]
    _refuse_fixed(session, actor, book, held)
    before = piece_facts(session, row)
    _drop(session, key, held)
    if held:
        _record(session, actor, DETACH, row, before, reason)
        _follow(session, actor, book, held, reason)
    return len(held)


def replace_piece(
    session: Session, actor: Actor, key: PieceKey, draft: EvidenceDraft, reason: str, seen_version: int, *,
    file: "Received | None" = None, token: str = "",
) -> int:  # fmt: skip
    """Give a piece another content or description; the number of its new version. What it said before is kept.

    file: None keeps the file that is there, or states a link. Refused where somebody else replaced it meanwhile,
    where it backs a submitted or validated figure (but to the national office), or holds a verifier's report or the
    study of a claim that was read.
    """
    book = _begin(session, actor, key.region, token)
    row = _piece(session, key)
    _refuse_withdrawn(row)
    reason = _reason(reason, "Dites pourquoi la pièce est remplacée.")
    if row.version != seen_version:
        raise Refused("Cette pièce a été remplacée depuis que vous l’avez ouverte : relisez-la, puis recommencez.")
    cells = cells_of(session, key)
    _refuse_fixed(session, actor, book, cells)
    _refuse_relied_on(session, key)
    last = session.get_one(EvidenceVersion, (*key, row.version))
    if file is None and not draft.link and not last.sha256:
        raise Refused([Problem("donnez un fichier, ou un lien.", "lien")])
    before = piece_facts(session, row)
    version = _version(session, actor, key, row.version + 1, draft, file, reason)
    if file is None and not draft.link:
        _keep_file(version, last)
    session.add(version)
    row.version, row.kind, row.title = row.version + 1, draft.kind.value, draft.title
    row.confidentiality = draft.confidentiality.value
    session.flush()
    _record(session, actor, REPLACE, row, before, reason)
    _follow(session, actor, book, cells, reason)
    return row.version


def describe_piece(session: Session, actor: Actor, key: PieceKey, draft: EvidenceDraft, token: str = "") -> None:
    """Change a piece's kind, title or confidentiality: what it proves stays the same, and so do the grades."""
    _begin(session, actor, key.region, token)
    row = _piece(session, key)
    before = piece_facts(session, row)
    row.kind, row.title, row.confidentiality = draft.kind.value, draft.title, draft.confidentiality.value
    session.flush()
    if piece_facts(session, row) != before:
        _record(session, actor, DESCRIBE, row, before)


def withdraw_piece(session: Session, actor: Actor, key: PieceKey, reason: str, token: str = "") -> None:
    """Take a piece off every figure, with a reason; it stays stored and listed. Refused as detach and replace_piece."""
    book = _begin(session, actor, key.region, token)
    row = _piece(session, key)
    _refuse_withdrawn(row)
    reason = _reason(reason, "Dites pourquoi la pièce est retirée.")
    cells = cells_of(session, key)
    _refuse_fixed(session, actor, book, cells)
    _refuse_relied_on(session, key)
    before = piece_facts(session, row)
    _drop(session, key, cells)
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = actor.id, clock.now(session), reason
    session.flush()
    _record(session, actor, WITHDRAW, row, before, reason)
    _follow(session, actor, book, cells, reason)


def _begin(session: Session, actor: Actor, region: str, token: str) -> Book:
    history.begin(session, token)
    book = Book(session)
    require_entry(actor, region, book.region(region).name)
    return book


def _known(book: Book, region: str, cells: Collection[Cell]) -> list[Cell]:
    """The cells once each; NotFound or Refused where one is no cell of the region."""
    if len(cells) > MOST_CELLS:
        raise Refused(f"Trop de chiffres à la fois : {counted(len(cells), 'chiffre')}, au plus {MOST_CELLS}.")
    for cell in cells:
        definition, period = book.definition(cell.indicator), book.period(cell.period)
        if cell.region != region or definition.frequency is not period.frequency:
            raise Refused(f"{book.subject(cell)} : cette pièce ne peut pas étayer ce chiffre.")
    return list(dict.fromkeys(cells))


def _reason(text: str, missing: str) -> str:
    if not (cleaned := clean_text(text, 1_000)):
        raise Refused([Problem(missing, "motif")])
    return cleaned


def _piece(session: Session, key: PieceKey) -> Evidence:
    row = session.get(Evidence, key)
    if row is None:
        raise NotFound(f"{key.subject} : elle n’existe pas.")
    return row


def _refuse_neither(draft: EvidenceDraft, file: "Received | None") -> None:
    if (file is None) == (draft.link == ""):
        raise Refused([Problem("une pièce est un fichier ou un lien, l’un des deux.", "lien")])


def _refuse_withdrawn(row: Evidence) -> None:
    if row.withdrawn_at is not None:
        raise Refused(f"{PieceKey(row.region_code, row.number).subject} : elle a été retirée ; déposez-en une autre.")


def _refuse_fixed(session: Session, actor: Actor, book: Book, cells: Collection[Cell]) -> None:
    """What a figure was submitted or validated on is not taken from under it, but by the national office."""
    if actor.may(Right.READ_ALL):
        return
    fixed = [e for e in facts.entries_of(session, cells).values() if e.status in (Status.SUBMITTED, Status.VALIDATED)]
    if fixed:
        raise Refused(
            [
                Problem(
                    f"le chiffre est « {Status(entry.status).label} » : vous pouvez ajouter une autre pièce, ou "
                    "demander au bureau national de le rouvrir.",
                    where=book.subject(facts.cell_of(entry)),
                )
                for entry in fixed
            ]
        )


def _refuse_relied_on(session: Session, key: PieceKey) -> None:
    """What a verifier signed, and the study that readers of a claim had before them, are not taken from under them."""
    relying = session.exec(
        select(Entry).where(Entry.region_code == key.region, Entry.verification_report == key.number).limit(1)
    ).first()
    if relying is not None:
        raise Refused(f"{key.subject} : c’est le rapport d’une vérification externe ; elle reste comme elle est.")
    if claim := read_on_study(session, key.region, key.number):
        raise Refused(
            f"{key.subject} : c’est l’étude de l’affirmation {claim}, que quelqu’un a lue avec elle. Modifiez d’abord "
            "l’affirmation : elle sera relue."
        )


def _version(
    session: Session, actor: Actor, key: PieceKey, number: int, draft: EvidenceDraft, file: "Received | None",
    reason: str = "",
) -> EvidenceVersion:  # fmt: skip
    version = EvidenceVersion(
        region_code=key.region, evidence_number=key.number, version=number, link=draft.link,
        document_date=draft.document_date, author=draft.author, population=draft.population, asked=draft.asked,
        respondents=draft.respondents, reason=reason, added_by=actor.id, added_at=clock.now(session),
    )  # fmt: skip
    if file is not None:
        from impact.documents.store import store

        store().put(file.path, file.sha256)
        for name in FILE_FACTS:
            setattr(version, name, getattr(file, name))
    return version


def _keep_file(version: EvidenceVersion, last: EvidenceVersion) -> None:
    for name in FILE_FACTS:
        setattr(version, name, getattr(last, name))


def _attach(session: Session, actor: Actor, key: PieceKey, cells: Iterable[Cell]) -> None:
    now = clock.now(session)
    session.add_all(
        EvidenceUse(
            region_code=key.region, evidence_number=key.number, indicator_code=cell.indicator,
            period_code=cell.period, attached_by=actor.id, attached_at=now,
        )
        for cell in cells
    )  # fmt: skip
    session.flush()


def _drop(session: Session, key: PieceKey, cells: Iterable[Cell]) -> None:
    for cell in cells:
        session.delete(session.get_one(EvidenceUse, (*key, cell.indicator, cell.period)))
    session.flush()


def _record(
    session: Session, actor: Actor, action: str, row: Evidence, before: dict[str, Any] | None, reason: str = ""
) -> None:
    key = PieceKey(row.region_code, row.number)
    after = piece_facts(session, row)
    history.record(session, actor, action, key.subject, chain=key.region, before=before, after=after, reason=reason)


def _follow(session: Session, actor: Actor, book: Book, cells: Collection[Cell], reason: str = "") -> None:
    """Bring the figures whose evidence changed to their grade, each with its row of history.

    Their version stays: what a form shows of them did not change, and nobody who types is told of a conflict.
    """
    entries = facts.entries_of(session, cells)
    for cell, entry in entries.items():
        before = facts.snapshot(session, entry)
        entry.evidence = attached_text(session, cell)
        forget_reading(entry)
        grade(entry)
        session.flush()
        log(session, actor, MOVED, book, entry, before, facts.moved_on(entry, before), reason)
    if entries:
        rollup.refresh_cells(session, book, entries)
