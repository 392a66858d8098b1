"""What leaves the product: CSV, one column spec per file, two dialects; and two open standards. Pure: text comes out.

Other programs depend on these names and on this order: both are a contract.
"""

from impact.exports import actions, entries, journal, meetings, progress, quality, totals
from impact.exports.columns import Cells, Column
from impact.exports.request import ExportRequest, day, proof_level
from impact.exports.writing import Block, blocks, header
from impact.vocabulary import ExportKind

COLUMNS: dict[ExportKind, tuple[Column, ...]] = {
    ExportKind.ENTRIES: entries.COLUMNS,
    ExportKind.TOTALS: totals.COLUMNS,
    ExportKind.PROGRESS: progress.COLUMNS,
    ExportKind.QUALITY: quality.COLUMNS,
    ExportKind.PLANS: actions.PLANS,
    ExportKind.FUNDING: actions.FUNDING,
    ExportKind.MILESTONES: actions.MILESTONES,
    ExportKind.MEETINGS: meetings.MEETINGS,
    ExportKind.DECISIONS: meetings.DECISIONS,
}

__all__ = [
    "COLUMNS", "Block", "Cells", "Column", "ExportRequest", "blocks", "day", "entries", "header", "journal",
    "progress", "proof_level", "quality", "totals",
]  # fmt: skip
