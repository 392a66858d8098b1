"""Addresses and the browser's back button, which lead where people expect."""

from playwright.sync_api import Page, expect

from tests.cast import KARIM
from tests.e2e import product
from tests.e2e.conftest import OpenPage

HOME = "/accueil"


def back(page: Page) -> str:
    """Press the back button; the address that it leads to, without the server's."""
    page.go_back()
    product.settled(page)
    return page.evaluate("location.pathname + location.search")  # type: ignore[no-any-return]


def choose(page: Page, code: str) -> None:
    page.locator("label", has_text=code).first.click()
    expect(page.get_by_role("heading", name=code)).to_be_visible()
    product.settled(page)


def test_the_back_button_retraces_the_steps_in_a_sheet_and_then_leaves_it(
    server: product.Server, page_as: OpenPage
) -> None:
    page = page_as(KARIM, HOME)
    page.goto(f"{server.url}/saisie")
    product.settled(page)
    choose(page, "FOR-02")
    choose(page, "FOR-03")
    first = back(page)
    assert first.endswith("indicateur=FOR-02")
    assert "region=" in first, "an address that says one thing says everything"
    expect(page.get_by_role("heading", name="FOR-02")).to_be_visible()
    assert back(page) == "/saisie"
    assert back(page) in ("/", HOME)
