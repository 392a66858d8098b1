"""Pieces of evidence in the entry sheet, as the region's team attaches, replaces and withdraws them."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from impact.db import Database, reading, transaction
from impact.documents import store
from impact.figures import Cell
from impact.models import Evidence, EvidenceUse
from impact.permissions import EVERYTHING
from impact.queries.evidence import PieceView, VersionView, pieces_of_region
from impact.services import readings, reviews
from impact.services.pieces import PieceKey
from impact.services.readings import Reading
from impact.ui import tokens
from impact.ui.pieces import region, said
from impact.vocabulary import Confidentiality, EvidenceKind
from tests.cast import ADA, KARIM, ODILE, PICARDIE
from tests.impact import deposits
from tests.pages.opened import Open, checked, opener, save, stored, submit, texts
from tests.pieces import TABLE, pdf, picture

T3 = "2010-2011-T3"
SHEET = {"region": PICARDIE, "chantier": "FOR", "periode": T3}
TRAINED = Cell(PICARDIE, "FOR-04", T3)
SOURCED = {"source": "Registre régional", "famille_methode": "registre"}
PLACE = f"saisie_{PICARDIE}_FOR-04_{T3}_pieces"
ALL = f"saisie_{PICARDIE}_toutes_pieces"


@pytest.fixture
def open_page(sqlite_db: Database, monkeypatch: pytest.MonkeyPatch) -> Open:
    return opener(monkeypatch)


def opened(open_page: Open, code: str = "FOR-04", **changes: str) -> AppTest:
    """The form of a figure, with the panel in which a piece is deposited."""
    seen = open_page("saisie", KARIM, **{**SHEET, "indicateur": code, **changes})
    return checked(click(seen, "ouvrir"))


def click(seen: AppTest, name: str, place: str = PLACE) -> AppTest:
    return checked(seen.button(key=f"{place}_{name}").click().run())


def describe(seen: AppTest, kind: str = "registre", reach: str = "network", **said_of: str) -> None:
    seen.selectbox(key=f"{PLACE}_type").set_value(kind)
    seen.radio(key=f"{PLACE}_confidentialite").set_value(reach)
    for name, text in said_of.items():
        seen.text_input(key=f"{PLACE}_{name}").set_value(text)


def held() -> list[PieceView]:
    """The region's, oldest first."""
    with reading() as session:
        return pieces_of_region(session, EVERYTHING, PICARDIE)[::-1]


def test_files_are_deposited_for_the_whole_sheet_at_once_and_the_grades_follow(open_page: Open) -> None:
    save(KARIM, TRAINED, valeur="12", **SOURCED)
    seen = opened(open_page)
    seen.file_uploader[0].set_value(
        [("../../registre de juin.pdf", pdf(2), "application/pdf"), ("effectifs.csv", TABLE, "text/csv")]
    )
    describe(seen, date="12/06/2011")
    seen.run()
    assert "garde son nom pour titre" in texts(seen)
    click(seen, "toutes")
    click(seen, "envoyer")
    first, second = held()
    assert [(one.title, one.now.name) for one in (first, second)] == [
        ("registre de juin", "registre de juin.pdf"),
        ("effectifs", "effectifs.csv"),
    ]
    assert {cell.indicator for cell in first.cells} > {"FOR-04", "FOR-01"}
    assert first.cells == second.cells
    entry = stored(TRAINED)
    assert entry is not None
    assert (entry.evidence, entry.reliability) == ("1.1 2.1", 2)
    assert f"2 pièces déposées, pour {len(first.cells)} chiffres." in texts(seen)
    assert not seen.file_uploader, "the panel is closed"
    other = open_page("saisie", KARIM, **SHEET, indicateur="FOR-02")
    assert "registre de juin" in texts(other), "a figure not answered yet has its piece as well"
    other.text_input(key="saisie_FOR-02_source").set_value("Registre").run()
    other.selectbox(key="saisie_FOR-02_famille_methode").set_value("registre").run()
    assert "F2" in texts(other).split("Fiabilité")[1][:80], "and the form counts it before the first saving"


