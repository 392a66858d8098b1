"""Every page guards itself: run alone, without the navigation, it lets in only those the access table names."""

import pytest
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from impact.db import Database, transaction
from impact.models import Account
from impact.services import accounts
from impact.settings import ROOT
from impact.ui import identity
from impact.ui.screens import SCREENS
from tests import access

REFUSED = {"Écran réservé", "Session terminée"}
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def test_every_page_has_a_line_in_the_access_table_and_a_place_among_the_screens() -> None:
    assert set(access.table()["pages"]) == set(PAGES)
    assert set(PAGES) <= {screen.name for screen in SCREENS}


def token_of(who: str) -> str:
    """A cookie in force; a disabled person's is that of a session opened before."""
    person = access.PEOPLE[who]
    if person is None:
        return "a token that nobody was given"
    with transaction() as session:
        account = session.get_one(Account, person.id)
        return _opened(session, account)


def _opened(session: Session, account: Account) -> str:
    was_active, account.active = account.active, True
    token = accounts.open_session(session, account, "127.0.0.1")
    account.active = was_active
    return token


@pytest.mark.parametrize("who", access.PEOPLE)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_for_those_the_table_names(
    sqlite_db: Database, monkeypatch: pytest.MonkeyPatch, page: str, who: str
) -> None:
    token = token_of(who)
    monkeypatch.setattr(identity, "token", lambda: token)
    seen = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=20).run()
    assert not seen.exception
    titles = {title.value for title in seen.title}
    assert titles, "a page says what it is"
    assert bool(titles & REFUSED) is (who not in access.table()["pages"][page])
    if titles & REFUSED:
        assert len(titles) == 1
        assert not any((seen.button, seen.text_input, seen.selectbox, seen.dataframe))
