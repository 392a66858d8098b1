"""Claims are written and read with their history: no level outlives what was read, `check` finds what was bent."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from impact import rules
from impact.claims import CRITERIA, ClaimKey, Estimate, link_word, mark
from impact.db import Database, reading, transaction
from impact.errors import AlreadyDone, Forbidden, NotFound, Refused, StaleEntry
from impact.exports import ExportRequest
from impact.figures import SCALE, Cell
from impact.maintenance import backup, check, restore
from impact.models import ClaimReading, Entry, History
from impact.permissions import EVERYTHING, Actor, readable
from impact.queries import journal
from impact.queries.book import Book
from impact.queries.claim_views import ClaimRow
from impact.queries.claims import claim, claims, levels, standing_contradictions, versions
from impact.queries.journal import JournalFilter
from impact.rules.claims import ClaimDraft, ReadingDraft, claim_fields, read_fields, says_the_same
from impact.services import calendar, exports, reviews, submission
from impact.services.claims import read_claim, revise_claim, withdraw_claim, write_claim
from impact.services.entries import save_entry
from impact.ui.admin import naming, words
from impact.vocabulary import ExportKind, Filter, Finding, LinkState, Stage
from tests.cast import ADA, CLAIRE, KARIM, ODILE, PICARDIE, REMI

EFFECT, OUTPUT = Cell(PICARDIE, "FOR-05", "2010-2011-S1"), Cell(PICARDIE, "FOR-04", "2010-2011-T1")
NAMED = {"source": "Enquête", "famille_methode": "sondage", "lien_preuve": "https://exemple.org/enquete.pdf"}
DRAFT = ClaimDraft(
    PICARDIE, "FOR", Stage.OUTCOME, Finding.EXPECTED, "Six personnes formées sur dix ont progressé.", (EFFECT, OUTPUT),
    what="progrès", who="stagiaires", how_much="6 sur 10", study_reference="Enquête 2011",
    counterfactual={Filter.EROSION: Estimate(0, 10 * SCALE, 20 * SCALE, "suivi à un an")},
)  # fmt: skip
KEY = ClaimKey(PICARDIE, 1)


def up_to(at: int) -> frozenset[str]:
    return frozenset(code for own in range(1, at + 1) for code in CRITERIA[own])


def enter(session: Session, actor: Actor, cell: Cell, **fields: str) -> None:
    entry = session.get(Entry, cell)
    seen = entry.version if entry else 0
    draft, problems = rules.read_draft(Book(session).definition(cell.indicator), cell, {**NAMED, **fields}, seen)
    assert draft is not None, problems
    save_entry(session, actor, draft)
    submission.submit_cells(session, actor, [cell])
    reviews.validate(session, ADA if actor is ODILE else ODILE, [cell])


def furnish(session: Session) -> None:
    for period in (EFFECT.period, OUTPUT.period):
        calendar.reopen_period(session, ODILE, period, PICARDIE, date(2011, 8, 1), "pièces reçues")
    enter(session, KARIM, EFFECT, numerateur="6", denominateur="10")
    enter(session, KARIM, OUTPUT, valeur="10")


@pytest.fixture
def written(session: Session) -> Session:
    furnish(session)
    write_claim(session, KARIM, DRAFT)
    return session


def held(session: Session) -> ClaimRow:
    return claim(session, EVERYTHING, KEY)


def found(session: Session, at: int) -> ReadingDraft:
    row = held(session)
    return ReadingDraft(PICARDIE, 1, mark(row.stated, row.now), up_to(at), "lue en entier", "Enquête 2011")


def test_a_claim_goes_from_unread_to_p3_with_two_readers(written: Session) -> None:
    assert held(written).level == 0
    read_claim(written, ODILE, found(written, 3))
    assert held(written).level == 2
    assert held(written).hurdles == ("deuxième lecteur nécessaire",)
    read_claim(written, ADA, found(written, 3))
    assert held(written).level == 3
    assert levels(written) == {EFFECT: 3}, "grade P is of indicators of effect"


def test_an_export_says_grade_p_where_the_indicator_has_one(told: Database) -> None:
    with transaction(told) as session:
        other = Cell(PICARDIE, "FOR-06", EFFECT.period)
        enter(session, KARIM, other, numerateur="2", denominateur="10")
    content = b"".join(exports.stream(ExportKind.ENTRIES, ExportRequest(), "essai", told)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    found = {row["code_indicateur"]: (row["niveau_f"], row["niveau_p"], row["version_indicateur"]) for row in rows}
    assert found == {"FOR-04": ("F2", "sans_objet", "1"), "FOR-05": ("F2", "P2", "1"), "FOR-06": ("F2", "", "1")}


def test_a_revision_keeps_what_was_said_and_takes_the_level_back(written: Session) -> None:
    read_claim(written, ODILE, found(written, 2))
    same = replace(DRAFT, number=1, seen_version=1)
    revise_claim(written, KARIM, same)
    assert held(written).level == 2, "the same statement again is no revision"
    with pytest.raises(Refused, match="pourquoi"):
        revise_claim(written, KARIM, replace(same, sentence="Sept sur dix."))
    revise_claim(written, KARIM, replace(same, sentence="Sept sur dix.", reason="recomptés"))
    assert (held(written).level, held(written).said.sentence) == (0, "Sept sur dix.")
    assert [(one.said.sentence, one.said.reason) for one in versions(written, KEY)] == [
        (DRAFT.sentence, ""), ("Sept sur dix.", "recomptés"),
    ]  # fmt: skip
    with pytest.raises(StaleEntry, match="modifiée par Karim Benali") as caught:
        revise_claim(written, KARIM, replace(same, sentence="Huit.", reason="encore"))
    assert caught.value.stored["phrase"] == "Sept sur dix."


def test_a_carrying_figure_that_changes_takes_the_level_back_even_once_it_is_put_right(written: Session) -> None:
    read_claim(written, ODILE, found(written, 2))
    reviews.reopen_entry(written, ADA, EFFECT, "à vérifier")
    assert held(written).level is None
    enter(written, KARIM, EFFECT, numerateur="5", denominateur="10")
    assert held(written).level == 0
    reviews.reopen_entry(written, ADA, EFFECT, "à vérifier")
    enter(written, ODILE, EFFECT, numerateur="6", denominateur="10")
    assert held(written).level == 0, "the reader has become an author of the figure"


@pytest.mark.parametrize("change", ["reworded", "figure"])
def test_what_an_adverse_result_contradicted_stays_contradicted_until_it_is_read_again(
    session: Session, change: str
) -> None:
    furnish(session)
    write_claim(session, KARIM, replace(DRAFT, finding=Finding.ADVERSE))
    read_claim(session, ODILE, found(session, 2))
    assert standing_contradictions(session, "FOR") == [], "it speaks for itself"
    if change == "reworded":
        better = replace(DRAFT, sentence="Sept sur dix.", number=1, seen_version=1, reason="recomptés")
        revise_claim(session, KARIM, better)
    else:
        reviews.reopen_entry(session, ADA, EFFECT, "à vérifier")
        enter(session, KARIM, EFFECT, numerateur="7", denominateur="10")
    [past] = standing_contradictions(session, "FOR")
    assert (past.key, past.sentence, past.judged.finding) == (KEY, DRAFT.sentence, Finding.ADVERSE)
    assert link_word(Stage.OUTCOME, [past.judged], observed=True) is LinkState.CONTRADICTED
    assert standing_contradictions(session, "INN") == []
    read_claim(session, ADA, found(session, 2))
    assert standing_contradictions(session) == [], "somebody has read what it says now"


def test_no_author_reads_their_own(session: Session) -> None:
    furnish(session)
    write_claim(session, ODILE, DRAFT)
    with pytest.raises(Refused, match="vous en êtes l’auteur"):
        read_claim(session, ODILE, found(session, 1))
    reviews.reopen_entry(session, ODILE, OUTPUT, "à vérifier")
    enter(session, ADA, OUTPUT, valeur="11")
    with pytest.raises(Refused, match="vous avez saisi un chiffre"):
        read_claim(session, ADA, found(session, 1))
    assert session.exec(select(ClaimReading)).all() == []


def test_a_reader_is_told_when_what_they_read_has_changed(written: Session) -> None:
    before = found(written, 2)
    reviews.reopen_entry(written, ADA, OUTPUT, "à vérifier")
    with pytest.raises(Refused, match="n’est pas validé"):
        read_claim(written, ODILE, before)
    enter(written, KARIM, OUTPUT, valeur="12")
    with pytest.raises(StaleEntry, match="a changé depuis"):
        read_claim(written, ODILE, before)


def test_every_problem_is_said_at_once(session: Session) -> None:
    furnish(session)
    elsewhere = Cell("73", "FOR-04", "2010-2011-T1")
    wrong = replace(
        DRAFT, chantier="PRE", figures=(EFFECT, Cell(PICARDIE, "PRE-03", "2010-2011-T1"), elsewhere), study_number=9
    )
    with pytest.raises(Refused) as caught:
        write_claim(session, KARIM, wrong)
    said = [problem.message for problem in caught.value.problems]
    assert [text.rpartition(" ")[0] for text in said[:2]] == [
        "FOR-05, S1 2010-2011 n’est pas un chiffre de ce", "PRE-03, T1 2010-2011 : aucun chiffre n’y est",
    ]  # fmt: skip
    assert "FOR-04, T1 2010-2011 n’est pas un chiffre de cette région." in said
    assert said[-1] == "la pièce 22-9 n’existe pas dans cette région, ou est retirée."


def test_a_claim_sent_twice_is_written_once(session: Session) -> None:
    furnish(session)
    write_claim(session, KARIM, DRAFT, "jeton")
    with pytest.raises(AlreadyDone):
        write_claim(session, KARIM, DRAFT, "jeton")


def test_the_country_s_claims_are_the_national_office_s(session: Session) -> None:
    furnish(session)
    with pytest.raises(Forbidden, match="affirmations du pays"):
        write_claim(session, KARIM, replace(DRAFT, region="FR"))
    assert write_claim(session, ODILE, replace(DRAFT, region="FR")) == ("FR", 1)
    with pytest.raises(NotFound):
        write_claim(session, ODILE, replace(DRAFT, region="99"))


def test_only_the_office_withdraws_what_was_read(written: Session) -> None:
    with pytest.raises(Refused, match="dites pourquoi"):
        withdraw_claim(written, KARIM, PICARDIE, 1, " ", 1)
    read_claim(written, ODILE, found(written, 1))
    with pytest.raises(Refused, match="que par le bureau national"):
        withdraw_claim(written, KARIM, PICARDIE, 1, "gênante", 1)
    withdraw_claim(written, ODILE, PICARDIE, 1, "doublon", 1)
    assert (held(written).level, held(written).withdrawn_reason) == (None, "doublon")
    with pytest.raises(Refused, match="est retirée"):
        revise_claim(written, KARIM, replace(DRAFT, number=1, seen_version=1, sentence="Encore.", reason="si"))


@pytest.mark.parametrize(("person", "sees"), [(KARIM, True), (ODILE, True), (CLAIRE, False), (REMI, False)])
def test_a_claim_is_everybody_s_once_it_is_read(written: Session, person: Actor, sees: bool) -> None:
    assert [one.key for one in claims(written, readable(person))] == ([KEY] if sees else [])
    if not sees:
        with pytest.raises(NotFound):
            claim(written, readable(person), KEY)
    read_claim(written, ODILE, found(written, 1))
    assert claim(written, readable(person), KEY).level == 1
    reviews.reopen_entry(written, ADA, EFFECT, "à vérifier")
    assert bool(claims(written, readable(person), chantier="FOR")) is sees, (
        "a figure that is not validated hides it again"
    )


def test_what_is_typed_reads_back_as_it_was_said() -> None:
    whole = replace(DRAFT, risk="les réponses", study_number=3, self_declared=True)
    again, problems = read_fields(claim_fields(whole), region=PICARDIE, figures=whole.figures, self_declared=True)
    assert again is not None, problems
    assert says_the_same(again, whole)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"poids_mort/bas": "10"}, "donnez les trois parts"),
        (
            {"poids_mort/bas": "30", "poids_mort/central": "20", "poids_mort/haut": "40", "poids_mort/base": "e"},
            "basse",
        ),
        ({"erosion/bas": "0", "erosion/central": "5", "erosion/haut": "101", "erosion/base": "e"}, "de 0 à 100"),
        ({"erosion/bas": "x", "erosion/central": "5", "erosion/haut": "9", "erosion/base": "e"}, "n’est pas un nombre"),
        ({"piece": "73-2"}, "écrivez son numéro, 22-3"),
        ({"phrase": ""}, "écrivez-la"),
        ({"etape": "activity"}, "choisissez parmi : réalisations"),
        ({"phrase": "x" * 501}, "texte trop long"),
    ],
)
def test_what_cannot_be_read_is_said_of_its_field(typed: dict[str, str], said: str) -> None:
    fields = claim_fields(DRAFT) | typed
    draft, problems = read_fields(fields, region=PICARDIE, figures=DRAFT.figures, self_declared=False)
    assert draft is None
    assert [said in problem.message for problem in problems] == [True]


@pytest.fixture
def told(db: Database) -> Database:
    with transaction(db) as session:
        furnish(session)
        write_claim(session, KARIM, DRAFT)
        revise_claim(session, KARIM, replace(DRAFT, number=1, seen_version=1, risk="faible", reason="demandé"))
        read_claim(session, ODILE, found(session, 2))
        write_claim(session, KARIM, replace(DRAFT, sentence="Une autre."))
        withdraw_claim(session, KARIM, PICARDIE, 2, "doublon", 1)
    return db


def test_check_accepts_what_the_services_left(told: Database) -> None:
    assert check(told) == []
    with reading(told) as session:
        assert {row.action for row in session.exec(select(History))} >= {"write_claim", "revise_claim", "read_claim"}


def test_the_journal_tells_claims_and_readings_in_french(told: Database) -> None:
    with reading(told) as session:
        known = naming.names(Book(session))
        facts = {fact.action: fact for fact in journal.acts(session, ODILE, JournalFilter(region=PICARDIE))}
    said = {name: [str(one) for one in words.changes(facts[name], known)] for name in ("read_claim", "revise_claim")}
    assert "Niveau que donnent les critères : P2 mesuré" in said["read_claim"]
    assert "Risque : faible" in said["revise_claim"]
    written = [str(one).replace("\u202f", " ") for one in words.changes(facts["write_claim"], known)]
    assert "Résultat : effet attendu" in written
    assert "Chantier : Former et sensibiliser" in written
    assert any("érosion : de 0 % à 20 % (central 10 %)" in one for one in written)


def test_claims_survive_a_backup(told: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup(tmp_path / "s.zip", told)
    monkeypatch.setenv("IMPACT_DATABASE_URL", f"sqlite:///{tmp_path / 'retour' / 'impact.db'}")
    monkeypatch.setenv("IMPACT_KEY_FILE", str(tmp_path / "retour" / "history.key"))
    _, faults = restore(tmp_path / "s.zip")
    assert faults == []
    with reading(told) as before, reading() as after:
        assert claims(before, EVERYTHING) == claims(after, EVERYTHING)
        assert [len(one.readings) for one in claims(after, EVERYTHING)] == [1, 0]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE claim_version SET sentence = 'autre' WHERE version = 1 AND claim_number = 1",
            "version 1 : « sentence »",
        ),
        ("DELETE FROM claim_reading", "lecture n° 1 : l’historique la connaît, la base ne l’a plus"),
        ("UPDATE claim_reading SET level = 5", "ses critères donnent P2"),
        ("UPDATE claim SET withdrawn_reason = 'x' WHERE number = 2", "Affirmation 22-2 : « reason »"),
        ("UPDATE claim SET version = 1 WHERE number = 1", "Affirmation 22-1 : « version »"),
        ("DELETE FROM claim_figure WHERE version = 2", "version 2 : « claim_figures »"),
        ("UPDATE claim_reading SET reader_id = 5", "lecture n° 1 : « by »"),
    ],
)
def test_check_finds_a_claim_bent_behind_the_product_s_back(told: Database, statement: str, said: str) -> None:
    with told.writer.begin() as connection:
        connection.execute(sa.text(statement))
    assert any(said in fault for fault in check(told)), check(told)
