"""Pieces of evidence put in by a region, for tests of whoever meets them."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from impact.documents.receiving import receive
from impact.figures import Cell
from impact.permissions import Actor
from impact.rules.evidence import EvidenceDraft
from impact.services import evidence
from impact.services.pieces import PieceKey
from impact.vocabulary import Confidentiality, EvidenceKind

LINK = "https://exemple.org/registre"


def described(**changes: Any) -> EvidenceDraft:
    """A register, open to the network."""
    said: dict[str, Any] = {
        "kind": EvidenceKind.REGISTER, "title": "Registre régional", "confidentiality": Confidentiality.NETWORK,
    }  # fmt: skip
    return EvidenceDraft(**{**said, **changes})


def deposit(
    session: Session, actor: Actor, cells: Sequence[Cell], content: bytes = b"", name: str = "registre.pdf", **said: Any
) -> PieceKey:
    """A piece of the region of the cells; a link where there is no content."""
    region = cells[0].region
    if not content:
        return evidence.add_piece(session, actor, region, described(**{"link": LINK, **said}), cells)
    with receive(content, name) as file:
        return evidence.add_piece(session, actor, region, described(**said), cells, file=file)


def replace(
    session: Session, actor: Actor, key: PieceKey, content: bytes, name: str, seen: int = 1, **said: Any
) -> int:
    with receive(content, name) as file:
        return evidence.replace_piece(session, actor, key, described(**said), "plus complet", seen, file=file)
