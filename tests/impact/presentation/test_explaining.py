"""The words behind a number."""

from impact.aggregation import Total
from impact.figures import Definition
from impact.presentation import explaining, wording
from impact.presentation.explaining import Explanation
from impact.presentation.lens import Lens
from impact.vocabulary import Accumulation, Additivity, Measure, Status
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import T1, T2, T3, answer, sample, scaled

OFFICIAL = Lens()
SHARE = sample(Measure.RATIO, decimals=2, numerator_label="réussites", denominator_label="essais")


def explained(definition: Definition, *entries: object, lens: Lens = OFFICIAL) -> tuple[Explanation, Total]:
    world = world_of(*entries, definitions=[definition])  # type: ignore[arg-type]
    total = world.total(definition.code, provisional=lens.provisional, min_proof=lens.min_proof)
    return explaining.explain(world, definition, total, lens), total


def test_a_share_is_pooled_then_divided_and_the_formula_shows_it() -> None:
    """measurement.md, section 10, example 1."""
    told, _ = explained(SHARE, answer("22", T1, scaled(9, 10)), answer("73", T1, scaled(40, 200)))
    assert "n : réussites. N : essais. 100 × 49 / 210 = 23,33\u202f%." in told.formula
    assert [(one.region, one.numerator, one.denominator) for one in told.contributions] == [
        ("Midi-Pyrénées", "40", "200"), ("Picardie", "9", "10"),
    ]  # fmt: skip
    assert told.left_out == (("manquant", "Midi-Pyrénées (T2, T3), Picardie (T2, T3)"),)
    assert told.coverage == "Couverture : partiel : 2 régions sur 2, 2 chiffres sur 6."


def test_a_stock_names_the_regions_on_an_older_period() -> None:
    """measurement.md, section 3: the country has 17, coverage 1 of 2."""
    stock = sample(accumulation=Accumulation.STOCK)
    told, total = explained(stock, answer("22", T2, scaled(10)), answer("73", T3, scaled(7)))
    assert told.title == "17 personnes au 30/06/2011"
    assert told.coverage == (
        "Couverture : partiel : 1 région sur 2 à la dernière période due. Sur une période plus ancienne : Picardie."
    )
    assert wording.value_day(total) == "valeur au 30/06/2011"


def test_what_cannot_be_added_says_so_instead_of_a_number() -> None:
    told, total = explained(sample(additivity=Additivity.NONE, unit="indicateurs"), answer("22", T1, scaled(4)))
    assert told.title.startswith("non additif")
    assert "Pas de total national" in told.formula
    assert wording.headline(sample(additivity=Additivity.NONE), total) == ("non additif", "")


def test_figures_below_the_proof_level_are_listed_with_their_grade() -> None:
    told, _ = explained(
        sample(), answer("22", T1, scaled(10), reliability=1), answer("73", T1, scaled(5), reliability=2),
        lens=Lens(min_proof=2),
    )  # fmt: skip
    assert ("fiabilité F1, en dessous de F2", "Picardie (T1)") in told.left_out
    assert told.title.startswith("5 personnes")


def test_provisional_figures_are_said_in_the_title_and_the_statuses() -> None:
    told, _ = explained(sample(), answer("22", T1, scaled(10), Status.SUBMITTED), lens=Lens(provisional=True))
    assert told.title.endswith("(provisoire)")
    assert "provisoires" in told.definition


def test_amounts_are_shortened_from_a_million_and_explained_in_full() -> None:
    money = sample(Measure.AMOUNT, unit="euros courants HT", decimals=2)
    told, total = explained(money, answer("22", T1, scaled(2_841_230)))
    assert wording.headline(money, total) == ("2,84", "M€")
    assert told.title.startswith("2\u202f841\u202f230 euros courants HT")
    _, small = explained(money, answer("22", T1, scaled(12_500)))
    assert wording.headline(money, small) == ("12\u202f500", "€")


def test_an_explanation_has_the_total_whose_composition_it_shows() -> None:
    told, total = explained(
        sample(), answer("22", T1, scaled(30), reliability=3), answer("73", T1, scaled(10), reliability=0)
    )
    assert told.total == total
