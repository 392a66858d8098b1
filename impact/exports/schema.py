"""Table Schema of every file of the data package: type, sense, closed list and bounds of each column, by its name."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from impact import proof
from impact.claims import EXPLAINED, HIGHEST
from impact.exports import described
from impact.exports.columns import Column, Kind
from impact.vocabulary import (
    Accumulation,
    Additivity,
    Answer,
    AxisKind,
    Coverage,
    Direction,
    Frequency,
    Measure,
    MethodFamily,
    ProgressState,
    Section,
    Stage,
    Status,
)

Descriptor = dict[str, Any]

_TYPES = {
    Kind.TEXT: "string",
    Kind.CODE: "string",
    Kind.WHOLE: "integer",
    Kind.EXACT: "number",
    Kind.ROUNDED: "number",
    Kind.VALUE: "number",
    Kind.RATE: "number",
    Kind.DATE: "date",
    Kind.MOMENT: "datetime",
    Kind.FLAG: "boolean",
}
PERSON = "Donnée personnelle (adresse du compte) : à retirer avant toute diffusion publique."
DESCRIPTIONS = {
    "code_region": "Région (SDMX REF_AREA) : code INSEE des régions, millésime 2010 ; FR : l’ensemble des régions "
    "choisies.",
    "code_indicateur": "Indicateur (SDMX INDICATOR).",
    "code_chantier": "Chantier.",
    "periode": "Période (SDMX TIME_PERIOD) : ses jours sont dans la table des périodes.",
    "valeur": "Valeur (SDMX OBS_VALUE), dans l’unité de l’indicateur ; vide : inconnue, jamais 0.",
    "numerateur": "Numérateur n, exact.",
    "denominateur": "Dénominateur N, exact : de la part, ou nombre de cas de la moyenne.",
    "motif": "Pourquoi il n’y a pas de valeur.",
    "source": "Source du chiffre.",
    "methode": "Méthode, en une phrase.",
    "lien_preuve": "Adresse de la preuve.",
    "commentaire": "Commentaire de la région.",
    "axe": "Axe de ventilation ; vide : le total.",
    "modalite": "Modalité de l’axe ; vide : le total.",
    "famille_methode": "Famille de méthode (SDMX COLL_METHOD).",
    "population": "Population couverte.",
    "couverture_debut": "Premier jour couvert.",
    "couverture_fin": "Dernier jour couvert.",
    "valeur_calculee": "Valeur affichée (SDMX OBS_VALUE), arrondie une fois aux décimales de l’indicateur ; vide : "
    "non calculable.",
    "statut": "Statut : validé seulement (SDMX OBS_STATUS A).",
    "niveau_f": "Niveau de preuve F0 à F4 : le chiffre est-il fiable ?",
    "niveau_p": "Niveau de preuve P des affirmations d’impact que le chiffre porte ; sans_objet : l’indicateur n’en "
    "porte pas ; vide : aucune n’est lue.",
    "version_indicateur": "Version de la définition sous laquelle le chiffre a été saisi.",
    "saisi_par": PERSON,
    "valide_par": PERSON,
    "saisi_le": "Moment de la saisie, en temps universel.",
    "soumis_le": "Moment de la soumission, en temps universel.",
    "valide_le": "Moment de la validation, en temps universel.",
    "version": "Numéro de version.",
    "unite": "Unité (SDMX UNIT_MEASURE).",
    "date_debut": "Premier jour.",
    "date_fin": "Dernier jour.",
    "valeur_au": "Jour de la valeur, pour un stock.",
    "regions_renseignees": "Régions qui ont répondu.",
    "regions_dues": "Régions attendues.",
    "periodes_renseignees": "Cellules région × période renseignées.",
    "periodes_dues": "Cellules région × période attendues.",
    "couverture": "Ce que le total couvre, ou pourquoi il n’y en a pas.",
    "provisoire": "Des chiffres non validés entrent-ils dans le total ? Jamais ici.",
    "part_f2_et_plus": "Part du numérateur, en valeur absolue, de 0 à 1, prouvée à F2 ou plus.",
    "niveau_f_minimal": "Niveau F le plus bas parmi les chiffres du total.",
    "base": "Situation de départ.",
    "cible": "Cible.",
    "echeance": "Échéance.",
    "realise": "Réalisé à ce jour.",
    "taux": "Taux de réalisation : 0.5 pour la moitié du chemin de la base à la cible.",
    "attendu": "Attendu à ce jour.",
    "rythme": "Taux rapporté à la part du chemin attendue à ce jour : 1 pour un réalisé conforme.",
    "indicateurs_mesures": "Indicateurs mesurés du chantier.",
    "indicateurs_attendus": "Indicateurs attendus du chantier.",
    "cellules_dues": "Chiffres attendus.",
    "cellules_repondues": "Chiffres auxquels la région a répondu.",
    "cellules_a_temps": "Réponses à temps.",
    "completude": "Part des chiffres attendus auxquels la région a répondu, de 0 à 1.",
    "ponctualite": "Part des réponses à temps, de 0 à 1.",
    "part_prouvee": "Part des chiffres validés à F2 ou plus, de 0 à 1.",
    "applicable_a_partir_du": "Premier jour des périodes auxquelles la version s’applique ; vide : toutes.",
    "nom": "Nom.",
    "nom_court": "Nom court.",
    "question": "Question à laquelle l’indicateur répond.",
    "definition": "Définition.",
    "place": "Place dans la chaîne de résultats.",
    "mesure": "Façon de mesurer.",
    "decimales": "Décimales affichées (SDMX DECIMALS).",
    "cumul": "Cumul dans le temps.",
    "additivite": "Les régions s’additionnent-elles ?",
    "sens": "Sens favorable.",
    "frequence": "Rythme (SDMX FREQ).",
    "minimum": "Plus petite valeur possible.",
    "maximum": "Plus grande valeur possible.",
    "seuil_alerte": "Valeur au-delà de laquelle un commentaire est demandé.",
    "libelle_numerateur": "Ce que compte le numérateur.",
    "libelle_denominateur": "Ce que compte le dénominateur.",
    "methode_collecte": "Méthode de collecte.",
    "axes": "Codes des axes de ventilation, séparés par une espace.",
    "iris": "Identifiant IRIS+ le plus proche (correspondance rétrospective).",
    "odd": "Cibles des objectifs de développement durable de 2015 (correspondance rétrospective).",
    "zone": "Métropole ou outre-mer.",
    "population_2011": "Habitants en 2011.",
    "active": "La région est-elle une équipe du réseau ?",
    "campagne": "Campagne.",
    "libelle": "Libellé.",
    "type": "Les modalités s’additionnent-elles au total ?",
}

GRADES = [f"F{level}" for level in range(proof.GRADES)]
"""Of reliability, as files write them."""
LISTS: dict[str, Iterable[str]] = {
    "famille_methode": MethodFamily,
    "statut": [Status.VALIDATED],
    "niveau_f": GRADES,
    "niveau_f_minimal": GRADES,
    "niveau_p": [Answer.NOT_APPLICABLE, *(f"P{level}" for level in range(EXPLAINED, HIGHEST + 1))],
    "couverture": Coverage,
    "place": Stage,
    "mesure": Measure,
    "cumul": Accumulation,
    "additivite": Additivity,
    "sens": Direction,
    "frequence": Frequency,
    "type": AxisKind,
}
OF_A_FILE: dict[tuple[str, str], Iterable[str]] = {
    ("chiffres", "etat"): Answer, ("avancement", "etat"): ProgressState, **described.LISTS,
}  # fmt: skip
"""Closed lists of columns whose name says something else in another file."""
DESCRIBED: dict[str, Mapping[str, str]] = {
    "chiffres": {"etat": "Ce que la région a répondu : valeur, non disponible (SDMX OBS_STATUS L) ou sans objet (M)."},
    "avancement": {"etat": "Où en est l’indicateur par rapport à sa cible."},
    **described.DESCRIPTIONS,
}
SHARES = ("part_f2_et_plus", "completude", "ponctualite", "part_prouvee")
"""Of 0 to 1; other rates have no bound."""
NOT_NEGATIVE = ("denominateur", "decimales", "population_2011", "budget", "montant")
SIGNED = ("ecart_jours",)
"""Whole numbers that may be below zero."""
MOST = {**dict.fromkeys(SHARES, 1), "sections_completes": len(Section)}


def fields(file: str, columns: Sequence[Column], required: Sequence[str], known: dict[str, list[str]]) -> list[Any]:
    """Field descriptors. known: closed lists that the database makes, by column."""
    return [_field(file, column, column.name in required, known) for column in columns]


def _field(file: str, column: Column, required: bool, known: dict[str, list[str]]) -> Descriptor:
    name = column.name
    field: Descriptor = {
        "name": name,
        "type": _TYPES[column.kind],
        "description": DESCRIBED.get(file, {}).get(name) or DESCRIPTIONS[name],
    }
    if column.kind is Kind.FLAG:
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    limits: Descriptor = {"required": True} if required else {}
    values = known.get(name) or list(OF_A_FILE.get((file, name)) or LISTS.get(name, ()))
    if values:
        limits["enum"] = [str(value) for value in values]
    if name in SHARES or name in NOT_NEGATIVE or (column.kind is Kind.WHOLE and name not in SIGNED):
        limits["minimum"] = 1 if name.startswith("version") else 0
    if name in MOST:
        limits["maximum"] = MOST[name]
    return field | ({"constraints": limits} if limits else {})
