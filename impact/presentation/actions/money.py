"""The money of several plans at one status: by region for a table, a chart and a file; cash apart from in kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from impact.actions import ActionKey, Plan, amount
from impact.figures import SCALE
from impact.vocabulary import FundingState

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class RegionMoney:
    """What the plans of a region count on at one status; budget: in cash, 0 for what comes in kind."""

    region: str
    plans: int
    amount: int
    budget: int


def by_region(
    plans: Mapping[ActionKey, Plan], status: FundingState, order: Iterable[str], *, in_kind: bool
) -> list[RegionMoney]:
    """One row per region with a plan, in the order given: only those that count on something in kind, for these."""
    rows = []
    for region in order:
        own = [plan for key, plan in plans.items() if key.region == region]
        total = sum(amount(plan, status, in_kind=in_kind) for plan in own)
        budget = 0 if in_kind else sum(plan.budget or 0 for plan in own)
        if own and (total or not in_kind):
            rows.append(RegionMoney(region, len(own), total, budget))
    return rows


def frame(rows: Iterable[RegionMoney], names: Mapping[str, str], status: FundingState) -> "pd.DataFrame":
    """For charts.funding: code_region, region, plans:int, statut:str, montant:float and budget:float in euros."""
    import pandas as pd

    told = [
        (one.region, names[one.region], one.plans, status.label, one.amount / SCALE, one.budget / SCALE)
        for one in rows
    ]  # fmt: skip
    return pd.DataFrame(told, columns=["code_region", "region", "plans", "statut", "montant", "budget"])
