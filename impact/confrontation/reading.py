"""What a snapshot keeps of a confrontation, read back as it stood: nothing is computed again but for the eye."""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from impact.actions import ActionKey, Partner, Resource
from impact.aggregation import LeftOut
from impact.confrontation.shapes import Comparison, Cost, CostLine, Dimension, Figure, Line, PublicClaim, Side
from impact.figures import SCALE, Cell, CellEntry, Definition, Pair, from_scaled
from impact.formats import NARROW, SMALL_NUMBER, figure, number
from impact.proof import Composition
from impact.vocabulary import (
    Accumulation,
    ActionStage,
    Additivity,
    Answer,
    Commitment,
    Comparability,
    Coverage,
    Direction,
    Finding,
    Frequency,
    FundingState,
    Measure,
    ResourceKind,
    Stage,
    Status,
)

Content = Mapping[str, Any]
WORDS: Mapping[str, Any] = {
    "stage": Stage, "measure": Measure, "accumulation": Accumulation, "additivity": Additivity,
    "direction": Direction, "frequency": Frequency,
}  # fmt: skip


def read(content: Content) -> Comparison:
    start, end = (date.fromisoformat(day) for day in content["window"])
    known = {name: definition_of(facts) for name, facts in content["definitions"].items()}
    return Comparison(
        start, end, date.fromisoformat(content["taken_on"]),
        tuple(_side(one) for one in content["actions"]),
        tuple(_line(one, known) for one in content["lines"]),
        tuple(_cost_line(one, known) for one in content["costs"]),
    )  # fmt: skip


def action_key(text: str) -> ActionKey:
    """The inverse of str(ActionKey): « 22-1 »."""
    region, _, number = text.rpartition("-")
    return ActionKey(region, int(number))


def definition_of(facts: Mapping[str, Any]) -> Definition:
    return Definition(**{**facts, **{name: words(facts[name]) for name, words in WORDS.items()}})


def figure_of(facts: Mapping[str, Any], definition: Definition) -> Figure:
    """A total of a line, or of the figures that a decision looked at."""
    return Figure(
        definition, _pair(facts["pair"]), Coverage(facts["coverage"]), _two(facts["cells"]), _two(facts["regions"]),
        date.fromisoformat(facts["value_date"]) if facts["value_date"] else None,
        Composition(tuple(Fraction(*share) for share in facts["shares"]), facts["lowest"]),
        tuple(entry_of(one) for one in facts["figures"]), tuple(_left_out(one) for one in facts["left_out"]),
    )  # fmt: skip


def entry_of(facts: Mapping[str, Any]) -> CellEntry:
    region, indicator, period = facts["cell"].split("/")
    return CellEntry(
        region, indicator, period, Answer(facts["answer"]), Status(facts["status"]), _pair(facts["pair"]),
        facts["grade"], facts["version"],
    )  # fmt: skip


def _left_out(facts: Mapping[str, Any]) -> LeftOut:
    held = entry_of(facts["figure"]) if facts["figure"] else None
    return LeftOut(Cell(*facts["cell"].split("/")), facts["reason"], held)


def entries(content: Content) -> dict[Cell, CellEntry]:
    """Every figure that was there, whether it entered a total or not."""
    found: dict[Cell, CellEntry] = {}
    for line in read(content).lines:
        for total in line.figures.values():
            held = [*total.used, *(one.entry for one in total.left_out if one.entry)]
            found |= {entry.cell: entry for entry in held}
    return found


def figure_ids(content: Content) -> list[str]:
    """What a decision may say to have looked at: « FOR-04/22-1 », « FOR-01/FOR-04/22-1 » for a cost."""
    comparison = read(content)
    lines = [f"{line.definition.code}/{key}" for line in comparison.lines for key in line.figures]
    return lines + [
        f"{one.name}/{key}" for one in comparison.costs for key, cost in one.costs.items() if not cost.reason
    ]


def looked_at(content: Content, ids: Collection[str]) -> list[dict[str, Any]]:
    """The figures of these names as they stood, in the order of the comparison; names that it has not are left out."""
    found: list[dict[str, Any]] = []
    for line in content["lines"]:
        for key, total in line["totals"].items():
            if (name := f"{line['indicator']}/{key}") in ids:
                definition = content["definitions"][f"{line['indicator']}/{total['version']}"]
                found.append({"name": name, "action": key, "definition": definition, "total": total})
    for cost in content["costs"]:
        if cost["spent"] is None:
            continue
        spent, result = (content["definitions"][cost[name]] for name in ("spent", "result"))
        for key, held in cost["costs"].items():
            if (name := f"{spent['code']}/{result['code']}/{key}") in ids:
                found.append({"name": name, "action": key, "spent": spent, "result": result, "cost": held})
    return found


def figure_text(one: Figure) -> str:
    """As people read it: « 7 sur 9 », « 56,5 % », « n. c. », « – » where there is none."""
    return figure(one.definition, one.pair)


def cost_text(one: Cost, result: Definition | None) -> str:
    """« 62,50 € l’unité (personnes) »; of fewer than 10, the two numbers as they are; else why there is none."""
    if one.value is None or one.numerator is None or one.denominator is None or result is None:
        return f"n.\u00a0c. : {one.reason}"
    if one.denominator < SMALL_NUMBER * SCALE:
        euros, units = number(Fraction(one.numerator, SCALE), 0), number(from_scaled(one.denominator))
        return f"{euros}{NARROW}€ pour {units} ({result.unit})"
    return f"{number(one.value, 2)}{NARROW}€ l’unité ({result.unit})"


def _side(one: Mapping[str, Any]) -> Side:
    return Side(
        action_key(one["key"]), one["region_name"], one["population"], one["chantier"], one["chantier_name"],
        one["title"], one["need"], ActionStage(one["stage"]) if one["stage"] else None, one["plan_version"],
        one["budget"], _money(one["cash"]), _money(one["in_kind"]),
        tuple(Resource(ResourceKind(kind), *rest) for kind, *rest in one["resources"]),
        tuple(Partner(name, role, Commitment(word)) for name, role, word in one["partners"]),
        tuple(claim_of(claim) for claim in one["claims"]), tuple(one["grades"]), one["lowest"],
    )  # fmt: skip


def claim_of(facts: Mapping[str, Any]) -> PublicClaim:
    return PublicClaim(**{**facts, "finding": Finding(facts["finding"])})


def _money(by_status: Mapping[str, int]) -> dict[FundingState, int]:
    return {FundingState(status): held for status, held in by_status.items()}


def _line(one: Mapping[str, Any], known: Mapping[str, Definition]) -> Line:
    code, judged = one["indicator"], one["comparability"]
    return Line(
        known[f"{code}/{one['version']}"], Dimension(one["dimension"]),
        {action_key(key): figure_of(held, known[f"{code}/{held['version']}"]) for key, held in one["totals"].items()},
        one["reference"], {action_key(key): Comparability(held["word"]) for key, held in judged.items()},
        {action_key(key): tuple(held["differences"]) for key, held in judged.items()},
    )  # fmt: skip


def _cost_line(one: Mapping[str, Any], known: Mapping[str, Definition]) -> CostLine:
    spent, result = (known[one[name]] if one[name] else None for name in ("spent", "result"))
    return CostLine(
        one["chantier"], spent, result, {action_key(key): Cost(*held) for key, held in one["costs"].items()}
    )


def _pair(held: list[int] | None) -> Pair | None:
    return Pair(*held) if held else None


def _two(held: list[int]) -> tuple[int, int]:
    return held[0], held[1]
