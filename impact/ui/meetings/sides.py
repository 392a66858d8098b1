"""Actions side by side on screen: one table, blocks one under the other, the names of rows in sight when it scrolls."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from impact.charts.palette import tone_name
from impact.presentation.sides import Block, Column, Row, Side
from impact.ui import marks, tables
from impact.ui.page import typeset

UNKNOWN = "–"


def draw(columns: Sequence[Column], blocks: Sequence[Block], caption: str) -> Markup:
    head = Markup().join(_head(column) for column in columns)
    body = Markup().join(_block(block, len(columns)) for block in blocks if block.rows)
    return Markup(
        '<div class="imp-sides"><div class="imp-scroll" role="region" aria-label="{caption}" tabindex="0">'
        '<table class="imp-table" style="--imp-many:{many}"><caption class="imp-hidden">{caption}</caption>'
        '<thead><tr><th scope="col"><span class="imp-hidden">Ce qui est comparé</span></th>{head}</tr></thead>{body}'
        "</table></div></div>"
    ).format(caption=caption, head=head, body=body, many=len(columns))


def _head(column: Column) -> Markup:
    tone = tone_name(column.chantier)
    return Markup(
        '<th scope="col" class="imp-{0} imp-tone-{0}">{1}<span class="imp-under">{2}, {3}</span></th>'
    ).format(tone, column.name, column.code, typeset(column.title))


def _block(block: Block, many: int) -> Markup:
    rows = Markup().join(_row(row) for row in block.rows)
    return Markup(
        '<tbody><tr class="imp-sides-block"><th scope="rowgroup" colspan="{}"><span>{}</span></th></tr>{}</tbody>'
    ).format(many + 1, typeset(block.title), rows)


def _row(row: Row) -> Markup:
    under = Markup('<span class="imp-under">{}</span>').format(typeset(row.under)) if row.under else Markup()
    sides = Markup().join(_side(side, row.number) for side in row.sides)
    return Markup('<tr><th scope="row">{}{}</th>{}</tr>').format(typeset(row.label), under, sides)


def _side(side: Side, number: bool) -> Markup:
    return Markup("<td>{}</td>").format(cell(side, strong=number))


def cell(side: Side, *, strong: bool = True) -> Markup:
    """The value with its mark, over n/N, coverage, and what cannot be compared; without a value, why."""
    under = Markup().join(Markup('<span class="imp-under">{}</span>').format(typeset(one)) for one in side.lines)
    if not side.text:
        return under or escape(UNKNOWN)
    said = typeset(side.text)
    return Markup("{}{}{}").format(tables.strong(said) if strong else said, _mark(side), under)


def _mark(side: Side) -> Markup:
    if side.grade is not None:
        return Markup(" {}").format(marks.beside(side.grade))
    return Markup("<br>{}").format(marks.made(side.composition)) if side.composition is not None else Markup()
