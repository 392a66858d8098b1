"""The reference data of one cell alone: what saving a figure asks of the catalogue and the calendar."""

from functools import cached_property

from sqlmodel import Session

from impact.figures import Cell, Mobilisation, Period
from impact.queries import catalogue
from impact.queries.book import Book
from impact.queries.catalogue import RegionRow, ReopeningRow


class CellBook(Book):
    """A book that knows one indicator, one period and one region; a save reads a few rows, whatever the catalogue."""

    def __init__(self, session: Session, cell: Cell):
        super().__init__(session, [cell.indicator])
        self.cell = cell

    @cached_property
    def periods(self) -> dict[str, Period]:
        return {period.code: period for period in catalogue.periods(self.session, codes=[self.cell.period])}

    @cached_property
    def regions(self) -> dict[str, RegionRow]:
        return catalogue.regions(self.session, [self.cell.region])

    @cached_property
    def mobilisations(self) -> list[Mobilisation]:
        chantier = self.definition(self.cell.indicator).chantier
        return catalogue.mobilisations(self.session, self.cell.region, chantier)

    @cached_property
    def reopenings(self) -> dict[tuple[str, str], ReopeningRow]:
        return catalogue.reopenings(self.session, self.cell.region)
