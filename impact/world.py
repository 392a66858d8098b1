"""What a reader may see of a campaign, ready to be totalled and narrowed without another read."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from impact.aggregation import Total, Window, is_removed, total, totals
from impact.figures import Cell, CellEntry, Definition, Mobilisation, Period
from impact.quality import NOTHING_DUE, QualityRow
from impact.vocabulary import NATIONAL_CODE


@dataclass(frozen=True, slots=True)
class World:
    """Everything by code, in the catalogue's order, regions in that of their names; never changed: readers share one.

    due: cells as aggregation.due_cells gives them, those of `window`. entries: the visible ones of its periods.
    quality: counts alone, the same for every reader. pending: submitted cells whose figures this reader may not see;
    that they were answered is no secret. granted: last day of a reopening, by (region, period).
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
