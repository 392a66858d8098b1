"""The money of several plans at one status: by region for a table, a chart and a file; cash apart from in kind.

What nobody said is not zero: it is None, and « non dit » on the screen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

from impact.actions import ActionKey, Plan, added
from impact.figures import SCALE
from impact.vocabulary import FundingState

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class RegionMoney:
    """What the plans of a region count on at one status; budget: in cash, None beside what comes in kind."""

    region: str
    plans: int
    amount: int | None
    budget: int | None


def by_region(
    plans: Mapping[ActionKey, Plan], status: FundingState, order: Iterable[str], *, in_kind: bool
) -> list[RegionMoney]:
    """One row per region with a plan, in the order given; in kind, only the regions that say something of it."""
    rows = []
    for region in order:
        own = [plan for key, plan in plans.items() if key.region == region]
        found = added(one.amounts.get(status) for plan in own for one in plan.fundings if one.in_kind is in_kind)
        budget = None if in_kind else added(plan.budget for plan in own)
        if own and (found is not None or not in_kind):
            rows.append(RegionMoney(region, len(own), found, budget))
    return rows


def frame(rows: Iterable[RegionMoney], names: Mapping[str, str], status: FundingState) -> "pd.DataFrame":
    """For charts.funding: code_region, region, plans:int, statut:str, montant and budget:float in euros, or NaN."""
    import pandas as pd

    told = [
        (one.region, names[one.region], one.plans, status.label, _euros(one.amount), _euros(one.budget))
        for one in rows
    ]  # fmt: skip
    return pd.DataFrame(told, columns=["code_region", "region", "plans", "statut", "montant", "budget"])


def _euros(amount: int | None) -> float:
    return nan if amount is None else amount / SCALE
