"""How plans read: changes in words, what the country prepares together, money without a sum of two kinds."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.actions import ActionKey, Activity, Funding, Identity, Objective, Partner, Plan, Resource
from impact.figures import SCALE, Target
from impact.presentation.actions import together, words
from impact.presentation.actions.changes import Told, told
from impact.rules.plan_changes import changes
from impact.vocabulary import Commitment, FundingState, ResourceKind
from tests.impact.samples import sample

IDENTIFIED, REFUSED = FundingState.IDENTIFIED, FundingState.REFUSED
PLAN = Plan(
    Identity("Former", "FOR", "Un besoin."), budget=1_000 * SCALE,
    fundings=(Funding("Région", amounts={IDENTIFIED: 1_200 * SCALE, REFUSED: 300 * SCALE}),),
    partners=(Partner("Greta", "salles", Commitment.APPROACHED),),
)  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_what_changed_is_told_in_words_with_units() -> None:
    region = Funding("Région", amounts={IDENTIFIED: 1_500 * SCALE})
    after = replace(
        PLAN, budget=None, fundings=(region,), partners=(replace(PLAN.partners[0], commitment=Commitment.SIGNED),),
        resources=(Resource(ResourceKind.PEOPLE, "Formateurs", 2 * SCALE, "ETP"),),
    )  # fmt: skip
    assert [Told(*map(plain, row)) for row in told(changes(PLAN, after))] == [
        ("Financements", "Budget prévu", "1 000 €", "rien"),
        ("Financements", "Région, montant identifié", "1 200 €", "1 500 €"),
        ("Financements", "Région, montant refusé", "300 €", "rien"),
        ("Ressources", "Formateurs", "rien", "Personnes, quantité : 2, unité : ETP"),
        ("Partenaires", "Greta, engagement", "pressenti", "convention signée"),
    ]
    back = told(changes(after, PLAN))
    assert ("Ressources", "Formateurs", "Personnes, quantité : 2, unité : ETP", "retiré") in [
        tuple(map(plain, row)) for row in back
    ]


@pytest.mark.parametrize(
    ("budget", "said", "value"),
    [
        (1_000, "il manque 100 €", "−100 €"), (900, "équilibré", "0 €"),
        (800, "100 € de plus que le budget", "+100 €"), (None, "–", "–"),
    ],
)  # fmt: skip
def test_the_balance_compares_what_is_identified_and_not_refused(budget: int | None, said: str, value: str) -> None:
    plan = replace(PLAN, budget=None if budget is None else budget * SCALE)
    assert (plain(words.balance(plan)), plain(words.gap(plan)[0])) == (said, value)


@given(st.integers(0, 10**15))
def test_euros_are_whole_or_have_two_decimals(cents: int) -> None:
    text = plain(words.euros(cents * 100))
    assert text.endswith(" €")
    assert text.count(",") == (cents % 100 > 0)


def test_an_objective_says_how_it_differs_from_the_target_that_was_set() -> None:
    definition = sample("FOR-04")
    target = Target("22", "FOR-04", "2010-2011", Fraction(150), date(2011, 9, 30), Fraction(0), (), 1)
    same = Objective("Former", "FOR-04", 0, 150 * SCALE, date(2011, 9, 30))
    assert words.beside_target(definition, same, target) == ""
    assert words.beside_target(definition, same, None) == ""
    assert words.beside_target(definition, same, target._replace(baseline=None)) == "", "it starts from nothing"
    other = words.beside_target(definition, replace(same, target=120 * SCALE), target)
    assert plain(other) == "la cible fixée est 150 au 30/09/2011, départ 0"
    assert words.target_fields(target) == {"base": "0", "cible": "150", "echeance": "30/09/2011"}


def test_activities_stand_in_the_month_of_their_start_and_undated_ones_last() -> None:
    first, late, loose = (
        Activity(name, start=day) for name, day in (("B", date(2010, 11, 3)), ("A", date(2011, 1, 2)), ("C", None))
    )
    plans = {
        ActionKey("73", 1): replace(PLAN, activities=(loose, late)),
        ActionKey("22", 1): replace(PLAN, activities=(first,)),
    }
    assert [(month, [one.name for _, one in own]) for month, own in together.by_month(plans)] == [
        ("Novembre 2010", ["B"]), ("Janvier 2011", ["A"]), ("Sans date", ["C"]),
    ]  # fmt: skip


def test_partners_are_shared_by_regions_not_by_two_plans_of_one() -> None:
    named = [Partner("Crédit Coopératif"), Partner("credit  coopératif", "prêts"), Partner("Greta")]
    plans = {
        ActionKey(region, number): replace(PLAN, partners=own)
        for region, number, own in (
            ("22", 1, (named[0], named[2])), ("22", 2, (named[2],)), ("73", 1, (named[1],)),
        )
    }  # fmt: skip
    [shared] = together.shared_partners(plans)
    assert (shared.name, list(shared.by_region)) == ("Crédit Coopératif", ["22", "73"])


def test_quantities_add_up_in_the_same_unit_alone() -> None:
    own = (
        Resource(ResourceKind.PEOPLE, "Formateurs", 2 * SCALE, "ETP"),
        Resource(ResourceKind.PEOPLE, "Relais", SCALE, "etp"),
        Resource(ResourceKind.PEOPLE, "Bénévoles", 9 * SCALE, "jours"),
        Resource(ResourceKind.MEANS, "Salle"),
    )
    found = together.resources({ActionKey("22", 1): replace(PLAN, resources=own)})
    assert [(one.kind, one.unit, one.total) for one in found] == [
        (ResourceKind.PEOPLE, "ETP", 3 * SCALE), (ResourceKind.PEOPLE, "jours", 9 * SCALE),
        (ResourceKind.MEANS, "", None),
    ]  # fmt: skip
