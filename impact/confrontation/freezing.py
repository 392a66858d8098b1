"""A confrontation as a snapshot keeps it: plain JSON, exact numbers, every figure that contributed as it stood."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from fractions import Fraction
from typing import Any

from impact.actions import Plan, stated
from impact.aggregation import LeftOut, Total
from impact.comparability import Basis, Counted, Strip, basis, strip
from impact.confrontation.costs import cost_lines
from impact.confrontation.shapes import DIMENSIONS, Approach, CostLine, PublicClaim
from impact.figures import Cell, CellEntry, Definition
from impact.proof import GRADES
from impact.vocabulary import FundingState, LabelledEnum
from impact.world import World

ASIDE = ("axes", "sheet", "applies_from")
"""Of a definition, what is not needed to read a figure."""


def canonical(content: Mapping[str, Any]) -> str:
    """The one text of a content, over which it is sealed."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def sealed(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def frozen(approaches: Iterable[Approach], world: World, said: Mapping[Cell, Counted]) -> dict[str, Any]:
    """Everything that is shown of actions side by side; the same whatever their order.

    world: of validated figures alone, over the window wanted. said: how its figures were counted.
    """
    sides = sorted(approaches, key=lambda one: one.key)
    chantiers = {one.chantier for one in sides}
    asked = [one for one in world.definitions.values() if one.chantier in chantiers]
    lines = {one.code: _totals(one, sides, world) for one in asked}
    return {
        "window": [world.window.start.isoformat(), world.window.end.isoformat()],
        "taken_on": world.today.isoformat(),
        "actions": [_side(one, [own[str(one.key)] for own in lines.values() if str(one.key) in own]) for one in sides],
        "definitions": _definitions(asked, lines, world),
        "lines": [_line(one, lines[one.code], said) for one in asked],
        "costs": [_cost_line(one) for one in cost_lines(sides, world)],
    }


def definition_facts(definition: Definition) -> dict[str, Any]:
    held = {one.name: getattr(definition, one.name) for one in fields(definition) if one.name not in ASIDE}
    return {name: value.value if isinstance(value, LabelledEnum) else value for name, value in held.items()}


def entry_facts(entry: CellEntry) -> dict[str, Any]:
    """A figure as it stands."""
    return {
        "cell": "/".join(entry.cell), "version": entry.version, "answer": entry.answer.value,
        "status": entry.status.value, "pair": list(entry.pair) if entry.pair else None, "grade": entry.reliability,
    }  # fmt: skip


def claim_facts(one: PublicClaim) -> dict[str, Any]:
    return {**one._asdict(), "finding": one.finding.value}


def _totals(definition: Definition, sides: Sequence[Approach], world: World) -> dict[str, Total]:
    own = [one for one in sides if one.chantier == definition.chantier]
    return {str(one.key): world.total(definition.code, one.key.region) for one in own}


def _definitions(
    asked: Iterable[Definition], lines: Mapping[str, Mapping[str, Total]], world: World
) -> dict[str, dict[str, Any]]:
    """Each version that a line or a total follows, by « FOR-04/2 »."""
    used = {(one.code, one.version) for one in asked}
    used |= {(code, total.version) for code, own in lines.items() for total in own.values()}
    return {f"{code}/{version}": definition_facts(world.definition_of(code, version)) for code, version in sorted(used)}


def _line(definition: Definition, totals: Mapping[str, Total], said: Mapping[Cell, Counted]) -> dict[str, Any]:
    bases: dict[str, Basis] = {}
    for total in totals.values():
        found = basis(total.region, total.used, said)
        if found is not None:
            bases[total.region] = found  # two actions of a region have the same figures
    judged = strip([bases[region] for region in sorted(bases)])
    return {
        "indicator": definition.code, "version": definition.version, "dimension": DIMENSIONS[definition.stage].value,
        "totals": {key: _total(total) for key, total in totals.items()}, "reference": judged.reference,
        "comparability": {key: _judged(judged, one.region) for key, one in totals.items() if one.region in bases},
    }  # fmt: skip


def _judged(judged: Strip, region: str) -> dict[str, Any]:
    return {"word": judged.classes[region].value, "differences": list(judged.differences[region])}


def _total(total: Total) -> dict[str, Any]:
    return {
        "version": total.version, "pair": list(total.pair) if total.pair else None, "coverage": total.coverage.value,
        "cells": [total.cells_answered, total.cells_due], "regions": [total.regions_answered, total.regions_due],
        "value_date": _day(total.value_date), "shares": [_ratio(share) for share in total.composition.shares],
        "lowest": total.composition.lowest,
        "figures": [entry_facts(entry) for entry in sorted(total.used, key=lambda one: one.cell)],
        "left_out": [_left_out(one) for one in sorted(total.left_out, key=lambda one: one.cell)],
    }  # fmt: skip


def _left_out(one: LeftOut) -> dict[str, Any]:
    """With the figure that did not enter, where there is one: what changes in it later is told as well."""
    held = entry_facts(one.entry) if one.entry else None
    return {"cell": "/".join(one.cell), "reason": one.reason, "figure": held}


def _side(one: Approach, totals: Sequence[Total]) -> dict[str, Any]:
    plan = one.plan
    grades = Counter(entry.reliability for total in totals for entry in total.used if entry.pair)
    return {
        "key": str(one.key), "region_name": one.region_name, "population": one.population, "chantier": one.chantier,
        "chantier_name": one.chantier_name, "title": plan.identity.title, "need": plan.identity.need,
        "stage": one.stage.value if one.stage else None, "plan_version": one.version, "budget": plan.budget,
        "cash": _money(plan, in_kind=False), "in_kind": _money(plan, in_kind=True),
        "resources": [[line.kind.value, line.name, line.quantity, line.unit] for line in plan.resources],
        "partners": [[line.name, line.role, line.commitment.value] for line in plan.partners],
        "claims": [claim_facts(claim) for claim in one.claims],
        "grades": [grades[grade] for grade in range(GRADES)], "lowest": min(grades, default=None),
    }  # fmt: skip


def _money(plan: Plan, *, in_kind: bool) -> dict[str, int]:
    """By status, what some line says."""
    found = {status.value: stated(plan, status, in_kind=in_kind) for status in FundingState}
    return {status: held for status, held in found.items() if held is not None}


def _cost_line(one: CostLine) -> dict[str, Any]:
    return {
        "chantier": one.chantier, "spent": _code(one.spent), "result": _code(one.result),
        "costs": {str(key): list(cost) for key, cost in one.costs.items()},
    }  # fmt: skip


def _code(definition: Definition | None) -> str | None:
    """« FOR-04/2 »: a key of « definitions »."""
    return f"{definition.code}/{definition.version}" if definition else None


def _ratio(share: Fraction) -> list[int]:
    return [share.numerator, share.denominator]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
