"""Is this figure acceptable? Reading what was typed, what is refused, what asks for a comment. Pure.

Split by noun: fields (raw texts of any form), drafts (what a person means to store), reading (raw texts to a draft),
refusals (what is impossible), partitions (breakdowns against their total), plausibility (what is surprising), targets
(what is set out to be reached), target_refusals (what cannot be one), definitions, evidence, claims, lexicon,
actions (plans of regional actions; plan_refusals, plan_changes), meetings (what is said, learnt and decided there),
creations (indicators that enter the catalogue by a screen).
"""

from impact.rules.drafts import COLUMNS, FIELDS, EntryDraft, field_label, main_field, to_fields
from impact.rules.partitions import partition_problems
from impact.rules.plausibility import ADVICE, warnings
from impact.rules.reading import read_draft, read_pair
from impact.rules.refusals import refusals

__all__ = [
    "ADVICE", "COLUMNS", "FIELDS", "EntryDraft", "field_label", "main_field", "partition_problems", "read_draft",
    "read_pair", "refusals", "to_fields", "warnings",
]  # fmt: skip
