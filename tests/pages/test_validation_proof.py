"""The evidence of a figure on the validation screen: read beside it, later, verified outside, and taken back."""

import pytest
from streamlit.testing.v1 import AppTest

from impact.db import Database, reading, transaction
from impact.figures import Cell
from impact.permissions import EVERYTHING, Actor
from impact.queries.evidence import pieces_of_region
from impact.rules.evidence import EvidenceDraft
from impact.services import evidence, readings, reviews
from impact.services.pieces import PieceKey
from impact.services.readings import Reading
from impact.vocabulary import Confidentiality, EvidenceKind
from tests.cast import ADA, KARIM, ODILE, PICARDIE, REMI
from tests.pages.opened import Open, checked, opener, save, stored, submit, texts
from tests.pieces import pdf

T3 = "2010-2011-T3"
SESSIONS, TRAINED = Cell(PICARDIE, "FOR-02", T3), Cell(PICARDIE, "FOR-04", T3)
NAME = "_".join(TRAINED)
SOURCED = {"source": "Registre", "famille_methode": "registre"}
READ = {TRAINED: Reading("la valeur y figure")}


@pytest.fixture
def open_page(sqlite_db: Database, monkeypatch: pytest.MonkeyPatch) -> Open:
    return opener(monkeypatch)


def attach(title: str, who: Actor = KARIM, open_to: Confidentiality = Confidentiality.NETWORK) -> PieceKey:
    """A link: what is stored of files is tested elsewhere."""
    said = EvidenceDraft(EvidenceKind.REGISTER, title, open_to, "https://exemple.org/liste.pdf")
    with transaction() as session:
        return evidence.add_piece(session, who, PICARDIE, said, [TRAINED])


@pytest.fixture
def waiting(open_page: Open) -> Open:
    """FOR-04 submitted with a piece, FOR-02 with a link."""
    save(KARIM, TRAINED, valeur="12", **SOURCED)
    attach("Feuilles d’émargement")
    submit(KARIM, TRAINED, valeur="12", **SOURCED)
    submit(KARIM, SESSIONS, valeur="5", **SOURCED, lien_preuve="https://exemple.org/registre.pdf")
    return open_page


def validated(*, read: bool = False) -> None:
    with transaction() as session:
        reviews.validate(session, ODILE, [TRAINED], readings=READ if read else {})


def grade() -> int:
    entry = stored(TRAINED)
    assert entry is not None
    return entry.reliability


def tick(seen: AppTest, *checks: str) -> None:
    for check in checks:
        seen.checkbox(key=f"validation_lu_{NAME}_{check}").check().run()


def press(seen: AppTest, key: str) -> str:
    return texts(checked(seen.button(key=key).click().run()))


def test_the_piece_stands_beside_its_figure_and_what_was_checked_is_kept_in_words(waiting: Open) -> None:
    seen = waiting("validation", ODILE, chiffre=NAME)
    assert "22-1 Feuilles d’émargement" in texts(seen)
    assert "reste F2 documenté" in texts(seen)
    tick(seen, "valeur", "methode")
    assert "F2 documenté → F3 relu" in texts(seen)
    seen.text_area(key=f"validation_note_{NAME}").set_value("feuille 3 peu lisible").run()
    assert "Pièce relue : F2 documenté → F3 relu." in press(seen, f"validation_valider_{NAME}")
    entry = stored(TRAINED)
    assert entry is not None
    assert entry.evidence_checked == (
        "la valeur y figure ; la méthode et la population sont décrites ; note : feuille 3 peu lisible"
    )


def test_a_note_alone_is_no_reading(waiting: Open) -> None:
    seen = waiting("validation", ODILE, chiffre=NAME)
    seen.text_area(key=f"validation_note_{NAME}").set_value("vu").run()
    press(seen, f"validation_valider_{NAME}")
    assert "cochez ce que vous avez contrôlé" in seen.error[0].value
    assert grade() == 2


def test_several_are_validated_with_the_readings_of_those_that_were_opened(waiting: Open) -> None:
    seen = waiting("validation", ODILE, chiffre=NAME)
    tick(seen, "valeur")
    seen.query_params["chiffre"] = "_".join(SESSIONS)
    seen.run()
    seen.checkbox(key="validation_tous").check().run()
    assert "dont 1 relu avec sa pièce" in texts(seen)
    assert "Pièce relue pour 1 d’entre eux." in press(seen, "validation_valider")
    other = stored(SESSIONS)
    assert other is not None
    assert (grade(), other.reliability) == (3, 2)


