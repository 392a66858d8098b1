"""Approaches of regions side by side: means, reach, results, proof, cost per result, context, comparability. Pure.

Computed once from validated figures by the rules of every other screen (docs/mesure.md, docs/rencontres.md), frozen as
plain JSON, and read back from it. Split by step: shapes, costs (cost per result), freezing (a snapshot's
content), reading.
"""

from impact.confrontation.freezing import canonical, claim_facts, entry_facts, frozen, sealed
from impact.confrontation.reading import (
    action_key,
    claim_of,
    cost_text,
    definition_of,
    entries,
    entry_of,
    figure_ids,
    figure_of,
    figure_text,
    looked_at,
    read,
)
from impact.confrontation.shapes import (
    FEWEST,
    MOST,
    Approach,
    Comparison,
    Cost,
    CostLine,
    Dimension,
    Figure,
    Line,
    PublicClaim,
    Side,
)

__all__ = [
    "FEWEST", "MOST", "Approach", "Comparison", "Cost", "CostLine", "Dimension", "Figure", "Line", "PublicClaim",
    "Side", "action_key", "canonical", "claim_facts", "claim_of", "cost_text", "definition_of", "entries",
    "entry_facts", "entry_of", "figure_ids", "figure_of", "figure_text", "frozen", "looked_at", "read", "sealed",
]  # fmt: skip
