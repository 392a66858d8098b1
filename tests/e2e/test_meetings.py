"""A national meeting in a real browser: three regions compared, a deployment decided, its action found by the host."""

from playwright.sync_api import Page, expect

from impact.db import reading, transaction
from impact.figures import Cell
from impact.queries.meetings import meetings
from tests.cast import CLAIRE, ODILE, PICARDIE, REMI
from tests.e2e import product
from tests.e2e.conftest import OpenPage
from tests.e2e.french import english_words
from tests.e2e.product import pick, search
from tests.e2e.test_screens import violations
from tests.e2e.test_stories import press, type_in
from tests.meetings import correct, prepare
from tests.pages.scenes import T1, TRAINED

CREATE, FREEZE, DECIDE = "rencontres_creer", "rencontres_figer_1", "rencontres_decider_1"
MEETING = "/rencontres?rencontre=1"
COMPARED = f"{MEETING}&partie=confrontation"


def unfold(page: Page, form: str) -> None:
    page.locator(f".st-key-{form}_volet summary").first.click()
    product.acted(page)


def call(page: Page) -> None:
    """The office calls a meeting, with one click too many."""
    unfold(page, CREATE)
    type_in(page, f"{CREATE}_theme", "Former à l’entrepreneuriat social")
    pick(page, f"{CREATE}_chantiers", "Former et sensibiliser")
    page.keyboard.press("Escape")
    press(page, f"{CREATE}_envoyer")
    expect(page.get_by_text("donnez le jour de la rencontre").first).to_be_visible()
    type_in(page, f"{CREATE}_date", "12/10/2011")
    page.locator(f".st-key-{CREATE}_envoyer button").dblclick()
    product.acted(page)
    expect(page.get_by_role("heading", name="Former à l’entrepreneuriat social")).to_be_visible()
    with reading() as session:
        assert [one.number for one in meetings(session)] == [1]


def compare(page: Page, server: product.Server) -> str:
    page.goto(server.url + COMPARED)
    product.settled(page)
    unfold(page, FREEZE)
    for code in ("22-1", "31-1", "82-1"):
        pick(page, f"{FREEZE}_actions", code)
    page.keyboard.press("Escape")
    press(page, f"{FREEZE}_envoyer")
    expect(page.get_by_text("Confrontation arrêtée").first).to_be_visible()
    assert english_words(page) == []
    return page.locator(".imp-sides").inner_text()


def decide(page: Page, server: product.Server) -> None:
    page.goto(f"{server.url}{MEETING}&partie=decisions")
    product.settled(page)
    unfold(page, DECIDE)
    pick(page, f"{DECIDE}_nature", "Déploiement dans une autre région")
    pick(page, f"{DECIDE}_action", "22-1")
    search(page, f"{DECIDE}_region_hote", "Midi-Pyrénées")
    type_in(page, f"{DECIDE}_adaptation", "Deux sessions au lieu d’une.")
    type_in(page, f"{DECIDE}_decision", "Déployer la formation des tuteurs en Midi-Pyrénées.")
    type_in(page, f"{DECIDE}_motif", "Elle forme à moindres frais.")
    type_in(page, f"{DECIDE}_responsable", "Léa Roy")
    type_in(page, f"{DECIDE}_echeance", "31/12/2011")
    pick(page, f"{DECIDE}_confrontation", "Former")
    pick(page, f"{DECIDE}_chiffres_1", "FOR-04")
    page.keyboard.press("Escape")
    press(page, f"{DECIDE}_envoyer")
    expect(page.get_by_text("Décision 1 consignée").first).to_be_visible()
    assert violations(page) == {}


def test_a_meeting_compares_three_regions_and_the_host_finds_its_new_action_prepared(
    server: product.Server, page_as: OpenPage
) -> None:
    with transaction() as session:
        prepare(session)
    office = page_as(ODILE, "/rencontres")
    call(office)
    frozen = compare(office, server)
    for name in ("Picardie", "Nord-Pas-de-Calais", "Rhône-Alpes"):
        assert name in frozen
    decide(office, server)

    host = page_as(CLAIRE, "/rencontres?rencontre=1&partie=decisions&decision=1")
    host.get_by_role("link", name="73-1, à compléter par la région hôte").click()
    product.settled(host)
    expect(host.locator("[data-testid=stMain]")).to_contain_text("Former les tuteurs")
    expect(host.locator("[data-testid=stMain]")).to_contain_text("Deux sessions au lieu d’une.")

    with transaction() as session:
        correct(session, Cell(PICARDIE, TRAINED, T1), "7", "trois personnes comptées deux fois")
    reader = page_as(REMI, COMPARED, width=390)
    assert reader.locator(".imp-sides").inner_text() == frozen
    expect(reader.locator("[data-testid=stMain]")).to_contain_text("trois personnes comptées deux fois")
    expect(reader.locator("[data-testid=stExpander]")).to_have_count(0)
    main = reader.locator("[data-testid=stMain]")
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth"), "wide tables scroll inside their own box"
    assert violations(reader) == {}
