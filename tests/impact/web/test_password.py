"""One-time links and password changes, over HTTP."""

import pytest

from impact.db import transaction
from impact.services import accounts
from impact.vocabulary import LinkPurpose
from tests.cast import ADA, CLAIRE, PASSWORD
from tests.impact.web.conftest import Visit

NEW = "la rivière déborde au printemps"


@pytest.fixture
def link(visit: Visit) -> str:
    """The path of an activation link of Claire's."""
    with transaction() as session:
        return accounts.new_link(session, ADA, CLAIRE.id, LinkPurpose.ACTIVATION).removeprefix("http://127.0.0.1:8501")


def typed(password: str, again: str | None = None, **more: str) -> dict[str, str]:
    return {"password": password, "again": password if again is None else again, **more}


def test_a_link_lets_its_owner_choose_a_password_once(visit: Visit, link: str) -> None:
    client, elsewhere = visit(), visit(CLAIRE)
    assert CLAIRE.email in client.get(link).text
    assert client.post(link, data=typed(NEW)).headers["location"] == "/connexion?avis=mot-de-passe"
    assert client.post("/connexion", data={"email": CLAIRE.email, "password": NEW}).status_code == 303
    assert elsewhere.get("/media/x").status_code == 401, "the sessions from before the change are over"
    again = client.post(link, data=typed("une tout autre phrase encore"))
    assert again.status_code == 404
    assert "Ce lien n’est plus valable" in again.text
    assert visit().post("/connexion", data={"email": CLAIRE.email, "password": NEW}).status_code == 303


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("court", None, "Choisissez au moins 12 caractères"),
        ("motdepasse2011", None, "trop courant"),
        ("claire dumont", None, "ressemble trop à votre nom"),
        (NEW, "autre", "Les deux saisies diffèrent."),
    ],
)
def test_a_refused_password_leaves_the_link_usable(
    visit: Visit, link: str, password: str, again: str | None, sentence: str
) -> None:
    refused = visit().post(link, data=typed(password, again))
    assert refused.status_code == 400
    assert sentence in refused.text
    assert visit().post(link, data=typed(NEW)).status_code == 303


def test_a_link_that_names_nothing_says_whom_to_ask(visit: Visit) -> None:
    answer = visit().get("/activation/inconnu")
    assert answer.status_code == 404
    assert "Demandez-en un nouveau à un administrateur." in answer.text


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(visit: Visit) -> None:
    here, elsewhere = visit(CLAIRE), visit(CLAIRE)
    before = here.cookies["impact_session"]
    answer = here.post("/mot-de-passe", data=typed(NEW, current=PASSWORD))
    assert "Votre mot de passe est changé." in answer.text
    assert elsewhere.get("/media/x").status_code == 401
    assert here.get("/media/x").status_code == 200
    assert here.cookies["impact_session"] != before


def test_changing_the_password_needs_the_current_one_and_few_guesses(visit: Visit) -> None:
    client = visit(CLAIRE)
    for _ in range(5):
        refused = client.post("/mot-de-passe", data=typed(NEW, current="faux"))
        assert refused.status_code == 400
        assert "Le mot de passe actuel n’est pas le bon." in refused.text
    assert client.post("/mot-de-passe", data=typed(NEW, current=PASSWORD)).status_code == 429
    assert client.get("/media/x").status_code == 200


def test_a_stranger_changes_no_password(visit: Visit) -> None:
    assert visit().post("/mot-de-passe", data=typed(NEW, current=PASSWORD)).status_code == 401
