"""The shared lexicon: terms and their versions, where each region stands, and that disagreement is never lost."""

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from impact import reference
from impact.db import Database, transaction
from impact.errors import AlreadyDone, BadSettings, Forbidden, NotFound, Refused, StaleEntry
from impact.maintenance import check
from impact.models import History, TermStance, TermVersion
from impact.permissions import Actor
from impact.queries import lexicon as reads
from impact.reference import lexicon as file
from impact.rules import lexicon as rules
from impact.rules.lexicon import TermDraft
from impact.services.lexicon import propose_term, retire_term, revise_term, take_stance
from impact.vocabulary import Stance
from tests.cast import ADA, CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI

CODE = "emploi_maintenu"
NEW = TermDraft("Marge", "Ce qui reste quand tout est payé.", see_also=("impact",), indicators=("PRE-03",))
WHY = "Chez nous, un contrat sur deux est prolongé sans commande."


def said(session: Session, code: str = CODE) -> TermDraft:
    return reads.term(session, code).said


def revised(session: Session, **changes: str) -> TermVersion:
    draft = replace(said(session), **(changes or {"definition": "Contrat prolongé, que l’on peut prouver."}))
    return revise_term(session, ODILE, CODE, draft, "la durée se lisait mal", reads.term(session, CODE).version)


def take(
    session: Session,
    stance: str,
    comment: str = "",
    actor: Actor = CLAIRE,
    region: str = MIDI_PYRENEES,
    version: int = 1,
) -> TermStance:
    last = reads.lexicon(session, CODE).last(CODE, region)
    return take_stance(session, actor, region, CODE, stance, comment, version, last.number if last else 0)


# Terms


def test_the_file_gives_terms_that_refer_to_each_other_and_to_indicators(session: Session) -> None:
    found = reads.versions(session)
    assert 18 <= len(found) <= 30
    indicators = {definition["code"] for definition in reference.catalogue()["indicators"]}
    latest = {code: own[-1] for code, own in found.items()}
    for code, one in latest.items():
        assert rules.checked_term(one.said, "motif", latest, indicators, replace(one, retired=True))[2] == [], code
        assert rules.slug(one.said.term) == code
        assert "'" not in "".join((one.said.definition, one.said.note, one.said.example))


def test_loading_twice_changes_nothing_and_leaves_what_the_office_revised(session: Session) -> None:
    before = reads.versions(session)
    reference.load(session)
    assert reads.versions(session) == before
    revised(session)
    reference.load(session)
    assert [one.version for one in reads.versions(session)[CODE]] == [1, 2]


