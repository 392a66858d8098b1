"""What changed since a day that the reader chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from impact.formats import counted, short_date
from impact.presentation import changes
from impact.presentation.changes import News
from impact.presentation.lens import Lens
from impact.ui import page, tables
from impact.ui.kept import kept
from impact.ui.national.reads import changes as read_changes
from impact.ui.national.reads import definitions, frame, moves
from impact.ui.reads import Key
from impact.ui.tables import Column
from impact.world import World

MOST = 12
DAYS = {"7j": 7, "14j": 14, "30j": 30}
USUAL = "14j"
DEADLINE = "echeance"
COLUMNS = (
    Column("day", "Jour", secondary=True),
    Column("where", "Région", html=True, row_header=True),
    Column("what", "Ce qui a changé", html=True),
)


def choices(world: World) -> Mapping[str, str]:
    """Code in the address -> words; the last deadline where one has passed."""
    passed = last_deadline(world)
    days = {code: f"{count} jours" for code, count in DAYS.items()}
    return days | ({DEADLINE: f"Échéance {short_date(passed)}"} if passed else {})


def last_deadline(world: World) -> date | None:
    """The latest of the campaign that has passed; None before the first."""
    own = (one.deadline for one in world.periods.values() if one.campaign == world.campaign)
    return max((day for day in own if day < world.today), default=None)


def since(world: World, choice: str) -> date:
    """The day that a choice stands for."""
    passed = last_deadline(world)
    if choice == DEADLINE and passed:
        return passed
    return world.today - timedelta(days=DAYS[choice])


@dataclass(frozen=True, slots=True)
class Told:
    """latest: the first of each kind; others: the rest, how many and which."""

    summary: str
    latest: Markup
    count: int
    others: Markup


@kept(64)
def told(key: Key, day: date, lens: Lens, may_enter: bool) -> Told | None:
    """None where nothing changed. lens: its chantier chooses; its other filters only go with the links."""
    changed, moved = read_changes(key, day), moves(key, day)
    found = changes.of_chantier(changes.news(frame(key), definitions(key), changed, moved, may_enter), lens.chantier)
    if not found:
        return None
    rest = found[MOST:]
    return Told(changes.summary(found), table(found[:MOST], lens), len(rest), table(rest, lens, "Autres changements"))


def show(key: Key, day: date, lens: Lens, may_enter: bool = False) -> None:
    """A sentence that counts, then the latest of each kind; lens: as above."""
    found = told(key, day, lens, may_enter)
    if found is None:
        page.empty(f"Rien n’a changé depuis le {short_date(day)}.")
        return
    said = page.noted(f"Depuis le {short_date(day)} : {found.summary}.{_whatever(lens)}")
    page.html('<div class="imp-stack">', said, found.latest, "</div>")
    if found.count:
        label = counted(found.count, "autre changement", "autres changements")
        page.more(label, "autres_changements", lambda: page.html(found.others))


def _whatever(lens: Lens) -> str:
    """States as they were said then, which the proof level of the page does not compute again."""
    return " États et chiffres de tous niveaux de preuve." if lens.min_proof else ""


def table(found: Sequence[News], lens: Lens, caption: str = "Ce qui a changé") -> Markup:
    return tables.table(COLUMNS, [_row(one, lens.carried) for one in found], caption)


def _row(one: News, carried: Mapping[str, str]) -> dict[str, object]:
    filters = "".join(f"&{name}={code}" for name, code in carried.items() if one.is_filtered)
    name = tables.link(f"{one.address}{filters}", one.where)
    return {
        "day": short_date(one.day),
        "where": Markup("{} {}").format(name, tables.nowrap(tables.chantier(one.chantier, one.chantier, carried))),
        "what": Markup('<span class="imp-changes">{} {}</span>').format(one.sign, page.typeset(one.what)),
    }
