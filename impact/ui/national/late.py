"""Late and silent regions."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from impact.formats import number
from impact.presentation.silences import Silence
from impact.ui import tables
from impact.ui.national.regions import address
from impact.ui.page import typeset
from impact.ui.tables import Column

COLUMNS = (
    Column("region", "Région", html=True, row_header=True),
    Column("missing", "Chiffres dus non répondus", "right", short="Sans réponse"),
    Column("last", "Dernier envoi", secondary=True),
    Column("what", "Ce qui manque", html=True),
)


def silent_regions(silences: Sequence[Silence], today: date) -> Markup:
    return tables.table(COLUMNS, [_row(one, today) for one in silences], "Retards et silences")


def _row(one: Silence, today: date) -> dict[str, object]:
    lines = Markup("<br>").join(
        Markup("{} {}").format("▼" if hole.late else "▲", typeset(hole.words())) for hole in one.holes
    )
    return {
        "region": tables.link(address(one.region), one.name),
        "missing": f"{number(one.missing)} sur {number(one.due)}",
        "last": typeset(one.last_words(today)),
        "what": lines,
    }
