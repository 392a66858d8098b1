"""What the plan screen reads, kept for a key, and the addresses inside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from impact.actions import ActionKey
from impact.db import reading
from impact.figures import Definition, Target
from impact.permissions import Actor, readable
from impact.queries import actions as reads
from impact.queries.actions import ActionRow, PlanVersion
from impact.queries.book import Book
from impact.queries.evidence import pieces_of_region
from impact.queries.targets import targets
from impact.stages import StageNow
from impact.ui.kept import kept
from impact.ui.reads import Key
from impact.ui.stages.reads import standings
from impact.vocabulary import NATIONAL_CODE, Direction, Section
from impact.world import World

SCREEN = "plan"
COUNTRY = "Ensemble du pays"
NEW = "nouvelle"
"""Code of an action, or of a line, that is not written yet."""
PART = "partie"
"""The parameter of the address that says which part of an action is shown."""
WHOLE, IDENTITY, MILESTONES, VERSIONS = "plan", "identite", "jalons", "versions"
"""Parts of an action beside its five sections."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An action, and what its forms offer.

    definitions: those that an objective may be tied to, of the action's chantier, and those that one names already.
    targets: in force for the region, by indicator. pieces: titles by number, of those that the reader may open.
    versions: oldest first; only for those who see the version in force. chantiers: names by code.
    """

    row: ActionRow
    stage: StageNow | None
    definitions: Mapping[str, Definition]
    targets: Mapping[str, Target]
    pieces: Mapping[int, str]
    versions: tuple[PlanVersion, ...]
    chantiers: Mapping[str, str]
    region_name: str

    @property
    def key(self) -> ActionKey:
        return self.row.key

    @property
    def sees_all(self) -> bool:
        """The reader is of the region, or of the national office."""
        return bool(self.versions)


@kept(32)
def every(key: Key) -> tuple[ActionRow, ...]:
    """All that the reader may see, withdrawn ones of their own included."""
    with reading() as session:
        return tuple(reads.actions(session, key.scope))


@kept(64)
def opened(key: Key, asked: ActionKey) -> Opened:
    """NotFound where there is none that this reader may see."""
    stage = standings(key).get(asked)
    with reading() as session:
        row, book = reads.action(session, key.scope, asked), Book(session)
        named = {one.indicator for one in row.plan.objectives}
        definitions = {
            code: one for code, one in book.definitions.items()
            if code in named or (one.chantier == row.chantier and one.direction is not Direction.NEUTRAL)
        }  # fmt: skip
        held = targets(session, book.campaign.code, [asked.region])
        pieces = pieces_of_region(session, key.scope, asked.region)
        versions = reads.versions(session, asked) if key.scope.sees_all_of(asked.region) else []
        return Opened(
            row, stage, definitions,
            {code: one for (region, code), one in held.items() if region == asked.region},
            {one.number: one.title for one in sorted(pieces, key=lambda one: one.number) if one.withdrawn_at is None},
            tuple(versions), {code: row.short for code, row in book.chantiers.items()}, book.regions[asked.region].name,
        )  # fmt: skip


def places(actor: Actor, calendar: World) -> dict[str, str]:
    """What the region's list offers: one's own regions, the country, those of the campaign, then all others."""
    mobilised = set(calendar.mobilised_regions())
    own = readable(actor).own or frozenset()

    def rank(code: str) -> tuple[bool, bool]:
        return code not in own, code not in mobilised

    ordered = sorted(calendar.region_names, key=rank)
    first = [code for code in ordered if code in own]
    names = {code: calendar.region_names[code] for code in first} | {NATIONAL_CODE: COUNTRY}
    return names | {code: calendar.region_names[code] for code in ordered if code not in first}


def of_region(key: Key, region: str) -> list[ActionRow]:
    """In the order of their numbers, those that are withdrawn last."""
    own = [one for one in every(key) if one.key.region == region]
    return sorted(own, key=lambda one: (one.is_withdrawn, one.key.number))


def primary(calendar: World, region: str, today: date) -> str:
    """The chantier that a new action is first proposed on: the region's primary one, else the first that there is."""
    running = [
        one for one in calendar.mobilisations
        if one.region == region and one.start <= today and (one.end is None or one.end >= today)
    ]  # fmt: skip
    ranked = sorted(running, key=lambda one: not one.primary)
    return next((one.chantier for one in ranked), next(iter(calendar.chantier_names)))


def address(key: ActionKey | None = None, part: str = "", line: str = "", **more: str) -> str:
    """Of an action, open at one of its parts, or at one of its lines; of the country's view without an action."""
    where = {"region": key.region, "action": str(key.number)} if key else {"region": NATIONAL_CODE}
    said = where | ({"partie": part} if part else {}) | ({"ligne": line} if line else {}) | more
    return f"{SCREEN}?{urlencode(said)}"


SECTION_OF = {section.value: section for section in Section}
"""By the code of its part."""
