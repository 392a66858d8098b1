"""Stories on screen: found by words, read like an article, written and published by their teams, then commented."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from impact.db import Database, reading, transaction
from impact.figures import Cell
from impact.permissions import EVERYTHING, Actor
from impact.presentation.experiences import excerpt, paragraphs, relevance, searched
from impact.queries.experiences import StoryRow, comments, story
from impact.rules.claims import ClaimDraft
from impact.rules.evidence import EvidenceDraft
from impact.rules.experiences import Story, StoryKey, StoryState
from impact.services import evidence, experiences
from impact.services.claims import write_claim
from impact.ui.experiences import listing
from impact.vocabulary import Confidentiality, EvidenceKind, Finding, Stage
from tests.cast import CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI
from tests.pages import scenes
from tests.pages.scenes import html, look, run, words

pytestmark = pytest.mark.usefixtures("sqlite_db")

PAGE, KEY = "experiences", StoryKey(PICARDIE, 1)
WRITE, REVISE = "experiences_ecrire", "experiences_modifier_22-1"
STORY = Story(
    "Former <b>le soir</b>", "FOR", context="Trois bassins.", tried="Des séances\nle soir.\n\nÀ l’École *gratuite*.",
    worked="Les salariés sont venus.", indicators=("FOR-04",),
)  # fmt: skip
PIECE = EvidenceDraft(EvidenceKind.REGISTER, "Registre", Confidentiality.NETWORK, link="https://exemple.org/r.pdf")
EFFECT = Cell(PICARDIE, "FOR-05", "2010-2011-S1")


def tell(said: Story = STORY, who: Actor = KARIM, region: str = PICARDIE, *, publish: bool = True) -> StoryKey:
    with transaction() as session:
        key = experiences.write_experience(session, who, region, said)
        if publish:
            experiences.publish_experience(session, who, key, 1)
    return key


def held(key: StoryKey = KEY) -> StoryRow:
    with reading() as session:
        return story(session, EVERYTHING, key)


def send(seen: AppTest, form: str) -> AppTest:
    seen.button(key=f"{form}_envoyer").click()
    return run(seen)


def forms(seen: AppTest) -> set[str]:
    return {str(one.key).rpartition("_")[0] for one in seen.button if str(one.key).endswith("_envoyer")}


def said_of(seen: AppTest) -> str:
    return words(seen).replace("\u202f", " ")


def test_a_draft_is_written_completed_and_published_and_then_everybody_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = look(monkeypatch, PAGE, KARIM)
    assert "Aucun retour d’expérience n’est encore publié" in said_of(seen)
    seen.session_state["experiences_volet_ecrire"] = True
    run(seen)
    refused = send(seen, WRITE)
    assert "donnez-en un" in refused.error[0].value
    refused.text_input(key=f"{WRITE}_titre").set_value("Former le soir")
    drafted = send(run(refused), WRITE)
    assert (drafted.title[0].value, drafted.query_params["retour"]) == ("Former le soir", "22-1")
    assert "Brouillon enregistré" in drafted.success[0].value
    told = said_of(drafted)
    for lacking in ("dites où et dans quelle situation", "dites ce que la région a fait", "l’un des deux au moins"):
        assert lacking in told, "everything that it lacks is said at once"
    assert "experiences_publier_22-1" not in forms(drafted)
    assert "n’existe pas, ou n’est pas ouvert" in look(monkeypatch, PAGE, CLAIRE, retour="22-1").warning[0].value
    own = look(monkeypatch, PAGE, KARIM, retour="22-1")
    for name in ("contexte", "essai", "echec"):
        own.text_area(key=f"{REVISE}_{name}").set_value(f"Voici {name}.")
    own = send(run(own), REVISE)
    assert "Version 2 enregistrée" in own.success[0].value
    done = send(own, "experiences_publier_22-1")
    assert "tout le réseau peut le lire" in done.success[0].value
    reader = look(monkeypatch, PAGE, REMI, retour="22-1")
    told = said_of(reader)
    assert "Voici echec." in told
    assert "La région n’en dit rien" in told, "what worked is not said, and that shows"
    assert forms(reader) == set(), "a reader of the network reads"


def test_what_is_typed_and_not_saved_is_not_published_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(publish=False)
    seen = look(monkeypatch, PAGE, KARIM, retour="22-1")
    seen.text_area(key=f"{REVISE}_echec").set_value("Peu d’indépendants.")
    refused = send(run(seen), "experiences_publier_22-1")
    assert "enregistrez d’abord" in refused.error[0].value
    assert held().state is StoryState.DRAFT
    send(send(refused, REVISE), "experiences_publier_22-1")
    row = held()
    assert (row.state, row.now.said.failed) == (StoryState.PUBLISHED, "Peu d’indépendants.")


def test_the_published_version_is_the_others_until_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    tell()
    with transaction() as session:
        experiences.revise_experience(session, KARIM, KEY, replace(STORY, title="Autrement"), 1)
    own = look(monkeypatch, PAGE, ODILE, retour="22-1")
    assert own.title[0].value == "Autrement"
    assert "les autres régions lisent la 1" in said_of(own)
    own.session_state["experiences_versions_22-1"] = True
    assert "Autrement" in scenes.rows(run(own), "Versions de 22-1")["Version 2 10/07/2011, Karim Benali"]
    public = look(monkeypatch, PAGE, KARIM, retour="22-1", lecture="publiee")
    assert "Vous lisez la version publiée" in said_of(public)
    other = look(monkeypatch, PAGE, CLAIRE, retour="22-1")
    for seen in (public, other):
        assert "Former" in seen.title[0].value
    assert "préparation" not in said_of(other)


def test_what_is_typed_by_people_stays_text(monkeypatch: pytest.MonkeyPatch) -> None:
    tell()
    with transaction() as session:
        experiences.comment_experience(session, CLAIRE, KEY, "<img src=x onerror=alert(1)>\n[ici](http://x)")
    seen = look(monkeypatch, PAGE, REMI, retour="22-1")
    drawn = html(seen)
    assert "<img" not in drawn
    assert "&lt;img src=x onerror=alert(1)&gt;<br>[ici](http://x)" in drawn
    assert "<p>Des séances<br>le soir.</p><p>À l’École *gratuite*.</p>" in drawn
    assert seen.title[0].value == r"Former \<b\>le soir\</b\>"
    assert "<b>le soir" not in html(look(monkeypatch, PAGE, REMI))


def test_claims_and_pieces_are_shown_to_those_who_may_open_them(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        scenes.save(session, ODILE, EFFECT, numerateur="6", denominateur="10")
        piece = evidence.add_piece(session, KARIM, PICARDIE, PIECE, [EFFECT])
        draft = ClaimDraft(PICARDIE, "FOR", Stage.OUTCOME, Finding.EXPECTED, "Ils progressent.", (EFFECT,))
        claim = write_claim(session, KARIM, draft)
    tell(replace(STORY, claims=(str(claim),), pieces=(piece.number,)))
    own = look(monkeypatch, PAGE, KARIM, retour="22-1")
    assert 'href="affirmations?affirmation=22-1"' in html(own)
    assert [panel.label for panel in own.expander if panel.label.startswith("Pièce")]
    for who in (CLAIRE, REMI):
        other = look(monkeypatch, PAGE, who, retour="22-1")
        assert "Ils progressent" not in html(other), "nobody has read this claim yet"
        assert "1 pièce réservée à la région" in said_of(other)
        assert not [panel.label for panel in other.expander if panel.label.startswith("Pièce")]
        assert 'href="chantier?chantier=FOR&amp;indicateur=FOR-04"' in html(other)


def test_two_people_on_one_story_choose_between_both_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    tell()
    seen = look(monkeypatch, PAGE, KARIM, retour="22-1")
    seen.text_input(key=f"{REVISE}_titre").set_value("Le mien")
    run(seen)
    with transaction() as session:
        experiences.revise_experience(session, ODILE, KEY, replace(STORY, title="Le sien"), 1)
    clash = send(seen, REVISE)
    assert "Odile Martin a enregistré autre chose" in clash.warning[0].value
    assert scenes.rows(clash, "Les deux textes, champ par champ")["Titre"] == "Titre Le sien Le mien"
    assert clash.text_input(key=f"{REVISE}_titre").value == "Le mien"
    clash.button(key=f"{REVISE}_garder").click()
    send(run(clash), REVISE)
    row = held()
    assert (row.now.version, row.now.said.title) == (3, "Le mien")


def test_comments_are_sent_once_taken_back_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    tell()
    seen = look(monkeypatch, PAGE, CLAIRE, retour="22-1")
    form = "experiences_commenter_22-1"
    assert "écrivez-le" in send(seen, form).error[0].value
    seen.text_area(key=f"{form}_texte").set_value("Chez nous aussi.")
    sent = send(run(seen), form)
    assert "Chez nous aussi." in said_of(sent)
    assert sent.text_area(key=f"{form}_texte").value == ""
    own = "experiences_commentaire_22-1_1"
    assert own in forms(sent)
    assert own not in forms(look(monkeypatch, PAGE, KARIM, retour="22-1")), "it is somebody else's"
    gone = send(look(monkeypatch, PAGE, ODILE, retour="22-1"), own)
    assert "Commentaire retiré (" in said_of(gone)
    assert "Chez nous aussi." not in html(gone)
    with reading() as session:
        assert [one.withdrawn for one in comments(session, KEY)] == [True]


def test_a_withdrawal_says_why_and_closes_what_others_read(monkeypatch: pytest.MonkeyPatch) -> None:
    tell()
    form = "experiences_retirer_22-1"
    refused = send(look(monkeypatch, PAGE, KARIM, retour="22-1"), form)
    assert "dites pourquoi" in refused.error[0].value
    refused.text_area(key=f"{form}_motif").set_value("raconté deux fois")
    gone = send(run(refused), form)
    assert "raconté deux fois" in gone.warning[0].value
    assert forms(gone) == set()
    assert "22-1" not in html(look(monkeypatch, PAGE, CLAIRE))
    assert "retour=22-1" in html(look(monkeypatch, PAGE, KARIM, etat="retires"))


def test_words_find_whatever_their_accents_and_the_most_telling_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    tell()
    tell(replace(STORY, title="L’École du soir", tried="Rien de neuf.", chantier="COO", indicators=()))
    tell(Story("Ailleurs", "PRE", "ici", "cela", "oui"), CLAIRE, MIDI_PYRENEES)

    def listed(**asked: str) -> list[str]:
        drawn = html(look(monkeypatch, PAGE, REMI, **asked))
        return [key for key in sorted(("22-1", "22-2", "73-1"), key=drawn.find) if f"retour={key}" in drawn]

    assert listed(experiences_recherche="ECOLE l'eco") == ["22-2", "22-1"]
    assert listed(experiences_recherche="école introuvable") == []
    assert listed(experiences_recherche="picardie", chantier="COO") == ["22-2"]
    assert listed(experiences_recherche="FOR-04") == ["22-1"]
    assert listed(region="73") == ["73-1"]
    assert "le chantier « ZZZ »" in look(monkeypatch, PAGE, REMI, chantier="ZZZ").warning[0].value.replace(
        "\u202f", " "
    )


def test_a_long_list_comes_by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        for number in range(listing.MOST + 1):
            experiences.write_experience(session, KARIM, PICARDIE, replace(STORY, title=f"Récit {number}"))
    seen = look(monkeypatch, PAGE, KARIM)
    assert html(seen).count("retour=22-") == listing.MOST
    seen.button(key="experiences_suite").click()
    assert html(run(seen)).count("retour=22-") == listing.MOST + 1


def test_a_regions_page_names_what_it_has_told(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(Story("En cours", "FOR"), publish=False)
    assert "Retours d’expérience" not in scenes.sections(look(monkeypatch, "region", REMI, region=PICARDIE))
    assert 'href="experiences?retour=22-1"' in html(look(monkeypatch, "region", KARIM, region=PICARDIE))
    tell()
    other = html(look(monkeypatch, "region", REMI, region=PICARDIE))
    assert 'href="experiences?retour=22-2"' in other
    assert "En cours" not in other


@pytest.mark.parametrize("asked", ["22-9", "x", "../../etc", "22-0", "FR-1"])
def test_what_is_not_open_and_what_does_not_exist_answer_alike(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    seen = look(monkeypatch, PAGE, CLAIRE, retour=asked)
    assert seen.title[0].value == "Retours d’expérience"
    assert "existe pas" in seen.warning[0].value


def test_a_word_weighs_most_in_the_title_and_every_word_is_needed() -> None:
    texts = searched(STORY, {"22": "Picardie"})
    assert relevance("former", texts) > relevance("bassins", texts) > relevance("picardie", texts) > 0
    assert relevance("former introuvable", texts) == 0
    assert relevance("  ", texts) == 0


def test_an_excerpt_ends_between_two_words_and_paragraphs_keep_their_lines() -> None:
    assert excerpt(replace(STORY, tried="mot " * 100), 11) == "mot mot…"
    assert excerpt(replace(STORY, tried="")) == "Trois bassins."
    assert excerpt(Story("t", "FOR")) == ""
    assert paragraphs("un\n deux \n\n \n\ntrois") == [["un", "deux"], ["trois"]]


def test_the_office_writes_for_the_region_that_it_chooses(monkeypatch: pytest.MonkeyPatch, sqlite_db: Database) -> None:
    seen = look(monkeypatch, PAGE, ODILE)
    seen.session_state["experiences_volet_ecrire"] = True
    run(seen)
    seen.selectbox(key=f"{WRITE}_region").set_value(PICARDIE)
    run(seen)
    seen.text_input(key=f"{WRITE}_titre").set_value("Pour eux")
    send(run(seen), WRITE)
    assert (held().now.said.title, held().now.written_by) == ("Pour eux", ODILE.name)
