"""People close their tab at the worst moment, or click twice: a save is whole or it is not, and it is one."""

from playwright.sync_api import expect
from sqlmodel import col, select

from impact.db import Database, reading
from impact.figures import Cell
from impact.models import Entry, History
from tests.cast import KARIM, PICARDIE
from tests.e2e import product
from tests.e2e.conftest import OpenPage
from tests.faults.rounds import rounds

SHEET = "/saisie?region=22&chantier=FOR&periode=2010-2011-T3"
CELL = Cell(PICARDIE, "FOR-02", "2010-2011-T3")
SAVE = ".st-key-saisie_FOR-02_enregistrer button"
VALUE = ".st-key-saisie_FOR-02_valeur input"


def kept(server: product.Server) -> tuple[int, int]:
    """(version of the figure, saves in its history); 0 where there is none."""
    db = Database(server.env["IMPACT_DATABASE_URL"])
    try:
        with reading(db) as session:
            entry = session.get(Entry, CELL)
            saves = session.exec(select(History).where(col(History.action) == "save")).all()
            return entry.version if entry else 0, len(saves)
    finally:
        db.dispose()


def test_a_tab_closed_while_it_saves_leaves_a_whole_figure_or_none(server: product.Server, page_as: OpenPage) -> None:
    page = page_as(KARIM, SHEET)
    for number in rounds(6, 100):
        tab = page.context.new_page()
        tab.goto(server.url + SHEET)
        product.settled(tab)
        tab.locator("label", has_text="FOR-02").first.click()
        tab.locator(VALUE).fill(str(number + 1))
        tab.locator(SAVE).dispatch_event("click")
        tab.wait_for_timeout(15 * (number % 12))  # at every moment of the save, the sooner the more often
        tab.close()
    checked = server.command("check")
    assert checked.returncode == 0, checked.stderr
    version, saves = kept(server)
    assert version == saves


def test_a_double_click_saves_once(server: product.Server, page_as: OpenPage) -> None:
    page = page_as(KARIM, SHEET)
    page.locator("label", has_text="FOR-02").first.click()
    page.locator(VALUE).fill("7")
    page.locator(VALUE).press("Tab")
    expect(page.locator(".st-key-saisie_FOR-02_boutons")).to_contain_text("Brouillon gardé")
    page.locator(SAVE).dblclick()
    expect(page.locator(".st-key-saisie_FOR-02_boutons")).to_contain_text("Enregistré")
    assert kept(server) == (1, 1)
