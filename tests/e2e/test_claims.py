"""An impact claim in a real browser: written by its team, read by two others, from nothing to P3, read by everybody."""

from pathlib import Path

from playwright.sync_api import Page, expect

from impact.claims import CRITERIA
from tests.cast import ADA, KARIM, ODILE, REMI
from tests.e2e import product
from tests.e2e.conftest import OpenPage
from tests.e2e.product import pick
from tests.e2e.test_stories import press, type_in

S1, CLAIM = "2010-2011-S1", "/affirmations?affirmation=22-1"
WRITE, READ = "affirmations_ecrire", "affirmations_lire_22-1"
COLUMNS = "code_region,code_indicateur,periode,numerateur,denominateur,source,famille_methode,lien_preuve"


def proven_figure(server: product.Server, folder: Path) -> None:
    """A validated figure of an indicator of effect, with its evidence, entered by the region's team."""
    file = folder / "effet.csv"
    row = f"22,FOR-05,{S1},6,10,Enquête,sondage,https://exemple.org/enquete.pdf"
    file.write_text(f"{COLUMNS}\n{row}\n", encoding="utf-8")
    for words in (
        ("reopen", S1, "--region", "22", "--until", "2011-08-01", "--as", ODILE.email, "--why", "pièces reçues"),
        ("import", str(file), "--as", KARIM.email, "--submit"),
        ("review", "--as", ADA.email, "--validate"),
    ):
        done = server.command(*words)
        assert done.returncode == 0, done


def tick(page: Page, level: int) -> None:
    for code in CRITERIA[level]:
        page.locator(f".st-key-{READ}_{code} label").first.click()
        product.acted(page)


def test_a_claim_goes_from_nothing_to_p3_with_two_readers(
    server: product.Server, page_as: OpenPage, tmp_path: Path
) -> None:
    proven_figure(server, tmp_path)
    team = page_as(KARIM, "/affirmations")
    team.get_by_text("Écrire une affirmation").first.click()
    product.acted(team)
    pick(team, f"{WRITE}_etape", "Résultats")
    pick(team, f"{WRITE}_resultat", "Effet attendu")
    type_in(team, f"{WRITE}_phrase", "Six stagiaires sur dix progressent.")
    type_in(team, f"{WRITE}_etude", "Enquête de sortie, 2011")
    press(team, f"{WRITE}_envoyer")
    expect(team.get_by_text("au moins un chiffre").first).to_be_visible()
    pick(team, f"{WRITE}_chiffres_22_FOR", "FOR-05")
    press(team, f"{WRITE}_envoyer")
    expect(team.get_by_text("Affirmation 22-1 écrite").first).to_be_visible()

    first = page_as(ODILE, CLAIM)
    tick(first, 1)
    expect(first.locator("[data-testid=stMain]")).to_contain_text(
        "Avec votre lecture, l’affirmation serait : P1 expliqué"
    )
    type_in(first, f"{READ}_justification", "La logique est écrite.")
    press(first, f"{READ}_envoyer")
    expect(first.get_by_role("heading", name="Affirmation 22-1 : P1 expliqué")).to_be_visible()
    tick(first, 2)
    tick(first, 3)
    expect(first.locator("[data-testid=stMain]")).to_contain_text("Deuxième lecteur nécessaire")
    press(first, f"{READ}_envoyer")
    expect(first.get_by_role("heading", name="Affirmation 22-1 : P2 mesuré")).to_be_visible()

    second = page_as(ADA, CLAIM)
    for level in (1, 2, 3):
        tick(second, level)
    type_in(second, f"{READ}_justification", "Groupe de comparaison vérifié.")
    press(second, f"{READ}_envoyer")
    expect(second.get_by_role("heading", name="Affirmation 22-1 : P3 comparé")).to_be_visible()

    reader = page_as(REMI, CLAIM)
    expect(reader.get_by_role("heading", name="Affirmation 22-1 : P3 comparé")).to_be_visible()
    expect(reader.locator("[data-testid=stCheckbox]")).to_have_count(0)
