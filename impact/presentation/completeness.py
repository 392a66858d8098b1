"""Are regions answering? Ranked, mapped, and by chantier."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from impact.presentation.wording import rate
from impact.quality import QualityRow
from impact.world import World

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Situation:
    """A sign and its word; the sign is for the eye alone."""

    sign: str
    word: str


UP_TO_DATE = Situation("●", "à jour")
OPEN = Situation("▲", "à compléter")
LATE = Situation("▼", "en retard")
SILENT = Situation("○", "sans réponse")
NOTHING = Situation("–", "rien d’attendu")


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region of the campaign. rank: from the most complete, equal ones share it; None where nothing was due."""

    region: str
    name: str
    chantiers: tuple[str, ...]
    row: QualityRow
    situation: Situation
    rank: int | None

    @property
    def share(self) -> float | None:
        return None if self.row.completeness is None else float(self.row.completeness)


def ranking(world: World) -> list[RegionLine]:
    """Every mobilised region, from the most to the least complete; those with nothing due last."""
    rows = {region: world.pooled(region=region) for region in world.mobilised_regions()}
    ordered = sorted(rows, key=lambda code: -(rows[code].completeness or 0))
    ordered.sort(key=lambda code: rows[code].due == 0)
    return [
        RegionLine(
            code, world.region_names[code], tuple(world.chantiers_of(code)), rows[code], situation(world, code),
            1 + sum((other.completeness or 0) > (rows[code].completeness or 0) for other in rows.values())
            if rows[code].due else None,
        )
        for code in ordered
    ]  # fmt: skip


def situation(world: World, region: str) -> Situation:
    row = world.pooled(region=region)
    if not row.due:
        return NOTHING
    if row.answered == row.due:
        return UP_TO_DATE
    if not row.answered:
        return SILENT
    return LATE if any(day < world.today for day in _last_days(world, region)) else OPEN


def _last_days(world: World, region: str) -> list[date]:
    """Of the periods in which something is missing."""
    return [
        world.last_day(region, row.period) for row in world.quality if row.region == region and row.answered < row.due
    ]


def map_frame(lines: list[RegionLine]) -> "pd.DataFrame":
    """For charts.regions_map: a region with nothing due is out of the campaign; one without any answer is hatched."""
    import pandas as pd

    rows = [
        {
            "region": line.region,
            "value": line.share,
            "label": rate(line.row.completeness),
            "hover": f"{line.name}\n{fraction(line.row)} réponses attendues\n{line.situation.word}",
            "hatched": line.row.answered == 0,
        }
        for line in lines
        if line.row.due
    ]
    return pd.DataFrame(rows, columns=["region", "value", "label", "hover", "hatched"])


def fraction(row: QualityRow) -> str:
    return f"{row.answered}/{row.due}"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Counts by region then chantier; None where the region is not mobilised on it. total: all regions, or none is."""

    regions: dict[str, dict[str, QualityRow | None]]
    total: dict[str, QualityRow | None]


def matrix(world: World) -> Matrix:
    held = {definition.chantier for definition in world.definitions.values()}
    chantiers = [code for code in world.chantier_names if code in held]
    rows: dict[str, dict[str, QualityRow | None]] = {}
    for region in world.mobilised_regions():
        own = world.chantiers_of(region)
        rows[region] = {code: world.pooled(region=region, chantier=code) if code in own else None for code in chantiers}
    ordered = sorted(rows, key=lambda code: [chantiers.index(chantier) for chantier in world.chantiers_of(code)])
    return Matrix(
        {world.region_names[code]: rows[code] for code in ordered},
        {code: world.pooled(chantier=code) if world.mobilised_regions(code) else None for code in chantiers},
    )
