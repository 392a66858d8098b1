"""The first hour: a new server, the code on its console, the administrator, the first colleague."""

import re

from playwright.sync_api import expect

from tests.e2e import product
from tests.e2e.conftest import OpenPage
from tests.e2e.french import english_words

PASSWORD = "la rivière déborde au printemps"
GUEST = "un autre printemps au bord de l’eau"


def test_a_new_server_becomes_the_administrators(empty_server: product.Server, open_page: OpenPage) -> None:
    printed = re.search(r"code d’installation : (\S+)", empty_server.said())
    assert printed
    page = open_page(empty_server, "/")
    page.get_by_label("Code d’installation").fill(printed[1])
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("La première campagne, 2010-2011")).to_be_visible()
    assert english_words(page) == []
    page.get_by_label("Nom").fill("Agnès Roche")
    page.get_by_label("Adresse électronique").fill("agnes@example.org")
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.get_by_role("button", name="Créer le compte").click()
    product.settled(page)
    expect(page.get_by_role("heading", name="Accueil")).to_be_visible()
    assert english_words(page) == []
    invited = empty_server.command("user", "add", "remi@example.org", "--name", "Rémi", "--role", "reader")
    guest = open_page(empty_server)
    guest.goto(invited.stdout.strip())
    for box in guest.locator("input[type=password]").all():
        box.fill(GUEST)
    guest.locator("button[type=submit]").click()
    expect(guest.get_by_text("Votre mot de passe est enregistré. Connectez-vous.")).to_be_visible()
    product.sign_in(guest, empty_server, "remi@example.org", GUEST)
    expect(guest.get_by_role("heading", name="Accueil")).to_be_visible()
