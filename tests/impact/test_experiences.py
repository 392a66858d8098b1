"""What regions tell: who reads what and when, that nothing is published half said, and that nothing said is lost."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from impact.claims import ClaimKey
from impact.db import Database, transaction
from impact.errors import AlreadyDone, Forbidden, NotFound, Refused, StaleEntry
from impact.figures import Cell
from impact.maintenance import check
from impact.maintenance.replay_experiences import experience_faults
from impact.models import Experience, ExperienceComment, ExperienceVersion, History, RegionalAction
from impact.permissions import EVERYTHING, Actor, readable
from impact.queries import experiences as reads
from impact.rules import experiences as rules
from impact.rules.claims import ClaimDraft
from impact.rules.evidence import EvidenceDraft
from impact.rules.experiences import Story, StoryKey, StoryState
from impact.services import evidence
from impact.services.claims import withdraw_claim, write_claim
from impact.services.experiences import (
    comment_experience,
    publish_experience,
    revise_experience,
    withdraw_comment,
    withdraw_experience,
    write_experience,
)
from impact.vocabulary import Confidentiality, EvidenceKind, Finding, Stage
from tests.cast import ADA, CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI
from tests.pages.scenes import save

KEY = StoryKey(PICARDIE, 1)
STORY = Story(
    "Former le soir", "FOR", context="Trois bassins d’emploi.", tried="Des séances le soir.",
    worked="Les salariés sont venus.", failed="Peu d’indépendants.", holds_for="Les villes moyennes.",
    indicators=("FOR-04",),
)  # fmt: skip
IDEA = Story("Une idée", "FOR")
PIECE = EvidenceDraft(EvidenceKind.REGISTER, "Registre", Confidentiality.NATIONAL, link="https://exemple.org/r.pdf")
CELL = Cell(PICARDIE, "FOR-05", "2010-2011-S1")


def published(session: Session, said: Story = STORY) -> StoryKey:
    key = write_experience(session, KARIM, PICARDIE, said)
    publish_experience(session, KARIM, key, 1)
    return key


def seen_by(session: Session, actor: Actor) -> list[str]:
    return [one.now.said.title for one in reads.stories(session, readable(actor))]


# What is typed


def test_what_is_typed_reads_back_as_it_was_said() -> None:
    said = replace(STORY, action=2, claims=("22-3", "FR-1"), pieces=(1, 12))
    assert rules.read_story(rules.story_fields(said, PICARDIE), PICARDIE) == (said, [])


def test_a_draft_needs_a_title_and_a_chantier_and_every_problem_is_told_at_once() -> None:
    typed = {
        "titre": " \u200b ", "contexte": "x" * 6_001, "action": "73-1", "pieces": "22-1 ../etc",
        "indicateurs": " ".join(f"FOR-{number:02}" for number in range(21)),
    }  # fmt: skip
    story, problems = rules.read_story(typed, PICARDIE)
    assert story is None
    assert {problem.field for problem in problems} == {
        "titre", "contexte", "chantier", "action", "pieces", "indicateurs",
    }  # fmt: skip
    assert rules.read_story({"titre": "Une  idée\n", "chantier": "FOR"}, PICARDIE) == (IDEA, [])


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, set()),
        ({"worked": ""}, set()),
        ({"failed": ""}, set()),
        ({"worked": "", "failed": " "}, {"reussite"}),
        ({"holds_for": "", "indicators": ()}, set()),
        ({"title": "", "context": "", "tried": "\n", "worked": "", "failed": ""},
         {"titre", "contexte", "essai", "reussite"}),
    ],
)  # fmt: skip
def test_a_publication_says_all_that_it_lacks(changes: dict[str, str], missing: set[str]) -> None:
    assert {problem.field for problem in rules.lacks(replace(STORY, **changes))} == missing  # type: ignore[arg-type]


# Its life


def test_a_draft_is_its_regions_and_the_offices_and_a_published_story_everybodys(session: Session) -> None:
    key = write_experience(session, KARIM, PICARDIE, STORY)
    assert [seen_by(session, who) for who in (KARIM, ODILE, CLAIRE, REMI)] == [[STORY.title]] * 2 + [[]] * 2
    with pytest.raises(NotFound):
        reads.story(session, readable(CLAIRE), key)
    publish_experience(session, KARIM, key, 1)
    assert all(seen_by(session, who) == [STORY.title] for who in (KARIM, ODILE, CLAIRE, REMI))
    row = reads.story(session, readable(REMI), key)
    assert (row.state, row.published_by, row.now.written_by) == (StoryState.PUBLISHED, KARIM.name, KARIM.name)


def test_a_region_writes_its_own_and_the_office_on_its_behalf(session: Session) -> None:
    for who in (CLAIRE, REMI):
        with pytest.raises(Forbidden):
            write_experience(session, who, PICARDIE, STORY)
    assert write_experience(session, ODILE, PICARDIE, STORY) == KEY
    with pytest.raises(Forbidden):
        revise_experience(session, CLAIRE, KEY, IDEA, 1)
    with pytest.raises(NotFound):
        write_experience(session, ODILE, "FR", STORY)


def test_what_is_not_said_enough_is_not_published(session: Session) -> None:
    key = write_experience(session, KARIM, PICARDIE, IDEA)
    with pytest.raises(Refused) as caught:
        publish_experience(session, KARIM, key, 1)
    assert [problem.field for problem in caught.value.problems] == ["contexte", "essai", "reussite"]
    assert reads.story(session, EVERYTHING, key).state is StoryState.DRAFT


def test_the_published_version_stays_readable_until_the_next_is_published(session: Session) -> None:
    key = published(session)
    assert revise_experience(session, KARIM, key, replace(STORY, title="Former la nuit"), 1) == 2
    own, other = (reads.story(session, readable(who), key) for who in (KARIM, CLAIRE))
    assert (own.state, own.now.said.title, own.published and own.published.version) == (
        StoryState.CHANGED, "Former la nuit", 1,
    )  # fmt: skip
    assert (other.state, other.now.version, other.now.said) == (StoryState.PUBLISHED, 1, STORY)
    first = other.published_at
    publish_experience(session, ODILE, key, 2)
    again = reads.story(session, readable(CLAIRE), key)
    assert (again.now.said.title, again.published_by, again.published_at) == ("Former la nuit", KARIM.name, first)
    with pytest.raises(Refused, match="déjà publiée"):
        publish_experience(session, KARIM, key, 2)
    assert [one.said.title for one in reads.versions(session, key)] == [STORY.title, "Former la nuit"]


def test_an_incomplete_change_stays_in_preparation(session: Session) -> None:
    key = published(session)
    revise_experience(session, KARIM, key, replace(STORY, tried=""), 1)
    with pytest.raises(Refused, match="Ce qui a été essayé"):
        publish_experience(session, KARIM, key, 2)
    assert reads.story(session, readable(CLAIRE), key).now.said == STORY


def test_the_same_again_is_no_version(session: Session) -> None:
    key = write_experience(session, KARIM, PICARDIE, STORY)
    assert revise_experience(session, ODILE, key, STORY, 1) == 1
    assert len(reads.versions(session, key)) == 1


def test_the_second_of_two_who_write_sees_both_and_nobody_publishes_unread(session: Session) -> None:
    key = write_experience(session, KARIM, PICARDIE, STORY)
    revise_experience(session, ODILE, key, replace(STORY, title="Autrement"), 1)
    with pytest.raises(StaleEntry, match=f"modifié par {ODILE.name}") as caught:
        revise_experience(session, KARIM, key, replace(STORY, title="Le mien"), 1)
    assert (caught.value.stored["titre"], caught.value.typed["titre"], caught.value.version) == (
        "Autrement", "Le mien", 2,
    )  # fmt: skip
    with pytest.raises(StaleEntry):
        publish_experience(session, KARIM, key, 1)
    with pytest.raises(StaleEntry):
        withdraw_experience(session, KARIM, key, "doublon", 1)


def test_a_withdrawn_story_says_why_and_stays_its_regions_and_the_offices(session: Session) -> None:
    key = published(session)
    with pytest.raises(Refused, match="dites pourquoi"):
        withdraw_experience(session, KARIM, key, " \u200b", 1)
    withdraw_experience(session, KARIM, key, "raconté deux fois", 1)
    assert [bool(seen_by(session, who)) for who in (KARIM, ODILE, CLAIRE, REMI)] == [True, True, False, False]
    row = reads.story(session, readable(KARIM), key)
    assert (row.state, row.withdrawn_reason, row.withdrawn_by) == (
        StoryState.WITHDRAWN, "raconté deux fois", KARIM.name,
    )  # fmt: skip
    for act in (
        lambda: revise_experience(session, KARIM, key, IDEA, 1),
        lambda: publish_experience(session, KARIM, key, 1),
        lambda: withdraw_experience(session, KARIM, key, "encore", 1),
        lambda: comment_experience(session, KARIM, key, "Dommage."),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(NotFound):
        comment_experience(session, CLAIRE, key, "Dommage.")


def test_a_form_sent_twice_writes_once(session: Session) -> None:
    write_experience(session, KARIM, PICARDIE, STORY, "jeton")
    with pytest.raises(AlreadyDone):
        write_experience(session, KARIM, PICARDIE, STORY, "jeton")


# What it is tied to


def test_a_story_names_only_what_its_region_may_name(session: Session) -> None:
    said = replace(STORY, chantier="ZZZ", action=9, indicators=("PRE-99",), claims=("73-1",), pieces=(4,))
    with pytest.raises(Refused) as caught:
        write_experience(session, ODILE, PICARDIE, said)
    assert [problem.field for problem in caught.value.problems] == [
        "chantier", "action", "indicateurs", "affirmations", "pieces",
    ]  # fmt: skip


def test_another_regions_unread_claim_is_not_named_even_by_the_office(session: Session) -> None:
    key = claimed(session)
    with pytest.raises(Refused, match="Affirmations d’impact"):
        write_experience(session, ODILE, MIDI_PYRENEES, replace(STORY, chantier="PRE", claims=(str(key),)))
    assert write_experience(session, ODILE, PICARDIE, replace(STORY, claims=(str(key),))) == KEY


def test_what_was_named_may_stay_when_it_is_withdrawn_and_comes_no_more_anew(session: Session) -> None:
    claim, piece = claimed(session), evidence.add_piece(session, KARIM, PICARDIE, PIECE, [CELL])
    session.add(RegionalAction(region_code=PICARDIE, number=1))
    session.flush()
    tied = replace(STORY, action=1, claims=(str(claim),), pieces=(piece.number,))
    key = write_experience(session, KARIM, PICARDIE, tied)
    withdraw_claim(session, KARIM, PICARDIE, claim.number, "erreur", 1)
    evidence.withdraw_piece(session, KARIM, piece, "doublon")
    action = session.get_one(RegionalAction, (PICARDIE, 1))
    action.withdrawn_by, action.withdrawn_reason = KARIM.id, "abandonnée"
    action.withdrawn_at = datetime(2011, 7, 9, tzinfo=UTC)
    session.flush()
    assert revise_experience(session, KARIM, key, replace(tied, title="Mieux dit"), 1) == 2
    with pytest.raises(Refused) as caught:
        write_experience(session, KARIM, PICARDIE, tied)
    assert [problem.field for problem in caught.value.problems] == ["action", "affirmations", "pieces"]


def claimed(session: Session) -> ClaimKey:
    """A claim of Picardie's that nobody has read, on a figure in draft."""
    save(session, ODILE, CELL, numerateur="6", denominateur="10")
    draft = ClaimDraft(PICARDIE, "FOR", Stage.OUTCOME, Finding.EXPECTED, "Ils progressent.", (CELL,))
    return write_claim(session, KARIM, draft)


