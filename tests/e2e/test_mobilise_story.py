"""A visitor without an account and without JavaScript leaves a message; it arrives; its author erases it."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.cast import CLAIRE, KARIM
from tests.e2e import product
from tests.e2e.conftest import OpenPage


def write(page: Page, server: product.Server) -> str:
    """Fill the form in as a person does; the personal link."""
    page.goto(f"{server.url}/connexion")
    page.get_by_role("link", name="Je veux me mobiliser sur mon territoire").click()
    page.get_by_label("Votre nom").fill("Paula Meyer")
    page.get_by_label("Votre adresse électronique").fill("paula@exemple.fr")
    page.get_by_label("Votre région").select_option("Picardie")
    page.get_by_label("Votre message").fill("Je forme des apprentis.")
    page.get_by_role("button", name="Envoyer mon message").click()
    assert page.url.endswith("/mobilisation"), "the browser holds a form without consent back"
    page.get_by_label(re.compile("J’accepte que mon nom")).check()
    page.get_by_role("button", name="Envoyer mon message").click()
    if page.get_by_text("part trop vite").count():  # a program types faster than anybody
        page.wait_for_timeout(3_100)
        page.get_by_role("button", name="Envoyer mon message").click()
    expect(page.get_by_role("heading", name="Merci, votre message est parti")).to_be_visible()
    return page.locator(".kept a").get_attribute("href") or ""


def test_a_visitor_leaves_a_message_and_it_arrives(server: product.Server, browser: Browser, page_as: OpenPage) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}) as context:
        visitor = context.new_page()
        link = write(visitor, server)
        karim = page_as(KARIM, "/accueil")
        expect(karim.locator("[data-testid=stMain]")).to_contain_text("1 volontaire à qui répondre")
        karim.get_by_role("link", name="message reçu aujourd’hui").click()
        product.settled(karim)
        main = karim.locator("[data-testid=stMain]")
        expect(main).to_contain_text("Je forme des apprentis.")
        expect(main).to_contain_text("paula@exemple.fr")
        note = karim.locator(".st-key-volontaires_repondre_1_note textarea")
        note.fill("Appelée, elle vient le 20.")
        note.press("Tab")
        product.acted(karim)
        karim.get_by_role("button", name="Marquer suivi").click()
        product.acted(karim)
        expect(main).to_contain_text("Message marqué suivi.")
        assert "apprentis" not in page_as(CLAIRE, "/volontaires?message=1").content()
        visitor.goto(link)
        visitor.get_by_role("button", name="Effacer mon message").click()
        expect(visitor.get_by_role("heading", name="Votre message est effacé")).to_be_visible()
        karim.reload()
        product.settled(karim)
        expect(main).not_to_contain_text("apprentis")
        expect(main).to_contain_text("1 message effacé à ce jour")
