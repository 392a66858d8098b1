"""The reference data of one transaction, read once and only when asked for."""

from collections.abc import Collection
from datetime import date
from functools import cached_property

from sqlmodel import Session

from impact import clock
from impact.errors import NotFound
from impact.figures import Cell, Definition, Mobilisation, Period
from impact.locks import entry_lock, is_mobilised, submission_lock
from impact.permissions import Actor, Right
from impact.queries import catalogue
from impact.queries.catalogue import CampaignRow, ChantierRow, RegionRow, ReopeningRow


class Book:
    """Definitions, calendar, regions and mobilisations as one session sees them.

    indicators: whose definitions are read; None = all.
    """

    def __init__(self, session: Session, indicators: Collection[str] | None = None):
        self.session = session
        self.indicators = indicators

    @cached_property
    def today(self) -> date:
        return clock.today(self.session)

    @cached_property
    def versions(self) -> dict[str, list[Definition]]:
        """Every definition, oldest version first, by code."""
        return catalogue.every_version(self.session, self.indicators)

    @cached_property
    def definitions(self) -> dict[str, Definition]:
        """The latest versions."""
        return {code: versions[-1] for code, versions in self.versions.items()}

    @cached_property
    def born(self) -> dict[str, date]:
        """First day of the periods of indicators that began during a campaign; those that always were are absent."""
        first = {code: versions[0] for code, versions in self.versions.items()}
        return {code: one.applies_from for code, one in first.items() if one.version == 1 and one.applies_from}

    @cached_property
    def periods(self) -> dict[str, Period]:
        """By code, in the order of files: by end, then length."""
        return {period.code: period for period in catalogue.periods(self.session)}

    @cached_property
    def campaigns(self) -> dict[str, CampaignRow]:
        """By code, in the order of their dates."""
        return {row.code: row for row in catalogue.campaigns(self.session)}

    @cached_property
    def campaign(self) -> CampaignRow:
        return catalogue.containing(list(self.campaigns.values()), self.today)

    @cached_property
    def regions(self) -> dict[str, RegionRow]:
        return catalogue.regions(self.session)

    @cached_property
    def chantiers(self) -> dict[str, ChantierRow]:
        return {row.code: row for row in catalogue.chantiers(self.session)}

    @cached_property
    def mobilisations(self) -> list[Mobilisation]:
        return catalogue.mobilisations(self.session)

    @cached_property
    def reopenings(self) -> dict[tuple[str, str], ReopeningRow]:
        return catalogue.reopenings(self.session)

    def definition(self, code: str) -> Definition:
        if code not in self.definitions:
            raise NotFound(f"L’indicateur « {code} » n’existe pas.")
        return self.definitions[code]

    def definition_for(self, cell: Cell) -> Definition:
        """The version in force for the cell's period: what is typed there follows it."""
        self.definition(cell.indicator)  # NotFound names what does not exist
        return catalogue.definition_for(self.versions[cell.indicator], self.period(cell.period))

    def definition_of(self, code: str, version: int) -> Definition:
        """The version that a stored figure follows."""
        self.definition(code)
        return next(one for one in self.versions[code] if one.version == version)

    def period(self, code: str) -> Period:
        if code not in self.periods:
            raise NotFound(f"La période « {code} » n’existe pas.")
        return self.periods[code]

    def region(self, code: str) -> RegionRow:
        if code not in self.regions:
            raise NotFound(f"La région « {code} » n’existe pas.")
        return self.regions[code]

    def chantier(self, code: str) -> ChantierRow:
        if code not in self.chantiers:
            raise NotFound(f"Le chantier « {code} » n’existe pas.")
        return self.chantiers[code]

    def is_mobilised(self, region: str, chantier: str, period: Period) -> bool:
        return is_mobilised(self.mobilisations, region, chantier, period)

    def until(self, region: str, period: str) -> date | None:
        """Last day of a reopening granted to the region, or None."""
        granted = self.reopenings.get((region, period))
        return granted.until if granted else None

    def period_before(self, period: Period) -> Period | None:
        """The period just before, of the same frequency."""
        earlier = [other for other in self.periods.values() if other.frequency == period.frequency and other < period]
        return max(earlier, default=None)

    def sheet_indicators(self, chantier: str, period: Period) -> list[Definition]:
        """What a sheet asks for: the chantier's indicators of the period's frequency, begun by its last day."""
        return [
            catalogue.definition_for(versions, period)
            for code, versions in self.versions.items()
            if versions[-1].chantier == chantier
            and versions[-1].frequency == period.frequency
            and self.born.get(code, period.end) <= period.end
        ]

    def lock(self, actor: Actor, cell: Cell, late: bool) -> str | None:
        """Why this actor may not type this cell now; the national office enters deadline or not.

        late: the entry was returned or reopened, so that the deadline does not lock it.
        """
        if actor.may(Right.READ_ALL):
            return None
        definition, period = self.definition(cell.indicator), self.period(cell.period)
        mobilised = self.is_mobilised(cell.region, definition.chantier, period)
        return entry_lock(period, self.today, late, self.until(cell.region, cell.period), mobilised)

    def submission_lock(self, actor: Actor, period: str) -> str | None:
        """Why this actor may not submit this period yet."""
        return None if actor.may(Right.READ_ALL) else submission_lock(self.period(period), self.today)

    def subject(self, cell: Cell) -> str:
        """How sentences and history name a cell."""
        region = self.regions[cell.region].name if cell.region in self.regions else cell.region
        return f"{cell.indicator}, {region}, {cell.period}"
