"""The figures of the demonstration: invented, plausible, and always the same."""

import hashlib
from decimal import Decimal
from typing import Any

from impact.figures import Cell, Definition
from impact.vocabulary import Measure


def handsome(value: float) -> int:
    """A target as people set one: two figures that count, then noughts."""
    noughts: int = 10 ** max(0, len(str(int(value))) - 2)
    return max(1, round(value / noughts)) * noughts


def noise(cell: Cell, purpose: str) -> float:
    """A number from 0 to 1, always the same for the same cell and purpose."""
    digest = hashlib.sha256("/".join((*cell, purpose)).encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48


def figures(
    definition: Definition, cell: Cell, scale: tuple[float, int], recipe: dict[str, Any], with_parts: bool
) -> dict[str, str]:
    """The figure's fields, with its breakdown where the recipe has one."""
    size, place = scale
    if definition.measure in (Measure.COUNT, Measure.AMOUNT):
        value = max(1, round(recipe["value"] * size))
        return {"valeur": str(value), **(_parts(recipe, value, None) if with_parts else {})}
    cases = max(2, round(recipe["cases"] * size))
    if definition.measure is Measure.MEAN:
        mean = Decimal(str(recipe["mean"])) + Decimal(str(recipe["growth"])) * place
        swung = mean * Decimal(str(round(0.95 + noise(cell, "mean") / 10, 2)))
        return {"valeur": f"{swung:.2f}", "denominateur": str(cases)}
    share = recipe["share"] + recipe["growth"] * place + (noise(cell, "share") - 0.5) / 8 * min(1, 5 * recipe["share"])
    numerator = min(cases, max(0, round(cases * share)))
    parts = _parts(recipe, numerator, cases) if with_parts else {}
    return {"numerateur": str(numerator), "denominateur": str(cases), **parts}


def _parts(recipe: dict[str, Any], numerator: int, denominator: int | None) -> dict[str, str]:
    fields = {}
    for axis, weights in recipe.get("parts", {}).items():
        pair = {"valeur": numerator} if denominator is None else {"numerateur": numerator, "denominateur": denominator}
        for name, whole in pair.items():
            for category, part in split(whole, weights).items():
                fields[f"{axis}/{category}/{name}"] = str(part)
    return fields


def split(whole: int, weights: dict[str, float]) -> dict[str, int]:
    """Whole numbers in proportion to the weights that add up to the whole; the first category takes the rest."""
    parts = {category: int(whole * weight) for category, weight in weights.items()}
    parts[next(iter(parts))] += whole - sum(parts.values())
    return parts
