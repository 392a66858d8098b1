"""What becomes of each row of an imported file."""

from collections.abc import Iterable
from dataclasses import dataclass

from impact.imports.rows import ImportRow
from impact.vocabulary import LabelledEnum


class Outcome(LabelledEnum):
    CREATED = "created", "créé"
    UPDATED = "updated", "modifié"
    UNCHANGED = "unchanged", "inchangé"
    REFUSED = "refused", "refusé"
    IGNORED = "ignored", "ignorée"


@dataclass(frozen=True, slots=True)
class Verdict:
    """messages: why the row is refused. warnings: what its reviewer will ask about, and what is out of scope."""

    row: ImportRow
    outcome: Outcome
    messages: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    submitted: bool = False


def all_accepted(verdicts: Iterable[Verdict]) -> bool:
    """One refused row and nothing of the file is written."""
    return all(verdict.outcome is not Outcome.REFUSED for verdict in verdicts)
