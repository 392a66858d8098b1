"""The figures validated last, and the way to reopen one."""

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from impact.db import reading
from impact.figures import Definition
from impact.formats import moment, period_name
from impact.permissions import Actor
from impact.presentation.questions import of_figure
from impact.queries.book import Book
from impact.queries.reviews import last_validated
from impact.queries.views import EntryView
from impact.ui import marks, page, tables
from impact.ui.review.acts import REOPEN_REASON, reopen
from impact.ui.wording import answer

_COLUMNS = [
    tables.Column("figure", "Chiffre", row_header=True, html=True),
    tables.Column("value", "Valeur", html=True),
    tables.Column("who", "Validé", html=True),
]


def draw(actor: Actor, region: str, chantier: str, period: str) -> None:
    with reading() as session:
        book = Book(session)
        views = last_validated(session, actor, region=region, chantier=chantier, period=period)
        names = {code: row.name for code, row in book.regions.items()}
        definitions = book.definitions
    page.section("Validés récemment", "Un chiffre validé n’est modifié par sa région qu’après avoir été rouvert ici.")
    if not views:
        page.empty("Aucun chiffre n’est encore validé pour ces filtres.")
        return
    st.html(tables.table(_COLUMNS, [_row(view, definitions, names) for view in views], "Chiffres validés récemment"))
    _reopen(views, names)


def _row(view: EntryView, definitions: Mapping[str, Definition], names: Mapping[str, str]) -> dict[str, object]:
    return {
        "figure": tables.two_lines(tables.strong(view.indicator), f"{names[view.region]}, {period_name(view.period)}"),
        "value": _value(definitions[view.indicator], view),
        "who": tables.two_lines(view.validated_by, moment(view.validated_at) if view.validated_at else ""),
    }


def _value(definition: Definition, view: EntryView) -> Markup:
    said = tables.explained(answer(definition, view), of_figure(view.cell))
    return Markup("{} {}").format(said, marks.beside(view.reliability)) if view.pair else said


def _named(view: EntryView, names: Mapping[str, str]) -> str:
    return f"{view.indicator}, {names[view.region]}, {period_name(view.period)}"


def _reopen(views: Sequence[EntryView], names: Mapping[str, str]) -> None:
    with st.expander("Rouvrir un chiffre validé", key="validation_rouvrir"):
        places = range(len(views))
        chosen = st.selectbox(
            "Chiffre à rouvrir", places, key="validation_a_rouvrir", filter_mode="contains",
            format_func=lambda at: _named(views[at], names),
        )  # fmt: skip
        reason = st.text_input("Motif de la réouverture, que la région lira", key=REOPEN_REASON, autocomplete="off")
        if st.button("Rouvrir", key="validation_rouvrir_bouton"):
            reopen(views[chosen], names[views[chosen].region], reason)
