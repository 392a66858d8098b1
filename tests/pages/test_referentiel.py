"""The sheets of indicators: everybody reads and searches them, the national office publishes their next version."""

import pytest
from streamlit.testing.v1 import AppTest

from impact.db import reading, transaction
from impact.figures import Definition
from impact.permissions import Actor
from impact.queries import catalogue
from impact.services.catalogue import revise
from tests.cast import ADA, CLAIRE, ODILE, REMI
from tests.pages.conftest import Visit, drawn, text_of

CODE = "PRE-03"
FORM = f"referentiel_reviser_{CODE}"


def search(seen: AppTest, words: str) -> str:
    seen.text_input(key="referentiel_recherche").set_value(words)
    return text_of(drawn(seen.run()))


def versions() -> list[Definition]:
    with reading() as session:
        return catalogue.versions(session, CODE)


def publish_elsewhere(**changes: object) -> None:
    with transaction() as session:
        revise(session, ADA, CODE, changes, None, "précision", versions()[-1].version)


def typed(seen: AppTest, **fields: str) -> AppTest:
    """Fill fields of the form that began from version 1."""
    for name, text in fields.items():
        kind = seen.text_input if name in ("name", "minimum", "maximum", "alert_above") else seen.text_area
        kind(key=f"{FORM}_v1_{name}").set_value(text)
    return drawn(seen.run())


def publish(seen: AppTest) -> AppTest:
    return drawn(seen.button(key=f"{FORM}_envoyer").click().run())


def said(seen: AppTest) -> str:
    return "\n".join(str(one.value) for one in (*seen.error, *seen.success, *seen.warning))


@pytest.mark.parametrize("person", [REMI, CLAIRE, ODILE], ids=lambda person: person.name)
def test_everybody_reads_the_forty_sheets_and_the_conventions(visit: Visit, person: Actor) -> None:
    text = text_of(visit(person, "referentiel"))
    assert "40 fiches sur 40 et 9 conventions" in text
    assert text.count("indicateur=") == 40
    assert "Personne morale (SIREN)" in text


def test_the_search_takes_no_account_of_accents_and_finds_pitfalls_and_conventions(visit: Visit) -> None:
    seen = visit(REMI, "referentiel")
    assert "PRE-03" in search(seen, "MESURE DATE DE MOINS")
    text = search(seen, "cinq elements l'entreprise n'est pas comptee")
    assert "1 fiche sur 40" in text
    assert "Personne physique à jour de cotisation" in search(seen, "adherent")
    assert "Personne morale (SIREN)" not in search(seen, "physique nommement")


def test_a_search_without_an_answer_says_what_to_do(visit: Visit) -> None:
    assert "Essayez un seul mot" in search(visit(REMI, "referentiel"), "zygomatique")


def test_filters_of_the_address_narrow_the_list_and_follow_into_a_sheet_and_back(visit: Visit) -> None:
    text = text_of(visit(REMI, "referentiel", chantier="PRE", etape="outcome"))
    assert "referentiel?indicateur=PRE-03&amp;chantier=PRE&amp;etape=outcome" in text
    assert "FOR-01" not in text
    assert "SIREN" not in text
    sheet = text_of(visit(REMI, "referentiel", chantier="PRE", etape="outcome", indicateur=CODE))
    assert 'href="referentiel?chantier=PRE&amp;etape=outcome"' in sheet


def test_a_sheet_says_everything_of_its_indicator(visit: Visit) -> None:
    seen = visit(REMI, "referentiel", indicateur=CODE, version="1")
    text = text_of(seen).replace("\u202f", " ")
    for words in (
        "parlent la langue de la preuve", "entreprises adhérentes remplissant les cinq conditions",
        "entreprises sociales adhérentes à la fin de la période", "100 × numérateur ÷ dénominateur",
        "on additionne les numérateurs, on additionne les dénominateurs, puis on divise",
        "Rythme : trimestriel", "à 1 décimale", "de 0 à 100", "résultats", "Taille de la structure",
        "liste de contrôle remplie", "Une déclaration d’intention", "consommation et production responsables (cible",
        "Version 1", "avec le catalogue", "Temps : dernière valeur",
    ):  # fmt: skip
        assert words in text, words
    assert not [field for field in seen.text_area if FORM in (field.key or "")], "a reader revises nothing"


def test_what_cannot_be_added_up_says_why(visit: Visit) -> None:
    assert "compterait plusieurs fois" in text_of(visit(REMI, "referentiel", indicateur="PRE-05"))


def test_an_address_that_names_nothing_says_so(visit: Visit) -> None:
    seen = visit(REMI, "referentiel", indicateur="PRE-99")
    assert "il n’existe pas" in said(seen)
    assert "40 fiches" in text_of(seen)
    assert "Voici la dernière" in said(visit(REMI, "referentiel", indicateur=CODE, version="7"))


def test_the_national_office_publishes_a_version_after_seeing_what_it_changes(visit: Visit) -> None:
    seen = typed(visit(ODILE, "referentiel", indicateur=CODE), name="Entreprises qui mesurent", maximum="99,5")
    assert "Entreprises qui mesurent" in text_of(seen)
    assert "99,5" in text_of(seen)
    seen = publish(typed(seen, motif="un nom trop long"))
    assert "Version 2 de PRE-03 publiée, pour les périodes à partir du 01/07/2011." in said(seen).replace("\u202f", " ")
    assert [(one.version, one.name, one.maximum) for one in versions()][1] == (2, "Entreprises qui mesurent", 995_000)
    text = text_of(seen)
    assert "Ce que la version 2 a changé" in "\n".join(str(one.value) for one in seen.subheader)
    assert "un nom trop long" in text
    assert ODILE.name in text
    assert seen.text_input(key=f"{FORM}_v2_name").value == "Entreprises qui mesurent"


def test_every_problem_is_told_at_once_and_nothing_typed_is_lost(visit: Visit) -> None:
    seen = typed(visit(ODILE, "referentiel", indicateur=CODE), name=" ", minimum="dix", question="Combien ?")
    seen = publish(seen)
    for words in ("minimum possible", "ce texte manque", "indiquez le motif"):
        assert words in said(seen)
    assert seen.text_input(key=f"{FORM}_v1_minimum").value == "dix"
    assert seen.text_area(key=f"{FORM}_v1_question").value == "Combien ?"
    assert len(versions()) == 1


def test_a_version_published_meanwhile_is_told_and_what_was_not_touched_follows_it(visit: Visit) -> None:
    seen = typed(visit(ODILE, "referentiel", indicateur=CODE), name="Entreprises qui mesurent", motif="plus court")
    publish_elsewhere(question="Combien d’entreprises ?")
    seen = publish(seen)
    assert f"la version 2 a été publiée par {ADA.name}" in said(seen)
    assert seen.text_input(key=f"{FORM}_v1_name").value == "Entreprises qui mesurent"
    publish(seen)
    last = versions()[-1]
    assert (last.version, last.name, last.question) == (3, "Entreprises qui mesurent", "Combien d’entreprises ?")


def test_an_older_version_says_which_one_applies_now_and_is_not_revised(visit: Visit) -> None:
    publish_elsewhere(question="Combien d’entreprises ?")
    seen = visit(ODILE, "referentiel", indicateur=CODE, version="1")
    assert "version 2</a> s’applique pour les périodes à partir du 01/07/2011" in text_of(seen)
    assert "Combien d’entreprises adhérentes parlent" in text_of(seen)
    assert not [button for button in seen.button if button.key == f"{FORM}_envoyer"]
