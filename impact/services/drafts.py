"""What a person has typed and not saved yet: raw text, kept field by field as each is left, outside history."""

from collections.abc import Mapping

import sqlalchemy as sa
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
LONGEST_NAME = 100

_TABLE: sa.Table = TypedDraft.__table__  # type: ignore[attr-defined]
_DISCARD = sa.delete(_TABLE).where(
    _TABLE.c.region_code == sa.bindparam("region"),
    _TABLE.c.indicator_code == sa.bindparam("indicator"),
    _TABLE.c.period_code == sa.bindparam("period"),
    _TABLE.c.account_id == sa.bindparam("account"),
)


def keep_fields(
    session: Session, actor: Actor, cell: Cell, typed: Mapping[str, str], seen_version: int,
    shown: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Keep raw texts by field.

    seen_version: the entry's version when the form was opened. shown: every text that the form showed then. Typing
    starts from a copy of them, so that a draft is the whole form as one person saw it, never a mixture of two people's.
    What only says again what was shown is no draft, and is forgotten.
    """
    book = Book(session)
    require_entry(actor, cell.region, book.region(cell.region).name)
    book.definition(cell.indicator), book.period(cell.period)
    row = session.get(TypedDraft, (*cell, actor.id), with_for_update=True)
    before = row.fields if row else dict(shown or {})
    fields = {**before, **{name: _kept(name, text) for name, text in typed.items()}}
    if len(fields) > MOST_FIELDS:
        raise Refused(f"Trop de champs dans cette saisie : {counted(len(fields), 'champ')}.")
    if shown is not None and _filled(fields) == _filled(shown):
        discard(session, actor, cell)
        return
    row = row or TypedDraft(
        region_code=cell.region, indicator_code=cell.indicator, period_code=cell.period, account_id=actor.id,
        seen_version=seen_version, typed_at=clock.real_now(),
    )  # fmt: skip
    row.fields, row.typed_at = fields, clock.real_now()
    session.add(row)
    session.flush()


def _kept(name: str, text: str) -> str:
    if len(name) > LONGEST_NAME:
        raise Refused("Ce champ n’existe pas.")
    return clean_text(text, LONGEST)


def _filled(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in fields.items() if text.strip()}


def discard(session: Session, actor: Actor, cell: Cell) -> None:
    """Forget what this person typed of a cell: it was saved, or given up."""
    key = {**cell._asdict(), "account": actor.id}
    if session.connection().execute(_DISCARD, key).rowcount:
        for held in [one for one in session.identity_map.values() if isinstance(one, TypedDraft)]:
            session.expunge(held)
