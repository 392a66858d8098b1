"""What the screen of meetings reads, kept for a key, and the addresses inside it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from impact.claims import grade
from impact.confrontation import Comparison
from impact.db import reading
from impact.errors import NotFound
from impact.formats import short_date
from impact.queries import claims, decisions, meetings, snapshots
from impact.queries.actions import actions
from impact.queries.confronted import Moved, moved
from impact.queries.decisions import DecisionRow
from impact.queries.meetings import MeetingRow
from impact.queries.snapshots import EVERYBODY, Change, Snapshot
from impact.ui import page, reads
from impact.ui.kept import kept
from impact.ui.reads import Key, Source

SCREEN = "rencontres"
OPENED, PART, FROZEN, DECISION = "rencontre", "partie", "arrete", "decision"
"""Parameters of the address: the meeting that is open, the part shown, the comparison and the decision in it."""
CONFRONTING, LEARNING, DECIDING, FOLLOWING = "confrontation", "enseignements", "decisions", "suivi"
PARTS = {
    "": "La rencontre",
    CONFRONTING: "Confronter les démarches",
    LEARNING: "Enseignements",
    DECIDING: "Décisions",
}
"""Of one meeting."""
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Known:
    """chantiers, regions: code -> name. actions: « 22-1 » -> its name, of those whose plan is validated.

    start: first day of the campaign.
    """

    key: Key
    today: date
    start: date
    chantiers: Mapping[str, str]
    regions: Mapping[str, str]
    actions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """claims: « 22-3 » -> its sentence, of those that everybody may read."""

    row: MeetingRow
    snapshots: tuple[Snapshot, ...]
    decisions: tuple[DecisionRow, ...]
    claims: Mapping[str, str]

    @property
    def frozen(self) -> dict[str, str]:
        """The comparisons of this meeting, by number as a text."""
        return {str(one.number): f"{one.title}, arrêtée le {short_date(one.taken_on)}" for one in self.snapshots}

    def comparison(self, number: int) -> Comparison:
        return next(one.comparison for one in self.snapshots if one.number == number)


def known(source: Source) -> Known:
    calendar = reads.calendar(source.key)
    return Known(
        source.key, source.key.today, calendar.start, calendar.chantier_names, calendar.region_names,
        _validated(source.key),
    )  # fmt: skip


@kept(32)
def _validated(key: Key) -> dict[str, str]:
    with reading() as session:
        names = reads.calendar(key).region_names
        return {
            str(one.key): f"{one.key} {names.get(one.key.region, one.key.region)}, {one.validated.identity.title}"
            for one in actions(session, EVERYBODY)
            if one.validated and one.withdrawn_at is None
        }


@kept(32)
def every(key: Key) -> tuple[MeetingRow, ...]:
    with reading() as session:
        return tuple(meetings.meetings(session))


@kept(32)
def decided(key: Key) -> tuple[DecisionRow, ...]:
    """Of all meetings."""
    with reading() as session:
        return tuple(decisions.decisions(session))


@kept(64)
def opened(key: Key, number: int) -> Opened:
    """NotFound where there is none."""
    with reading() as session:
        return Opened(
            meetings.meeting(session, number), tuple(snapshots.snapshots(session, number)),
            tuple(decisions.decisions(session, meeting=number)),
            {str(one.key): f"{one.key}, {grade(one.level)} : {one.said.sentence}"
             for one in claims.claims(session, EVERYBODY) if not one.stated.withdrawn},
        )  # fmt: skip


@kept(64)
def since(key: Key, number: int) -> tuple[tuple[Change, ...], tuple[Moved, ...]]:
    """What differs today from what was frozen: figures, then what is beside them."""
    with reading() as session:
        return tuple(snapshots.since(session, number)), tuple(moved(session, snapshots.snapshot(session, number)))


def asked_for(key: Key) -> Opened | None:
    """The meeting that the address opens; a sentence where it names none."""
    text = st.query_params.get(OPENED, "")
    if not text:
        return None
    try:
        return opened(key, number(text))
    except NotFound:
        missing("la rencontre", text)
        return None


def number(text: str) -> int:
    """Of an address; NotFound for what names nothing."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST):
        raise NotFound("Ce numéro n’existe pas.")
    return int(text)


def missing(what: str, text: str) -> None:
    page.warn(f"L’adresse demande {what} « {text[:40]} » : ce numéro n’existe pas.")


def part(offered: Collection[str]) -> str:
    """The part that the address asks for; the first one where it names none, and a sentence says so."""
    asked = st.query_params.get(PART, "")
    if asked in offered:
        return asked
    page.warn(f"L’adresse demande la partie « {asked[:40]} » : elle n’existe pas.")
    return next(iter(offered))


def address(**said: str) -> str:
    """« rencontres?rencontre=2&partie=decisions »: what is empty stays unsaid."""
    query = urlencode({name: text for name, text in said.items() if text})
    return f"{SCREEN}?{query}" if query else SCREEN


def go(**said: str) -> None:
    """From a callback: the next run draws that address."""
    st.query_params.from_dict(said)
