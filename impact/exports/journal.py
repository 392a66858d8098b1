"""The journal as a file: every row of history, with the hash that chains it to the one before."""

import json
from datetime import datetime
from typing import Any, NamedTuple

from impact.exports.columns import Cells, Column, Kind

COLUMNS = (
    Column("chaine", Kind.CODE),
    Column("numero", Kind.WHOLE),
    Column("date", Kind.MOMENT),
    Column("enregistre_le", Kind.MOMENT),
    Column("acteur", Kind.TEXT),
    Column("action", Kind.CODE),
    Column("objet", Kind.TEXT),
    Column("code_indicateur", Kind.CODE),
    Column("periode", Kind.CODE),
    Column("avant", Kind.TEXT),
    Column("apres", Kind.TEXT),
    Column("motif", Kind.TEXT),
    Column("empreinte", Kind.CODE),
)


STORED = (
    "chain", "seq", "at", "recorded_at", "actor", "action", "subject", "indicator_code", "period_code", "before",
    "after", "reason", "hash",
)  # fmt: skip
"""Columns of the table of history, in the order of HistoryFact."""


class HistoryFact(NamedTuple):
    """One row of history. at: the product's day; recorded_at: real time; before, after: facts or nothing."""

    chain: str
    seq: int
    at: datetime
    recorded_at: datetime
    actor: str
    action: str
    subject: str
    indicator: str
    period: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str
    hash: str


def _facts(facts: dict[str, Any] | None) -> str | None:
    return None if facts is None else json.dumps(facts, ensure_ascii=False, sort_keys=True)


def cells(fact: HistoryFact) -> Cells:
    return (*fact[:9], _facts(fact.before), _facts(fact.after), fact.reason, fact.hash)
