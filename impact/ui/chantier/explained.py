"""« Expliquer ce nombre » of a comparison: every region's number, each a link to its own explanation."""

from markupsafe import Markup

from impact.figures import Definition
from impact.formats import number, short_date
from impact.presentation.comparing import INHABITANTS, Comparison, Place
from impact.presentation.lens import Lens
from impact.presentation.questions import Kind, about
from impact.presentation.side_by_side import label
from impact.presentation.wording import coverage, in_full
from impact.ui import explanation, marks, tables
from impact.ui.page import Explanation, typeset
from impact.ui.tables import Column
from impact.world import World


def sides(seen: World, definition: Definition, compared: Comparison, lens: Lens) -> Explanation:
    """Made once, drawn at every run."""
    per_head = compared.inhabitants is not None
    columns = [
        Column("region", "Région", row_header=True),
        Column("value", "Valeur", "right", html=True),
        *([Column("people", "Habitants", "right"), Column("rate", "Pour 100 000", "right")] if per_head else []),
        Column("made_of", "Preuve", html=True),
        Column("behind", "Derrière ce nombre"),
    ]
    rows = [_row(one, seen, definition, compared, lens) for one in compared.places]
    content = Markup('<div class="imp-data imp-explain"><p>{}</p>{}</div>').format(
        typeset(formula(definition, compared)), tables.table(columns, rows, "Les nombres de la comparaison")
    )
    return explanation.ready(content)


def formula(definition: Definition, compared: Comparison) -> str:
    start = f"{definition.code} {definition.name}, total de chaque région sur ces dates."
    if compared.inhabitants is None:
        return f"{start} Chaque valeur mène à son explication."
    return (
        f"{start} Valeur × {number(INHABITANTS)} / habitants de la région (population de 2011). La cible et l’attendu "
        "sont divisés de même."
    )


def _row(one: Place, seen: World, definition: Definition, compared: Comparison, lens: Lens) -> dict[str, object]:
    day = f"au {short_date(one.total.value_date)}" if one.total.value_date else ""
    told = " ; ".join(text for text in (day, coverage(definition, one.total)) if text)
    question = about(seen, lens, Kind.TOTAL, indicator=definition.code, region=one.region)
    people = (compared.inhabitants or {}).get(one.region, 0)
    return {
        "region": one.name,
        "value": tables.explained(in_full(definition, one.total), question),
        "people": number(people) if people else "–",
        "rate": label(one, compared),
        "made_of": marks.under(one.total),
        "behind": typeset(told),
    }
