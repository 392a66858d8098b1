"""The journal's page: filters in the address, pages, and acts told so that anybody can read them."""

from datetime import date, timedelta

import pytest

from impact.db import transaction
from impact.permissions import Actor
from impact.services import calendar
from tests.cast import ADA, CLAIRE, ODILE, PICARDIE, REMI, TODAY
from tests.pages.conftest import Visit, drawn, text_of

T1, T4 = "2010-2011-T1", "2010-2011-T4"


@pytest.fixture
def busy(sqlite_db: object) -> None:
    with transaction() as session:
        calendar.reopen_period(session, ODILE, T1, PICARDIE, TODAY, "<b>pièces</b> reçues tard")
        for days in range(1, 31):
            calendar.set_deadline(session, ADA, T4, date(2011, 10, 14) + timedelta(days))


@pytest.mark.usefixtures("busy")
def test_acts_are_told_with_who_what_and_why(visit: Visit) -> None:
    text = text_of(visit(ODILE, "journal", journal_region="Picardie"))

    assert "1 acte," in text
    assert "Odile Martin" in text
    assert "Période rouverte" in text
    assert "Ouverte jusqu’au\u202f: 10/07/2011" in text
    assert "&lt;b&gt;pièces&lt;/b&gt; reçues tard" in text


@pytest.mark.usefixtures("busy")
def test_filters_and_page_stand_in_the_address_and_narrow_together(visit: Visit) -> None:
    first = visit(ODILE, "journal", journal_action="Échéance déplacée", journal_periode=T4)
    second = visit(ODILE, "journal", journal_action="Échéance déplacée", journal_periode=T4, journal_page="2")

    assert text_of(first).count("<tr>") == 26, "the header and 25 acts"
    assert text_of(second).count("<tr>") == 6
    assert "14/10/2011 → 15/10/2011" in text_of(second)
    narrowed = drawn(second.text_input(key="journal_texte").set_value("2011-10-20").run())
    assert text_of(narrowed).count("<tr>") == 3, "the one that set it and the one that moved it away"


@pytest.mark.usefixtures("busy")
def test_a_new_filter_goes_back_to_the_first_page(visit: Visit) -> None:
    seen = visit(ODILE, "journal", journal_page="2")
    seen = drawn(seen.selectbox(key="journal_periode").set_value(T4).run())

    assert seen.pagination(key="journal_page").value == 1
    assert text_of(seen).count("<tr>") == 26


@pytest.mark.usefixtures("busy")
def test_an_address_typed_by_hand_is_taken_as_no_filter(visit: Visit) -> None:
    for name in ("personne", "action", "region", "periode", "indicateur", "du", "au", "page"):
        assert "31 actes" in text_of(visit(ODILE, "journal", **{f"journal_{name}": "n’importe quoi"})), name


def test_an_empty_search_says_what_to_do(visit: Visit) -> None:
    assert "Aucun acte ne répond" in text_of(visit(ADA, "journal", journal_texte="introuvable"))


@pytest.mark.usefixtures("busy")
def test_the_file_is_narrowed_as_the_page_is(visit: Visit) -> None:
    seen = visit(ODILE, "journal", journal_region="Picardie", journal_indicateur="FOR-04", journal_du="2011-07-10")

    (link,) = seen.get("link_button")
    assert link.url == "/exports/journal.csv?from=2011-07-10&region=22&indicateur=FOR-04"


@pytest.mark.parametrize("person", [CLAIRE, REMI], ids=lambda person: person.name)
def test_regions_and_readers_are_told_that_it_is_not_theirs(visit: Visit, person: Actor) -> None:
    seen = visit(person, "journal")

    assert [title.value for title in seen.title] == ["Écran réservé"]
    assert not seen.selectbox
