"""What the screen of targets shows of one region and chantier, read once for a key."""

from dataclasses import dataclass
from datetime import date

from impact.db import reading
from impact.permissions import Actor
from impact.presentation.goals import Goal, goals
from impact.presentation.lens import Lens
from impact.queries import catalogue
from impact.queries.book import Book
from impact.queries.targets import statements
from impact.queries.world import world
from impact.ui.kept import kept
from impact.ui.reads import Key
from impact.vocabulary import NATIONAL_CODE


@dataclass(frozen=True, slots=True)
class Places:
    """What may be chosen: code -> name. chantiers: by region, those it works on. current: the campaign of today."""

    regions: dict[str, str]
    chantiers: dict[str, dict[str, str]]
    current: str

    def usual(self, actor: Actor) -> str:
        """A contributor's own region, else the country."""
        return next((code for code in self.regions if code in actor.regions), NATIONAL_CODE)


@dataclass(frozen=True, slots=True)
class Board:
    """start, end: of the campaign. min_proof: lowest F grade of the figures that count."""

    region: str
    region_name: str
    chantier: str
    campaign: str
    start: date
    end: date
    today: date
    min_proof: int
    goals: tuple[Goal, ...]

    def goal(self, code: str) -> Goal:
        return next(one for one in self.goals if one.definition.code == code)


@kept(32)
def places(key: Key) -> Places:
    with reading() as session:
        book = Book(session)
        chantiers = {code: row.short for code, row in book.chantiers.items()}
        spells = {(spell.region, spell.chantier) for spell in book.mobilisations}
        mobilised = {code: row.name for code, row in book.regions.items() if any(code == one for one, _ in spells)}
        own = {
            region: {code: name for code, name in chantiers.items() if (region, code) in spells} for region in mobilised
        }
        return Places(
            {NATIONAL_CODE: "Ensemble du pays", **mobilised}, {NATIONAL_CODE: chantiers, **own}, book.campaign.code
        )


@kept(64)
def board(key: Key, region: str, chantier: str, min_proof: int) -> Board:
    with reading() as session:
        book = Book(session)
        codes = [code for code, one in book.definitions.items() if one.chantier == chantier]
        regions = None if region == NATIONAL_CODE else [region]
        seen = world(session, key.scope, key.campaign, regions=regions, indicators=codes)
        campaign = catalogue.campaign(session, seen.campaign)
        return Board(
            region, places(key).regions[region], chantier, campaign.code, campaign.start, campaign.end, seen.today,
            min_proof,
            tuple(goals(seen, chantier, region, statements(session, campaign.code, region), Lens(min_proof=min_proof))),
        )  # fmt: skip