def test_a_piece_added_meanwhile_is_said_and_refuses_the_reading_until_it_was_seen(waiting: Open) -> None:
    seen = waiting("validation", ODILE, chiffre=NAME)
    tick(seen, "valeur")
    attach("Liste corrigée")
    said = press(seen, f"validation_valider_{NAME}")
    assert "ajoutée : 22-2 « Liste corrigée »" in said
    assert "ses pièces ont changé depuis que vous les avez ouvertes" in said
    assert grade() == 2
    press(seen, f"validation_revu_{NAME}")
    assert not seen.checkbox(key=f"validation_lu_{NAME}_valeur").value, "nothing is ticked in advance"
    tick(seen, "valeur")
    press(seen, f"validation_valider_{NAME}")
    assert grade() == 3


def test_whoever_was_an_author_is_told_before_the_click_and_offered_no_reading(waiting: Open) -> None:
    attach("Ajout du bureau", who=ODILE)
    with transaction() as session:  # from here on Odile may validate again: her piece was there at a validation
        reviews.validate(session, ADA, [TRAINED])
        reviews.reopen_entry(session, ADA, TRAINED, "à revoir")
    submit(KARIM, TRAINED, valeur="14", **SOURCED)
    seen = waiting("validation", ODILE, chiffre=NAME)
    assert "l’un des auteurs" in texts(seen)
    assert not [box for box in seen.checkbox if str(box.key).startswith(f"validation_lu_{NAME}")]
    press(seen, f"validation_valider_{NAME}")
    assert grade() == 2
    later = waiting("validation", ODILE, relire=NAME)
    assert "une autre personne relit sa pièce" in texts(later)
    assert not [one for one in later.button if one.key == f"validation_relire_{NAME}"]


def test_evidence_is_read_later_verified_outside_and_each_is_taken_back_with_a_reason(waiting: Open) -> None:
    validated()
    seen = waiting("validation", ODILE, relire=NAME)
    press(seen, f"validation_relire_{NAME}")
    assert "cochez ce que vous avez contrôlé" in seen.error[0].value
    tick(seen, "valeur")
    assert "pièce relue, F2 documenté → F3 relu" in press(seen, f"validation_relire_{NAME}")
    assert grade() == 3

    seen = waiting("validation", ODILE, relire=NAME, pieces="F3")
    press(seen, f"validation_verifier_{NAME}")
    assert "nommez qui a vérifié" in seen.error[0].value
    for field, text in (("organisme", "Cabinet Roy"), ("personne", "Jeanne Roy"), ("date", "01/07/2011")):
        seen.text_input(key=f"validation_{field}_{NAME}").set_value(text)
    seen.selectbox(key=f"validation_rapport_{NAME}").set_value(1)
    said = press(seen, f"validation_verifier_{NAME}")
    assert "Vérifié par Jeanne Roy (Cabinet Roy) le 01/07/2011, rapport : pièce 22-1." in said
    assert grade() == 4

    press(seen, f"validation_retirer_verification_bouton_{NAME}")
    assert "indiquez le motif" in seen.error[0].value.lower()
    seen.text_area(key=f"validation_motif_verification_{NAME}").set_value("rapport annulé")
    assert "Vérification externe retirée (Odile Martin, 10/07/2011, « rapport annulé »), F4 → F3." in press(
        seen, f"validation_retirer_verification_bouton_{NAME}"
    )
    seen.text_area(key=f"validation_motif_lecture_{NAME}").set_value("lue trop vite")
    assert "lecture retirée (Odile Martin, 10/07/2011, « lue trop vite »), F3 → F2." in press(
        seen, f"validation_retirer_lecture_bouton_{NAME}"
    )
    assert grade() == 2


def test_a_report_that_nobody_deposited_yet_comes_with_the_verification_and_makes_nothing_fall(waiting: Open) -> None:
    validated(read=True)
    seen = waiting("validation", ODILE, relire=NAME, pieces="F3")
    for field, text in (("organisme", "Cabinet Roy"), ("personne", "Jeanne Roy"), ("date", "01/07/2011")):
        seen.text_input(key=f"validation_{field}_{NAME}").set_value(text)
    seen.selectbox(key=f"validation_rapport_{NAME}").set_value(0).run()
    press(seen, f"validation_verifier_{NAME}")
    said = seen.error[0].value
    assert "choisissez le fichier du rapport" in said
    assert "qui peut ouvrir ce rapport" in said
    seen.file_uploader[0].set_value(("rapport.pdf", b"MZ" + bytes(500), "application/pdf"))
    seen.radio(key=f"validation_rapport_depot_{NAME}_confidentialite").set_value("national")
    press(seen, f"validation_verifier_{NAME}")
    assert "rapport.pdf" in seen.error[0].value
    assert grade() == 3
    seen.file_uploader[0].set_value(("rapport.pdf", pdf(), "application/pdf"))
    told = press(seen, f"validation_verifier_{NAME}")
    assert "Vérifié par Jeanne Roy (Cabinet Roy) le 01/07/2011, rapport : pièce 22-2." in told
    assert grade() == 4
    with reading() as session:
        report = pieces_of_region(session, EVERYTHING, PICARDIE)[0]
    assert (report.title, report.cells) == ("Rapport de vérification, Cabinet Roy", ())
    assert report.confidentiality is Confidentiality.NATIONAL


