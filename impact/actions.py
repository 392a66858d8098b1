"""A regional action and its preparation plan: what a plan says, what of it is complete, what money it counts on. Pure.

Amounts are whole numbers of 1/10,000 euro; quantities and goals of 1/10,000 of their unit. The rules are told in
docs/plan.md.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

from impact.vocabulary import Commitment, FundingState, ResourceKind, Section


class ActionKey(NamedTuple):
    region: str
    number: int

    def __str__(self) -> str:
        """« 22-1 », as addresses and people name an action."""
        return f"{self.region}-{self.number}"


@dataclass(frozen=True, slots=True)
class Identity:
    """What the action is: not one of the five sections, and what the gate to émergence reads."""

    title: str
    chantier: str
    need: str = ""
    lead: str = ""
    team: str = ""
    contact: str = ""
    start: date | None = None
    end: date | None = None
    guide: int | None = None
    """Number of the piece of the region that holds the operating guide."""


@dataclass(frozen=True, slots=True)
class Objective:
    """indicator: its code, '' where there is none; then `measure` says how one will know."""

    statement: str
    indicator: str = ""
    baseline: int | None = None
    target: int | None = None
    due: date | None = None
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    name: str
    deliverable: str = ""
    who: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Funding:
    """amounts: by status, what was said; a status that is absent was not said. In kind: at its stated value."""

    funder: str
    in_kind: bool = False
    amounts: Mapping[FundingState, int] = field(default_factory=dict)
    piece: int | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    kind: ResourceKind
    name: str
    quantity: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    name: str
    role: str = ""
    commitment: Commitment = Commitment.APPROACHED
    piece: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a version says. budget: planned spending in cash; None = not said yet."""

    identity: Identity
    objectives: tuple[Objective, ...] = ()
    activities: tuple[Activity, ...] = ()
    budget: int | None = None
    fundings: tuple[Funding, ...] = ()
    resources: tuple[Resource, ...] = ()
    partners: tuple[Partner, ...] = ()


Line = Objective | Activity | Funding | Resource | Partner
LINES: Mapping[Section, str] = {
    Section.OBJECTIVES: "objectives",
    Section.CONTENT: "activities",
    Section.FUNDING: "fundings",
    Section.RESOURCES: "resources",
    Section.PARTNERS: "partners",
}
"""Where a plan keeps the lines of each section."""


def lines(plan: Plan, section: Section) -> tuple[Line, ...]:
    own: tuple[Line, ...] = getattr(plan, LINES[section])
    return own


def with_lines(plan: Plan, section: Section, own: Iterable[Line]) -> Plan:
    changed: dict[str, Any] = {LINES[section]: tuple(own)}
    return replace(plan, **changed)


def only_followed(before: Plan, after: Plan) -> bool:
    """Whether what differs is merely followed while an action runs, so that a validation of the plan still holds: a
    funding's amounts and agreement, a partner's commitment and agreement, the operating guide, the contact.
    """
    return _promised(before) == _promised(after)


def _promised(plan: Plan) -> Plan:
    """The plan without what is followed."""
    return replace(
        plan,
        identity=replace(plan.identity, contact="", guide=None),
        fundings=tuple(replace(one, amounts={}, piece=None) for one in plan.fundings),
        partners=tuple(replace(one, commitment=Commitment.APPROACHED, piece=None) for one in plan.partners),
    )


def pieces(plan: Plan) -> frozenset[int]:
    """Numbers of the pieces of the region that the plan names."""
    named = (plan.identity.guide, *(one.piece for one in plan.fundings), *(one.piece for one in plan.partners))
    return frozenset(number for number in named if number is not None)


def missing(plan: Plan) -> dict[Section, tuple[str, ...]]:
    """By section, in their order, what it still lacks, in words; nothing = the section is complete."""
    return {
        Section.OBJECTIVES: _lacking("un premier objectif", plan.objectives, _of_objective),
        Section.CONTENT: _lacking("une première activité", plan.activities, _of_activity),
        Section.FUNDING: _of_money(plan),
        Section.RESOURCES: _lacking("une première ressource", plan.resources, _of_resource),
        Section.PARTNERS: _lacking("un premier partenaire", plan.partners, _of_partner),
    }


def complete(plan: Plan) -> int:
    """How many of the five sections are."""
    return sum(not lacking for lacking in missing(plan).values())


def amount(plan: Plan, status: FundingState, *, in_kind: bool = False) -> int:
    """What the plan counts on at one status, in cash or in kind; the two are never added, nor two statuses."""
    return stated(plan, status, in_kind=in_kind) or 0


def stated(plan: Plan, status: FundingState, *, in_kind: bool = False) -> int | None:
    """`amount`, and None where no line says anything at that status: what nobody said is shown as such, not as zero."""
    return added(one.amounts.get(status) for one in plan.fundings if one.in_kind is in_kind)


def added(amounts: Iterable[int | None]) -> int | None:
    """The sum of what is said; None where nothing is."""
    known = [one for one in amounts if one is not None]
    return sum(known) if known else None


def money(plans: Iterable[Plan], *, in_kind: bool = False) -> dict[FundingState, int]:
    """`amount` of several plans together, for every status, in their order."""
    held = tuple(plans)
    return {status: sum(amount(plan, status, in_kind=in_kind) for plan in held) for status in FundingState}


def still_identified(plan: Plan) -> int:
    """Cash identified and not refused since."""
    return amount(plan, FundingState.IDENTIFIED) - amount(plan, FundingState.REFUSED)


OneLine = TypeVar("OneLine")


def _lacking(none: str, own: Sequence[OneLine], of_line: Callable[[OneLine], Iterable[str]]) -> tuple[str, ...]:
    """What is missing from a section that is a list: a first line, or what a line does not say."""
    return tuple(lack for line in own for lack in of_line(line)) if own else (none,)


def _named(name: str, lacks: Mapping[str, bool]) -> Iterator[str]:
    missing = [what for what, is_missing in lacks.items() if is_missing]
    if missing:
        yield f"« {name} » : {', '.join(missing)}"


def _of_objective(one: Objective) -> Iterator[str]:
    """Specific, measurable, dated: what makes an objective one that can be checked."""
    measured = {"la cible": one.target is None} if one.indicator else {"comment on le saura": not one.measure}
    return _named(one.statement, {**measured, "l’échéance": one.due is None})


def _of_activity(one: Activity) -> Iterator[str]:
    return _named(one.name, {
        "le livrable": not one.deliverable, "qui": not one.who, "le début": one.start is None,
        "la fin": one.end is None,
    })  # fmt: skip


def _of_money(plan: Plan) -> tuple[str, ...]:
    budget = () if plan.budget else ("le budget prévu",)
    return (*budget, *_lacking("un premier financement", plan.fundings, _of_funding))


def _of_funding(one: Funding) -> Iterator[str]:
    return _named(one.funder, {"le montant identifié": not one.amounts.get(FundingState.IDENTIFIED)})


def _of_resource(one: Resource) -> Iterator[str]:
    return _named(one.name, {"la quantité": one.quantity is None, "l’unité": not one.unit})


def _of_partner(one: Partner) -> Iterator[str]:
    return _named(one.name, {"le rôle": not one.role})
