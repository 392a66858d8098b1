"""Indicators, the figures that answer them, and what is made of these."""

from impact.vocabulary.base import LabelledEnum


class Status(LabelledEnum):
    """Where an entry stands between the region and the national office."""

    DRAFT = "draft", "brouillon"
    SUBMITTED = "submitted", "soumis"
    RETURNED = "returned", "à corriger"
    VALIDATED = "validated", "validé"


STATUS_SIGNS = {Status.DRAFT: "✎", Status.SUBMITTED: "→", Status.RETURNED: "↩", Status.VALIDATED: "✓"}


class Answer(LabelledEnum):
    """What an entry says of its cell (files: column `etat`)."""

    VALUE = "valeur", "valeur"
    NOT_AVAILABLE = "non_disponible", "non disponible"
    NOT_APPLICABLE = "sans_objet", "sans objet"


class CellState(LabelledEnum):
    """The five states of a cell (docs/mesure.md, *Zéro, vide et manquant*); exactly one holds."""

    VALUE = "valeur", "valeur"
    NOT_AVAILABLE = "non_disponible", "non disponible"
    NOT_APPLICABLE = "sans_objet", "sans objet"
    MISSING = "manquant", "manquant"
    NOT_DUE = "a_venir", "à venir"


CELL_SIGNS = {
    CellState.VALUE: "●",
    CellState.NOT_AVAILABLE: "∅",
    CellState.NOT_APPLICABLE: "–",
    CellState.MISSING: "○",
    CellState.NOT_DUE: "○",
}


class Measure(LabelledEnum):
    COUNT = "count", "dénombrement"
    AMOUNT = "amount", "montant"
    RATIO = "ratio", "part"
    MEAN = "mean", "moyenne"


class Accumulation(LabelledEnum):
    FLOW = "flow", "flux, cumulé sur les périodes"
    STOCK = "stock", "stock, état en fin de période"


class Additivity(LabelledEnum):
    SUM = "sum", "les régions s’additionnent"
    NONE = "none", "les régions ne s’additionnent pas"


class Direction(LabelledEnum):
    UP = "up", "la hausse est favorable"
    DOWN = "down", "la baisse est favorable"
    NEUTRAL = "neutral", "indicateur de moyens, non classé"


class Frequency(LabelledEnum):
    MONTH = "month", "mensuel"
    QUARTER = "quarter", "trimestriel"
    HALF = "half", "semestriel"
    YEAR = "year", "annuel"


class Stage(LabelledEnum):
    """Place in the results chain, in the words of the European Union's programmes."""

    INPUT = "input", "ressources"
    ACTIVITY = "activity", "activités"
    OUTPUT = "output", "réalisations"
    OUTCOME = "outcome", "résultats"
    IMPACT = "impact", "impacts"


CLAIM_STAGES = (Stage.OUTPUT, Stage.OUTCOME, Stage.IMPACT)
"""Where an impact claim may lead to: the link that it tests comes from the stage before."""


class AxisKind(LabelledEnum):
    PARTITION = "partition", "les modalités s’additionnent au total"
    OVERLAP = "overlap", "une unité peut relever de plusieurs modalités"


class MethodFamily(LabelledEnum):
    REGISTER = "registre", "Registre ou suivi au fil de l’eau"
    CENSUS = "enquete_exhaustive", "Enquête auprès de tous"
    SAMPLE = "sondage", "Enquête par sondage"
    ADMINISTRATIVE = "donnees_administratives", "Données administratives"
    INTERVIEWS = "entretiens", "Entretiens"
    ESTIMATE = "estimation", "Estimation"


class Coverage(LabelledEnum):
    """How complete a total is (files: column `couverture`)."""

    COMPLETE = "complet", "complet"
    PARTIAL = "partiel", "partiel"
    EMPTY = "vide", "vide"
    NOT_ADDITIVE = "non_additif", "non additif"
    NOT_COMPUTABLE = "non_calculable", "n. c."


WITHOUT_VALUE = {Coverage.NOT_COMPUTABLE: "non calculable", Coverage.NOT_ADDITIVE: "non additif"}
"""What is said of an indicator whose figures are there and have no value to set against a target."""


class ProgressState(LabelledEnum):
    """Where an indicator stands against its target (files: column `etat`; docs/mesure.md, *Les cibles*)."""

    ON_TRACK = "en_avance_ou_conforme", "en avance ou conforme"
    WATCH = "a_surveiller", "à surveiller"
    LATE = "en_retard", "en retard"
    NOT_DUE = "a_venir", "à venir"
    NO_TARGET = "sans_cible", "sans cible"
    NOT_REPORTED = "non_renseigne", "non renseigné"
    HELD = "tenu", "tenu"
    NOT_HELD = "non_tenu", "non tenu"
    REACHED = "atteint", "atteint"
    NOT_REACHED = "non_atteint", "non atteint"


PROGRESS_SIGNS = {
    ProgressState.ON_TRACK: "●",
    ProgressState.WATCH: "▲",
    ProgressState.LATE: "▼",
    ProgressState.NOT_DUE: "○",
    ProgressState.NO_TARGET: "–",
    ProgressState.NOT_REPORTED: "○",
    ProgressState.HELD: "●",
    ProgressState.NOT_HELD: "▼",
    ProgressState.REACHED: "●",
    ProgressState.NOT_REACHED: "▲",
}


class Comparability(LabelledEnum):
    """What may be said of two regions' figures side by side (docs/mesure.md, *Comparer deux régions*)."""

    COMPARABLE = "comparable", "comparable"
    PARTIAL = "partiellement_comparable", "partiellement comparable"
    NOT_COMPARABLE = "non_comparable", "non comparable"
