"""The demonstration shows every state, by the product's own rules, on a day of its own."""

from collections import Counter
from datetime import date

import pytest
import yaml
from sqlmodel import select

from impact import clock, demo
from impact.actions import ActionKey
from impact.db import Database, reading, transaction
from impact.errors import Refused
from impact.formats import number
from impact.maintenance import checks
from impact.models import Account, Entry, Offer
from impact.permissions import EVERYTHING
from impact.queries.actions import action, actions
from impact.queries.catalogue import every_version
from impact.queries.claims import claims
from impact.queries.decisions import decisions
from impact.queries.experiences import stories
from impact.queries.lexicon import lexicon
from impact.queries.meetings import meetings
from impact.queries.snapshots import since, snapshot
from impact.queries.stages import passages, standings
from impact.queries.targets import statements
from impact.queries.world import world
from impact.rules.experiences import StoryState
from impact.services import setup
from impact.settings import DATA
from impact.vocabulary import (
    ActionStage,
    Answer,
    DecisionKind,
    DecisionState,
    OfferState,
    ProgressState,
    Role,
    Stance,
    Status,
)


def test_it_carries_its_own_day_and_says_that_it_is_fictitious(demonstration: Database) -> None:
    with reading(demonstration) as session:
        assert clock.today(session) == date(2011, 7, 10)
        assert setup.is_demonstration(session)
        roles = set(session.exec(select(Account.role)))
        assert roles == set(Role)


def test_figures_are_in_every_state_and_grade_and_some_are_true_zeros(demonstration: Database) -> None:
    with reading(demonstration) as session:
        entries = session.exec(select(Entry)).all()
    assert {entry.status for entry in entries} == set(Status)
    assert {entry.answer for entry in entries} == set(Answer)
    assert {entry.reliability for entry in entries if entry.status == Status.VALIDATED} == {0, 1, 2, 3, 4}
    assert any(entry.numerator == 0 and entry.denominator is None for entry in entries)
    assert any(entry.denominator == 0 for entry in entries), "one ratio that cannot be computed"
    assert {entry.region_code for entry in entries} == {
        "11", "22", "26", "31", "43", "52", "72", "73", "82", "91", "93",
    }  # fmt: skip


def test_targets_of_the_congress_stand_in_every_state_and_two_were_revised(demonstration: Database) -> None:
    with reading(demonstration) as session:
        seen, said = world(session, EVERYTHING), statements(session, "2010-2011")
    each = [one for code in seen.definitions for one in seen.progresses(code).values()]
    assert {one.state for one in each} == set(ProgressState) - {ProgressState.NOT_REACHED}
    assert min(Counter(one.state for one in each)[state] for state in list(ProgressState)[:3]) > 10, "a believable mix"
    advances = [one for chantier in seen.chantier_names for one in seen.advances(chantier).values()]
    assert {one.state for one in advances} == set(list(ProgressState)[:3])
    assert any(not one.is_ranked for one in advances), "one has too few figures to be ranked"
    revised = [one for one in said if one.number > 1]
    assert {one.set_on for one in said if one.number == 1} == {date(2010, 10, 14)}, "the Congress"
    assert len(revised) == 2
    assert all(one.reason and one.set_by == "Odile Martin" for one in revised)
    assert any(one.target and one.target.milestones for one in said)
    assert {one.region for one in said} == {spell.region for spell in seen.mobilisations} | {"FR"}


def test_a_definition_revised_on_the_way_breaks_a_series_that_has_figures_on_both_sides(
    demonstration: Database,
) -> None:
    with reading(demonstration) as session:
        versions, seen = every_version(session, ["COO-01"])["COO-01"], world(session, EVERYTHING)
        entries = session.exec(select(Entry).where(Entry.indicator_code == "COO-01")).all()
    assert [one.version for one in versions] == [1, 2]
    assert versions[1].applies_from == date(2011, 4, 1)
    validated = {entry.indicator_version for entry in entries if entry.status == Status.VALIDATED}
    assert validated == {1, 2}
    whole = seen.total("COO-01", "82")
    assert whole.version == 2
    assert [left.cell.period for left in whole.left_out] == ["2010-2011-T1", "2010-2011-T2"]


