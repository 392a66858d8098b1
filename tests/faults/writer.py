"""A writing process for test_kill: threads save figures through the services and print what was acknowledged."""

import sys
import threading

from impact import rules
from impact.db import transaction
from impact.figures import Cell
from impact.queries.book import Book
from impact.services.entries import save_entry
from tests.cast import KARIM, PICARDIE

WRITERS = ("FOR-01", "FOR-02", "FOR-03", "FOR-04")


def write_for_ever(indicator: str) -> None:
    cell = Cell(PICARDIE, indicator, "2010-2011-T3")
    for number in range(1, 1_000_000):
        with transaction() as session:
            fields = {"valeur": str(number), "commentaire": f"essai {number}"}
            draft, problems = rules.read_draft(Book(session).definition(indicator), cell, fields, number - 1)
            assert draft is not None
            assert not problems
            save_entry(session, KARIM, draft)
        sys.stdout.write(f"{indicator} {number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    for name in WRITERS:
        threading.Thread(target=write_for_ever, args=(name,)).start()
