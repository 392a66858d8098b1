"""The shared lexicon on the screen of definitions: everybody reads, each region speaks, the national office words."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from impact.db import reading, transaction
from impact.permissions import Actor
from impact.queries import lexicon as reads
from impact.rules.lexicon import Lexicon
from impact.services.lexicon import retire_term, revise_term, take_stance
from impact.ui.lexicon.wording import matrix
from impact.vocabulary import Stance
from tests.cast import ADA, CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI
from tests.pages.conftest import Visit, drawn, text_of
from tests.pages.opened import texts

CODE, PART = "emploi_maintenu", {"partie": "lexique"}
WHY = "Un contrat <b>sur deux</b> est prolongé sans commande."
FORM = f"referentiel_position_{CODE}_{MIDI_PYRENEES}"
WORDING = f"referentiel_terme_{CODE}"


def held() -> Lexicon:
    with reading() as session:
        return reads.lexicon(session)


def say(person: Actor, region: str, stance: str, comment: str = "") -> None:
    """As if said in another browser."""
    known = held()
    last = known.last(CODE, region)
    with transaction() as session:
        version, number = known.latest(CODE).version, last.number if last else 0
        take_stance(session, person, region, CODE, stance, comment, version, number)


def reword(**changes: str) -> None:
    latest = held().latest(CODE)
    with transaction() as session:
        revise_term(session, ADA, CODE, replace(latest.said, **changes), "plus précis", latest.version)


def said(seen: AppTest) -> str:
    return "\n".join(str(one.value) for one in (*seen.error, *seen.success, *seen.warning))


def send(seen: AppTest, form: str) -> AppTest:
    return drawn(seen.button(key=f"{form}_envoyer").click().run())


@pytest.mark.parametrize("person", [REMI, CLAIRE, ODILE], ids=lambda person: person.name)
def test_everybody_reads_the_terms_and_what_regions_make_of_them(visit: Visit, person: Actor) -> None:
    say(CLAIRE, MIDI_PYRENEES, "refuse", WHY)
    text = texts(visit(person, "referentiel", **PART))
    assert f"26 termes sur {len(held().in_use)}" in text
    assert "Aucune région n’a adopté, 1 refus, 10 sans avis" in text
    assert "Indicateurs du chantier" not in text
    opened = texts(visit(person, "referentiel", terme=CODE))
    assert "Un contrat &lt;b&gt;sur deux&lt;/b&gt; est prolongé" in opened
    assert "✕</span>décliné" in opened


def test_a_reader_speaks_for_nobody_and_words_nothing(visit: Visit) -> None:
    seen = visit(REMI, "referentiel", terme=CODE)
    assert not seen.radio
    assert not seen.button
    assert not visit(REMI, "referentiel", **PART).text_area


def test_the_two_parts_lead_to_each_other(visit: Visit) -> None:
    indicators = text_of(visit(REMI, "referentiel"))
    assert 'href="referentiel?partie=lexique"' in indicators
    assert "emploi_maintenu" not in indicators, "the list of indicators reads no term"
    assert 'href="referentiel" target="_self">Indicateurs' in text_of(visit(REMI, "referentiel", **PART))
    assert f"terme={CODE}" in text_of(visit(REMI, "referentiel", indicateur="COO-09"))
    assert "referentiel?indicateur=COO-09" in text_of(visit(REMI, "referentiel", terme=CODE))


def test_the_search_and_the_filter_narrow_the_list(visit: Visit) -> None:
    seen = visit(CLAIRE, "referentiel", **PART, referentiel_recherche="effet d'AUBAINE")
    assert "1 terme sur 26" in texts(seen)
    say(CLAIRE, MIDI_PYRENEES, "adopte")
    assert "25 termes sur 26" in texts(visit(CLAIRE, "referentiel", **PART, avis="attendus"))
    say(KARIM, PICARDIE, "adopte_avec_reserve", WHY)
    text = texts(visit(REMI, "referentiel", **PART, avis="discutes"))
    assert "1 terme sur 26" in text
    assert "Emploi maintenu" in text
    assert "Aucun terme ne répond" in texts(visit(REMI, "referentiel", **PART, referentiel_recherche="zygomatique"))


def test_an_address_that_names_no_term_says_so(visit: Visit) -> None:
    seen = visit(REMI, "referentiel", terme="rien")
    assert "il n’existe pas" in said(seen)
    assert "26 termes" in texts(seen)


def test_a_region_says_where_it_stands_and_why(visit: Visit) -> None:
    seen = visit(CLAIRE, "referentiel", terme=CODE)
    assert "n’a encore rien dit" in texts(seen)
    seen = send(seen, FORM)
    assert "choisissez parmi" in said(seen).lower()
    seen.radio(key=f"{FORM}_choix").set_value(Stance.DECLINED)
    seen = send(drawn(seen.run()), FORM)
    assert "dites pourquoi" in said(seen).lower()
    seen.text_area(key=f"{FORM}_commentaire").set_value(WHY)
    seen = send(drawn(seen.run()), FORM)
    assert "Position enregistrée" in said(seen)
    last = held().last(CODE, MIDI_PYRENEES)
    assert last
    assert (last.stance, last.comment, last.on_behalf) == (Stance.DECLINED, WHY, False)
    assert "Votre région a décliné cette version" in texts(seen)


def test_disagreement_comes_first_and_what_was_said_before_stays(visit: Visit) -> None:
    say(CLAIRE, MIDI_PYRENEES, "refuse", "Trop vague.")
    say(CLAIRE, MIDI_PYRENEES, "adopte")
    say(ODILE, "82", "refuse", "Encore trop vague.")
    text = texts(visit(REMI, "referentiel", terme=CODE))
    assert "Auparavant, décliné sur la version 1 : « Trop vague. »" in text
    assert "Odile Martin au nom de la région" in text
    table = text[text.index("Position des régions") :]
    assert table.index("Rhône-Alpes") < table.index("Midi-Pyrénées") < table.index("Picardie")


def test_a_new_version_shows_stances_on_the_old_one_and_asks_again(visit: Visit) -> None:
    say(CLAIRE, MIDI_PYRENEES, "refuse", WHY)
    reword(definition="Contrat prolongé, prouvé.")
    seen = visit(CLAIRE, "referentiel", terme=CODE)
    text = texts(seen)
    assert "sur la version 1" in text
    assert "la version 2 demande un nouvel avis" in text
    assert seen.radio(key=f"{FORM}_choix").value is None
    assert "Ce que la version 2 a changé" in text
    assert "plus précis" in text


def test_a_version_published_while_a_region_writes_is_told_and_nothing_typed_is_lost(visit: Visit) -> None:
    seen = visit(CLAIRE, "referentiel", terme=CODE)
    seen.radio(key=f"{FORM}_choix").set_value(Stance.RESERVED)
    seen.text_area(key=f"{FORM}_commentaire").set_value(WHY)
    seen = drawn(seen.run())
    reword(definition="Contrat prolongé, prouvé.")
    seen = send(seen, FORM)
    assert "relisez la version 2" in said(seen)
    assert seen.text_area(key=f"{FORM}_commentaire").value == WHY
    assert held().last(CODE, MIDI_PYRENEES) is None
    send(seen, FORM)
    last = held().last(CODE, MIDI_PYRENEES)
    assert last
    assert (last.version, last.stance) == (2, Stance.RESERVED)


def test_the_office_speaks_on_behalf_of_a_region(visit: Visit) -> None:
    seen = visit(ODILE, "referentiel", terme=CODE)
    seen.selectbox(key="referentiel_region").set_value(PICARDIE)
    seen = drawn(seen.run())
    form = f"referentiel_position_{CODE}_{PICARDIE}"
    seen.radio(key=f"{form}_choix").set_value(Stance.ADOPTED)
    send(drawn(seen.run()), form)
    last = held().last(CODE, PICARDIE)
    assert last
    assert last.on_behalf


def test_the_office_words_a_term_anew_after_seeing_what_it_changes(visit: Visit) -> None:
    seen = visit(ODILE, "referentiel", terme=CODE)
    seen.text_area(key=f"{WORDING}_v1_definition").set_value("Contrat prolongé, prouvé.")
    seen = drawn(seen.run())
    assert "Ce que la version 2 changerait" in texts(seen)
    assert "indiquez le motif" in said(send(seen, WORDING)).lower()
    seen.text_area(key=f"{WORDING}_v1_motif").set_value("plus court")
    seen = send(drawn(seen.run()), WORDING)
    assert "Version 2 publiée" in said(seen)
    latest = held().latest(CODE)
    assert (latest.version, latest.said.definition, latest.reason) == (2, "Contrat prolongé, prouvé.", "plus court")
    assert seen.text_area(key=f"{WORDING}_v2_definition").value == "Contrat prolongé, prouvé."


def test_what_the_office_did_not_touch_follows_a_version_published_meanwhile(visit: Visit) -> None:
    seen = visit(ODILE, "referentiel", terme=CODE)
    seen.text_area(key=f"{WORDING}_v1_definition").set_value("Contrat prolongé, prouvé.")
    seen.text_area(key=f"{WORDING}_v1_motif").set_value("plus court")
    seen = drawn(seen.run())
    reword(note="Une note d’Ada.")
    seen = send(seen, WORDING)
    assert f"révisé par {ADA.name}" in said(seen)
    send(seen, WORDING)
    latest = held().latest(CODE)
    assert (latest.version, latest.said.note) == (3, "Une note d’Ada.")
    assert latest.said.definition == "Contrat prolongé, prouvé."


def test_the_office_proposes_a_term_and_regions_are_asked(visit: Visit) -> None:
    seen = visit(ODILE, "referentiel", **PART)
    seen.text_input(key="referentiel_proposer_term").set_value("Marge")
    seen.text_area(key="referentiel_proposer_definition").set_value("Ce qui reste.")
    seen.text_area(key="referentiel_proposer_motif").set_value("il manquait")
    seen = send(drawn(seen.run()), "referentiel_proposer")
    assert "« Marge » est dans le lexique" in said(seen).replace("\u202f", " ")
    assert seen.text_input(key="referentiel_proposer_term").value == ""
    assert "27 termes" in texts(seen)
    assert held().awaits("marge", PICARDIE)


def test_a_retired_term_is_shown_apart_with_its_reason_and_asks_nobody(visit: Visit) -> None:
    seen = visit(ODILE, "referentiel", terme=CODE)
    seen.text_area(key=f"referentiel_retirer_{CODE}_motif").set_value("compté avec les emplois créés")
    send(drawn(seen.run()), f"referentiel_retirer_{CODE}")
    text = texts(visit(CLAIRE, "referentiel", **PART))
    assert text.index("Termes retirés") < text.index("Emploi maintenu</a>")
    seen = visit(CLAIRE, "referentiel", terme=CODE)
    assert "Retiré du lexique : compté avec les emplois créés" in texts(seen)
    assert not seen.radio
    assert "emploi_maintenu" not in text_of(visit(CLAIRE, "referentiel", indicateur="COO-09"))


def test_the_file_has_every_stance_ever_taken_and_a_line_for_silence(visit: Visit) -> None:
    visit(REMI, "referentiel", **PART)
    say(CLAIRE, MIDI_PYRENEES, "refuse", "=1+1")
    say(CLAIRE, MIDI_PYRENEES, "adopte")
    known = held()
    data = matrix(known, [known.latest(CODE)])
    own = data[data["code_region"] == MIDI_PYRENEES]
    assert list(own["position"]) == ["adopté", "décliné"]
    assert list(own["en_vigueur"]) == ["oui", "non"]
    assert set(data[data["code_region"] == PICARDIE]["position"]) == {"sans avis"}
    assert len(data) == len(known.regions) + 1


def test_retiring_elsewhere_while_a_region_writes_is_told(visit: Visit) -> None:
    seen = visit(CLAIRE, "referentiel", terme=CODE)
    seen.radio(key=f"{FORM}_choix").set_value(Stance.ADOPTED)
    seen = drawn(seen.run())
    with transaction() as session:
        retire_term(session, ADA, CODE, "inutile", 1)
    assert "retiré par" in said(send(seen, FORM))
