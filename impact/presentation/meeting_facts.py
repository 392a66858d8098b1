"""The words of what history keeps of national meetings, of what they compared and decided. Pure."""

from impact.vocabulary import DecisionKind, DecisionState

FACTS = {
    "theme": "Thème",
    "chantiers": "Chantiers",
    "place": "Lieu",
    "agenda": "Ordre du jour",
    "participants": "Participants",
    "statement": "Énoncé",
    "conditions": "Conditions de validité",
    "proof": "Ce qui l’établit",
    "compared": "Actions confrontées",
    "decision_kind": "Nature de la décision",
    "owner": "Responsable",
    "owner_region": "Région du responsable",
    "due_on": "À faire pour le",
    "action_region": "Région de l’action",
    "host_region": "Région hôte",
    "host_action": "Action préparée n°",
    "adaptation": "Adaptation",
    "agreement_on": "Convention signée le",
    "agreement_piece": "Pièce de la convention n°",
    "indicator_code": "Indicateur entré au référentiel",
    "snapshot_number": "Confrontation n°",
    "decision_state": "État de la décision",
    "outcome": "Ce qu’il en est advenu",
    "succeeded": "Réussite",
}
"""Beside those that other things have as well (a title, a link, an action's number)."""
LISTS = {"decision_kind": DecisionKind, "decision_state": DecisionState}
UNTOLD = {"meeting", "decision", "milestone_number", "measure_draft", "proof_then", "data_version", "snapshot_kind"}
