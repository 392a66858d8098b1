"""What a column of an exported file holds, and how its cells are written in each dialect."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

from impact.figures import SCALE, rounded
from impact.formats import PARIS
from impact.vocabulary import Dialect

Cells = tuple[Any, ...]
"""One row, aligned with its file's columns; None = an empty cell, never 0."""

RATE_DECIMALS = 6


class Kind(Enum):
    """What a cell holds before it is written."""

    TEXT = auto()
    """str: free text, which a spreadsheet might run."""
    CODE = auto()
    """str of a closed list or a code: 01 stays 01."""
    WHOLE = auto()
    """int: a count."""
    EXACT = auto()
    """int of 1/10,000 (figures.SCALE): written in full, never rounded."""
    ROUNDED = auto()
    """Decimal, already rounded to the indicator's decimals."""
    VALUE = auto()
    """Fraction: written in full where it ends within 6 decimals, rounded there otherwise."""
    RATE = auto()
    """Fraction: a share of 0 to 1."""
    DATE = auto()
    """date; or its ISO text, as SQLite keeps it."""
    MOMENT = auto()
    """datetime, aware; or its text in UTC, « 2011-03-31 12:05:00.000000 », as SQLite keeps it."""
    FLAG = auto()


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: Kind


Writer = Callable[[Any], str]

_READS_TWO_WAYS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
RUNS = ("=", "+", "-", "@", "\t", "\r", "'")
"""How a text begins that a spreadsheet would run, or that looks as if it had been kept from that."""


def exact(scaled: int, point: str = ".") -> str:
    """Exact decimal text of a scaled number: 120000 -> 12, 125000 -> 12.5.

    1.234 is written 1.2340: with three decimals the import could read it two ways, and would refuse it.
    """
    if not scaled % SCALE:
        return str(scaled // SCALE)
    whole, rest = divmod(abs(scaled), SCALE)
    sign = "-" if scaled < 0 else ""
    text = f"{sign}{whole}{point}{rest:04d}".rstrip("0")
    return f"{text}0" if _READS_TWO_WAYS.fullmatch(text) else text


def decimal_writer(decimals: int, point: str) -> Callable[[int], str]:
    """How a number is written that counts units of the last of so many decimals: with two, 1205 -> 12.05."""
    if not decimals:
        return str
    pattern, unit = f"%d{point}%0{decimals}d", 10**decimals

    def written(units: int) -> str:
        text = pattern % divmod(abs(units), unit)
        return f"-{text}" if units < 0 else text

    return written


def rate(share: Fraction) -> str:
    return f"{rounded(share, RATE_DECIMALS):f}"


def exact_or_rounded(value: Fraction) -> str:
    text = rate(value)
    return text.rstrip("0").rstrip(".") if (value * 10**RATE_DECIMALS).denominator == 1 else text


def plain(value: Decimal) -> str:
    return f"{value:f}"


def utc(at: datetime | str) -> str:
    text = _utc_text(at)
    return f"{text[:10]}T{text[11:19]}Z"


def _utc_text(at: datetime | str) -> str:
    return at if isinstance(at, str) else at.astimezone(UTC).isoformat(" ")


def flag(value: bool) -> str:
    return "true" if value else "false"


def in_paris(at: datetime | str) -> str:
    text = at if isinstance(at, str) else _utc_text(at)  # no call for a text: there are three moments a row
    return _hour_in_paris(text[:13]) + text[13:19]


@lru_cache(maxsize=10_000)
def _hour_in_paris(hour: str) -> str:
    """« 2011-03-31 12 » in UTC -> « 31/03/2011 14 »: since 1911, clocks there are whole hours ahead."""
    return f"{datetime.fromisoformat(f'{hour}:00:00+00:00').astimezone(PARIS):%d/%m/%Y %H}"


def iso_date(day: date | str) -> str:
    return str(day)


def french_date(day: date | str) -> str:
    year, month, of_month = str(day).split("-")
    return f"{of_month}/{month}/{year}"


def inert(text: str) -> str:
    """Text that no spreadsheet runs: a leading ' is added, and taken off again on import."""
    return f"'{text}" if text.startswith(RUNS) else text


def _kept(write: Writer) -> Writer:
    """Days repeat from row to row: the last thousand are not written anew."""
    return lru_cache(maxsize=1_000)(write)


def _with_comma(write: Writer) -> Writer:
    return lambda value: write(value).replace(".", ",")


_OPEN: dict[Kind, Writer] = {
    Kind.TEXT: str,
    Kind.CODE: str,
    Kind.WHOLE: str,
    Kind.EXACT: exact,
    Kind.ROUNDED: plain,
    Kind.VALUE: exact_or_rounded,
    Kind.RATE: rate,
    Kind.DATE: _kept(iso_date),
    Kind.MOMENT: utc,
    Kind.FLAG: flag,
}
_EXCEL_FR: dict[Kind, Writer] = {
    **_OPEN,
    Kind.TEXT: inert,
    Kind.EXACT: partial(exact, point=","),
    Kind.ROUNDED: _with_comma(plain),
    Kind.VALUE: _with_comma(exact_or_rounded),
    Kind.RATE: _with_comma(rate),
    Kind.DATE: _kept(french_date),
    Kind.MOMENT: in_paris,
}
POINTS = {Dialect.OPEN: ".", Dialect.EXCEL_FR: ","}
"""Between a whole number and its decimals."""
WRITERS: Mapping[Dialect, Mapping[Kind, Writer]] = {Dialect.OPEN: _OPEN, Dialect.EXCEL_FR: _EXCEL_FR}
