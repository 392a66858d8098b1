"""An indicator over the periods of the campaign, for charts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from impact.aggregation import Total, cell_state
from impact.charts.periods import period_tick
from impact.figures import SCALE, Cell, Definition, Pair, Period
from impact.formats import SMALL_NUMBER, capital, counted, grade
from impact.presentation.chain import UNDER_THE_FLOOR, absence
from impact.presentation.grading import made_of
from impact.presentation.lens import Lens
from impact.presentation.wording import coverage, in_brief
from impact.vocabulary import NATIONAL_CODE, STATUS_SIGNS, CellState, Coverage, Measure, Status
from impact.world import World

if TYPE_CHECKING:
    import pandas as pd

BARS = ("period", "tick", "validated", "provisional", "partial", "due", "label", "absent", "version")
CURVE = ("period", "value", "label", "provisional", "state", "hover", "numerator", "denominator", "version")


def bars_frame(world: World, definition: Definition, lens: Lens) -> "pd.DataFrame":
    """For charts.trajectory: what has added up since the campaign's start, at the end of each period.

    world: the whole campaign, not a window of it.
    """
    import pandas as pd

    rows = [_bar(world, definition, lens, period) for period in world.own_periods(definition)]
    return pd.DataFrame(rows, columns=BARS).astype({"version": float})


def _bar(world: World, definition: Definition, lens: Lens, period: Period) -> dict[str, Any]:
    due = period.has_ended(world.today)
    so_far = world.alone(definition.code, world.window.start, period.end)
    official = lens._replace(provisional=False).total(so_far, definition.code)
    whole = lens.total(so_far, definition.code)
    known = _drawn(official) if official.version == whole.version else None  # of another series: not part of the whole
    return {
        "period": period.short,
        "tick": period_tick(period),
        "validated": known if due else None,
        "provisional": (_drawn(whole) or 0) - (known or 0) if due and whole.used else None,
        "partial": whole.coverage is Coverage.PARTIAL,
        "due": due,
        "label": _behind(whole),
        "absent": _absent(so_far, whole, lens),
        "version": whole.version if whole.used else None,
    }


def _absent(world: World, total: Total, lens: Lens) -> str:
    """In place of « manquant » where there are figures, all below the proof level; '' elsewhere."""
    sign, word = ("", "") if total.used else absence(world, total)
    return f"{sign} sous F{lens.min_proof}" if word == UNDER_THE_FLOOR else ""


def _behind(total: Total) -> str:
    """Short enough to stand beside a bar: regions, or figures where every region gave at least one."""
    if total.regions_answered < total.regions_due or total.cells_answered == total.cells_due:
        return f"{counted(total.regions_answered, 'région')} sur {total.regions_due}"
    return f"{counted(total.cells_answered, 'chiffre')} sur {total.cells_due}"


def _drawn(total: Total) -> float | None:
    return None if total.value is None else float(total.value)


def curve_frame(
    world: World,
    definition: Definition,
    lens: Lens,
    region: str = NATIONAL_CODE,
    long_ticks: bool = False,
    so_far: bool = False,
) -> "pd.DataFrame":
    """For charts.small_multiple: the value of each period alone, for a region or the country.

    numerator, denominator: in units, None below N = 10 for what a screen may not divide. long_ticks: three lines.
    so_far: from the campaign's start to the end of each period instead, which is what targets are about.
    version: of the definition that the figures follow, NaN where there is none.
    """
    import pandas as pd

    periods = world.own_periods(definition)
    points = [_point(world, definition, lens, region, period, so_far) for period in periods]
    frame = pd.DataFrame(points, columns=CURVE)
    if long_ticks:
        frame["period"] = [period_tick(period) for period in periods]
    return frame.astype({"value": float, "numerator": float, "denominator": float, "version": float})


def cumulated_frame(world: World, definition: Definition, lens: Lens, region: str) -> "pd.DataFrame":
    """A region's curve_frame from the campaign's start to the end of each period, open where a period has no figure.

    What had added up before a hole is not drawn again at the hole: that would read as a period that brought nothing.
    A ratio of nothing (« n. c. ») is a figure: what has come about so far goes on over it.
    """
    alone = curve_frame(world, definition, lens, region)
    whole = curve_frame(world, definition, lens, region, so_far=True)
    holes = alone["numerator"].isna()
    whole.loc[holes] = alone.loc[holes]
    return whole


def _point(
    world: World, definition: Definition, lens: Lens, region: str, period: Period, so_far: bool
) -> dict[str, Any]:
    due = period.has_ended(world.today)
    since = world.window.start if so_far and due else period.end
    alone = lens.total(world.alone(definition.code, since, period.end), definition.code, region)
    provisional = any(entry.status is Status.SUBMITTED for entry in alone.used)
    state, label = _said(world, definition, alone, Cell(region, definition.code, period.code), lens)
    grades = f"\n{capital(made_of(alone.composition))}" if alone.used else ""
    behind = f"\n{coverage(definition, alone)}" if so_far or region == NATIONAL_CODE else ""
    pair = alone.pair or Pair(0)
    return {
        "period": period.short,
        "value": _drawn(alone),
        "label": label,
        "provisional": provisional,
        "state": state.value,
        "hover": f"{period.short} : {label}{' (provisoire)' if provisional else ''}{behind}{grades}",
        "numerator": pair.numerator / SCALE if alone.pair else None,
        "denominator": pair.denominator / SCALE if alone.pair and pair.denominator is not None else None,
        "version": alone.version if alone.pair else None,
    }


def _said(world: World, definition: Definition, alone: Total, cell: Cell, lens: Lens) -> tuple[CellState, str]:
    """The state, and the words in place of a value: a figure that is there but does not enter says why."""
    if alone.pair is not None:
        return CellState.VALUE, in_brief(definition, alone.pair)
    if cell.region == NATIONAL_CODE:
        expected = bool(alone.cells_due)
        return (CellState.MISSING, "aucun chiffre") if expected else (CellState.NOT_DUE, CellState.NOT_DUE.label)
    if cell in world.pending:
        return CellState.VALUE, _status(Status.SUBMITTED)
    entry = world.entries.get(cell)
    if entry is None and not world.is_due(cell) and world.periods[cell.period].has_ended(world.today):
        return CellState.VALUE, "non mobilisée"
    state = cell_state(world.is_due(cell), entry)
    if entry is None or state is not CellState.VALUE:
        return state, state.label
    if entry.status is Status.VALIDATED or (entry.status is Status.SUBMITTED and lens.provisional):
        return state, f"écarté, {grade(entry.reliability)}" if world.is_due(cell) else "hors périmètre"
    return state, _status(entry.status)


def _status(status: Status) -> str:
    """In few words: on a phone, a period of a chart has no room for a sentence."""
    return f"{STATUS_SIGNS[status]} {status.label}"


def curve_data(frame: "pd.DataFrame", definition: Definition) -> "pd.DataFrame":
    """What is drawn, as a table and a file: the percentage of fewer than 10 gives way to n and N."""
    import pandas as pd

    from impact.charts.breaks import with_version

    small = (frame["denominator"] < SMALL_NUMBER) & (definition.measure is Measure.RATIO)
    shown: Mapping[str, Any] = {
        "periode": [str(period).split("<br>")[0] for period in frame["period"]],
        "valeur": frame["value"].mask(small),
        "texte": frame["label"],
        **({"numerateur": frame["numerator"], "denominateur": frame["denominator"]} if definition.has_pair else {}),
        "provisoire": frame["provisional"],
        "etat": frame["state"],
    }
    return with_version(pd.DataFrame(shown), frame)
