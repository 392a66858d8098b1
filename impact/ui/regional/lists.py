"""A region's states in words, and what is late."""

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from impact.formats import short_date
from impact.presentation.lens import Lens
from impact.presentation.questions import Kind, Question, of_figure
from impact.presentation.silences import Hole
from impact.presentation.states import StateLine
from impact.ui import marks, naming, tables
from impact.ui.page import typeset
from impact.ui.tables import Column

STATES = (
    Column("indicator", "Indicateur", html=True, row_header=True),
    Column("period", "Période"),
    Column("value", "Valeur", "right", html=True),
    Column("state", "État", html=True),
    Column("status", "Statut", html=True),
    Column("grade", "Preuve", html=True),
    Column("comment", "Commentaire ou motif", secondary=True),
)
HOLES = (
    Column("sheet", "Feuille", html=True, row_header=True),
    Column("missing", "Chiffres sans réponse", "right", html=True, short="Sans réponse"),
    Column("until", "Échéance"),
    Column("state", "État", html=True),
)


def mobilised(chantiers: Mapping[str, str], lens: Lens) -> Markup:
    """« Mobilisée sur Langage de la preuve. »: what the region works on, whatever the filters. chantiers: by code."""
    links = (tables.chantier(code, name, lens.carried) for code, name in chantiers.items())
    names = Markup(", ").join(map(tables.nowrap, links))
    return Markup('<p class="imp-lead">Mobilisée sur {}.</p>').format(names)


def states(lines: Sequence[StateLine]) -> Markup:
    seen: set[str] = set()
    rows = []
    for line in lines:
        rows.append(_state(line, line.definition.code not in seen))
        seen.add(line.definition.code)
    return tables.table(STATES, rows, "États de tous les chiffres de la campagne")


def _state(line: StateLine, named: bool) -> dict[str, object]:
    """named: the first line of an indicator gives its name, the others its code alone."""
    state = tables.sign(line.sign, line.state)
    return {
        "indicator": naming.indicator(line.definition) if named else line.definition.code,
        "period": line.period.short,
        "state": state if line.value else tables.explained(state, of_figure(line.cell)),
        "value": tables.explained(line.value, of_figure(line.cell)) if line.value else "",
        "status": tables.nowrap(line.status),
        "grade": "" if line.grade is None else marks.beside(line.grade),
        "comment": typeset(line.comment),
    }


def late_sheets(holes: Sequence[Hole], may_enter: Callable[[str], bool]) -> Markup:
    """The sheets with something missing; a link to each for those who may fill it."""
    return tables.table(HOLES, [_hole(hole, may_enter(hole.region)) for hole in holes], "Feuilles à compléter")


def _hole(hole: Hole, linked: bool) -> dict[str, object]:
    name = f"{hole.chantier} {hole.short_period}"
    sheet = Question(Kind.MISSING, "", hole.region, hole.chantier, hole.period, sheet=True)
    return {
        "sheet": tables.link(naming.sheet(hole.region, hole.chantier, hole.period), name) if linked else name,
        "missing": tables.explained(f"{hole.missing} sur {hole.due}", sheet),
        "until": short_date(hole.last_day),
        "state": tables.sign("▼", "échéance dépassée") if hole.late else tables.sign("▲", "à compléter"),
    }
