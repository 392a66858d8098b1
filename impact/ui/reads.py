"""Cached reads of the screens that show figures, keyed by everything that they depend on.

A key holds the database, its data version, the day and what the reader may see: a write makes every older answer
unreachable, and no reader gets another's. What is cached is shared by sessions: never change it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import streamlit as st

from impact import clock
from impact.db import current, reading
from impact.permissions import Actor, Scope, readable
from impact.presentation.lens import Lens
from impact.queries import catalogue, home
from impact.queries.world import world as read_world
from impact.services.setup import is_demonstration
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


HASHED: dict[str | type[Any], Callable[[Any], Any]] = {Key: repr, Lens: repr}
"""For the hash_funcs of what every visit looks up: Streamlit would take each field apart, a third of a millisecond."""


@dataclass(frozen=True, slots=True)
class Source:
    """What one run of a page starts from. campaigns: codes, latest first."""

    key: Key
    demonstration: bool
    campaigns: tuple[str, ...]


def source(actor: Actor) -> Source:
    """Read at every run: a few rows tell whether what is cached still holds."""
    own = readable(actor).own
    with reading() as session:
        today = clock.today(session)
        key = Key(current().url, catalogue.data_version(session), today, None if own is None else tuple(sorted(own)))
        campaigns = tuple(row.code for row in reversed(catalogue.campaigns(session)))
        return Source(key, is_demonstration(session), campaigns)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=HASHED)
def world(key: Key) -> World:
    with reading() as session:
        return read_world(session, key.scope, key.campaign)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=HASHED)
def calendar(key: Key) -> World:
    """Names, definitions, periods and mobilisations of everybody, without a single figure: what filters offer."""
    with reading() as session:
        return read_world(session, key.scope, key.campaign, regions=())


@st.cache_resource(max_entries=32, show_spinner=False)
def last_submissions(key: Key) -> Mapping[str, date]:
    with reading() as session:
        return home.last_submissions(session)
