"""What every page is made of: head, key figures, sections, empty states, foot."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st
from markupsafe import Markup

from impact.charts.palette import Mode
from impact.errors import NotFound
from impact.formats import NARROW
from impact.ui import style
from impact.vocabulary import CELL_SIGNS, STATUS_SIGNS, CellState, LegalPage, Status

_MARKDOWN = re.compile(r"([\\`*_\[\]<>$~#|]|:(?=\w))")


def plain(text: str) -> str:
    """A text that comes from data, for Streamlit's own labels and titles, which read Markdown."""
    return _MARKDOWN.sub(r"\\\1", text)


_HIGH_SIGNS = re.compile(r" (?=[:;!?%»])|(?<=«) ")


def typeset(text: str) -> str:
    """No line begins with « : » on a narrow screen: French signs keep to their word."""
    return _HIGH_SIGNS.sub(NARROW, text)


def warn(text: str) -> None:
    """text: any, from data too."""
    st.warning(plain(typeset(text)))


def inform(text: str) -> None:
    st.info(plain(typeset(text)))


T = TypeVar("T")


def asked_for(parameter: str, read: Callable[[str], T | None], missing: str) -> T | None:
    """What the address opens; None where it opens nothing, and a sentence says so where it names what is not there.

    read: of the parameter's text; None or NotFound where it names nothing that is open to this reader. missing: said
    of None, « {} » in it is the text.
    """
    text = st.query_params.get(parameter, "")
    if not text:
        return None
    try:
        found = read(text)
    except NotFound as error:
        warn(str(error))
        return None
    if found is None:
        warn(missing.format(f"« {text[:40]} »"))
    return found


def mode() -> Mode:
    """The reader's appearance; Streamlit tells it one run late after a switch."""
    return "dark" if st.context.theme.type == "dark" else "light"


@dataclass(frozen=True, slots=True)
class _Ready:
    """Streamlit takes it as it stands; it reads a plain text through for an indentation to remove, 5 ms for 500 kB."""

    body: str

    def _repr_html_(self) -> str:
        return str(self.body)


def html(*parts: str) -> None:
    """Of this product, without JavaScript. parts: what stands together is one element; each costs a third of a
    millisecond at every visit, and as much again in the browser.
    """
    st.html(_Ready("".join(parts)))


def head(title: str, sentence: str, demonstration: bool = False) -> None:
    """Title, and one sentence that says what is shown: period, statuses, proof level, as of when."""
    style.inject()
    if demonstration:
        html(Markup('<p class="imp-banner">{}</p>').format("Démonstration, données fictives"))
    st.title(plain(title), anchor=False)
    if sentence:
        html(Markup('<p class="imp-lead">{}</p>').format(typeset(sentence)))


def section(title: str, sentence: str = "", *parts: str) -> None:
    """A part of the page; inside a column too. sentence: how to read what follows. parts: what begins it, as HTML."""
    html(part(title, sentence, *parts))


def part(title: str, sentence: str = "", *parts: str) -> Markup:
    """`section` as HTML, for several that follow each other."""
    said = noted(sentence) if sentence else Markup()
    heading = Markup('<div class="imp-section"><h2>{}</h2>').format(title)
    return Markup("").join((heading, said, *map(Markup, parts), Markup("</div>")))


def note(sentence: str) -> None:
    html(noted(sentence))


def noted(sentence: str) -> Markup:
    """A note as HTML, for what follows it."""
    return Markup('<p class="imp-note">{}</p>').format(typeset(sentence))


Explanation = Callable[[str], object]
"""Draws « Expliquer ce nombre »: formula, entries, what was left out, coverage and grades (ui.explanation.lazily).

Takes what tells it from another one of the page that asks the same.
"""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """html: its card, as `key_figure` makes it."""

    html: Markup
    explanation: Explanation | None = None


def key_figures(figures: Sequence[KeyFigure]) -> None:
    """Four in a row, two by two on a phone; five where five are all."""
    st.space("small")
    grid = st.grid(5 if len(figures) == 5 else 4, min_column_width=155, gap="medium")
    for figure in figures:
        with grid.cell():
            html(figure.html)
            if figure.explanation:
                figure.explanation("")


def key_figure(
    label: str, value: str, unit: str = "", lines: Sequence[str] = (), explanation: Explanation | None = None
) -> KeyFigure:
    """lines: n/N, coverage, date."""
    said = Markup(" <small>{}</small>").format(unit) if unit else Markup()
    told = Markup().join(Markup("<div>{}</div>").format(line) for line in lines)
    card = Markup(
        '<div class="imp-key"><div class="imp-key-label">{}</div><div class="imp-key-value">{}{}</div>'
        '<div class="imp-key-lines">{}</div></div>'
    ).format(label, value, said, told)
    return KeyFigure(card, explanation)


def more(label: str, key: str, draw: Callable[[], object]) -> None:
    """What does not fit at one glance: drawn once it is open."""
    panel = st.expander(label, key=key, on_change="rerun")
    if panel.open:
        with panel:
            draw()


def empty(text: str, action: Callable[[], object] | None = None) -> None:
    """Where there is nothing yet: text says what will appear and how; action draws the way there (a button, a link)."""
    html(nothing(text))
    if action:
        action()


def nothing(text: str) -> Markup:
    """An empty state as HTML."""
    return Markup('<div class="imp-empty"><p>{}</p></div>').format(typeset(text))


def foot(demonstration: bool) -> None:
    fictitious = Markup("<span>{}</span>").format("Données fictives de démonstration.") if demonstration else ""
    pages = {"niveaux_de_preuve": "Niveaux de preuve F0 à F4", **{page.value: page.label for page in LegalPage}}
    links = Markup().join(
        Markup('<a href="{}" target="_self">{}</a>').format(address, label) for address, label in pages.items()
    )
    html(Markup('<footer class="imp-foot">{}{}</footer>').format(fictitious, links))


def status_text(status: Status) -> str:
    """« ✓ validé »"""
    return f"{STATUS_SIGNS[status]} {status.label}"


def cell_text(state: CellState) -> str:
    """« ○ manquant »"""
    return f"{CELL_SIGNS[state]} {state.label}"
