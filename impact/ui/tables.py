"""HTML tables for st.html: every text is escaped, headers have their scope, wide ones scroll inside themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlencode

from markupsafe import Markup, escape

from impact.charts.palette import tone_name
from impact.presentation.questions import Question

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Column:
    """key: the row's field. short: header on a phone. chantier: code whose colour underlines the header, which leads to
    that chantier with the filters carried.

    html: a Markup value (made by the functions below) passes as it is; a plain text is escaped even there.
    label: '' = the column explains itself. quiet: the header is for screen readers alone.
    row_header: the cell that names its row. secondary: hidden on a phone. fill: keeps room for a bar.
    """

    key: str
    label: str
    align: Align = "left"
    html: bool = False
    short: str = ""
    row_header: bool = False
    secondary: bool = False
    fill: bool = False
    quiet: bool = False
    chantier: str = ""
    carried: Mapping[str, str] = field(default_factory=dict)


def table(columns: Sequence[Column], rows: Iterable[Mapping[str, object]], caption: str) -> Markup:
    """One <table> with its caption, which screen readers announce; a missing or None field is an empty cell."""
    head = Markup().join(_header(column) for column in columns)
    body = Markup().join(Markup("<tr>{}</tr>").format(_cells(columns, row)) for row in rows)
    return Markup(
        '<div class="imp-scroll" role="region" aria-label="{caption}" tabindex="0"><table class="imp-table">'
        '<caption class="imp-hidden">{caption}</caption>'
        "<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    ).format(caption=caption, head=head, body=body)


def _header(column: Column) -> Markup:
    if not column.label:  # a header that says nothing is none
        return Markup("<td{}></td>").format(_classes(column))
    label = Markup('<span class="imp-hidden">{}</span>').format(column.label) if column.quiet else escape(column.label)
    if column.short:
        label = Markup('<span class="imp-full">{}</span><span class="imp-short">{}</span>').format(label, column.short)
    if not column.chantier:
        return Markup('<th scope="col"{}>{}</th>').format(_classes(column), label)
    name = tone_name(column.chantier)
    label = link(_chantier_address(column.chantier, column.carried), label)
    return Markup('<th scope="col"{}>{}</th>').format(_classes(column, f"imp-{name}", f"imp-tone-{name}"), label)


def _cells(columns: Sequence[Column], row: Mapping[str, object]) -> Markup:
    return Markup().join(_cell(column, row.get(column.key)) for column in columns)


def _cell(column: Column, value: object) -> Markup:
    text = _content(value, column.html)
    if column.row_header:
        return Markup('<th scope="row"{}>{}</th>').format(_classes(column), text)
    return Markup("<td{}>{}</td>").format(_classes(column), text)


def _content(value: object, html: bool) -> Markup:
    if value is None:
        return Markup()
    if html and isinstance(value, Markup):
        return value
    return escape(str.__str__(value) if isinstance(value, Markup) else str(value))


def _classes(column: Column, *more: str) -> Markup:
    names = [
        f"imp-{column.align}" if column.align != "left" else "",
        "imp-wide" if column.secondary else "",
        "imp-fill" if column.fill else "",
        *more,
    ]
    joined = " ".join(name for name in names if name)
    return Markup(' class="{}"').format(joined) if joined else Markup()


def link(address: str, text: object) -> Markup:
    """address: of this product, relative to the page (« region?region=73 »)."""
    return Markup('<a href="{}" target="_self">{}</a>').format(address, text)


def explained(text: object, question: Question) -> Markup:
    """A number that leads to its explanation; looks like the number, underlined by dots."""
    return Markup('<a class="imp-why" href="{}" target="_self" title="Expliquer ce nombre">{}</a>').format(
        question.address, text
    )


def strong(text: object) -> Markup:
    return Markup("<strong>{}</strong>").format(text)


def light(text: object) -> Markup:
    """A secondary part of a cell, on the same line."""
    return Markup('<span class="imp-light">{}</span>').format(text)


def two_lines(first: object, second: object) -> Markup:
    """A main line over a smaller one; either may be Markup."""
    return Markup('{}<span class="imp-under">{}</span>').format(first, second)


def nowrap(text: object) -> Markup:
    """Two or three words that stay on one line."""
    return Markup('<span class="imp-nowrap">{}</span>').format(text)


def sign(sign: str, word: object) -> Markup:
    """« ▲ à surveiller »: the sign is for the eye, the word says it."""
    return Markup('<span class="imp-nowrap"><span class="imp-sign" aria-hidden="true">{}</span>{}</span>').format(
        sign, word
    )


NOTHING: Mapping[str, str] = {}


def chantier(code: str, name: object, carried: Mapping[str, str] = NOTHING) -> Markup:
    """The chantier's square, and its name, which leads to its screen. carried: filters that go with the link."""
    return Markup('<span class="imp-mark imp-{}" aria-hidden="true"></span>{}').format(
        tone_name(code), link(_chantier_address(code, carried), name)
    )


def _chantier_address(code: str, carried: Mapping[str, str]) -> str:
    return f"chantier?{urlencode({'chantier': code, **carried})}"


def bar(
    share: float | None,
    *,
    tick: float | None = None,
    expected: float | None = None,
    hatched: bool = False,
    provisional: bool = False,
    tone: str = "",
) -> Markup:
    """A track with its filled part; share 0..1 is drawn clipped, the true number stands in a cell beside it.

    tick: solid mark (a target). expected: dotted mark. hatched: partial. provisional: lighter. tone: a chantier's code.
    """
    kind = "imp-bar-hatched" if hatched else "imp-bar-light" if provisional else ""
    marks = [("", tick), ("imp-bar-dotted", expected)]
    return Markup('<div class="imp-bar imp-{}" aria-hidden="true">{}{}</div>').format(
        tone_name(tone) if tone else "slate",
        Markup('<div class="imp-bar-fill {}" style="width:{}%"></div>').format(kind, _place(share or 0.0)),
        Markup().join(
            Markup('<div class="imp-bar-tick {}" style="left:{}%"></div>').format(name, _place(at))
            for name, at in marks
            if at is not None
        ),
    )


def _place(share: float) -> str:
    return f"{100 * min(1.0, max(0.0, share)):.1f}"
