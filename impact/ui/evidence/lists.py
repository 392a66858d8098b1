"""The tables of the language of proof."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from markupsafe import Markup

from impact.aggregation import Total
from impact.figures import Definition
from impact.formats import number, short_date
from impact.presentation import checked, grading, sourcing
from impact.presentation.checked import Checked
from impact.presentation.grades import Counts, Place
from impact.presentation.questions import Kind, Question, of_figure
from impact.presentation.sourcing import Bare, Practice
from impact.presentation.wording import short_name
from impact.proof import GRADES
from impact.ui import marks, naming, tables
from impact.ui.national.regions import address
from impact.ui.page import typeset
from impact.ui.tables import Column


def practice_table(
    practices: Sequence[Practice], regions: Mapping[str, str], ask: Callable[[Total], Question]
) -> Markup:
    """Indicators by row; a region of the chantier by column, then the country. ask: what explains a total."""
    columns = [
        Column("indicator", "Indicateur", html=True, row_header=True),
        *(Column(code, name, "right", html=True) for code, name in regions.items()),
        Column("national", "Ensemble", "right", html=True),
    ]
    table = tables.table(
        columns, [_practice(one, ask) for one in practices], "Indicateurs du langage de la preuve par région"
    )
    return Markup('<div class="imp-matrix">{}</div>').format(table)


def _practice(one: Practice, ask: Callable[[Total], Question]) -> dict[str, object]:
    full = Markup('<span class="imp-full">{}</span>').format(short_name(one.definition))
    name = tables.two_lines(one.definition.code, full)
    totals = {**one.regions, "national": one.national}
    return {"indicator": name, **{code: _cell(one.definition, total, ask(total)) for code, total in totals.items()}}


def _cell(definition: Definition, total: Total, question: Question) -> Markup:
    text, lines = sourcing.shown(definition, total)
    number = tables.strong(tables.explained(text, question))
    told = [*map(typeset, lines), marks.under(total)]
    return tables.two_lines(number, Markup("<br>").join(filter(None, told)))


class Ask(Protocol):
    def __call__(self, kind: Kind, chantier: str, region: str = "") -> Question: ...


GRADE_COLUMNS = (
    *(Column(str(level), f"F{level}", "right", html=True) for level in range(GRADES)),
    Column("all", "Validés", "right", html=True),
)


def grade_table(
    counted: Mapping[str, Counts], names: Mapping[str, str], ask: Ask, carried: Mapping[str, str]
) -> Markup:
    """Chantiers by row, grades by column. ask: what explains a count. carried: filters that go with links, as below."""
    columns = [Column("chantier", "Chantier", html=True, row_header=True), *GRADE_COLUMNS]
    rows = [
        {
            "chantier": tables.chantier(code, names[code], carried),
            **_counts(own, ask(Kind.PROVEN, code), ask(Kind.VALIDATED, code)),
        }
        for code, own in counted.items()
    ]
    return tables.table(columns, rows, "Chiffres validés par niveau de fiabilité")


def place_table(places: Sequence[Place], names: Mapping[str, str], ask: Ask, carried: Mapping[str, str]) -> Markup:
    """A row for each region on each of its chantiers."""
    columns = [
        Column("region", "Région", html=True, row_header=True),
        Column("chantier", "Chantier", html=True),
        *GRADE_COLUMNS,
    ]
    return tables.table(columns, [_place(one, names, ask, carried) for one in places], "Niveaux par région et chantier")


def _place(one: Place, names: Mapping[str, str], ask: Ask, carried: Mapping[str, str]) -> dict[str, object]:
    proven, validated = (ask(kind, one.chantier, one.region) for kind in (Kind.PROVEN, Kind.VALIDATED))
    return {
        "region": tables.link(address(one.region, **carried), one.name),
        "chantier": tables.chantier(one.chantier, names[one.chantier], carried),
        **_counts(one.counts, proven, validated),
    }


def _counts(counts: Counts, proven: Question, validated: Question) -> dict[str, object]:
    held = {str(level): tables.explained(number(count), proven) if count else "–" for level, count in enumerate(counts)}
    return {**held, "all": tables.explained(number(sum(counts)), validated)}


BARE = (
    Column("period", "Fin de période", html=True, short="Fin"),
    Column("region", "Région", html=True, row_header=True),
    Column("indicator", "Indicateur", html=True, short="Code"),
    Column("grade", "Fiabilité, et ce qui manque", html=True, short="Fiabilité"),
)
ACT = Column("act", "Agir", html=True)


def bare_table(
    bare: Sequence[Bare], may_enter: Callable[[str], bool], may_reopen: bool, carried: Mapping[str, str]
) -> Markup:
    """may_enter: whether the reader may attach something for a region, by code. may_reopen: validated figures."""
    acting = any(may_enter(one.cell.region) for one in bare)
    rows = [_bare(one, _act(one, may_reopen) if may_enter(one.cell.region) else "", carried) for one in bare]
    return tables.table([*BARE, ACT] if acting else BARE, rows, "Chiffres validés sans pièce")


def _bare(one: Bare, act: Markup | str, carried: Mapping[str, str]) -> dict[str, object]:
    lacks = Markup('<span class="imp-full">{}</span>').format(typeset(grading.to_raise(one.grade)))
    return {
        "period": tables.two_lines(tables.explained(one.period.short, of_figure(one.cell)), short_date(one.period.end)),
        "region": tables.link(address(one.cell.region, **carried), one.region),
        "indicator": naming.indicator(one.definition),
        "grade": tables.two_lines(marks.named(one.grade), lacks),
        "act": act,
    }


def _act(one: Bare, may_reopen: bool) -> Markup:
    """A piece joins a validated figure as it stands; its source changes only once the office has reopened it."""
    if one.grade:
        words = Markup('Joindre<span class="imp-full"> une pièce</span>')
        return tables.link(naming.cell(one.definition, one.cell), words)
    if may_reopen:
        words = Markup('Rouvrir<span class="imp-full"> pour nommer la source</span>')
        return tables.link(naming.reviewed(one.definition, one.cell), words)
    return tables.light("à rouvrir par le bureau national")


CHECKED = (
    Column("region", "Région", html=True, row_header=True),
    Column("period", "Trimestre"),
    Column("typed", "Saisi", html=True),
    Column("counted", "Calculé par le produit"),
    Column("difference", "Écart"),
)


def checked_table(lines: Sequence[Checked], definition: Definition, carried: Mapping[str, str]) -> Markup:
    rows = [_checked(one, definition, carried) for one in lines]
    return tables.table(CHECKED, rows, "PRE-06, saisi et calculé")


def _checked(one: Checked, definition: Definition, carried: Mapping[str, str]) -> dict[str, object]:
    typed: object = typeset(checked.said(definition, one))
    if one.typed is not None:
        typed = tables.explained(typed, of_figure(one.typed.cell))
    return {
        "region": tables.link(address(one.region, **carried), one.name),
        "period": one.period.short,
        "typed": typed,
        "counted": checked.shown(definition, one.counted),
        "difference": checked.difference(definition, one) or "–",
    }
