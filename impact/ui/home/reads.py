"""What the home page reads for one person."""

from dataclasses import dataclass

from impact.db import reading
from impact.figures import Cell, Definition
from impact.permissions import Actor, Right, readable
from impact.queries import home, lexicon
from impact.queries.catalogue import ReopeningRow
from impact.queries.home import Waiting, WithoutTarget
from impact.queries.sheets import SheetSummary, summaries
from impact.queries.typed import typed
from impact.queries.views import EntryView, entry_views
from impact.ui.kept import kept
from impact.ui.reads import Key
from impact.vocabulary import Status


@dataclass(frozen=True, slots=True)
class TeamTasks:
    """regions: how many the person serves. sheets: with something left to enter. returned, drafts: stored figures.

    typed: begun and not saved, by this person. terms: of the lexicon that wait for a word of theirs, by region.
    """

    regions: int
    sheets: tuple[SheetSummary, ...]
    returned: tuple[EntryView, ...]
    drafts: tuple[EntryView, ...]
    typed: tuple[Cell, ...]
    terms: dict[str, int]


@dataclass(frozen=True, slots=True)
class OfficeTasks:
    """waiting: by region, the oldest first. late: sheets whose last day has passed with something missing.

    broken: indicators whose figures follow several versions of their definition.
    """

    waiting: tuple[Waiting, ...]
    late: tuple[SheetSummary, ...]
    without_target: tuple[WithoutTarget, ...]
    broken: dict[str, tuple[int, ...]]
    reopenings: tuple[ReopeningRow, ...]


def team_tasks(actor: Actor, definitions: dict[str, Definition]) -> TeamTasks:
    regions = sorted(actor.regions)
    with reading() as session:
        views = entry_views(
            session, readable(actor), regions=regions, statuses=[Status.DRAFT, Status.RETURNED]
        )  # fmt: skip
        sheets, begun = summaries(session, regions), typed(session, actor)
        terms = lexicon.awaiting(session, regions)
    known = [view for view in views.values() if view.indicator in definitions]
    order = list(definitions)
    known.sort(key=lambda view: (view.region, view.period, order.index(view.indicator)))
    return TeamTasks(
        len(regions),
        tuple(held for held in sheets if held.missing),
        tuple(view for view in known if view.status is Status.RETURNED),
        tuple(view for view in known if view.status is Status.DRAFT),
        tuple(cell for cell in begun if cell.indicator in definitions and cell.region in actor.regions),
        terms,
    )


@kept(16)
def office_tasks(key: Key, actor: Actor) -> OfficeTasks:
    """The last days of every sheet are counted: as much work as the whole page."""
    today = key.today
    with reading() as session:
        return OfficeTasks(
            tuple(home.waiting(session, actor)),
            tuple(held for held in summaries(session) if held.done < held.expected and held.last_day < today),
            tuple(home.without_target(session, actor)),
            home.broken_series(session, actor),
            tuple(home.running_reopenings(session, actor)),
        )


def is_team(actor: Actor) -> bool:
    return actor.may(Right.ENTER) and not actor.may(Right.READ_ALL)