# Comments


def test_teams_and_the_office_comment_what_is_published_and_readers_read(session: Session) -> None:
    key = write_experience(session, KARIM, PICARDIE, STORY)
    with pytest.raises(Refused, match="une fois publié"):
        comment_experience(session, KARIM, key, "Bien.")
    with pytest.raises(NotFound):
        comment_experience(session, CLAIRE, key, "Bien.")
    publish_experience(session, KARIM, key, 1)
    with pytest.raises(Forbidden):
        comment_experience(session, REMI, key, "Bien.")
    for text in ("", " \n\u202e", "x" * 2_001):
        with pytest.raises(Refused):
            comment_experience(session, CLAIRE, key, text)
    assert comment_experience(session, CLAIRE, key, " Chez nous aussi. ") == 1
    assert comment_experience(session, ODILE, key, "Merci.") == 2
    told = [(one.text, one.written_by, one.place) for one in reads.comments(session, key)]
    assert told == [
        ("Chez nous aussi.", CLAIRE.name, "Midi-Pyrénées"), ("Merci.", ODILE.name, "bureau national"),
    ]  # fmt: skip
    assert reads.story(session, readable(REMI), key).comments == 2


def test_a_comment_is_taken_back_by_its_author_or_the_office_and_its_words_are_kept(session: Session) -> None:
    key = published(session)
    mine, other = (comment_experience(session, who, key, "Bien.") for who in (CLAIRE, KARIM))
    with pytest.raises(Forbidden, match="par son auteur"):
        withdraw_comment(session, CLAIRE, key, other)
    with pytest.raises(NotFound):
        withdraw_comment(session, CLAIRE, key, 9)
    withdraw_comment(session, CLAIRE, key, mine)
    with pytest.raises(Refused, match="déjà retiré"):
        withdraw_comment(session, ADA, key, mine)
    withdraw_comment(session, ADA, key, other)
    assert [(one.text, one.withdrawn) for one in reads.comments(session, key)] == [("", True)] * 2
    assert reads.story(session, EVERYTHING, key).comments == 0
    assert [row.text for row in session.exec(select(ExperienceComment))] == ["Bien."] * 2
    told = session.exec(select(History).where(History.action == "comment_experience")).first()
    assert told
    assert (told.chain, told.after) == (PICARDIE, {"number": 1, "comment_number": 1, "text": "Bien."})


