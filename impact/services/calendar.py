"""Campaigns, periods, deadlines, and reopenings of a period for a region."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import Session, col, func, select

from impact import clock
from impact.errors import Problem, Refused
from impact.formats import clean_text, short_date
from impact.models import Campaign, Reopening, ReportingPeriod
from impact.permissions import Actor, Right, require
from impact.queries import catalogue
from impact.queries.book import Book
from impact.services import history, rollup
from impact.vocabulary import Frequency

DAYS_TO_ANSWER = timedelta(days=15)
LONGEST = timedelta(days=732)
SHORTEST = timedelta(days=27)


def next_campaign(session: Session) -> tuple[str, date, date]:
    """What to propose: the year that follows the last campaign (code, start, end)."""
    last = catalogue.campaigns(session)[-1]
    start = last.end + timedelta(days=1)
    end = _a_year_after(start) - timedelta(days=1)
    return f"{start.year}-{end.year}", start, end


def _a_year_after(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 3, 1)
    return day.replace(year=day.year + 1)


def open_campaign(session: Session, actor: Actor, code: str, start: date, end: date) -> list[str]:
    """Open a campaign with its quarters, halves and year; returns the codes of its periods.

    Periods end with calendar quarters; each deadline is 15 days after the end and can be moved (set_deadline).
    """
    require(actor, Right.CALENDAR)
    history.touch(session)
    _refuse_campaign(session, code, start, end)
    campaign = Campaign(code=code, start_date=start, end_date=end)
    session.add(campaign)
    session.flush()
    rows = [_period(code, *cut) for cut in cuts(start, end)]
    session.add_all(rows)
    session.flush()
    after = {"start": start, "end": end, "periods": [row.code for row in rows]}
    history.record(session, actor, "open_campaign", code, after=after)
    _refresh(session, code)
    return [row.code for row in rows]


def _refuse_campaign(session: Session, code: str, start: date, end: date) -> None:
    problems = []
    if not re.fullmatch(r"\d{4}-\d{4}", code):
        problems.append(Problem("le code s’écrit avec deux années, comme 2011-2012.", "code"))
    if not SHORTEST <= end - start <= LONGEST:
        problems.append(Problem("une campagne dure d’un mois à deux ans.", "fin"))
    for other in catalogue.campaigns(session):
        if other.code == code:
            problems.append(Problem(f"la campagne {code} existe déjà.", "code"))
        elif start <= other.end and other.start <= end:
            dates = f"{short_date(other.start)} au {short_date(other.end)}"
            problems.append(Problem(f"elle chevaucherait la campagne {other.code} ({dates}).", "debut"))
    if problems:
        raise Refused(problems)


def cuts(start: date, end: date) -> Iterator[tuple[str, Frequency, date, date]]:
    """(suffix, frequency, first day, last day) of a campaign's periods, cut at the ends of calendar quarters."""
    quarters = list(_quarters(start, end))
    for number, (first, last) in enumerate(quarters, 1):
        yield f"T{number}", Frequency.QUARTER, first, last
    for number, place in enumerate(range(0, len(quarters), 2), 1):
        pair = quarters[place : place + 2]
        yield f"S{number}", Frequency.HALF, pair[0][0], pair[-1][1]
    yield "A", Frequency.YEAR, start, end


def _quarters(start: date, end: date) -> Iterator[tuple[date, date]]:
    first = start
    while first <= end:
        month = (first.month - 1) // 3 * 3 + 4
        following = date(first.year + month // 13, (month - 1) % 12 + 1, 1)
        last = min(end, following - timedelta(days=1))
        yield first, last
        first = last + timedelta(days=1)


def _period(campaign: str, suffix: str, frequency: Frequency, start: date, end: date) -> ReportingPeriod:
    return ReportingPeriod(
        code=f"{campaign}-{suffix}",
        campaign_code=campaign,
        frequency=frequency.value,
        start_date=start,
        end_date=end,
        deadline=end + DAYS_TO_ANSWER,
    )


def set_deadline(session: Session, actor: Actor, period: str, deadline: date) -> None:
    """Move a period's deadline for every region. What was first submitted after the old one may now be on time."""
    require(actor, Right.CALENDAR)
    history.touch(session)
    known = Book(session).period(period)
    if deadline < known.end:
        raise Refused(
            [Problem(f"l’échéance ne peut précéder la fin de la période ({short_date(known.end)}).", "echeance")]
        )
    if deadline == known.deadline:
        raise Refused([Problem(f"l’échéance est déjà le {short_date(deadline)}.", "echeance")])
    row = session.get_one(ReportingPeriod, period)
    before, row.deadline = {"deadline": row.deadline}, deadline
    session.add(row)
    session.flush()
    history.record(session, actor, "set_deadline", period, period=period, before=before, after={"deadline": deadline})
    _refresh(session, row.campaign_code)


def _refresh(session: Session, campaign: str) -> None:
    """What is due or on time may have changed in every region of a campaign."""
    book = Book(session)
    rollup.refresh(session, book, rollup.units_of(book, book.chantiers, [campaign]))


def reopen_period(session: Session, actor: Actor, period: str, region: str, until: date, why: str) -> None:
    """Let a region enter one period until a later day, included; the last reopening granted counts."""
    require(actor, Right.CALENDAR)
    history.touch(session)
    book = Book(session)
    known, name, why = book.period(period), book.region(region).name, clean_text(why, 1_000)
    _refuse_reopening(known.deadline, until, why, book.today)
    number = session.exec(
        select(func.coalesce(func.max(Reopening.number), 0)).where(
            col(Reopening.region_code) == region, col(Reopening.period_code) == period
        )
    ).one()
    session.add(
        Reopening(
            region_code=region, period_code=period, number=number + 1, until=until, reason=why,
            granted_by=actor.id, granted_at=clock.now(session),
        )
    )  # fmt: skip
    session.flush()
    history.record(
        session, actor, "reopen_period", f"{period}, {name}", chain=region, period=period, after={"until": until},
        reason=why,
    )  # fmt: skip


def _refuse_reopening(deadline: date, until: date, why: str, today: date) -> None:
    problems = []
    if not why:
        problems.append(Problem("indiquez le motif : il est montré à la région.", "motif"))
    if until < today:
        problems.append(Problem(f"le {short_date(until)} est passé.", "jusqu_au"))
    elif until <= deadline:
        problems.append(Problem(f"la période est déjà ouverte jusqu’au {short_date(deadline)}.", "jusqu_au"))
    if problems:
        raise Refused(problems)
