"""What a reader may see of a campaign, ready to be totalled and narrowed without another read."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain

from impact.aggregation import Total, Window, is_removed, total, totals
from impact.figures import Cell, CellEntry, Definition, Mobilisation, Period, Target
from impact.progress import Advance, Progress, advance, as_of, can_pool, pooled, progress
from impact.quality import NOTHING_DUE, QualityRow
from impact.rules.definitions import in_force
from impact.vocabulary import NATIONAL_CODE, WITHOUT_VALUE

Cells = dict[str, dict[str, list[Cell]]]
"""indicator -> region -> cells, in the order of a world's"""


@dataclass(frozen=True)
class World:
    """Everything by code, in the catalogue's order, regions in that of their names; never changed: readers share one.

    What screens ask again and again (an indicator's cells, its progress, who is mobilised) is sorted out once, when
    first asked for.

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
    versions: Mapping[str, Sequence[Definition]] = field(default_factory=dict)
    """Of each indicator that has several, oldest first; `definitions` has the one in force at the window's end."""

    def definition_of(self, code: str, version: int) -> Definition:
        """The version that a total or a figure follows."""
        return next((one for one in self.versions.get(code, ()) if one.version == version), self.definitions[code])

    def definition_on(self, code: str, day: date) -> Definition:
        """The version that a period which ends on a day follows."""
        return in_force(self.versions.get(code) or [self.definitions[code]], day)

    @property
    def today(self) -> date:
        return self.window.today

    def total(
        self, indicator: str, region: str = NATIONAL_CODE, *, provisional: bool = False, min_proof: int = 0
    ) -> Total:
        """The total of one indicator, over the regions of this world or for one of them."""
        due, entries = self._cells_of(indicator, region)
        return total(
            self.definition_on(indicator, self.window.end), due, entries, self.periods,
            provisional=provisional, min_proof=min_proof, region=region,
        )  # fmt: skip

    def totals(self, indicator: str, *, provisional: bool = False, min_proof: int = 0) -> list[Total]:
        """The total of each region mobilised on the indicator's chantier, by code, then that of all of them."""
        definition = self.definition_on(indicator, self.window.end)
        due, entries = self._cells_of(indicator)
        return totals(
            definition, due, entries, self.periods, sorted(self.mobilised_regions(definition.chantier)),
            provisional=provisional, min_proof=min_proof,
        )  # fmt: skip

    def alone(self, indicator: str, start: date, end: date) -> "World":
        """One indicator over the periods that end from start to end: `within`, at the cost of its own cells."""
        due, entries = self._cells_of(indicator)

        def holds(cell: Cell) -> bool:
            return start <= self.periods[cell.period].end <= end

        return replace(
            self, window=Window(start, end, self.today), due=tuple(filter(holds, due)),
            entries={cell: entry for cell, entry in entries.items() if holds(cell)}, quality=(),
        )  # fmt: skip

    @cached_property
    def _due(self) -> Cells:
        return _sorted_out(self.due)

    @cached_property
    def _entered(self) -> Cells:
        return _sorted_out(self.entries)

    def _cells_of(self, indicator: str, region: str = NATIONAL_CODE) -> tuple[list[Cell], dict[Cell, CellEntry]]:
        """Due cells and entries of an indicator, of all regions or of one."""
        due, entered = (
            list(chain.from_iterable(own.values())) if region == NATIONAL_CODE else own.get(region, [])
            for own in (self._due.get(indicator, {}), self._entered.get(indicator, {}))
        )
        return due, {cell: self.entries[cell] for cell in entered}

    def progresses(
        self, indicator: str, *, provisional: bool = False, min_proof: int = 0, day: date | None = None
    ) -> dict[str, Progress]:
        """One indicator against its targets, as of a day (today unless given): each mobilised region, then 'FR'.

        Only of a world that holds the campaign from its start to that day.
        """
        definition = self.definitions[indicator]
        to_date = as_of(self.own_periods(definition), definition, day or self.today, self.today)
        asked = (indicator, provisional, min_proof, to_date)
        if asked not in self._progresses:
            self._progresses[asked] = self._progress(definition, to_date, provisional, min_proof)
        return self._progresses[asked]

    def _progress(
        self, definition: Definition, to_date: date | None, provisional: bool, min_proof: int
    ) -> dict[str, Progress]:
        indicator = definition.code
        found = self._to_date(definition, to_date, provisional, min_proof)
        each = {
            one.region: progress(
                definition, one.region, self.targets.get((one.region, indicator)), one.value,
                is_due=bool(one.cells_due), start=self.start, day=to_date, why=WITHOUT_VALUE.get(one.coverage, ""),
            )
            for one in found
        }  # fmt: skip
        regional = [one for code, one in each.items() if code != NATIONAL_CODE]
        aimed = any(one.target is not None for one in regional)
        if (NATIONAL_CODE, indicator) not in self.targets and can_pool(definition) and aimed:
            due = [one.region for one in found if one.cells_due]
            versions = {one.region: one.version for one in found}
            each[NATIONAL_CODE] = pooled(definition, regional, regions_due=due, day=to_date, versions=versions)
        return each

    def _to_date(self, definition: Definition, day: date | None, provisional: bool, min_proof: int) -> list[Total]:
        """Totals of each region, then of all, from the campaign's start to a day; of nothing where there is no day."""
        due, entries = self._cells_of(definition.code)

        def holds(cell: Cell) -> bool:
            return day is not None and self.start <= self.periods[cell.period].end <= day

        return totals(
            definition, list(filter(holds, due)), {cell: entry for cell, entry in entries.items() if holds(cell)},
            self.periods, sorted(self.mobilised_regions(definition.chantier)),
            provisional=provisional, min_proof=min_proof,
        )  # fmt: skip

    @cached_property
    def _progresses(self) -> dict[tuple[str, bool, int, date | None], dict[str, Progress]]:
        return {}

    def advances(
        self, chantier: str, *, provisional: bool = False, min_proof: int = 0, day: date | None = None
    ) -> dict[str, Advance]:
        """The progress of each region mobilised on a chantier, by code; as in `progresses`."""
        own = {code: definition for code, definition in self.definitions.items() if definition.chantier == chantier}
        asked = day or self.today
        parts = [self.progresses(code, provisional=provisional, min_proof=min_proof, day=asked) for code in own]
        return {
            region: advance(
                region, chantier, [each[region] for each in parts], own,
                {code for code in own if self._is_expected(code, region, asked)},
            )
            for region in sorted(self.mobilised_regions(chantier))
        }  # fmt: skip

    def _is_expected(self, indicator: str, region: str, day: date) -> bool:
        """Something was due of the region by then, and is not « sans objet »."""
        return any(
            self.periods[cell.period].end <= day and not is_removed(self.entries.get(cell))
            for cell in self._due.get(indicator, {}).get(region, ())
        )

    def within(self, start: date, end: date) -> "World":
        """Only the periods that end from start to end."""
        held = {code for code, period in self.periods.items() if start <= period.end <= end}
        return self._keep(periods=held, window=Window(start, end, self.today))

    def of_period(self, period: str) -> "World":
        """That one alone: two periods of different lengths may end on the same day."""
        return self._keep(periods={period})

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
            for row in (self._counts.get(region, ()) if region else self.quality)
            if all(want in ("", is_) for want, is_ in zip(asked, (row.region, row.chantier, row.period), strict=True))
        )
        return sum(fitting, NOTHING_DUE)

    @cached_property
    def _counts(self) -> dict[str, list[QualityRow]]:
        """Rows of `quality` by region."""
        found: dict[str, list[QualityRow]] = {}
        for row in self.quality:
            found.setdefault(row.region, []).append(row)
        return found

    def is_due(self, cell: Cell) -> bool:
        return cell in self._due.get(cell.indicator, {}).get(cell.region, ())

    def last_day(self, region: str, period: str) -> date:
        """Deadline, or the later day granted by a reopening."""
        deadline = self.periods[period].deadline
        return max(deadline, self.granted.get((region, period), deadline))

    def spells(self, region: str) -> Iterator[Mobilisation]:
        """The region's mobilisations that touch the window, its preferred chantier first."""
        running = [spell for spell in self.mobilisations if spell.region == region and self._touches(spell)]
        order = list(self.chantier_names)
        yield from sorted(running, key=lambda spell: (not spell.primary, order.index(spell.chantier)))

    def chantiers_of(self, region: str) -> list[str]:
        return list(dict.fromkeys(spell.chantier for spell in self.spells(region)))

    def mobilised_regions(self, chantier: str = "") -> list[str]:
        """By name, as people look for them."""
        return [code for code in self.region_names if code in self._mobilised.get(chantier, ())]

    @cached_property
    def _mobilised(self) -> dict[str, set[str]]:
        """Regions by chantier, and under '' those of any."""
        found: dict[str, set[str]] = {}
        for spell in filter(self._touches, self.mobilisations):
            for chantier in ("", spell.chantier):
                found.setdefault(chantier, set()).add(spell.region)
        return found

    def _touches(self, spell: Mobilisation) -> bool:
        """It runs on some day of the window."""
        return spell.start <= self.window.end and (spell.end is None or spell.end >= self.window.start)

    def own_periods(self, definition: Definition) -> list[Period]:
        """Periods of the campaign that the indicator reports on, in order."""
        return [period for period in self._calendar if period.frequency is definition.frequency]

    @cached_property
    def _calendar(self) -> list[Period]:
        return sorted(period for period in self.periods.values() if period.campaign == self.campaign)


def _sorted_out(cells: Iterable[Cell]) -> Cells:
    found: Cells = {}
    for cell in cells:
        found.setdefault(cell.indicator, {}).setdefault(cell.region, []).append(cell)
    return found
