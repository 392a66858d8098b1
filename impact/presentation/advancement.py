"""How far regions have come on their chantiers: ranked, mapped, side by side, and what moved since a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from impact.formats import counted, short_date
from impact.presentation.lens import Lens, ended_periods
from impact.presentation.wording import rate
from impact.progress import Advance
from impact.vocabulary import PROGRESS_SIGNS, ProgressState
from impact.world import World

if TYPE_CHECKING:
    import pandas as pd

Standings = Mapping[tuple[str, str], Advance]
"""By (region, chantier)."""

SHORT = {ProgressState.ON_TRACK: "conforme"}
"""What stands in a table's cell or under a number for a longer label."""
UNRANKED = "non classée"
IN_ORDER = (ProgressState.ON_TRACK, ProgressState.WATCH, ProgressState.LATE)


def state_word(state: ProgressState) -> str:
    return SHORT.get(state, state.label)


def standings(world: World, lens: Lens) -> Standings:
    """Of every region on every chantier that it is mobilised on. world: the whole campaign, for any lens."""
    chantiers = dict.fromkeys(definition.chantier for definition in world.definitions.values())
    return {
        (region, chantier): one
        for chantier in chantiers
        for region, one in world.advances(
            chantier, provisional=lens.provisional, min_proof=lens.min_proof, day=lens.end
        ).items()
    }


def as_of(world: World, lens: Lens) -> date | None:
    """End of the last period that counts; None before any is over."""
    return max((one.end for one in ended_periods(world) if lens.end is None or one.end <= lens.end), default=None)


@dataclass(frozen=True, slots=True)
class Line:
    """A region of the campaign on its chantier. rank: from the most advanced, equal ones share it; None = unranked."""

    region: str
    name: str
    chantier: str
    advance: Advance
    rank: int | None

    @property
    def share(self) -> float | None:
        return None if self.advance.progress is None else float(self.advance.progress)

    @property
    def expected(self) -> float | None:
        return None if self.advance.expected is None else float(self.advance.expected)

    @property
    def fraction(self) -> str:
        """« 8/9 » indicators"""
        return f"{self.advance.measured}/{self.advance.indicators}"

    @property
    def is_hatched(self) -> bool:
        """Something is asked of it, and fewer than half is measured."""
        return self.advance.indicators > 0 and not self.advance.is_ranked

    @property
    def sign(self) -> str:
        return PROGRESS_SIGNS[self.advance.state] if self.rank or not self.advance.measured else "○"

    @property
    def word(self) -> str:
        return state_word(self.advance.state) if self.rank or not self.advance.measured else UNRANKED

    @property
    def why_unranked(self) -> str:
        """In a few words; empty where it is ranked."""
        if self.rank:
            return ""
        if self.advance.state is ProgressState.NOT_DUE:
            return "aucune période échue"
        if self.advance.state is ProgressState.NO_TARGET:
            return "aucune cible énoncée"
        return f"{self.advance.measured} sur {counted(self.advance.indicators, 'mesuré')}"


def ranking(seen: World, found: Standings, lens: Lens) -> list[Line]:
    """Every region on the chantier looked at, or on its preferred one; ranked ones first, then by name.

    seen: narrowed to the lens.
    """
    held = {region: preferred(seen, region, lens) for region in seen.mobilised_regions()}
    stood = {region: found[region, chantier] for region, chantier in held.items() if (region, chantier) in found}
    ranked = [one.progress or Fraction(0) for one in stood.values() if one.is_ranked]
    lines = [
        Line(
            region, seen.region_names[region], held[region], one,
            1 + sum(other > (one.progress or 0) for other in ranked) if one.is_ranked else None,
        )
        for region, one in stood.items()
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line.rank or len(lines) + 1)


def preferred(seen: World, region: str, lens: Lens) -> str:
    """Its primary chantier on the last day looked at; without one, the first in the order of the chantiers."""
    day = min(lens.end or seen.today, seen.window.end)
    spells = list(seen.spells(region))
    return next((spell for spell in spells if spell.covers(day)), spells[0]).chantier


