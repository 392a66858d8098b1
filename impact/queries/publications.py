"""Who published each version of a definition, when, from when on and why."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact.errors import NotFound
from impact.models import Account, IndicatorVersion


@dataclass(frozen=True, slots=True)
class Publication:
    """published_by: a name; '' and published_at None for what came with the catalogue. applies_from: None = always."""

    version: int
    applies_from: date | None
    reason: str
    published_by: str
    published_at: datetime | None


def publications(session: Session, code: str) -> list[Publication]:
    """Of every version of an indicator, oldest first."""
    rows = session.exec(
        select(IndicatorVersion, Account.name)
        .join(Account, sa.and_(col(Account.id) == col(IndicatorVersion.published_by)), isouter=True)
        .where(col(IndicatorVersion.indicator_code) == code)
        .order_by(col(IndicatorVersion.version))
    )
    return [Publication(row.version, row.applies_from, row.reason, name or "", row.published_at) for row, name in rows]


def publication(session: Session, code: str, version: int) -> Publication:
    found = [one for one in publications(session, code) if one.version == version]
    if not found:
        raise NotFound(f"L’indicateur {code}, version {version}, n’existe pas.")
    return found[0]
