"""Which number is to be explained, as a value that fits in an address and can be sent to a colleague."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from impact.figures import Cell
from impact.presentation.lens import Lens
from impact.vocabulary import NATIONAL_CODE
from impact.world import World

PAGE = "explication"
"""The screen that answers."""


class Kind(StrEnum):
    """What sort of number it is; the value stands in the address."""

    TOTAL = "total"
    """Value of an indicator over the window: region or 'FR'."""
    PROGRESS = "realisation"
    """Achievement, expected to date, pace and state of an indicator: region or 'FR'."""
    ADVANCE = "avancement"
    """A region's progress on a chantier."""
    STATES = "etats"
    """How many regions are in advance or on track, each on its chantier."""
    COMPLETENESS = "completude"
    MISSING = "sans_reponse"
    PUNCTUALITY = "ponctualite"
    PROVEN = "part_prouvee"
    VALIDATED = "valides"
    """Rates and counts of reporting: of a region, a chantier, a period, or of all where these are empty."""
    FIGURE = "chiffre"
    """One cell: what was entered, by whom, and what became of it."""


@dataclass(frozen=True, slots=True)
class Question:
    """period: code of the window's period ('' = since the campaign's start), or the cell's.

    campaign: '' = the period's, or today's.

    since_start: the window begins with the campaign, and ends with the period: what a target is about.

    sheet: rates of that period alone, not of everything that ends within its days (T2 and S1 end together).
    """

    kind: Kind
    indicator: str = ""
    region: str = ""
    chantier: str = ""
    period: str = ""
    campaign: str = ""
    min_proof: int = 0
    provisional: bool = False
    since_start: bool = False
    sheet: bool = False

    @property
    def address(self) -> str:
        """« explication?nombre=total&indicateur=PRE-03&region=73 »: relative to any screen; defaults stay unsaid."""
        said = {
            "nombre": self.kind.value, "indicateur": self.indicator, "region": self.region, "chantier": self.chantier,
            "periode": self.period, "campagne": self.campaign,
            "preuve": f"F{self.min_proof}" if self.min_proof else "",
            "chiffres": "provisoires" if self.provisional else "",
            "depuis": "debut" if self.since_start else "",
            "feuille": "seule" if self.sheet else "",
        }  # fmt: skip
        return f"{PAGE}?{urlencode({name: text for name, text in said.items() if text})}"


_OF_INDICATOR = frozenset(("indicator", "region", "period", "campaign", "min_proof", "provisional", "since_start"))
_OF_RATE = frozenset(("region", "chantier", "period", "campaign", "sheet"))
MEANT = {
    Kind.TOTAL: _OF_INDICATOR,
    Kind.PROGRESS: _OF_INDICATOR - {"since_start"},
    Kind.ADVANCE: frozenset(("region", "chantier", "period", "campaign", "min_proof", "provisional")),
    Kind.STATES: frozenset(("chantier", "period", "campaign", "min_proof", "provisional")),
    Kind.COMPLETENESS: _OF_RATE,
    Kind.MISSING: _OF_RATE,
    Kind.PUNCTUALITY: _OF_RATE,
    Kind.PROVEN: _OF_RATE,
    Kind.VALIDATED: _OF_RATE,
    Kind.FIGURE: frozenset(("indicator", "region", "period", "campaign")),
}
"""What each kind of number depends on; the rest of an address says nothing of it, and narrows nothing."""


def read(parameters: Mapping[str, str]) -> Question | None:
    """The question that an address asks; None where it makes no sense. Codes are checked by who answers."""
    level = parameters.get("preuve", "F0")
    if parameters.get("nombre") not in list(Kind) or level not in ("F0", "F1", "F2", "F3", "F4"):
        return None
    if any("\0" in text for text in parameters.values()):  # no code has one, and PostgreSQL takes none
        return None
    kind, region = Kind(parameters["nombre"]), parameters.get("region", "")
    said: dict[str, Any] = {
        "indicator": parameters.get("indicateur", ""),
        "region": "" if region == NATIONAL_CODE else region,
        "chantier": parameters.get("chantier", ""),
        "period": parameters.get("periode", ""),
        "campaign": parameters.get("campagne", ""),
        "min_proof": int(level[1:]),
        "provisional": parameters.get("chiffres") == "provisoires",
        "since_start": parameters.get("depuis") == "debut",
        "sheet": parameters.get("feuille") == "seule",
    }
    return Question(kind, **{name: said[name] for name in MEANT[kind]})


def of_figure(cell: Cell) -> Question:
    """What was entered there, and what became of it."""
    return Question(Kind.FIGURE, cell.indicator, cell.region, period=cell.period)


def about(
    world: World, lens: Lens, kind: Kind, *, indicator: str = "", region: str = "", chantier: str = "", period: str = ""
) -> Question:
    """The question behind a number of a screen: what it is of, through the screen's filters.

    world: any part of the campaign looked at. period: of one cell or sheet; by default the lens's window.
    """
    held = period or next(
        (one.code for one in sorted(world.periods.values()) if (one.start, one.end) == (lens.start, lens.end)), ""
    )
    return Question(
        kind, indicator, "" if region == NATIONAL_CODE else region, chantier, held, world.campaign, lens.min_proof,
        lens.provisional,
    )  # fmt: skip