def test_a_refused_file_leaves_nothing_behind_and_what_was_typed_stays(open_page: Open) -> None:
    seen = opened(open_page)
    seen.text_input(key="saisie_FOR-04_valeur").set_value("12").run()
    seen.file_uploader[0].set_value([("a.pdf", b"MZ" + bytes(500), "application/pdf"), ("b.pdf", pdf(), "")])
    describe(seen, auteur="Équipe", date="31/12/2011")
    click(seen, "envoyer")
    assert len(seen.error) == 1
    assert "« a.pdf » : Ce fichier est un programme" in texts(seen)
    assert "pas encore passé" in texts(seen)
    assert held() == []
    folder = store.incoming().parent
    assert not [path for path in folder.rglob("*") if path.is_file()]
    assert seen.text_input(key=f"{PLACE}_auteur").value == "Équipe"
    assert seen.text_input(key="saisie_FOR-04_valeur").value == "12"
    seen.file_uploader[0].set_value([("b.pdf", pdf(), "application/pdf")]).run()
    describe(seen, titre="Feuilles", date="10/06/2011")
    click(seen, "envoyer")
    assert [one.title for one in held()] == ["Feuilles"]
    assert seen.text_input(key="saisie_FOR-04_valeur").value == "12", "the figure's form did not change"
    assert "modifié" not in texts(seen)


def test_a_link_is_shown_whole_and_unverified_and_is_no_script(open_page: Open) -> None:
    seen = opened(open_page)
    checked(seen.radio(key=f"{PLACE}_maniere").set_value("lien").run())
    describe(seen, kind="enquete", reach="national", titre="<b>Enquête</b>", lien="javascript:alert(1)")
    seen.run()
    seen.text_input(key=f"{PLACE}_interroges").set_value("60")
    seen.text_input(key=f"{PLACE}_repondants").set_value("45")
    click(seen, "envoyer")
    assert "adresse complète" in texts(seen)
    assert held() == []
    seen.text_input(key=f"{PLACE}_lien").set_value("https://exemple.org/a?b=1&c=2")
    click(seen, "envoyer")
    told = texts(seen)
    assert "&lt;b&gt;Enquête&lt;/b&gt;" in told
    assert "45 réponses sur 60 (75 %)" in told
    assert "lien non vérifié" in told
    assert "bureau national seul" in told
    told = texts(click(seen, "1_voir"))
    assert 'href="https://exemple.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer"' in told


def test_a_deposit_cut_off_once_it_had_written_counts_once(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "renew", lambda _: None)
    for _ in range(2):
        seen = opened(open_page)
        seen.session_state["jetons"] = {PLACE: "the same click"}
        checked(seen.radio(key=f"{PLACE}_maniere").set_value("lien").run())
        describe(seen, titre="Étude", lien="https://exemple.org/etude")
        click(seen, "envoyer")
        assert not seen.error
        assert "1 pièce déposée" in texts(seen)
    assert len(held()) == 1


def test_a_piece_already_there_is_joined_to_other_figures(open_page: Open) -> None:
    with transaction() as session:
        deposits.deposit(session, KARIM, [Cell(PICARDIE, "FOR-02", T3)])
    seen = opened(open_page)
    checked(seen.radio(key=f"{PLACE}_maniere").set_value("deja").run())
    click(seen, "envoyer")
    assert "Choisissez la pièce" in texts(seen)
    seen.selectbox(key=f"{PLACE}_laquelle").set_value(1).run()
    click(seen, "envoyer")
    assert [cell.indicator for cell in held()[0].cells] == ["FOR-02", "FOR-04"]
    checked(seen.radio(key="saisie_indicateur").set_value("FOR-04").run())


def test_a_figure_that_was_read_is_said_to_fall_before_it_does(open_page: Open) -> None:
    submit(KARIM, TRAINED, valeur="12", **SOURCED)
    with transaction() as session:
        deposits.deposit(session, KARIM, [TRAINED])
        reviews.validate(session, ADA, [TRAINED])
        readings.read_evidence(session, ODILE, {TRAINED: Reading("valeur et période")})
    seen = opened(open_page)
    assert "FOR-04 (F3) : ce chiffre a été relu" in texts(seen)
    told = {button.label for button in seen.button}
    assert not told & {"Remplacer", "Détacher"}, "a validated figure keeps what it stands on"
    assert "Décrire" in told
    seen.file_uploader[0].set_value([("photo.png", picture(), "image/png")])
    describe(seen)
    click(seen, "envoyer")
    entry = stored(TRAINED)
    assert entry is not None
    assert (entry.evidence, entry.reliability) == ("1.1 2.1", 2)


