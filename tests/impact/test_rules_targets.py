"""Which targets can be set: read strictly, refused with every problem at once (measurement page, section 4)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.figures import SCALE, Definition
from impact.rules.target_refusals import FURTHEST, target_problems
from impact.rules.targets import (
    MOST_MILESTONES,
    TargetDraft,
    as_draft,
    as_target,
    read_target,
    target_fields,
)
from impact.vocabulary import Accumulation, Direction, Measure
from tests.impact.samples import END, START, sample

CONGRESS = date(2010, 10, 14)
COUNT = sample(minimum=0, maximum=100 * SCALE)
RATIO = sample(Measure.RATIO, decimals=1, minimum=0, maximum=100 * SCALE)
DOWN = replace(COUNT, direction=Direction.DOWN)


def draft(value: int, baseline: int | None = None, **changes: Any) -> TargetDraft:
    scaled = None if baseline is None else baseline * SCALE
    return replace(TargetDraft("73", "FOR-04", "2010-2011", scaled, value * SCALE, END), **changes)


def fields(definition: Definition, said: TargetDraft, standing: TargetDraft | None = None, **more: Any) -> list[str]:
    """The fields that are refused."""
    before = as_target(standing) if standing else None
    return [problem.field for problem in target_problems(definition, said, START, END, before, **more)]


@pytest.mark.parametrize(
    ("definition", "said", "refused"),
    [
        (COUNT, draft(50, 20), []),
        (COUNT, draft(20, 50), ["cible"]),
        (COUNT, draft(40, 40), []),
        (DOWN, draft(60, 100), []),
        (DOWN, draft(100, 60), ["cible"]),
        (DOWN, draft(12), []),
        (replace(COUNT, minimum=-9 * SCALE), draft(-1), ["cible"]),
        (replace(COUNT, direction=Direction.NEUTRAL), draft(50, 20), ["cible"]),
        (COUNT, draft(20, -1), ["base"]),
        (COUNT, draft(101, 0), []),
        (replace(COUNT, accumulation=Accumulation.STOCK), draft(101, 0), ["cible"]),
        (replace(COUNT, accumulation=Accumulation.STOCK), draft(101, 0, region="FR"), []),
        (RATIO, draft(101, 40), ["cible"]),
        (replace(RATIO, minimum=None, maximum=None), draft(101, -1), ["base", "cible"]),
        (COUNT, replace(draft(50, 20), value=505_000), ["cible"]),
        (RATIO, replace(draft(50, 20), value=505_055), []),
        (COUNT, draft(50, 20, due=CONGRESS), ["echeance"]),
        (COUNT, draft(50, 20, due=START), []),
        (COUNT, draft(50, 20, due=date(2013, 1, 1)), []),
        (COUNT, draft(50, 20, due=END + FURTHEST), []),
        (COUNT, draft(50, 20, due=date(9999, 12, 31)), ["echeance"]),
    ],
)
def test_a_target_makes_sense_or_is_refused(definition: Definition, said: TargetDraft, refused: list[str]) -> None:
    assert fields(definition, said) == refused


MARCH, JUNE = date(2011, 3, 31), date(2011, 6, 30)


@pytest.mark.parametrize(
    ("milestones", "refused"),
    [
        (((MARCH, 30), (JUNE, 25)), 0),
        (((MARCH, 20), (JUNE, 50)), 0),
        (((MARCH, 19),), 1),
        (((MARCH, 51),), 1),
        (((JUNE, 30), (MARCH, 40)), 1),
        (((MARCH, 30), (MARCH, 40)), 1),
        (((CONGRESS, 30),), 1),
        (((START, 30),), 0),
        (((END, 50),), 1),
        (((CONGRESS, 60), (END, 60)), 4),
    ],
)
def test_milestones_stand_on_the_way(milestones: tuple[tuple[date, int], ...], refused: int) -> None:
    scaled = tuple((day, value * SCALE) for day, value in milestones)
    assert fields(COUNT, draft(50, 20, milestones=scaled)) == ["jalons"] * refused


def test_without_a_known_start_there_is_no_way_for_milestones() -> None:
    way = ((MARCH, 30 * SCALE),)
    assert fields(COUNT, draft(50, milestones=way)) == [], "it starts from 0"
    assert fields(RATIO, draft(50, milestones=way)) == ["jalons"]


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        ({"value": 60 * SCALE}, ["motif"], ["motif"]),
        ({"baseline": 10 * SCALE}, [], ["motif"]),
        ({"due": JUNE}, [], ["motif"]),
        ({"milestones": ((MARCH, 30 * SCALE),)}, [], ["motif"]),
        ({}, [], []),
    ],
)
def test_a_change_says_why(change: dict[str, Any], before: list[str], after: list[str]) -> None:
    standing = draft(50, 20)
    said = replace(standing, **change)
    assert fields(COUNT, said, standing, today=CONGRESS) == before
    assert fields(COUNT, said, standing, today=START) == fields(COUNT, said, standing) == after
    assert fields(COUNT, replace(said, reason="moyens revus"), standing) == []


def test_a_target_that_was_withdrawn_comes_back_with_a_reason() -> None:
    assert fields(COUNT, draft(50, 20), withdrawn=True) == ["motif"]
    assert fields(COUNT, draft(50, 20, reason="reprise"), withdrawn=True) == []


def test_every_problem_is_told_at_once_with_what_to_do() -> None:
    said = draft(20, 50, due=CONGRESS, milestones=((CONGRESS, 60 * SCALE),))
    problems = target_problems(COUNT, said, START, END, as_target(draft(30, 20)))
    assert [problem.field for problem in problems] == ["cible", "echeance", "jalons", "jalons", "motif"]
    assert problems[0].message == (
        "« cible » : 20\u00a0personnes est au-dessous de la situation de départ, 50\u00a0personnes, alors que la "
        "hausse est favorable ; corrigez l’une ou l’autre (égales : il s’agit de maintenir)."
    )
    assert all(problem.where == "FOR-04" for problem in problems)


def typed(**texts: str) -> dict[str, str]:
    return {"cible": "50", "echeance": "30/09/2011", **texts}


@pytest.mark.parametrize(
    ("definition", "texts", "refused"),
    [
        (COUNT, typed(base="20", jalons="31/03/2011 : 30 ; 2011-06-30 : 40"), []),
        (COUNT, {}, ["cible", "echeance"]),
        (COUNT, typed(cible="12,5"), ["cible"]),
        (RATIO, typed(cible="12,5555"), []),
        (RATIO, typed(cible="12,55555"), ["cible"]),
        (COUNT, typed(cible="1,234"), ["cible"]),
        (COUNT, typed(base="vingt", echeance="31/09/2011"), ["base", "echeance"]),
        (COUNT, typed(jalons="31/03/2011 30"), ["jalons"]),
        (COUNT, typed(jalons="31/03/2011 :"), ["jalons"]),
        (COUNT, typed(jalons="31/03/2011 : 3,5 ; mars : 40"), ["jalons", "jalons"]),
        (COUNT, typed(jalons="mars\n" * (MOST_MILESTONES + 1)), ["jalons"]),
    ],
)
def test_what_is_typed_is_read_strictly(definition: Definition, texts: dict[str, str], refused: list[str]) -> None:
    found, problems = read_target(definition, texts, region="73")
    assert [problem.field for problem in problems] == refused
    assert (found is None) is bool(refused)


values = st.integers(-(10**9), 10**9)
points = st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2100, 1, 1)), values), max_size=4).map(sorted).map(tuple)


@given(st.none() | values, values, st.dates(date(1900, 1, 1)), points, st.sampled_from(["", "moyens revus"]))
def test_what_is_written_reads_back_the_same(
    baseline: int | None, value: int, due: date, milestones: tuple[tuple[date, int], ...], reason: str
) -> None:
    said = TargetDraft("73", "FOR-04", "2010-2011", baseline, value, due, milestones, reason)
    found, problems = read_target(RATIO, target_fields(said), region="73", campaign="2010-2011")
    assert (found, problems) == (said, [])
    again = as_draft(as_target(said))
    assert replace(again, reason=reason, seen_number=0) == said
    assert as_target(said).value == Fraction(value, SCALE)


def test_milestones_are_typed_in_any_order_and_once_a_day() -> None:
    read, problems = read_target(COUNT, typed(base="20", jalons="30/06/2011 : 40 ; 31/03/2011 : 30"), region="73")
    assert read is not None, problems
    assert [day for day, _ in read.milestones] == [MARCH, JUNE]
    twice = replace(read, milestones=(read.milestones[0], read.milestones[0]))
    (said,) = target_problems(COUNT, twice, START, END, None)
    assert "deux fois le 31/03/2011" in said.message
