"""What the part of the lexicon shows, read once a run, and the addresses inside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from impact.db import reading
from impact.permissions import Actor, Right
from impact.presentation.wording import short_name
from impact.queries import lexicon as reads
from impact.queries.book import Book
from impact.rules.lexicon import Lexicon, Term
from impact.services import setup
from impact.ui import page, tables
from impact.ui.catalogue.known import SCREEN, SEARCH

PART, LEXICON, TERM = "partie", "lexique", "terme"
"""Parameters of the address: the lexicon's part of the screen, and the term that is open."""
FILTERS = ("avis", SEARCH)


@dataclass(frozen=True, slots=True)
class Known:
    """regions: codes for which the person may speak, in the order of names. indicators: code -> short name."""

    lexicon: Lexicon
    regions: tuple[str, ...]
    indicators: Mapping[str, str]
    demonstration: bool

    def name(self, region: str) -> str:
        return self.lexicon.regions[region]


def is_asked() -> bool:
    return st.query_params.get(PART) == LEXICON or TERM in st.query_params


def known(actor: Actor) -> Known:
    """What regions say of the term that the address opens, or of all where it opens none."""
    with reading() as session:
        held = reads.lexicon(session, st.query_params.get(TERM, ""))
        return Known(
            held,
            tuple(code for code in held.regions if actor.may(Right.TAKE_STANCE) and actor.may_enter(code)),
            {code: short_name(one) for code, one in Book(session).definitions.items()},
            setup.is_demonstration(session),
        )


def opened(known: Known) -> Term | None:
    """The term that the address opens; a sentence where it names nothing."""
    code = st.query_params.get(TERM, "")
    if code in known.lexicon.versions:
        return known.lexicon.latest(code)
    if code:
        page.warn(f"L’adresse demande le terme « {code[:40]} » : il n’existe pas.")
    return None


def address(code: str = "") -> str:
    """Of a term, or of the list; the list's filters come along."""
    kept = {name: st.query_params[name] for name in FILTERS if name in st.query_params}
    return f"{SCREEN}?{urlencode({PART: LEXICON} | ({TERM: code} if code else {}) | kept)}"


def naming(indicator: str) -> Markup:
    """Links to the terms whose sheet names an indicator; empty where none does."""
    with reading() as session:
        found = reads.naming(session, indicator)
    return Markup(", ").join(link(one) for one in found)


def link(term: Term) -> Markup:
    return tables.link(f"{SCREEN}?{urlencode({PART: LEXICON, TERM: term.code})}", page.typeset(term.said.term))
