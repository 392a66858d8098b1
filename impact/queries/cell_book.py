"""The reference data of one cell alone: what saving a figure asks of the catalogue and the calendar."""

from functools import cached_property

import sqlalchemy as sa
from sqlmodel import Session

from impact.figures import Cell, Mobilisation, Period, period
from impact.models import Region, ReportingPeriod
from impact.queries import catalogue
from impact.queries.book import Book
from impact.queries.catalogue import RegionRow, ReopeningRow

_PERIODS: sa.Table = ReportingPeriod.__table__  # type: ignore[attr-defined]
_REGIONS: sa.Table = Region.__table__  # type: ignore[attr-defined]

# Every save runs these: built once, and without a list of codes, which SQLAlchemy would write out anew each time.
_PERIOD = sa.select(
    *(_PERIODS.c[name] for name in ("code", "campaign_code", "frequency", "start_date", "end_date", "deadline"))
).where(_PERIODS.c.code == sa.bindparam("code"))
_REGION = sa.select(*(_REGIONS.c[name] for name in RegionRow._fields)).where(_REGIONS.c.code == sa.bindparam("code"))


class CellBook(Book):
    """A book that knows one indicator, one period and one region; a save reads a few rows, whatever the catalogue."""

    def __init__(self, session: Session, cell: Cell):
        super().__init__(session, [cell.indicator])
        self.cell = cell

    @cached_property
    def periods(self) -> dict[str, Period]:
        row = self.session.connection().execute(_PERIOD, {"code": self.cell.period}).first()
        return {row.code: period(*row)} if row else {}

    @cached_property
    def regions(self) -> dict[str, RegionRow]:
        row = self.session.connection().execute(_REGION, {"code": self.cell.region}).first()
        return {row.code: RegionRow(*row)} if row else {}

    @cached_property
    def mobilisations(self) -> list[Mobilisation]:
        chantier = self.definition(self.cell.indicator).chantier
        return catalogue.mobilisations(self.session, self.cell.region, chantier)

    @cached_property
    def reopenings(self) -> dict[tuple[str, str], ReopeningRow]:
        return catalogue.reopenings(self.session, self.cell.region)
