"""What a chart draws, as a table on screen and as a file for French Excel, from one and the same frame."""

from collections.abc import Hashable
from decimal import Decimal
from typing import Any

import pandas as pd

from impact.exports.columns import RATE_DECIMALS, Column, Kind
from impact.exports.writing import blocks, header
from impact.formats import number, percent
from impact.vocabulary import CellState, Dialect

LABELS = {
    "code_region": "Code",
    "region": "Région",
    "completude": "Complétude",
    "avancement": "Avancement",
    "texte": "Affiché",
    "classee": "Classée",
    "periode": "Période",
    "valide": "Validé",
    "provisoire": "Provisoire",
    "partiel": "Partiel",
    "couverture": "Couverture",
    "valeur": "Valeur",
    "etat": "État",
    "nom": "Ensemble",
    "niveau_f": "Niveau F",
    "part": "Part",
    "chiffres": "Chiffres",
    "detail": "Détail",
    "version": "Définition",
    "attendu": "Attendu",
    "cible": "Cible",
    "rang": "Rang",
    "numerateur": "n",
    "denominateur": "N",
    "comparabilite": "Comparabilité",
    "terme": "Terme",
    "derniere_version": "Dernière version",
    "position": "Position",
    "sur_version": "Sur la version",
    "en_vigueur": "En vigueur",
    "commentaire": "Commentaire",
    "date": "Date",
    "etape": "Étape",
    "actions": "Actions",
    "jalon": "Jalon",
    "type": "Type",
    "prevu": "Prévu le",
    "attendu_le": "Attendu ou atteint le",
    "decalage": "Décalage en jours",
    "motif": "Motif",
    "plans": "Plans",
    "statut": "Statut",
    "montant": "Montant en €",
    "budget": "Budget en €",
}
"""Header on screen of each column of a chart's file."""

SHARES = frozenset({"completude", "avancement", "part"})
"""Columns that hold 0 to 1 and are shown in per cent."""


def csv_file(data: pd.DataFrame) -> bytes:
    """Semicolons, decimal commas, byte order mark; an unknown value is an empty cell."""
    columns = [Column(str(name), _kind(data[name].dtype)) for name in data.columns]
    rows = (tuple(_cell(value) for value in row) for row in data.itertuples(index=False))
    body = b"".join(text for text, _ in blocks(columns, rows, Dialect.EXCEL_FR))
    return header(columns, Dialect.EXCEL_FR).encode() + body


def _kind(dtype: Any) -> Kind:
    if pd.api.types.is_bool_dtype(dtype):
        return Kind.FLAG
    if pd.api.types.is_integer_dtype(dtype):
        return Kind.WHOLE
    return Kind.ROUNDED if pd.api.types.is_float_dtype(dtype) else Kind.TEXT


def _cell(value: Any) -> Any:
    if pd.isna(value):
        return None
    return _decimal(value) if isinstance(value, float) else value


def _decimal(value: float) -> Decimal:
    """Without the tail of a binary fraction: 0.1 + 0.2 is 0.3."""
    return Decimal(repr(round(float(value), RATE_DECIMALS))).normalize() + 0


def screen_rows(data: pd.DataFrame) -> list[dict[Hashable, str]]:
    """The same cells in French words and numbers; « – » where nothing is known."""
    return [{name: _shown(str(name), value) for name, value in row.items()} for row in data.to_dict("records")]


def _shown(name: str, value: Any) -> str:
    if pd.isna(value):
        return "–"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        exact = _decimal(float(value))
        return percent(100 * exact, 1) if name in SHARES else number(exact)
    return CellState(value).label if name == "etat" else str(value)


def is_number(data: pd.DataFrame, name: Hashable) -> bool:
    """True for the columns that align right."""
    return _kind(data[name].dtype) in (Kind.ROUNDED, Kind.WHOLE)
