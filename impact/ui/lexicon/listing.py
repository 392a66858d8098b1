"""The list of terms with what regions make of each, searched and narrowed; every choice stands in the address."""

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup

from impact.formats import capital, counted
from impact.presentation.definitions import answers
from impact.rules.lexicon import Term
from impact.ui import charting, filters, page, tables
from impact.ui.admin import bound
from impact.ui.catalogue.known import SCREEN, SEARCH
from impact.ui.catalogue.listing import LONGEST_SEARCH
from impact.ui.lexicon import parts, wording
from impact.ui.lexicon.known import LEXICON, Known, address
from impact.vocabulary import STANCE_SIGNS, Stance

DISPUTED, AWAITED = "discutes", "attendus"
MOST_COLUMNS = 3
"""Regions of the person that have a column of their own."""


def head(known: Known) -> None:
    page.head(
        "Référentiel",
        "Le langage de la preuve : ce que les mots du réseau veulent dire. Chaque région les adopte, les adopte avec "
        "réserve ou les décline, et dit pourquoi ; le désaccord reste visible.",
        known.demonstration,
    )
    parts.draw(LEXICON)


def draw(known: Known) -> None:
    held = known.lexicon
    with filters.grid():
        words = bound.words("Rechercher", SEARCH, "mot, définition, exemple", LONGEST_SEARCH)
        narrow = filters.one(SCREEN, "avis", "Termes", "les termes", _choices(known))
    _asked(known)
    fits = _fits(known, narrow)
    shown = [term for term in held.in_use if _is_found(term, words) and fits(term)]
    if shown:
        page.note(f"{counted(len(shown), 'terme')} sur {len(held.in_use)} ; chaque terme ouvre sa définition.")
        _table(known, shown, "Lexique partagé")
    else:
        page.empty(
            "Aucun terme ne répond à cette recherche. Essayez un seul mot ou son début, ou montrez tous les termes."
        )
    retired = [term for term in held.retired if _is_found(term, words)] if narrow == filters.ALL else []
    if retired:
        page.section("Termes retirés", "Le réseau ne s’en sert plus ; ce qui en a été dit reste lisible.")
        _table(known, retired, "Termes retirés")
    if shown:
        data = wording.matrix(held, shown)
        charting.take_away(data, "Positions des régions sur les termes du lexique", "lexique")


def _choices(known: Known) -> dict[str, str]:
    awaited = "En attente d’une région"
    if 0 < len(known.regions) < len(known.lexicon.regions):
        awaited = "En attente de ma région" if len(known.regions) == 1 else "En attente de mes régions"
    return {filters.ALL: "Tous les termes", DISPUTED: "Discutés (réserve, refus)", AWAITED: awaited}


def _fits(known: Known, narrow: str) -> Callable[[Term], bool]:
    held, regions = known.lexicon, known.regions or tuple(known.lexicon.regions)
    if narrow == DISPUTED:
        return lambda term: held.tally(term.code).is_disputed
    if narrow == AWAITED:
        return lambda term: any(held.awaits(term.code, region) for region in regions)
    return lambda term: True


def _is_found(term: Term, words: str) -> bool:
    said = term.said
    return answers(words, said.term, said.definition, said.note, said.example)


def _asked(known: Known) -> None:
    """What waits for the person's own region; the office reads it in the table."""
    held = known.lexicon
    if len(known.regions) == len(held.regions):
        return
    waiting = {
        region: count
        for region in known.regions
        if (count := sum(held.awaits(term.code, region) for term in held.in_use))
    }
    if waiting:
        told = " ; ".join(f"{known.name(region)}, {counted(count, 'terme')}" for region, count in waiting.items())
        way = tables.link(f"{address()}&avis={AWAITED}", "Votre position est attendue")
        st.html(Markup('<p class="imp-lead">{}\u202f: {}.</p>').format(way, page.typeset(told)))


def _table(known: Known, terms: Sequence[Term], caption: str) -> None:
    own = known.regions if len(known.regions) <= MOST_COLUMNS else ()
    columns = [
        tables.Column("term", "Terme", row_header=True, html=True),
        *(tables.Column(region, known.name(region), html=True) for region in own),
        *(tables.Column(one.value, _header(one), "right", secondary=True) for one in Stance),
        tables.Column("awaited", "Sans avis", "right", secondary=True),
    ]
    drawn = tables.table(columns, [_row(known, term, own) for term in terms], caption)
    st.html(Markup('<div class="imp-terms">{}</div>').format(drawn))


def _header(stance: Stance) -> str:
    words = {Stance.ADOPTED: "Adopté", Stance.RESERVED: "Avec réserve", Stance.DECLINED: "Décliné"}
    return f"{STANCE_SIGNS[stance]} {words[stance]}"


def _row(known: Known, term: Term, own: Sequence[str]) -> dict[str, object]:
    held, tally = known.lexicon, known.lexicon.tally(term.code)
    counts = Markup('<span class="imp-short">{}</span>').format(
        page.typeset(capital(wording.summary(tally, term.version)))
    )
    under = Markup('<span class="imp-full">{}</span>{}').format(
        page.typeset(_first_sentence(term.said.definition)), counts
    )
    version = f", version {term.version}" if term.version > 1 else ""
    name = Markup("{}{}").format(
        tables.link(address(term.code), page.typeset(term.said.term)), tables.light(version) if version else ""
    )
    return {
        "term": tables.two_lines(name, under),
        **{region: wording.stance(held.last(term.code, region), term) for region in own},
        **{one.value: str(tally.of[one]) if tally.of[one] else "–" for one in Stance},
        "awaited": str(tally.awaited) if tally.awaited and not term.retired else "–",
    }


def _first_sentence(text: str) -> str:
    return text.split(". ")[0].rstrip(".") + "."