def tally(lines: Sequence[Line]) -> dict[str, int]:
    """How many regions are where: « conforme », « à surveiller », « en retard », « non classée » (the rest)."""
    counts = {state_word(state): sum(line.rank is not None and line.advance.state is state for line in lines)
              for state in IN_ORDER}  # fmt: skip
    return {**counts, UNRANKED: len(lines) - sum(counts.values())}


def map_frame(lines: Sequence[Line], names: Mapping[str, str]) -> "pd.DataFrame":
    """For charts.regions_map: hatched with n/N where fewer than half is measured; plain where nothing is asked yet.

    names: of chantiers.
    """
    import pandas as pd

    rows = [
        {
            "region": line.region,
            "value": line.share if line.rank else None,
            "label": rate(line.advance.progress) if line.rank else line.fraction if line.is_hatched else "–",
            "hover": "\n".join(_hover(line, names)),
            "hatched": line.is_hatched,
        }
        for line in lines
    ]
    frame = pd.DataFrame(rows, columns=["region", "value", "label", "hover", "hatched"])
    return frame.astype({"value": float, "hatched": bool})


def _hover(line: Line, names: Mapping[str, str]) -> list[str]:
    if line.advance.progress is None:
        return [line.name, names[line.chantier], f"{line.word} : {line.why_unranked}"]
    share = f"avancement {rate(line.advance.progress)}, attendu {rate(line.advance.expected)}"
    behind = f"{line.advance.measured} sur {counted(line.advance.indicators, 'indicateur')}"
    return [line.name, names[line.chantier], share, f"sur {behind}", line.word]


Matrix = dict[str, dict[str, Advance | None]]
"""By region's code, then chantier; None where the region is not mobilised on it."""


def matrix(seen: World, found: Standings) -> Matrix:
    """Regions by their chantiers, in the order of these. seen: narrowed to the lens."""
    chantiers = held_chantiers(seen)
    rows: Matrix = {}
    for region in seen.mobilised_regions():
        own = seen.chantiers_of(region)
        rows[region] = {code: found.get((region, code)) if code in own else None for code in chantiers}
    ordered = sorted(rows, key=lambda region: [chantiers.index(code) for code in seen.chantiers_of(region)])
    return {region: rows[region] for region in ordered}


def held_chantiers(seen: World) -> list[str]:
    """Those looked at, in their order; one without a key indicator has no definition at hand, but regions on it."""
    held = {definition.chantier for definition in seen.definitions.values()}
    held |= {spell.chantier for spell in seen.mobilisations}
    return [code for code in seen.chantier_names if code in held]


class Move(NamedTuple):
    """A region that changed state between two ends of periods."""

    region: str
    chantier: str
    before: ProgressState
    after: ProgressState
    since: date
    until: date

    @property
    def words(self) -> str:
        """« à surveiller au 31/03/2011, conforme au 30/06/2011 »"""
        return (
            f"{state_word(self.before)} au {short_date(self.since)}, {state_word(self.after)} au "
            f"{short_date(self.until)}"
        )


Trend = Mapping[tuple[str, str], Sequence[tuple[date, Advance]]]
"""By (region, chantier): progress at each end of period, in order."""


def moves(trend: Trend, since: date, today: date) -> list[Move]:
    """Ranked states that differ between the last period end over on `since` and the last one over today.

    Where no period ended in between nothing can be told: what is kept of a period end follows late figures.
    """
    found = []
    for (region, chantier), steps in trend.items():
        before = [step for step in steps if step[0] < since]
        after = [step for step in steps if step[0] < today]
        if not before or before[-1][0] == after[-1][0]:
            continue
        (start, first), (end, last) = before[-1], after[-1]
        if first.is_ranked and last.is_ranked and first.state is not last.state:
            found.append(Move(region, chantier, first.state, last.state, start, end))
    return found
