"""An impact claim and its readings as history keeps them. `check` replays these facts against the tables."""

from typing import Any

from sqlmodel import Session, select

from impact.claims import ClaimKey
from impact.models import ClaimFigure, ClaimReading, ClaimVersion

SAID = (
    "version", "chantier_code", "stage", "finding", "sentence", "what", "who", "how_much", "contribution", "risk",
    "self_declared", "study_reference", "study_number", "counterfactual",
)  # fmt: skip
FOUND = ("version", "level", "criteria", "justification", "study_reference", "figures")


def claim_facts(session: Session, key: ClaimKey, version: int) -> dict[str, Any]:
    """What one version says, JSON-ready; its figures as « 22/COO-08/2010-2011-A »."""
    row = session.get_one(ClaimVersion, (key.region, key.number, version))
    query = select(ClaimFigure).where(
        ClaimFigure.region_code == key.region, ClaimFigure.claim_number == key.number, ClaimFigure.version == version
    )
    cells = sorted((one.figure_region_code, one.indicator_code, one.period_code) for one in session.exec(query))
    kept = {name: getattr(row, name) for name in SAID}
    return {"number": key.number, **kept, "claim_figures": ["/".join(cell) for cell in cells]}


def reading_facts(row: ClaimReading) -> dict[str, Any]:
    """What one reader found, JSON-ready."""
    return {"number": row.claim_number, "reading": row.number, **{name: getattr(row, name) for name in FOUND}}
