"""The data package: which files it has, how they hold together, and the descriptor that says so (Frictionless v1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from impact.exports import actions, entries, meetings, progress, quality, references, schema, totals
from impact.exports.cids import MOVEMENT
from impact.exports.columns import Column, utc
from impact.exports.progress import WHOLE_CHANTIER
from impact.exports.request import ExportRequest
from impact.formats import short_date

DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV of the package. also: columns always filled, beside its key; links: (columns, table, its columns)."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    also: tuple[str, ...] = ()
    links: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.csv"


def _to(table: str, *columns: str, as_: tuple[str, ...] = ()) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    return columns, table, as_ or columns


_PLACE = (_to("regions", "code_region"),)
TABLES = (
    Table(
        "chiffres", "Chiffres validés",
        "Chaque chiffre validé, puis ses ventilations. Les périodes choisies, ou toutes.",
        entries.COLUMNS, ("code_region", "code_indicateur", "periode", "axe", "modalite"),
        ("etat", "couverture_debut", "couverture_fin", "statut", "niveau_f", "version_indicateur", "saisi_par",
         "saisi_le", "valide_par", "valide_le", "version"),
        (*_PLACE, _to("indicateurs", "code_indicateur"), _to("periodes", "periode"), _to("axes", "axe"),
         _to("modalites", "axe", "modalite"),
         _to("versions", "code_indicateur", "version_indicateur", as_=("code_indicateur", "version"))),
    ),
    Table(
        "totaux", "Totaux",
        "Un total officiel par indicateur et par région, et celui des régions choisies (FR). Entre les dates choisies, "
        "ou sur la campagne en cours.",
        totals.COLUMNS, ("code_indicateur", "code_region"),
        ("version", "date_debut", "date_fin", "unite", "regions_renseignees", "regions_dues", "periodes_renseignees",
         "periodes_dues", "couverture", "provisoire"),
        (*_PLACE, _to("indicateurs", "code_indicateur"), _to("versions", "code_indicateur", "version")),
    ),
    Table(
        "avancement", "Avancement",
        f"Chaque indicateur face à sa cible, et chaque chantier (code_indicateur {WHOLE_CHANTIER}), depuis le début de "
        "la campagne jusqu’à la date de fin choisie, ou jusqu’à ce jour.",
        progress.COLUMNS, ("code_chantier", "code_indicateur", "code_region"), ("etat",),
        (*_PLACE, _to("chantiers", "code_chantier")),
    ),
    Table(
        "completude", "Complétude et ponctualité",
        "Ce qui était dû, ce qui est répondu et à temps, quel que soit le niveau de preuve.",
        quality.COLUMNS, ("code_region", "code_chantier", "periode"),
        ("cellules_dues", "cellules_repondues", "cellules_a_temps"),
        (*_PLACE, _to("chantiers", "code_chantier"), _to("periodes", "periode")),
    ),
    Table(
        "plans", "Plans d’action régionaux", "Chaque action dont un plan est validé, telle qu’elle est aujourd’hui.",
        actions.PLANS, ("code_region", "numero"),
        ("code_chantier", "titre", "statut", "version", "version_validee", "sections_completes"),
        (*_PLACE, _to("chantiers", "code_chantier")),
    ),
    Table(
        "financements", "Financements des plans",
        "Par action, financeur et statut, ce que dit le plan validé. On n’additionne qu’un statut et une nature.",
        actions.FUNDING, ("code_region", "numero", "ligne", "statut"), ("financeur", "nature", "montant"),
        (*_PLACE, _to("plans", "code_region", "numero")),
    ),
    Table(
        "jalons", "Jalons",
        "Les dates qui comptent, du pays (FR) et des régions ; attendues ou atteintes entre les dates choisies.",
        actions.MILESTONES, ("code_region", "numero"),
        ("nature", "nom", "prevu_le", "etat", "prevision"), _PLACE,
    ),
    Table(
        "rencontres", "Rencontres nationales",
        "Celles des dates et chantiers choisis, où une région choisie est venue ou qui l’ont concernée.",
        meetings.MEETINGS, ("numero",),
        ("theme", "prevue_le", "etat", "prevision", "documents", "enseignements", "decisions"),
    ),
    Table(
        "decisions", "Décisions des rencontres", "Ce que ces rencontres ont décidé, et ce qu’il en est advenu.",
        meetings.DECISIONS, ("rencontre", "numero"),
        ("nature", "decision", "motif", "prise_le", "responsable", "echeance", "etat"),
        (_to("rencontres", "rencontre", as_=("numero",)),
         *(_to("regions", f"code_region_{of}", as_=("code_region",)) for of in ("responsable", "source", "accueil")),
         _to("indicateurs", "code_indicateur")),
    ),
    Table(
        "indicateurs", "Indicateurs", "Le catalogue ; le nom est celui de la dernière version.",
        references.INDICATORS, ("code_indicateur",), ("code_chantier", "nom"), (_to("chantiers", "code_chantier"),),
    ),
    Table(
        "versions", "Versions des définitions",
        "Chaque version de chaque indicateur. Rien ne s’additionne d’une version à l’autre.",
        references.VERSIONS, ("code_indicateur", "version"),
        ("nom", "definition", "place", "mesure", "unite", "decimales", "cumul", "additivite", "sens", "frequence"),
        (_to("indicateurs", "code_indicateur"),),
    ),
    Table(
        "regions", "Régions",
        "Les régions de 2010 : codes INSEE du millésime 2010, avant la réforme de 2016 ; FR n’est pas une région.",
        references.REGIONS, ("code_region",), ("nom", "zone"),
    ),
    Table("chantiers", "Chantiers", "Les lignes d’action.", references.CHANTIERS, ("code_chantier",), ("nom",)),
    Table(
        "periodes", "Périodes", "Le calendrier des campagnes ; les deux jours sont compris.",
        references.PERIODS, ("periode",), ("campagne", "frequence", "date_debut", "date_fin", "echeance"),
    ),
    Table("axes", "Axes de ventilation", "Ce selon quoi un chiffre se ventile.", references.AXES, ("axe",),
          ("libelle", "type")),
    Table(
        "modalites", "Modalités", "Les modalités de chaque axe.",
        references.CATEGORIES, ("axe", "modalite"), ("libelle",), (_to("axes", "axe"),),
    ),
)  # fmt: skip
"""In the order of the package; what is referred to follows."""

MAY_BE_EMPTY = ("axe", "modalite")
"""Of the key of figures: a total has no category."""


@dataclass(frozen=True, slots=True)
class Written:
    """A CSV as it went into the package."""

    table: Table
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class About:
    """What the descriptor says of the whole. heads: last number and hash of each chain of history."""

    request: ExportRequest
    made_at: datetime
    today: date
    address: str
    heads: Mapping[str, tuple[int, str]]
    indicators: Sequence[str]


def descriptor(about: About, files: Sequence[Written]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "action-regionale-mesure-et-preuve",
        "title": "Action régionale : les chiffres validés, leur preuve, les actions et ce qui en est décidé",
        "description": f"Situation au {short_date(about.today)}. Dialecte CSV ouvert : virgule, UTF-8, point décimal, "
        "dates ISO ; une cellule vide est inconnue, jamais 0.",
        "created": utc(about.made_at),
        "homepage": about.address,
        "licenses": [
            {"name": "notspecified", "title": "Licence non précisée : demander au réseau avant de rediffuser"}
        ],
        "sources": [{"title": "Équipes régionales, chiffres relus par le bureau national", "path": about.address}],
        "contributors": [{"title": MOVEMENT, "role": "publisher"}],
        "as_of": about.today.isoformat(),
        "filters": about.request.filters(),
        "history_heads": {chain: {"number": number, "hash": digest} for chain, (number, digest) in about.heads.items()},
        "resources": [_resource(one, about) for one in files],
    }


def _resource(written: Written, about: About) -> dict[str, Any]:
    table = written.table
    filled = (*(name for name in table.key if table.name != "chiffres" or name not in MAY_BE_EMPTY), *table.also)
    known = {"code_indicateur": [*about.indicators, WHOLE_CHANTIER]} if table.name == "avancement" else {}
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.file,
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": written.size,
        "hash": f"sha256:{written.sha256}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": schema.fields(table.name, table.columns, filled, known),
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": list(own), "reference": {"resource": other, "fields": list(theirs)}}
                for own, other, theirs in table.links
            ],
            "missingValues": [""],
        },
    }
