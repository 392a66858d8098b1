"""What leaves the product as CSV: one column spec per file, two dialects. Pure: rows in, text out.

The outside contract is design/files.md; other programs depend on these names and on this order.
"""

from impact.exports import entries, journal, progress, quality, totals
from impact.exports.columns import Cells, Column
from impact.exports.request import ExportRequest, day, proof_level
from impact.exports.writing import Table, blocks, header, table_blocks, tables
from impact.vocabulary import ExportKind

COLUMNS: dict[ExportKind, tuple[Column, ...]] = {
    ExportKind.ENTRIES: entries.COLUMNS,
    ExportKind.TOTALS: totals.COLUMNS,
    ExportKind.PROGRESS: progress.COLUMNS,
    ExportKind.QUALITY: quality.COLUMNS,
}

__all__ = [
    "COLUMNS", "Cells", "Column", "ExportRequest", "Table", "blocks", "day", "entries", "header", "journal",
    "progress", "proof_level", "quality", "table_blocks", "tables", "totals",
]  # fmt: skip
