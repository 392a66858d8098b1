"""Totals over periods and regions, with the coverage behind them (docs/mesure.md, *Les totaux*)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

from impact.figures import Cell, CellEntry, Definition, Mobilisation, Pair, Period, make, rounded, shown_value
from impact.proof import Composition, composition
from impact.vocabulary import NATIONAL_CODE, Accumulation, Additivity, Answer, CellState, Coverage, Frequency, Status

ANSWERED = (Status.SUBMITTED, Status.VALIDATED)
PENDING = "soumis, pas encore validé"


@dataclass(frozen=True, slots=True)
class Window:
    """The periods that end from start to end, both included, and are over today (today is after their last day)."""

    start: date
    end: date
    today: date

    def meets(self, period: Period) -> bool:
        """Its end falls inside, over or not."""
        return self.start <= period.end <= self.end

    def holds(self, period: Period) -> bool:
        return self.meets(period) and period.has_ended(self.today)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A cell that does not enter a total, and the French words that say why; entry None where it is missing."""

    cell: Cell
    reason: str
    entry: CellEntry | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """One number of an indicator and what stands behind it.

    region: a code, or 'FR' over several. value: in the unit shown, exact; shown: rounded once. Both are None, and
    coverage says why, where there is nothing to add or to divide. cells_* count region-period cells.
    version: of the definition that its figures share; those of another one are left out.
    used: the figures that enter (that would, where regions cannot be added).
    value_date: end of the latest period used, stocks only; older_regions: those whose stock is of an earlier one.
    """

    indicator: str
    version: int
    region: str
    pair: Pair | None
    value: Fraction | None
    shown: Decimal | None
    coverage: Coverage
    regions_answered: int
    regions_due: int
    cells_answered: int
    cells_due: int
    value_date: date | None
    composition: Composition
    used: tuple[CellEntry, ...]
    left_out: tuple[LeftOut, ...]
    older_regions: tuple[str, ...]


def cell_state(cell_is_due: bool, entry: CellEntry | None) -> CellState:
    """Exactly one of the five states; what an entry says holds whether or not its cell is due."""
    if entry is not None:
        return CellState(entry.answer.value)
    return CellState.MISSING if cell_is_due else CellState.NOT_DUE


def is_removed(entry: CellEntry | None) -> bool:
    """« Sans objet », submitted or validated: the cell is no longer due (section 5), whatever the switches."""
    return entry is not None and entry.answer is Answer.NOT_APPLICABLE and entry.status in ANSWERED


def due_cells(
    definitions: Iterable[Definition], periods: Iterable[Period], mobilisations: Iterable[Mobilisation], window: Window
) -> list[Cell]:
    """Cells due in the window, before removal of those said « sans objet »; by definition as given, region, period.

    Due: the region is mobilised on the indicator's chantier on the period's last day (section 5).
    """
    held = sorted(period for period in periods if window.holds(period))
    spells: dict[str, list[Mobilisation]] = {}
    for spell in mobilisations:
        spells.setdefault(spell.chantier, []).append(spell)

    @cache
    def sheets(chantier: str, frequency: Frequency) -> list[tuple[str, str]]:
        own = [(period.end, period.code) for period in held if period.frequency is frequency]
        ordered = sorted(spells.get(chantier, []), key=lambda spell: (spell.region, spell.start))
        return list(dict.fromkeys((spell.region, code) for spell in ordered for end, code in own if spell.covers(end)))

    asked = ((one.code, sheets(one.chantier, one.frequency)) for one in definitions)
    return [make(Cell, (region, indicator, period)) for indicator, own in asked for region, period in own]


