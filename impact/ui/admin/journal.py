"""The journal on the screen: its filters, and a page of acts with what each changed."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from impact.db import reading
from impact.exports.journal import HistoryFact
from impact.formats import counted, moment
from impact.permissions import Actor
from impact.queries import journal
from impact.queries.book import Book
from impact.queries.journal import JournalFilter
from impact.services import setup
from impact.ui import filters, page, tables
from impact.ui.admin import bound, naming, words
from impact.ui.admin.acts import ACTIONS
from impact.ui.admin.words import Change, Names
from impact.ui.tables import Column
from impact.vocabulary import NATIONAL_CODE

SHOWN_AT_ONCE = 3
"""Changes of one act that are read without opening anything."""


@dataclass(frozen=True, slots=True)
class Background:
    """What the page's filters offer and its words need."""

    names: Names
    people: dict[str, str]
    periods: dict[str, str]
    demonstration: bool
    first: date
    today: date


def background(actor: Actor) -> Background:
    with reading() as session:
        book = Book(session)
        return Background(
            names=naming.names(book),
            people=bound.distinct(journal.people(session, actor)),
            periods={code: code for code in book.periods},
            demonstration=setup.is_demonstration(session),
            first=journal.first_day(session, actor) or book.today,
            today=book.today,
        )


def choose(known: Background) -> JournalFilter:
    """Two rows of filters, all kept in the address."""
    regions = {NATIONAL_CODE: "Sans région", **known.names.regions}
    indicators = {code: code for code in known.names.definitions}
    with filters.grid():
        return JournalFilter(
            person=bound.one("Qui", "journal_personne", known.people, "Tout le monde"),
            action=bound.one("Action", "journal_action", ACTIONS, "Toutes"),
            region=bound.one("Région", "journal_region", regions, "Toutes"),
            period=bound.one("Période", "journal_periode", known.periods, "Toutes"),
            indicator=bound.one("Indicateur", "journal_indicateur", indicators, "Tous"),
            start=bound.day("Du", "journal_du", known.first, known.today),
            end=bound.day("Au", "journal_au", known.first, known.today),
            text=bound.words("Texte", "journal_texte", "objet, motif, valeur", journal.LONGEST_SEARCH),
        )


def show(actor: Actor, wanted: JournalFilter, known: Background) -> None:
    """The acts that match, a page at a time; the page's number stands in the address too."""
    with reading() as session:
        count = journal.count(session, actor, wanted)
    if not count:
        page.empty("Aucun acte ne répond à ces filtres. Élargissez les dates ou effacez le texte cherché.")
        return
    page.note(counted(count, "acte") + ", le plus récent d’abord.")
    place = st.container()
    number = _number(wanted, -(-count // journal.PAGE_SIZE))
    with reading() as session:
        acts = journal.acts(session, actor, wanted, number)
    place.html(tables.table(COLUMNS, [_row(fact, known) for fact in acts], "Journal des actes"))


def _number(wanted: JournalFilter, pages: int) -> int:
    """The page chosen under the table; the first one again once a filter has changed."""
    if st.session_state.setdefault("journal_filtre", wanted) != wanted:
        st.session_state["journal_filtre"] = wanted
        st.session_state["journal_page"] = 1
    return st.pagination(pages, key="journal_page", bind="query-params") if pages > 1 else 1


COLUMNS = (
    Column("who", "Qui, quand", html=True),
    Column("what", "Quoi", html=True, row_header=True),
    Column("changes", "Ce qui a changé", html=True),
)


def _row(fact: HistoryFact, known: Background) -> dict[str, object]:
    who = known.people.get(fact.actor, fact.actor)
    return {
        "who": tables.two_lines(who, moment(fact.at)),
        "what": tables.two_lines(words.action(fact.action), words.subject(fact)),
        "changes": _told(words.changes(fact, known.names), fact.reason),
    }


def _told(changes: list[Change], reason: str) -> Markup:
    lines = [Markup("<em>{}</em>").format(page.typeset(f"« {reason} »"))] if reason else []
    lines += [Markup("{}").format(page.typeset(str(change))) for change in changes]
    first, rest = lines[:SHOWN_AT_ONCE], lines[SHOWN_AT_ONCE:]
    shown = Markup("<br>").join(first)
    if not rest:
        return Markup('<div class="imp-changes">{}</div>').format(shown)
    more = Markup("<details><summary>{}</summary>{}</details>").format(
        f"et {counted(len(rest), 'autre changement', 'autres changements')}", Markup("<br>").join(rest)
    )
    return Markup('<div class="imp-changes">{}{}</div>').format(shown, more)


def address(wanted: JournalFilter) -> str:
    """The journal's file, narrowed by the dates, the region and the indicator chosen."""
    asked = {
        "from": wanted.start.isoformat() if wanted.start else "",
        "to": wanted.end.isoformat() if wanted.end else "",
        "region": wanted.region,
        "indicateur": wanted.indicator,
    }
    return "/exports/journal.csv?" + urlencode({name: value for name, value in asked.items() if value})
