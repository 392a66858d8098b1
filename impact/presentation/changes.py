"""What changed since a day, told in the order of what it means for the country."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from impact.figures import Definition, Target
from impact.formats import counted, sortable
from impact.presentation import plans
from impact.presentation.advancement import Move
from impact.vocabulary import NATIONAL_CODE, PROGRESS_SIGNS
from impact.world import World

Definitions = Mapping[str, Definition]


@dataclass(frozen=True, slots=True)
class OfSheet:
    """Figures of one sheet to which the same thing happened on one day."""

    day: date
    region: str
    chantier: str
    period: str
    count: int


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A target said again: before or after None = it was withdrawn then."""

    day: date
    region: str
    indicator: str
    before: Target | None
    after: Target | None
    reason: str


@dataclass(frozen=True, slots=True)
class NewTargets:
    """Targets of a region, or of the country ('FR'), stated for the first time on one day."""

    day: date
    region: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    day: date
    indicator: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Each kind with the latest day first."""

    validated: tuple[OfSheet, ...]
    returned: tuple[OfSheet, ...]
    new_targets: tuple[NewTargets, ...]
    targets: tuple[TargetChange, ...]
    revisions: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class News:
    """One line. kind: of KINDS. count: how many of them it tells. day: of a state, the one it is as of."""

    kind: str
    count: int
    day: date
    sign: str
    where: str
    chantier: str
    what: str
    address: str

    @property
    def is_filtered(self) -> bool:
        """Whether the screen that it leads to has the filters of proof and of statuses."""
        return self.address.startswith(("region?", "cibles?"))


def news(world: World, known: Definitions, changed: Changes, moves: Sequence[Move], may_enter: bool) -> list[News]:
    """States that moved, targets, definitions, what was returned, what was validated.

    world: of names and periods. known: every definition by code. may_enter: whether what was returned opens in its
    sheet; otherwise on the region's screen.
    """
    return [
        *sorted((_move(world, one) for one in moves), key=lambda one: sortable(one.where)),
        *(_restated(world, known[one.indicator], one) for one in changed.targets if one.indicator in known),
        *_stated(world, known, changed.new_targets),
        *(_revised(known[one.indicator], one) for one in changed.revisions if one.indicator in known),
        *(_returned(world, one, may_enter) for one in changed.returned),
        *(_validated(world, one) for one in changed.validated),
    ]


KINDS = (
    ("move", "état changé", "états changés"),
    ("target", "cible changée", "cibles changées"),
    ("new_target", "cible énoncée", "cibles énoncées"),
    ("created", "nouvel indicateur", "nouveaux indicateurs"),
    ("revision", "définition révisée", "définitions révisées"),
    ("returned", "chiffre retourné", "chiffres retournés"),
    ("validated", "chiffre validé", "chiffres validés"),
)
"""What sort of line it is, and the words that count what it tells; in the order of their weight."""


def summary(found: Sequence[News]) -> str:
    """« 1 cible changée, 2 chiffres retournés, 43 chiffres validés »"""
    counts = {kind: sum(one.count for one in found if one.kind == kind) for kind, *_ in KINDS}
    return ", ".join(counted(counts[kind], one, several) for kind, one, several in KINDS if counts[kind])


def of_chantier(found: Sequence[News], chantier: str) -> list[News]:
    """chantier: '' = all."""
    return [one for one in found if chantier in ("", one.chantier)]


def _address(page: str, **codes: str) -> str:
    said = {name: code for name, code in codes.items() if code}
    return f"{page}?{urlencode(said)}" if said else page


def _name(world: World, region: str) -> str:
    return "France" if region == NATIONAL_CODE else world.region_names[region]


def _move(world: World, one: Move) -> News:
    what = f"{PROGRESS_SIGNS[one.before]} → {PROGRESS_SIGNS[one.after]} {one.words}"
    address = _address("region", region=one.region, chantier=one.chantier)
    return News("move", 1, one.until, "", world.region_names[one.region], one.chantier, what, address)


def _restated(world: World, definition: Definition, one: TargetChange) -> News:
    said = [plans.amount(definition, held.value) if held else "aucune" for held in (one.before, one.after)]
    why = f" (« {one.reason} »)" if one.reason else ""
    what = f"cible de {one.indicator} : {said[0]} → {said[1]}{why}"
    return News(
        "target", 1, one.day, "◆", _name(world, one.region), definition.chantier, what,
        _address("cibles", region=one.region, chantier=definition.chantier),
    )  # fmt: skip


def _stated(world: World, known: Definitions, found: Sequence[NewTargets]) -> Iterator[News]:
    """A line per day and chantier: targets are stated by dozens."""
    grouped: dict[tuple[date, str], list[str]] = {}
    for one in found:
        for code in one.indicators:
            if code in known:
                grouped.setdefault((one.day, known[code].chantier), []).append(one.region)
    for (day, chantier), regions in grouped.items():
        held = list(dict.fromkeys(regions))
        where = _name(world, held[0]) if len(held) == 1 else _several(held)
        what = counted(len(regions), "cible énoncée", "cibles énoncées")
        address = _address("cibles", region=held[0], chantier=chantier)
        yield News("new_target", len(regions), day, "◆", where, chantier, what, address)


def _several(regions: Sequence[str]) -> str:
    """« 3 régions et la France »"""
    own = [code for code in regions if code != NATIONAL_CODE]
    return f"{counted(len(own), 'région')}{' et la France' if len(own) < len(regions) else ''}"


def _revised(definition: Definition, one: Revision) -> News:
    """A first version that was published on a screen is an indicator that a meeting wanted."""
    kind = "revision" if one.version > 1 else "created"
    told = (
        f"définition de {one.indicator} révisée, version {one.version}"
        if one.version > 1
        else (f"{one.indicator} entré au référentiel")
    )
    what = f"{told} (« {one.reason} »)"
    address = _address("referentiel", indicateur=one.indicator, version=str(one.version))
    return News(kind, 1, one.day, "§", "France", definition.chantier, what, address)


def _returned(world: World, one: OfSheet, may_enter: bool) -> News:
    what = f"{counted(one.count, 'chiffre retourné', 'chiffres retournés')}, {world.periods[one.period].short}"
    page = "saisie" if may_enter else "region"
    address = _address(
        page, region=one.region, chantier=one.chantier, **({"periode": one.period} if may_enter else {})
    )  # fmt: skip
    return News("returned", one.count, one.day, "↩", world.region_names[one.region], one.chantier, what, address)


def _validated(world: World, one: OfSheet) -> News:
    what = f"{counted(one.count, 'chiffre validé', 'chiffres validés')}, {world.periods[one.period].short}"
    address = _address("region", region=one.region, chantier=one.chantier)
    return News("validated", one.count, one.day, "✓", world.region_names[one.region], one.chantier, what, address)
