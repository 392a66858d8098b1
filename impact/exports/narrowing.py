"""What each file can be narrowed by, and the words for what it cannot."""

from collections.abc import Mapping
from dataclasses import replace

from impact.exports.request import ExportRequest
from impact.vocabulary import ExportKind

DATES, REGIONS, CHANTIERS, INDICATORS, PROOF, PROVISIONAL = (
    "dates", "regions", "chantiers", "indicators", "min_proof", "provisional",
)  # fmt: skip
WORDS: Mapping[str, str] = {
    DATES: "par dates",
    REGIONS: "par régions",
    CHANTIERS: "par chantiers",
    INDICATORS: "par indicateurs",
    PROOF: "par niveau de preuve",
    PROVISIONAL: "par chiffres provisoires",
}
OF_FIGURES = frozenset({DATES, REGIONS, CHANTIERS, INDICATORS, PROOF})
OF_MEETINGS = frozenset({DATES, REGIONS, CHANTIERS})
TAKEN: Mapping[ExportKind, frozenset[str]] = {
    ExportKind.ENTRIES: OF_FIGURES | {PROVISIONAL},
    ExportKind.TOTALS: OF_FIGURES | {PROVISIONAL},
    ExportKind.PROGRESS: OF_FIGURES | {PROVISIONAL},
    ExportKind.QUALITY: OF_FIGURES - {PROOF},
    ExportKind.PLANS: frozenset({REGIONS, CHANTIERS}),
    ExportKind.FUNDING: frozenset({REGIONS, CHANTIERS}),
    ExportKind.MILESTONES: frozenset({DATES, REGIONS}),
    ExportKind.MEETINGS: OF_MEETINGS,
    ExportKind.DECISIONS: OF_MEETINGS,
    ExportKind.CIDS: OF_FIGURES,
    ExportKind.PACKAGE: OF_FIGURES,
}
"""Plans are as they stand; milestones and meetings have the day that they are expected, or were reached. Entries hold
all that the reader may see, provisional or not."""

OF_ACTIONS = (
    ExportKind.PLANS, ExportKind.FUNDING, ExportKind.MILESTONES, ExportKind.MEETINGS, ExportKind.DECISIONS,
)  # fmt: skip
"""Files about what is done, rather than about figures."""


def asked(request: ExportRequest) -> list[str]:
    """Names of what narrows the file."""
    given = {
        DATES: request.start or request.end,
        REGIONS: request.regions,
        CHANTIERS: request.chantiers,
        INDICATORS: request.indicators,
        PROOF: request.min_proof,
        PROVISIONAL: request.provisional,
    }
    return [name for name, value in given.items() if value]


def in_vain(kind: ExportKind, request: ExportRequest) -> list[str]:
    """Names of what was asked that this file has nothing for."""
    return [name for name in asked(request) if name not in TAKEN[kind]]


def within(kind: ExportKind, request: ExportRequest) -> ExportRequest:
    """The same request without what this file has nothing for: in a package, each table takes what concerns it."""
    taken = TAKEN[kind]
    return replace(
        request,
        start=request.start if DATES in taken else None,
        end=request.end if DATES in taken else None,
        regions=request.regions if REGIONS in taken else (),
        chantiers=request.chantiers if CHANTIERS in taken else (),
        indicators=request.indicators if INDICATORS in taken else (),
        min_proof=request.min_proof if PROOF in taken else 0,
        provisional=request.provisional and PROVISIONAL in taken,
    )
