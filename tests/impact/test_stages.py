"""The gates of stages, criterion by criterion: just short, just enough; a stage never outruns its evidence."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.actions import Activity, Funding, Identity, Objective, Partner, Plan, Resource
from impact.figures import SCALE
from impact.stages import CRITERIA, PLACES, STAGE_OF, Facts, because, gates, held, reached
from impact.stages.criteria import CHECKS
from impact.vocabulary import ActionStage, Commitment, FundingState, ResourceKind, Status

CONGRESS = date(2010, 10, 14)
HALF = dict.fromkeys(list(FundingState)[:4], 50_000 * SCALE)
REST = {FundingState.IDENTIFIED: 50_000 * SCALE}
OBJECTIVE = Objective("Former 120 tuteurs", "FOR-04", 0, 120 * SCALE, date(2011, 9, 30))
IN_WORDS = Objective("Ouvrir trois lieux", due=date(2011, 9, 30), measure="les trois adresses sont publiées")
ACTIVITY = Activity("Première session", "Support", "L’équipe", date(2010, 11, 2), date(2010, 12, 1))
PLAN = Plan(
    Identity("Former", "FOR", "Trop peu de tuteurs.", "Karim", "Deux formateurs", "", date(2010, 11, 1),
             date(2011, 9, 30), 2),
    (OBJECTIVE, IN_WORDS), (ACTIVITY,), 100_000 * SCALE,
    (Funding("Région", False, HALF, 1), Funding("État", False, REST), Funding("Ville", True, REST)),
    (Resource(ResourceKind.PEOPLE, "Formateurs", 2 * SCALE, "ETP"),),
    (Partner("Greta", "prête les salles", Commitment.AGREED),),
)  # fmt: skip
FULL = Facts(
    PLAN, Status.VALIDATED, CONGRESS, ((date(2010, 10, 15), None),), frozenset({1, 2}), True, 2, frozenset({"73"})
)


def at(facts: Facts, **changes: Any) -> Facts:
    """Facts with other facts, or another plan, or another identity: each name finds its place."""
    own = {name: value for name, value in changes.items() if name in {one.name for one in fields(Facts)}}
    plan = {name: value for name, value in changes.items() if name in {one.name for one in fields(Plan)}}
    who = {name: value for name, value in changes.items() if name in {one.name for one in fields(Identity)}}
    made = replace(facts.plan, **plan)
    return replace(facts, **({"plan": replace(made, identity=replace(made.identity, **who))} | own))


def paid(amount: int, piece: int | None = 1, in_kind: bool = False) -> tuple[Funding, ...]:
    """One line under contract for so many euros, beside what covers the budget."""
    line = Funding("Région", in_kind, dict.fromkeys(list(FundingState)[:4], amount * SCALE), piece)
    return (line, Funding("État", False, {FundingState.IDENTIFIED: 100_000 * SCALE}))


def covered(identified: int, refused: int = 0) -> tuple[Funding, ...]:
    requested = {FundingState.REQUESTED: refused * SCALE, FundingState.REFUSED: refused * SCALE} if refused else {}
    return (Funding("État", False, {FundingState.IDENTIFIED: identified * SCALE, **requested}),)


def until(last: date) -> tuple[tuple[date, date], ...]:
    return ((date(2009, 1, 1), last),)


def from_(first: date) -> tuple[Activity, ...]:
    return (replace(ACTIVITY, start=first),)


def greta(commitment: Commitment) -> tuple[Partner, ...]:
    return (Partner("Greta", "prête les salles", commitment),)


UNDATED = {"start": None, "end": None}
JUST = [
    ("responsables", {"lead": ""}, {}),
    ("responsables", {"team": ""}, {}),
    ("chantier", {"spells": ()}, {}),
    ("chantier", {"spells": until(date(2010, 10, 31))}, {"spells": until(date(2010, 11, 1))}),
    ("chantier", {"spells": ((date(2011, 10, 1), None),)}, {"spells": ((date(2011, 9, 30), None),)}),
    ("chantier", {"spells": ()} | UNDATED, {"spells": until(date(2009, 1, 1))} | UNDATED),
    ("besoin", {"need": ""}, {}),
    ("objectif", {"objectives": (replace(OBJECTIVE, due=None),)}, {"objectives": (OBJECTIVE,)}),
    ("objectif", {"objectives": (replace(OBJECTIVE, target=None),)}, {"objectives": (OBJECTIVE,)}),
    ("objectif", {"objectives": (replace(IN_WORDS, measure=""),)}, {"objectives": (IN_WORDS,)}),
    ("partenaire", {"partners": greta(Commitment.APPROACHED)}, {"partners": greta(Commitment.AGREED)}),
    ("partenaire", {"partners": ()}, {"partners": greta(Commitment.SIGNED)}),
    ("calendrier", {"activities": (replace(ACTIVITY, end=None),)}, {}),
    ("calendrier", {"activities": (replace(ACTIVITY, start=None),)}, {}),
    ("sections", {"resources": ()}, {}),
    ("sections", {"activities": (replace(ACTIVITY, deliverable=""),)}, {}),
    ("references", {"objectives": (replace(OBJECTIVE, baseline=None), IN_WORDS)}, {"objectives": (IN_WORDS,)}),
    ("references", {"objectives": ()}, {}),
    ("budget", {"fundings": covered(99_999)}, {"fundings": covered(100_000)}),
    ("budget", {"fundings": covered(100_001, refused=2)}, {"fundings": covered(100_002, refused=2)}),
    ("budget", {"budget": 0}, {"budget": 1}),
    ("budget", {"budget": None}, {}),
    ("validation", {"status": Status.SUBMITTED}, {}),
    ("validation", {"status": Status.RETURNED}, {}),
    ("conventions", {"fundings": paid(49_999)}, {"fundings": paid(50_000)}),
    ("conventions", {"fundings": paid(80_000, piece=None)}, {"fundings": paid(80_000)}),
    ("conventions", {"fundings": paid(80_000, piece=3)}, {"fundings": paid(80_000, piece=2)}),
    ("conventions", {"fundings": paid(80_000, in_kind=True)}, {"fundings": paid(80_000)}),
    ("activite", {"activities": from_(CONGRESS)}, {"activities": from_(date(2010, 10, 15))}),
    ("periode", {"reported": False}, {}),
    ("preuve", {"level": 1}, {"level": 2}),
    ("guide", {"guide": None}, {}),
    ("guide", {"pieces": frozenset({1})}, {}),
    ("accueil", {"hosts": frozenset()}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "short", "enough"), JUST, ids=[f"{rank}-{one[0]}" for rank, one in enumerate(JUST)])
def test_a_criterion_just_short_and_just_enough(code: str, short: dict[str, Any], enough: dict[str, Any]) -> None:
    """Short of one criterion, the stage is below its gate, whatever else holds."""
    lacking, complete = at(FULL, **short), at(FULL, **enough)
    assert code not in held(gates(lacking))
    assert code in held(gates(complete))
    order = [None, *ActionStage]
    assert order.index(reached(lacking)) < order.index(STAGE_OF[code])
    told = next(one for gate in gates(lacking) for one in gate.criteria if one.code == code)
    assert told.todo.endswith((".", "conventionnés et documentés")), "what to do next is said"
    assert all(not one.todo for gate in gates(complete) for one in gate.criteria if one.held)


def test_everything_at_once_reaches_the_last_stage_and_a_withdrawal_ends_them_all() -> None:
    assert reached(FULL) is ActionStage.SPREADING
    assert reached(replace(FULL, withdrawn=True)) is None


def test_every_criterion_has_its_check_its_place_and_a_case() -> None:
    codes = [code for own in CRITERIA.values() for code in own]
    assert len(set(codes)) == len(codes)
    assert set(codes) == CHECKS.keys() == PLACES.keys() == {code for code, _, _ in JUST}


# Properties

OBJECTIVES = st.builds(
    Objective, st.just("Former"), st.sampled_from(["", "FOR-04"]), st.sampled_from([None, 0]),
    st.sampled_from([None, SCALE]), st.sampled_from([None, date(2011, 9, 30)]), st.sampled_from(["", "on comptera"]),
)  # fmt: skip
DAYS = st.sampled_from([None, CONGRESS, date(2010, 11, 2), date(2011, 3, 1)])
ACTIVITIES = st.builds(Activity, st.just("Session"), st.sampled_from(["", "x"]), st.sampled_from(["", "x"]), DAYS, DAYS)
MONEY = st.integers(0, 3).map(lambda steps: dict.fromkeys(list(FundingState)[: steps + 1], 50_000 * SCALE))
FUNDINGS = st.builds(Funding, st.just("Région"), st.booleans(), MONEY, st.sampled_from([None, 1, 2]))
PARTNERS = st.builds(Partner, st.just("Greta"), st.sampled_from(["", "rôle"]), st.sampled_from(list(Commitment)))
RESOURCES = st.builds(
    Resource, st.just(ResourceKind.PEOPLE), st.just("Formateurs"), st.sampled_from([None, SCALE]), st.just("ETP")
)
WORDS = st.sampled_from(["", "x"])


def few(lines: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(lines, max_size=2).map(tuple)


PLANS = st.builds(
    Plan,
    st.builds(Identity, st.just("Former"), st.just("FOR"), WORDS, WORDS, WORDS, guide=st.sampled_from([None, 1, 2])),
    few(OBJECTIVES), few(ACTIVITIES), st.sampled_from([None, 50_000 * SCALE, 100_000 * SCALE]), few(FUNDINGS),
    few(RESOURCES), few(PARTNERS),
)  # fmt: skip
FACTS = st.builds(
    Facts, PLANS, st.sampled_from(list(Status)), st.just(CONGRESS),
    st.sampled_from([(), ((date(2010, 10, 15), None),)]), st.sampled_from([frozenset(), frozenset({1, 2})]),
    st.booleans(), st.integers(0, 3), st.sampled_from([frozenset(), frozenset({"73"})]),
)  # fmt: skip
ANY = FACTS | st.sampled_from([at(FULL, **short) for _, short, _ in JUST] + [FULL])
ORDER: list[ActionStage | None] = [None, *ActionStage]


def emptied(line: Any, kept: tuple[str, ...]) -> Iterator[Any]:
    """The same line without one of the things that it says."""
    for one in fields(line):
        if one.name not in kept and getattr(line, one.name):
            yield replace(line, **{one.name: type(getattr(line, one.name))() if one.type is str else None})


def poorer(facts: Facts) -> Iterator[Facts]:
    """Every way of taking one fact away: a word, a day, a number, a piece, a status, a spell, a host.

    Lines whole stay: one that is not complete asks for what it lacks. So do dates of the action, which narrow what
    counts, and what was refused, which is no evidence for anything.
    """
    plan = facts.plan
    yield from (at(facts, **{name: ""}) for name in ("need", "lead", "team"))
    yield from (
        at(facts, **{name: empty}) for name, empty in (("guide", None), ("spells", ()), ("pieces", frozenset()))
    )
    yield from (at(facts, pieces=facts.pieces - {piece}) for piece in facts.pieces)
    yield from (at(facts, reported=False), at(facts, hosts=frozenset()), at(facts, status=Status.DRAFT))
    yield from (at(facts, level=level) for level in range(facts.level))
    for name, kept in (
        ("objectives", ("statement", "indicator")),
        ("activities", ("name",)),
        ("resources", ("kind", "name")),
    ):
        lines = getattr(plan, name)
        for rank, line in enumerate(lines):
            for less in emptied(line, kept):
                yield at(facts, **{name: (*lines[:rank], less, *lines[rank + 1 :])})
    for rank, partner in enumerate(plan.partners):
        for less in (replace(partner, role=""), replace(partner, commitment=Commitment.APPROACHED)):
            yield at(facts, partners=(*plan.partners[:rank], less, *plan.partners[rank + 1 :]))
    for rank, line in enumerate(plan.fundings):
        amounts = [
            {s: a for s, a in line.amounts.items() if s is not status}
            for status in line.amounts.keys() - {FundingState.REFUSED}
        ]
        for less in (replace(line, piece=None), *(replace(line, amounts=one) for one in amounts)):
            yield at(facts, fundings=(*plan.fundings[:rank], less, *plan.fundings[rank + 1 :]))


@given(ANY)
def test_taking_any_fact_away_never_raises_the_stage(facts: Facts) -> None:
    """Read the other way round: adding a fact never lowers it."""
    before = ORDER.index(reached(facts))
    for less in poorer(facts):
        assert ORDER.index(reached(less)) <= before, less


@given(ANY)
def test_a_stage_that_is_reached_holds_every_criterion_up_to_it(facts: Facts) -> None:
    stage, holds = reached(facts), set(held(gates(facts)))
    for own in ORDER[1 : ORDER.index(stage) + 1]:
        assert own is not None
        assert CRITERIA[own].keys() <= holds
    if stage is not ActionStage.SPREADING:
        following = ORDER[ORDER.index(stage) + 1]
        assert following is not None
        assert not CRITERIA[following].keys() <= holds


@given(ANY, ANY)
def test_a_passage_says_what_made_it(first: Facts, then: Facts) -> None:
    """Up or down, at least one criterion of a gate that was crossed changed, in that direction."""
    before, after = reached(first), reached(then)
    had, has = set(held(gates(first))), set(held(gates(then)))
    told = because(before, after, had, has)
    assert bool(told) == (before is not after)
    rose = ORDER.index(after) > ORDER.index(before)
    assert set(told) <= (has - had if rose else had - has)
