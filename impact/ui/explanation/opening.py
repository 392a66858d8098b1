"""The popover « Expliquer ce nombre »: closed, it costs nothing; open, it reads, and its own part of the page alone."""

from zlib import crc32

import streamlit as st

from impact.aggregation import Total
from impact.errors import ImpactError
from impact.figures import Definition
from impact.presentation.lens import Lens
from impact.presentation.questions import Kind, Question, about
from impact.ui import guard, page
from impact.ui.explanation.drawing import markup
from impact.ui.explanation.reading import told
from impact.ui.page import Popover
from impact.world import World


def of_total(world: World, definition: Definition, total: Total, lens: Lens) -> Popover:
    return lazily(about(world, lens, Kind.TOTAL, indicator=definition.code, region=total.region))


def lazily(question: Question) -> Popover:
    """For page.explain, key figures and charts: made once, opened at will."""
    return Popover(lambda place: popover(question, place), lambda: bare(question))


@st.fragment
def popover(question: Question, place: str = "") -> None:
    """place: tells two popovers of one page apart that ask the same."""
    bare(question, place)


def bare(question: Question, place: str = "") -> None:
    """The same inside a fragment."""
    key = f"expliquer_{place}{crc32(question.address.encode()):08x}"
    panel = st.popover("Expliquer ce nombre", type="tertiary", key=key, on_change="rerun")
    if panel.open:
        with panel:
            _answer(question)


def _answer(question: Question) -> None:
    actor = guard.require()
    try:
        found = told(actor, question)
    except ImpactError as error:
        st.html(page.typeset(str(error)))
    else:
        st.html(markup(found.explanation, question.address))
