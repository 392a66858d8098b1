"""Are regions answering, on time, and with proof? By region and chantier."""

from dataclasses import dataclass

from impact.presentation.advancement import held_chantiers
from impact.quality import QualityRow
from impact.world import World


def fraction(row: QualityRow) -> str:
    return f"{row.answered}/{row.due}"


@dataclass(frozen=True, slots=True)
class RegionReporting:
    """chantiers: counts by chantier, None where the region is not mobilised on it. whole: over all of them."""

    region: str
    chantiers: dict[str, QualityRow | None]
    whole: QualityRow


@dataclass(frozen=True, slots=True)
class Reporting:
    """regions: in the order of their chantiers. total: over all regions; None for a chantier on which none is."""

    regions: tuple[RegionReporting, ...]
    total: RegionReporting


def reporting(world: World) -> Reporting:
    """world: narrowed to what is looked at."""
    chantiers = held_chantiers(world)
    lines = []
    for region in world.mobilised_regions():
        own = world.chantiers_of(region)
        counts = {code: world.pooled(region=region, chantier=code) if code in own else None for code in chantiers}
        lines.append(RegionReporting(region, counts, world.pooled(region=region)))
    ordered = sorted(lines, key=lambda line: [chantiers.index(code) for code in world.chantiers_of(line.region)])
    together = {code: world.pooled(chantier=code) if world.mobilised_regions(code) else None for code in chantiers}
    return Reporting(tuple(ordered), RegionReporting("", together, world.pooled()))
