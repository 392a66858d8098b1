"""Targets: read by everybody, stated by the national office in one sheet, original beside revised."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from impact.db import Database, reading, transaction
from impact.figures import SCALE
from impact.queries.targets import statements, targets
from impact.rules.targets import TargetDraft
from impact.services.targets import set_targets
from tests.cast import CLAIRE, MIDI_PYRENEES, ODILE, PICARDIE, REMI
from tests.pages import scenes
from tests.pages.scenes import TRAINED, html, look, rows, run, words

PAGE, CAMPAIGN, DUE = "cibles", "2010-2011", date(2011, 9, 30)
SHEET = f"cibles_{CAMPAIGN}_{PICARDIE}_FOR"


@pytest.fixture(autouse=True)
def furnished(sqlite_db: Database) -> None:
    scenes.furnish()


def aim(value: int, baseline: int | None = 0, region: str = PICARDIE, seen: int = 0, why: str = "") -> TargetDraft:
    start = None if baseline is None else baseline * SCALE
    return TargetDraft(region, TRAINED, CAMPAIGN, start, value * SCALE, DUE, (), why, seen)


def state(*drafts: TargetDraft) -> None:
    with transaction() as session:
        set_targets(session, ODILE, drafts)


def sheet(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return look(monkeypatch, PAGE, ODILE, region=PICARDIE, chantier="FOR")


def fill(seen: AppTest, code: str, **texts: str) -> None:
    for field, text in texts.items():
        seen.text_input(key=f"{SHEET}_{code}_{field}").set_value(text)


def send(seen: AppTest) -> AppTest:
    seen.button(key=f"{SHEET}_envoyer").click()
    return run(seen)


def stored() -> dict[str, int]:
    with reading() as session:
        return {
            code: int(one.value) for (region, code), one in targets(session, CAMPAIGN).items() if region == PICARDIE
        }


def test_everybody_reads_and_only_the_national_office_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    state(aim(100))
    for person in (CLAIRE, REMI):
        seen = look(monkeypatch, PAGE, person, region=PICARDIE)
        row = rows(seen, "Cibles, Picardie")
        assert "100 30/09/2011 25 40 % en F2 documenté , 60 % en F0 déclaré 25,0 % ▼ en retard" in next(
            text for name, text in row.items() if name.startswith(TRAINED)
        )
        assert not seen.text_input
        assert not seen.button
    assert look(monkeypatch, PAGE, CLAIRE).title[0].value == "Cibles : Midi-Pyrénées"
    assert look(monkeypatch, PAGE, REMI).title[0].value == "Cibles : Ensemble du pays"


def test_the_revised_target_stands_beside_the_original_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    state(aim(60))
    state(aim(55, seen=1, why="un organisme a fermé"))
    seen = look(monkeypatch, PAGE, REMI, region=PICARDIE)
    assert "60 puis 55, révisée le 10/07/2011 : « un organisme a fermé »" in words(seen)
    assert "pas de cible : indicateur de moyens" in words(seen)
    assert "origine, 10/07/2011" not in words(seen)
    seen.session_state["cibles_historique"] = True
    assert "origine, 10/07/2011 0 60 30/09/2011" in words(run(seen))


def test_a_sheet_states_a_chantier_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = sheet(monkeypatch)
    fill(seen, TRAINED, base="0", cible="1 200", jalons="31/03/2011 : 400")
    fill(seen, "FOR-03", cible="900")
    send(seen)
    assert [one.value for one in seen.success] == ["2 cibles énoncées."]
    assert stored() == {TRAINED: 1200, "FOR-03": 900}
    assert "31/03/2011 : 400" in words(seen)
    assert seen.text_input(key=f"{SHEET}_{TRAINED}_cible").value == "1200"


def test_every_refusal_is_told_at_once_and_nothing_typed_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = sheet(monkeypatch)
    fill(seen, TRAINED, base="12,5", cible="1,234")
    fill(seen, "FOR-03", base="100", cible="50")
    fill(seen, "FOR-05", cible="30", echeance="31/02/2011")
    send(seen)
    said = words(seen)
    assert "« 1,234 » se lit de deux façons" in said
    assert "12,5 » a trop de décimales" in said
    assert "au-dessous de la situation de départ" in said
    assert "« 31/02/2011 » n’est pas une date" in said
    assert "Compris : départ 100 ; cible 50." in said
    assert seen.text_input(key=f"{SHEET}_{TRAINED}_cible").value == "1,234"
    assert stored() == {}
    fill(seen, TRAINED, base="12", cible="1234")
    fill(seen, "FOR-03", base="50", cible="100")
    fill(seen, "FOR-05", echeance="30/09/2011")
    assert [one.value for one in send(seen).success] == ["3 cibles énoncées."]


def test_a_change_after_the_congress_asks_why(monkeypatch: pytest.MonkeyPatch) -> None:
    state(aim(60))
    seen = sheet(monkeypatch)
    fill(seen, TRAINED, cible="55")
    assert "dites pourquoi" in words(send(seen))
    fill(seen, TRAINED, motif="un organisme a fermé")
    send(seen)
    assert stored() == {TRAINED: 55}


def test_two_people_on_one_target_see_both_and_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    state(aim(60))
    seen = sheet(monkeypatch)
    fill(seen, TRAINED, cible="55", motif="la mienne")
    state(aim(70, seen=1, why="la leur"))
    send(seen)
    assert stored() == {TRAINED: 70}
    assert rows(seen, f"{TRAINED}, les deux énoncés")["Cible"] == "Cible 70 55"
    seen.button(key=f"{SHEET}_{TRAINED}_garder").click()
    run(seen)
    send(seen)
    assert stored() == {TRAINED: 55}


def test_a_row_that_nobody_typed_in_follows_what_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = sheet(monkeypatch)
    state(aim(70))
    assert run(seen).text_input(key=f"{SHEET}_{TRAINED}_cible").value == "70"
    assert [one.value for one in send(seen).info] == ["Rien n’a changé\u202f: aucune cible n’a été énoncée."]


def test_a_target_is_withdrawn_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    state(aim(60))
    seen = sheet(monkeypatch)
    seen.button(key="cibles_retirer_envoyer").click()
    assert "dites pourquoi" in run(seen).error[0].value
    seen.text_area(key="cibles_retirer_motif").set_value("action abandonnée")
    seen.button(key="cibles_retirer_envoyer").click()
    assert "60, retirée le 10/07/2011 : « action abandonnée »" in words(run(seen))
    assert stored() == {}
    with reading() as session:
        assert [one.number for one in statements(session, CAMPAIGN)] == [1, 2]


def test_the_national_target_and_the_sum_of_the_regional_ones_are_both_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    state(aim(100))
    country = words(look(monkeypatch, PAGE, REMI, region="FR", chantier="FOR"))
    assert "sans cible nationale ; somme des cibles de 1 région : 100" in country
    state(aim(150, region="FR"))
    assert "somme des cibles régionales : 100" in words(look(monkeypatch, PAGE, REMI, region="FR", chantier="FOR"))


def test_what_was_reached_leads_to_its_explanation(monkeypatch: pytest.MonkeyPatch) -> None:
    state(aim(100))
    page = html(look(monkeypatch, PAGE, REMI, region=PICARDIE))
    assert 'href="explication?nombre=realisation&amp;indicateur=FOR-04&amp;region=22&amp;campagne=2010-2011"' in page
    said = words(look(monkeypatch, "explication", REMI, nombre="realisation", indicateur=TRAINED, region=PICARDIE))
    assert "(25 − 0) / (100 − 0) = 25,0 %" in said
    assert "origine, 10/07/2011 0 100" in said


def test_a_region_that_is_not_offered_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, CLAIRE, region="<b>")
    assert "ce code n’existe pas" in seen.warning[0].value.replace("\\", "")
    assert seen.title[0].value == "Cibles : Midi-Pyrénées"
    assert MIDI_PYRENEES in CLAIRE.regions


def test_a_click_that_cut_the_first_one_off_asks_nothing_and_the_next_one_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Streamlit stops the first click's run once it has written: nothing of the page knows that it did."""
    seen = sheet(monkeypatch)
    with transaction() as session:
        set_targets(session, ODILE, [aim(120)], seen.session_state["jetons"][SHEET])
    fill(seen, TRAINED, base="0", cible="120")
    seen = send(seen)
    assert ["déjà été envoyé" in one.value for one in seen.info] == [True]
    assert not seen.warning, "what was typed is what is stored: there is nothing to choose"
    fill(seen, TRAINED, cible="150", motif="la région a recruté")
    assert [one.value for one in send(seen).success] == ["1 cible énoncée."]
    assert stored()[TRAINED] == 150
