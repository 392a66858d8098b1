"""The country at a glance says what aggregation says, and to each reader what is theirs."""

import pytest

from impact import formats
from impact.db import Database, reading
from impact.permissions import EVERYTHING, Actor
from impact.presentation.lens import KEY_INDICATORS
from impact.queries.world import world
from impact.vocabulary import Coverage
from tests.cast import ADA, CLAIRE, KARIM, ODILE, REMI
from tests.pages import scenes
from tests.pages.scenes import T1, T2, look, rows, words

PAGE = "vue_nationale"


@pytest.fixture(autouse=True)
def furnished(sqlite_db: Database) -> None:
    scenes.furnish()


def test_key_figures_are_those_of_aggregation(monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(look(monkeypatch, PAGE, REMI))
    with reading() as session:
        seen = world(session, EVERYTHING)
    for code in KEY_INDICATORS:
        total = seen.total(code)
        shown = formats.figure(seen.definitions[code], total.pair).replace(formats.NARROW, " ")
        assert shown in text
    assert (seen.total("FOR-04").coverage, seen.total("COO-04").coverage) == (Coverage.PARTIAL, Coverage.EMPTY)
    assert "25 partiel : 1 région sur 1, 2 chiffres sur 3" in text
    assert "56,5 % 13 sur 23 partiel : 0 région sur 1 à la dernière période due valeur au 31/03/2011" in text


@pytest.mark.parametrize("who", [ODILE, ADA])
def test_the_office_may_include_provisional_figures_and_every_title_says_so(
    monkeypatch: pytest.MonkeyPatch, who: Actor
) -> None:
    seen = look(monkeypatch, PAGE, who)
    assert "formation 25 partiel" in words(seen)
    seen.selectbox(key="vue_nationale_chiffres").select("provisoires")
    scenes.run(seen)
    assert seen.query_params["chiffres"] == "provisoires"
    assert seen.title[0].value == "Vue nationale (provisoire)"
    assert "Personnes ayant achevé une formation (provisoire) 45 dont 1 chiffre provisoire" in words(seen)
    assert any("(provisoire)" in header.value for header in seen.header)


@pytest.mark.parametrize("who", [REMI, CLAIRE, KARIM])
def test_others_read_validated_figures_alone_whatever_the_address_says(
    monkeypatch: pytest.MonkeyPatch, who: Actor
) -> None:
    seen = look(monkeypatch, PAGE, who, chiffres="provisoires")
    assert "vue_nationale_chiffres" not in [box.key for box in seen.selectbox]
    assert "provisoires" in seen.warning[0].value
    assert "formation 25 partiel" in words(seen)
    assert "dont 1 chiffre provisoire" not in words(seen)


def test_what_a_number_is_made_of_and_what_is_left_out_stand_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(look(monkeypatch, PAGE, REMI))
    assert "Picardie 25 = 25 personnes. Flux : les périodes s’additionnent." in text
    assert "Picardie T2 15 ✓ validé F0 déclaré" in text
    assert "Écarté, soumis, pas encore validé : Picardie (T3)." in text
    assert "100 × 13 / 23 = 56,5 %." in text
    assert "Écarté, remplacé par une période plus récente : Midi-Pyrénées (T1)." in text
    assert "Définition PRE-03, version 1." in text


def test_a_region_counts_only_on_the_chantiers_it_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    """measurement.md, section 10, example 9."""
    seen = look(monkeypatch, PAGE, REMI)
    assert "Aquitaine" not in words(seen)
    by_chantier = rows(seen, "Complétude par région et par chantier")
    assert by_chantier["Picardie"].count("–") == 3
    assert by_chantier["Ensemble"].split("Ensemble ")[1].startswith(by_chantier["Picardie"].split()[1])


def test_the_list_of_silences_counts_what_is_due_and_says_until_when(monkeypatch: pytest.MonkeyPatch) -> None:
    late = rows(look(monkeypatch, PAGE, REMI), "Retards et silences")
    assert "FOR T3 : 3 chiffres sur 4, échéance le 15/07/2011" in late["Picardie"]
    assert "PRE T1 : 2 chiffres sur 3, échéance dépassée depuis le 15/01/2011" in late["Midi-Pyrénées"]
    assert "brouillon" not in late["Midi-Pyrénées"]
    office = rows(look(monkeypatch, PAGE, ODILE), "Retards et silences")
    assert "PRE T3 : 3 chiffres sur 3 (dont 1 en brouillon)" in office["Midi-Pyrénées"]


def test_filters_live_in_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI, periode=T1, preuve="F2", chantier="FOR")
    assert [box.value for box in seen.selectbox][:3] == ["FOR", T1, "F2"]
    assert "du 15/10/2010 au 31/12/2010" in words(seen)
    assert "niveau de preuve F2 documenté ou plus" in words(seen)
    assert "Personnes ayant achevé une formation 10 1 région sur 1" in words(seen)
    seen.selectbox(key="vue_nationale_periode").select(T2)
    scenes.run(seen)
    assert seen.query_params["periode"] == T2
    assert "fiabilité F0, en dessous de F2 : Picardie (T2)" in words(seen)
    seen.selectbox(key="vue_nationale_periode").select("debut")
    assert "periode" not in scenes.run(seen).query_params


@pytest.mark.parametrize("name", ["chantier", "periode", "preuve", "indicateur"])
def test_a_wrong_code_in_the_address_is_told_and_passed_over(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    seen = look(monkeypatch, PAGE, REMI, **{name: "<b>*x*"})
    assert r"\<b\>\*x\*" in seen.warning[0].value
    assert "25 partiel" in words(seen)


def test_the_course_of_each_kind_of_indicator_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI)
    assert len(scenes.charts(seen)) == 2
    assert "Personnes ayant achevé une formation, cumul depuis le 15/10/2010" in [h.value for h in seen.header]
    seen.selectbox(key="vue_nationale_indicateur").select("PRE-03")
    assert any("en fin de période" in header.value for header in scenes.run(seen).header)


def test_an_empty_country_says_what_will_appear(sqlite_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_TODAY", "2010-10-20")
    text = words(look(monkeypatch, PAGE, REMI))
    assert "aucune période échue depuis le 15/10/2010" in text
    assert "rien d’attendu sur ces dates" in text
