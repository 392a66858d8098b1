"""The country at a glance says what aggregation says, and to each reader what is theirs."""

from datetime import date, timedelta

import pytest

from impact import formats
from impact.db import Database, reading, transaction
from impact.figures import Cell
from impact.permissions import EVERYTHING, Actor
from impact.presentation import advancement
from impact.presentation.lens import KEY_INDICATORS, Lens, ended_periods
from impact.queries import standings
from impact.queries.world import world
from impact.rules.targets import TargetDraft
from impact.services import reviews, targets
from impact.vocabulary import Coverage
from tests.cast import ADA, CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI
from tests.pages import scenes
from tests.pages.scenes import MEASURING, T1, T2, T3, TRAINED, look, rows, words

PAGE = "vue_nationale"
MADE_OF = "40 % en F2 documenté , 60 % en F0 déclaré"
"""Of the 25 people: 10 and 15."""


@pytest.fixture(autouse=True)
def furnished(sqlite_db: Database) -> None:
    scenes.furnish()


def plan(*more: TargetDraft) -> None:
    """Picardie sets out to train 30 people, Midi-Pyrénées to have 70 % measure where 40 % did."""
    with transaction() as session:
        targets.set_targets(session, ODILE, [target(PICARDIE, TRAINED, 30), *more])
        targets.set_targets(session, ODILE, [target(MIDI_PYRENEES, MEASURING, 70, 40)])


def target(region: str, indicator: str, value: int, baseline: int | None = None, **more: str) -> TargetDraft:
    start = None if baseline is None else baseline * 10_000
    return TargetDraft(region, indicator, "2010-2011", start, value * 10_000, date(2011, 9, 30), **more)


def test_key_figures_are_those_of_aggregation(monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(look(monkeypatch, PAGE, REMI))
    with reading() as session:
        seen = world(session, EVERYTHING)
    for code in KEY_INDICATORS:
        total = seen.total(code)
        shown = formats.figure(seen.definitions[code], total.pair).replace(formats.NARROW, " ")
        assert shown in text
    assert (seen.total("FOR-04").coverage, seen.total("COO-04").coverage) == (Coverage.PARTIAL, Coverage.EMPTY)
    assert f"25 {MADE_OF} – sans cible partiel : 1 région sur 1, 2 chiffres sur 3" in text
    assert (
        "56,5 % F2 documenté – sans cible 13 sur 23 partiel : 0 région sur 1 à la dernière période due valeur au "
        "31/03/2011" in text
    )


@pytest.mark.parametrize("who", [ODILE, ADA])
def test_the_office_may_include_provisional_figures_and_every_title_says_so(
    monkeypatch: pytest.MonkeyPatch, who: Actor
) -> None:
    seen = look(monkeypatch, PAGE, who)
    assert f"formation 25 {MADE_OF} – sans cible partiel" in words(seen)
    seen.selectbox(key="vue_nationale_chiffres").select("provisoires")
    scenes.run(seen)
    assert seen.query_params["chiffres"] == "provisoires"
    assert seen.title[0].value == "Vue nationale (provisoire)"
    assert "Personnes ayant achevé une formation (provisoire) 45 67 % en F2" in words(seen)
    assert "33 % en F0 déclaré – sans cible dont 1 chiffre provisoire" in words(seen)
    assert any("(provisoire)" in title for title in scenes.sections(seen))


@pytest.mark.parametrize("who", [REMI, CLAIRE, KARIM])
def test_others_read_validated_figures_alone_whatever_the_address_says(
    monkeypatch: pytest.MonkeyPatch, who: Actor
) -> None:
    seen = look(monkeypatch, PAGE, who, chiffres="provisoires")
    assert "vue_nationale_chiffres" not in [box.key for box in seen.selectbox]
    assert "provisoires" in seen.warning[0].value
    assert f"formation 25 {MADE_OF} – sans cible partiel" in words(seen)
    assert "dont 1 chiffre provisoire" not in words(seen)


def test_every_number_leads_to_what_explains_it(monkeypatch: pytest.MonkeyPatch) -> None:
    plan()
    said = scenes.html(look(monkeypatch, PAGE, REMI))
    for asked in (
        "nombre=realisation&amp;indicateur=FOR-04", f"nombre=avancement&amp;region={PICARDIE}&amp;chantier=FOR",
        f"nombre=completude&amp;region={PICARDIE}", "nombre=ponctualite", "nombre=part_prouvee",
    ):  # fmt: skip
        assert f'href="explication?{asked}' in said


def test_a_region_counts_only_on_the_chantiers_it_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    """measurement.md, section 10, example 9."""
    seen = look(monkeypatch, PAGE, REMI)
    assert "Aquitaine" not in words(seen)
    by_chantier = rows(seen, "Complétude par région et par chantier")
    assert by_chantier["Picardie"].count("–") == 3
    assert by_chantier["Ensemble"].split("Ensemble ")[1].startswith(by_chantier["Picardie"].split()[1])


def test_the_list_of_silences_counts_what_is_due_and_says_until_when(monkeypatch: pytest.MonkeyPatch) -> None:
    late = rows(look(monkeypatch, PAGE, REMI), "Retards et silences")
    assert "▲ d’ici le 15/07/2011 : FOR T3 3 sur 4" in late["Picardie"]
    assert "▼ en retard depuis le 15/01/2011 : PRE T1 2 sur 3" in late["Midi-Pyrénées"]
    assert "brouillon" not in late["Midi-Pyrénées"]
    office = rows(look(monkeypatch, PAGE, ODILE), "Retards et silences")
    assert "PRE T3 3 sur 3 (dont 1 en brouillon)" in office["Midi-Pyrénées"]


def test_filters_live_in_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI, periode=T1, preuve="F2", chantier="FOR")
    assert [box.value for box in seen.selectbox][:3] == ["FOR", T1, "F2"]
    assert "du 15/10/2010 au 31/12/2010" in words(seen)
    assert "niveau de preuve F2 documenté ou plus" in words(seen)
    assert "Personnes ayant achevé une formation 10 F2 documenté – sans cible 1 région sur 1" in words(seen)
    seen.selectbox(key="vue_nationale_periode").select(T2)
    scenes.run(seen)
    assert seen.query_params["periode"] == T2
    assert "Personnes ayant achevé une formation – sous le niveau de preuve" in words(seen)
    seen.selectbox(key="vue_nationale_periode").select("debut")
    assert "periode" not in scenes.run(seen).query_params


