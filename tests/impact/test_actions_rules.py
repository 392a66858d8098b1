"""What a plan may say, what it lacks, what money it counts on, and what differs between two of its versions."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.actions import (
    LINES,
    Activity,
    Funding,
    Identity,
    Line,
    Objective,
    Partner,
    Plan,
    Resource,
    amount,
    complete,
    lines,
    missing,
    money,
    only_followed,
    still_identified,
    with_lines,
)
from impact.figures import SCALE, Definition
from impact.queries.plan_rows import LINE_OF, columns, plan_facts
from impact.rules.actions import (
    FIELDS,
    IDENTITY_FIELDS,
    LABELS,
    identity_fields,
    line_fields,
    read_budget,
    read_identity,
    read_line,
)
from impact.rules.plan_changes import changes
from impact.rules.plan_refusals import MOST_LINES, Known, checked
from impact.vocabulary import Commitment, Direction, FundingState, Measure, ResourceKind, Section
from tests.impact.samples import END, START, sample

S = FundingState
UP = sample()
DOWN = sample(code="FOR-06", direction=Direction.DOWN)
MEANS = sample(code="FOR-01", direction=Direction.NEUTRAL)
ELSEWHERE = sample(code="PRE-03", chantier="PRE")
KNOWN = Known(
    "22", {"FOR", "PRE"}, {one.code: one for one in (UP, DOWN, MEANS, ELSEWHERE)}, {3}, lambda day: (START, END)
)
IDENTITY = Identity("Former les tuteurs", "FOR")
WHOLE = Plan(
    IDENTITY,
    (Objective("Former", "FOR-04", None, 5 * SCALE, END),), (Activity("Session", "Support", "Nous", START, END),),
    100 * SCALE, (Funding("Région", amounts={S.IDENTIFIED: 100 * SCALE}),),
    (Resource(ResourceKind.MEANS, "Salles", 2 * SCALE, "salles"),), (Partner("Greta", "prête les salles"),),
)  # fmt: skip


def said(problems: list[Any]) -> list[str]:
    return [f"{one.field}: {one.message}" for one in problems]


def test_every_problem_of_an_identity_is_said_at_once() -> None:
    typed = {"titre": " ", "debut": "31/02/2011", "fin": "2010-01-01", "contact": "x" * 501, "guide": "73-1"}
    found, problems = read_identity(typed, "22")
    assert found is None
    assert [one.field for one in problems] == ["titre", "chantier", "debut", "contact", "guide"]
    assert problems[-1].message == "« Pièce du guide de mise en œuvre » : écrivez son numéro, 22-3."
    dated = {"titre": "t", "chantier": "FOR", "debut": "2011-01-01", "fin": "2010-01-01"}
    assert said(read_identity(dated)[1]) == [
        "fin: « Fin » : la fin (01/01/2010) précède le début (01/01/2011)."
    ]  # fmt: skip
    found, _ = read_identity({"titre": "L\u202eune", "chantier": "FOR", "guide": "22-3"}, "22")
    assert found == Identity("Lune", "FOR", guide=3)


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"identifie": "100", "sollicite": "100", "accorde": "60", "conventionne": "60", "verse": "60"}, {}),
        ({"identifie": "100", "sollicite": "100", "accorde": "60", "refuse": "40"}, {}),
        ({"identifie": "100", "verse": "0"}, {}),
        ({"verse": "12,50"}, dict.fromkeys(("conventionne", "accorde", "sollicite", "identifie"), "12,50")),
        ({"identifie": "100", "sollicite": "100", "conventionne": "80", "verse": "50"}, {"accorde": "80"}),
        (
            {"identifie": "100", "sollicite": "100", "accorde": "60", "refuse": "50"},
            {"sollicite": "110", "identifie": "110"},
        ),
        ({"identifie": "100", "refuse": "50"}, {"sollicite": "50"}),
        ({"identifie": "5", "sollicite": "6"}, {"identifie": "6"}),
    ],
)  # fmt: skip
def test_an_amount_is_part_of_the_one_before(typed: dict[str, str], refused: dict[str, str]) -> None:
    _, problems = read_line(Section.FUNDING, {"financeur": "Région", **typed})
    assert sorted(one.field for one in problems) == sorted(refused)
    for one in problems:
        assert f"écrivez au moins {refused[one.field]}\u202f€" in one.message


def test_the_refusal_of_an_amount_says_what_to_write_and_why() -> None:
    _, problems = read_line(Section.FUNDING, {"financeur": "Région", "accorde": "60", "refuse": "50"})
    assert [one.message for one in problems] == [
        "« Montant sollicité » : écrivez au moins 110\u202f€ : 110\u202f€ sont accordés ou refusés.",
        "« Montant identifié » : écrivez au moins 110\u202f€ : 110\u202f€ sont accordés ou refusés.",
    ]


@pytest.mark.parametrize("typed", ["1,234", "-5", "12,345", "douze"])
def test_money_is_never_negative_nor_finer_than_a_cent(typed: str) -> None:
    for read in (read_budget({"budget": typed}), read_line(Section.FUNDING, {"financeur": "R", "identifie": typed})):
        assert read[0] is None
        assert len(read[1]) == 1
    assert read_budget({"budget": " 12 500,50 "}) == (125_005_000, [])
    assert read_budget({"budget": "12 500 €"}) == (125_000_000, [])
    assert read_budget({}) == (None, [])
    assert read_budget({"budget": "€"}) == (None, [])


@pytest.mark.parametrize(("measure", "is_read"), [(Measure.RATIO, True), (Measure.COUNT, False)])
def test_a_target_may_be_typed_with_its_per_cent_sign_where_it_is_a_share(measure: Measure, is_read: bool) -> None:
    fields = {"enonce": "Progresser", "indicateur": UP.code, "cible": "64 %"}
    line, problems = read_line(Section.OBJECTIVES, fields, replace(UP, measure=measure))
    if is_read:
        assert isinstance(line, Objective)
        assert line.target == 64 * SCALE
    else:
        assert line is None
        assert "n’est pas un nombre" in problems[0].message


def test_an_objective_without_an_indicator_has_no_figures() -> None:
    _, problems = read_line(Section.OBJECTIVES, {"enonce": "Former", "base": "1", "cible": "2"})
    assert [one.field for one in problems] == ["base", "cible"]
    _, problems = read_line(Section.OBJECTIVES, {"enonce": "", "indicateur": "ZZZ-01", "cible": "2"})
    assert [one.field for one in problems] == ["indicateur", "enonce"]


@pytest.mark.parametrize(
    ("objective", "field", "message"),
    [
        (Objective("o", "ZZZ-01"), "indicateur", "n’existe pas"),
        (Objective("o", "PRE-03", 0, 5 * SCALE), "indicateur", "n’est pas un indicateur du chantier"),
        (Objective("o", "FOR-01", 0, 5 * SCALE), "indicateur", "il ne porte pas d’objectif"),
        (Objective("o", "FOR-01"), "indicateur", "il ne porte pas d’objectif"),
        (Objective("o", "FOR-04", 9 * SCALE, 5 * SCALE), "cible", "au-dessous de la situation de départ"),
        (Objective("o", "FOR-06", 5 * SCALE, 9 * SCALE), "cible", "au-dessus de la situation de départ"),
        (Objective("o", "FOR-04", -SCALE), "base", "au-dessous du minimum possible"),
        (Objective("o", "FOR-04", 0, 5 * SCALE, date(2010, 1, 1)), "echeance", "précède la campagne"),
    ],
)
def test_an_objective_that_cannot_be_is_refused(objective: Objective, field: str, message: str) -> None:
    _, problems = checked(replace(WHOLE, objectives=(objective,)), WHOLE, KNOWN)
    assert [one.field for one in problems] == [field]
    assert message in problems[0].message


def test_what_a_plan_names_exists_and_what_does_not_change_is_left_alone() -> None:
    strange = replace(
        WHOLE, identity=Identity("t", "ZZZ", guide=9), fundings=(Funding("Région", piece=9),),
        partners=(Partner("p", piece=3), Partner("q", piece=4)), objectives=(),
    )  # fmt: skip
    _, problems = checked(strange, None, KNOWN)
    assert [str(one) for one in problems] == [
        "« Chantier » : choisissez-en un.",
        "« Pièce du guide de mise en œuvre » : la pièce 22-9 n’existe pas dans cette région, ou est retirée.",
        "Financements, ligne 1 : « Pièce de la convention » : la pièce 22-9 n’existe pas dans cette région, ou est "
        "retirée.",
        "Partenaires, ligne 2 : « Pièce de la convention » : la pièce 22-4 n’existe pas dans cette région, ou est "
        "retirée.",
    ]
    assert checked(replace(strange, budget=5 * SCALE), strange, KNOWN)[1] == []


def test_another_chantier_is_refused_while_an_objective_is_of_the_first_one() -> None:
    moved = replace(WHOLE, identity=replace(IDENTITY, chantier="PRE"))
    assert said(checked(moved, WHOLE, KNOWN)[1]) == [
        "chantier: « Chantier » : l’objectif « Former » porte sur FOR-04 : changez-le d’abord."
    ]


def test_a_section_has_at_most_fifty_lines() -> None:
    many = tuple(Partner(f"Partenaire {at}") for at in range(MOST_LINES + 1))
    full = replace(WHOLE, partners=many[:-1])
    assert checked(full, WHOLE, KNOWN)[1] == []
    assert [str(one) for one in checked(replace(full, partners=many), full, KNOWN)[1]] == [
        "« Partenaires » : 51 lignes ; au plus 50, regroupez-en."
    ]


def test_a_plan_says_what_it_lacks_section_by_section() -> None:
    assert complete(Plan(IDENTITY)) == 0
    assert missing(Plan(IDENTITY))[Section.FUNDING] == ("le budget prévu", "un premier financement")
    assert complete(WHOLE) == 5
    vague = replace(WHOLE, objectives=(Objective("Former", "FOR-04"), Objective("Mieux")), budget=0)
    assert missing(vague)[Section.OBJECTIVES] == (
        "« Former » : la cible, l’échéance", "« Mieux » : comment on le saura, l’échéance",
    )  # fmt: skip
    assert missing(vague)[Section.FUNDING] == ("le budget prévu",)
    assert complete(vague) == 3


def test_what_differs_between_two_plans_is_told_part_by_part() -> None:
    after = replace(
        WHOLE, identity=replace(IDENTITY, lead="Rose"), budget=120 * SCALE,
        fundings=(*WHOLE.fundings, Funding("Région", in_kind=True)),
        partners=(replace(WHOLE.partners[0], commitment=Commitment.SIGNED),), resources=(),
    )  # fmt: skip
    found = changes(WHOLE, after)
    assert [(one.section, one.line, one.is_added, one.is_removed) for one in found] == [
        (None, "", False, False),
        (Section.FUNDING, "", False, False),
        (Section.FUNDING, "Région", True, False),
        (Section.RESOURCES, "Salles", False, True),
        (Section.PARTNERS, "Greta", False, False),
    ]
    assert found[0].fields == (("Responsable", "", "Rose"),)
    assert found[1].fields == (("Budget prévu", "100", "120"),)
    assert found[2].fields == (("Financeur", "", "Région"), ("Numéraire ou nature", "", "nature"))
    assert found[4].fields == (("Engagement", "pressenti", "convention"),)
    assert changes(WHOLE, WHOLE) == []


WORDS = st.text(st.characters(codec="latin-1", exclude_categories=("Cc", "Cf")), max_size=20).map(str.strip)
NAMES = WORDS.filter(bool)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2050, 1, 1))
Span = tuple[date | None, date | None]


def in_order(span: Span) -> bool:
    start, end = span
    return start is None or end is None or start <= end


SPANS = st.tuples(DAYS, DAYS).filter(in_order)
CENTS = st.integers(0, 10**9).map(lambda cents: cents * SCALE // 100)
PIECES = st.none() | st.integers(1, 999_999)


@st.composite
def nested(draw: st.DrawFn) -> dict[FundingState, int]:
    """Amounts that may be: each part of the one before, some of them not said."""
    found: dict[FundingState, int] = {}
    most = draw(CENTS)
    for status in (S.IDENTIFIED, S.REQUESTED, S.GRANTED, S.CONTRACTED, S.PAID)[: draw(st.integers(0, 5))]:
        most = found[status] = min(most, draw(CENTS))
    if S.REQUESTED in found:
        left = found[S.REQUESTED] - found.get(S.GRANTED, 0)
        found |= {S.REFUSED: min(left, draw(CENTS))} if draw(st.booleans()) else {}
    return found


WHOLE_NUMBERS = st.none() | st.integers(0, 10**6).map(lambda number: number * SCALE)
OBJECTIVES = st.builds(Objective, NAMES, st.just(""), st.none(), st.none(), DAYS, WORDS) | st.builds(
    Objective, NAMES, st.just(UP.code), WHOLE_NUMBERS, WHOLE_NUMBERS, DAYS, WORDS
)
ACTIVITIES = st.builds(lambda *texts, span: Activity(*texts, *span), NAMES, WORDS, WORDS, span=SPANS)
FUNDINGS = st.builds(Funding, NAMES, st.booleans(), nested(), PIECES)
RESOURCES = st.builds(Resource, st.sampled_from(ResourceKind), NAMES, st.none() | CENTS, WORDS)
PARTNERS = st.builds(Partner, NAMES, WORDS, st.sampled_from(Commitment), PIECES)
LINES_OF = dict(zip(Section, (OBJECTIVES, ACTIVITIES, FUNDINGS, RESOURCES, PARTNERS), strict=True))
LINE = st.one_of([st.tuples(st.just(section), own) for section, own in LINES_OF.items()])
PLANS = st.builds(
    lambda budget, **own: Plan(IDENTITY, budget=budget, **{name: tuple(some) for name, some in own.items()}),
    st.none() | CENTS, **{LINES[section]: st.lists(own, max_size=4) for section, own in LINES_OF.items()},
)  # fmt: skip


def of(line: Line) -> Definition | None:
    return UP if isinstance(line, Objective) and line.indicator else None


@given(LINE)
def test_a_line_typed_again_or_stored_and_read_is_the_same(pair: tuple[Section, Line]) -> None:
    section, line = pair
    assert read_line(section, line_fields(line), of(line)) == (line, [])
    assert LINE_OF[section](SimpleNamespace(**columns(line))) == line


@given(NAMES, WORDS, SPANS, PIECES)
def test_an_identity_typed_again_is_the_same(title: str, text: str, span: Span, piece: int | None) -> None:
    identity = Identity(title, "FOR", text, text, text, text, *span, piece)
    assert read_identity(identity_fields(identity)) == (identity, [])


@given(st.lists(PLANS, max_size=3))
def test_totals_hold_one_status_and_never_mix_cash_with_what_is_in_kind(plans: list[Plan]) -> None:
    cash, in_kind = money(plans), money(plans, in_kind=True)
    for status in FundingState:
        said = [(one.in_kind, one.amounts.get(status, 0)) for plan in plans for one in plan.fundings]
        assert cash[status] == sum(value for kind, value in said if not kind)
        assert in_kind[status] == sum(value for kind, value in said if kind)
        assert cash[status] == sum(amount(plan, status) for plan in plans)
    for own in (cash, in_kind):
        assert own[S.PAID] <= own[S.CONTRACTED] <= own[S.GRANTED] <= own[S.REQUESTED] <= own[S.IDENTIFIED]
        assert own[S.GRANTED] + own[S.REFUSED] <= own[S.REQUESTED]
    assert all(0 <= still_identified(plan) <= amount(plan, S.IDENTIFIED) for plan in plans)


@given(PLANS, PLANS)
def test_two_plans_differ_in_what_is_told_or_in_the_order_of_lines_alone(one: Plan, other: Plan) -> None:
    assert changes(one, one) == []
    found = changes(one, other)
    assert bool(found) == bool(changes(other, one))
    if not found:
        for section in Section:
            assert sorted(map(str, lines(one, section))) == sorted(map(str, lines(other, section)))
    assert plan_facts(one) != plan_facts(other) if one != other else not found


@given(PLANS, st.data())
def test_what_is_followed_never_changes_what_was_promised(plan: Plan, data: st.DataObject) -> None:
    paid = with_lines(plan, Section.FUNDING, [replace(one, amounts=data.draw(nested())) for one in plan.fundings])
    signed = [replace(one, commitment=data.draw(st.sampled_from(Commitment))) for one in plan.partners]
    followed = with_lines(paid, Section.PARTNERS, signed)
    assert only_followed(plan, followed)
    assert not only_followed(plan, replace(followed, budget=(plan.budget or 0) + 1))
    assert not only_followed(plan, replace(followed, activities=(*plan.activities, Activity("Une de plus"))))


def test_every_field_has_its_words() -> None:
    assert {*IDENTITY_FIELDS, "budget", "motif", *(name for own in FIELDS.values() for name in own)} <= LABELS.keys()
