"""A region's line against its target: every word and number of it, and what is never drawn."""

from datetime import UTC, date, datetime
from fractions import Fraction

from impact.figures import Definition, Target, TargetStatement
from impact.presentation.bullets import Bullet, bullets, change
from impact.presentation.lens import Lens
from impact.vocabulary import Accumulation, Direction, Measure, ProgressState, Status
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import END, QUARTERS, START, T1, T2, T3, answer, sample, scaled

SHARE = sample(Measure.RATIO, accumulation=Accumulation.STOCK, decimals=1)
AIM = Target("22", "FOR-04", "2010-2011", Fraction(60), END)


def only(
    *entries: object, definition: Definition | None = None, aim: Target | None = AIM, lens: Lens | None = None
) -> Bullet:
    known = definition or sample()
    world = world_of(*entries, definitions=[known], regions=["22"], targets=[aim] if aim else [])  # type: ignore[arg-type]
    (found,) = bullets(world, "22", lens or Lens(), [])
    return found


def stated(number: int, on: date, value: int | None = None, reason: str = "", **changes: object) -> TargetStatement:
    target = None if value is None else AIM._replace(value=Fraction(value), number=number, **changes)  # type: ignore[arg-type]
    return TargetStatement(
        "22", "FOR-04", "2010-2011", number, target, reason, "Odile", datetime(2011, 1, 1, tzinfo=UTC), on
    )


def test_a_flow_is_held_against_its_target_from_the_start_of_the_campaign() -> None:
    line = only(answer("22", T1, scaled(10)), answer("22", T2, scaled(15)), answer("22", T3, scaled(20)))
    assert (line.actual, line.expected, line.target, line.rate, line.pace) == ("45", "44", "60", "75,0\u202f%", "1,02")
    assert line.state == ("●", "conforme")
    assert line.coverage == ""


def test_a_window_ends_what_counts_and_begins_nothing() -> None:
    entries = answer("22", T1, scaled(10)), answer("22", T2, scaled(15)), answer("22", T3, scaled(20))
    of_t2 = Lens(start=QUARTERS[T2].start, end=QUARTERS[T2].end)
    line = only(*entries, lens=of_t2)
    assert (line.actual, line.progress.as_of) == ("25", QUARTERS[T2].end)


def test_a_hole_makes_the_line_partial_and_a_submitted_figure_provisional() -> None:
    line = only(
        answer("22", T1, scaled(10)), answer("22", T3, scaled(20), Status.SUBMITTED), lens=Lens(provisional=True)
    )
    assert line.is_partial
    assert line.is_provisional
    assert line.coverage == "partiel : 2 périodes sur 3"


def test_nothing_reported_is_never_zero() -> None:
    line = only()
    assert (line.actual, line.rate, line.pace) == ("–", "–", "–")
    assert line.state == ("○", "non renseigné")
    assert line.expected != "–", "what should have been reached is known all the same"


def test_a_figure_that_divides_by_nothing_is_not_called_missing() -> None:
    line = only(answer("22", T3, scaled(0, 0)), definition=SHARE)
    assert (line.actual, line.state, line.rate) == ("n.\u00a0c.", ("○", "non calculable"), "–")


def test_a_share_of_fewer_than_ten_is_written_n_sur_n_beside_its_target_in_per_cent() -> None:
    few = only(answer("22", T3, scaled(5, 7)), definition=SHARE, aim=AIM._replace(value=Fraction(80)))
    assert (few.actual, few.behind, few.target) == ("5 sur 7", "", "80,0\u202f%")
    many = only(answer("22", T3, scaled(14, 23)), definition=SHARE)
    assert (many.actual, many.behind) == ("60,9\u202f%", "14 sur 23")


def test_a_means_has_no_target_and_an_indicator_without_one_says_so() -> None:
    assert only(aim=None).progress.state is ProgressState.NO_TARGET
    neutral = only(answer("22", T1, scaled(10)), definition=sample(direction=Direction.NEUTRAL), aim=None)
    assert (neutral.actual, neutral.target, neutral.rate) == ("10", "–", "–")


def test_the_original_is_what_stood_when_the_campaign_began() -> None:
    corrected = [stated(1, date(2010, 9, 1), 50), stated(2, date(2010, 10, 10), 60, "erreur de saisie")]
    assert change(sample(), corrected, START) is None, "before the Congress a target is still being prepared"
    revised = change(sample(), [*corrected, stated(3, date(2011, 1, 12), 80, "deux lycées de plus")], START)
    assert revised is not None
    assert (revised.original, revised.reason, revised.day) == ("60", "deux lycées de plus", date(2011, 1, 12))
    back = [*corrected, stated(3, date(2011, 1, 12), 80, "a"), stated(4, date(2011, 2, 1), 60, "b")]
    assert change(sample(), back, START) is None


def test_a_later_due_date_and_a_withdrawal_are_changes_too() -> None:
    first = stated(1, date(2010, 11, 1), 60, due=date(2011, 6, 30))
    later = change(sample(), [first, stated(2, date(2011, 1, 12), 60, "retard du chantier")], START)
    assert later is not None
    assert later.original == "60 au 30/06/2011"
    gone = change(sample(), [first, stated(2, date(2011, 1, 12), None, "action arrêtée")], START)
    assert gone is not None
    assert (gone.withdrawn, gone.original) == (True, "60")
