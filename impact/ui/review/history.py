"""What is surprising in a submitted figure, and the region's own history that says why."""

from fractions import Fraction

import streamlit as st
from markupsafe import Markup

from impact.figures import Period
from impact.formats import capital
from impact.queries.reviews import ReviewItem
from impact.queries.views import EntryView, PastFigure
from impact.rules import ADVICE
from impact.ui import marks, page, tables
from impact.ui.wording import answer, short_answer
from impact.vocabulary import Answer

MOST = 8
"""Earlier periods shown; all of them count in the score."""
COLUMNS = (
    tables.Column("period", "Période", row_header=True),
    tables.Column("value", "Valeur", "right", html=True),
    tables.Column("bar", "Valeur, en barre", html=True, fill=True, quiet=True),
    tables.Column("status", "Statut", html=True),
)


def draw(item: ReviewItem) -> None:
    """Each warning with its numbers, what the region says of it, and the values that it is compared with."""
    for warning in item.warnings:
        page.warn(capital(warning.message.removesuffix(f" ; {ADVICE}")))
    if item.warnings:
        page.note(comment(item))
    if item.past.figures:
        st.html(table(item))


def comment(item: ReviewItem) -> str:
    said = item.view.comment
    return f"La région commente : « {said} »" if said else "La région n’a rien commenté."


def table(item: ReviewItem) -> Markup:
    """The earlier periods, oldest first, then the figure to review; bars from zero, where no value is below it."""
    earlier = item.past.figures[-MOST:]
    definition = item.definition
    values = [*(one.value(definition) for one in earlier), item.view.value(definition)]
    known = [value for value in values if value is not None]
    top = max(known, default=Fraction(0)) if min(known, default=Fraction(0)) >= 0 else Fraction(0)
    rows = [_row(item, one, value, top) for one, value in zip(earlier, values, strict=False)]
    last = {
        "period": _named(item.period, item),
        "value": _graded(tables.strong(short_answer(definition, item.view)), item.view),
        "bar": _bar(values[-1], top, definition.chantier, provisional=True),
        "status": tables.nowrap("à relire"),
    }
    caption = f"{definition.code}, {item.region_name} : valeurs des périodes précédentes"
    return tables.table(COLUMNS, [*rows, last], caption)


def _row(item: ReviewItem, one: PastFigure, value: Fraction | None, top: Fraction) -> dict[str, object]:
    said = answer(item.definition, one) if one.answer is not Answer.VALUE else short_answer(item.definition, one)
    version = (
        "" if one.definition_version == item.view.definition_version else f", définition v{one.definition_version}"
    )
    return {
        "period": _named(one.period, item),
        "value": _graded(said, one),
        "bar": _bar(value, top, item.definition.chantier),
        "status": tables.nowrap(f"{page.status_text(one.status)}{version}"),
    }


def _graded(said: str, one: EntryView | PastFigure) -> Markup:
    return Markup("{} {}").format(said, marks.beside(one.reliability)) if one.pair else Markup("{}").format(said)


def _named(period: Period, item: ReviewItem) -> str:
    """« T2 », with its campaign where that is another one."""
    return period.short if period.campaign == item.period.campaign else f"{period.short} {period.campaign}"


def _bar(value: Fraction | None, top: Fraction, chantier: str, provisional: bool = False) -> Markup | str:
    return tables.bar(float(value / top), tone=chantier, provisional=provisional) if value is not None and top else ""
