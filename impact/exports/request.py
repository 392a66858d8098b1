"""What is asked of an export."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from impact.errors import Refused
from impact.formats import short_date
from impact.vocabulary import Dialect

YEARS = range(1900, 3000)


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Dates are inclusive and choose the periods that end between them; empty tuples = all.

    min_proof: entries, totals and progress. provisional: totals and progress; entries hold everything that the reader
    may see anyway.
    """

    start: date | None = None
    end: date | None = None
    regions: tuple[str, ...] = ()
    chantiers: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    min_proof: int = 0
    provisional: bool = False
    dialect: Dialect = Dialect.OPEN

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise Refused(f"Le début ({short_date(self.start)}) suit la fin ({short_date(self.end)}).")

    def filters(self) -> dict[str, Any]:
        """What was asked, JSON-ready, for the record of past exports; only what differs from « everything »."""
        asked = {
            "from": self.start.isoformat() if self.start else None,
            "to": self.end.isoformat() if self.end else None,
            "region": list(self.regions),
            "chantier": list(self.chantiers),
            "indicator": list(self.indicators),
            "min_proof": f"F{self.min_proof}" if self.min_proof else None,
            "provisional": self.provisional,
        }
        return {name: value for name, value in asked.items() if value}


def proof_level(text: str) -> int:
    """0 to 4, of F0 to F4."""
    levels = {f"F{level}": level for level in range(5)}
    if text.strip().upper() not in levels:
        raise Refused(f"« {text[:20]} » n’est pas un niveau de preuve ; connus : {', '.join(levels)}.")
    return levels[text.strip().upper()]


def day(text: str) -> date:
    """A day written 2011-03-31 or 31/03/2011, of a year in which reckoning with days and time zones stays possible."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            read = datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if read.year not in YEARS:
            raise Refused(f"« {text[:20]} » : écrivez une année de {YEARS[0]} à {YEARS[-1]}.")
        return read
    raise Refused(f"« {text[:20]} » n’est pas une date ; écrivez 2011-03-31.")
