"""The sheets that a person may open: whose regions, which chantiers, which periods."""

from dataclasses import dataclass
from datetime import date

from impact.figures import Period
from impact.permissions import Actor, Right
from impact.queries.book import Book


@dataclass(frozen=True, slots=True)
class Offered:
    """What the filters of the sheet offer. regions, chantiers: code -> name, in the order of the lists."""

    regions: dict[str, str]
    chantiers: dict[str, str]
    periods: dict[str, tuple[Period, ...]]
    """By chantier: those of a rhythm that one of its indicators has, by end then length."""
    mobilised: frozenset[tuple[str, str]]
    """(region, chantier) with a commitment, whenever it is."""
    today: date

    def chantiers_of(self, region: str) -> list[str]:
        """Every chantier, those of the region first."""
        return sorted(self.chantiers, key=lambda code: (region, code) not in self.mobilised)

    def is_active(self, region: str) -> bool:
        return any((region, chantier) in self.mobilised for chantier in self.chantiers)

    def latest(self, chantier: str) -> Period | None:
        """The period whose sheet is being filled: the last one ended, else the first to come."""
        held = self.periods[chantier]
        ended = [period for period in held if period.has_ended(self.today)]
        return ended[-1] if ended else next(iter(held), None)


def offered(actor: Actor, book: Book) -> Offered:
    """A contributor's own regions; for the national office every region, mobilised ones first."""
    mobilised = frozenset((spell.region, spell.chantier) for spell in book.mobilisations)
    active = {region for region, _ in mobilised}
    codes = (
        list(book.regions) if actor.may(Right.READ_ALL) else [code for code in book.regions if code in actor.regions]
    )
    ranked = sorted(codes, key=lambda code: code not in active)
    rhythms = {
        chantier: {d.frequency for d in book.definitions.values() if d.chantier == chantier}
        for chantier in book.chantiers
    }
    return Offered(
        {code: book.regions[code].name for code in ranked},
        {code: chantier.short for code, chantier in book.chantiers.items()},
        {
            chantier: tuple(period for period in book.periods.values() if period.frequency in rhythms[chantier])
            for chantier in book.chantiers
        },
        mobilised,
        book.today,
    )
