"""What the columns of plans, their money, milestones, meetings and decisions say, where it is theirs alone."""

from collections.abc import Iterable, Mapping

from impact.rules.actions import FORMS
from impact.vocabulary import (
    ActionStage,
    DecisionKind,
    DecisionState,
    FundingState,
    MilestoneKind,
    MilestoneState,
    Status,
)

_ACTION = "Numéro de l’action dans sa région."
_NAMED = "Personne ou fonction : à relire avant toute diffusion publique."
DESCRIPTIONS: Mapping[str, Mapping[str, str]] = {
    "plans": {
        "numero": _ACTION,
        "titre": "Titre de l’action.",
        "besoin": "Besoin auquel elle répond.",
        "responsable": _NAMED,
        "equipe": _NAMED,
        "contact": "Toujours vide ici : un contact ne quitte pas la région et le bureau national.",
        "etape": "Étape atteinte, déduite de ses critères ; vide : l’action est à constituer.",
        "statut": "Statut du plan : validé seulement.",
        "version": "Version du plan que décrit la ligne.",
        "version_validee": "Dernière version validée.",
        "sections_completes": "Sections complètes du plan, sur cinq.",
        "debut": "Premier jour de l’action.",
        "fin": "Dernier jour de l’action.",
        "budget": "Dépenses prévues, en euros, hors apports en nature.",
        "soumis_le": "Moment de la soumission du plan, en temps universel ; vide : une autre version se prépare.",
        "valide_le": "Moment de la validation du plan, en temps universel ; vide : de même.",
        "retire_le": "Moment où l’action a été retirée, en temps universel ; vide : elle ne l’est pas.",
        "motif_retrait": "Pourquoi elle a été retirée.",
    },
    "financements": {
        "numero": _ACTION,
        "ligne": "Rang de la ligne dans le plan.",
        "financeur": "Qui finance.",
        "nature": "Numéraire ou apport en nature, à sa valeur déclarée : les deux ne s’additionnent pas.",
        "statut": "Où en est l’argent. Chaque montant est compris dans celui du statut d’avant (identifié, sollicité, "
        "accordé, conventionné, versé ; refusé est compris dans sollicité) : n’additionnez qu’un statut à la fois.",
        "montant": "Montant, en euros.",
    },
    "jalons": {
        "numero": "Numéro du jalon dans la région, ou pour le pays (FR).",
        "nature": "Ce que le jalon marque.",
        "nom": "Nom du jalon.",
        "numero_action": "Action de la région que le jalon concerne ; vide : aucune en particulier.",
        "prevu_le": "Jour prévu à l’origine : il ne change jamais.",
        "etat": "Prévu, atteint ou abandonné.",
        "prevision": "Jour attendu aujourd’hui, ou jour où le jalon a été atteint.",
        "ecart_jours": "Jours du jour prévu à la prévision ; négatif : en avance ; vide : le jalon est abandonné.",
        "motif": "Pourquoi la prévision a changé.",
    },
    "rencontres": {
        "numero": "Numéro de la rencontre.",
        "theme": "Thème.",
        "chantiers": "Codes des chantiers, séparés par une espace.",
        "prevue_le": "Jour prévu à l’origine.",
        "etat": "Prévue, atteinte (tenue) ou abandonnée.",
        "prevision": "Jour attendu aujourd’hui, ou jour où elle s’est tenue.",
        "lieu": "Lieu.",
        "regions": "Codes des régions venues ou attendues, séparés par une espace.",
        "documents": "Documents joints.",
        "enseignements": "Enseignements tirés.",
        "decisions": "Décisions prises.",
    },
    "decisions": {
        "rencontre": "Numéro de la rencontre qui a décidé.",
        "numero": "Numéro de la décision dans la rencontre.",
        "nature": "Ce que la rencontre a décidé.",
        "decision": "La décision, telle qu’elle a été prise.",
        "motif": "Pourquoi.",
        "prise_le": "Jour où elle a été prise.",
        "responsable": _NAMED,
        "code_region_responsable": "Région du responsable ; vide : aucune.",
        "etat": "Où en est la décision.",
        "suite": "Ce qu’il en est advenu, au dernier point.",
        "reussie": "D’un déploiement réalisé : a-t-il réussi ? Vide : pas encore dit.",
        "code_region_source": "Région de l’action que la décision concerne.",
        "numero_source": "Numéro de cette action.",
        "code_region_accueil": "Région qui accueille l’action décidée.",
        "numero_accueil": "Numéro de l’action préparée dans la région d’accueil.",
        "adaptation": "Ce que la région d’accueil adapte.",
        "accord_le": "Jour de l’accord signé par la région d’accueil.",
        "code_indicateur": "Indicateur que la mesure décidée est devenue.",
        "arrete": "Numéro de l’arrêté de chiffres sur lequel la décision s’appuie.",
    },
}
LISTS: Mapping[tuple[str, str], Iterable[str]] = {
    ("plans", "etape"): ActionStage,
    ("plans", "statut"): [Status.VALIDATED],
    ("financements", "nature"): FORMS,
    ("financements", "statut"): FundingState,
    ("jalons", "nature"): MilestoneKind,
    ("jalons", "etat"): MilestoneState,
    ("rencontres", "etat"): MilestoneState,
    ("decisions", "nature"): DecisionKind,
    ("decisions", "etat"): DecisionState,
}
"""By file and column."""
