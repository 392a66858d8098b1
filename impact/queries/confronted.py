"""What a confrontation of approaches is made of, read once: validated plans and figures, public claims alone."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.actions import ActionKey
from impact.aggregation import Window
from impact.confrontation import Approach, PublicClaim, frozen
from impact.errors import NotFound, Refused
from impact.models import History
from impact.queries import actions, claims
from impact.queries.bases import counted
from impact.queries.book import Book
from impact.queries.catalogue import containing
from impact.queries.snapshots import EVERYBODY
from impact.queries.stages import standings
from impact.queries.world import world_of

PAST: sa.Table = History.__table__  # type: ignore[attr-defined]


def confronted(session: Session, keys: Sequence[ActionKey], start: date, end: date) -> dict[str, Any]:
    """The content of a snapshot as it would be frozen now (impact.confrontation.frozen), with the last row of history
    that each region's figures stand on, under « heads ».

    Refused, NotFound where an action has no validated plan.
    """
    book = Book(session)
    sides = approaches(book, keys)
    chantiers = {one.chantier for one in sides}
    indicators = [code for code, one in book.definitions.items() if one.chantier in chantiers]
    regions = sorted({key.region for key in keys})
    campaign = containing(list(book.campaigns.values()), end).code
    world = world_of(
        book, EVERYBODY, campaign, Window(start, end, book.today), regions=regions, indicators=indicators, counts=[]
    )  # fmt: skip
    periods = sorted({cell.period for cell in world.entries})
    said = counted(session, EVERYBODY, regions=regions, indicators=indicators, periods=periods)
    return {**frozen(sides, world, said), "heads": _heads(session, regions)}


def approaches(book: Book, keys: Sequence[ActionKey]) -> list[Approach]:
    """Each action as everybody may see it."""
    session = book.session
    public = {one.key: one for one in actions.actions(session, EVERYBODY)}
    stages = standings(session, EVERYBODY)
    if unknown := [key for key in keys if key not in public]:
        named = ", ".join(map(str, unknown))
        raise NotFound(f"Action {named} : elle n’existe pas, est retirée, ou son plan n’a jamais été validé.")
    if len(set(keys)) < len(keys):
        raise Refused("Une action y est deux fois.")
    found = []
    for key in keys:
        row, region = public[key], book.region(key.region)
        found.append(
            Approach(
                key, region.name, region.population, book.chantier(row.chantier).short, row.plan, row.version,
                stages[key].stage if key in stages else None, public_claims(session, key.region, row.chantier),
            )
        )  # fmt: skip
    return found


def public_claims(session: Session, region: str, chantier: str) -> tuple[PublicClaim, ...]:
    """Those of a region on a chantier that everybody may read, with their level as it stands."""
    return tuple(
        PublicClaim(str(one.key), one.stated.version, one.said.sentence, one.stated.finding, one.level)
        for one in claims.claims(session, EVERYBODY, chantier=chantier)
        if one.key.region == region and one.level
    )


def _heads(session: Session, regions: Sequence[str]) -> dict[str, int]:
    query = sa.select(PAST.c.chain, sa.func.max(PAST.c.seq)).where(PAST.c.chain.in_(regions)).group_by(PAST.c.chain)
    return {row[0]: row[1] for row in session.connection().execute(query)}
