"""Every indicator of the chantier in every region, with its state; each number leads to its explanation."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from impact.aggregation import Total
from impact.figures import SCALE, Definition
from impact.formats import SMALL_NUMBER, n_of_n
from impact.presentation.chain import SAYS_NOTHING, Step, absence
from impact.presentation.lens import Lens
from impact.presentation.questions import Kind, about
from impact.presentation.wording import SERIES_BREAK, headline, of_another_version, short_name
from impact.progress import Progress
from impact.ui import marks, tables
from impact.ui.chantier.addresses import address
from impact.ui.tables import Column
from impact.vocabulary import NATIONAL_CODE, PROGRESS_SIGNS, Coverage, Measure, Status
from impact.world import World

HOW_TO_READ = (
    "Chaque nombre mène à son explication. Le signe dit où il en est de sa cible : ● conforme, tenu ou atteint ; "
    "▲ à surveiller ou non atteint ; ▼ en retard ou non tenu ; sans signe, pas de cible."
)


def matrix(steps: Sequence[Step], regions: Mapping[str, str], seen: World, lens: Lens) -> Markup:
    columns = [
        Column("indicator", "Indicateur", html=True, row_header=True),
        *(Column(code, name, "right", html=True) for code, name in regions.items()),
        Column(NATIONAL_CODE, "Ensemble", "right", html=True),
    ]
    rows = [_row(step, regions, seen, lens) for step in steps]
    return Markup('<div class="imp-matrix">{}</div>').format(
        tables.table(columns, rows, "Tous les indicateurs du chantier, par région")
    )


def _row(step: Step, regions: Mapping[str, str], seen: World, lens: Lens) -> dict[str, object]:
    definition = step.definition
    name = Markup('{} <span class="imp-full">{}</span>').format(definition.code, short_name(definition))
    cells: dict[str, object] = {"indicator": tables.link(address(indicateur=definition.code), name)}
    for code in regions:
        found = step.regions.get(code)
        cells[code] = _cell(definition, *found, seen, lens) if found else "–"
    cells[NATIONAL_CODE] = _cell(definition, step.total, step.progress, seen, lens)
    return cells


def _cell(definition: Definition, total: Total, progress: Progress, seen: World, lens: Lens) -> Markup:
    asked = {"indicator": definition.code, "region": total.region}
    if not total.used:
        sign, word = absence(seen, total)
        word = tables.explained(word, about(seen, lens, Kind.TOTAL, **asked))
        return Markup('<span aria-hidden="true">{}</span> {}').format(sign, word)
    value = " ".join(headline(definition, total)).strip()
    shown = tables.nowrap(tables.explained(value, about(seen, lens, Kind.TOTAL, **asked)))
    if progress.state not in SAYS_NOTHING:
        word = Markup('<span aria-hidden="true">{}</span><span class="imp-hidden">{}</span>').format(
            PROGRESS_SIGNS[progress.state], progress.state.label
        )
        shown = Markup("{} {}").format(shown, tables.explained(word, about(seen, lens, Kind.PROGRESS, **asked)))
    behind, made_of = ", ".join(_behind(definition, total)), marks.under(total)
    return tables.two_lines(shown, Markup("{}<br>{}").format(behind, made_of) if behind else made_of)


def _behind(definition: Definition, total: Total) -> list[str]:
    pair = total.pair
    large = definition.measure is Measure.RATIO and pair and (pair.denominator or 0) >= SMALL_NUMBER * SCALE
    told = [n_of_n(pair)] if large and pair else []
    told += ["partiel"] if total.coverage is Coverage.PARTIAL else []
    told += [SERIES_BREAK] if of_another_version(total) else []
    return told + (["provisoire"] if any(entry.status is Status.SUBMITTED for entry in total.used) else [])
