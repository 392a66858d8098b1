"""What the screen of stories reads, kept for a key, and the addresses inside it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from impact.actions import ActionKey
from impact.claims import ClaimKey
from impact.db import reading
from impact.errors import NotFound
from impact.figures import Definition
from impact.permissions import Actor, Right, Scope
from impact.presentation.experiences import Searched, searched
from impact.presentation.wording import short_name
from impact.queries import experiences as reads
from impact.queries.actions import ActionRow, action, actions
from impact.queries.book import Book
from impact.queries.claim_views import ClaimRow
from impact.queries.claims import claim, claims
from impact.queries.evidence import PieceView, piece, pieces_of_region
from impact.queries.experiences import CommentRow, StoryRow, VersionRow
from impact.rules.experiences import StoryKey, story_key
from impact.ui import page
from impact.ui.kept import kept
from impact.ui.reads import Key

SCREEN = "experiences"
OPENED, READ = "retour", "lecture"
"""Parameters of the address: the story that is open, « 22-1 », and PUBLISHED where that version is asked for."""
PUBLISHED = "publiee"
SEARCH = "experiences_recherche"
FILTERS = ("chantier", "region", "etat", SEARCH)


@dataclass(frozen=True, slots=True)
class Listed:
    row: StoryRow
    texts: Searched


@dataclass(frozen=True, slots=True)
class Opened:
    """A story as it is read, and what it is tied to of what this reader may open.

    shown: the version on the page. reserved: how many pieces the reader may not open.
    versions: oldest first, for its region and the national office; nothing for others.
    """

    row: StoryRow
    shown: VersionRow
    action: ActionRow | None
    indicators: tuple[Definition, ...]
    claims: tuple[ClaimRow, ...]
    pieces: tuple[PieceView, ...]
    reserved: int
    comments: tuple[CommentRow, ...]
    versions: tuple[VersionRow, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """What a story of a region may be tied to: labels by code, « 22-3 » for actions, claims and pieces."""

    actions: Mapping[str, str]
    indicators: Mapping[str, str]
    claims: Mapping[str, str]
    pieces: Mapping[str, str]


@kept(32)
def every(key: Key) -> tuple[Listed, ...]:
    """All that the reader may read, the last written first, withdrawn ones of their own included."""
    with reading() as session:
        book = Book(session)
        return tuple(
            Listed(row, searched(row.now.said, _names(book, row))) for row in reads.stories(session, key.scope)
        )


def _names(book: Book, row: StoryRow) -> dict[str, str]:
    said = row.now.said
    return {
        row.key.region: book.regions[row.key.region].name,
        said.chantier: book.chantiers[said.chantier].name,
        **{code: book.definitions[code].name for code in said.indicators if code in book.definitions},
    }


@kept(64)
def opened(key: Key, asked: StoryKey, published: bool) -> Opened:
    """published: the version that everybody reads, even to whoever sees a later one. NotFound where this reader may
    read none.
    """
    with reading() as session:
        row, book = reads.story(session, key.scope, asked), Book(session)
        shown = row.published if published and row.published else row.now
        said = shown.said
        found_claims, found_pieces, found_action = [], [], None
        for code in said.claims:
            where, _, which = code.partition("-")
            with suppress(NotFound):  # not theirs to read
                found_claims.append(claim(session, key.scope, ClaimKey(where, int(which))))
        for number in said.pieces:
            with suppress(NotFound):
                found_pieces.append(piece(session, key.scope, asked.region, number))
        if said.action is not None:
            with suppress(NotFound):
                found_action = action(session, key.scope, ActionKey(asked.region, said.action))
        indicators = tuple(book.definitions[code] for code in said.indicators if code in book.definitions)
        versions = reads.versions(session, asked) if key.scope.sees_all_of(asked.region) else []
        return Opened(
            row, shown, found_action, indicators, tuple(found_claims), tuple(found_pieces),
            len(said.pieces) - len(found_pieces), tuple(reads.comments(session, asked)), tuple(versions),
        )  # fmt: skip


@kept(32)
def offered(key: Key, region: str) -> Offered:
    """For whoever writes for that region."""
    with reading() as session:
        held = pieces_of_region(session, key.scope, region)
        return Offered(
            {
                str(one.key): one.plan.identity.title
                for one in actions(session, key.scope, regions=[region])
                if not one.is_withdrawn
            },
            {code: f"{code} {short_name(one)}" for code, one in Book(session).definitions.items()},
            {
                str(one.key): f"{one.key} {one.said.sentence}"
                for one in claims(session, Scope(frozenset({region})))
                if not one.stated.withdrawn
            },
            {one.code: f"{one.code} {one.title}" for one in held if one.withdrawn_at is None},
        )


def address(key: StoryKey | None = None, **more: str) -> str:
    """Of a story, or of the list; the filters come along, so that the way back leads to the same list."""
    carried = {name: st.query_params[name] for name in FILTERS if name in st.query_params}
    query = urlencode(({OPENED: str(key)} if key else {}) | more | carried)
    return f"{SCREEN}?{query}" if query else SCREEN


def writes_for(actor: Actor, regions: Mapping[str, str]) -> dict[str, str]:
    """Regions whose stories the actor may write."""
    if not actor.may(Right.ENTER):
        return {}
    return {code: name for code, name in regions.items() if actor.may_enter(code)}


def asked_for(key: Key) -> Opened | None:
    """The story that the address opens; a sentence where it names none that is open to this reader."""

    def read(text: str) -> Opened | None:
        named = story_key(text)
        return opened(key, named, st.query_params.get(READ) == PUBLISHED) if named else None

    return page.asked_for(OPENED, read, "L’adresse demande le retour d’expérience {} : il n’existe pas.")