def test_a_changed_file_rewrites_what_nobody_spoke_of_and_nothing_else(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tuple({**item, "note": "Autrement dit."} for item in file.source())
    monkeypatch.setattr(file, "source", lambda: changed)
    revised(session)
    reference.load(session)
    assert said(session, "impact").note == "Autrement dit."
    assert said(session).note != "Autrement dit.", "the office's term is the office's"
    take_stance(session, CLAIRE, MIDI_PYRENEES, "impact", "adopte", "", 1, 0)
    monkeypatch.setattr(file, "source", lambda: tuple({**item, "note": "Encore autre."} for item in changed))
    with pytest.raises(BadSettings, match="publiez-le sous une nouvelle version"):
        reference.load(session)


def test_a_proposed_term_is_named_after_its_words_and_history_keeps_it(session: Session) -> None:
    row = propose_term(session, ODILE, NEW, "il manquait")
    assert (row.code, row.version, row.published_by) == ("marge", 1, ODILE.id)
    told = session.exec(select(History).where(History.action == "propose_term")).one()
    assert (told.chain, told.subject, told.reason) == ("FR", "« Marge », version 1", "il manquait")
    assert told.after
    assert told.after["definition"] == NEW.definition


def test_every_problem_of_a_term_is_told_at_once(session: Session) -> None:
    draft = TermDraft("x" * 81, " ", see_also=("impact", "rien"), indicators=("PRE-99",))
    with pytest.raises(Refused) as caught:
        propose_term(session, ODILE, draft, " ")
    for words in ("texte trop long", "« définition » : ce texte manque", "« rien »", "« PRE-99 »", "indiquez le motif"):
        assert words in str(caught.value)


@pytest.mark.parametrize("word", ["Impact", "IMPACT ", "emploi  maintenu"])
def test_a_word_stands_once_in_the_lexicon(session: Session, word: str) -> None:
    with pytest.raises(Refused, match="est déjà dans le lexique"):
        propose_term(session, ODILE, replace(NEW, term=word), "motif")
    with pytest.raises(Refused, match="est déjà dans le lexique"):
        revise_term(session, ODILE, "cible", replace(NEW, term=word), "motif", 1)


def test_a_term_that_says_the_same_is_no_version(session: Session) -> None:
    with pytest.raises(Refused, match="rien n’a changé"):
        revised(session, term=f" {said(session).term} ")


def test_the_second_of_two_who_revise_sees_what_the_first_published(session: Session) -> None:
    revised(session)
    with pytest.raises(StaleEntry, match=f"révisé par {ODILE.name}.*version 2") as caught:
        revise_term(session, ADA, CODE, NEW, "motif", 1)
    assert caught.value.stored["definition"] == "Contrat prolongé, que l’on peut prouver."


def test_a_retired_term_stays_readable_asks_nothing_and_may_come_back(session: Session) -> None:
    take(session, "refuse", WHY)
    retire_term(session, ODILE, CODE, "compté avec les emplois créés", 1)
    held = reads.lexicon(session)
    assert [one.code for one in held.retired] == [CODE]
    assert held.latest(CODE).reason == "compté avec les emplois créés"
    last = held.last(CODE, MIDI_PYRENEES)
    assert last
    assert (last.stance, last.comment) == (Stance.DECLINED, WHY)
    assert not held.awaits(CODE, PICARDIE)
    with pytest.raises(Refused, match="déjà retiré"):
        retire_term(session, ODILE, CODE, "encore", 2)
    with pytest.raises(Refused, match="n’appelle plus de position"):
        take(session, "adopte", version=2)
    back = revise_term(session, ODILE, CODE, said(session), "il manque", 2)
    assert (back.version, back.retired) == (3, False)
    assert reads.lexicon(session).awaits(CODE, MIDI_PYRENEES)


def test_a_retirement_says_why(session: Session) -> None:
    with pytest.raises(Refused, match="indiquez le motif"):
        retire_term(session, ODILE, CODE, " ", 1)


# Stances


@pytest.mark.parametrize("stance", ["adopte_avec_reserve", "refuse"])
def test_a_reservation_or_a_refusal_says_why(session: Session, stance: str) -> None:
    with pytest.raises(Refused, match="dites pourquoi"):
        take(session, stance, "  ")
    assert take(session, stance, WHY).comment == WHY


def test_a_stance_is_one_of_three(session: Session) -> None:
    with pytest.raises(Refused, match="adopté, adopté avec réserve, décliné"):
        take(session, "peut-être")


def test_a_change_of_mind_keeps_what_was_said_before(session: Session) -> None:
    take(session, "refuse", WHY)
    take(session, "adopte")
    taken = reads.lexicon(session).taken(CODE, MIDI_PYRENEES)
    assert [(one.number, one.stance, one.comment) for one in taken] == [
        (1, Stance.DECLINED, WHY), (2, Stance.ADOPTED, ""),
    ]  # fmt: skip


def test_the_same_stance_again_is_no_other(session: Session) -> None:
    assert take(session, "adopte").number == take(session, "adopte").number == 1
    assert len(session.exec(select(History).where(History.action == "take_stance")).all()) == 1


def test_a_new_version_leaves_the_stances_on_the_old_one_and_asks_again(session: Session) -> None:
    take(session, "refuse", WHY)
    before = reads.awaiting(session, [MIDI_PYRENEES])[MIDI_PYRENEES]
    revised(session)
    held = reads.lexicon(session)
    last = held.last(CODE, MIDI_PYRENEES)
    assert last
    assert (last.version, last.stance) == (1, Stance.DECLINED)
    assert held.awaits(CODE, MIDI_PYRENEES)
    assert (held.tally(CODE).earlier, held.tally(CODE).of[Stance.DECLINED]) == (1, 0)
    assert held.tally(CODE).is_disputed, "a new wording does not make a disagreement go away"
    assert reads.awaiting(session, [MIDI_PYRENEES])[MIDI_PYRENEES] == before + 1
    with pytest.raises(StaleEntry, match="relisez la version 2"):
        take(session, "adopte", version=1)
    assert take(session, "adopte", version=2).number == 2


def test_disagreement_comes_first_and_every_region_asked_is_counted_once(session: Session) -> None:
    take(session, "adopte")
    take(session, "adopte_avec_reserve", WHY, KARIM, PICARDIE)
    take(session, "refuse", WHY, ODILE, "82")
    held = reads.lexicon(session, CODE)
    assert [region for region, _ in held.standing(CODE)][:3] == ["82", PICARDIE, MIDI_PYRENEES]
    tally = held.tally(CODE)
    assert tally.of == dict.fromkeys(Stance, 1)
    assert tally.is_disputed
    assert sum(tally.of.values()) + tally.awaited == len(held.regions) == 11


def test_the_office_speaks_on_a_regions_behalf_and_history_says_so(session: Session) -> None:
    assert not take(session, "adopte").on_behalf
    assert take(session, "refuse", WHY, ODILE).on_behalf
    rows = session.exec(select(History).where(History.action == "take_stance").order_by(History.seq)).all()  # type: ignore[arg-type]
    assert [(row.chain, row.actor_id, (row.after or {})["on_behalf"]) for row in rows] == [
        (MIDI_PYRENEES, CLAIRE.id, False), (MIDI_PYRENEES, ODILE.id, True),
    ]  # fmt: skip


@pytest.mark.parametrize("person", [KARIM, REMI], ids=lambda person: person.name)
def test_nobody_speaks_for_another_region(session: Session, person: Actor) -> None:
    with pytest.raises(Forbidden, match="position"):
        take(session, "adopte", actor=person)


def test_the_second_of_two_who_speak_for_a_region_sees_what_the_first_said(session: Session) -> None:
    take(session, "refuse", WHY)
    with pytest.raises(StaleEntry, match="décliné") as caught:
        take_stance(session, ODILE, MIDI_PYRENEES, CODE, "adopte", "", 1, 0)
    assert caught.value.stored == {"stance": "refuse", "comment": WHY}


def test_a_double_click_counts_once(session: Session) -> None:
    take_stance(session, CLAIRE, MIDI_PYRENEES, CODE, "adopte", "", 1, 0, "jeton")
    with pytest.raises(AlreadyDone):
        take_stance(session, CLAIRE, MIDI_PYRENEES, CODE, "refuse", WHY, 1, 1, "jeton")


def test_an_unknown_term_or_region_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        take_stance(session, ODILE, "99", CODE, "adopte", "", 1, 0)
    with pytest.raises(NotFound):
        take_stance(session, ODILE, PICARDIE, "rien", "adopte", "", 1, 0)


# Check


@pytest.fixture
def lived(db: Database) -> Database:
    """A term revised after a refusal, one proposed, one retired."""
    with transaction(db) as session:
        take(session, "refuse", WHY)
        revised(session)
        take(session, "adopte", actor=ODILE, version=2)
        propose_term(session, ODILE, NEW, "il manquait")
        retire_term(session, ODILE, "territoire", "trop large", 1)
    return db


def faults(db: Database) -> list[str]:
    return [fault for fault in check(db) if "erme" in fault]


def test_check_accepts_what_was_done(lived: Database) -> None:
    assert faults(lived) == []


INSERTED = (
    "INSERT INTO term_version (code, version, term, definition, note, example, see_also, indicators, retired, reason) "
    "VALUES ('{}', {}, 't', 'd', '', '', '[]', '[]', false, '')"
)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE term_stance SET stance = 'adopte' WHERE number = 1", "« stance » vaut 'adopte' dans la base"),
        ("UPDATE term_stance SET comment = 'ravis' WHERE number = 1", "« comment » vaut 'ravis'"),
        ("UPDATE term_stance SET on_behalf = false WHERE number = 2", "« on_behalf »"),
        ("UPDATE term_stance SET taken_by = 1 WHERE number = 2", "« taken_by » vaut 1"),
        ("UPDATE term_stance SET term_version = 1 WHERE number = 2", "« term_version » vaut 1"),
        ("DELETE FROM term_stance WHERE number = 1", "l’historique la connaît, la base ne l’a plus"),
        ("UPDATE term_stance SET region_code = '22' WHERE number = 1", "région 22 sur le terme"),
        ("UPDATE term_version SET definition = 'x' WHERE code = 'marge'", "« definition » vaut 'x'"),
        ("UPDATE term_version SET note = 'x' WHERE code = 'emploi_maintenu' AND version = 1", "« note » vaut 'x'"),
        ("UPDATE term_version SET reason = 'x' WHERE version = 2", "« reason » vaut 'x'"),
        ("UPDATE term_version SET retired = false WHERE code = 'territoire'", "« retired »"),
        ("UPDATE term_version SET note = 'x' WHERE code = 'impact'", "ce que dit data/lexicon.yaml (note)"),
        ("DELETE FROM term_version WHERE code = 'impact'", "ce que dit data/lexicon.yaml (absent)"),
        (INSERTED.format("faux", 1), "ni l’historique ni data/lexicon.yaml"),
        (INSERTED.format("emploi_maintenu", 9), "version 9 : l’historique ne la connaît pas"),
        (
            "UPDATE term_version SET published_by = NULL WHERE code = 'marge'",
            "« marge », version 1",
        ),
    ],
)  # fmt: skip
def test_check_finds_what_was_changed_by_hand(lived: Database, statement: str, words: str) -> None:
    with lived.writer.begin() as connection:
        connection.exec_driver_sql(statement)
    assert any(words in fault for fault in faults(lived)), faults(lived)
