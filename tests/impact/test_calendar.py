"""Campaigns, deadlines and reopenings, as the national office moves them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from impact.errors import Forbidden, NotFound, Refused
from impact.locks import entry_lock
from impact.models import Campaign, History, Reopening
from impact.queries import catalogue
from impact.queries.book import Book
from impact.services import calendar
from tests.cast import ADA, CLAIRE, MIDI_PYRENEES, ODILE, PICARDIE, REMI, TODAY

T1, T2 = "2010-2011-T1", "2010-2011-T2"
NEXT = ("2011-2012", date(2011, 10, 1), date(2012, 9, 30))


def last_act(session: Session) -> History:
    return session.exec(select(History).order_by(col(History.recorded_at).desc(), col(History.seq).desc())).first()  # type: ignore[return-value]


def fields(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.field for problem in refused.value.problems}


def test_the_next_campaign_is_the_year_that_follows_the_last_one(session: Session) -> None:
    assert calendar.next_campaign(session) == NEXT


@pytest.mark.parametrize(
    ("last_day", "proposed"),
    [
        (date(2012, 2, 28), ("2012-2013", date(2012, 2, 29), date(2013, 2, 28))),
        (date(2012, 2, 29), ("2012-2013", date(2012, 3, 1), date(2013, 2, 28))),
        (date(2011, 2, 28), ("2011-2012", date(2011, 3, 1), date(2012, 2, 29))),
        (date(2012, 12, 31), ("2013-2013", date(2013, 1, 1), date(2013, 12, 31))),
    ],
)
def test_it_ends_a_year_later_whatever_february_does(
    session: Session, last_day: date, proposed: tuple[str, date, date]
) -> None:
    last = session.get_one(Campaign, "2010-2011")
    last.end_date = last_day
    session.add(last)
    session.flush()

    assert calendar.next_campaign(session) == proposed


def test_a_campaign_opens_with_its_seven_periods_cut_at_calendar_quarters(session: Session) -> None:
    codes = calendar.open_campaign(session, ODILE, *NEXT)

    periods = {period.short: period for period in catalogue.periods(session, "2011-2012")}
    assert codes == [f"2011-2012-{short}" for short in ("T1", "T2", "T3", "T4", "S1", "S2", "A")]
    assert [(periods[short].start, periods[short].end) for short in ("T1", "T2", "T3", "T4")] == [
        (date(2011, 10, 1), date(2011, 12, 31)),
        (date(2012, 1, 1), date(2012, 3, 31)),
        (date(2012, 4, 1), date(2012, 6, 30)),
        (date(2012, 7, 1), date(2012, 9, 30)),
    ]
    assert (periods["S1"].start, periods["S1"].end) == (date(2011, 10, 1), date(2012, 3, 31))
    assert (periods["A"].start, periods["A"].end) == NEXT[1:]
    assert all(period.deadline == period.end + timedelta(days=15) for period in periods.values())
    act = last_act(session)
    assert (act.action, act.subject, act.actor, act.chain) == ("open_campaign", "2011-2012", ODILE.email, "FR")


def test_the_first_campaign_is_cut_as_the_reference_data_say(session: Session) -> None:
    known = {(p.short, p.frequency, p.start, p.end) for p in catalogue.periods(session, "2010-2011")}

    assert set(calendar.cuts(date(2010, 10, 15), date(2011, 9, 30))) == known


def test_everything_wrong_with_a_campaign_is_said_at_once(session: Session) -> None:
    with pytest.raises(Refused) as overlapping:
        calendar.open_campaign(session, ODILE, "l'an prochain", date(2011, 9, 1), date(2014, 9, 30))
    assert fields(overlapping) == {"code", "debut", "fin"}

    with pytest.raises(Refused, match="existe déjà"):
        calendar.open_campaign(session, ODILE, "2010-2011", *NEXT[1:])


def test_moving_a_deadline_keeps_the_old_one_in_history(session: Session) -> None:
    calendar.set_deadline(session, ADA, T1, date(2011, 2, 1))

    assert Book(session).period(T1).deadline == date(2011, 2, 1)
    act = last_act(session)
    assert (act.before, act.after, act.period_code) == ({"deadline": "2011-01-15"}, {"deadline": "2011-02-01"}, T1)


@pytest.mark.parametrize("day", [date(2010, 12, 30), date(2011, 1, 15)])
def test_a_deadline_neither_precedes_its_period_s_end_nor_stays_where_it_is(session: Session, day: date) -> None:
    with pytest.raises(Refused) as refused:
        calendar.set_deadline(session, ODILE, T1, day)
    assert fields(refused) == {"echeance"}


def test_a_reopened_period_accepts_figures_of_that_region_alone_up_to_the_day_given(session: Session) -> None:
    calendar.reopen_period(session, ODILE, T1, PICARDIE, TODAY + timedelta(days=5), "pièces reçues tard")
    calendar.reopen_period(session, ODILE, T1, PICARDIE, TODAY + timedelta(days=9), "encore un délai")

    book = Book(session)
    period = book.period(T1)
    assert book.until(PICARDIE, T1) == TODAY + timedelta(days=9), "the last one granted counts"
    assert book.until(MIDI_PYRENEES, T1) is None
    assert entry_lock(period, TODAY, False, book.until(PICARDIE, T1), True) is None
    assert entry_lock(period, TODAY, False, book.until(MIDI_PYRENEES, T1), True)
    assert len(session.exec(select(Reopening)).all()) == 2
    act = last_act(session)
    assert (act.chain, act.reason, act.subject) == (PICARDIE, "encore un délai", f"{T1}, Picardie")


@pytest.mark.parametrize(
    ("until", "why", "expected"),
    [
        (TODAY - timedelta(days=1), "", {"motif", "jusqu_au"}),
        (date(2011, 1, 15), "tard", {"jusqu_au"}),
        (TODAY, "  ", {"motif"}),
    ],
)
def test_a_reopening_needs_a_reason_and_a_day_to_come(
    session: Session, until: date, why: str, expected: set[str]
) -> None:
    with pytest.raises(Refused) as refused:
        calendar.reopen_period(session, ODILE, T1, PICARDIE, until, why)
    assert fields(refused) == expected
    assert not session.exec(select(Reopening)).all()


def test_a_period_that_is_still_open_is_not_reopened(session: Session) -> None:
    with pytest.raises(Refused, match="déjà ouverte jusqu’au 15/07/2011"):
        calendar.reopen_period(session, ODILE, "2010-2011-T3", PICARDIE, date(2011, 7, 12), "pour rien")


@pytest.mark.parametrize("code", [("2010-2011-T9", PICARDIE), (T1, "XX")])
def test_unknown_codes_are_named(session: Session, code: tuple[str, str]) -> None:
    with pytest.raises(NotFound, match=r"T9|XX"):
        calendar.reopen_period(session, ODILE, *code, TODAY, "motif")


ACTS: list[Callable[..., object]] = [
    lambda session, actor: calendar.open_campaign(session, actor, *NEXT),
    lambda session, actor: calendar.set_deadline(session, actor, T1, date(2011, 2, 1)),
    lambda session, actor: calendar.reopen_period(session, actor, T1, PICARDIE, TODAY, "motif"),
]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("actor", [CLAIRE, REMI], ids=lambda actor: actor.name)
def test_only_the_national_office_moves_the_calendar(
    session: Session, act: Callable[..., object], actor: object
) -> None:
    with pytest.raises(Forbidden, match="bureau national"):
        act(session, actor)
    assert not session.exec(select(History)).all()
