"""SQLModel tables and constraints, by noun. They do not validate: input goes through drafts and rules first."""

from impact.models.actions import (
    ActionActivity,
    ActionFunding,
    ActionObjective,
    ActionPartner,
    ActionResource,
    ActionVersion,
    Milestone,
    MilestoneStatement,
    RegionalAction,
)
from impact.models.base import Table
from impact.models.claims import Claim, ClaimFigure, ClaimReading, ClaimVersion
from impact.models.contacts import DigestChoice, Notice, Offer, OfferAttempt
from impact.models.evidence import Evidence, EvidenceUse, EvidenceVersion
from impact.models.experiences import Experience, ExperienceComment, ExperienceVersion
from impact.models.figures import Breakdown, Entry, MobilisationSpell, Reopening, TypedDraft
from impact.models.lexicon import TermStance, TermVersion
from impact.models.meetings import (
    Decision,
    DecisionStep,
    Lesson,
    Meeting,
    MeetingDocument,
    MeetingParticipant,
    Snapshot,
)
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
    "Account", "AccountLink", "AccountRegion", "ActionActivity", "ActionFunding", "ActionObjective", "ActionPartner",
    "ActionResource", "ActionVersion", "Breakdown", "BreakdownAxis", "BreakdownCategory", "Campaign", "Chantier",
    "Claim", "ClaimFigure", "ClaimReading", "ClaimVersion", "DataVersion", "Decision", "DecisionStep",
    "DigestChoice", "Entry", "Evidence", "EvidenceUse", "EvidenceVersion", "Experience", "ExperienceComment",
    "ExperienceVersion", "ExportRecord", "FormToken", "History", "Indicator", "IndicatorVersion", "LegalText",
    "Lesson", "Meeting", "MeetingDocument", "MeetingParticipant", "Milestone", "MilestoneStatement",
    "MobilisationSpell", "Notice", "Offer", "OfferAttempt", "Region", "RegionalAction", "Reopening", "Reporting",
    "ReportingPeriod", "Setting", "SignIn", "SignInAttempt", "Snapshot", "Standing", "Table", "TargetRevision",
    "TermStance", "TermVersion", "TypedDraft",
]  # fmt: skip
