"""The texts that the network fills in: read by all, written by an administrator, safe to draw."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from impact.db import Database, reading, transaction
from impact.errors import Refused
from impact.models import History
from impact.permissions import Actor
from impact.queries.texts import first_text, legal_text
from impact.services.texts import LONGEST, write_legal_text
from impact.ui.admin.legal import without_images
from impact.vocabulary import LegalPage
from tests.cast import ADA, CLAIRE, ODILE, REMI
from tests.pages.conftest import Visit, drawn, text_of

NOTICE = LegalPage.NOTICE


def write(seen: AppTest, text: str) -> AppTest:
    seen.text_area(key="mentions_legales_texte").set_value(text)
    return drawn(seen.button(key="mentions_legales_envoyer").click().run())


def body(seen: AppTest) -> str:
    return "\n".join(element.value for element in seen.markdown)


@pytest.mark.parametrize("page", LegalPage)
def test_a_first_text_says_what_is_the_network_s_to_fill_in(visit: Visit, page: LegalPage) -> None:
    seen = visit(REMI, page.value)

    assert "le réseau ne l’a pas encore complété" in text_of(seen)
    assert "à compléter" in body(seen).lower()
    assert not seen.button


def test_the_privacy_notice_names_everything_that_is_kept_of_people() -> None:
    text = first_text(LegalPage.PRIVACY)

    for kept in ("argon2id", "adresse IP", "Historique", "Exports", "cookie", "CNIL", "Combien de temps"):
        assert kept.lower() in text.lower()


def test_an_administrator_writes_a_text_that_everybody_reads(visit: Visit) -> None:
    seen = write(visit(ADA, "mentions_legales"), "## Éditeur\n\nLe réseau, 75010 Paris.")
    assert [done.value for done in seen.success] == ["Texte enregistré."]

    read = visit(CLAIRE, "mentions_legales")
    assert "75010 Paris" in body(read)
    assert "par Ada Garnier" in text_of(read)
    with reading() as session:
        (act,) = session.exec(select(History))
        assert (act.action, act.actor) == ("legal_text", ADA.email)
        assert act.before == {"text": first_text(NOTICE)}


def test_an_empty_text_is_refused_and_nothing_changes(visit: Visit) -> None:
    seen = write(visit(ADA, "mentions_legales"), " \n ")

    assert [error.value for error in seen.error] == ["Écrivez un texte\u202f: cette page ne peut pas être vide."]
    with reading() as session:
        assert legal_text(session, NOTICE).updated_at is None


def test_a_text_that_somebody_else_changed_meanwhile_is_not_overwritten_unseen(visit: Visit) -> None:
    seen = visit(ADA, "mentions_legales")
    with transaction() as session:
        write_legal_text(session, ADA, NOTICE, "La version du matin.", None)
    seen = write(seen, "La version du soir.")

    assert "pendant que vous l’écriviez" in seen.error[0].value
    assert "La version du matin." in body(seen), "the other version is in sight"
    assert seen.text_area(key="mentions_legales_texte").value == "La version du soir.", "nothing typed is lost"
    write(seen, "La version du soir.")
    with reading() as session:
        assert legal_text(session, NOTICE).text == "La version du soir."


@pytest.mark.parametrize(("text", "why"), [(first_text(NOTICE), "n’a pas changé"), ("x" * (LONGEST + 1), "trop long")])
def test_saving_what_is_there_already_or_an_endless_text_writes_nothing(db: Database, text: str, why: str) -> None:
    with transaction() as session, pytest.raises(Refused, match=why):
        write_legal_text(session, ADA, NOTICE, text, None)


def test_texts_are_written_and_replaced_on_either_engine(db: Database) -> None:
    with transaction() as session:
        write_legal_text(session, ADA, NOTICE, "Une première.", None)
    with reading() as session:
        seen = legal_text(session, NOTICE)
    with transaction() as session:
        write_legal_text(session, ADA, NOTICE, "Une seconde.", seen.updated_at)
    with reading() as session:
        assert legal_text(session, NOTICE).text == "Une seconde."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![vu](https://ailleurs.example/p.png)", "&#33;[vu](https://ailleurs.example/p.png)"),
        ("\\![vu](https://ailleurs.example/p.png)", "\\&#33;[vu](https://ailleurs.example/p.png)"),
        ("![vu][1]\n\n[1]: https://ailleurs.example/p.png", "&#33;[vu][1]\n\n[1]: https://ailleurs.example/p.png"),
        ("Bonjour ! [lien](https://exemple.org)", "Bonjour ! [lien](https://exemple.org)"),
    ],
)
def test_no_picture_is_fetched_from_elsewhere(text: str, shown: str) -> None:
    assert without_images(text) == shown


@pytest.mark.parametrize("person", [CLAIRE, REMI, ODILE], ids=lambda person: person.name)
def test_only_an_administrator_is_offered_to_write(visit: Visit, person: Actor) -> None:
    seen = visit(person, "confidentialite")

    assert [*seen.button, *seen.text_area] == []
