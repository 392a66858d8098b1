"""The tables of the language of proof."""

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from impact.aggregation import Total
from impact.figures import Definition
from impact.formats import grade, number
from impact.presentation import sourcing
from impact.presentation.questions import Kind, Question, of_figure
from impact.presentation.sourcing import Bare, Practice
from impact.presentation.wording import short_name
from impact.proof import GRADES
from impact.ui import naming, tables
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
    return tables.two_lines(number, Markup("<br>").join(typeset(line) for line in lines))


def grade_table(
    counts: Mapping[str, Sequence[int]], names: Mapping[str, str], ask: Callable[[Kind, str], Question]
) -> Markup:
    """Chantiers by row, grades by column. ask: what explains a count of a chantier."""
    columns = [
        Column("chantier", "Chantier", html=True, row_header=True),
        *(Column(str(level), grade(level), "right", html=True, short=f"F{level}") for level in range(GRADES)),
        Column("all", "Chiffres validés", "right", html=True, short="Tous"),
    ]
    rows = [
        {"chantier": tables.chantier(code, names[code])}
        | {"all": tables.explained(number(sum(own)), ask(Kind.VALIDATED, code))}
        | {str(level): _count(count, ask(Kind.PROVEN, code)) for level, count in enumerate(own)}
        for code, own in counts.items()
    ]
    return tables.table(columns, rows, "Chiffres validés par niveau de fiabilité")


def _count(count: int, question: Question) -> Markup | str:
    return tables.explained(number(count), question) if count else "–"


BARE = (
    Column("region", "Région", html=True, row_header=True),
    Column("indicator", "Indicateur", html=True),
    Column("periods", "Périodes", html=True),
    Column("grade", "Fiabilité"),
    Column("lacks", "Ce qui manque", secondary=True),
)


def bare_table(bare: Sequence[Bare]) -> Markup:
    return tables.table(BARE, [_bare(one) for one in bare], "Chiffres validés sans pièce")


def _bare(one: Bare) -> dict[str, object]:
    return {
        "region": tables.link(address(one.region), one.name),
        "indicator": naming.indicator(one.definition),
        "periods": Markup(", ").join(
            tables.explained(short, of_figure(cell)) for short, cell in zip(one.periods, one.cells, strict=True)
        ),
        "grade": grade(one.grade),
        "lacks": one.lacks,
    }
