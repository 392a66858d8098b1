"""What makes a link of the chain observed, and what claims make of it."""

from itertools import pairwise

import pytest

from impact.claims import Judged
from impact.figures import CellEntry, Definition
from impact.presentation.links import Said, Tie, ties, why
from impact.vocabulary import Answer, Finding, Frequency, LinkState, Stage, Status
from impact.world import World
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import S1, T1, T2, T3, sample, scaled

ACTIVITY = sample(code="FOR-02", stage=Stage.ACTIVITY)
OUTPUT = sample()
OUTCOME = sample(code="FOR-06", stage=Stage.OUTCOME, frequency=Frequency.HALF)
KNOWN = (ACTIVITY, OUTPUT, OUTCOME)


def figure(definition: Definition, period: str, region: str = "22", **changes: object) -> CellEntry:
    said = CellEntry(region, definition.code, period, Answer.VALUE, Status.VALIDATED, scaled(3), 2)
    return said._replace(**changes)


def chain(*entries: CellEntry, claims: tuple[Said, ...] = (), min_proof: int = 0) -> dict[Stage, Tie]:
    """By the stage that each link leads to."""
    return {tie.after: tie for tie in ties(seen(*entries), "FOR", claims, min_proof)}


def seen(*entries: CellEntry) -> World:
    return world_of(*entries, definitions=KNOWN, periods={S1.code: S1})


def claim(stage: Stage, level: int | None, finding: Finding = Finding.EXPECTED, key: str = "22-1") -> Said:
    return Said(key, "La formation change tout.", Judged(stage, finding, level))


def test_four_links_join_the_five_stages() -> None:
    assert [(tie.before, tie.after) for tie in ties(seen(), "FOR")] == list(pairwise(Stage))


@pytest.mark.parametrize(
    ("entries", "observed"),
    [
        ([figure(ACTIVITY, T1), figure(OUTPUT, T1)], True),
        ([figure(ACTIVITY, T1), figure(OUTPUT, T2)], False),
        ([figure(ACTIVITY, T1), figure(OUTPUT, T1, region="73")], False),
        ([figure(ACTIVITY, T1), figure(OUTPUT, T1, status=Status.SUBMITTED)], False),
        ([figure(ACTIVITY, T1), figure(OUTPUT, T1, answer=Answer.NOT_AVAILABLE, pair=None)], False),
        ([figure(ACTIVITY, T1, region="11"), figure(OUTPUT, T1, region="11")], False),  # nothing is due of it
    ],
)
def test_a_link_is_observed_where_one_region_has_both_ends_in_one_period(
    entries: list[CellEntry], observed: bool
) -> None:
    assert chain(*entries)[Stage.OUTPUT].state is (LinkState.OBSERVED if observed else LinkState.HYPOTHESIS)


def test_a_quarter_within_a_half_is_the_same_time_and_one_after_it_is_not() -> None:
    assert chain(figure(OUTPUT, T2), figure(OUTCOME, S1.code))[Stage.OUTCOME].state is LinkState.OBSERVED
    assert chain(figure(OUTPUT, T3), figure(OUTCOME, S1.code))[Stage.OUTCOME].state is LinkState.HYPOTHESIS


def test_the_proof_level_holds_for_both_ends() -> None:
    entries = (figure(ACTIVITY, T1), figure(OUTPUT, T1, reliability=1))
    assert chain(*entries, min_proof=1)[Stage.OUTPUT].state is LinkState.OBSERVED
    assert chain(*entries, min_proof=2)[Stage.OUTPUT].state is LinkState.HYPOTHESIS


def test_the_latest_period_of_each_region_is_named() -> None:
    entries = [figure(one, period) for one in (ACTIVITY, OUTPUT) for period in (T1, T2)]
    tie = chain(*entries, figure(ACTIVITY, T3))[Stage.OUTPUT]
    assert [(one.before.period, one.after.period) for one in tie.seen] == [(T2, T2)]
    assert why(tie, seen()) == "chiffres validés aux deux bouts, même période : Picardie, FOR-02 T2 et FOR-04 T2"


def test_what_is_not_seen_is_said_and_so_is_a_stage_that_nothing_measures() -> None:
    found = chain()
    assert why(found[Stage.OUTCOME], seen()).startswith("aucune région n’a de chiffre validé aux deux bouts")
    assert why(found[Stage.ACTIVITY], seen()) == "sans indicateur : ressources"


@pytest.mark.parametrize(
    ("claims", "state"),
    [
        ([claim(Stage.OUTPUT, 2)], LinkState.OBSERVED),
        ([claim(Stage.OUTPUT, 3)], LinkState.ESTABLISHED),
        ([claim(Stage.OUTCOME, 5)], LinkState.OBSERVED),
        ([claim(Stage.OUTPUT, None)], LinkState.OBSERVED),
        ([claim(Stage.OUTPUT, 3), claim(Stage.OUTPUT, 2, Finding.ADVERSE)], LinkState.CONTRADICTED),
    ],
)
def test_claims_of_the_stage_that_the_link_leads_to_decide_over_figures(claims: list[Said], state: LinkState) -> None:
    entries = (figure(ACTIVITY, T1), figure(OUTPUT, T1))
    assert chain(*entries, claims=tuple(claims))[Stage.OUTPUT].state is state


def test_claims_stand_beside_their_link_the_best_proven_first() -> None:
    tie = chain(claims=(claim(Stage.OUTPUT, 1), claim(Stage.OUTPUT, 3, Finding.NONE, "FR-1")))[Stage.OUTPUT]
    assert [one.key for one in tie.claims] == ["FR-1", "22-1"]