def test_a_piece_is_replaced_with_its_reason_and_the_version_before_stays_to_be_read(open_page: Open) -> None:
    save(KARIM, TRAINED, valeur="12", **SOURCED)
    with transaction() as session:
        deposits.deposit(session, KARIM, [TRAINED], pdf(3))
    seen = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    form = f"{PLACE}_1_remplacer"
    click(seen, "1_remplacer")
    assert seen.text_input(key=f"{form}_titre").value == "Registre régional"
    seen.file_uploader[0].set_value(("scan.pdf", pdf(4), "application/pdf"))
    click(seen, "envoyer")
    assert "pourquoi la pièce est remplacée" in texts(seen)
    seen.text_input(key=f"{form}_motif").set_value("scan lisible")
    with transaction() as session:  # meanwhile, in another browser
        deposits.replace(session, ODILE, PieceKey(PICARDIE, 1), pdf(5), "b.pdf")
    click(seen, "envoyer")
    assert "a été remplacée depuis" in texts(seen)
    seen = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    click(seen, "1_remplacer")
    seen.file_uploader[0].set_value(("scan.pdf", pdf(4), "application/pdf"))
    seen.text_input(key=f"{form}_motif").set_value("scan lisible")
    click(seen, "envoyer")
    (piece,) = held()
    assert [one.pages for one in piece.versions] == [3, 5, 4]
    told = texts(click(seen, "1_voir"))
    assert "/pieces/22/1/apercu/1.png?version=3" in told
    assert "page 1 sur 4" in told
    told = texts(click(seen, "1_apres", f"{PLACE}"))
    assert "/pieces/22/1/apercu/2.png?version=3" in told


def test_a_piece_is_taken_off_a_figure_or_described_better(open_page: Open) -> None:
    save(KARIM, TRAINED, valeur="12", **SOURCED)
    with transaction() as session:
        deposits.deposit(session, KARIM, [TRAINED])
    seen = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    click(seen, "1_decrire")
    seen.text_input(key=f"{PLACE}_1_decrire_titre").set_value("Registre signé")
    click(seen, "envoyer")
    assert held()[0].title == "Registre signé"
    click(seen, "1_detacher")
    seen.text_input(key=f"{PLACE}_1_detacher_motif").set_value("autre période")
    click(seen, "envoyer")
    entry = stored(TRAINED)
    assert entry is not None
    assert (entry.evidence, entry.reliability) == ("", 1)
    assert "n’étaie plus FOR-04" in texts(seen)
    assert "Registre signé" in texts(seen)
    with transaction() as session:
        assert session.exec(select(EvidenceUse)).all() == []


def test_all_the_pieces_of_a_region_are_found_and_withdrawn_with_a_reason(open_page: Open) -> None:
    with transaction() as session:
        deposits.deposit(session, KARIM, [TRAINED], TABLE, "effectifs.csv", title="Effectifs")
        deposits.deposit(session, KARIM, [TRAINED])
    seen = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    assert not [one for one in seen.text_input if one.key == f"{ALL}_mots"], "nothing is read before it is open"
    seen.session_state[ALL] = True
    checked(seen.run())
    seen.text_input(key=f"{ALL}_mots").set_value("effectifs").run()
    assert seen.selectbox(key=f"{ALL}_ouverte").options == ["22-1 Effectifs"]
    checked(seen.selectbox(key=f"{ALL}_ouverte").set_value(1).run())
    assert "Île-de-France" in texts(seen)
    assert "saisie?region=22&amp;chantier=FOR" in texts(seen)
    click(seen, "1_retirer", ALL)
    seen.text_input(key=f"{ALL}_1_retirer_motif").set_value("doublon")
    click(seen, "envoyer", ALL)
    with transaction() as session:
        row = session.get_one(Evidence, (PICARDIE, 1))
        assert (row.withdrawn_reason, row.withdrawn_by) == ("doublon", KARIM.id)


def version(**changes: object) -> VersionView:
    plain = dict.fromkeys(("sha256", "link", "name", "media_type", "extension", "author", "population", "reason"), "")
    counts = dict.fromkeys(("pages", "document_date", "asked", "respondents"))
    now = datetime(2011, 7, 1, tzinfo=UTC)
    return VersionView(**{**plain, **counts, "version": 1, "size": 0, "added_by": "Karim", "added_at": now, **changes})  # type: ignore[arg-type]


def test_words_find_a_piece_wherever_they_are_without_their_accents() -> None:
    piece = PieceView(
        "22", 3, EvidenceKind.SURVEY, "Enquête d’été", Confidentiality.NETWORK, None, "",
        (version(author="Équipe"),), (),
    )  # fmt: skip
    assert region.matches(piece, "ete ENQUETE équipe 22-3", "enquete", "sans")
    assert not region.matches(piece, "hiver", "", "")
    assert not region.matches(piece, "", "registre", "")
    assert not region.matches(piece, "", "", "avec")


@pytest.mark.parametrize(
    ("asked", "respondents", "told"),
    [
        (None, None, ""),
        (60, 45, "45 réponses sur 60 (75 %)"),
        (8, 6, "6 réponses sur 8"),
        (0, 0, "0 réponse sur 0"),
        (60, None, "60 interrogés, réponses non dites"),
    ],
)
def test_the_response_rate_is_told_with_what_it_is_made_of(asked: int, respondents: int, told: str) -> None:
    assert said.answers(version(asked=asked, respondents=respondents)).replace("\u202f", " ") == told
