"""Closed lists, with the French words that the user reads, by noun.

The value of a member is what the database stores and what files exchange.
"""

from impact.vocabulary.actions import (
    ActionStage,
    Commitment,
    DecisionKind,
    DecisionState,
    FundingState,
    MilestoneKind,
    MilestoneState,
    OfferState,
    ResourceKind,
    Section,
    SnapshotKind,
)
from impact.vocabulary.base import (
    LabelledEnum,
)
from impact.vocabulary.exports import (
    CSV_KINDS,
    Dialect,
    ExportKind,
)
from impact.vocabulary.figures import (
    CELL_SIGNS,
    CLAIM_STAGES,
    PROGRESS_SIGNS,
    STATUS_SIGNS,
    WITHOUT_VALUE,
    Accumulation,
    Additivity,
    Answer,
    AxisKind,
    CellState,
    Comparability,
    Coverage,
    Direction,
    Frequency,
    Measure,
    MethodFamily,
    ProgressState,
    Stage,
    Status,
)
from impact.vocabulary.people import (
    LegalPage,
    LinkPurpose,
    Role,
)
from impact.vocabulary.proof import (
    EFFECT_LABELS,
    LINK_SIGNS,
    RELIABILITY_LABELS,
    STANCE_SIGNS,
    Confidentiality,
    EvidenceKind,
    Filter,
    Finding,
    LinkState,
    Stance,
)

NATIONAL_CODE = "FR"
"""Region code of a national row in files, and name of the history chain of acts without a region."""

__all__ = [
    "CELL_SIGNS",
    "CLAIM_STAGES",
    "CSV_KINDS",
    "EFFECT_LABELS",
    "LINK_SIGNS",
    "NATIONAL_CODE",
    "PROGRESS_SIGNS",
    "RELIABILITY_LABELS",
    "STANCE_SIGNS",
    "STATUS_SIGNS",
    "WITHOUT_VALUE",
    "Accumulation",
    "ActionStage",
    "Additivity",
    "Answer",
    "AxisKind",
    "CellState",
    "Commitment",
    "Comparability",
    "Confidentiality",
    "Coverage",
    "DecisionKind",
    "DecisionState",
    "Dialect",
    "Direction",
    "EvidenceKind",
    "ExportKind",
    "Filter",
    "Finding",
    "Frequency",
    "FundingState",
    "LabelledEnum",
    "LegalPage",
    "LinkPurpose",
    "LinkState",
    "Measure",
    "MethodFamily",
    "MilestoneKind",
    "MilestoneState",
    "OfferState",
    "ProgressState",
    "ResourceKind",
    "Role",
    "Section",
    "SnapshotKind",
    "Stage",
    "Stance",
    "Status",
]  # fmt: skip
