"""A writing process for test_measures: states a sheet of targets, then revises a definition, and says which it did."""

import sys
from datetime import date

from impact.db import transaction
from impact.rules.targets import TargetDraft
from impact.services import catalogue
from impact.services.targets import set_targets
from tests.cast import ODILE, PICARDIE

CAMPAIGN = "2010-2011"
SHEET = ("FOR-03", "FOR-04", "FOR-07", "FOR-08")


def drafts(number: int) -> list[TargetDraft]:
    """Another target for every row of the sheet each time."""
    return [
        TargetDraft(PICARDIE, code, CAMPAIGN, 0, number * 10_000, date(2011, 9, 30), (), "revue", number - 1)
        for code in SHEET
    ]


if __name__ == "__main__":
    for turn in range(1, 1_000):
        with transaction() as session:
            set_targets(session, ODILE, drafts(turn))
        with transaction() as session:
            catalogue.revise(session, ODILE, "FOR-04", {"name": f"Nom {turn}"}, None, "motif", turn)
        sys.stdout.write(f"{turn}\n")
        sys.stdout.flush()
