"""What a confrontation of approaches is made of, read once: validated plans and figures, public claims alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.actions import ActionKey
from impact.aggregation import Window
from impact.confrontation import Approach, PublicClaim, Side, frozen
from impact.errors import NotFound, Refused
from impact.models import History
from impact.presentation.stages import BEFORE
from impact.queries import actions, claims
from impact.queries.bases import counted
from impact.queries.book import Book
from impact.queries.catalogue import containing
from impact.queries.snapshots import EVERYBODY, Snapshot
from impact.queries.stages import standings
from impact.queries.world import world_of
from impact.vocabulary import ActionStage

UNREAD = "pas de niveau"
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
        for one in claims.claims(session, EVERYBODY, chantier=chantier, regions=[region])
        if one.level
    )


def _heads(session: Session, regions: Sequence[str]) -> dict[str, int]:
    query = sa.select(PAST.c.chain, sa.func.max(PAST.c.seq)).where(PAST.c.chain.in_(regions)).group_by(PAST.c.chain)
    return {row[0]: row[1] for row in session.connection().execute(query)}


@dataclass(frozen=True, slots=True)
class Moved:
    """What beside figures is not today what a snapshot says of an action. then, now: in French words."""

    key: ActionKey
    what: str
    then: str
    now: str


def moved(session: Session, held: Snapshot) -> list[Moved]:
    """Plans, stages and claims that changed since, by action in the snapshot's order; snapshots.since tells figures."""
    sides = held.comparison.sides
    public = {one.key for one in actions.actions(session, EVERYBODY)}
    still = [one.key for one in sides if one.key in public]
    today = {one.key: one for one in approaches(Book(session), still)}
    return [one for side in sides for one in _moved(side, today.get(side.key))]


def _moved(side: Side, now: Approach | None) -> Iterator[Moved]:
    if now is None:
        yield Moved(side.key, "plan validé", f"version {side.plan_version}", "plus lisible : action retirée")
        return
    if side.plan_version != now.version:
        yield Moved(side.key, "plan validé", f"version {side.plan_version}", f"version {now.version}")
    if side.stage is not now.stage:
        yield Moved(side.key, "étape", _stage(side.stage), _stage(now.stage))
    then, since = ({claim.key: f"P{claim.level}" for claim in one.claims} for one in (side, now))
    for claim in sorted(then.keys() | since.keys()):
        if then.get(claim) != since.get(claim):
            yield Moved(side.key, f"affirmation {claim}", then.get(claim, UNREAD), since.get(claim, UNREAD))


def _stage(stage: ActionStage | None) -> str:
    return stage.label if stage else BEFORE
