"""Teams read what visitors left for their region, note what they did, and erase it for good."""

from datetime import date

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from impact.db import reading, transaction
from impact.models import History, Offer
from impact.permissions import Actor
from impact.rules.offers import OfferDraft
from impact.services import offers
from impact.vocabulary import OfferState
from tests.cast import CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE
from tests.pages.conftest import Visit
from tests.pages.opened import texts

PAGE = "volontaires"
HOSTILE = "<script>alert(1)</script> **gras** [clic](https://piege.example) $x$\nSeconde ligne"


def leave(region: str = PICARDIE, name: str = "Paula Meyer", message: str = "Bonjour.") -> int:
    with transaction() as session:
        draft = OfferDraft(name, "paula@exemple.fr", region, "FOR", message)
        return offers.receive(session, draft, f"{region} {name} {message}")


def stored(number: int) -> Offer:
    with reading() as session:
        return session.get_one(Offer, number)


def button(seen: AppTest, label: str):
    return next(one for one in seen.button if one.label == label)


@pytest.mark.parametrize(("who", "sees"), [(KARIM, {"Paula"}), (CLAIRE, {"Marc"}), (ODILE, {"Paula", "Marc"})])
def test_a_team_reads_what_is_meant_for_its_region_and_the_office_reads_all(
    visit: Visit, who: Actor, sees: set[str]
) -> None:
    leave(name="Paula")
    leave(MIDI_PYRENEES, "Marc")
    said = texts(visit(who, PAGE))
    assert {name for name in ("Paula", "Marc") if name in said} == sees
    for number in (1, 2):
        opened = texts(visit(who, PAGE, message=str(number)))
        assert ("paula@exemple.fr" in opened) is (stored(number).name in sees)


def test_whatever_a_visitor_wrote_is_shown_as_it_was_typed(visit: Visit) -> None:
    number = leave(name=HOSTILE.split("\n", maxsplit=1)[0], message=HOSTILE)
    for seen in (visit(KARIM, PAGE), visit(KARIM, PAGE, message=str(number))):
        said = texts(seen)
        assert "<script" not in said
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in said
        assert 'href="https://piege' not in said
        assert not any("piege" in str(one.value) for one in (*seen.title, *seen.markdown)), "Streamlit makes links"


def test_a_message_is_followed_with_a_note_then_closed(visit: Visit) -> None:
    number = leave()
    seen = visit(KARIM, PAGE, message=str(number))
    button(seen, "Marquer suivi").click().run()
    assert "dites en quelques mots ce qui a été fait" in texts(seen)
    seen.text_area[0].set_value("Appelée le 9 juillet.").run()
    button(seen, "Marquer suivi").click().run()
    assert "Message marqué suivi." in texts(seen)
    assert (stored(number).state, stored(number).note) == (OfferState.TAKEN_UP, "Appelée le 9 juillet.")
    assert "Karim Benali" in texts(seen)
    button(seen, "Clore").click().run()
    assert stored(number).state == OfferState.CLOSED
    with reading() as session:
        told = session.exec(select(History).where(History.action == "offer.answer")).all()
    assert [row.subject for row in told] == [f"message n° {number}"] * 2
    assert not any(word in str(row.model_dump()) for row in told for word in ("Paula", "paula", "Bonjour", "Appelée"))


def test_a_colleague_who_was_quicker_is_not_written_over_unseen(visit: Visit) -> None:
    number = leave()
    seen = visit(KARIM, PAGE, message=str(number))
    seen.text_area[0].set_value("Moi.").run()
    with transaction() as session:
        offers.answer(session, ODILE, number, OfferState.TAKEN_UP, "Appelée par le bureau.", None)
    button(seen, "Marquer suivi").click().run()
    assert "Un collègue a répondu entre-temps" in texts(seen)
    assert "Appelée par le bureau." in texts(seen)
    assert stored(number).note == "Appelée par le bureau."


def test_a_message_is_erased_at_the_persons_request_and_only_once_it_is_confirmed(visit: Visit) -> None:
    number = leave()
    seen = visit(KARIM, PAGE, message=str(number))
    assert button(seen, "Effacer ce message").disabled
    seen.checkbox[0].check().run()
    button(seen, "Effacer ce message").click().run()
    assert f"Message n° {number} effacé." in texts(seen)
    assert "1 message effacé à ce jour" in texts(seen)
    assert (stored(number).name, stored(number).email, stored(number).message) == ("", "", "")
    assert "a été effacé, n’existe pas" in texts(visit(KARIM, PAGE, message=str(number)))


def test_opening_the_page_erases_what_has_been_kept_for_a_year(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    number = leave()
    assert stored(number).erase_on == date(2012, 7, 10)
    monkeypatch.setenv("IMPACT_TODAY", "2012-07-10")
    assert "Paula" not in texts(visit(KARIM, PAGE))
    assert stored(number).state == OfferState.ERASED


def test_a_list_that_is_empty_says_what_will_come(visit: Visit) -> None:
    assert "Aucun message pour l’instant." in texts(visit(KARIM, PAGE))
