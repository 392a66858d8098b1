"""Which chantiers a region works on, and since when."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from impact.errors import Problem, Refused
from impact.formats import short_date
from impact.models import MobilisationSpell
from impact.permissions import Actor, Right, require
from impact.queries.book import Book
from impact.services import history, rollup


def mobilise(
    session: Session,
    actor: Actor,
    region: str,
    chantier: str,
    *,
    primary: bool | None = None,
    start: date | None = None,
    end: date | None = None,
) -> MobilisationSpell:
    """Commit a region to a chantier; repeating edits the open spell, a new primary ends the old one the day before.

    primary: None keeps the rank of the spell that is edited; a new one is secondary. start: the campaign's start unless
    given. end: inclusive, None = running. Refused when spells would overlap.
    """
    require(actor, Right.MOBILISE)
    history.touch(session)
    book = Book(session)
    book.region(region), book.chantier(chantier)  # NotFound names what does not exist
    spells = _spells(session, region)
    edited = _edited([s for s in spells if s.chantier_code == chantier], start, book.campaign.start)
    first = start or (edited.start_date if edited else book.campaign.start)
    _refuse_nonsense(first, end, [s for s in spells if s is not edited and s.chantier_code == chantier])
    before = edited.model_dump(mode="json") if edited else None
    if edited:
        session.delete(edited)
        session.flush()
    is_primary = primary if primary is not None else bool(edited and edited.is_primary)
    if is_primary:
        _end_primaries(book, actor, [s for s in spells if s is not edited], first, end)
    spell = MobilisationSpell(
        region_code=region, chantier_code=chantier, start_date=first, end_date=end, is_primary=is_primary
    )
    session.add(spell)
    session.flush()
    _remember(book, actor, spell, before)
    _refresh(session, region)
    return spell


def _refresh(session: Session, region: str) -> None:
    """What is due of the region has changed, on this chantier and on those that ended, in every campaign touched."""
    book = Book(session)
    rollup.refresh(session, book, ((region, chantier, held) for chantier in book.chantiers for held in book.campaigns))


def _spells(session: Session, region: str) -> list[MobilisationSpell]:
    query = select(MobilisationSpell).where(col(MobilisationSpell.region_code) == region)
    return list(session.exec(query.order_by(col(MobilisationSpell.start_date))))


def _edited(spells: list[MobilisationSpell], start: date | None, usual: date) -> MobilisationSpell | None:
    """The spell of this chantier that the call repeats: one that begins on the day named, else the open one.

    usual: the day that is meant where none is named and nothing is open.
    """
    begun = {spell.start_date: spell for spell in spells}
    running = next((spell for spell in spells if spell.end_date is None), None)
    return (begun.get(start) if start else None) or running or begun.get(start or usual)


def _refuse_nonsense(start: date, end: date | None, others: list[MobilisationSpell]) -> None:
    if end is not None and end < start:
        raise Refused([Problem(f"la fin ({short_date(end)}) précède le début ({short_date(start)}).", "fin")])
    for other in others:
        if _overlap(start, end, other):
            until = f"au {short_date(other.end_date)}" if other.end_date else "à aujourd’hui"
            raise Refused(
                [Problem(f"déjà mobilisée sur ce chantier du {short_date(other.start_date)} {until}.", "debut")]
            )


def _overlap(start: date, end: date | None, other: MobilisationSpell) -> bool:
    return (end is None or other.start_date <= end) and (other.end_date is None or start <= other.end_date)


def _end_primaries(book: Book, actor: Actor, others: list[MobilisationSpell], start: date, end: date | None) -> None:
    """At most one primary at a time. One that began no earlier cannot end the day before: it becomes secondary."""
    for other in others:
        if not other.is_primary or not _overlap(start, end, other):
            continue
        before = other.model_dump(mode="json")
        if other.start_date < start:
            other.end_date = start - timedelta(days=1)
        else:
            other.is_primary = False
        book.session.add(other)
        book.session.flush()
        _remember(book, actor, other, before, "nouveau chantier principal")


def _remember(
    book: Book, actor: Actor, spell: MobilisationSpell, before: dict[str, Any] | None, reason: str = ""
) -> None:
    subject = f"{book.region(spell.region_code).name}, {book.chantier(spell.chantier_code).short}"
    history.record(
        book.session, actor, "mobilise", subject, chain=spell.region_code, before=before,
        after=spell.model_dump(mode="json"), reason=reason,
    )  # fmt: skip


def demobilise(session: Session, actor: Actor, region: str, chantier: str, last_day: date) -> None:
    """End a region's running spell on a chantier; figures of later periods are then out of scope, never lost."""
    require(actor, Right.MOBILISE)
    history.touch(session)
    spell = next((s for s in _spells(session, region) if s.chantier_code == chantier and s.end_date is None), None)
    if spell is None:
        raise Refused("Cette région n’a pas de mobilisation en cours sur ce chantier.")
    mobilise(session, actor, region, chantier, primary=spell.is_primary, start=spell.start_date, end=last_day)


def make_primary(session: Session, actor: Actor, region: str, chantier: str) -> None:
    """Put a running chantier first; the one that was first goes on as a secondary one, and nothing ends."""
    require(actor, Right.MOBILISE)
    history.touch(session)
    book = Book(session)
    spells = _spells(session, region)
    chosen = next((s for s in spells if s.chantier_code == chantier and s.end_date is None), None)
    if chosen is None:
        raise Refused("Cette région n’a pas de mobilisation en cours sur ce chantier.")
    if chosen.is_primary:
        raise Refused(f"« {book.chantier(chantier).short} » est déjà le chantier principal.")
    rivals = [s for s in spells if s.is_primary and _overlap(chosen.start_date, None, s)]
    for spell, first in (*((rival, False) for rival in rivals), (chosen, True)):
        _rank(book, actor, spell, first)


def _rank(book: Book, actor: Actor, spell: MobilisationSpell, first: bool) -> None:
    before = spell.model_dump(mode="json")
    spell.is_primary = first
    book.session.add(spell)
    book.session.flush()
    _remember(book, actor, spell, before)
