"""What a region has told, named beside its figures and its plan."""

from markupsafe import Markup

from impact.formats import capital
from impact.queries.experiences import StoryRow
from impact.rules.experiences import STATE_SIGNS, StoryState
from impact.ui import page, tables
from impact.ui.experiences.known import OPENED, SCREEN, every
from impact.ui.reads import Key

MOST = 5


def draw(key: Key, region: str, action: int | None = None) -> None:
    """A section of its own, the last written first; nothing where nothing is told. action: of that one alone."""
    told = [
        one.row
        for one in every(key)
        if one.row.key.region == region
        and one.row.state is not StoryState.WITHDRAWN
        and action in (None, one.row.now.said.action)
    ]
    if not told:
        return
    items = Markup().join(Markup("<li>{}</li>").format(_item(row)) for row in told[:MOST])
    all_of_them = tables.link(f"{SCREEN}?region={region}", "Tous ceux de la région")
    more = Markup('<p class="imp-note">{}</p>').format(all_of_them)
    page.section("Retours d’expérience", "", Markup('<ul class="imp-plain imp-told">{}</ul>').format(items), more)


def _item(row: StoryRow) -> Markup:
    link = tables.link(f"{SCREEN}?{OPENED}={row.key}", page.typeset(row.now.said.title))
    if row.state is StoryState.PUBLISHED:
        return link
    return Markup("{} {}").format(link, tables.light(f"{STATE_SIGNS[row.state]} {capital(row.state.label)}"))
