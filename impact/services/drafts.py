"""What a person has typed and not saved yet: raw text, kept field by field as each is left, outside history."""

from sqlmodel import Session

from impact import clock
from impact.errors import Refused
from impact.figures import Cell
from impact.formats import clean_text, counted
from impact.models import TypedDraft
from impact.permissions import Actor, require_entry
from impact.queries.book import Book

LONGEST = 5_000
MOST_FIELDS = 200


def keep_field(session: Session, actor: Actor, cell: Cell, field: str, text: str, seen_version: int) -> None:
    """Keep one field's raw text. seen_version: the entry's version when the form was opened; the first one stays."""
    book = Book(session)
    require_entry(actor, cell.region, book.region(cell.region).name)
    book.definition(cell.indicator), book.period(cell.period)
    if len(field) > 100:
        raise Refused("Ce champ n’existe pas.")
    typed = session.get(TypedDraft, (*cell, actor.id), with_for_update=True)
    if typed is None:
        typed = TypedDraft(
            region_code=cell.region, indicator_code=cell.indicator, period_code=cell.period, account_id=actor.id,
            fields={}, seen_version=seen_version, typed_at=clock.real_now(),
        )  # fmt: skip
    fields = {**typed.fields, field: clean_text(text, LONGEST)}
    if len(fields) > MOST_FIELDS:
        raise Refused(f"Trop de champs dans cette saisie : {counted(len(fields), 'champ')}.")
    typed.fields, typed.typed_at = fields, clock.real_now()
    session.add(typed)
    session.flush()


def discard(session: Session, actor: Actor, cell: Cell) -> None:
    """Forget what this person typed of a cell: it was saved, or given up."""
    if typed := session.get(TypedDraft, (*cell, actor.id)):
        session.delete(typed)
        session.flush()
