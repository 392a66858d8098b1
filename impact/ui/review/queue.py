"""The queue of submitted figures: its filters, one line per figure, and the choice of many."""

from collections.abc import Collection, Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from impact.db import reading
from impact.figures import Cell
from impact.formats import counted, day_of, short_date
from impact.permissions import Actor
from impact.presentation.questions import of_figure
from impact.queries.book import Book
from impact.queries.offered import offered
from impact.queries.reviews import ReviewItem, review_queue
from impact.ui import filters, marks, page, tables
from impact.ui.review.checklist import name_of
from impact.ui.wording import answer, change, period_name

FEWEST = 20
_SHOWN = "validation_combien"
_VERSIONS = "validation_versions"
_OPENED = "chiffre"
"""Parameter of the address: the figure that is open, as region_indicator_period."""
_OPENED_HERE = "validation_ouvert_ici"
"""The one that a button of the page opened."""


def read_queue(actor: Actor) -> list[ReviewItem]:
    with reading() as session:
        return review_queue(session, actor)


def asked(actor: Actor) -> tuple[str, str, str]:
    """Region, chantier and period asked for; '' = all."""
    with reading() as session:
        book = Book(session)
        offer = offered(actor, book)
        periods = {code: period_name(period) for code, period in book.periods.items()}
    regions = {code: name for code, name in offer.regions.items() if offer.is_active(code)}
    chantiers = {code: page.typeset(name) for code, name in offer.chantiers.items()}
    with st.grid(3, min_column_width=155, gap="small"):
        return (
            _one("region", "Région", "la région", regions, "Toutes les régions"),
            _one("chantier", "Chantier", "le chantier", chantiers, "Tous les chantiers"),
            _one("periode", "Période", "la période", periods, "Toutes les périodes"),
        )


def _one(name: str, label: str, what: str, names: Mapping[str, str], every: str) -> str:
    code = filters.one("validation", name, label, what, {filters.ALL: every, **names})
    return "" if code == filters.ALL else code


def kept(queue: Sequence[ReviewItem], region: str, chantier: str, period: str) -> list[ReviewItem]:
    """The part of the queue that the filters leave."""
    return [
        item
        for item in queue
        if region in ("", item.view.region)
        and chantier in ("", item.definition.chantier)
        and period in ("", item.view.period)
    ]


def pick_key(item: ReviewItem) -> str:
    return f"validation_{name_of(item.view.cell)}"


def shown(items: Sequence[ReviewItem], opened: ReviewItem | None) -> list[ReviewItem]:
    """The lines drawn: a long queue is drawn by parts. The open figure comes first where the address led to it, and
    where it is not among them; opened by its button, it stays in its place.
    """
    first = list(items[: st.session_state.get(_SHOWN, FEWEST)])
    if opened is None or (opened in first and st.session_state.get(_OPENED_HERE) == name_of(opened.view.cell)):
        return first
    return [opened, *(item for item in first if item is not opened)]


def remember(items: Sequence[ReviewItem]) -> None:
    """Once all is drawn: the versions that the person now has before them, whatever the next run reads."""
    st.session_state[_VERSIONS] = {item.view.cell: item.view.version for item in items}


def shown_before(cells: Collection[Cell]) -> dict[Cell, int]:
    """Of these figures, the versions that the screen showed when a button was pressed."""
    versions: dict[Cell, int] = st.session_state.get(_VERSIONS, {})
    return {cell: versions[cell] for cell in cells if cell in versions}


def picked(items: Sequence[ReviewItem]) -> list[ReviewItem]:
    return [item for item in items if st.session_state.get(pick_key(item))]


def opened(queue: Sequence[ReviewItem]) -> ReviewItem | None:
    """The figure that the address opens; a sentence when it is no longer to be reviewed."""
    asked = st.query_params.get(_OPENED)
    if not asked:
        return None
    found = next((item for item in queue if name_of(item.view.cell) == asked), None)
    if found is None:
        st.info("Ce chiffre n’est plus à relire : il a été validé, retourné ou repris par sa région.")
        close()
    return found


def open_figure(item: ReviewItem | None) -> None:
    if item is None:
        close()
    else:
        st.query_params[_OPENED] = st.session_state[_OPENED_HERE] = name_of(item.view.cell)


def close() -> None:
    st.query_params.pop(_OPENED, None)


def pick_all(items: Sequence[ReviewItem]) -> None:
    """One box for all lines drawn."""

    def follow() -> None:
        for item in items:
            st.session_state[pick_key(item)] = st.session_state["validation_tous"]

    if len(items) > 1:
        st.checkbox(f"Choisir les {len(items)} chiffres affichés", key="validation_tous", on_change=follow)


def line(item: ReviewItem, is_open: bool) -> None:
    """One figure: the box to choose it, what it says, and the way into it."""
    with st.container(key=f"validation_ligne_{name_of(item.view.cell)}"):
        left, middle, right = st.columns([10, 9, 3], vertical_alignment="center")
        name = f"**{item.view.indicator}** {page.plain(page.typeset(item.definition.name))}"
        left.checkbox(f"{name} · {page.plain(item.region_name)}, {item.period.short}", key=pick_key(item), wrap=True)
        middle.html(summary(item))
        right.button(
            "Fermer" if is_open else "Ouvrir", key=f"validation_ouvrir_{name_of(item.view.cell)}", type="tertiary",
            on_click=open_figure, args=(None if is_open else item,), width="stretch",
        )  # fmt: skip


def summary(item: ReviewItem) -> Markup:
    """Value, grade and change, then what deserves a second look."""
    moved = _moved(item)
    signs: list[str | Markup] = [
        tables.strong(f"▲ {counted(len(item.warnings), 'alerte')}") if item.warnings else "",
        "soumis de nouveau" if item.is_resubmission else "",
        "relu une première fois, modifié depuis" if item.fall and item.fall.changed else "",
        "vous l’avez saisi ou soumis" if item.own else "",
    ]
    return Markup(
        '<div class="imp-line-of-queue"><strong>{}</strong>{}{}<span class="imp-under">{}</span></div>'
    ).format(
        tables.explained(answer(item.definition, item.view), of_figure(item.view.cell)),
        Markup(" {}").format(marks.mark(item.view.reliability)) if item.view.pair else "",
        f", {moved}" if moved else "",
        Markup(" · ").join(filter(None, signs)),
    )


def _moved(item: ReviewItem) -> str:
    return change(item.definition, item.view.value(item.definition), item.past.previous_value(item.definition))


def more(items: Sequence[ReviewItem]) -> None:
    """The button that draws the next part of a long queue."""
    count = st.session_state.get(_SHOWN, FEWEST)

    def grow() -> None:
        st.session_state[_SHOWN] = count + FEWEST

    if len(items) > count:
        st.button(
            f"Afficher la suite ({counted(len(items) - count, 'chiffre')})", key="validation_suite", on_click=grow
        )


def sentence(queue: Sequence[ReviewItem]) -> str:
    """What the page shows, as of when."""
    if not queue:
        return "Chiffres soumis par les régions, à valider ou à retourner avec un motif."
    oldest = queue[0].view.submitted_at
    since = f" ; le plus ancien attend depuis le {short_date(day_of(oldest))}" if oldest else ""
    return f"{counted(len(queue), 'chiffre soumis attend', 'chiffres soumis attendent')} une relecture{since}."
