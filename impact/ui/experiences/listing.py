"""The list of stories: filters and words in the address, each with how it begins."""

from collections.abc import Collection, Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from impact.formats import NO_BREAK, capital, counted, day_of, short_date
from impact.presentation.experiences import excerpt, relevance
from impact.queries.experiences import StoryRow
from impact.rules.experiences import STATE_SIGNS, StoryState
from impact.ui import filters, page, tables
from impact.ui.admin import bound
from impact.ui.experiences.known import SCREEN, SEARCH, Listed, address
from impact.world import World

LONGEST_SEARCH = 100
MOST = 24
"""Stories drawn at once: a long list comes by parts."""
_SHOWN = f"{SCREEN}_combien"
PREPARED, PUBLISHED, WITHDRAWN = "en_preparation", "publies", "retires"
STATES: Mapping[str, Collection[StoryState]] = {
    filters.ALL: (StoryState.DRAFT, StoryState.CHANGED, StoryState.PUBLISHED),
    PREPARED: (StoryState.DRAFT, StoryState.CHANGED),
    PUBLISHED: (StoryState.PUBLISHED, StoryState.CHANGED),
    WITHDRAWN: (StoryState.WITHDRAWN,),
}
_NAMES = {
    filters.ALL: "Tous", PREPARED: "En préparation", PUBLISHED: "Publiés", WITHDRAWN: "Retirés",
}  # fmt: skip


def draw(held: Sequence[Listed], calendar: World, writes: Collection[str]) -> None:
    """writes: regions whose drafts the reader sees; who has none is not asked about states."""
    with filters.grid():
        words = bound.words("Rechercher", SEARCH, "mots du récit", LONGEST_SEARCH)
        chantiers = {filters.ALL: "Tous les chantiers", **calendar.chantier_names}
        chantier = filters.one(SCREEN, "chantier", "Chantier", "le chantier", chantiers)
        regions = {filters.ALL: "Toutes les régions", **calendar.region_names}
        region = filters.one(SCREEN, "region", "Région", "la région", regions)
        state = filters.one(SCREEN, "etat", "État", "l’état", _NAMES) if writes else filters.ALL
    if not held:
        page.empty(
            "Aucun retour d’expérience n’est encore publié. Une équipe raconte ici ce qu’elle a fait, ce qui a marché "
            "et ce qui n’a pas marché ; les autres régions le lisent et le commentent."
        )
        return
    fitting = [
        one for one in held
        if chantier in (filters.ALL, one.row.now.said.chantier)
        and region in (filters.ALL, one.row.key.region)
        and one.row.state in STATES[state]
    ]  # fmt: skip
    shown = found(fitting, words)
    ordered = ", les plus proches de votre recherche d’abord" if words else ", les derniers écrits d’abord"
    page.note(f"{counted(len(shown), 'retour d’expérience', 'retours d’expérience')}{ordered if shown else ''}.")
    if not shown:
        page.empty("Aucun récit ne répond à cette recherche : essayez un seul mot, ou effacez un filtre.")
        return
    count = st.session_state.get(_SHOWN, MOST)
    items = Markup().join(_item(one.row, calendar) for one in shown[:count])
    page.html(Markup('<ul class="imp-stories">{}</ul>').format(items))
    if len(shown) > count:
        left = counted(len(shown) - count, "récit", "récits")
        st.button(f"Afficher la suite ({left})", key=f"{SCREEN}_suite", on_click=_more, args=(count,))


def _more(count: int) -> None:
    st.session_state[_SHOWN] = count + MOST


def found(held: Sequence[Listed], words: str) -> list[Listed]:
    """Those that have every word, the most telling first, then in the order given: the last written first."""
    if not words:
        return list(held)
    weights = {one.row.key: relevance(words, one.texts) for one in held}
    return sorted(
        (one for one in held if weights[one.row.key]), key=lambda one: weights[one.row.key], reverse=True
    )  # fmt: skip


def _item(row: StoryRow, calendar: World) -> Markup:
    said = row.now.said
    told = [calendar.region_names.get(row.key.region, row.key.region), dated(row)]
    told += [counted(row.comments, "commentaire").replace(" ", NO_BREAK)] if row.comments else []
    state = (
        Markup('<p class="imp-note">{}</p>').format(tables.sign(STATE_SIGNS[row.state], capital(row.state.label)))
        if row.state is not StoryState.PUBLISHED
        else Markup()
    )
    return Markup("<li><h2>{}</h2><p>{}</p>{}<p>{}</p></li>").format(
        tables.link(address(row.key), page.typeset(said.title)),
        Markup("{} · {}").format(
            tables.chantier(said.chantier, calendar.chantier_names.get(said.chantier, said.chantier)),
            page.typeset(" · ".join(told)),
        ),
        state, page.typeset(excerpt(said)) or tables.light("Rien n’en est encore raconté."),
    )  # fmt: skip


def dated(row: StoryRow) -> str:
    """« publié le 12/03/2011 »; of a draft, when it was written."""
    if row.published_at is not None:
        return f"publié le {short_date(day_of(row.published_at))}"
    return f"écrit le {short_date(day_of(row.now.written_at))}"
