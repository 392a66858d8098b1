from datetime import date

import pytest

from impact.figures import Mobilisation
from impact.locks import entry_lock, is_mobilised, submission_lock
from tests.impact.samples import QUARTERS, T2

PERIOD = QUARTERS[T2]


@pytest.mark.parametrize(
    ("today", "late", "until", "says"),
    [
        (date(2010, 12, 31), False, None, "ouvre le 01/01/2011"),
        (date(2010, 12, 31), True, None, "ouvre le 01/01/2011"),
        (date(2011, 1, 1), False, None, None),
        (date(2011, 4, 15), False, None, None),
        (date(2011, 4, 16), False, None, "close depuis le 15/04/2011"),
        (date(2011, 4, 16), True, None, None),
        (date(2011, 5, 1), False, date(2011, 5, 1), None),
        (date(2011, 5, 2), False, date(2011, 5, 1), "close depuis le 01/05/2011"),
        (date(2011, 4, 15), False, date(2011, 4, 1), None),
    ],
)
def test_a_sheet_is_open_from_its_first_day_to_its_last_deadline(
    today: date, late: bool, until: date | None, says: str | None
) -> None:
    lock = entry_lock(PERIOD, today, late, until, mobilised=True)
    assert (lock is None) if says is None else (lock is not None and says in lock)


def test_a_region_that_is_not_mobilised_is_told_so_first() -> None:
    assert "pas mobilisée" in (entry_lock(PERIOD, date(2010, 1, 1), True, None, mobilised=False) or "")


def test_a_figure_is_submitted_from_the_day_after_its_period() -> None:
    assert "31/03/2011" in (submission_lock(PERIOD, date(2011, 3, 31)) or "")
    assert submission_lock(PERIOD, date(2011, 4, 1)) is None


@pytest.mark.parametrize(
    ("start", "end", "mobilised"),
    [
        (date(2011, 3, 31), None, True),
        (date(2011, 4, 1), None, False),
        (date(2010, 10, 15), date(2011, 3, 31), True),
        (date(2010, 10, 15), date(2011, 3, 30), False),
    ],
)
def test_the_last_day_of_the_period_decides(start: date, end: date | None, mobilised: bool) -> None:
    spells = [Mobilisation("73", "FOR", start, end)]
    assert is_mobilised(spells, "73", "FOR", PERIOD) is mobilised
    assert not is_mobilised(spells, "73", "PRE", PERIOD)
    assert not is_mobilised(spells, "22", "FOR", PERIOD)
