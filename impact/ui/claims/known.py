"""What the screen of claims reads, kept for a key, and the addresses inside it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import streamlit as st

from impact.actions import ActionKey
from impact.claims import ClaimKey
from impact.db import reading
from impact.figures import Cell, CellEntry, Definition
from impact.permissions import Actor, Right
from impact.queries.book import Book
from impact.queries.claim_views import ClaimRow, VersionRow
from impact.queries.claims import claim, claims, versions
from impact.queries.decisions import DecisionRow, replications_of
from impact.queries.evidence import pieces_of_region
from impact.queries.figures import cell_entries
from impact.queries.stages import standings
from impact.ui import page
from impact.ui.kept import kept
from impact.ui.reads import Key
from impact.vocabulary import NATIONAL_CODE, ActionStage, Answer

SCREEN = "affirmations"
OPENED = "affirmation"
"""The parameter of the address that opens a claim: « 22-3 »."""
COUNTRY = "Ensemble du pays"
"""Where a claim is nobody's region's."""
FILTERS = ("region", "chantier", "etape", "niveau", "resultat")
_KEY = re.compile(r"(?P<region>[0-9A-Z]{2,3})-(?P<number>[1-9]\d{0,5})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Opened:
    """definitions: of the carrying figures, in the versions under which they were typed. replications: deployments that
    succeeded elsewhere, of the actions of its region on its chantier. hosted: the stage of each host's action.
    """

    row: ClaimRow
    definitions: Mapping[Cell, Definition]
    versions: tuple[VersionRow, ...]
    replications: tuple[DecisionRow, ...] = ()
    hosted: Mapping[ActionKey, ActionStage | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offered:
    """A figure that may carry a claim."""

    entry: CellEntry
    definition: Definition


@kept(32)
def every(key: Key) -> tuple[ClaimRow, ...]:
    """All that the reader may see, withdrawn ones of their own included."""
    with reading() as session:
        return tuple(claims(session, key.scope))


@kept(64)
def opened(key: Key, asked: ClaimKey) -> Opened:
    """NotFound where there is none that this reader may see."""
    with reading() as session:
        row, book = claim(session, key.scope, asked), Book(session)
        definitions = {
            cell: book.definition_of(cell.indicator, one.definition) for cell, one in row.figures.items()
        }  # fmt: skip
        replications = replications_of(session, asked.region, row.stated.chantier)
        reached = standings(session, key.scope) if replications else {}
        hosted = {one.host: reached[one.host].stage for one in replications if one.host in reached}
        return Opened(row, definitions, tuple(versions(session, asked)), tuple(replications), hosted)


@kept(64)
def offered(key: Key, region: str, chantier: str) -> dict[str, Offered]:
    """Figures with a value that may carry a claim of a region on a chantier, those of indicators of effect first; by
    « 22/FOR-05/2010-2011-S1 ». For the country, those of indicators of effect alone.
    """
    country = region == NATIONAL_CODE
    with reading() as session:
        book = Book(session)
        own = [
            one for one in book.definitions.values()
            if one.chantier == chantier and (one.proof_of_effect or not country)
        ]  # fmt: skip
        regions = None if country else [region]
        held = cell_entries(session, key.scope, regions=regions, indicators=[one.code for one in own])
        order = {code: place for place, code in enumerate(book.periods)}
        found = [
            Offered(entry, book.definition_of(entry.indicator, entry.version))
            for entry in held.values()
            if entry.answer is Answer.VALUE
        ]
    found.sort(
        key=lambda one: (not one.definition.proof_of_effect, one.entry.indicator, one.entry.region,
                         order[one.entry.period])
    )  # fmt: skip
    return {"/".join(one.entry.cell): one for one in found}


@kept(32)
def pieces(key: Key, region: str) -> Mapping[str, str]:
    """Pieces of a region that hold, by « 22-3 »: what a study may be; none for the country."""
    with reading() as session:
        found = pieces_of_region(session, key.scope, region)
        return {one.code: f"{one.code} {one.title}" for one in found if one.withdrawn_at is None}


def asked(text: str) -> ClaimKey | None:
    match = _KEY.fullmatch(text)
    return ClaimKey(match["region"], int(match["number"])) if match else None


def address(key: ClaimKey | None = None) -> str:
    """Of a claim, or of the list; the filters come along, so that the way back leads to the same list."""
    kept_filters = {name: st.query_params[name] for name in FILTERS if name in st.query_params}
    query = urlencode({OPENED: str(key), **kept_filters} if key else kept_filters)
    return f"{SCREEN}?{query}" if query else SCREEN


def writes_for(actor: Actor, regions: Mapping[str, str]) -> dict[str, str]:
    """Regions whose claims the actor may write, the country's included for the national office."""
    if not actor.may(Right.ENTER):
        return {}
    country = {NATIONAL_CODE: COUNTRY} if actor.may(Right.READ_ALL) else {}
    return country | {code: name for code, name in regions.items() if actor.may_enter(code)}


def where(region: str, regions: Mapping[str, str]) -> str:
    return COUNTRY if region == NATIONAL_CODE else regions.get(region, region)


def asked_for(key: Key) -> Opened | None:
    """The claim that the address opens; a sentence where it names none that is open to this reader."""

    def read(text: str) -> Opened | None:
        named = asked(text)
        return opened(key, named) if named else None

    return page.asked_for(OPENED, read, "L’adresse demande l’affirmation {} : elle n’existe pas.")
