"""What changed lately, for everybody."""

from collections.abc import Sequence

from markupsafe import Markup

from impact.formats import number, short_date
from impact.queries.home import Validated
from impact.ui import tables
from impact.ui.national.regions import address
from impact.ui.tables import Column
from impact.world import World

MOST = 12
NEWS = (
    Column("day", "Jour"),
    Column("region", "Région", html=True, row_header=True),
    Column("sheet", "Feuille", html=True),
    Column("count", "Chiffres validés", "right"),
)


def validations(rows: Sequence[Validated], world: World) -> Markup:
    """The latest ones, a line per sheet and day."""
    return tables.table(NEWS, [_row(row, world) for row in rows[:MOST]], "Chiffres validés récemment")


def _row(row: Validated, world: World) -> dict[str, object]:
    sheet = Markup("{}, {}").format(
        tables.chantier(row.chantier, world.chantier_names[row.chantier]), world.periods[row.period].short
    )
    return {
        "day": short_date(row.day),
        "region": tables.link(address(row.region, chantier=row.chantier), world.region_names[row.region]),
        "sheet": sheet,
        "count": number(row.count),
    }
