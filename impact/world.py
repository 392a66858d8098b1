"""What a reader may see of a campaign, ready to be totalled and narrowed without another read."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from impact.aggregation import Total, Window, is_removed, total, totals
from impact.figures import Cell, CellEntry, Definition, Mobilisation, Period, Target
from impact.progress import Advance, Progress, advance, as_of, can_pool, pooled, progress
from impact.quality import NOTHING_DUE, QualityRow
from impact.vocabulary import NATIONAL_CODE


@dataclass(frozen=True, slots=True)
class World:
    """Everything by code, in the catalogue's order, regions in that of their names; never changed: readers share one.

    due: cells as aggregation.due_cells gives them, those of `window`. entries: the visible ones of its periods.
    quality: counts alone, the same for every reader. pending: submitted cells whose figures this reader may not see;
    that they were answered is no secret. granted: last day of a reopening, by (region, period).
    start: first day of the campaign, wherever the window begins. targets: those in force in the campaign, by
    (region, indicator), 'FR' for the country's.
    """

    campaign: str
    window: Window
    definitions: dict[str, Definition]
    periods: dict[str, Period]
    region_names: dict[str, str]
    chantier_names: dict[str, str]
    mobilisations: tuple[Mobilisation, ...]
    due: tuple[Cell, ...]
    entries: dict[Cell, CellEntry]
    quality: tuple[QualityRow, ...]
    pending: frozenset[Cell]
    granted: dict[tuple[str, str], date]
    start: date
    targets: Mapping[tuple[str, str], Target] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.window.today

    def total(
        self, indicator: str, region: str = NATIONAL_CODE, *, provisional: bool = False, min_proof: int = 0
    ) -> Total:
        """The total of one indicator, over the regions of this world or for one of them."""
        return total(
            self.definitions[indicator], self.due, self.entries, self.periods,
            provisional=provisional, min_proof=min_proof, region=region,
        )  # fmt: skip

    def totals(self, indicator: str, *, provisional: bool = False, min_proof: int = 0) -> list[Total]:
        """The total of each region mobilised on the indicator's chantier, by code, then that of all of them."""
        definition = self.definitions[indicator]
        return totals(
            definition, self.due, self.entries, self.periods, sorted(self.mobilised_regions(definition.chantier)),
            provisional=provisional, min_proof=min_proof,
        )  # fmt: skip

    def progresses(
        self, indicator: str, *, provisional: bool = False, min_proof: int = 0, day: date | None = None
    ) -> dict[str, Progress]:
        """One indicator against its targets, as of a day (today unless given): each mobilised region, then 'FR'.

        Only of a world that holds the campaign from its start to that day.
        """
        definition = self.definitions[indicator]
        to_date = as_of(self.own_periods(definition), definition, day or self.today, self.today)
        regions = sorted(self.mobilised_regions(definition.chantier))
        found = self._to_date(definition, regions, to_date, provisional, min_proof)
        each = {
            one.region: progress(
                definition, one.region, self.targets.get((one.region, indicator)), one.value,
                is_due=bool(one.cells_due), start=self.start, day=to_date,
            )
            for one in found
        }  # fmt: skip
        if (NATIONAL_CODE, indicator) not in self.targets and can_pool(definition):
            due = [one.region for one in found if one.cells_due]
            regional = [one for code, one in each.items() if code != NATIONAL_CODE]
            each[NATIONAL_CODE] = pooled(definition, regional, regions_due=due, day=to_date)
        return each

    def _to_date(
        self, definition: Definition, regions: list[str], day: date | None, provisional: bool, min_proof: int
    ) -> list[Total]:
        """Totals of each region, then of all, from the campaign's start to a day; of nothing where there is no day."""

        def holds(cell: Cell) -> bool:
            within = day is not None and self.start <= self.periods[cell.period].end <= day
            return within and cell.indicator == definition.code

        return totals(
            definition, [cell for cell in self.due if holds(cell)],
            {cell: entry for cell, entry in self.entries.items() if holds(cell)}, self.periods, regions,
            provisional=provisional, min_proof=min_proof,
        )  # fmt: skip

    def advances(
        self, chantier: str, *, provisional: bool = False, min_proof: int = 0, day: date | None = None
    ) -> dict[str, Advance]:
        """The progress of each region mobilised on a chantier, by code; as in `progresses`."""
        own = {code: definition for code, definition in self.definitions.items() if definition.chantier == chantier}
        asked = day or self.today
        parts = [
            self.progresses(code, provisional=provisional, min_proof=min_proof, day=asked).values() for code in own
        ]
        expected = [cell for cell in self.expected() if self.periods[cell.period].end <= asked]
        return {
            region: advance(
                region, chantier, [one for each in parts for one in each if one.region == region], own,
                {cell.indicator for cell in expected if cell.region == region},
            )
            for region in sorted(self.mobilised_regions(chantier))
        }  # fmt: skip

    def within(self, start: date, end: date) -> "World":
        """Only the periods that end from start to end."""
        held = {code for code, period in self.periods.items() if start <= period.end <= end}
        return self._keep(periods=held, window=Window(start, end, self.today))

    def of_chantier(self, chantier: str) -> "World":
        kept = {code: d for code, d in self.definitions.items() if d.chantier == chantier}
        return replace(
            self._keep(indicators=kept, chantiers={chantier}),
            definitions=kept,
            mobilisations=tuple(spell for spell in self.mobilisations if spell.chantier == chantier),
        )

    def of_regions(self, regions: Collection[str]) -> "World":
        return replace(
            self._keep(regions=regions),
            mobilisations=tuple(spell for spell in self.mobilisations if spell.region in regions),
        )

    def _keep(
        self,
        *,
        regions: Collection[str] | None = None,
        indicators: Collection[str] | None = None,
        chantiers: Collection[str] | None = None,
        periods: Collection[str] | None = None,
        window: Window | None = None,
    ) -> "World":
        def holds(cell: Cell) -> bool:
            asked = ((cell.region, regions), (cell.indicator, indicators), (cell.period, periods))
            return all(kept is None or code in kept for code, kept in asked)

        def counts(row: QualityRow) -> bool:
            asked = ((row.region, regions), (row.chantier, chantiers), (row.period, periods))
            return all(kept is None or code in kept for code, kept in asked)

        return replace(
            self,
            window=window or self.window,
            due=tuple(filter(holds, self.due)),
            entries={cell: entry for cell, entry in self.entries.items() if holds(cell)},
            quality=tuple(filter(counts, self.quality)),
        )

    def expected(self) -> list[Cell]:
        """Due cells, without those said « sans objet »."""
        return [cell for cell in self.due if not is_removed(self.entries.get(cell))]

    def pooled(self, region: str = "", chantier: str = "", period: str = "") -> QualityRow:
        """Counts over every row that fits; empty = all."""
        asked = (region, chantier, period)
        fitting = (
            row
            for row in self.quality
            if all(want in ("", is_) for want, is_ in zip(asked, (row.region, row.chantier, row.period), strict=True))
        )
        return sum(fitting, NOTHING_DUE)

    def last_day(self, region: str, period: str) -> date:
        """Deadline, or the later day granted by a reopening."""
        deadline = self.periods[period].deadline
        return max(deadline, self.granted.get((region, period), deadline))

    def spells(self, region: str) -> Iterator[Mobilisation]:
        """The region's mobilisations that touch the window, its preferred chantier first."""
        running = [
            spell
            for spell in self.mobilisations
            if spell.region == region
            and spell.start <= self.window.end
            and (spell.end is None or spell.end >= self.window.start)
        ]
        order = list(self.chantier_names)
        yield from sorted(running, key=lambda spell: (not spell.primary, order.index(spell.chantier)))

    def chantiers_of(self, region: str) -> list[str]:
        return list(dict.fromkeys(spell.chantier for spell in self.spells(region)))

    def mobilised_regions(self, chantier: str = "") -> list[str]:
        """By name, as people look for them."""
        held = {
            region
            for region in {spell.region for spell in self.mobilisations}
            if any(chantier in ("", spell.chantier) for spell in self.spells(region))
        }
        return [code for code in self.region_names if code in held]

    def own_periods(self, definition: Definition) -> list[Period]:
        """Periods of the campaign that the indicator reports on, in order."""
        return sorted(
            period
            for period in self.periods.values()
            if period.frequency is definition.frequency and period.campaign == self.campaign
        )
