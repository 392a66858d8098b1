"""Every screen is accessible (axe), speaks French, fits its window and says that the demonstration is one.

Each page of pages/ as the national office and an administrator see it, and what others see otherwise.
"""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from impact.settings import ROOT
from tests.e2e import product
from tests.e2e.conftest import OpenPage
from tests.e2e.french import english_words

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
OTHERS = {
    "Claire": ["saisie", "region", "preuve", "affirmations", "plan", "rencontres", "experiences"],
    "Rémi": ["accueil", "region?region=73", "plan?region=22", "rencontres?rencontre=1"],
}
"""Screens that a region's team, or a reader, sees otherwise than the national office."""
LOOKS = {"light": {"width": 1440}, "dark": {"width": 1440, "dark": True}, "phone": {"width": 390}}
SHARES = {"light": slice(None), "dark": slice(0, None, 3), "phone": slice(1, None, 3)}
"""Every screen in light; of the other looks, whose colours and columns are made in one place for all, a third each."""


def violations(page: Page) -> dict[str, object]:
    """Rule -> the elements that break it."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return {one["id"]: [node["html"][:160] for node in one["nodes"]] for one in found}


def signed_in(open_page: OpenPage, server: product.Server, name: str, look: str) -> Page:
    page = open_page(server, "/connexion", **LOOKS[look])
    page.get_by_role("button", name=name).first.click()
    return product.settled(page)


def faults(page: Page) -> dict[str, object]:
    """What a reader would stumble over, whatever the screen."""
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = {
        "English": english_words(page),
        "wider than the window by": max(too_wide, 0),
        "does not say that it is fictitious": not page.get_by_text("fictives").first.is_visible(),
    }
    return {name: said for name, said in found.items() if said}


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_is_accessible_french_and_fits(
    demo_server: product.Server, open_page: OpenPage, look: str
) -> None:
    people = {name: signed_in(open_page, demo_server, name, look) for name in ("Odile", "Ada")}
    found = {}
    for screen in SCREENS[SHARES[look]]:
        page = people[PERSON.get(screen, "Odile")]
        page.goto(f"{demo_server.url}/{screen}")
        product.settled(page)
        if told := faults(page) | violations(page):
            found[screen] = told
    assert found == {}


@pytest.mark.parametrize("name", OTHERS)
def test_what_others_see_is_french_and_fits_a_phone(
    demo_server: product.Server, open_page: OpenPage, name: str
) -> None:
    page = signed_in(open_page, demo_server, name, "phone")
    found = {}
    for screen in OTHERS[name]:
        page.goto(f"{demo_server.url}/{screen}")
        product.settled(page)
        if told := faults(page):
            found[screen] = told
    assert found == {}


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
