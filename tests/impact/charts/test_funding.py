import pytest

from impact.actions import ActionKey, Funding, Identity, Plan
from impact.charts.data import csv_file
from impact.charts.funding import funding, funding_alt, funding_data
from impact.charts.palette import PALETTES, Mode
from impact.figures import SCALE
from impact.presentation.actions.money import by_region, frame
from impact.vocabulary import FundingState

STATE = FundingState.IDENTIFIED
NAMES = {"22": "Picardie <b>", "73": "Midi-Pyrénées", "31": "Nord-Pas-de-Calais"}


def plan(cash: int, kind: int, budget: int | None) -> Plan:
    lines = (
        Funding("Région", amounts={STATE: cash * SCALE, FundingState.REQUESTED: SCALE}),
        Funding("Ville", in_kind=True, amounts={STATE: kind * SCALE}),
    )
    return Plan(Identity("Former", "FOR"), budget=None if budget is None else budget * SCALE, fundings=lines)


PLANS = {
    ActionKey("22", 1): plan(40_000, 0, 60_000), ActionKey("22", 2): plan(2_500, 0, None),
    ActionKey("73", 1): plan(10_000, 3_000, 10_000),
}  # fmt: skip


def test_a_region_s_plans_add_up_at_one_status_and_kind_stays_apart() -> None:
    cash = by_region(PLANS, STATE, NAMES, in_kind=False)
    assert [(one.region, one.plans, one.amount, one.budget) for one in cash] == [
        ("22", 2, 42_500 * SCALE, 60_000 * SCALE), ("73", 1, 10_000 * SCALE, 10_000 * SCALE),
    ]  # fmt: skip
    kind = by_region(PLANS, STATE, NAMES, in_kind=True)
    assert [(one.region, one.amount, one.budget) for one in kind] == [
        ("22", 0, None), ("73", 3_000 * SCALE, None),
    ]  # fmt: skip


def test_what_nobody_said_is_not_zero() -> None:
    silent = {ActionKey("31", 1): Plan(Identity("Former", "FOR"))}
    [row] = by_region(silent, STATE, NAMES, in_kind=False)
    assert (row.amount, row.budget) == (None, None)
    assert by_region(silent, STATE, NAMES, in_kind=True) == []
    drawn = frame([row], NAMES, STATE)
    assert list(funding(drawn).data[0].x) == [None]
    assert funding_alt(drawn, "Argent").endswith("Nord-Pas-de-Calais non dit.")
    assert csv_file(funding_data(drawn)).decode("utf-8-sig").splitlines()[1] == "31;Nord-Pas-de-Calais;1;identifié;"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_bar_for_each_region_from_zero_with_its_budget_as_a_mark(mode: Mode) -> None:
    drawn = funding(frame(by_region(PLANS, STATE, NAMES, in_kind=False), NAMES, STATE), mode)
    bars, budgets, names, amounts = drawn.data
    assert list(bars.x) == [42_500, 10_000]
    assert list(budgets.x) == [60_000, 10_000]
    assert drawn.layout.xaxis.range[0] == 0
    assert list(names.text) == ["Picardie &lt;b&gt;", "Midi-Pyrénées"]
    assert list(amounts.text) == ["<b>42\u202f500\u202f€</b>", "<b>10\u202f000\u202f€</b>"]
    assert bars.marker.color == PALETTES[mode].progress[3]


def test_its_file_and_its_words_say_what_is_drawn() -> None:
    cash = frame(by_region(PLANS, STATE, NAMES, in_kind=False), NAMES, STATE)
    assert funding_alt(cash, "Argent identifié").replace("\u202f", " ") == (
        "Argent identifié, par région : Picardie <b> 42 500 € pour un budget de 60 000 € ; "
        "Midi-Pyrénées 10 000 € pour un budget de 10 000 €."
    )
    text = csv_file(funding_data(cash)).decode("utf-8-sig")
    assert text.splitlines()[:2] == [
        "code_region;region;plans;statut;montant;budget", "22;Picardie <b>;2;identifié;42500;60000",
    ]  # fmt: skip
    kind = funding_data(frame(by_region(PLANS, STATE, NAMES, in_kind=True), NAMES, STATE))
    assert "budget" not in kind.columns
