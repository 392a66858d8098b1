"""Evidence, claims, and the shared lexicon."""

from impact.vocabulary.base import LabelledEnum


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


RELIABILITY_LABELS = ("déclaré", "sourcé", "documenté", "relu", "vérifié par un tiers")
"""French word of each F grade, F0 to F4 (docs/mesure.md, *La fiabilité d’un chiffre*)."""

EFFECT_LABELS = ("sans niveau", "expliqué", "mesuré", "comparé", "confirmé", "répliqué")
"""French word of each P grade, P1 to P5; the first is of a claim that no reader has put at P1 yet."""
