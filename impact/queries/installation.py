"""What every run of every page asks of the database first, in one statement."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from impact.clock import TODAY, day_in_force
from impact.models import DataVersion, Setting

DEMONSTRATION = "demonstration"
VERSION: sa.Table = DataVersion.__table__  # type: ignore[attr-defined]
SETTING: sa.Table = Setting.__table__  # type: ignore[attr-defined]
_STANDING = sa.select(VERSION.c.number, SETTING.c.key, SETTING.c.value).select_from(
    VERSION.outerjoin(SETTING, SETTING.c.key.in_((TODAY, DEMONSTRATION)))
)


@dataclass(frozen=True, slots=True)
class Standing:
    """version: rises with every writing transaction, the key of cached reads. today: the product's day."""

    version: int
    today: date
    demonstration: bool


def standing(session: Session) -> Standing:
    rows = session.connection().execute(_STANDING).all()
    settings = {key: value for _, key, value in rows}
    return Standing(rows[0][0] if rows else 0, day_in_force(settings.get(TODAY)), settings.get(DEMONSTRATION) == "true")
