"""The national office moves the calendar and the mobilisations; everybody else reads them."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from impact.db import reading, transaction
from impact.figures import Mobilisation
from impact.permissions import Actor
from impact.queries import catalogue
from impact.queries.book import Book
from impact.services import calendar
from tests.cast import CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI, START, TODAY
from tests.pages.conftest import Visit, drawn, text_of

T1, T3, T4 = "2010-2011-T1", "2010-2011-T3", "2010-2011-T4"


def press(seen: AppTest, form: str) -> AppTest:
    return drawn(seen.button(key=f"calendrier_{form}_envoyer").click().run())


def spells(region: str = PICARDIE) -> list[Mobilisation]:
    with reading() as session:
        return catalogue.mobilisations(session, region)


def test_each_period_has_its_deadline_and_what_can_be_done_with_it(visit: Visit) -> None:
    text = text_of(visit(REMI, "calendrier"))

    assert text.count("close") == 3, "T1, T2 and S1"
    assert text.count("à répondre") == 1
    assert text.count("en cours</span>") == 3
    assert "dans 5 jours" in text
    assert "Picardie" in text


def test_a_deadline_is_moved(visit: Visit) -> None:
    seen = visit(ODILE, "calendrier")
    drawn(seen.selectbox(key="calendrier_echeance_periode").set_value(T4).run())
    seen.date_input(key=f"calendrier_echeance_{T4}_jour").set_value(date(2011, 10, 31))
    seen = press(seen, "echeance")

    with reading() as session:
        assert Book(session).period(T4).deadline == date(2011, 10, 31)
    assert [done.value for done in seen.success] == [f"Échéance de {T4}\u202f: 31/10/2011."]
    assert "31/10/2011" in text_of(seen)


@pytest.mark.parametrize("day", [date(2011, 6, 29), None])
def test_a_deadline_that_cannot_be_is_refused_and_nothing_moves(visit: Visit, day: date | None) -> None:
    seen = visit(ODILE, "calendrier")
    seen.date_input(key=f"calendrier_echeance_{T3}_jour").set_value(day)
    seen = press(seen, "echeance")

    assert "ne peut précéder la fin de la période (30/06/2011)" in seen.error[0].value
    with reading() as session:
        assert Book(session).period(T3).deadline == date(2011, 7, 15)


def test_a_period_is_reopened_for_a_region_which_reads_why(visit: Visit) -> None:
    seen = visit(ODILE, "calendrier")
    drawn(seen.selectbox(key="calendrier_reouverture_periode").set_value(T1).run())
    seen.selectbox(key="calendrier_reouverture_region").set_value(PICARDIE)
    refused = press(seen, "reouverture")
    assert [error.value for error in refused.error] == ["Indiquez le motif\u202f: il est montré à la région."]

    seen.text_area(key="calendrier_reouverture_motif").set_value("pièces reçues tard")
    press(seen, "reouverture")

    assert "pièces reçues tard" in text_of(visit(KARIM, "calendrier"))
    assert "pièces reçues tard" not in text_of(visit(CLAIRE, "calendrier")), "it is Picardie's business"


def test_the_next_campaign_opens_in_one_click_and_only_once(visit: Visit) -> None:
    seen = visit(ODILE, "calendrier")
    token = seen.session_state["calendrier_campagne_suivante_jeton"]
    seen = press(seen, "campagne_suivante")
    assert [done.value for done in seen.success] == ["Campagne 2011-2012 ouverte."]
    assert seen.text_input(key="calendrier_campagne_suivante_2012-2013_code").value == "2012-2013"

    seen.session_state["calendrier_campagne_suivante_jeton"] = token
    press(drawn(seen.run()), "campagne_suivante")
    with reading() as session:
        assert [row.code for row in catalogue.campaigns(session)] == ["2010-2011", "2011-2012"]
        assert len(catalogue.periods(session, "2011-2012")) == 7


def test_the_campaign_shown_is_in_the_address(visit: Visit) -> None:
    with transaction() as session:
        calendar.open_campaign(session, ODILE, *calendar.next_campaign(session))

    assert "15/01/2012" in text_of(visit(REMI, "calendrier", calendrier_campagne="Campagne 2011-2012"))
    assert "15/01/2011" in text_of(visit(REMI, "calendrier", calendrier_campagne="Campagne 1999-2000"))


def test_a_region_is_mobilised_and_what_it_changes_is_said_first(visit: Visit) -> None:
    seen = visit(ODILE, "calendrier")
    seen.selectbox(key="calendrier_mobiliser_region").set_value(PICARDIE)
    seen.selectbox(key="calendrier_mobiliser_chantier").set_value("COO")
    drawn(seen.date_input(key="calendrier_mobiliser_debut").set_value(date(2011, 4, 1)).run())
    drawn(seen.checkbox(key=f"calendrier_mobiliser_principal_{PICARDIE}_COO").check().run())
    assert "prendra fin la veille" in text_of(seen)

    press(seen, "mobiliser")
    assert spells() == [
        Mobilisation(PICARDIE, "FOR", START, date(2011, 3, 31), True),
        Mobilisation(PICARDIE, "COO", date(2011, 4, 1), None, True),
    ]


def test_the_rank_proposed_is_the_one_that_changes_nothing(visit: Visit) -> None:
    seen = visit(ODILE, "calendrier")
    drawn(seen.selectbox(key="calendrier_mobiliser_region").set_value(PICARDIE).run())
    assert seen.checkbox(key=f"calendrier_mobiliser_principal_{PICARDIE}_FOR").value is True, "as it runs already"
    drawn(seen.selectbox(key="calendrier_mobiliser_chantier").set_value("COO").run())
    assert seen.checkbox(key=f"calendrier_mobiliser_principal_{PICARDIE}_COO").value is False, "FOR comes first"
    drawn(seen.selectbox(key="calendrier_mobiliser_region").set_value("42").run())
    assert seen.checkbox(key="calendrier_mobiliser_principal_42_COO").value is True, "its first chantier"


def test_a_mobilisation_ends_on_a_day_or_comes_first(visit: Visit) -> None:
    seen = visit(ODILE, "calendrier")
    seen.selectbox(key="calendrier_mobiliser_region").set_value(PICARDIE)
    seen.selectbox(key="calendrier_mobiliser_chantier").set_value("COO")
    press(seen, "mobiliser")
    drawn(seen.selectbox(key="calendrier_fin_laquelle").set_value(f"{PICARDIE}/COO").run())
    press(seen, "principal")
    assert spells() == [Mobilisation(PICARDIE, "COO", START, None, True), Mobilisation(PICARDIE, "FOR", START)]

    seen.date_input(key="calendrier_fin_jour").set_value(None)
    assert press(seen, "fin").error, "an emptied day ends nothing"
    seen.date_input(key="calendrier_fin_jour").set_value(TODAY)
    press(seen, "fin")
    assert spells()[0] == Mobilisation(PICARDIE, "COO", START, TODAY, True)
    assert spells(MIDI_PYRENEES) == [Mobilisation(MIDI_PYRENEES, "PRE", START, None, True)]


@pytest.mark.parametrize("person", [CLAIRE, REMI], ids=lambda person: person.name)
def test_others_read_and_are_offered_nothing_to_change(visit: Visit, person: Actor) -> None:
    seen = visit(person, "calendrier")

    assert [*seen.button, *seen.date_input, *seen.text_area] == []
