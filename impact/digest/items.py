"""Which facts are told to a person, in which words, and under which key each is told once."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from impact.digest.facts import Facts, OfferFact
from impact.formats import counted, short_date
from impact.presentation import deadlines
from impact.vocabulary import DecisionState, LabelledEnum, Status

RECENT = timedelta(days=14)
"""What was decided longer ago is no news; what waits for an act never grows old."""
SOON = timedelta(days=3)
"""A sheet that was told of is told again when its last day is that near."""


class Kind(LabelledEnum):
    """The most urgent first; the label is the heading of its items."""

    RETURNED = "retour", "Chiffres à corriger"
    PLAN_RETURNED = "plan_retourne", "Plans à reprendre"
    PLAN_DRAFT = "plan_a_completer", "Plans à compléter"
    LATE = "en_retard", "En retard"
    DUE = "a_remplir", "Feuilles à remplir"
    REVIEW = "a_valider", "Chiffres à valider"
    PLAN_REVIEW = "plan_a_valider", "Plans à valider"
    OFFER = "message", "Volontaires à qui répondre"
    DECISION_LATE = "decision_en_retard", "Décisions en retard"
    AGREEMENT = "convention", "Conventions à signer"
    DECISION = "decision", "Décisions à mener"
    PLAN_VALIDATED = "plan_valide", "Plans validés"
    VALIDATED = "valide", "Chiffres validés"
    TERMS = "lexique", "Lexique partagé"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing. key: the same as long as it is the same thing, so that it is told once. link: from the site's root."""

    kind: Kind
    key: str
    words: str
    link: str


def tell(facts: Facts) -> list[Item]:
    """Everything that waits for the person, the most urgent kind first, in the order of the facts within a kind."""
    items = [
        *_returned(facts),
        *(_chased(facts) if facts.decides else _sheets(facts)),
        *_queues(facts),
        *_plans(facts),
        *(_offer(one, facts.today) for one in facts.offers),
        *_decisions(facts),
        *_terms(facts),
    ]
    return sorted(items, key=lambda item: list(Kind).index(item.kind))


def untold(items: Iterable[Item], told: Collection[str]) -> list[Item]:
    return [item for item in items if item.key not in told]


def by_kind(items: Iterable[Item]) -> list[tuple[Kind, list[Item]]]:
    return [(kind, list(own)) for kind, own in groupby(items, lambda item: item.kind)]


def _short(text: str) -> str:
    """The beginning of what somebody wrote, on one line."""
    return deadlines.first_words(" ".join(text.split()))


def _sheet(region: str, chantier: str, period: str) -> str:
    return f"saisie?region={region}&chantier={chantier}&periode={period}"


def _returned(facts: Facts) -> Iterator[Item]:
    for one in facts.returned:
        yield Item(
            Kind.RETURNED,
            f"retour:{one.region}/{one.indicator}/{one.period}:{one.version}",
            f"{one.region_name}, {one.indicator} {one.period_name} : {_short(one.note)}",
            f"{_sheet(one.region, one.chantier, one.period)}&indicateur={one.indicator}",
        )


def _sheets(facts: Facts) -> Iterator[Item]:
    """Those of periods that are over, and still open or late. A date moved by a reopening makes it another thing."""
    for one in facts.sheets:
        if not (one.has_ended and one.left):
            continue
        late, near = one.last_day < facts.today, one.last_day - facts.today <= SOON
        what = f"{one.region_name}, {one.chantier} {one.period_name} : {counted(one.left, 'chiffre')} à soumettre"
        key = f"{one.region}/{one.chantier}/{one.period}:{one.last_day}"
        kind = Kind.LATE if late else Kind.DUE
        yield Item(
            kind,
            f"{kind.value}:{key}{':bientot' if near and not late else ''}",
            f"{what}, {deadlines.until(one.last_day, facts.today)}",
            _sheet(one.region, one.chantier, one.period),
        )