# Lists


def test_lists_are_of_a_region_and_of_the_chantier_of_what_the_reader_reads(session: Session) -> None:
    key = published(session)
    write_experience(session, CLAIRE, MIDI_PYRENEES, Story("Autre", "PRE"))
    revise_experience(session, KARIM, key, replace(STORY, chantier="COO"), 1)

    def found(who: Actor, **asked: str) -> list[str]:
        return [str(one.key) for one in reads.stories(session, readable(who), **asked)]

    assert found(ODILE, region=MIDI_PYRENEES) == ["73-1"]
    assert (found(ODILE, chantier="COO"), found(REMI, chantier="COO"), found(REMI, chantier="FOR")) == (
        ["22-1"], [], ["22-1"],
    )  # fmt: skip


# History


def test_check_replays_every_act_and_finds_what_was_changed_behind_its_back(db: Database) -> None:
    with transaction(db) as session:
        key = published(session)
        revise_experience(session, ODILE, key, replace(STORY, title="Mieux dit"), 1)
        publish_experience(session, ODILE, key, 2)
        comment_experience(session, CLAIRE, key, "Bien.")
        withdraw_comment(session, CLAIRE, key, 1)
        write_experience(session, KARIM, PICARDIE, IDEA)
        withdraw_experience(session, KARIM, StoryKey(PICARDIE, 2), "doublon", 1)
    assert list(check(db)) == []
    with transaction(db) as session:
        _tamper(session)
        assert sorted(fault.split(" : ")[0] for fault in experience_faults(session)) == [
            "Retour d’expérience 22-1", "Retour d’expérience 22-1, commentaire n° 1",
            "Retour d’expérience 22-1, version 2", "Retour d’expérience 22-2", "Retour d’expérience 22-3",
        ]  # fmt: skip
        session.rollback()


def _tamper(session: Session) -> None:
    connection = session.connection()
    story, said, comment = (one.__table__ for one in (Experience, ExperienceVersion, ExperienceComment))  # type: ignore[attr-defined]
    connection.execute(sa.update(story).where(story.c.number == 1).values(published_version=1))
    connection.execute(sa.update(story).where(story.c.number == 2).values(withdrawn_reason="autre"))
    connection.execute(sa.insert(story).values(region_code=PICARDIE, number=3, version=1, withdrawn_reason=""))
    connection.execute(sa.update(said).where(said.c.version == 2).values(pieces=[1]))
    connection.execute(sa.update(comment).values(text="Mauvais."))
