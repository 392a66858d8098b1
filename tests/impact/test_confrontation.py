"""Approaches side by side: what is frozen is exact, whole, and the same whatever the order of the regions."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.actions import ActionKey, Funding, Identity, Partner, Plan, Resource
from impact.comparability import Counted
from impact.confrontation import (
    Approach,
    Comparison,
    Cost,
    Dimension,
    PublicClaim,
    canonical,
    cost_text,
    entries,
    figure_ids,
    figure_of,
    figure_text,
    frozen,
    looked_at,
    read,
    sealed,
)
from impact.confrontation.freezing import definition_facts
from impact.confrontation.reading import definition_of
from impact.figures import SCALE, Cell, CellEntry, Pair
from impact.vocabulary import (
    ActionStage,
    Commitment,
    Comparability,
    Coverage,
    Finding,
    FundingState,
    Measure,
    ResourceKind,
    Stage,
)
from impact.world import World
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import S1, START, T1, T2, T3, answer, sample, scaled

SPENT = sample(Measure.AMOUNT, code="FOR-01", stage=Stage.INPUT, unit="euros courants", decimals=2)
TRAINED = sample()
SHARE = sample(Measure.RATIO, code="FOR-05", stage=Stage.OUTCOME, unit="%", decimals=1)
PICARDIE, PYRENEES = ActionKey("22", 1), ActionKey("73", 1)
CLAIM = PublicClaim("22-1", 2, "Six sur dix ont progressé.", Finding.EXPECTED, 2)
PLAN = Plan(
    Identity("Former les tuteurs", "FOR", "Trop peu de tuteurs."), budget=8_000 * SCALE,
    fundings=(
        Funding("Conseil régional", amounts={FundingState.IDENTIFIED: 8_000 * SCALE, FundingState.REQUESTED: 1}),
        Funding("Mairie", in_kind=True, amounts={FundingState.IDENTIFIED: 500 * SCALE}),
    ),
    resources=(Resource(ResourceKind.PEOPLE, "Formateurs", 2 * SCALE, "ETP"),),
    partners=(Partner("Greta", "prête les salles", Commitment.AGREED),),
)  # fmt: skip


def side(key: ActionKey, chantier: str = "FOR") -> Approach:
    plan = replace(PLAN, identity=replace(PLAN.identity, chantier=chantier))
    claims = (CLAIM,) if key == PICARDIE else ()
    return Approach(key, f"Région {key.region}", 1_900_000, chantier, plan, 3, ActionStage.PREPARATION, claims)


def spent(region: str, period: str, euros: int, **changes: object) -> CellEntry:
    return answer(region, period, scaled(euros), **changes)._replace(indicator="FOR-01")


def share(region: str, pair: Pair) -> CellEntry:
    return answer(region, T1, pair, reliability=3)._replace(indicator="FOR-05")


FIGURES = (
    spent("22", T1, 1_000, reliability=2), spent("22", T2, 2_000), spent("22", T3, 3_000),
    answer("22", T1, scaled(10), reliability=1), answer("22", T2, scaled(20)), answer("22", T3, scaled(30)),
    spent("73", T1, 500), spent("73", T2, 700),
    *(answer("73", period, scaled(4)) for period in (T1, T2, T3)),
    share("22", scaled(4, 7)), share("73", scaled(40, 70)),
)  # fmt: skip


def counted(entry: CellEntry, world: World) -> Counted:
    period = world.periods[entry.period]
    method = "sondage" if entry.region == "22" and entry.indicator == "FOR-05" else "registre"
    return Counted("", method, period.start, period.end)


def seen(*figures: CellEntry) -> tuple[World, dict[Cell, Counted]]:
    world = world_of(*figures, definitions=(SPENT, TRAINED, SHARE))
    return world, {cell: counted(entry, world) for cell, entry in world.entries.items()}


def compared(*figures: CellEntry) -> Comparison:
    return read(frozen([side(PICARDIE), side(PYRENEES)], *seen(*(figures or FIGURES))))


def test_each_indicator_stands_under_what_it_tells_of_an_approach() -> None:
    held = compared()
    assert [[line.definition.code for line in held.of(one)] for one in Dimension] == [
        ["FOR-01"],
        ["FOR-04"],
        ["FOR-05"],
    ]
    [line] = held.of(Dimension.REACH)
    trained = line.figures[PICARDIE]
    assert (trained.value, trained.coverage, trained.cells) == (60, Coverage.COMPLETE, (3, 3))
    [money] = held.of(Dimension.MEANS)
    assert (money.figures[PYRENEES].coverage, money.figures[PYRENEES].cells) == (Coverage.PARTIAL, (2, 3))
    assert [one.reason for one in money.figures[PYRENEES].left_out] == ["manquant"]


def test_a_share_of_few_is_shown_as_n_of_n_and_keeps_its_exact_parts() -> None:
    [line] = compared().of(Dimension.RESULTS)
    few, many = line.figures[PICARDIE], line.figures[PYRENEES]
    assert (figure_text(few), figure_text(many)) == ("4 sur 7", "57,1\u202f%")
    assert (few.pair, many.pair) == (scaled(4, 7), scaled(40, 70))


def test_the_plan_s_money_is_by_status_and_never_mixed_with_what_is_in_kind() -> None:
    one = compared().sides[0]
    assert (one.key, one.budget, one.plan_version, one.stage) == (PICARDIE, 8_000 * SCALE, 3, ActionStage.PREPARATION)
    assert one.cash[FundingState.IDENTIFIED] == 8_000 * SCALE
    assert one.cash[FundingState.REQUESTED] == 1
    assert FundingState.PAID not in one.cash, "nobody said it: it is not zero"
    assert one.in_kind == {FundingState.IDENTIFIED: 500 * SCALE}
    assert (one.resources, one.partners, one.need) == (PLAN.resources, PLAN.partners, "Trop peu de tuteurs.")


def test_proof_is_a_share_by_grade_and_the_lowest_never_an_average() -> None:
    held = compared()
    picardie, pyrenees = held.sides
    assert (picardie.grades, picardie.lowest) == ((4, 1, 1, 1, 0), 0)
    assert (pyrenees.grades, pyrenees.lowest) == ((5, 0, 0, 1, 0), 0)
    assert (picardie.claims, pyrenees.claims) == ((CLAIM,), ())
    [money] = held.of(Dimension.MEANS)
    assert money.figures[PICARDIE].composition.at_least(2) == Fraction(1, 6)


def test_comparability_says_why_indicator_by_indicator() -> None:
    held = compared()
    [reach], [result] = held.of(Dimension.REACH), held.of(Dimension.RESULTS)
    assert set(reach.comparability.values()) == {Comparability.COMPARABLE}
    assert result.comparability[PYRENEES] is Comparability.PARTIAL
    assert "méthode" in " ".join(result.differences[PYRENEES])


def test_a_cost_per_result_is_an_exact_pair_where_both_are_complete() -> None:
    [line] = compared().costs
    cost = line.costs[PICARDIE]
    assert (line.name, cost) == ("FOR-01/FOR-04", Cost(6_000 * SCALE, 60 * SCALE))
    assert cost.value == 100
    assert cost_text(cost, line.result) == "100,00\u202f€ l’unité (personnes)"
    partial = line.costs[PYRENEES]
    assert (partial.value, partial.reason) == (None, "chiffres partiels : dépenses, 2 chiffres validés sur 3")


def test_a_cost_of_fewer_than_ten_is_told_with_its_two_numbers() -> None:
    few = (*(spent("22", period, 100) for period in (T1, T2, T3)), answer("22", T1, scaled(7)))
    [line] = compared(*few, *(answer("22", period, scaled(0)) for period in (T2, T3))).costs
    assert cost_text(line.costs[PICARDIE], line.result) == "300\u202f€ pour 7 (personnes)"
    assert line.costs[PYRENEES].reason == "aucun chiffre validé : dépenses"


def test_there_is_no_cost_of_nothing() -> None:
    none = [spent("22", period, 100) for period in (T1, T2, T3)] + [
        answer("22", period, scaled(0)) for period in (T1, T2, T3)
    ]
    [line] = compared(*none).costs
    assert line.costs[PICARDIE] == Cost(reason="aucun résultat compté")


def test_euros_of_some_days_are_not_divided_by_what_came_on_others() -> None:
    half = replace(TRAINED, frequency=S1.frequency)
    world = world_of(
        *(spent("22", period, 100) for period in (T1, T2, T3)), answer("22", S1.code, scaled(20)),
        definitions=(SPENT, half), periods={S1.code: S1},
    )  # fmt: skip
    content = frozen([side(PICARDIE), side(PYRENEES)], world, {})
    [line] = read(content).costs
    assert line.costs[PICARDIE].reason == "dépenses et résultats ne couvrent pas les mêmes jours"


@pytest.mark.parametrize(
    ("definitions", "reason"),
    [
        ((TRAINED, SHARE), "aucune dépense suivie sur ce chantier"),
        ((replace(SPENT, unit="heures"), TRAINED), "aucune dépense suivie sur ce chantier"),
        ((SPENT, SHARE), "aucun résultat de ce chantier ne se compte au fil des périodes"),
    ],
)
def test_a_chantier_without_spending_or_countable_result_has_no_cost(
    definitions: tuple[object, ...], reason: str
) -> None:
    world = world_of(definitions=definitions)  # type: ignore[arg-type]
    [line] = read(frozen([side(PICARDIE), side(PYRENEES)], world, {})).costs
    assert (line.name, line.costs[PICARDIE].reason) == ("FOR", reason)


def test_an_action_of_another_chantier_has_its_own_lines() -> None:
    other = sample(code="PRE-02", chantier="PRE", stage=Stage.ACTIVITY)
    held = read(frozen([side(PICARDIE), side(PYRENEES, "PRE")], world_of(definitions=(TRAINED, other)), {}))
    assert [set(line.figures) for line in held.lines] == [{PICARDIE}, {PYRENEES}]


@given(st.permutations([PICARDIE, PYRENEES, ActionKey("11", 2), ActionKey("22", 2)]), st.permutations(FIGURES))
def test_the_order_of_regions_and_figures_does_not_matter(keys: list[ActionKey], figures: list[CellEntry]) -> None:
    usual = [PICARDIE, PYRENEES, ActionKey("11", 2), ActionKey("22", 2)]
    contents = [
        frozen([side(key) for key in order], *seen(*held)) for order, held in ((usual, FIGURES), (keys, figures))
    ]
    assert canonical(contents[0]) == canonical(contents[1])
    assert sealed(contents[0]) == sealed(contents[1])


def test_what_is_frozen_is_plain_json_and_holds_every_figure() -> None:
    world, said = seen(*FIGURES)
    content = frozen([side(PICARDIE), side(PYRENEES)], world, said)
    assert json.loads(canonical(content)) == content
    assert read(json.loads(canonical(content))) == read(content)
    assert entries(content) == world.entries
    assert definition_of(definition_facts(TRAINED)) == TRAINED
    assert content["window"] == [START.isoformat(), "2011-09-30"]


def test_a_decision_takes_figures_along_as_they_stood() -> None:
    content = frozen([side(PICARDIE), side(PYRENEES)], *seen(*FIGURES))
    names = figure_ids(content)
    assert names[:2] == ["FOR-01/22-1", "FOR-01/73-1"]
    assert names[-1] == "FOR-01/FOR-04/22-1"
    total, cost = looked_at(content, ["FOR-04/22-1", "FOR-01/FOR-04/22-1", "FOR-99/22-1"])
    assert figure_of(total["total"], definition_of(total["definition"])) == read(content).lines[1].figures[PICARDIE]
    assert Cost(*cost["cost"]).value == 100
