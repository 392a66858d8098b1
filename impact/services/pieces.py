"""A piece of evidence as history keeps it. `check` replays these facts against the tables."""

from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from impact.chain import plain
from impact.figures import Cell
from impact.models import Evidence, EvidenceUse, EvidenceVersion

PIECE_FACTS = ("kind", "title", "confidentiality", "version", "withdrawn_reason")
FILE_FACTS = ("sha256", "name", "media_type", "extension", "size", "pages")
VERSION_FACTS = (*FILE_FACTS, "link", "author", "population", "asked", "respondents", "document_date")


class PieceKey(NamedTuple):
    region: str
    number: int

    @property
    def subject(self) -> str:
        return f"Pièce {self.region}-{self.number}"


def piece_facts(session: Session, row: Evidence) -> dict[str, Any]:
    """A piece as history keeps it, JSON-ready: its description, its version that counts, the figures that it backs."""
    key = PieceKey(row.region_code, row.number)
    own = {name: getattr(row, name) for name in PIECE_FACTS}
    said = of_version(session.get_one(EvidenceVersion, (*key, row.version)))
    return {**own, **said, "cells": [f"{cell.indicator}/{cell.period}" for cell in cells_of(session, key)]}


def of_version(row: EvidenceVersion) -> dict[str, Any]:
    """What one version says, JSON-ready."""
    return {name: plain(getattr(row, name)) for name in VERSION_FACTS}


def cells_of(session: Session, key: PieceKey) -> list[Cell]:
    query = select(EvidenceUse).where(EvidenceUse.region_code == key.region, EvidenceUse.evidence_number == key.number)
    rows = session.exec(query.order_by(col(EvidenceUse.indicator_code), col(EvidenceUse.period_code)))
    return [Cell(row.region_code, row.indicator_code, row.period_code) for row in rows]
