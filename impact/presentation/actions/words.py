"""How a plan's lines read: amounts in euros, goals in their indicator's unit, days, how far an amount has come."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from impact import formats
from impact.actions import Funding, Identity, Objective, Plan, Resource, complete, missing, still_identified
from impact.figures import SCALE, Definition, Target, from_scaled
from impact.formats import counted, number, short_date, typed
from impact.presentation.explaining.statements import quantity
from impact.vocabulary import FundingState, Section

UNSAID = "non dit"


def euros(amount: int | None) -> str:
    """« 12 000 € », « non dit »; amount in 1/10,000 euro."""
    return UNSAID if amount is None else formats.euros(amount)


def goal(definition: Definition | None, scaled: int | None) -> str:
    """A baseline or a target in its indicator's unit; « – » where it is not said."""
    if scaled is None:
        return "–"
    value = Fraction(scaled, SCALE)
    return quantity(definition, value) if definition else number(value)


def span(start: date | None, end: date | None) -> str:
    """« du 01/03/2011 au 30/06/2011 », « à partir du … », « jusqu’au … », « sans date »."""
    if start and end:
        same = start == end
        return f"le {short_date(start)}" if same else f"du {short_date(start)} au {short_date(end)}"
    if start:
        return f"à partir du {short_date(start)}"
    return f"jusqu’au {short_date(end)}" if end else "sans date"


def held(resource: Resource) -> str:
    """« 1,5 équivalent temps plein », « quantité non dite »."""
    if resource.quantity is None:
        return "quantité non dite"
    return f"{number(from_scaled(resource.quantity))} {resource.unit}".strip()


def amounts(one: Funding) -> str:
    """« identifié 10 000 €, sollicité 8 000 € »: what was said, status by status; « aucun montant »."""
    said = [f"{state.label} {euros(one.amounts[state])}" for state in FundingState if state in one.amounts]
    return ", ".join(said) or "aucun montant"


def balance(plan: Plan) -> str:
    """« équilibré », « il manque 3 000 € », « 2 000 € de plus que le budget »; « – » without a budget."""
    if not plan.budget:
        return "–"
    gap = still_identified(plan) - plan.budget
    if not gap:
        return "équilibré"
    return f"il manque {euros(-gap)}" if gap < 0 else f"{euros(gap)} de plus que le budget"


def gap(plan: Plan) -> tuple[str, str, tuple[str, ...]]:
    """The balance as a key figure: its value, no unit, and what it means."""
    if not plan.budget:
        return "–", "", ("dites le budget prévu",)
    found = still_identified(plan) - plan.budget
    sign = "+" if found > 0 else ""
    told = "équilibré" if not found else "le budget n’est pas couvert" if found < 0 else "au-delà du budget"
    return f"{sign}{euros(found)}", "", (told, "identifié, non refusé, moins le budget")


def completeness(plan: Plan) -> str:
    """« 3 sections sur 5 complètes »"""
    done = complete(plan)
    word = "complète" if done < 2 else "complètes"
    return f"{counted(done, 'section')} sur {len(Section)} {word}"


def lacking(plan: Plan) -> dict[Section, tuple[str, ...]]:
    """The sections that are not complete, with what each still lacks."""
    return {section: lacks for section, lacks in missing(plan).items() if lacks}


def beside_target(definition: Definition, one: Objective, target: Target | None) -> str:
    """How an objective differs from the target that was set for its indicator; '' where it does not, or there is none.

    A target without a baseline starts from nothing: an objective that says 0 says the same.

    « la cible fixée est 65 % au 30/09/2011, départ 40 % »
    """
    if target is None:
        return ""
    given = (Fraction(one.baseline or 0, SCALE), None if one.target is None else Fraction(one.target, SCALE), one.due)
    same = given == (target.baseline or 0, target.value, target.due)
    return "" if same else told_target(definition, target)


def told_target(definition: Definition, target: Target) -> str:
    start = "" if target.baseline is None else f", départ {quantity(definition, target.baseline)}"
    return f"la cible fixée est {quantity(definition, target.value)} au {short_date(target.due)}{start}"


def facts(identity: Identity, chantiers: Mapping[str, str], *, contact: bool) -> Sequence[tuple[str, str]]:
    """What an action is, as name and text; the operating guide is told by the screen, which links to it.

    contact: whether the reader is of the region or of the national office; it is told to nobody else.
    """
    return (
        ("Chantier", chantiers.get(identity.chantier, identity.chantier)),
        ("Besoin", identity.need or UNSAID),
        ("Responsable", identity.lead or UNSAID),
        ("Équipe", identity.team or UNSAID),
        *([("Contact", identity.contact or UNSAID)] if contact else []),
        ("Dates", span(identity.start, identity.end)),
    )


def target_fields(target: Target) -> dict[str, str]:
    """A target that was set, as it would be typed into an objective."""
    start = "" if target.baseline is None else typed(int(target.baseline * SCALE))
    return {"base": start, "cible": typed(int(target.value * SCALE)), "echeance": short_date(target.due)}


def count(scaled: int | None) -> str:
    """« 1,5 », « – » where nobody says it."""
    return "–" if scaled is None else number(from_scaled(scaled))
