"""An explanation as HTML: short in its popover, whole on its page."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from impact.presentation.explaining import Contribution, Explanation, Link, Listing
from impact.ui import marks, page, tables
from impact.ui.tables import Column

MOST = 40
"""Rows of one table in a popover; its page has them all."""
NOTHING = Markup()


def markup(told: Explanation, address: str = "", proof: Markup = NOTHING) -> Markup:
    """What a popover opens on; address: of the page that says the same. proof: of one figure (explanation.proven)."""
    last = Markup("<p>{}</p>").format(tables.link(address, "Ouvrir et partager cette explication")) if address else ""
    heading = [Markup("<p>{}<br><strong>{}</strong></p>").format(*map(page.typeset, (told.subject, told.title)))]
    return _panel([*heading, *body(told, MOST), proof, last])


def body(told: Explanation, most: int | None = None, hands: bool = False) -> Iterator[Markup]:
    """Everything below the number. most: rows of a table. hands: who did what, beside each figure."""
    yield from (paragraph(text) for text in (told.formula, *told.notes) if text)
    yield from (listing(one, most) for one in told.listings)
    if told.contributions:
        yield contributions(told, most, hands)
    yield from (paragraph(text) for text in (told.coverage,) if text)
    if told.contributions or told.left_out:
        yield _left_out(told)
    if told.total and (made_of := marks.under(told.total)):
        yield Markup("<p>{}<br>{}</p>").format(page.typeset("Fiabilité, en part de la valeur absolue :"), made_of)
    yield from (paragraph(text) for text in (told.reliability, told.definition) if text)
    if told.links:
        yield Markup("<p>{}</p>").format(Markup("<br>").join(tables.link(one.address, one.text) for one in told.links))
    if most is None:
        return
    for one in told.behind:
        yield Markup("<p>{}<br><strong>{}</strong></p>").format("Réalisé", page.typeset(one.title))
        yield paragraph(one.formula)


def _panel(parts: Sequence[Markup | str]) -> Markup:
    return Markup('<div class="imp-data imp-explain">{}</div>').format(Markup().join(parts))


def paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(page.typeset(text))


def _left_out(told: Explanation) -> Markup:
    lines = [f"Écarté, {reason} : {which}." for reason, which in told.left_out] or ["Aucun chiffre écarté."]
    return Markup("<p>{}</p>").format(Markup("<br>").join(page.typeset(line) for line in lines))


def listing(held: Listing, most: int | None = None) -> Markup:
    columns = [
        Column(str(at), page.typeset(name), "right" if at in held.numbers else "left", html=True, row_header=at == 0)
        for at, name in enumerate(held.headers)
    ]
    rows = [{str(at): _content(value) for at, value in enumerate(row)} for row in held.rows[:most]]
    named = Markup("<p><strong>{}</strong></p>").format(held.caption)
    return named + tables.table(columns, rows, held.caption) + _more(len(held.rows), most)


def _content(value: str | Link) -> Markup | str:
    return tables.link(value.address, value.text) if isinstance(value, Link) else page.typeset(value)


def _more(count: int, most: int | None) -> Markup:
    hidden = count - most if most else 0
    return paragraph(f"Et {hidden} de plus, sur la page de cette explication.") if hidden > 0 else Markup()


def contributions(told: Explanation, most: int | None = None, hands: bool = False) -> Markup:
    columns = [
        Column("region", "Région", row_header=True),
        Column("period", "Période", html=True),
        Column("numerator", "n" if told.has_denominator else "Valeur", "right"),
        *([Column("denominator", "N", "right")] if told.has_denominator else []),
        Column("status", "Statut", html=True),
        Column("grade", "Preuve", html=True),
        *([Column("hands", "Qui, quand", html=True)] if hands else []),
    ]
    rows = [_row(one) for one in told.contributions[:most]]
    return tables.table(columns, rows, "Chiffres retenus") + _more(len(told.contributions), most)


def _row(one: Contribution) -> dict[str, object]:
    return {
        "region": one.region,
        "period": tables.link(one.address, one.period) if one.address else one.period,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "status": tables.nowrap(one.status),
        "grade": marks.beside(one.grade),
        "hands": Markup('<div class="imp-hands">{}</div>').format(page.typeset(one.hands)),
    }
