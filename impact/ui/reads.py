"""Cached reads of the screens that show figures, keyed by everything that they depend on.

A key holds the database, its data version, the day and what the reader may see: a write makes every older answer
unreachable, and no reader gets another's. What is cached is shared by sessions: never change it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from impact.db import current, reading
from impact.permissions import Actor, Scope, readable
from impact.queries import catalogue, home
from impact.queries.installation import standing
from impact.queries.world import world as read_world
from impact.ui.kept import kept
from impact.world import World


class Key(NamedTuple):
    """own: regions of which the reader sees everything; None = of all. campaign: '' = the one that contains the day."""

    database: str
    version: int
    today: date
    own: tuple[str, ...] | None
    campaign: str = ""

    @property
    def scope(self) -> Scope:
        return Scope(None if self.own is None else frozenset(self.own))


@dataclass(frozen=True, slots=True)
class Source:
    """What one run of a page starts from. campaigns: codes, latest first."""

    key: Key
    demonstration: bool
    campaigns: tuple[str, ...]


def source(actor: Actor) -> Source:
    """Read at every run: a row or three tell whether what is cached still holds."""
    own = readable(actor).own
    with reading() as session:
        held = standing(session)
    key = Key(current().url, held.version, held.today, None if own is None else tuple(sorted(own)))
    return Source(key, held.demonstration, campaigns(key))


@kept(32)
def campaigns(key: Key) -> tuple[str, ...]:
    with reading() as session:
        return tuple(row.code for row in reversed(catalogue.campaigns(session)))


@kept(32)
def world(key: Key) -> World:
    with reading() as session:
        return read_world(session, key.scope, key.campaign)


@kept(32)
def calendar(key: Key) -> World:
    """Names, definitions, periods and mobilisations of everybody, without a single figure: what filters offer."""
    with reading() as session:
        return read_world(session, key.scope, key.campaign, regions=())


@kept(32)
def last_submissions(key: Key) -> Mapping[str, date]:
    with reading() as session:
        return home.last_submissions(session)
