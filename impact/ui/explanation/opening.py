"""The popover « Expliquer ce nombre »: closed, it costs next to nothing; open, it reads."""

from collections.abc import Callable
from functools import partial
from zlib import crc32

import streamlit as st
from markupsafe import Markup

from impact.aggregation import Total
from impact.errors import ImpactError
from impact.figures import Definition
from impact.presentation.lens import Lens
from impact.presentation.questions import Kind, Question, about
from impact.ui import guard, page
from impact.ui.explanation import proven
from impact.ui.explanation.drawing import markup
from impact.ui.explanation.reading import told
from impact.ui.page import Explanation
from impact.world import World


def of_total(world: World, definition: Definition, total: Total, lens: Lens) -> Explanation:
    return lazily(about(world, lens, Kind.TOTAL, indicator=definition.code, region=total.region))


def lazily(question: Question) -> Explanation:
    """For key figures and charts: made once, opened at will.

    Opening runs the whole page again, which is kept ready. A part of its own (st.fragment) would spare that, but costs
    every visit of the page as much as five texts.
    """
    return partial(asked, question, f"{crc32(question.address.encode()):08x}")


def ready(content: Markup) -> Explanation:
    """An explanation that the screen has made itself."""
    return partial(made, content)


def asked(question: Question, number: str, place: str) -> None:
    """number: of the question."""
    _popover(f"{place}{number}", partial(_answer, question))


def made(content: Markup, place: str) -> None:
    _popover(place, partial(page.html, content))


def _popover(name: str, draw: Callable[[], None]) -> None:
    panel = st.popover("Expliquer ce nombre", type="tertiary", key=f"expliquer_{name}", on_change="rerun")
    if panel.open:
        with panel:
            draw()


def _answer(question: Question) -> None:
    actor = guard.require()
    try:
        found = told(actor, question)
    except ImpactError as error:
        st.html(page.typeset(str(error)))
    else:
        st.html(markup(found.explanation, question.address, proven.markup(found.view, found.proof)))
