"""Targets and comparison in a real browser: aimed at, entered, validated, judged, explained; one region set apart."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.cast import ADA, KARIM, ODILE, REMI
from tests.e2e import product
from tests.e2e.conftest import OpenPage
from tests.e2e.test_stories import SHEET, choose, decide, press, save, submit_ready, type_in

AIMED = "cibles_2010-2011_22_FOR"
REASON = "/explication?nombre=realisation&indicateur=FOR-04&region=22"
COLUMNS = "code_region,code_indicateur,periode,valeur,population"


def opened(page: Page, server: product.Server, path: str) -> Page:
    page.goto(server.url + path)
    return product.settled(page)


def test_a_target_is_set_reached_for_judged_and_explained(server: product.Server, page_as: OpenPage) -> None:
    office = page_as(ODILE, "/cibles?region=22&chantier=FOR")
    type_in(office, f"{AIMED}_FOR-04_base", "300")
    type_in(office, f"{AIMED}_FOR-04_cible", "200")
    press(office, f"{AIMED}_envoyer")
    expect(office.get_by_text("Rien n’a été enregistré").first).to_be_visible()
    expect(office.locator(f".st-key-{AIMED}_FOR-04_cible input")).to_have_value("200")
    type_in(office, f"{AIMED}_FOR-04_base", "0")
    press(office, f"{AIMED}_envoyer")
    expect(office.get_by_text("1 cible énoncée").first).to_be_visible()

    region = page_as(KARIM, "/region?region=22")
    expect(region.locator("tr", has_text="FOR-04").first).to_contain_text("non renseigné")
    opened(region, server, SHEET)
    choose(region, "FOR-04")
    type_in(region, "saisie_FOR-04_valeur", "150")
    save(region, "FOR-04")
    submit_ready(region)
    opened(office, server, "/validation")
    press(office, "validation_ouvrir_22_FOR-04_2010-2011-T3")
    decide(office, "valider")

    opened(region, server, "/region?region=22")
    expect(region.locator("tr", has_text="FOR-04").first).to_contain_text("conforme")
    region.locator("a.imp-why[href*='nombre=realisation'][href*='FOR-04']").first.click()
    region.wait_for_url("**/explication?**")
    reader = page_as(REMI, REASON)
    for page in (product.settled(region), reader):
        main = page.locator("[data-testid=stMain]")
        for words in ("150", "200", "75", "Picardie"):
            expect(main).to_contain_text(words)


def test_regions_are_compared_and_one_is_set_apart(server: product.Server, page_as: OpenPage, tmp_path: Path) -> None:
    for code in ("73", "11"):
        assert server.command("mobilise", code, "FOR", "--as", ODILE.email).returncode == 0
    rows = ["22,FOR-04,2010-2011-T3,40,", "73,FOR-04,2010-2011-T3,60,", "11,FOR-04,2010-2011-T3,90,tous les visiteurs"]
    file = tmp_path / "chiffres.csv"
    file.write_text("\n".join([COLUMNS, *rows]), encoding="utf-8")
    assert server.command("import", str(file), "--as", ODILE.email, "--submit").returncode == 0
    assert server.command("review", "--as", ADA.email, "--validate").returncode == 0

    aims = tmp_path / "cibles.csv"
    aims.write_text(
        "code_region,code_indicateur,cible,echeance,motif\n22,FOR-04,50,2011-09-30,révisée", encoding="utf-8"
    )
    assert server.command("targets", str(aims), "--as", ODILE.email).returncode == 0

    page = page_as(REMI, "/chantier?chantier=FOR&indicateur=FOR-04")
    main = page.locator("[data-testid=stMain]")
    expect(main).to_contain_text("2 comparables")
    expect(main).to_contain_text("1 non comparable")
    expect(main).to_contain_text("tous les visiteurs")
    drawn = page.locator(".js-plotly-plot").first
    expect(drawn).to_contain_text("1. Midi-Pyrénées")
    expect(drawn).to_contain_text("2. Picardie")
    expect(drawn).to_contain_text("Non comparables")
    expect(drawn).not_to_contain_text("3. ")

    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".imp-matrix")).to_be_visible()
    wide, room = main.evaluate("part => [part.scrollWidth, part.clientWidth]")
    assert wide == room, "tables scroll in themselves, never the page"
