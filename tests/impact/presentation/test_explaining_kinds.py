"""Every kind of question has its answer in words: achievement, progress, rates, one figure."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from impact.figures import Cell, Definition, Target, TargetStatement
from impact.presentation import questions
from impact.presentation.explaining import Background, Explanation, Link, Listing, answer
from impact.presentation.goals import revised
from impact.presentation.questions import Kind, Question
from impact.vocabulary import Accumulation, Additivity, Direction, Frequency, Measure, Status
from impact.world import World
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import END, QUARTERS, S1, SEX, START, T1, T2, T3, sample, scaled
from tests.impact.samples import answer as entry

CODE = "FOR-04"
DOWN = sample(direction=Direction.DOWN)


def aim(value: int, baseline: int | None = None, region: str = "22", **more: object) -> Target:
    start = None if baseline is None else Fraction(baseline)
    return Target(region, CODE, "2010-2011", Fraction(value), END, start, **more)  # type: ignore[arg-type]


def told(world: World, kind: Kind, background: Background | None = None, **asked: str) -> Explanation:
    found = answer(world, Question(kind, **asked), background or Background())  # type: ignore[arg-type]
    assert found is not None
    return found


def named(one: Explanation, caption: str) -> Listing:
    (found,) = (listing for listing in one.listings if listing.caption == caption)
    return found


def achievement(target: Target, reached: int, definition: Definition = DOWN) -> Explanation:
    world = world_of(entry("22", T3, scaled(reached)), definitions=[definition], targets=[target])
    return told(world, Kind.PROGRESS, indicator=CODE, region="22")


def test_achievement_is_told_with_its_numbers_days_and_thresholds() -> None:
    """measurement.md, section 4, first row: 100 -> 60, at 80."""
    one = achievement(aim(60, 100), 80)
    assert "(réalisé − départ) / (cible − départ) = (80 − 100) / (60 − 100) = 50,0\u202f%" in one.formula
    assert (one.number, one.exact) == ("50,0\u202f%", Fraction(1, 2))
    expected, pace = one.notes
    assert "259 jours passés au 30/06/2011 sur 351" in expected
    assert "Attendu = 100 + 74\u202f% × (60 − 100), soit 70." in expected
    assert "Rythme = taux / part attendue = 50,0\u202f% / 74\u202f% = 0,68." in pace
    assert "de 0,85 à 1,00, à surveiller" in pace
    assert one.title == "50,0\u202f% du chemin vers la cible, ▼ en retard, au 30/06/2011"
    assert one.behind[0].number == "80 personnes"


@pytest.mark.parametrize(
    ("target", "reached", "word", "because"),
    [
        (aim(40, 40), 42, "tenu", "maintenir 40"),
        (aim(40, 40), 38, "non tenu", "maintenir 40"),
        (aim(60), 80, "atteint", "Sans situation de départ connue"),
        (aim(90), 80, "non atteint", "Sans situation de départ connue"),
    ],
)
def test_without_a_way_to_go_there_is_a_word_and_no_percentage(
    target: Target, reached: int, word: str, because: str
) -> None:
    stock = sample(Measure.AMOUNT, accumulation=Accumulation.STOCK)
    one = achievement(target, reached, stock)
    assert (one.number, one.exact) == (word, None)
    assert because in one.formula
    assert "%" not in one.formula


def test_what_has_no_target_or_no_figure_is_never_zero() -> None:
    bare = told(world_of(entry("22", T1, scaled(5))), Kind.PROGRESS, indicator=CODE, region="22")
    assert (bare.number, "jamais 0 %" in bare.formula) == ("sans cible", True)
    empty = told(world_of(targets=[aim(60, 10)]), Kind.PROGRESS, indicator=CODE, region="22")
    assert (empty.number, "non renseigné" in empty.formula) == ("non renseigné", True)
    means = world_of(entry("22", T1, scaled(5)), definitions=[sample(direction=Direction.NEUTRAL)])
    assert "indicateur de moyens" in told(means, Kind.PROGRESS, indicator=CODE, region="22").formula


def test_a_figure_without_a_value_is_never_called_unreported() -> None:
    """measurement.md, section 1: a pair with denominator 0 is a figure all the same."""
    share = sample(Measure.RATIO, accumulation=Accumulation.STOCK)
    world = world_of(entry("22", T3, scaled(0, 0)), definitions=[share], targets=[aim(60, 20)])
    one = told(world, Kind.PROGRESS, indicator=CODE, region="22")
    assert (one.number, "dénominateur du réalisé est nul" in one.formula) == ("non calculable", True)
    assert named(one, "En chiffres").rows[0][3] == "n.\u00a0c."
    assert one.behind[0].number == "n.\u00a0c."
    advance = told(world, Kind.ADVANCE, region="22", chantier="FOR")
    assert [row[1] for row in advance.listings[0].rows] == ["non calculable"]


def test_regions_that_do_not_know_where_they_started_are_not_called_unreported() -> None:
    stock = sample(accumulation=Accumulation.STOCK)
    world = world_of(entry("22", T3, scaled(5)), definitions=[stock], targets=[aim(60)])
    one = told(world, Kind.PROGRESS, indicator=CODE)
    assert one.number == "situation de départ inconnue"
    assert one.left_out == (("situation de départ inconnue", "Picardie"), ("sans cible", "Midi-Pyrénées"))
    assert "ne connaît sa situation de départ" in one.formula


def test_regions_that_do_not_add_up_leave_a_national_target_without_an_actual() -> None:
    apart = sample(additivity=Additivity.NONE)
    world = world_of(entry("22", T1, scaled(5)), definitions=[apart], targets=[aim(9, 0, "FR")])
    assert told(world, Kind.PROGRESS, indicator=CODE).number == "non additif"


def test_the_country_is_pooled_and_says_over_which_regions() -> None:
    """measurement.md, section 10, example 5: 50 of 100 and 10 of 10 make 54.5 %, not 75 %."""
    world = world_of(
        entry("22", T1, scaled(50)), entry("73", T1, scaled(10)), entry("11", T1, scaled(7)),
        regions=("11", "22", "73"), targets=[aim(100, 0), aim(10, 0, "73")],
    )  # fmt: skip
    one = told(world, Kind.PROGRESS, indicator=CODE)
    assert one.exact == Fraction(60, 110)
    assert "(60 − 0) / (110 − 0) = 54,5\u202f%" in one.formula
    assert one.coverage == "Calculé sur 2 régions sur 3."
    assert one.left_out == (("sans cible", "Île-de-France"),)
    assert one.behind[0].number == "60 personnes"
    assert "sélection de 2 régions" in one.behind[0].subject


def test_a_national_target_stands_beside_the_sum_of_the_regional_ones() -> None:
    world = world_of(
        entry("22", T1, scaled(50)), entry("73", T1, scaled(10)),
        targets=[aim(100, 0), aim(10, 0, "73"), aim(200, 0, "FR")],
    )  # fmt: skip
    one = told(world, Kind.PROGRESS, indicator=CODE)
    assert one.exact == Fraction(60, 200)
    assert any("cible nationale est de 200 ; les cibles régionales font ensemble 110" in note for note in one.notes)


def test_the_original_target_stands_beside_the_revised_one() -> None:
    at = datetime(2011, 2, 12, tzinfo=UTC)
    said = tuple(
        TargetStatement("22", CODE, "2010-2011", number, aim(value, 0), why, "Odile Martin", at, day)
        for number, value, why, day in ((1, 60, "", date(2010, 10, 14)), (2, 55, "recrutement", date(2011, 2, 12)))
    )
    world = world_of(entry("22", T1, scaled(10)), targets=[aim(55, 0)])
    one = told(world, Kind.PROGRESS, Background(statements=said), indicator=CODE, region="22")
    listing = named(one, "Cible d’origine et révisions")
    assert [(row[0], row[2], row[5]) for row in listing.rows] == [
        ("origine, 14/10/2010", "60", ""), ("révision 1, 12/02/2011", "55", "recrutement"),
    ]  # fmt: skip


def test_the_way_follows_the_milestones() -> None:
    target = aim(100, 0, milestones=((date(2011, 6, 30), Fraction(30)),))
    one = told(world_of(entry("22", T1, scaled(15)), targets=[target]), Kind.PROGRESS, indicator=CODE, region="22")
    assert "le long des jalons (30/06/2011 : 30), 30\u202f% du chemin" in one.notes[0]


def test_small_numbers_give_way_to_n_of_n_in_an_achievement() -> None:
    share = sample(Measure.RATIO, accumulation=Accumulation.STOCK)
    world = world_of(entry("22", T3, scaled(3, 7)), definitions=[share], targets=[aim(60, 20)])
    one = told(world, Kind.PROGRESS, indicator=CODE, region="22")
    assert "(3 sur 7 − 20\u202f%)" in one.formula
    assert "42" not in one.formula


def test_progress_lists_what_counts_for_how_much_and_what_does_not() -> None:
    other = sample(code="FOR-05", name="Autre")
    world = world_of(entry("22", T1, scaled(80)), definitions=[sample(), other], targets=[aim(60, 0)])
    one = told(world, Kind.ADVANCE, region="22", chantier="FOR")
    assert (one.number, one.exact) == ("100\u202f%", Fraction(1))
    assert one.coverage == "Couverture : sur 1 indicateur sur 2 attendus."
    counts, rest = one.listings
    assert counts.rows[0][1:3] == ("133,3\u202f%", "100,0\u202f%")
    assert [row[1] for row in rest.rows] == ["sans cible"]


def test_rates_list_the_cells_that_lower_them() -> None:
    late = entry("22", T1, scaled(4), first_submitted_on=date(2011, 2, 1), reliability=1)
    on_time = entry("22", T2, scaled(4), first_submitted_on=date(2011, 4, 1), reliability=2)
    world = world_of(late, on_time, regions=("22",))
    complete = told(world, Kind.COMPLETENESS)
    assert (complete.number, complete.exact) == ("67\u202f%", Fraction(2, 3))
    assert complete.listings[1].rows[0][1:] == ("Picardie", "manquant")
    punctual = told(world, Kind.PUNCTUALITY)
    assert punctual.exact == Fraction(1, 3)
    assert punctual.listings[1].rows[0][2] == "soumis le 01/02/2011, échéance le 15/01/2011"
    proven = told(world, Kind.PROVEN)
    assert proven.exact == Fraction(1, 2)
    assert [row[2] for row in named(proven, "Chiffres validés en dessous de F2").rows] == ["F1 sourcé"]
    assert [row[2:] for row in named(proven, "Chiffres validés F2 ou plus").rows] == [
        ("4", "✓ validé", "01/04/2011", "F2 documenté")
    ]
    assert len(named(complete, "Réponses").rows) == 2
    assert told(world, Kind.VALIDATED).number == "2"
    nothing = told(world_of(regions=()), Kind.COMPLETENESS)
    assert (nothing.number, "Rien n’est attendu : sans objet." in nothing.formula) == ("sans objet", True)
    assert "Aucun chiffre n’est validé : sans objet." in told(world_of(), Kind.PROVEN).formula


def test_what_is_missing_has_a_number_of_its_own() -> None:
    world = world_of(entry("22", T1, scaled(4)), regions=("22",))
    one = told(world, Kind.MISSING, region="22")
    assert (one.number, one.exact) == ("2 sur 3", Fraction(2, 3))
    assert [row[2] for row in named(one, "Chiffres sans réponse").rows] == ["manquant", "manquant"]


def test_regions_by_state_lead_to_the_progress_of_each() -> None:
    world = world_of(entry("22", T1, scaled(80)), targets=[aim(60, 0)])
    one = told(world, Kind.STATES)
    assert (one.number, one.exact) == ("1 sur 2", Fraction(1, 2))
    ((name, *_, state),) = named(one, "Régions classées").rows
    assert isinstance(name, Link)
    assert (name.address, state) == (
        "explication?nombre=avancement&region=22&chantier=FOR&campagne=2010-2011", "● conforme"
    )  # fmt: skip
    assert named(one, "Régions non classées").rows[0][2] == "aucune cible énoncée"


def test_a_window_may_begin_with_the_campaign() -> None:
    world = world_of(entry("22", T1, scaled(10)), entry("22", T2, scaled(15)))
    asked = Question(Kind.TOTAL, CODE, "22", period=T2)
    alone, whole = answer(world, asked), answer(world, replace(asked, since_start=True))
    assert alone is not None
    assert whole is not None
    assert (alone.exact, whole.exact) == (15, 25)


def test_euros_are_told_whole_and_as_key_figures_shorten_them() -> None:
    money = sample(Measure.AMOUNT, unit="euros courants HT")
    world = world_of(entry("22", T1, scaled(2_583_298)), definitions=[money])
    one = told(world, Kind.TOTAL, indicator=CODE)
    assert one.number == "2\u202f583\u202f298\u202f€"
    assert one.title.startswith("2\u202f583\u202f298 euros courants HT, soit 2,58 M€, ")


def test_a_sheet_is_told_apart_from_what_ends_on_the_same_day() -> None:
    half = sample(code="FOR-09", frequency=Frequency.HALF)
    world = world_of(entry("22", T2, scaled(4)), definitions=[sample(), half], regions=("22",), periods={S1.code: S1})
    window = answer(world, Question(Kind.COMPLETENESS, period=T2))
    alone = answer(world, Question(Kind.COMPLETENESS, region="22", chantier="FOR", period=T2, sheet=True))
    assert window is not None
    assert alone is not None
    assert (window.exact, alone.exact) == (Fraction(1, 2), Fraction(1))
    assert alone.subject.endswith("feuille T2")


def test_a_late_answer_of_others_is_counted_and_never_named() -> None:
    hidden = Cell("22", CODE, T1)
    world = world_of(entry("22", T1, scaled(4), Status.SUBMITTED, first_submitted_on=date(2011, 2, 1)), regions=("22",))
    others = World(**{**{name: getattr(world, name) for name in World.__dataclass_fields__},
                      "entries": {}, "pending": frozenset({hidden})})  # fmt: skip
    one = told(others, Kind.PUNCTUALITY)
    assert named(one, "Réponses réservées à leur région").rows == (
        ("1", "réponse soumise après l’échéance, pas encore validée"),
    )
    (answered,) = named(told(others, Kind.COMPLETENESS), "Réponses").rows
    assert answered[2:] == ("–", "→ soumis, pas encore validé", "–", "–")
    cell = told(others, Kind.FIGURE, indicator=CODE, region="22", period=T1)
    assert (cell.number, cell.exact) == ("–", None)
    assert "soumis, pas encore validé" in cell.title


def test_one_figure_says_its_state_its_grade_and_who_entered_it() -> None:
    world = world_of(entry("22", T1, scaled(9, 22), reliability=1), definitions=[sample(Measure.RATIO)])
    cell = Cell("22", CODE, T1)
    one = told(world, Kind.FIGURE, Background({cell: "saisi par Karim"}), indicator=CODE, region="22", period=T1)
    assert one.exact == Fraction(900, 22)
    assert "n / N = 9 / 22, soit 41\u202f%" in one.formula
    assert "Saisi par Karim." in one.notes
    assert "aucune pièce" in one.reliability


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": Kind.TOTAL}, {"kind": Kind.TOTAL, "indicator": "<b>"}, {"kind": Kind.FIGURE, "indicator": CODE},
        {"kind": Kind.FIGURE, "indicator": CODE, "region": "22", "period": S1.code},
        {"kind": Kind.ADVANCE, "region": "22"}, {"kind": Kind.PROVEN, "period": "2009-2010-T1"},
        {"kind": Kind.PROGRESS, "indicator": CODE, "region": "99"},
        {"kind": Kind.PROGRESS, "indicator": CODE, "region": "11"},
    ],
)  # fmt: skip
def test_codes_that_name_nothing_have_no_answer(asked: dict[str, str]) -> None:
    assert answer(world_of(periods={S1.code: S1}), Question(**asked)) is None  # type: ignore[arg-type]


def parameters_of(question: Question) -> dict[str, str]:
    return dict(part.split("=") for part in question.address.partition("?")[2].split("&"))


def test_an_address_reads_back_as_its_question() -> None:
    everything = Question(Kind.TOTAL, CODE, "22", "FOR", T2, "2010-2011", 2, True, True, True)
    for kind, meant in questions.MEANT.items():
        untold = {one.name: one.default for one in fields(Question)[1:] if one.name not in meant}
        question = replace(everything, kind=kind, **untold)
        assert questions.read(parameters_of(question)) == question
        assert questions.read(parameters_of(replace(everything, kind=kind))) == question, "the rest narrows nothing"
    parameters = parameters_of(everything)
    assert questions.read({**parameters, "region": "FR"}) == replace(everything, chantier="", region="", sheet=False)
    assert questions.read({**parameters, "nombre": "rien"}) is None
    assert questions.read({**parameters, "preuve": "F9"}) is None


def test_what_a_total_is_made_of_is_told_along_its_axes() -> None:
    cell = Cell("22", CODE, T1)
    parts = {cell: {("sexe", "femmes"): scaled(8), ("sexe", "hommes"): scaled(12)}}
    world = world_of(entry("22", T1, scaled(20)), definitions=[sample(axes=(SEX,))])
    one = told(world, Kind.TOTAL, Background(parts=parts), indicator=CODE, region="22")
    assert one.listings[0].rows[:2] == (("Femmes", "8", "40\u202f%"), ("Hommes", "12", "60\u202f%"))


def test_regions_that_do_not_add_up_have_no_pooled_achievement() -> None:
    apart = sample(additivity=Additivity.NONE)
    one = told(
        world_of(entry("22", T1, scaled(5)), definitions=[apart], targets=[aim(9, 0)]), Kind.PROGRESS, indicator=CODE
    )
    assert one.number == "sans cible"
    assert "ce que les régions ont en commun ne se reconstitue pas" in one.formula


def test_what_was_stated_again_as_at_the_congress_is_no_longer_called_revised() -> None:
    at = datetime(2011, 2, 12, tzinfo=UTC)

    def stated(number: int, value: int | None, day: date) -> TargetStatement:
        held = None if value is None else aim(value, 0, number=number)
        return TargetStatement("22", CODE, "2010-2011", number, held, "motif", "Odile Martin", at, day)

    said = [stated(1, 60, date(2010, 10, 14)), stated(2, 55, date(2011, 2, 12)), stated(3, 60, date(2011, 3, 1))]
    assert revised(DOWN, said[:1], START) == ""
    assert revised(DOWN, said[:2], START) == "60 puis 55, révisée le 12/02/2011 : « motif »"
    assert revised(DOWN, said, START) == ""
    assert revised(DOWN, [*said, stated(4, None, date(2011, 4, 1))], START) == "60, retirée le 01/04/2011 : « motif »"


def test_a_long_sum_over_periods_counts_periods_and_over_regions_regions() -> None:
    many = {f"M{rank:02}": QUARTERS[T1]._replace(code=f"M{rank:02}") for rank in range(13)}
    known = [entry(region, code, scaled(1)) for code in many for region in ("22", "73")]
    world = world_of(*known, periods=many)
    one = told(world, Kind.TOTAL, indicator=CODE, region="22")
    assert "Somme de 13 chiffres de 13 périodes" in one.formula
    assert "Midi-Pyrénées 13 + Picardie 13" in told(world, Kind.TOTAL, indicator=CODE).formula