def total(
    definition: Definition,
    due: Sequence[Cell],
    entries: Mapping[Cell, CellEntry],
    periods: Mapping[str, Period],
    *,
    provisional: bool = False,
    min_proof: int = 0,
    region: str = NATIONAL_CODE,
) -> Total:
    """The total of an indicator over every region in `due`, or of one region.

    due, entries: may hold other indicators. Entries that are not due are listed as left out, so give only those of the
    window and of the regions wanted. periods: by code, at least those of `due`. provisional: submitted ones enter too.
    min_proof: figures below this F grade do not enter; coverage falls accordingly.
    """
    everywhere = region == NATIONAL_CODE
    cells = [cell for cell in due if cell.indicator == definition.code and (everywhere or cell.region == region)]
    own = {
        cell: entry
        for cell, entry in entries.items()
        if cell.indicator == definition.code and (everywhere or cell.region == region)
    }
    return _totalled(definition, region, _sort(cells, own, provisional, min_proof), periods)


def totals(
    definition: Definition,
    due: Sequence[Cell],
    entries: Mapping[Cell, CellEntry],
    periods: Mapping[str, Period],
    regions: Iterable[str],
    *,
    provisional: bool = False,
    min_proof: int = 0,
) -> list[Total]:
    """The total of each region in the order given, then that of all of them ('FR'); the rest as in `total`.

    Reads `due` and `entries` once, whatever the number of regions.
    """
    cells: dict[str, list[Cell]] = {region: [] for region in regions}
    own: dict[str, dict[Cell, CellEntry]] = {region: {} for region in cells}
    for cell in due:
        if cell.indicator == definition.code and cell.region in cells:
            cells[cell.region].append(cell)
    for cell, entry in entries.items():
        if cell.indicator == definition.code and cell.region in own:
            own[cell.region][cell] = entry
    sorted_cells = {region: _sort(cells[region], own[region], provisional, min_proof) for region in cells}
    by_region = [_totalled(definition, region, sorting, periods) for region, sorting in sorted_cells.items()]
    return [*by_region, _totalled(definition, NATIONAL_CODE, _pooled(sorted_cells.values()), periods)]


@dataclass(slots=True)
class _Sorting:
    """due: cells after removal; usable: what may enter; newest: version of what may at any grade, 0 without one."""

    due: list[Cell]
    usable: list[CellEntry]
    left_out: list[LeftOut]
    newest: int = 0


def _sort(cells: Sequence[Cell], entries: Mapping[Cell, CellEntry], provisional: bool, min_proof: int) -> _Sorting:
    sorting = _Sorting([], [], [])
    for cell in cells:
        entry = entries.get(cell)
        if not is_removed(entry):
            sorting.due.append(cell)
        reason = _reason_out(entry, provisional, min_proof)
        if entry is None or reason:
            sorting.left_out.append(LeftOut(cell, reason, entry))
        else:
            sorting.usable.append(entry)
        if entry and (not reason or not _reason_out(entry, provisional, 0)):
            sorting.newest = max(sorting.newest, entry.version)
    expected = set(cells)
    sorting.left_out += [LeftOut(cell, "hors périmètre", one) for cell, one in entries.items() if cell not in expected]
    return sorting


def _pooled(sortings: Iterable[_Sorting]) -> _Sorting:
    pool = _Sorting([], [], [])
    for sorting in sortings:
        pool.due += sorting.due
        pool.usable += sorting.usable
        pool.left_out += sorting.left_out
        pool.newest = max(pool.newest, sorting.newest)
    return pool


def _reason_out(entry: CellEntry | None, provisional: bool, min_proof: int) -> str:
    """Why a due cell brings no figure, in French; empty when it brings one."""
    if entry is None:
        return CellState.MISSING.label
    if entry.status is Status.SUBMITTED and not provisional and not is_removed(entry):
        return PENDING
    if entry.status not in ANSWERED:
        return entry.status.label
    if entry.answer is not Answer.VALUE or entry.pair is None:
        return entry.answer.label
    return f"fiabilité F{entry.reliability}, en dessous de F{min_proof}" if entry.reliability < min_proof else ""


def _latest(usable: Iterable[CellEntry], periods: Mapping[str, Period]) -> dict[str, CellEntry]:
    """The last figure of each region."""
    last: dict[str, CellEntry] = {}
    for entry in usable:
        known = last.get(entry.region)
        if known is None or periods[known.period] < periods[entry.period]:
            last[entry.region] = entry
    return last