def test_regions_disagree_on_a_word_that_was_reworded_and_some_have_yet_to_speak(demonstration: Database) -> None:
    with reading(demonstration) as session:
        held = lexicon(session)
    code = "emploi_maintenu"
    assert held.latest(code).version == 2
    tally = held.tally(code)
    assert all(tally.of[stance] for stance in Stance)
    assert tally.earlier
    assert tally.silent
    changed = [region for region in held.regions if len({one.stance for one in held.taken(code, region)}) > 1]
    assert changed, "a reservation that the new wording lifted"
    assert any(one.on_behalf for taken in held.stances.values() for one in taken)


def test_its_history_is_whole_and_leads_to_its_figures(demonstration: Database) -> None:
    assert checks.check(demonstration) == []


def test_a_database_with_accounts_is_not_filled(demonstration: Database) -> None:
    with pytest.raises(Refused, match="base vide"), transaction(demonstration) as session:
        demo.fill(session)


def test_claims_stand_at_every_first_level_and_an_adverse_one_among_them(demonstration: Database) -> None:
    with reading(demonstration) as session:
        found = {
            str(one.key): (one.level, one.stated.finding.value, len(one.readings))
            for one in claims(session, EVERYTHING)
        }
    assert found == {
        "26-1": (1, "attendu", 1), "31-1": (2, "inattendu", 1), "72-1": (3, "attendu", 2),
        "82-1": (2, "defavorable", 1), "91-1": (0, "sans_effet", 0),
    }  # fmt: skip


def test_actions_stand_at_every_stage_and_one_fell_back_before_it_rose_again(demonstration: Database) -> None:
    with reading(demonstration) as session:
        now, moved = standings(session, EVERYTHING), passages(session, EVERYTHING)
    assert {str(key): one.stage for key, one in now.items() if key.region in ("22", "72", "73", "82")} == {
        "22-1": ActionStage.DEPLOYMENT, "22-2": None, "72-1": ActionStage.SPREADING, "73-1": ActionStage.DEPLOYMENT,
        "82-1": ActionStage.PREPARATION,
    }  # fmt: skip
    assert {one.stage for one in now.values()} == {None, *ActionStage}
    assert {key.region for key in now} == {spell[0] for spell in mobilised()}, "the country's picture has all regions"
    picardie = [one.after for one in moved if str(one.key) == "22-1"]
    assert picardie == [*list(ActionStage)[:4], ActionStage.PREPARATION, ActionStage.DEPLOYMENT]
    assert any(one.withdrawn for one in moved)


def mobilised() -> list[list[str]]:
    script = yaml.safe_load((DATA / "demonstration.yaml").read_text(encoding="utf-8"))
    found: list[list[str]] = script["mobilisations"]
    return found


def test_a_meeting_compared_three_regions_and_what_it_froze_outlives_a_correction(demonstration: Database) -> None:
    with reading(demonstration) as session:
        held, later, last = meetings(session)
        frozen, changed = snapshot(session, 1), since(session, 1)
        decided = decisions(session)
        prepared = action(session, EVERYTHING, ActionKey("22", 2))
    assert [len(frozen.asked["actions"]), held.milestone.slip, later.milestone.slip, last.milestone.slip] == [
        3, 14, 14, 0,
    ]  # fmt: skip
    assert [(str(one.cell.region), one.cell.indicator, one.then, one.now) for one in changed] == [
        ("11", "FOR-03", number(4636, 1), number(4396, 1))
    ]
    kinds = set(DecisionKind) - {DecisionKind.STOP}
    assert {one.kind for one in decided} == kinds
    assert {one.state for one in decided} == set(DecisionState) - {DecisionState.DROPPED}
    assert prepared.origin == (1, 1)
    assert prepared.plan.objectives


def test_regions_tell_what_they_learnt_and_visitors_write(demonstration: Database) -> None:
    with reading(demonstration) as session:
        told = stories(session, EVERYTHING)
        offers = session.exec(select(Offer)).all()
        states = {one.status for one in actions(session, EVERYTHING)}
    assert {one.state for one in told} == {StoryState.PUBLISHED, StoryState.DRAFT}
    assert sum(one.comments for one in told) == 3
    assert {one.state for one in offers} == {OfferState.RECEIVED, OfferState.TAKEN_UP}
    assert states == set(Status), "plans in every status"
