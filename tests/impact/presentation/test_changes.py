"""What changed, in sentences that lead to the place; and deadlines in words."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from impact.figures import Target
from impact.presentation import changes, deadlines
from impact.presentation.advancement import Move
from impact.presentation.changes import Changes, NewTargets, OfSheet, Revision, TargetChange
from impact.vocabulary import ProgressState
from tests.cast import TODAY
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import END, T2, sample

DAY = date(2011, 7, 4)
GOAL = Target("22", "FOR-04", "2010-2011", Fraction(100), END)
CHANGED = Changes(
    validated=(OfSheet(DAY, "22", "FOR", T2, 4),),
    returned=(OfSheet(DAY, "73", "FOR", T2, 1),),
    new_targets=(NewTargets(DAY, "22", ("FOR-04",)), NewTargets(DAY, "FR", ("FOR-04", "ABC-01"))),
    targets=(TargetChange(DAY, "FR", "FOR-04", GOAL, None, "abandonnée"),),
    revisions=(Revision(DAY, "FOR-04", 2, "compter aussi les absents"),),
)
MOVES = [Move("22", "FOR", ProgressState.WATCH, ProgressState.ON_TRACK, date(2011, 3, 31), date(2011, 6, 30))]


def told(may_enter: bool = True, changed: Changes = CHANGED) -> list[changes.News]:
    return changes.news(world_of(), {"FOR-04": sample()}, changed, MOVES, may_enter)


def test_each_change_is_a_sentence_in_the_order_of_its_weight() -> None:
    assert [(one.where, one.what) for one in told()] == [
        ("Picardie", "▲ → ● à surveiller au 31/03/2011, conforme au 30/06/2011"),
        ("France", "cible de FOR-04 : 100 → aucune (« abandonnée »)"),
        ("1 région et la France", "2 cibles énoncées"),
        ("France", "définition de FOR-04 révisée, version 2 (« compter aussi les absents »)"),
        ("Midi-Pyrénées", "1 chiffre retourné, T2"),
        ("Picardie", "4 chiffres validés, T2"),
    ]


def test_each_change_leads_to_its_place() -> None:
    assert [one.address for one in told()] == [
        "region?region=22&chantier=FOR", "cibles?region=FR&chantier=FOR", "cibles?region=22&chantier=FOR",
        "referentiel?indicateur=FOR-04&version=2", f"saisie?region=73&chantier=FOR&periode={T2}",
        "region?region=22&chantier=FOR",
    ]  # fmt: skip
    assert told(may_enter=False)[4].address == "region?region=73&chantier=FOR"


def test_the_summary_counts_what_was_done_and_not_lines() -> None:
    assert changes.summary(told()) == (
        "1 état changé, 1 cible changée, 2 cibles énoncées, 1 définition révisée, 1 chiffre retourné, "
        "4 chiffres validés"
    )
    assert changes.summary(told(changed=replace(CHANGED, targets=(), returned=(), new_targets=(), revisions=()))) == (
        "1 état changé, 4 chiffres validés"
    )


def test_one_chantier_hears_of_its_own_alone() -> None:
    assert changes.of_chantier(told(), "PRE") == []
    assert len(changes.of_chantier(told(), "FOR")) == len(changes.of_chantier(told(), "")) == 6


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2011, 7, 10), "aujourd’hui"),
        (date(2011, 7, 11), "demain (11/07/2011)"),
        (date(2011, 7, 15), "dans 5 jours (15/07/2011)"),
        (date(2011, 7, 9), "en retard d’un jour"),
        (date(2011, 6, 28), "en retard de 12 jours"),
    ],
)
def test_a_deadline_says_how_close_it_is(day: date, words: str) -> None:
    assert deadlines.until(day, TODAY) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2011, 7, 10), "aujourd’hui"), (date(2011, 7, 9), "hier"),
        (date(2011, 6, 28), "il y a 12 jours (28/06/2011)"),
    ],
)  # fmt: skip
def test_a_past_day_says_how_long_ago_it_is(day: date, words: str) -> None:
    assert deadlines.since(day, TODAY) == words


def test_a_long_reason_gives_its_first_words() -> None:
    assert deadlines.first_words("Trop court.") == "Trop court."
    cut = deadlines.first_words("mot " * 40)
    assert len(cut) <= 90
    assert cut.endswith("mot…")
