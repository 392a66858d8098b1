"""Grade P: what readings give a claim, what keeps it lower, what remains of an effect, how far a link is known."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.claims import (
    CRITERIA,
    KNOWN,
    ClaimKey,
    Estimate,
    FigureNow,
    Judged,
    Reading,
    Stated,
    grade,
    hurdles,
    level,
    link_word,
    net_range,
    range_text,
    reached,
)
from impact.figures import SCALE, Cell
from impact.vocabulary import Filter, Finding, LinkState, Stage

CELL, OTHER = Cell("26", "FOR-05", "2010-2011-S1"), Cell("26", "FOR-04", "2010-2011-T2")
FIGURES = {
    CELL: FigureNow(True, True, 2, {"numerator": 90_000, "evidence_link": "https://a.fr"}),
    OTHER: FigureNow(True, False, 0, {"numerator": 10_000, "evidence_link": ""}),
}
CLAIM = Stated(
    ClaimKey("26", 1), 2, "FOR", Stage.OUTCOME, Finding.EXPECTED, (CELL, OTHER), authors=frozenset({1, 2})
)  # fmt: skip


def up_to(at: int) -> frozenset[str]:
    return frozenset(code for own in range(1, at + 1) for code in CRITERIA[own])


def reading(reader: int, at: int, number: int = 1, **changes: object) -> Reading:
    now = {cell: figure.facts for cell, figure in FIGURES.items()}
    return replace(Reading(number, CLAIM.version, reader, up_to(at), now), **changes)  # type: ignore[arg-type]


def changed(cell: Cell, **changes: object) -> dict[Cell, FigureNow]:
    return FIGURES | {cell: replace(FIGURES[cell], **changes)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("claim", "readings", "figures", "expected"),
    [
        (CLAIM, [], FIGURES, 0),
        (CLAIM, [reading(8, 1)], FIGURES, 1),
        (CLAIM, [reading(8, 2)], FIGURES, 2),
        (CLAIM, [reading(8, 3)], FIGURES, 2),
        (CLAIM, [reading(8, 3), reading(9, 3, 2)], FIGURES, 3),
        (CLAIM, [reading(8, 3), reading(8, 3, 2)], FIGURES, 2),
        (CLAIM, [reading(8, 5), reading(9, 3, 2)], FIGURES, 3),
        (CLAIM, [reading(8, 5), reading(9, 5, 2)], FIGURES, 5),
        (CLAIM, [reading(8, 3), reading(1, 3, 2)], FIGURES, 2),
        (CLAIM, [reading(8, 2, criteria=up_to(2) - {"reponse"})], FIGURES, 1),
        (CLAIM, [reading(8, 2), reading(8, 1, 2)], FIGURES, 1),
        (CLAIM, [reading(8, 2, claim_version=1)], FIGURES, 0),
        (replace(CLAIM, self_declared=True), [reading(8, 5), reading(9, 5, 2)], FIGURES, 2),
        (replace(CLAIM, finding=Finding.ADVERSE), [reading(8, 3), reading(9, 3, 2)], FIGURES, 3),
        (CLAIM, [reading(8, 2)], changed(CELL, reliability=1), 1),
        (CLAIM, [reading(8, 2)], changed(CELL, facts={"numerator": 80_000}), 0),
        (CLAIM, [reading(8, 2)], changed(OTHER, facts={"numerator": 1}), 0),
        (CLAIM, [reading(8, 2)], changed(OTHER, validated=False), None),
        (CLAIM, [reading(8, 2)], {CELL: FIGURES[CELL]}, None),
        (CLAIM, [reading(8, 2)], changed(CELL, effect=False), None),
        (replace(CLAIM, figures=()), [reading(8, 2)], FIGURES, None),
        (replace(CLAIM, withdrawn=True), [reading(8, 2)], FIGURES, None),
    ],
)
def test_a_level_is_what_its_readings_give(
    claim: Stated, readings: list[Reading], figures: dict[Cell, FigureNow], expected: int | None
) -> None:
    assert level(claim, readings, figures) == expected


READINGS = st.lists(
    st.builds(
        Reading,
        st.integers(1, 9),
        st.integers(1, 2),
        st.integers(1, 9),
        st.one_of(st.frozensets(st.sampled_from(sorted(KNOWN))), st.integers(0, 5).map(up_to)),
        st.sampled_from([{cell: figure.facts for cell, figure in FIGURES.items()}, {CELL: {"numerator": 1}}]),
    ),
    max_size=6,
)


@given(READINGS, st.sampled_from([1, 2]), st.integers(0, 5))
def test_a_reading_by_an_author_changes_nothing(readings: list[Reading], author: int, at: int) -> None:
    assert level(CLAIM, [*readings, reading(author, at, 99)], FIGURES) == level(CLAIM, readings, FIGURES)


@given(READINGS, st.booleans())
def test_a_level_never_exceeds_what_the_criteria_and_the_readers_allow(readings: list[Reading], own: bool) -> None:
    found = level(replace(CLAIM, self_declared=own), readings, FIGURES) or 0
    able = {one.reader for one in readings if one.reader not in CLAIM.authors and reached(one.criteria) >= found}
    assert found == 0 or len(able) >= (2 if found >= 3 else 1)
    assert not own or found <= 2


@given(READINGS, st.sampled_from(list(FIGURES)))
def test_editing_the_claim_or_a_carrying_figure_takes_it_back_to_unread(readings: list[Reading], cell: Cell) -> None:
    assert level(replace(CLAIM, version=CLAIM.version + 1), readings, FIGURES) == 0
    assert level(CLAIM, readings, changed(cell, facts={"numerator": 123})) == 0


@given(READINGS, st.sampled_from(list(Finding)))
def test_an_adverse_result_is_graded_as_a_good_one(readings: list[Reading], finding: Finding) -> None:
    assert level(replace(CLAIM, finding=finding), readings, FIGURES) == level(CLAIM, readings, FIGURES)


@pytest.mark.parametrize(
    ("claim", "readings", "figures", "said"),
    [
        (CLAIM, [], FIGURES, "personne ne l’a encore lue"),
        (CLAIM, [reading(8, 3)], FIGURES, "deuxième lecteur nécessaire"),
        (CLAIM, [reading(8, 2, criteria=up_to(2) - {"methode"})], FIGURES, "il manque : la méthode de collecte"),
        (replace(CLAIM, self_declared=True), [reading(8, 3)], FIGURES, "attribution déclarée par l’équipe : au plus"),
        (CLAIM, [reading(8, 2)], changed(CELL, reliability=1), "aucun chiffre qui la porte n’est documenté"),
        (CLAIM, [], changed(CELL, validated=False), "sans objet : un chiffre qui la porte n’est pas validé"),
    ],
)
def test_what_keeps_a_claim_lower_is_said(
    claim: Stated, readings: list[Reading], figures: dict[Cell, FigureNow], said: str
) -> None:
    assert hurdles(claim, readings, figures)[0].startswith(said)


def test_nothing_keeps_a_replicated_claim_lower() -> None:
    assert hurdles(CLAIM, [reading(8, 5), reading(9, 5, 2)], FIGURES) == ()


def share(low: int, central: int, high: int) -> Estimate:
    return Estimate(low * SCALE, central * SCALE, high * SCALE, "enquête")


def test_what_remains_is_the_product_of_what_each_filter_leaves() -> None:
    found = net_range({Filter.DEADWEIGHT: share(10, 20, 30), Filter.EROSION: share(0, 10, 50)})
    assert found is not None
    assert found[:3] == (Fraction(35), Fraction(72), Fraction(90))
    assert found.unestimated == (Filter.DISPLACEMENT, Filter.ATTRIBUTION)
    assert range_text(*found[:3]).replace("\u202f", " ") == "de 35 % à 90 % (central 72 %)"


def test_what_nobody_estimated_is_no_zero() -> None:
    assert net_range(dict.fromkeys(Filter)) is None
    assert net_range({}) is None


GOOD, NULL = (Judged(Stage.OUTCOME, finding, 3) for finding in (Finding.UNEXPECTED, Finding.NONE))


@pytest.mark.parametrize(
    ("claims", "observed", "word"),
    [
        ([], False, LinkState.HYPOTHESIS),
        ([], True, LinkState.OBSERVED),
        ([GOOD], False, LinkState.ESTABLISHED),
        ([GOOD._replace(level=2)], True, LinkState.OBSERVED),
        ([GOOD._replace(stage=Stage.IMPACT)], False, LinkState.HYPOTHESIS),
        ([NULL._replace(level=2)], True, LinkState.CONTRADICTED),
        ([NULL._replace(level=1)], True, LinkState.OBSERVED),
        ([NULL._replace(level=None)], True, LinkState.OBSERVED),
        ([GOOD, NULL], True, LinkState.CONTRADICTED),
    ],
)
def test_a_link_is_known_as_far_as_its_claims_say(claims: list[Judged], observed: bool, word: LinkState) -> None:
    assert link_word(Stage.OUTCOME, claims, observed) is word


def test_grades_have_their_words() -> None:
    assert [grade(one) for one in (None, 0, 3)] == ["sans objet", "sans niveau", "P3 comparé"]
