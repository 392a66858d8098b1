"""How far a regional action has come: gates that its plan, its proof and its region pass, or not. Pure.

A stage is never picked: it is the highest whose gate and all the lower ones hold, and it falls again when one of them
does not hold any more. Nothing here depends on the day that it is. The gates are told in docs/plan.md.
"""

from impact.stages.criteria import CRITERIA, PLACES, SENTENCES, STAGE_OF, criterion
from impact.stages.facts import REACH, Criterion, Facts, Gate, Passage, Spell, StageNow
from impact.vocabulary import ActionStage

__all__ = [
    "CRITERIA", "PLACES", "REACH", "SENTENCES", "STAGE_OF", "Criterion", "Facts", "Gate", "Passage", "Spell",
    "StageNow", "because", "gates", "held", "highest", "reached",
]  # fmt: skip


def gates(facts: Facts) -> tuple[Gate, ...]:
    """All five, from the lowest one up."""
    return tuple(
        Gate(stage, tuple(criterion(code, sentence, facts) for code, sentence in own.items()))
        for stage, own in CRITERIA.items()
    )


def reached(facts: Facts) -> ActionStage | None:
    """The highest stage whose gate and all the lower ones hold; None = « à constituer », or withdrawn."""
    return None if facts.withdrawn else highest(gates(facts))


def highest(found: tuple[Gate, ...]) -> ActionStage | None:
    """`reached` of gates that are known already, of an action that is not withdrawn."""
    stage = None
    for gate in found:
        if not gate.passed:
            break
        stage = gate.stage
    return stage


def held(found: tuple[Gate, ...]) -> list[str]:
    """Codes of the criteria that hold, of every gate, from the lowest one up."""
    return [one.code for gate in found for one in gate.criteria if one.held]


def because(before: ActionStage | None, after: ActionStage | None, had: set[str], has: set[str]) -> tuple[str, ...]:
    """Of a passage, the criteria that made it: those gained on the way up, those lost that let the stage fall.

    had, has: criteria held at the passage before and at this one.
    """
    order: list[ActionStage | None] = [None, *CRITERIA]
    low, high = sorted((order.index(before), order.index(after)))
    crossed = [code for code, stage in STAGE_OF.items() if low < order.index(stage) <= high]
    changed = has - had if order.index(after) > order.index(before) else had - has
    return tuple(code for code in crossed if code in changed)
