"""A regional action in a real browser: opened, prepared line by line, validated by the office, deployed, read."""

from playwright.sync_api import Page, expect

from impact.db import transaction
from impact.figures import Cell
from impact.rules.evidence import EvidenceDraft
from impact.services import evidence
from impact.vocabulary import Confidentiality, EvidenceKind
from tests.cast import KARIM, ODILE, PICARDIE, REMI
from tests.e2e import product
from tests.e2e.conftest import OpenPage
from tests.e2e.french import english_words
from tests.e2e.product import pick
from tests.e2e.test_screens import violations
from tests.e2e.test_stories import press, type_in
from tests.pages.scenes import T3, TRAINED, submit

OPEN, ACTION = "plan_ouvrir_22", "/plan?region=22&action=1"
AGREEMENT = EvidenceDraft(
    EvidenceKind.AGREEMENT, "Convention du conseil régional", Confidentiality.NATIONAL, link="https://exemple.org/c.pdf"
)
LINES = {
    "objectifs": {"enonce": "Former 120 tuteurs", "base": "0", "cible": "120", "echeance": "30/09/2011"},
    "contenu": {
        "activite": "Première session", "livrable": "Support", "qui": "L’équipe", "debut": "03/11/2010",
        "fin": "01/12/2010",
    },
    "financements": {"financeur": "Conseil régional", "identifie": "12 000", "sollicite": "12 000"},
    "ressources": {"ressource": "Formateurs", "quantite": "1,5", "unite": "équivalent temps plein"},
    "partenaires": {"partenaire": "Greta", "role": "prête les salles"},
}  # fmt: skip
CHOSEN = {
    "objectifs": ("indicateur", "FOR-04"), "ressources": ("type", "Personnes"),
    "partenaires": ("engagement", "Accord de principe"),
}  # fmt: skip


def part(page: Page, name: str) -> None:
    """Choose a part, and see that it is the one shown: a click while the page is drawn anew may come to nothing."""
    choice = page.locator(".st-key-plan_partie label", has_text=name).first
    for _ in range(5):
        choice.click()
        product.acted(page)
        if choice.locator("input").is_checked():
            return
    raise AssertionError(f"« {name} » was never chosen")


def stage(page: Page) -> str:
    return page.locator(".imp-ladder [aria-current] .imp-ladder-name").inner_text().strip("✓ ")


def open_action(page: Page) -> None:
    """On the primary chantier, which is proposed; with a day that does not exist first, and one click too many."""
    type_in(page, f"{OPEN}_besoin", "Trop peu de tuteurs formés.")
    type_in(page, f"{OPEN}_responsable", "Karim Benali")
    type_in(page, f"{OPEN}_equipe", "Deux formateurs")
    type_in(page, f"{OPEN}_debut", "31/02/2011")
    press(page, f"{OPEN}_envoyer")
    expect(page.get_by_text("donnez-lui un titre").first).to_be_visible()
    type_in(page, f"{OPEN}_titre", "Former les tuteurs")
    type_in(page, f"{OPEN}_debut", "15/10/2010")
    page.locator(f".st-key-{OPEN}_envoyer button").dblclick()
    product.acted(page)
    expect(page.get_by_role("heading", name="Former les tuteurs")).to_be_visible()


def add_line(page: Page, section: str) -> None:
    form = f"plan_22-1_{section}_nouvelle"
    for name, text in LINES[section].items():
        type_in(page, f"{form}_{name}", text)
    if section in CHOSEN:
        name, option = CHOSEN[section]
        pick(page, f"{form}_{name}", option)
    press(page, f"{form}_envoyer")
    expect(page.get_by_text("ligne ajoutée").first).to_be_visible()


def prepare(page: Page) -> None:
    """Five sections, and the stage that goes up as they are said."""
    for section in LINES:
        part(page, section.capitalize())
        add_line(page, section)
    assert stage(page) == "Structuration"
    part(page, "Financements")
    type_in(page, "plan_22-1_budget_budget", "12000")
    press(page, "plan_22-1_budget_envoyer")
    expect(page.get_by_text("Budget enregistré").first).to_be_visible()
    assert stage(page) == "Préparation"


def document(page: Page) -> None:
    """The agreement, stored as a piece elsewhere, makes money under contract count; the plan stays validated."""
    with transaction() as session:
        evidence.add_piece(session, KARIM, PICARDIE, AGREEMENT, [])
        submit(session, KARIM, Cell(PICARDIE, TRAINED, T3), valeur="20", source="Registre", famille_methode="registre")
    page.reload()
    product.settled(page)
    part(page, "Financements")
    pick(page, "plan_ligne", "Modifier 1. Conseil régional")
    for status in ("accorde", "conventionne"):
        type_in(page, f"plan_22-1_financements_1_{status}", "6 000")
    pick(page, "plan_22-1_financements_1_piece", "22-1 Convention du conseil régional")
    expect(page.get_by_text("le plan reste validé").first).to_be_visible()
    press(page, "plan_22-1_financements_1_envoyer")


def test_a_region_goes_from_emergence_to_deployment(server: product.Server, page_as: OpenPage) -> None:
    team = page_as(KARIM, "/plan")
    open_action(team)
    assert stage(team) == "Émergence"
    prepare(team)
    assert english_words(team) == []
    part(team, "Le plan en entier")
    press(team, "plan_22-1_soumettre_envoyer")
    expect(team.get_by_text("Plan soumis").first).to_be_visible()

    office = page_as(ODILE, "/plan")
    expect(office.locator(".imp-table")).to_contain_text("→ soumis")
    assert violations(office) == {}
    office.get_by_role("link", name="Picardie").click()
    product.settled(office)
    press(office, "plan_22-1_valider_envoyer")
    expect(office.get_by_text("Plan validé").first).to_be_visible()
    assert violations(office) == {}

    document(team)
    expect(team.locator(".imp-ladder [aria-current]")).to_contain_text("Déploiement")
    assert violations(team) == {}

    reader = page_as(REMI, ACTION, width=390)
    expect(reader.locator(".imp-ladder [aria-current]")).to_contain_text("Déploiement")
    expect(reader.locator("[data-testid=stMain]")).to_contain_text("conventionné 6 000 €")
    expect(reader.locator("[data-testid=stTextInput]")).to_have_count(0)
    assert reader.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") == 390
