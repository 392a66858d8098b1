"""Documents of meetings through the real gate: who may open them, how they leave, what of an address is refused."""

import pytest

from impact.db import Database, transaction
from impact.documents.receiving import receive
from impact.services import meetings
from impact.web.documents import NOWHERE
from tests import access
from tests.cast import ODILE
from tests.impact.web.conftest import Visit, carry
from tests.meetings import MEETING
from tests.pages.test_access_pages import token_of
from tests.pieces import pdf

NOTE, GONE = pdf(2, 100, 100), pdf(3, 200, 300)


@pytest.fixture(autouse=True)
def filed(sqlite_db: Database) -> None:
    """A note, a link, and a note that was withdrawn."""
    with transaction() as session:
        meeting = meetings.hold_meeting(session, ODILE, MEETING)
        for title, content in (("Note", NOTE), ("Ancienne note", GONE)):
            with receive(content, f"{title} « 2011 ».pdf") as file:
                meetings.add_document(session, ODILE, meeting, title, stored=file)
        meetings.add_document(session, ODILE, meeting, "Lien", link="https://exemple.org/a.pdf")
        meetings.withdraw_document(session, ODILE, meeting, 2, "mauvaise version")


def test_a_document_is_for_everybody_who_is_signed_in_and_for_nobody_else(visit: Visit) -> None:
    client, opened = visit(), set()
    for who in access.PEOPLE:
        carry(client, token_of(who))
        answer = client.get("/documents/1/1")
        if answer.status_code == 200:
            assert answer.content == NOTE
            opened.add(who)
        else:
            assert answer.status_code == 303
    assert opened == set(access.SIGNED_IN)


def test_a_document_leaves_as_a_download_that_no_browser_runs(visit: Visit) -> None:
    answer = visit(ODILE).get("/documents/1/1")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["cache-control"] == "no-store"
    asked = visit(ODILE).head("/documents/1/1")
    assert (asked.content, asked.headers["content-length"]) == (b"", str(len(NOTE)))


@pytest.mark.parametrize(
    "path",
    [
        "1/2", "1/3", "1/4", "1/0", "2/1", "0/1", "1/-1", "1/1e3", "1/%00", "1/²", "1/1/",
        "999999999/1", "9999999999/1", "1/9999999999999999999", "%27/1", "..%2f1/1",
    ],
)  # fmt: skip
def test_what_was_withdrawn_and_what_never_was_answer_alike(visit: Visit, path: str) -> None:
    answer = visit(ODILE).get(f"/documents/{path}")
    assert answer.status_code == 404
    if path == "1/2":
        assert NOWHERE.split(",")[0] in answer.text
        nowhere = visit(ODILE).get("/documents/1/4")
        assert answer.content == nowhere.content
