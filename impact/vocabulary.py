"""Closed lists, with the French words that the user reads.

The value of a member is what the database stores and what files exchange.
"""

from enum import StrEnum


class LabelledEnum(StrEnum):
    """A closed list whose members carry their French label."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "LabelledEnum":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Role(LabelledEnum):
    CONTRIBUTOR = "contributor", "équipe régionale"
    NATIONAL = "national", "bureau national"
    READER = "reader", "lecteur"
    ADMIN = "admin", "administrateur"


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


CSV_KINDS = (ExportKind.ENTRIES, ExportKind.TOTALS, ExportKind.PROGRESS, ExportKind.QUALITY)
"""Those that are one CSV file, in the dialect asked for."""


class EvidenceKind(LabelledEnum):
    """What a piece of evidence is."""

    REGISTER = "registre", "registre ou feuille d’émargement"
    SURVEY = "enquete", "questionnaire ou enquête"
    REPORT = "rapport", "rapport ou bilan"
    ACCOUNTS = "comptable", "pièce comptable"
    AGREEMENT = "convention", "convention ou contrat"
    CERTIFICATE = "attestation", "attestation"
    STUDY = "etude", "étude ou évaluation"
    OTHER = "autre", "autre"


class Confidentiality(LabelledEnum):
    """Who may open a piece of evidence beside its own region and the national office."""

    NETWORK = "network", "réseau"
    NATIONAL = "national", "bureau national seul"


class Stance(LabelledEnum):
    """What a region says of a term of the shared lexicon."""

    ADOPTED = "adopte", "adopté"
    RESERVED = "adopte_avec_reserve", "adopté avec réserve"
    DECLINED = "refuse", "décliné"


STANCE_SIGNS = {Stance.ADOPTED: "●", Stance.RESERVED: "◐", Stance.DECLINED: "✕"}


class Finding(LabelledEnum):
    """What an impact claim found; adverse and null results are as welcome as good ones."""

    EXPECTED = "attendu", "effet attendu"
    UNEXPECTED = "inattendu", "effet favorable inattendu"
    NONE = "sans_effet", "sans effet constaté"
    ADVERSE = "defavorable", "effet défavorable"


class LinkState(LabelledEnum):
    """How far a link of the results chain is known (docs/mesure.md, *La preuve de l’effet*)."""

    HYPOTHESIS = "hypothese", "hypothèse"
    OBSERVED = "observe", "observé"
    ESTABLISHED = "etabli", "établi"
    CONTRADICTED = "contredit", "contredit"


LINK_SIGNS = {
    LinkState.HYPOTHESIS: "○",
    LinkState.OBSERVED: "◐",
    LinkState.ESTABLISHED: "●",
    LinkState.CONTRADICTED: "✕",
}


class Filter(LabelledEnum):
    """What has to be taken off an effect before it is the action's."""

    DEADWEIGHT = "poids_mort", "poids mort : serait arrivé de toute façon"
    DISPLACEMENT = "deplacement", "déplacement : perdu ailleurs"
    ATTRIBUTION = "autres_causes", "autres causes : attribution à d’autres"
    EROSION = "erosion", "érosion : l’effet s’efface avec le temps"

    @property
    def short(self) -> str:
        """« poids mort »"""
        return self.label.partition(" :")[0]


class Section(LabelledEnum):
    """The five sections of a preparation plan."""

    OBJECTIVES = "objectifs", "Objectifs"
    CONTENT = "contenu", "Contenu"
    FUNDING = "financements", "Financements"
    RESOURCES = "ressources", "Ressources"
    PARTNERS = "partenaires", "Partenaires"


class FundingState(LabelledEnum):
    """How far an amount of money has come; a total adds up one of them at a time (docs/plan.md)."""

    IDENTIFIED = "identifie", "identifié"
    REQUESTED = "sollicite", "sollicité"
    GRANTED = "accorde", "accordé"
    CONTRACTED = "conventionne", "conventionné"
    PAID = "verse", "versé"
    REFUSED = "refuse", "refusé"


class ResourceKind(LabelledEnum):
    PEOPLE = "personnes", "personnes"
    MEANS = "moyens", "moyens matériels"
    EXPERTISE = "expertise", "expertise"
    VOLUNTEERING = "benevolat", "bénévolat"


class Commitment(LabelledEnum):
    """How far a partner has committed itself; in that order."""

    APPROACHED = "pressenti", "pressenti"
    AGREED = "accord_principe", "accord de principe"
    SIGNED = "convention", "convention signée"


class ActionStage(LabelledEnum):
    """How far a regional action has come: derived from gates, never picked (docs/plan.md). In that order."""

    EMERGENCE = "emergence", "émergence"
    STRUCTURING = "structuration", "structuration"
    PREPARATION = "preparation", "préparation"
    DEPLOYMENT = "deploiement", "déploiement"
    SPREADING = "essaimage", "essaimage"


class MilestoneKind(LabelledEnum):
    CONGRESS = "congres", "Congrès"
    DEPLOYMENT = "deploiement", "déploiement"
    MEETING = "rencontre", "rencontre"
    OTHER = "autre", "autre jalon"


class MilestoneState(LabelledEnum):
    PLANNED = "prevu", "prévu"
    REACHED = "atteint", "atteint"
    ABANDONED = "abandonne", "abandonné"


class DecisionKind(LabelledEnum):
    """What a national meeting may decide."""

    NEW_ACTION = "nouvelle_action", "nouvelle action"
    DEPLOYMENT = "deploiement", "déploiement dans une autre région"
    NEW_MEASURE = "nouvelle_mesure", "nouvelle mesure"
    CONTINUATION = "poursuite", "poursuite"
    ADAPTATION = "adaptation", "adaptation"
    STOP = "arret", "arrêt"


class DecisionState(LabelledEnum):
    """What became of a decision."""

    TAKEN = "prise", "prise"
    UNDER_WAY = "engagee", "engagée"
    DONE = "realisee", "réalisée"
    DROPPED = "abandonnee", "abandonnée"


class SnapshotKind(LabelledEnum):
    """What froze its figures."""

    COMPARISON = "confrontation", "confrontation de démarches"


class OfferState(LabelledEnum):
    """What became of the message of a person who wants to take part."""

    RECEIVED = "recu", "à lire"
    TAKEN_UP = "suivi", "suivi"
    CLOSED = "clos", "clos"
    ERASED = "efface", "effacé"


class LinkPurpose(LabelledEnum):
    ACTIVATION = "activation", "activation du compte"
    RESET = "reset", "nouveau mot de passe"


class LegalPage(LabelledEnum):
    """Texts that the network fills in; the value is the end of the page's address."""

    NOTICE = "mentions_legales", "Mentions légales"
    PRIVACY = "confidentialite", "Confidentialité"
    ACCESSIBILITY = "accessibilite", "Accessibilité"


RELIABILITY_LABELS = ("déclaré", "sourcé", "documenté", "relu", "vérifié par un tiers")
"""French word of each F grade, F0 to F4 (docs/mesure.md, *La fiabilité d’un chiffre*)."""

EFFECT_LABELS = ("sans niveau", "expliqué", "mesuré", "comparé", "confirmé", "répliqué")
"""French word of each P grade, P1 to P5; the first is of a claim that no reader has put at P1 yet."""

NATIONAL_CODE = "FR"
"""Region code of a national row in files, and name of the history chain of acts without a region."""
