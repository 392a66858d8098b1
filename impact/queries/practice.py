"""What the product needs of its own data to count the practice of the language of proof."""

from collections.abc import Collection

from sqlmodel import Session

from impact.figures import Cell
from impact.permissions import EVERYTHING
from impact.queries.figures import cell_entries
from impact.vocabulary import Answer, Status


def submitted_grades(session: Session, periods: Collection[str]) -> dict[Cell, int]:
    """Grade F of each submitted value of these periods, whoever reads: to count them. What they say stays unread."""
    held = cell_entries(session, EVERYTHING, periods=periods, statuses=[Status.SUBMITTED])
    return {cell: entry.reliability for cell, entry in held.items() if entry.answer is Answer.VALUE}
