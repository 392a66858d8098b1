"""What each gate asks, whether it holds, and what to do next where it does not. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from impact.actions import Objective, complete, missing, still_identified
from impact.claims import MEASURED
from impact.formats import euros, short_date
from impact.stages.facts import Criterion, Facts
from impact.vocabulary import ActionStage, Commitment, FundingState, Section, Status

CRITERIA: Mapping[ActionStage, Mapping[str, str]] = {
    ActionStage.EMERGENCE: {
        "responsables": "L’équipe et la personne responsable sont nommées.",
        "chantier": "La région est, ou a été, mobilisée sur le chantier de l’action, à ses dates.",
        "besoin": "Le besoin est décrit.",
    },
    ActionStage.STRUCTURING: {
        "objectif": "Un objectif est précis : énoncé, échéance, et un indicateur avec sa cible ou comment on le saura.",
        "partenaire": "Un partenaire a donné son accord de principe, ou signé une convention.",
        "calendrier": "Une activité a un début et une fin.",
    },
    ActionStage.PREPARATION: {
        "sections": "Les cinq sections du plan sont complètes.",
        "references": "Chaque objectif lié à un indicateur a sa valeur de départ.",
        "budget": "Le budget est couvert par l’argent identifié et non refusé, hors apports en nature.",
    },
    ActionStage.DEPLOYMENT: {
        "validation": "Le plan en vigueur est validé par le bureau national.",
        "conventions": "La moitié du budget au moins est conventionnée en argent, convention jointe aux preuves.",
        "activite": "Une activité commence après le Congrès.",
        "periode": "Une première période est renseignée : un chiffre du chantier est soumis ou validé.",
    },
    ActionStage.SPREADING: {
        "preuve": f"Une affirmation de la région sur le chantier est à P{MEASURED} ou plus.",
        "guide": "Un guide de mise en œuvre est joint aux preuves.",
        "accueil": "Une région d’accueil a signé son accord, joint à ses preuves.",
    },
}
"""What each gate asks, from the lowest one up: code -> sentence."""

STAGE_OF = {code: stage for stage, own in CRITERIA.items() for code in own}
SENTENCES = {code: sentence for own in CRITERIA.values() for code, sentence in own.items()}

PLACES: Mapping[str, str] = {
    "responsables": "identite", "chantier": "mobilisations", "besoin": "identite",
    "objectif": Section.OBJECTIVES.value, "partenaire": Section.PARTNERS.value, "calendrier": Section.CONTENT.value,
    "sections": "plan", "references": Section.OBJECTIVES.value, "budget": Section.FUNDING.value,
    "validation": "plan", "conventions": Section.FUNDING.value, "activite": Section.CONTENT.value,
    "periode": "saisie", "preuve": "affirmations", "guide": "identite", "accueil": "rencontres",
}  # fmt: skip
"""Where a criterion is worked at: a section of the plan, its identity, the plan as a whole, or another screen."""


def criterion(code: str, sentence: str, facts: Facts) -> Criterion:
    """How one stands."""
    holds, todo = CHECKS[code]
    is_held = holds(facts)
    return Criterion(code, sentence, is_held, "" if is_held else todo(facts), PLACES[code])


def _mobilised(facts: Facts) -> bool:
    """A spell that shares a day with the action; any spell, where the action has no dates."""
    first, last = facts.plan.identity.start or date.min, facts.plan.identity.end or date.max
    return any(start <= last and (end or date.max) >= first for start, end in facts.spells)


def _specific(one: Objective) -> bool:
    measurable = one.target is not None if one.indicator else bool(one.measure)
    return bool(one.statement) and one.due is not None and measurable


def _has_baselines(facts: Facts) -> bool:
    objectives = facts.plan.objectives
    return bool(objectives) and all(one.baseline is not None for one in objectives if one.indicator)


def _budget(facts: Facts) -> int:
    """0 = none is said yet."""
    return facts.plan.budget or 0


def documented(facts: Facts) -> int:
    """Cash under contract (what is paid is part of it) on the lines that name a piece of the region still there."""
    lines = (one for one in facts.plan.fundings if not one.in_kind and one.piece in facts.pieces)
    return sum(one.amounts.get(FundingState.CONTRACTED, 0) for one in lines)


def _named_nobody(facts: Facts) -> str:
    who = facts.plan.identity
    lacking = [word for word, text in (("la personne responsable", who.lead), ("l’équipe", who.team)) if not text]
    return f"Nommez {' et '.join(lacking)}."


def _incomplete(facts: Facts) -> str:
    lacking = [section.label.lower() for section, what in missing(facts.plan).items() if what]
    return f"Complétez : {', '.join(lacking)}."


def _without_baseline(facts: Facts) -> str:
    lacking = [one.statement for one in facts.plan.objectives if one.indicator and one.baseline is None]
    named = ", ".join(f"« {statement} »" for statement in lacking)
    return f"Dites la valeur de départ de {named}." if lacking else "Écrivez un premier objectif."


def _unbalanced(facts: Facts) -> str:
    if not _budget(facts):
        return "Dites le budget prévu."
    return f"{euros(still_identified(facts.plan))} identifiés sur {euros(_budget(facts))} de budget."


def _uncontracted(facts: Facts) -> str:
    if not _budget(facts):
        return "Dites le budget prévu."
    half = Fraction(_budget(facts), 2)
    return (
        f"{euros(documented(facts))} conventionnés et documentés, {euros(half)} nécessaires : une ligne compte "
        "quand elle nomme la pièce de sa convention."
    )


Check = tuple[Callable[[Facts], bool], Callable[[Facts], str]]

CHECKS: Mapping[str, Check] = {
    "responsables": (lambda f: bool(f.plan.identity.lead and f.plan.identity.team), _named_nobody),
    "chantier": (
        _mobilised, lambda f: "Demandez au bureau national d’engager la région sur ce chantier, aux dates de l’action.",
    ),
    "besoin": (lambda f: bool(f.plan.identity.need), lambda f: "Décrivez le besoin auquel l’action répond."),
    "objectif": (
        lambda f: any(map(_specific, f.plan.objectives)),
        lambda f: "Écrivez un objectif avec son échéance, et sa cible ou comment on le saura.",
    ),
    "partenaire": (
        lambda f: any(one.commitment in (Commitment.AGREED, Commitment.SIGNED) for one in f.plan.partners),
        lambda f: "Obtenez l’accord de principe d’un partenaire, et dites-le.",
    ),
    "calendrier": (
        lambda f: any(one.start and one.end for one in f.plan.activities),
        lambda f: "Donnez un début et une fin à une activité.",
    ),
    "sections": (lambda f: complete(f.plan) == len(Section), _incomplete),
    "references": (_has_baselines, _without_baseline),
    "budget": (lambda f: 0 < _budget(f) <= still_identified(f.plan), _unbalanced),
    "validation": (
        lambda f: f.status is Status.VALIDATED,
        lambda f: "Le bureau national valide le plan, une fois soumis."
        if f.status is Status.SUBMITTED
        else "Soumettez le plan au bureau national.",
    ),
    "conventions": (lambda f: 0 < _budget(f) <= 2 * documented(f), _uncontracted),
    "activite": (
        lambda f: any(one.start and one.start > f.after for one in f.plan.activities),
        lambda f: f"Prévoyez une activité qui commence après le {short_date(f.after)}.",
    ),
    "periode": (lambda f: f.reported, lambda f: "Saisissez et soumettez un premier chiffre du chantier."),
    "preuve": (
        lambda f: f.level >= MEASURED,
        lambda f: f"Faites lire une affirmation jusqu’à P{MEASURED} ; la plus haute est à P{f.level}."
        if f.level
        else f"Écrivez une affirmation d’impact, et faites-la lire jusqu’à P{MEASURED}.",
    ),
    "guide": (
        lambda f: f.plan.identity.guide in f.pieces,
        lambda f: "Déposez le guide parmi les preuves, et nommez-le dans le plan.",
    ),
    "accueil": (
        lambda f: bool(f.hosts),
        lambda f: "Une rencontre nationale décide d’un déploiement ; la région d’accueil signe et dépose son accord.",
    ),
}  # fmt: skip
"""By criterion: whether it holds, and what to do next where it does not."""
