"""PRE-06 counted by the product: values entered, those whose evidence somebody else has read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.figures import SCALE, Cell, CellEntry, Pair
from impact.presentation.checked import CODE, Checked, checked, count, difference, entered, said, shown
from impact.vocabulary import Answer, Frequency, Measure, Status
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import QUARTERS, S1, T1, T2, T3, T4, answer, sample, scaled

OWN = sample(Measure.RATIO, code=CODE, chantier="PRE", decimals=1)
HALF = sample(code="FOR-06", frequency=Frequency.HALF)
KNOWN = (sample(), HALF, OWN)
PERIODS = {**QUARTERS, S1.code: S1}


def typed(period: str, pair: Pair, status: Status = Status.VALIDATED, region: str = "22") -> CellEntry:
    return CellEntry(region, CODE, period, Answer.VALUE, status, pair, 3)


def lines(*entries: CellEntry, hidden: dict[Cell, int] | None = None) -> dict[tuple[str, str], Checked]:
    world = world_of(*entries, definitions=KNOWN, periods={S1.code: S1})
    return {(one.region, one.period.code): one for one in checked(world, entered(world, hidden or {}))}


def test_read_evidence_is_counted_out_of_the_values_entered_in_the_quarter() -> None:
    found = lines(
        answer("22", T2, scaled(3), reliability=3),
        answer("22", T2, scaled(3), reliability=4)._replace(indicator="FOR-06", period=S1.code),  # ends with T2
        answer("22", T1, scaled(3), reliability=3),
        answer("73", T2, scaled(3), reliability=3),
        typed(T2, scaled(9, 10)),  # F3, and does not count itself
    )
    assert found["22", T2].counted == scaled(2, 2)
    assert found["22", T1].counted == scaled(1, 1)
    assert found["22", T3].counted == scaled(0, 0)


@pytest.mark.parametrize(
    ("entry", "counted"),
    [
        (answer("22", T1, scaled(3), Status.SUBMITTED, reliability=2), scaled(0, 1)),
        (answer("22", T1, scaled(0), reliability=3), scaled(1, 1)),  # a typed zero is a value
        (answer("22", T1, scaled(3), Status.DRAFT, reliability=2), scaled(0, 0)),
        (answer("22", T1, scaled(3), Status.RETURNED, reliability=2), scaled(0, 0)),
        (answer("22", T1, None), scaled(0, 0)),
        (answer("11", T1, scaled(3)), scaled(0, 0)),  # out of the campaign's expectations
    ],
)
def test_only_values_that_are_expected_and_submitted_count(entry: CellEntry, counted: Pair) -> None:
    assert lines(entry)["22", T1].counted == counted


def test_every_reader_finds_the_same_number() -> None:
    """The office sees a submitted figure; a reader is told its grade alone."""
    figure = answer("22", T1, scaled(3), Status.SUBMITTED, reliability=3)
    assert lines(figure)["22", T1].counted == lines(hidden={figure.cell: 3})["22", T1].counted == scaled(1, 1)


@given(st.dictionaries(st.tuples(st.sampled_from([T1, T2, T3, T4, S1.code]), st.integers(0, 40)), st.integers(0, 4)))
def test_quarters_share_out_every_value_once(values: dict[tuple[str, int], int]) -> None:
    grades = {Cell("22", f"FOR-{rank}", period): grade for (period, rank), grade in values.items()}
    counted = [count(quarter, grades, PERIODS) for quarter in QUARTERS.values()]
    assert sum(pair.denominator or 0 for pair in counted) == SCALE * len(grades)
    assert sum(pair.numerator for pair in counted) == SCALE * sum(grade >= 3 for grade in grades.values())


def line(mine: Pair | None, theirs: Pair, status: Status = Status.VALIDATED) -> Checked:
    held = typed(T1, mine, status) if mine else None
    return Checked("22", "Picardie", QUARTERS[T1], theirs, held, False)


@pytest.mark.parametrize(
    ("mine", "theirs", "told"),
    [
        (scaled(24, 48), scaled(10, 40), "le saisi est 25,0 points au-dessus du calculé"),
        (scaled(4, 40), scaled(10, 40), "le saisi est 15,0 points en dessous du calculé"),
        (scaled(10, 40), scaled(10, 40), "aucun"),
        (scaled(20, 80), scaled(10, 40), "même part, autres effectifs"),
        (scaled(3, 9), scaled(10, 40), "9 valeurs dites, 40 dans le produit"),
        (scaled(3, 9), scaled(1, 9), "3 dites contrôlées, 1 relue dans le produit"),
        (scaled(3, 9), scaled(0, 0), ""),
        (None, scaled(10, 40), ""),
    ],
)
def test_the_difference_is_said_in_words(mine: Pair | None, theirs: Pair, told: str) -> None:
    assert difference(OWN, line(mine, theirs)).replace("\u202f", " ") == told


def test_small_numbers_are_not_percentages_and_nothing_is_not_zero() -> None:
    assert shown(OWN, scaled(3, 7)) == "3 sur 7"
    assert shown(OWN, scaled(0, 0)) == "aucune valeur entrée"
    assert shown(OWN, scaled(24, 48)) == "50,0\u202f% (24 sur 48)"


def test_what_was_typed_is_said_with_its_status() -> None:
    assert said(OWN, line(scaled(3, 7), scaled(0, 0), Status.SUBMITTED)) == "3 sur 7, soumis"
    assert said(OWN, line(None, scaled(0, 0))) == "rien de saisi"
    hidden = Checked("22", "Picardie", QUARTERS[T1], scaled(1, 1), None, True)
    assert said(OWN, hidden) == "soumis, pas encore validé"
