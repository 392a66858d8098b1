"""What waits for one person, as the home page and the digest by e-mail both say it. Pure: facts in, items out."""

from impact.digest.facts import CountFact, DecisionFact, Facts, FigureFact, OfferFact, PlanFact, SheetFact
from impact.digest.items import Item, Kind, by_kind, tell, untold
from impact.digest.letters import Letter, letter

__all__ = [
    "CountFact", "DecisionFact", "Facts", "FigureFact", "Item", "Kind", "Letter", "OfferFact", "PlanFact", "SheetFact",
    "by_kind", "letter", "tell", "untold",
]  # fmt: skip
