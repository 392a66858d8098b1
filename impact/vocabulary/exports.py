"""What leaves the product."""

from impact.vocabulary.base import LabelledEnum


class Dialect(LabelledEnum):
    OPEN = "open", "CSV ouvert (virgule, UTF-8)"
    EXCEL_FR = "excel-fr", "CSV pour Excel français (point-virgule)"


class ExportKind(LabelledEnum):
    ENTRIES = "entries", "Chiffres saisis"
    TOTALS = "totals", "Totaux"
    PROGRESS = "progress", "Avancement"
    QUALITY = "quality", "Complétude et ponctualité"
    CIDS = "cids", "Common Impact Data Standard (JSON-LD)"
    PLANS = "plans", "Plans d’action régionaux"
    FUNDING = "funding", "Financements des plans"
    MILESTONES = "milestones", "Jalons"
    MEETINGS = "meetings", "Rencontres nationales"
    DECISIONS = "decisions", "Décisions des rencontres et leur suivi"
    PACKAGE = "package", "Paquet de données (Frictionless)"


CSV_KINDS = (
    ExportKind.ENTRIES, ExportKind.TOTALS, ExportKind.PROGRESS, ExportKind.QUALITY, ExportKind.PLANS,
    ExportKind.FUNDING, ExportKind.MILESTONES, ExportKind.MEETINGS, ExportKind.DECISIONS,
)  # fmt: skip
"""Those that are one CSV file, in the dialect asked for."""