def _of_one_version(sorting: _Sorting, latest: int) -> tuple[_Sorting, int]:
    """Figures of one definition alone, the newest in use: across versions a series is broken, nothing is added.

    In use at any grade: a proof level that leaves out all of the new series does not bring the old one back.
    """
    version = sorting.newest or latest
    older = [entry for entry in sorting.usable if entry.version != version]
    if not older:
        return sorting, version
    kept = [entry for entry in sorting.usable if entry.version == version]
    broken = [LeftOut(entry.cell, other_version(entry.version, version), entry) for entry in older]
    return _Sorting(sorting.due, kept, [*sorting.left_out, *broken]), version


def other_version(version: int, totalled: int) -> str:
    """Why a figure of another version of the definition stays out."""
    return f"rupture de série : saisi selon la version {version} de la définition, le total suit la version {totalled}"


def _totalled(definition: Definition, region: str, everything: _Sorting, periods: Mapping[str, Period]) -> Total:
    sorting, version = _of_one_version(everything, definition.version)
    stock = definition.accumulation is Accumulation.STOCK
    additive = region != NATIONAL_CODE or definition.additivity is Additivity.SUM
    used = list(_latest(sorting.usable, periods).values()) if stock else sorting.usable
    regions = _stock_regions(sorting, periods) if stock else _flow_regions(sorting)
    answered, due = regions if stock else (len(sorting.usable), len(sorting.due))
    pair = _sum(definition, used) if used and additive else None
    value = shown_value(definition.measure, pair) if pair else None
    latest = max((periods[entry.period] for entry in used), default=None) if stock else None
    return Total(
        indicator=definition.code,
        version=version,
        region=region,
        pair=pair,
        value=value,
        shown=None if value is None else rounded(value, definition.decimals),
        coverage=_coverage(additive, pair, value, answered, due),
        regions_answered=regions[0],
        regions_due=regions[1],
        cells_answered=len(sorting.usable),
        cells_due=len(sorting.due),
        value_date=latest.end if latest and additive else None,
        composition=composition((entry.pair, entry.reliability) for entry in used if entry.pair and additive),
        used=tuple(used),
        left_out=(*sorting.left_out, *_superseded(sorting.usable, used)),
        older_regions=tuple(entry.region for entry in used if latest and periods[entry.period] < latest),
    )


def _superseded(usable: Iterable[CellEntry], used: Iterable[CellEntry]) -> list[LeftOut]:
    kept = {entry.cell for entry in used}
    return [LeftOut(one.cell, "remplacé par une période plus récente", one) for one in usable if one.cell not in kept]


def _flow_regions(sorting: _Sorting) -> tuple[int, int]:
    """Regions with a figure, out of the regions due."""
    return len({entry.region for entry in sorting.usable}), len({cell.region for cell in sorting.due})


def _stock_regions(sorting: _Sorting, periods: Mapping[str, Period]) -> tuple[int, int]:
    """Regions with a figure at the last due period, out of the regions due then."""
    last = max((periods[cell.period] for cell in sorting.due), default=None)
    answered = {entry.region for entry in sorting.usable if periods[entry.period] == last}
    return len(answered), len({cell.region for cell in sorting.due if periods[cell.period] == last})


def _sum(definition: Definition, used: Iterable[CellEntry]) -> Pair:
    pairs = [entry.pair for entry in used if entry.pair]
    denominator = sum(pair.denominator or 0 for pair in pairs) if definition.has_pair else None
    return Pair(sum(pair.numerator for pair in pairs), denominator)


def _coverage(additive: bool, pair: Pair | None, value: Fraction | None, answered: int, due: int) -> Coverage:
    """The first word that holds, in this order (docs/mesure.md, *Les totaux*)."""
    if not additive:
        return Coverage.NOT_ADDITIVE
    if pair is None:
        return Coverage.EMPTY
    if value is None:
        return Coverage.NOT_COMPUTABLE
    return Coverage.PARTIAL if answered < due else Coverage.COMPLETE
