"""What was planned is drawn over what is, in bars and in curves alike."""

from typing import Any

import pandas as pd
import pytest

from impact.charts.small_multiple import small_multiple, small_multiple_alt
from impact.charts.target_mark import TargetMark
from impact.charts.trajectory import trajectory, trajectory_alt, trajectory_data
from impact.vocabulary import CellState
from tests.impact.charts.frames import NAN, curve, totals
from tests.impact.samples import sample

MARK = TargetMark(3.0, 2400, "cible 2\u202f400", "au 30/09/2011", 0.0)
PLANNED = [533, 1149, 1771, 2400]


def planned(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(planned=PLANNED, planned_label=[f"attendu {value}" for value in PLANNED])


BARS = planned(
    totals(
        (412, NAN, False, True, ""), (1038, NAN, False, True, ""), (1386, 214, True, True, ""),
        (NAN, NAN, False, False, ""),
    )
)  # fmt: skip
CURVE = planned(curve(412, 1038, 1386, CellState.NOT_DUE))


def plan_of(figure: Any) -> tuple[Any, Any, Any]:
    """way, ticks, diamond"""
    lines = [trace for trace in figure.data if trace.type == "scatter"]
    way = next(trace for trace in lines if trace.mode == "lines" and trace.line.dash == "dash")
    ticks = next(trace for trace in lines if trace.marker.symbol == "line-ew")
    return way, ticks, next(trace for trace in lines if trace.marker.symbol == "diamond")


@pytest.mark.parametrize("figure", [trajectory(BARS, sample(), mark=MARK), small_multiple(CURVE, sample(), mark=MARK)])
def test_a_dashed_way_with_a_tick_per_period_leads_to_the_target(figure: Any) -> None:
    way, ticks, diamond = plan_of(figure)
    assert list(zip(way.x, way.y, strict=True)) == [(-0.5, 0), (0, 533), (1, 1149), (2, 1771), (3, 2400)]
    assert list(ticks.y) == PLANNED
    assert (list(diamond.x), list(diamond.y)) == ([3], [2400])
    assert "cible 2\u202f400" in [note.text for note in figure.layout.annotations]
    assert ticks.hovertext[0] == "<b>T1 : attendu 533</b>"
    assert figure.layout.yaxis.range[1] > 2400


def test_a_target_before_the_end_bends_the_way_where_it_stands() -> None:
    mark = TargetMark(1.5, 1500, "cible", "", None)
    way = plan_of(trajectory(BARS.assign(planned=[500, 1000, 1500, 1500]), sample(), mark=mark))[0]
    assert list(zip(way.x, way.y, strict=True)) == [(0, 500), (1, 1000), (1.5, 1500), (2, 1500), (3, 1500)]


def test_without_a_plan_nothing_is_drawn_of_one() -> None:
    bare = totals((412, NAN, False, True, ""))
    assert len(trajectory(bare, sample()).data) == 2
    assert "attendu" not in trajectory_data(bare)
    assert "cible" not in trajectory_alt(bare, sample())


def test_a_target_without_a_known_start_is_a_diamond_alone() -> None:
    mark = TargetMark(3.0, 60, "cible 60", "", None)
    figure = small_multiple(curve(40, 50).assign(planned=NAN, planned_label=""), sample(), mark=mark)
    assert [trace.marker.symbol for trace in figure.data if trace.marker.symbol] == ["diamond"]


def test_the_plan_is_in_the_table_and_in_the_text_alternative() -> None:
    assert list(trajectory_data(BARS)["attendu"]) == PLANNED
    told = "Cible 2\u202f400, au 30/09/2011. Chemin prévu : T1 attendu 533, T2 attendu 1149"
    assert told in trajectory_alt(BARS, sample(), MARK)
    assert told in small_multiple_alt(CURVE, sample(), MARK)
