"""Periods as axis texts."""

from datetime import date

from impact.figures import Period

MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def period_tick(period: Period) -> str:
    """« T2<br>janv.-mars<br>2011 »: three lines, or they turn on a phone."""
    first, last = _month(period.start), _month(period.end)
    if period.start.year == period.end.year:
        months = first if first == last else f"{first}-{last}"
        return f"{period.short}<br>{months}<br>{period.end.year}"
    return f"{period.short}<br>{first} {period.start.year}-<br>{last} {period.end.year}"


def end_tick(name: str, day: date) -> str:
    """« T2, S1<br>31 mars<br>2011 »"""
    return f"{name}<br>{day.day} {_month(day)}<br>{day.year}"


def _month(day: date) -> str:
    return MONTHS[day.month - 1]
