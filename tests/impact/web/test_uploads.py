"""Files sent to Streamlit's memory: whose, how large, and how many an account has there."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from impact.web import uploads
from impact.web.uploads import LARGEST, MARGIN, MOST_FILES, MOST_SENT, Key
from tests import access
from tests.cast import CLAIRE, KARIM
from tests.impact.web.conftest import Visit, carry
from tests.pages.test_access_pages import token_of

KEPT: set[Key] = set()
LOST: set[Key] = set()
"""Of those kept, what was sent to a page that is no longer open."""
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def streamlit(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One page open for each account, named after it; what arrives stays in memory until it is said to have gone."""
    monkeypatch.setattr(uploads, "is_theirs", lambda session, account: session == f"page-{account}")
    monkeypatch.setattr(uploads, "is_kept", lambda key: key in KEPT)
    monkeypatch.setattr(uploads, "forget_lost", lambda sessions: KEPT.difference_update(LOST & KEPT))
    monkeypatch.setattr(uploads, "_shares", {})
    yield
    KEPT.clear()
    LOST.clear()


def send(client: TestClient, name: str, size: int = 10, account: int = KARIM.id, **headers: str) -> int:
    status = client.put(f"/_stcore/upload_file/page-{account}/{name}", content=bytes(size), headers=headers).status_code
    if status == 200:
        KEPT.add((f"page-{account}", name))
    return status


def test_those_who_enter_figures_send_files_to_their_own_page_alone(visit: Visit) -> None:
    client, let_in = visit(), set()
    for who, person in access.PEOPLE.items():
        carry(client, token_of(who))
        own = person.id if person else KARIM.id
        if send(client, who, account=own) == 200:
            let_in.add(who)
            assert send(client, who, account=own + 1) == 404
            assert client.delete(f"/_stcore/upload_file/page-{own + 1}/{who}").status_code == 404
            assert client.delete(f"/_stcore/upload_file/page-{own}/{who}").status_code == 200
    assert let_in == {"region", "other", "national", "admin"}


def test_another_site_sends_nothing(visit: Visit) -> None:
    assert send(visit(KARIM), "a", Origin="https://evil.example") == 403


def test_a_file_of_20_mb_comes_in_and_a_larger_one_is_stopped(visit: Visit) -> None:
    client = visit(KARIM)
    assert send(client, "a", LARGEST + MARGIN) == 200
    assert send(client, "b", LARGEST + MARGIN + 1) == 413
    unsaid = client.put(
        f"/_stcore/upload_file/page-{KARIM.id}/c", content=(bytes(MB) for _ in range(LARGEST // MB + 2))
    )
    assert unsaid.status_code == 413


def test_an_account_has_five_files_and_60_mb_in_memory_at_most(visit: Visit) -> None:
    client = visit(KARIM)
    assert [send(client, str(at)) for at in range(MOST_FILES + 1)] == [200] * MOST_FILES + [429]
    assert send(visit(CLAIRE), "hers", account=CLAIRE.id) == 200
    KEPT.clear()
    assert [send(client, str(at), LARGEST) for at in range(4)] == [200, 200, 200, 429]
    KEPT.pop()
    assert send(client, "4", LARGEST) == 200, "there is room again once a page has taken a file"
    LOST.update(KEPT)
    assert send(client, "5", LARGEST) == 200, "or once its page was closed"


def test_an_account_sends_no_endless_row_of_files(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    client = visit(KARIM)
    for at in range(MOST_SENT):
        assert send(client, str(at)) == 200
        KEPT.clear()
    assert send(client, "more") == 429
    monkeypatch.setattr(uploads, "WHILE", -1.0)
    assert send(client, "later") == 200
