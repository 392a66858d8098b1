"""First visit to an empty database."""

import re
import sys
from types import SimpleNamespace

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from impact.db import Database, current, reading, transaction
from impact.errors import Forbidden
from impact.models import Account, Setting
from impact.services import setup
from impact.vocabulary import Role
from impact.web import start
from tests.impact.web.conftest import Visit

PERSON = {"name": "Agnès Roche", "email": "agnes@example.org"}
PASSWORD = {"password": "la rivière déborde au printemps", "again": "la rivière déborde au printemps"}


@pytest.fixture
def code(visit: Visit, tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """The code that the server prints when it starts on an empty database."""
    monkeypatch.setenv("IMPACT_DATABASE_URL", f"sqlite:///{tmp_path}/empty/new.db")
    start.prepare()
    found = re.search(r"code d’installation : (\w{4}-\w{4}-\w{4})", capsys.readouterr().out)
    assert found
    return found[1]


def people() -> list[Account]:
    with reading() as session:
        return list(session.exec(select(Account)))


def administrator(client: TestClient, code: str, **more: str):
    return client.post("/installation/administrateur", data={"code": code, **PERSON, **PASSWORD, **more})


def test_an_empty_database_leads_to_its_installation(visit: Visit, code: str) -> None:
    assert visit().get("/connexion").headers["location"] == "/installation"
    assert "Code d’installation" in visit().get("/installation").text


def test_the_code_opens_the_choice_between_a_real_start_and_the_demonstration(visit: Visit, code: str) -> None:
    page = visit().post("/installation", data={"code": f" {code.lower()} "})
    assert page.status_code == 200
    assert "/installation/administrateur" in page.text
    assert "/installation/demonstration" in page.text
    assert "2010-2011" in page.text
    assert "« Calendrier »" in page.text


def test_without_the_code_nothing_is_installed(visit: Visit, code: str) -> None:
    for path in ("/installation", "/installation/administrateur", "/installation/demonstration"):
        refused = visit(peer="203.0.113.1").post(path, data={"code": "AAAA-AAAA-AAAA", **PERSON, **PASSWORD})
        assert refused.status_code == 403
        assert "Ce code d’installation n’est pas le bon." in refused.text
    assert people() == []


def test_the_code_cannot_be_guessed_at_leisure(visit: Visit, code: str) -> None:
    for number in range(5):
        visit(peer=f"203.0.113.{number}").post("/installation", data={"code": "AAAA"})
    assert visit(peer="203.0.113.50").post("/installation", data={"code": code}).status_code == 429


def test_the_administrator_enters_at_once_and_the_code_dies(visit: Visit, code: str) -> None:
    client = visit()
    assert administrator(client, code).headers["location"] == "/"
    assert client.get("/media/x").status_code == 200
    assert [(person.email, person.role) for person in people()] == [("agnes@example.org", Role.ADMIN)]
    with reading() as session:
        assert session.get(Setting, setup.CODE_KEY) is None


def test_every_problem_is_said_at_once_and_nothing_is_written(visit: Visit, code: str) -> None:
    refused = administrator(visit(), code, email="agnes", name=" ", password="azertyuiop12", again="azertyuiop12")
    assert refused.status_code == 400
    for sentence in ("une adresse électronique complète", "le nom de la personne", "trop courant"):
        assert sentence in refused.text
    assert people() == []


def test_an_installed_product_is_not_installed_again(visit: Visit, code: str) -> None:
    administrator(visit(), code)
    for path in ("/installation", "/installation/administrateur", "/installation/demonstration"):
        again = visit().post(path, data={"code": code, **PERSON, **PASSWORD, "email": "other@example.org"})
        assert (again.status_code, again.headers["location"]) == (303, "/connexion")
    assert visit().get("/installation").headers["location"] == "/connexion"
    assert len(people()) == 1


def test_the_second_of_two_installers_is_refused_inside_the_transaction(visit: Visit, code: str) -> None:
    administrator(visit(), code)
    with transaction() as session:
        setup_again = pytest.raises(Forbidden, match="déjà installé")
        with setup_again:
            setup.install_administrator(session, code, "b@example.org", "B", PASSWORD["password"])
        with pytest.raises(Forbidden, match="déjà installé"):
            setup.install_demonstration(session, code, lambda _: pytest.fail("the database was not empty"))


def test_the_demonstration_fills_the_empty_database(visit: Visit, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(session: Session) -> None:
        session.add(Setting(key="demonstration", value="true"))

    monkeypatch.setitem(sys.modules, "impact.demo", SimpleNamespace(fill=fill))  # type: ignore[arg-type]
    answer = visit().post("/installation/demonstration", data={"code": code})
    assert answer.headers["location"] == "/connexion?avis=demonstration"
    with reading() as session:
        assert setup.is_demonstration(session)


def test_each_start_has_its_own_code_until_there_is_an_account(visit: Visit, code: str) -> None:
    with transaction() as session:
        renewed = setup.renew_code(session)
    assert renewed
    assert renewed != code
    assert visit().post("/installation", data={"code": code}).status_code == 403
    administrator(visit(), renewed)
    with transaction() as session:
        assert setup.renew_code(session) is None


def test_a_restart_keeps_what_is_there(sqlite_db: Database) -> None:
    before = people()
    start.prepare()
    assert [person.id for person in people()] == [person.id for person in before]
    assert current() is sqlite_db