@pytest.mark.parametrize("name", ["chantier", "periode", "preuve", "indicateur"])
def test_a_wrong_code_in_the_address_is_told_and_passed_over(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    seen = look(monkeypatch, PAGE, REMI, **{name: "<b>*x*"})
    assert r"\<b\>\*x\*" in seen.warning[0].value
    assert f"25 {MADE_OF} – sans cible partiel" in words(seen)


def test_the_course_of_each_kind_of_indicator_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI)
    assert len(scenes.charts(seen)) == 3, "the map, the course, the milestones of the country"
    assert "Personnes ayant achevé une formation, cumul depuis le 15/10/2010" in scenes.sections(seen)
    seen.selectbox(key="vue_nationale_indicateur").select("PRE-03")
    assert any("en fin de période" in title for title in scenes.sections(scenes.run(seen)))


def test_an_empty_country_says_what_will_appear(sqlite_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_TODAY", "2010-10-20")
    text = words(look(monkeypatch, PAGE, REMI))
    assert "aucune période échue depuis le 15/10/2010" in text
    assert "rien d’attendu sur ces dates" in text


def test_a_pooled_achievement_says_on_how_many_regions_and_stands_beside_what_was_expected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan()
    text = words(look(monkeypatch, PAGE, REMI))
    assert (
        f"25 {MADE_OF} ● conforme, réalisation 83,3 % calculée sur 1 région sur 1 cible 30, somme des régions "
        "attendu 22 au 30/06/2011" in text
    )
    assert "Réalisation 83,3 % au 30/06/2011, calculée sur 1 région sur 1, ● conforme" in text


def test_a_national_target_stands_beside_the_sum_of_the_regional_ones_that_differs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan(target("FR", TRAINED, 100, 0))
    text = words(look(monkeypatch, PAGE, REMI))
    assert "▼ en retard, réalisation 25,0 % cible nationale 100 ; somme des régions 30" in text


def test_regions_are_ranked_by_progress_and_those_too_little_measured_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    plan()
    seen = look(monkeypatch, PAGE, REMI)
    ranked = rows(seen, "Régions, de la plus à la moins avancée")
    assert "83 % 1/" in ranked["Picardie Former et sensibiliser"]
    assert ranked["Picardie Former et sensibiliser"].startswith("– ")
    assert "○ non classée 1 sur" in ranked["Picardie Former et sensibiliser"]
    table = rows(seen, "Avancement par région et par chantier")
    assert table["Picardie"].startswith("Picardie 83 % 1/")
    assert table["Picardie"].count("–") == 3
    assert f'href="region?region={PICARDIE}&amp;chantier=FOR"' in scenes.html(seen)


def test_one_look_tells_where_regions_stand_and_how_sure_that_is(monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(look(monkeypatch, PAGE, REMI))
    assert "Régions en avance ou conformes 0 sur 2 2 non classées" in text
    for label in ("Complétude", "Ponctualité", "Part prouvée (F2 ou plus)"):
        assert label in text
    reporting = rows(look(monkeypatch, PAGE, REMI), "Complétude par région et par chantier")
    assert set(reporting) == {"Picardie", "Midi-Pyrénées", "Ensemble"}


def test_provisional_figures_and_the_proof_level_change_progress_too(monkeypatch: pytest.MonkeyPatch) -> None:
    plan()
    assert "réalisation 150,0 %" in words(look(monkeypatch, PAGE, ODILE, chiffres="provisoires"))
    assert "réalisation 33,3 %" in words(look(monkeypatch, PAGE, REMI, preuve="F2"))
    assert "réalisation 33,3 %" in words(look(monkeypatch, PAGE, REMI, periode=T1))


def test_a_period_alone_also_says_what_has_come_since_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    plan(target("FR", MEASURING, 70, 40))
    text = words(look(monkeypatch, PAGE, REMI, periode=T2))
    assert "formation 15 F0 déclaré ● conforme, réalisation 83,3 %" in text
    assert "depuis le début de la campagne : 25" in text
    assert "dernière valeur connue : 56,5 %" in text


def test_what_changed_is_told_since_the_day_that_the_address_says(monkeypatch: pytest.MonkeyPatch) -> None:
    plan()
    with transaction() as session:
        targets.set_targets(session, ODILE, [target(PICARDIE, TRAINED, 40, reason="plus ambitieux", seen_number=1)])
    seen = look(monkeypatch, PAGE, REMI, depuis="echeance")
    text = words(seen)
    assert "Depuis le 15/04/2011 : 1 cible changée, 2 cibles énoncées, 6 chiffres validés." in text
    assert "◆ cible de FOR-04 : 30 → 40 (« plus ambitieux »)" in text
    assert 'href="region?region=22&amp;chantier=FOR"' in scenes.html(seen)
    assert [box.value for box in seen.selectbox if box.key == "vue_nationale_depuis"] == ["echeance"]


def test_what_was_returned_is_told_to_its_region_and_the_office_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        reviews.send_back(session, ODILE, [Cell(PICARDIE, TRAINED, T3)], "Liste manquante.")
    for who, told in ((KARIM, True), (ODILE, True), (CLAIRE, False), (REMI, False)):
        assert ("1 chiffre retourné, T3" in words(look(monkeypatch, PAGE, who))) is told


def test_what_is_kept_ready_says_what_is_computed_at_every_end_of_period() -> None:
    plan()
    with reading() as session:
        seen = world(session, EVERYTHING)
        for lens in (Lens(), *(Lens(start=one.start, end=one.end) for one in ended_periods(seen))):
            day = min(lens.end + timedelta(days=1), seen.today) if lens.end else seen.today
            kept = standings.advances(session, seen.campaign, day)
            assert kept == advancement.standings(seen, lens)
            assert any(one.progress is not None for one in kept.values())


def test_a_wrong_indicator_is_said_beside_its_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below both columns, nobody would have seen it."""
    seen = look(monkeypatch, PAGE, REMI, indicateur="ZZZ")
    columns = [one for one in seen.get("column") if one.selectbox]
    assert ["ZZZ" in warning.value for one in columns for warning in one.warning] == [True]
    assert [box.label for one in columns for box in one.selectbox] == ["Indicateur suivi"]
