"""Pieces of evidence in a real browser: sent, attached in bulk, seen, replaced; what is too heavy is told in French."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.cast import CLAIRE, KARIM, REMI
from tests.e2e import product
from tests.e2e.conftest import OpenPage
from tests.e2e.french import english_words
from tests.e2e.test_screens import violations
from tests.e2e.test_stories import SHEET, choose, field, press, save, submit_ready, type_in
from tests.pieces import pdf

PLACE = "saisie_22_FOR-04_2010-2011-T3_pieces"


def pick(page: Page, key: str, words: str) -> None:
    """An option of a list, or of a choice of one."""
    page.locator(f".st-key-{key}").get_by_text(words, exact=False).first.click()
    product.acted(page)


def described(page: Page, kind: str, reach: str) -> None:
    page.locator(f".st-key-{PLACE}_type input").click()
    page.get_by_role("option", name=kind).click()
    product.acted(page)
    pick(page, f"{PLACE}_confidentialite", reach)


def send(page: Page, form: str, *files: Path) -> None:
    page.locator(f".st-key-{form}_depot input[type=file]").set_input_files(files)
    product.acted(page)


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def refuse_others(server: product.Server, page: Page, stranger: Page) -> None:
    """Somebody else's page takes no file, whoever knows its address."""
    sent = page.evaluate(
        "performance.getEntriesByType('resource').map(e => e.name).filter(n => n.includes('upload_file'))"
    )
    answer = stranger.request.put(f"{sent[0].rpartition('/')[0]}/mine", multipart={"file": "a;b"})
    assert (answer.status, answer.text()) == (404, "Introuvable.")


def test_pieces_raise_a_figure_are_seen_in_the_page_and_replaced(
    server: product.Server, page_as: OpenPage, tmp_path: Path
) -> None:
    register, better = (written(tmp_path, f"registre {pages}.pdf", pdf(pages)) for pages in (2, 3))
    page = page_as(KARIM, SHEET)
    choose(page, "FOR-04")
    type_in(page, "saisie_FOR-04_valeur", "112")
    type_in(page, "saisie_FOR-04_source", "Registre régional")
    type_in(page, "saisie_FOR-04_methode", "Relevé des feuilles d’émargement")
    press(page, f"{PLACE}_ouvrir")
    send(page, PLACE, register, written(tmp_path, "film.pdf", bytes(22_000_000)))
    expect(page.locator("[data-testid=stFileChip][aria-invalid=true]")).to_contain_text("Fichier trop lourd")
    page.get_by_role("button", name="Retirer film.pdf").click()
    refuse_others(server, page, page_as(CLAIRE, "/accueil"))
    described(page, "Registre", "Le réseau")
    press(page, f"{PLACE}_toutes")
    assert english_words(page) == []
    assert violations(page) == {}
    page.locator(f".st-key-{PLACE}_envoyer button").dblclick()
    product.acted(page)
    expect(page.get_by_text("1 pièce déposée, pour")).to_be_visible()
    expect(page.locator(f".st-key-{PLACE}_2")).to_have_count(0)
    expect(field(page, "saisie_FOR-04_valeur")).to_have_value("112")

    press(page, f"{PLACE}_ouvrir")
    pick(page, f"{PLACE}_maniere", "Un lien")
    type_in(page, f"{PLACE}_lien", "https://exemple.org/bilan")
    type_in(page, f"{PLACE}_titre", "Bilan de la session")
    described(page, "Rapport", "Le bureau national")
    press(page, f"{PLACE}_envoyer")
    expect(page.locator(f".st-key-{PLACE}_2")).to_contain_text("lien non vérifié")
    save(page, "FOR-04")
    expect(page.locator(".st-key-saisie_indicateur")).to_contain_text("112 · F2")

    press(page, f"{PLACE}_1_voir")
    shown = page.locator(f".st-key-{PLACE}_1_apercu img")
    expect(shown).to_have_js_property("complete", value=True)
    assert shown.evaluate("image => image.naturalWidth") == 1000
    press(page, f"{PLACE}_1_apres")
    expect(page.locator(f".st-key-{PLACE}_1_apercu")).to_contain_text("page 2 sur 2")
    assert violations(page) == {}

    press(page, f"{PLACE}_1_remplacer")
    send(page, f"{PLACE}_1_remplacer", better)
    type_in(page, f"{PLACE}_1_remplacer_motif", "page oubliée")
    press(page, f"{PLACE}_envoyer")
    expect(page.locator(f".st-key-{PLACE}_1")).to_contain_text("2 versions")
    with page.expect_download() as started:
        page.locator(f".st-key-{PLACE}_1_actes").get_by_role("link", name="Télécharger").click()
    assert started.value.suggested_filename == "registre 3.pdf"
    assert started.value.path().read_bytes() == better.read_bytes()

    submit_ready(page)
    choose(page, "FOR-04")
    expect(page.locator(f".st-key-{PLACE}_1_remplacer")).to_have_count(0)
    expect(page.locator(f".st-key-{PLACE}_ouvrir")).to_be_visible()
    for stranger in (CLAIRE, REMI):
        elsewhere = page_as(stranger, "/accueil")
        answer = elsewhere.request.get(f"{server.url}/pieces/22/1")
        assert (answer.status, "n’existe pas" in answer.text()) == (404, True)