def test_a_fall_is_said_to_who_types_to_who_reviews_and_in_the_explanation(waiting: Open) -> None:
    validated(read=True)
    with transaction() as session:
        reviews.reopen_entry(session, ODILE, TRAINED, "à corriger")
    sheet = waiting("saisie", KARIM, region=PICARDIE, chantier="FOR", periode=T3, indicateur="FOR-04")
    assert "Relu le 10/07/2011 par Odile Martin : enregistrer une autre valeur" in texts(sheet)
    sheet.text_input(key="saisie_FOR-04_valeur").set_value("13").run()
    assert "F3 → F2 : la pièce est à relire." in press(sheet, "saisie_FOR-04_enregistrer")

    submit(KARIM, TRAINED, valeur="13", **SOURCED)
    seen = waiting("validation", ADA, chiffre=NAME)
    assert "relu une première fois, modifié depuis" in texts(seen)
    fell = "Relu le 10/07/2011 par Odile Martin, modifié depuis : la valeur (Karim Benali, 10/07/2011), F3 → F2."
    assert fell in texts(seen)
    asked = {"nombre": "chiffre", "indicateur": "FOR-04", "region": PICARDIE, "periode": T3}
    assert fell in texts(waiting("explication", KARIM, **asked))


def test_a_number_is_walked_back_to_its_pieces_by_everybody_within_their_rights(waiting: Open) -> None:
    attach("Liste nominative", open_to=Confidentiality.NATIONAL)
    validated(read=True)
    with transaction() as session:
        readings.retract_reading(session, ADA, TRAINED, "lue trop vite")
        readings.read_evidence(session, ADA, READ)
    asked = {"nombre": "chiffre", "indicateur": "FOR-04", "region": PICARDIE, "periode": T3}
    for person, nominative in ((REMI, False), (KARIM, True), (ODILE, True)):
        said = texts(waiting("explication", person, **asked))
        assert "22-1 Feuilles d’émargement" in said
        assert ("Liste nominative" in said) is nominative
        assert ("1 pièce réservée au bureau national" in said) is not nominative
        assert "Pièce relue par Ada Garnier le 10/07/2011 : la valeur y figure." in said


def test_a_figure_that_is_not_validated_is_not_read_later(waiting: Open) -> None:
    seen = waiting("validation", ODILE, relire=NAME)
    assert "une fois qu’il est soumis" in texts(seen)
    for wrong in ("x", "99_FOR-04_jamais", "22_FOR-04_" + T3 + "_x"):
        assert "n’est pas validé" in texts(waiting("validation", ODILE, relire=wrong))


def test_the_second_of_two_readers_is_told_who_was_quicker(waiting: Open) -> None:
    validated()
    seen = waiting("validation", ODILE, relire=NAME)
    tick(seen, "valeur")
    with transaction() as session:
        readings.read_evidence(session, ADA, READ)
    checked(seen.run())
    assert "Ada Garnier l’a relu entre-temps : votre lecture n’est pas enregistrée." in texts(seen)


def test_a_value_sent_again_meanwhile_is_not_validated_unseen(waiting: Open) -> None:
    """Two browsers: another reviewer returned it, and its region sent another value."""
    seen = waiting("validation", ODILE, chiffre=NAME)
    with transaction() as session:
        reviews.send_back(session, ADA, [TRAINED], "à revoir")
    submit(KARIM, TRAINED, valeur="99", **SOURCED)
    assert "le chiffre a changé depuis qu’il vous a été montré" in press(seen, f"validation_valider_{NAME}")
    entry = stored(TRAINED)
    assert entry is not None
    assert entry.status == "submitted"
    assert "99 personnes" in texts(seen)
    press(seen, f"validation_valider_{NAME}")
    entry = stored(TRAINED)
    assert entry is not None
    assert entry.status == "validated"
