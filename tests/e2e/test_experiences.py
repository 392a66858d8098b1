"""A story in a real browser: drafted, completed, published by its team, commented by another, found by a reader."""

from playwright.sync_api import expect

from tests.cast import CLAIRE, KARIM, REMI
from tests.e2e import product
from tests.e2e.conftest import OpenPage
from tests.e2e.product import search
from tests.e2e.test_stories import press, type_in

WRITE, REVISE = "experiences_ecrire", "experiences_modifier_22-1"


def test_a_story_goes_from_a_draft_to_readers_and_comments(page_as: OpenPage) -> None:
    team = page_as(KARIM, "/experiences")
    team.get_by_text("Écrire un retour d’expérience").first.click()
    product.acted(team)
    type_in(team, f"{WRITE}_titre", "Former à l’école du soir")
    search(team, f"{WRITE}_indicateurs", "FOR-04")
    press(team, f"{WRITE}_envoyer")
    expect(team.get_by_role("heading", name="Former à l’école du soir")).to_be_visible()
    expect(team.get_by_text("il reste à dire")).to_be_visible()

    team.get_by_text("Modifier ce récit").first.click()
    product.acted(team)
    for name, text in (("contexte", "Trois bassins."), ("essai", "Douze séances."), ("echec", "Peu sont venus.")):
        type_in(team, f"{REVISE}_{name}", text)
    press(team, f"{REVISE}_envoyer")
    press(team, "experiences_publier_22-1_envoyer")
    expect(team.get_by_text("tout le réseau peut le lire")).to_be_visible()

    other = page_as(CLAIRE, "/experiences?retour=22-1")
    type_in(other, "experiences_commenter_22-1_texte", "Chez nous aussi.")
    press(other, "experiences_commenter_22-1_envoyer")
    expect(other.locator(".imp-said")).to_contain_text("Claire Dumont, Midi-Pyrénées")

    reader = page_as(REMI, "/experiences", width=390)
    type_in(reader, "experiences_recherche", "ECOLE seances")
    assert "experiences_recherche=ECOLE" in reader.url
    reader.get_by_role("link", name="Former à l’école du soir").click()
    product.settled(reader)
    expect(reader.get_by_text("Peu sont venus.")).to_be_visible()
    expect(reader.get_by_text("Chez nous aussi.")).to_be_visible()
    assert reader.locator("[data-testid=stMain] textarea").count() == 0
    assert reader.evaluate("document.documentElement.scrollWidth") == 390