def _chased(facts: Facts) -> Iterator[Item]:
    """Regions whose sheets are late, for the office; another late sheet makes it another thing."""
    late = sorted((one for one in facts.sheets if one.left and one.last_day < facts.today), key=lambda one: one.region)
    for region, group in groupby(late, key=lambda one: one.region):
        own = list(group)
        latest = max(one.last_day for one in own)
        yield Item(
            Kind.LATE,
            f"relance:{region}:{latest}",
            f"{own[0].region_name} : {counted(len(own), 'feuille')} en retard",
            f"region?region={region}",
        )


def _queues(facts: Facts) -> Iterator[Item]:
    for one in facts.waiting:
        yield Item(
            Kind.REVIEW,
            f"a_valider:{one.region}:{one.mark}",
            f"{one.region_name} : {counted(one.count, 'chiffre')} à relire",
            f"validation?region={one.region}",
        )
    for one in facts.validated:
        said = counted(one.count, "chiffre validé", "chiffres validés")
        yield Item(
            Kind.VALIDATED,
            f"valide:{one.region}:{one.on}",
            f"{one.region_name} : {said} le {short_date(one.on)}",
            f"region?region={one.region}",
        )


def _plans(facts: Facts) -> Iterator[Item]:
    """Submitted ones wait for the office; drafts and those sent back or validated lately are told to the team.

    A draft is one thing however often it is written to.
    """
    for one in facts.plans:
        prepared = f"préparé par la décision {one.origin} d’une rencontre, " if one.origin else ""
        told = {
            Status.DRAFT: (Kind.PLAN_DRAFT, f"{prepared}à compléter et à soumettre", not facts.decides),
            Status.SUBMITTED: (Kind.PLAN_REVIEW, f"soumis {deadlines.since(one.on, facts.today)}", facts.decides),
            Status.RETURNED: (Kind.PLAN_RETURNED, _short(one.note), not facts.decides),
            Status.VALIDATED: (
                Kind.PLAN_VALIDATED,
                f"validé le {short_date(one.on)}",
                not facts.decides and facts.today - one.on <= RECENT,
            ),
        }
        kind, words, concerns = told.get(one.status, (Kind.PLAN_REVIEW, "", False))
        if concerns:
            link = f"plan?region={one.region}&action={one.number}"
            key = f"{kind.value}:{one.region}-{one.number}"
            key += "" if one.status is Status.DRAFT else f":{one.mark}"
            yield Item(kind, key, f"{one.region_name}, « {one.title} » : {words}", link)


def _offer(one: OfferFact, today: date) -> Item:
    """Nothing of what it says, not even a name: an e-mail outlives an erasure."""
    words = f"{one.region_name} : message reçu {deadlines.since(one.on, today)}"
    return Item(Kind.OFFER, f"message:{one.number}", words, f"volontaires?message={one.number}")


def _decisions(facts: Facts) -> Iterator[Item]:
    for one in facts.decisions:
        if one.state in (DecisionState.DONE, DecisionState.DROPPED):
            continue
        link = f"rencontres?rencontre={one.meeting}&partie=decisions&decision={one.number}"
        name = f"{one.meeting}-{one.number}"
        said = f"{name}, {_short(one.statement)}"
        if one.unsigned:
            yield Item(Kind.AGREEMENT, f"convention:{name}", said, link)
        if one.is_late and (one.owned or facts.decides):
            how_late = f"{said} : en retard de {deadlines.late(one.due, facts.today)}"
            yield Item(Kind.DECISION_LATE, f"decision_en_retard:{name}:{one.due}", how_late, link)
        elif one.owned:
            words = f"{said} : {deadlines.until(one.due, facts.today)}"
            yield Item(Kind.DECISION, f"decision:{name}:{one.due}", words, link)


def _terms(facts: Facts) -> Iterator[Item]:
    """Once a month at most: words are weighed when there is time."""
    for region, name, count in facts.terms:
        words = f"{name} : {counted(count, 'terme')} du lexique à examiner"
        key = f"lexique:{region}:{facts.today:%Y-%m}"
        yield Item(Kind.TERMS, key, words, "referentiel?partie=lexique&avis=attendus")
