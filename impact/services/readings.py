"""Evidence read by somebody other than its authors (F3), and what an external third party verified (F4)."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlmodel import Session, col, select

from impact import clock
from impact.errors import NotFound, Problem, Refused
from impact.figures import Cell
from impact.formats import clean_text, short_date
from impact.models import Entry, Evidence, Setting
from impact.permissions import Actor, Right, require
from impact.proof import DOCUMENTED, REVIEWED
from impact.queries.authorship import authors_ever, lives
from impact.queries.book import Book
from impact.rules.evidence import Verification
from impact.services import facts, history, rollup
from impact.services.entries import derived, forget_reading, forget_verification, grade, log
from impact.vocabulary import Status

READ, UNREAD, VERIFY, UNVERIFY = "read_evidence", "retract_reading", "verify", "withdraw_verification"
SETTLED = "readings"
"""The setting that tells that older readings were looked at."""
NEW_RULES = "la lecture ne répond plus aux règles : elle est d’un auteur du chiffre, ou d’avant un autre mode de calcul"
IN_REVIEW = (Status.SUBMITTED, Status.VALIDATED)


class Reading(NamedTuple):
    """What a reader checked, in words, and what they had before them.

    seen, version: Entry.evidence and Entry.version as the screen showed them; None = as they stand now.
    """

    checked: str
    seen: str | None = None
    version: int | None = None


def read_evidence(session: Session, actor: Actor, readings: Mapping[Cell, Reading], token: str = "") -> int:
    """Say that the evidence of submitted or validated figures was read, all or none; how many.

    Raises Forbidden, NotFound, Refused (every problem at once: an author, other evidence than seen, none to read).
    """
    book = _begin(session, actor, token)
    entries = entries_at(session, book, readings)
    problems = [p for entry in entries for p in _not_in_review(book, entry)]
    problems += reading_problems(session, book, actor, entries, readings)
    problems += [
        Problem("aucune pièce ni lien à lire.", where=book.subject(facts.cell_of(entry)))
        for entry in entries
        if not has_evidence(entry)
    ]
    if problems:
        raise Refused(problems)
    for entry in entries:
        before = facts.snapshot(session, entry)
        apply_reading(session, actor, entry, readings[facts.cell_of(entry)])
        session.flush()
        log(session, actor, READ, book, entry, before, facts.moved_on(entry, before))
    rollup.refresh_cells(session, book, readings)
    return len(entries)


def retract_reading(session: Session, actor: Actor, cell: Cell, reason: str, token: str = "") -> None:
    """Take back what was said of a reading, and the verification that rested on it; the grade falls."""
    book = _begin(session, actor, token)
    [entry] = entries_at(session, book, [cell])
    if entry.evidence_read_by is None:
        raise Refused([Problem("personne n’a dit avoir lu sa pièce.", where=book.subject(cell))])
    _let_go(session, actor, book, entry, UNREAD, reason)


def verify(session: Session, actor: Actor, cell: Cell, said: Verification, token: str = "") -> None:
    """Record that somebody outside the network verified a figure whose evidence was read; it becomes F4."""
    book = _begin(session, actor, token)
    [entry] = entries_at(session, book, [cell])
    problems = [*_not_in_review(book, entry), *_verification_problems(session, book, actor, entry, said)]
    if problems:
        raise Refused(problems)
    before = facts.snapshot(session, entry)
    entry.verifier, entry.verifier_organisation = said.person, said.organisation
    entry.verified_on, entry.verification_report, entry.verification_by = said.day, said.report, actor.id
    grade(entry)
    session.flush()
    log(session, actor, VERIFY, book, entry, before, facts.moved_on(entry, before))
    rollup.refresh_cells(session, book, [cell])


def withdraw_verification(session: Session, actor: Actor, cell: Cell, reason: str, token: str = "") -> None:
    """Take a verification back, with a reason: the figure is F3 again."""
    book = _begin(session, actor, token)
    [entry] = entries_at(session, book, [cell])
    if entry.verified_on is None:
        raise Refused([Problem("aucune vérification externe n’est enregistrée.", where=book.subject(cell))])
    _let_go(session, actor, book, entry, UNVERIFY, reason)


def settle(session: Session) -> int:
    """Take back, once in the life of a database, the readings that versions before pieces of evidence accepted and
    that today's rules do not: a former author's, or one made before another method, population or definition; how many.

    Call it where data/ was just loaded: `check` judges every reading by today's rules.
    """
    if session.get(Setting, SETTLED):
        return 0
    history.touch(session)
    book, read = Book(session), select(Entry).where(col(Entry.evidence_read_by).is_not(None))
    by_cell = {facts.cell_of(entry): entry for entry in session.exec(read)}
    unfounded = {cell: by_cell[cell] for cell, life in lives(session, by_cell).items() if not life.told.read}
    for entry in unfounded.values():
        _take_back(session, "mise à niveau", book, entry, UNREAD, NEW_RULES)
    if unfounded:
        rollup.refresh_cells(session, book, unfounded)
    session.merge(Setting(key=SETTLED, value="1"))
    session.flush()
    return len(unfounded)


def entries_at(session: Session, book: Book, cells: Collection[Cell]) -> list[Entry]:
    """The stored entries of some cells, in their order; NotFound names the first that has none."""
    stored = facts.entries_of(session, cells)
    if missing := [cell for cell in cells if cell not in stored]:
        raise NotFound(f"{book.subject(missing[0])} : aucun chiffre n’est enregistré.")
    return [stored[cell] for cell in cells]


def has_evidence(entry: Entry) -> bool:
    return bool(entry.evidence or entry.evidence_link)


def apply_reading(session: Session, actor: Actor, entry: Entry, reading: Reading) -> None:
    """Note a reading that has no problem; the caller flushes and records it."""
    entry.evidence_read_by, entry.evidence_read_at = actor.id, clock.now(session)
    entry.evidence_checked = clean_text(reading.checked, 1_000)
    grade(entry)


def reading_problems(
    session: Session, book: Book, actor: Actor, entries: Iterable[Entry], readings: Mapping[Cell, Reading]
) -> list[Problem]:
    """Why this person may not say that they read the evidence; nothing of entries without a reading or evidence."""
    read = [entry for entry in entries if facts.cell_of(entry) in readings and has_evidence(entry)]
    authors = authors_ever(session, [facts.cell_of(entry) for entry in read])
    problems: list[Problem] = []
    for entry in read:
        cell = facts.cell_of(entry)
        where, reading = book.subject(cell), readings[cell]
        if actor.id in authors[cell]:
            problems.append(Problem("vous en êtes l’un des auteurs ; une autre personne lit sa pièce.", where=where))
        if not reading.checked.strip():
            message = "cochez ce que vous avez contrôlé dans sa pièce, une ligne au moins."
            problems.append(Problem(message, "controle", where))
        if reading.seen is not None and reading.seen != entry.evidence:
            message = "ses pièces ont changé depuis que vous les avez ouvertes ; relisez-les."
            problems.append(Problem(message, where=where))
        if reading.version is not None and reading.version != entry.version:
            message = "le chiffre a changé depuis que vous l’avez ouvert ; relisez-le avec sa pièce."
            problems.append(Problem(message, where=where))
    return problems


def _begin(session: Session, actor: Actor, token: str) -> Book:
    require(actor, Right.REVIEW)
    history.begin(session, token)
    return Book(session)


def _not_in_review(book: Book, entry: Entry) -> list[Problem]:
    if entry.status in IN_REVIEW:
        return []
    message = f"le chiffre est « {Status(entry.status).label} » : sa pièce se relit une fois qu’il est soumis."
    return [Problem(message, where=book.subject(facts.cell_of(entry)))]


def _verification_problems(
    session: Session, book: Book, actor: Actor, entry: Entry, said: Verification
) -> list[Problem]:
    cell = facts.cell_of(entry)
    found = []
    if derived(entry) < REVIEWED:
        lacking = (
            "sa pièce n’a pas été relue" if derived(entry) == DOCUMENTED else "il lui manque source, méthode ou pièce"
        )
        found.append(f"il doit d’abord être « relu » (F3) : {lacking}.")
    if actor.id in authors_ever(session, [cell])[cell]:
        found.append("vous en êtes l’un des auteurs ; une autre personne enregistre sa vérification.")
    report = session.get(Evidence, (cell.region, said.report))
    if report is None or report.withdrawn_at is not None:
        found.append("la pièce qui contient le rapport n’existe pas, ou a été retirée.")
    if said.day < entry.coverage_start:
        found.append(f"le {short_date(said.day)} précède ce que le chiffre compte.")
    return [Problem(message, where=book.subject(cell)) for message in found]


def _let_go(session: Session, actor: Actor, book: Book, entry: Entry, action: str, reason: str) -> None:
    cleaned = clean_text(reason, 1_000)
    if not cleaned:
        raise Refused([Problem("indiquez le motif.", "motif")])
    _take_back(session, actor, book, entry, action, cleaned)
    rollup.refresh_cells(session, book, [facts.cell_of(entry)])


def _take_back(session: Session, actor: Actor | str, book: Book, entry: Entry, action: str, reason: str) -> None:
    before = facts.snapshot(session, entry)
    (forget_reading if action == UNREAD else forget_verification)(entry)
    grade(entry)
    session.flush()
    log(session, actor, action, book, entry, before, facts.moved_on(entry, before), reason)
