"""SQLModel tables and constraints, by noun. They do not validate: input goes through drafts and rules first."""

from impact.models.base import Table
from impact.models.claims import Claim, ClaimFigure, ClaimReading, ClaimVersion
from impact.models.evidence import Evidence, EvidenceUse, EvidenceVersion
from impact.models.figures import Breakdown, Entry, MobilisationSpell, Reopening, TypedDraft
from impact.models.lexicon import TermStance, TermVersion
from impact.models.people import (
    Account,
    AccountLink,
    AccountRegion,
    DataVersion,
    ExportRecord,
    FormToken,
    History,
    LegalText,
    Setting,
    SignIn,
    SignInAttempt,
)
from impact.models.progress import Reporting, Standing, TargetRevision
from impact.models.reference import (
    BreakdownAxis,
    BreakdownCategory,
    Campaign,
    Chantier,
    Indicator,
    IndicatorVersion,
    Region,
    ReportingPeriod,
)

__all__ = [
    "Account", "AccountLink", "AccountRegion", "Breakdown", "BreakdownAxis", "BreakdownCategory", "Campaign",
    "Chantier", "Claim", "ClaimFigure", "ClaimReading", "ClaimVersion", "DataVersion", "Entry", "Evidence",
    "EvidenceUse", "EvidenceVersion", "ExportRecord", "FormToken", "History", "Indicator", "IndicatorVersion",
    "LegalText", "MobilisationSpell", "Region", "Reopening", "Reporting", "ReportingPeriod", "Setting", "SignIn",
    "SignInAttempt", "Standing", "Table", "TargetRevision", "TermStance", "TermVersion", "TypedDraft",
]  # fmt: skip
