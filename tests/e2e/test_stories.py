"""The journey of a figure in a real browser: entered, found again, returned, corrected, validated, read, exported."""

import csv
import io

from playwright.sync_api import Locator, Page, expect

from tests.cast import CLAIRE, KARIM, ODILE, REMI
from tests.e2e import product
from tests.e2e.conftest import OpenPage

SHEET = "/saisie?region=22&chantier=FOR&periode=2010-2011-T3"


def field(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key} input, .st-key-{key} textarea").first


def choose(page: Page, code: str) -> None:
    """Open an indicator of the sheet."""
    page.locator("label", has_text=code).first.click()
    expect(page.get_by_role("heading", name=code)).to_be_visible()
    product.acted(page)


def type_in(page: Page, key: str, text: str) -> None:
    """Type as a person does, and leave the field."""
    box = field(page, key)
    box.fill(text)
    box.press("Tab")
    product.acted(page)


def press(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button").first.click()
    product.acted(page)


def decide(page: Page, what: str) -> None:
    """Validate or return the open figure, and see it leave the queue."""
    press(page, f"validation_{what}_22_FOR-04_2010-2011-T3")
    expect(page.locator(".st-key-validation_ligne_22_FOR-04_2010-2011-T3")).to_have_count(0)


def save(page: Page, code: str) -> None:
    """Press *Enregistrer* and wait until the product says that it is saved."""
    press(page, f"saisie_{code}_enregistrer")
    expect(page.locator(f".st-key-saisie_{code}_boutons")).to_contain_text("Enregistré")


def submit_ready(page: Page) -> None:
    """Submit the sheet; it is incomplete, so the complete figures go alone."""
    press(page, "saisie_soumettre")
    expect(page.locator(".st-key-saisie_manque_liste")).to_contain_text("FOR-02")
    press(page, "saisie_soumettre_prets")
    expect(page.locator("[data-testid=stMain]")).to_contain_text("→ soumis")


def test_a_figure_travels_from_the_keyboard_to_the_csv(server: product.Server, page_as: OpenPage) -> None:
    region = page_as(KARIM, SHEET)
    choose(region, "FOR-04")
    type_in(region, "saisie_FOR-04_valeur", "112")
    type_in(region, "saisie_FOR-04_source", "Registre régional")

    region.reload()
    product.settled(region)
    choose(region, "FOR-04")
    expect(field(region, "saisie_FOR-04_valeur")).to_have_value("112")
    expect(field(region, "saisie_FOR-04_source")).to_have_value("Registre régional")

    save(region, "FOR-04")
    submit_ready(region)

    office = page_as(ODILE, "/validation")
    expect(office.get_by_text("FOR-04").first).to_be_visible()
    press(office, "validation_ouvrir_22_FOR-04_2010-2011-T3")
    type_in(office, "validation_motif_22_FOR-04_2010-2011-T3", "La liste nominative manque.")
    decide(office, "retourner")

    region.goto(f"{server.url}/accueil")
    product.settled(region)
    expect(region.get_by_text("La liste nominative manque.").first).to_be_visible()
    region.goto(server.url + SHEET)
    product.settled(region)
    choose(region, "FOR-04")
    expect(region.get_by_text("La liste nominative manque.").first).to_be_visible()
    type_in(region, "saisie_FOR-04_valeur", "110")
    save(region, "FOR-04")
    submit_ready(region)

    office.goto(f"{server.url}/validation")
    product.settled(office)
    press(office, "validation_ouvrir_22_FOR-04_2010-2011-T3")
    expect(office.get_by_text("112").first).to_be_visible()
    decide(office, "valider")

    reader = page_as(REMI, "/vue_nationale")
    expect(reader.locator("[data-testid=stMain]")).to_contain_text("110")
    rows = exported(reader, server)
    assert [(row["code_region"], row["code_indicateur"], row["valeur"], row["statut"]) for row in rows] == [
        ("22", "FOR-04", "110", "validated")
    ]


def exported(page: Page, server: product.Server) -> list[dict[str, str]]:
    """What this reader's « Télécharger le fichier » brings."""
    page.goto(f"{server.url}/exports")
    product.settled(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="Télécharger le fichier").click()
    path = started.value.path()
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_the_second_of_two_people_sees_both_values_and_chooses(server: product.Server, page_as: OpenPage) -> None:
    first, second = page_as(KARIM, SHEET), page_as(ODILE, SHEET)
    for person in (first, second):
        choose(person, "FOR-04")
    type_in(first, "saisie_FOR-04_valeur", "40")
    save(first, "FOR-04")
    type_in(second, "saisie_FOR-04_valeur", "55")
    expect(second.get_by_text("Karim Benali").first).to_be_visible()
    press(second, "saisie_FOR-04_garder")
    expect(second.locator(".st-key-saisie_FOR-04_boutons")).to_contain_text("Enregistré")
    first.goto(server.url + SHEET)
    product.settled(first)
    choose(first, "FOR-04")
    expect(field(first, "saisie_FOR-04_valeur")).to_have_value("55")


def test_another_regions_sheet_is_not_reached_by_its_address(server: product.Server, page_as: OpenPage) -> None:
    stranger = page_as(CLAIRE, SHEET)
    main = stranger.locator("[data-testid=stMain]")
    expect(main).not_to_contain_text("Picardie")


def test_a_disabled_account_ends_at_its_next_action(server: product.Server, page_as: OpenPage) -> None:
    region = page_as(KARIM, SHEET)
    choose(region, "FOR-04")
    assert server.command("user", "disable", KARIM.email).returncode == 0
    box = field(region, "saisie_FOR-04_valeur")
    box.fill("12")
    box.press("Tab")
    expect(region.get_by_text("session est terminée").first).to_be_visible()
