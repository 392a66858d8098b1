"""Regional actions, milestones, meetings and their decisions, messages of visitors."""

from impact.vocabulary.base import LabelledEnum


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
