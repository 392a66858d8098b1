"""axe finds nothing to say of any screen: each page of pages/ as the national office and an administrator see it."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from impact.settings import ROOT
from tests.e2e import product
from tests.e2e.conftest import OpenPage

SCREENS = [
    *sorted(path.stem for path in (ROOT / "pages").glob("*.py")),
    "affirmations?affirmation=72-1",
    "experiences?retour=73-1",
    "referentiel?partie=lexique",
    "referentiel?partie=lexique&terme=emploi_maintenu",
    "plan?region=FR&partie=argent",
    "plan?region=FR&partie=ensemble",
    "plan?region=73&action=1",
    "plan?region=73&action=1&partie=financements&ligne=1",
    "plan?region=73&action=1&partie=versions",
    "rencontres?rencontre=1&partie=confrontation",
    "rencontres?rencontre=1&partie=enseignements",
    "rencontres?rencontre=1&partie=decisions&decision=1",
    "rencontres?partie=suivi",
]
PERSON = {"comptes": "Ada"}
LOOKS = {"light": {"width": 1440}, "dark": {"width": 1440, "dark": True}, "phone": {"width": 390}}
SHARES = {"light": slice(None), "dark": slice(0, None, 3), "phone": slice(1, None, 3)}
"""Every screen in light; of the other looks, whose colours and columns are made in one place for all, a third each."""


def violations(page: Page) -> dict[str, list[str]]:
    """Rule -> the elements that break it."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return {one["id"]: [node["html"][:160] for node in one["nodes"]] for one in found}


def signed_in(open_page: OpenPage, server: product.Server, name: str, look: str) -> Page:
    page = open_page(server, "/connexion", **LOOKS[look])
    page.get_by_role("button", name=name).first.click()
    return product.settled(page)


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_any_screen(demo_server: product.Server, open_page: OpenPage, look: str) -> None:
    people = {name: signed_in(open_page, demo_server, name, look) for name in ("Odile", "Ada")}
    faults = {}
    for screen in SCREENS[SHARES[look]]:
        page = people[PERSON.get(screen, "Odile")]
        page.goto(f"{demo_server.url}/{screen}")
        product.settled(page)
        if found := violations(page):
            faults[screen] = found
    assert faults == {}


def test_axe_finds_nothing_on_the_plain_pages(demo_server: product.Server, open_page: OpenPage) -> None:
    page = open_page(demo_server, "/connexion")
    faults = {"connexion": violations(page)}
    for path in ("/mobilisation", "/mobilisation/effacer"):
        page.goto(f"{demo_server.url}{path}")
        faults[path] = violations(page)
    page = signed_in(open_page, demo_server, "Odile", "light")
    page.goto(f"{demo_server.url}/mot-de-passe")
    faults["mot-de-passe"] = violations(page)
    assert {name: found for name, found in faults.items() if found} == {}
