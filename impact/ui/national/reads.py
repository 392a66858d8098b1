"""Cached reads of the national view: few rows for the usual figures, a whole campaign for the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from impact.db import reading
from impact.figures import Definition
from impact.presentation import advancement
from impact.presentation.advancement import Move, Standings
from impact.presentation.changes import Changes
from impact.presentation.lens import KEY_INDICATORS, Lens
from impact.presentation.silences import Unfinished
from impact.queries import catalogue, national
from impact.queries import changes as changes_query
from impact.queries import standings as standings_query
from impact.ui import reads
from impact.ui.kept import kept
from impact.ui.reads import Key
from impact.world import World

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Country:
    """world: the campaign, with the figures of the indicators shown. standings: of every region on every chantier.

    unfinished: what is begun, by sheet; None = to be counted in the world. submissions: day of the last one, by region.
    """

    world: World
    standings: Standings
    unfinished: Unfinished | None
    submissions: Mapping[str, date]


@kept(16)
def country(key: Key, lens: Lens) -> Country:
    """The usual figures (validated, of every proof level) come from what is kept ready; the others are computed from
    the whole campaign. The two agree.
    """
    if lens.provisional or lens.min_proof:
        world = reads.world(key)
        return Country(world, advancement.standings(world, lens), None, reads.last_submissions(key))
    held = definitions(key).values()
    codes = [one.code for one in held if one.chantier == lens.chantier] if lens.chantier else KEY_INDICATORS
    with reading() as session:
        some = bool(lens.start or lens.end)
        seen = national.overview(session, key.scope, key.campaign, indicators=codes, by_period=some)
        stood = seen.advances
        if lens.end:
            stood = standings_query.advances(session, seen.world.campaign, min(lens.end + DAY, key.today))
    return Country(seen.world, stood, seen.unfinished, seen.last_submissions)


def frame(key: Key) -> World:
    """Names, calendar and mobilisations, with the key indicators' figures."""
    return country(key, Lens()).world


@kept(8)
def definitions(key: Key) -> dict[str, Definition]:
    with reading() as session:
        return catalogue.definitions(session)


@kept(64)
def changes(key: Key, since: date) -> Changes:
    with reading() as session:
        return changes_query.changes(session, key.scope, since, key.campaign)


@kept(64)
def moves(key: Key, since: date) -> Sequence[Move]:
    campaign = frame(key).campaign
    with reading() as session:
        return advancement.moves(standings_query.trend(session, campaign), since, key.today)
