"""The seal of history: each row is signed over what it says and over the row before it. Pure.

A row changed, removed or slipped in behind the product's back breaks the chain there; a cut tail shows by comparing
the heads that backups and exports carry.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from impact.models import History

GENESIS = "0" * 64
"""What the first row of a chain names as the hash before it."""

SEALED = (
    "chain", "seq", "at", "recorded_at", "actor_id", "actor", "action", "subject", "indicator_code", "period_code",
    "before", "after", "reason", "previous_hash",
)  # fmt: skip


def plain(value: Any) -> Any:
    """A value as JSON can carry it: days and times become their ISO text."""
    return value.isoformat() if isinstance(value, datetime | date) else value


def sealed(row: History, key: bytes) -> str:
    """HMAC-SHA256 over everything that the row says, and over the hash before it."""
    return sealed_facts({name: getattr(row, name) for name in SEALED}, key)


def sealed_facts(said: Mapping[str, Any], key: bytes) -> str:
    """`sealed`, of a row that is still to be stored: its SEALED columns."""
    said = {name: plain(said[name]) for name in SEALED}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def is_sealed(row: History, key: bytes) -> bool:
    return hmac.compare_digest(row.hash, sealed(row, key))


def faults(rows: Iterable[History], key: bytes) -> Iterator[str]:
    """Sentences, one per row where a chain is broken; rows come by chain, then number."""
    chain, number, digest = "", 0, GENESIS
    for row in rows:
        if row.chain != chain:
            chain, number, digest = row.chain, 0, GENESIS
        if row.seq != number + 1:
            yield f"Historique {chain} : il manque des lignes entre la {number} et la {row.seq}."
        elif row.previous_hash != digest:
            yield f"Historique {chain}, ligne {row.seq} : elle ne suit pas la ligne {number}."
        if not is_sealed(row, key):
            yield f"Historique {chain}, ligne {row.seq} : son contenu a été modifié ({row.action}, {row.subject})."
        number, digest = row.seq, row.hash
