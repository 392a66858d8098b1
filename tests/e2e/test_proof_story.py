"""A figure and its evidence in a real browser: read side by side, fallen after an edit, verified, counted at F2."""

import re

import pytest
from playwright.sync_api import Page, expect

from impact.db import Database, transaction
from impact.documents.receiving import receive
from impact.figures import Cell
from impact.rules.evidence import EvidenceDraft
from impact.services import evidence, reviews, submission
from impact.services.readings import Reading
from impact.vocabulary import Confidentiality, EvidenceKind
from tests import pieces
from tests.cast import ADA, KARIM, ODILE, PICARDIE, REMI
from tests.e2e import product
from tests.e2e.conftest import OpenPage
from tests.e2e.product import pick
from tests.e2e.test_stories import SHEET, choose, press, save, type_in
from tests.impact import test_entries

T3 = "2010-2011-T3"
TRAINED, SESSIONS = (Cell(PICARDIE, code, T3) for code in ("FOR-04", "FOR-02"))
EARLIER = TRAINED._replace(period="2010-2011-T2")
SOURCED = {"source": "Registre", "famille_methode": "registre"}
NAME, OTHER = "_".join(TRAINED), "_".join(SESSIONS)


@pytest.fixture
def proven(server: product.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """FOR-04 submitted with a document, and validated without any for T2; FOR-02 validated as read; a report."""
    for name in ("IMPACT_DATABASE_URL", "IMPACT_KEY_FILE"):
        monkeypatch.setenv(name, server.env[name])
    db = Database(server.env["IMPACT_DATABASE_URL"])
    try:
        with transaction(db) as session:
            for who, cell, value in ((KARIM, TRAINED, "12"), (KARIM, SESSIONS, "5"), (ODILE, EARLIER, "10")):
                test_entries.save(session, who, cell, valeur=value, **SOURCED)
            for title, kind, cells in (
                ("Feuilles d’émargement", EvidenceKind.REGISTER, [TRAINED, SESSIONS]),
                ("Rapport du cabinet Roy", EvidenceKind.CERTIFICATE, []),
            ):
                said = EvidenceDraft(kind, title, Confidentiality.NETWORK)
                with receive(pieces.pdf(), "piece.pdf") as file:
                    evidence.add_piece(session, KARIM, PICARDIE, said, cells, file=file)
            submission.submit_cells(session, KARIM, [TRAINED, SESSIONS])
            submission.submit_cells(session, ODILE, [EARLIER])
            reviews.validate(session, ADA, [SESSIONS, EARLIER], readings={SESSIONS: Reading("la valeur y figure")})
    finally:
        db.dispose()


def tick(page: Page, name: str, check: str) -> None:
    page.locator(f".st-key-validation_lu_{name}_{check} label").click()
    product.acted(page)


def main(page: Page) -> str:
    return page.locator("[data-testid=stMain]").inner_text().replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.usefixtures("proven")
def test_a_figure_is_read_falls_with_an_edit_and_is_counted_by_its_proof(
    server: product.Server, page_as: OpenPage
) -> None:
    office = page_as(ODILE, f"/validation?chiffre={NAME}")
    figure, document = office.get_by_text("12 personnes").last, office.locator(".imp-page img")
    expect(document).to_be_visible()
    assert document.evaluate("image => image.decode().then(() => image.naturalWidth > 0)"), "its page is really drawn"
    places = [one.bounding_box() for one in (figure, document)]
    assert all(places)
    assert places[0]["x"] + places[0]["width"] < places[1]["x"], "beside the figure, not under it"  # type: ignore[index]
    tick(office, NAME, "valeur")
    expect(office.get_by_text("F2 documenté → F3 relu")).to_be_visible()
    press(office, f"validation_valider_{NAME}")
    expect(office.get_by_text("Pièce relue : F2 documenté → F3 relu", exact=False)).to_be_visible()

    done = server.command("check")
    assert done.returncode == 0, done.stdout + done.stderr
    reopen(office)
    region = page_as(KARIM, SHEET)
    choose(region, "FOR-04")
    expect(region.get_by_text("enregistrer une autre valeur", exact=False)).to_be_visible()
    type_in(region, "saisie_FOR-04_valeur", "13")
    save(region, "FOR-04")
    assert "F3 → F2 : la pièce est à relire." in main(region)
    press(region, "saisie_soumettre")
    press(region, "saisie_soumettre_prets")
    office.goto(f"{server.url}/validation?chiffre={NAME}")
    product.settled(office)
    assert "Relu le 10/07/2011 par Odile Martin, modifié depuis : la valeur" in main(office)
    press(office, f"validation_valider_{NAME}")

    verify(server, office)
    reader = page_as(REMI)
    assert trained(server, reader, "F0") == ("23", "2 chiffres sur 3")
    assert trained(server, reader, "F2") == ("13", "1 chiffre sur 3"), "T2 has no document"
    assert server.command("check").returncode == 0


def trained(server: product.Server, reader: Page, level: str) -> tuple[str, str]:
    """The national total of FOR-04 at a proof level, and its coverage, as the national view's key figure says them."""
    reader.goto(f"{server.url}/vue_nationale?preuve={level}")
    product.settled(reader)
    card = (
        reader.locator(".imp-key", has_text="Personnes ayant achevé une formation").inner_text().replace("\u202f", " ")
    )
    value, covered = re.search(r"formation\s+(\d+)", card), re.search(r"\d+ chiffres? sur \d+", card)
    assert value, card
    assert covered, card
    return value[1], covered[0]


def reopen(office: Page) -> None:
    office.get_by_text("Rouvrir un chiffre validé").click()
    product.acted(office)
    pick(office, "validation_a_rouvrir", "FOR-04, Picardie, T3 2010-2011")
    type_in(office, "validation_motif_reouverture", "erreur signalée")
    press(office, "validation_rouvrir_bouton")
    expect(office.get_by_text("est rouvert", exact=False)).to_be_visible()


def verify(server: product.Server, office: Page) -> None:
    """The figure read before, by an external third party whose report is a piece."""
    office.goto(f"{server.url}/validation?relire={OTHER}&pieces=F3")
    product.settled(office)
    office.get_by_text("Enregistrer une vérification externe").click()
    product.settled(office)
    for field, text in (("organisme", "Cabinet Roy"), ("personne", "Jeanne Roy"), ("date", "01/07/2011")):
        type_in(office, f"validation_{field}_{OTHER}", text)
    pick(office, f"validation_rapport_{OTHER}", "Rapport du cabinet Roy")
    press(office, f"validation_verifier_{OTHER}")
    expect(office.get_by_text("Vérifié par Jeanne Roy (Cabinet Roy)", exact=False)).to_be_visible()
