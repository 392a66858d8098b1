"""Impact claims: written, revised with a reason, withdrawn, read; nothing that was said or found is lost."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact import clock
from impact.claims import ClaimKey, mark, reached
from impact.errors import Forbidden, Problem, Refused, StaleEntry
from impact.figures import Cell
from impact.formats import clean_text
from impact.models import Claim, ClaimFigure, ClaimReading, ClaimVersion, Evidence
from impact.permissions import EVERYTHING, Actor, Right, require, require_entry
from impact.queries.book import Book
from impact.queries.claim_views import ClaimRow
from impact.queries.claims import claim
from impact.queries.figures import cell_entries
from impact.rules.claims import (
    ClaimDraft,
    ReadingDraft,
    claim_fields,
    claim_problems,
    reading_problems,
    says_the_same,
)
from impact.services import history
from impact.services.claim_facts import claim_facts, reading_facts
from impact.vocabulary import NATIONAL_CODE, Answer

WRITE, REVISE, WITHDRAW, READ = "write_claim", "revise_claim", "withdraw_claim", "read_claim"


def write_claim(session: Session, actor: Actor, draft: ClaimDraft, token: str = "") -> ClaimKey:
    """A new claim, numbered in its region. Raises Forbidden, NotFound, Refused (every problem at once), AlreadyDone."""
    book = _begin(session, actor, draft.region, token)
    _refuse(book, draft)
    last = session.exec(select(sa.func.max(Claim.number)).where(Claim.region_code == draft.region)).one() or 0
    key = ClaimKey(draft.region, last + 1)
    session.add(Claim(region_code=key.region, number=key.number))
    session.flush()
    _add_version(session, actor, book, key, 1, draft, None)
    return key


def revise_claim(session: Session, actor: Actor, draft: ClaimDraft, token: str = "") -> ClaimKey:
    """The next version; the same statement again changes nothing. Readings were of the version before: P falls.

    Raises as write_claim, and StaleEntry (someone else was faster).
    """
    book = _begin(session, actor, draft.region, token)
    key = ClaimKey(draft.region, draft.number)
    held = claim(session, EVERYTHING, key)
    _refuse_withdrawn(held)
    if draft.seen_version != held.stated.version:
        raise StaleEntry(
            f"Affirmation {key} : elle a été modifiée par {held.written_by} depuis que vous l’avez ouverte. "
            "Choisissez le texte à garder.",
            stored=claim_fields(held.said), typed=claim_fields(draft), version=held.stated.version,
        )  # fmt: skip
    if says_the_same(draft, held.said):
        return key
    _refuse(book, draft)
    row = session.get_one(Claim, (key.region, key.number))
    before = claim_facts(session, key, row.version)
    row.version += 1
    _add_version(session, actor, book, key, row.version, draft, before)
    return key


def withdraw_claim(
    session: Session, actor: Actor, region: str, number: int, reason: str, seen_version: int, token: str = ""
) -> None:
    """Take a claim back; it stays readable to its region and to the national office. Raises as revise_claim.

    One that somebody has read is the national office's to withdraw: an adverse result does not go away quietly.
    """
    book = _begin(session, actor, region, token)
    key = ClaimKey(region, number)
    held = claim(session, EVERYTHING, key)
    _refuse_withdrawn(held)
    if held.readings and not actor.may(Right.REVIEW):
        raise Refused("Une affirmation déjà lue ne se retire que par le bureau national ; modifiez-la, ou écrivez-lui.")
    if seen_version != held.stated.version:
        raise Refused("L’affirmation a été modifiée depuis que vous l’avez ouverte ; relisez-la avant de la retirer.")
    reason = clean_text(reason, 1_000)
    if not reason:
        raise Refused([Problem("dites pourquoi l’affirmation est retirée.", "motif_retrait")])
    row = session.get_one(Claim, (key.region, key.number))
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = actor.id, clock.now(session), reason
    session.add(row)
    session.flush()
    _record(session, actor, WITHDRAW, book, key, None, {"number": number, "version": row.version}, reason)


def read_claim(session: Session, actor: Actor, draft: ReadingDraft, token: str = "") -> int:
    """Keep what a reader found of the version in force; the level that its criteria give by themselves.

    Raises Forbidden, NotFound, Refused (every problem at once), StaleEntry (the claim, or a figure, changed since it
    was opened), AlreadyDone.
    """
    require(actor, Right.REVIEW)
    history.begin(session, token)
    book, key = Book(session), ClaimKey(draft.region, draft.number)
    held = claim(session, EVERYTHING, key)
    justification, study = clean_text(draft.justification), clean_text(draft.study_reference)
    draft = replace(draft, justification=justification, study_reference=study)
    if problems := reading_problems(draft, held.stated, held.now, actor.id):
        raise Refused(problems)
    if draft.seen != mark(held.stated, held.now):
        message = f"Affirmation {key} : son texte ou un de ses chiffres a changé depuis que vous l’avez ouverte. "
        raise StaleEntry(f"{message}Relisez-la ; vos coches sont gardées.", {}, {}, held.stated.version)
    number = len(held.readings) + 1
    reading = ClaimReading(
        region_code=key.region, claim_number=key.number, number=number, version=held.stated.version,
        level=reached(draft.criteria), criteria=sorted(draft.criteria), justification=draft.justification,
        study_reference=draft.study_reference, reader_id=actor.id, read_at=clock.now(session),
        figures={"/".join(cell): dict(held.now[cell].facts) for cell in held.stated.figures},
    )  # fmt: skip
    session.add(reading)
    session.flush()
    _record(session, actor, READ, book, key, None, reading_facts(reading), draft.justification)
    return reading.level


def _begin(session: Session, actor: Actor, region: str, token: str) -> Book:
    require(actor, Right.ENTER)
    history.begin(session, token)
    book = Book(session)
    if region == NATIONAL_CODE:
        if not actor.may(Right.READ_ALL):
            raise Forbidden("Seul le bureau national écrit les affirmations du pays.")
    else:
        require_entry(actor, region, book.region(region).name)
    return book


def _refuse(book: Book, draft: ClaimDraft) -> None:
    """Every problem of a draft at once."""
    chantier_of = {code: one.chantier for code, one in book.definitions.items()}
    if problems := claim_problems(draft, chantier_of, _stored(book.session, draft), _pieces(book.session, draft)):
        raise Refused(problems)


def _stored(session: Session, draft: ClaimDraft) -> set[Cell]:
    """Cells of the draft that hold a value, validated or not."""
    known = cell_entries(
        session, EVERYTHING, regions={one.region for one in draft.figures},
        indicators={one.indicator for one in draft.figures}, periods={one.period for one in draft.figures},
    )  # fmt: skip
    return {cell for cell, entry in known.items() if entry.answer is Answer.VALUE}


def _pieces(session: Session, draft: ClaimDraft) -> set[int]:
    query = select(Evidence.number).where(Evidence.region_code == draft.region, col(Evidence.withdrawn_at).is_(None))
    return set(session.exec(query))


def _refuse_withdrawn(held: ClaimRow) -> None:
    if held.stated.withdrawn:
        raise Refused(f"L’affirmation {held.key} est retirée ; écrivez-en une nouvelle.")


def _add_version(
    session: Session, actor: Actor, book: Book, key: ClaimKey, version: int, draft: ClaimDraft,
    before: dict[str, Any] | None,
) -> None:  # fmt: skip
    """One more version with its figures, and its row of history."""
    said = {
        name: getattr(draft, name)
        for name in (
            "sentence", "what", "who", "how_much", "contribution", "risk", "self_declared", "study_reference",
            "study_number", "reason",
        )
    }  # fmt: skip
    session.add(
        ClaimVersion(
            region_code=key.region, claim_number=key.number, version=version, chantier_code=draft.chantier,
            stage=draft.stage.value, finding=draft.finding.value, written_by=actor.id, written_at=clock.now(session),
            counterfactual={name.value: one._asdict() if one else None for name, one in draft.counterfactual.items()},
            **said,
        )
    )  # fmt: skip
    session.flush()
    session.add_all(
        ClaimFigure(
            region_code=key.region, claim_number=key.number, version=version, figure_region_code=cell.region,
            indicator_code=cell.indicator, period_code=cell.period,
        )
        for cell in sorted(set(draft.figures))
    )  # fmt: skip
    session.flush()
    after = claim_facts(session, key, version)
    _record(session, actor, REVISE if before else WRITE, book, key, before, after, draft.reason)


def _record(
    session: Session, actor: Actor, action: str, book: Book, key: ClaimKey, before: dict[str, Any] | None,
    after: dict[str, Any], reason: str,
) -> None:  # fmt: skip
    """On the region's chain, without indicator nor period: such rows are figures'."""
    where = "France" if key.region == NATIONAL_CODE else book.region(key.region).name
    history.record(
        session, actor, action, f"Affirmation {key}, {where}", chain=key.region, before=before, after=after,
        reason=reason,
    )  # fmt: skip
