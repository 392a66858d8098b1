"""The regional actions of the demonstration: opened and planned by the teams, reviewed by the national office."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from impact.actions import ActionKey, Line, Plan, lines, with_lines
from impact.demo.forms import accepted, texts
from impact.demo.pieces import piece_number
from impact.errors import Refused
from impact.permissions import EVERYTHING, Actor
from impact.queries.action_views import ActionRow
from impact.queries.actions import action
from impact.queries.book import Book
from impact.rules.actions import identity_fields, line_fields, name_of, read_budget, read_identity, read_line
from impact.services import actions
from impact.vocabulary import Section

Fields = dict[str, str]


def acts(script: list[dict[str, Any]]) -> Iterator[tuple[date, dict[str, Any]]]:
    """Each with its day; the actions of a region are numbered in the order of the script."""
    count: dict[str, int] = {}
    for item in script:
        number = count[item["region"]] = count.get(item["region"], 0) + 1
        key = {"region": item["region"], "number": number}
        yield date.fromisoformat(item["opened"]), {**key, "open": item}
        for then in item.get("then", ()):
            yield date.fromisoformat(then["on"]), {**key, **then}


def play(session: Session, plan: dict[str, Any], people: Mapping[str, Actor], team: Callable[[str], Actor]) -> None:
    """One day of an action: opened, or parts of its plan written, then what is done with it."""
    who = team(plan["region"])
    if "open" in plan:
        _open(session, plan["region"], plan["open"], who)
        return
    key = ActionKey(plan["region"], plan["number"])
    _write(session, key, plan, who)
    held = action(session, EVERYTHING, key)
    match plan.get("do"):
        case "submit":
            actions.submit_plan(session, who, key, held.version, as_it_is=True)
        case "validate":
            actions.validate_plan(session, people[plan["by"]], key, held.version)
        case "return":
            actions.return_plan(session, people[plan["by"]], key, plan["why"], held.version)
        case "withdraw":
            actions.withdraw_action(session, who, key, plan["why"], held.version)


def _open(session: Session, region: str, plan: dict[str, Any], who: Actor) -> None:
    identity = accepted(read_identity(_texts(session, region, plan["says"]), region))
    said = Plan(identity, budget=_budget(plan) if "budget" in plan else None)
    for name, items in plan.get("plan", {}).items():
        section = Section(name)
        said = with_lines(said, section, [_line(session, region, section, fields) for fields in items])
    actions.open_action(session, who, region, identity, plan=said)


def _write(session: Session, key: ActionKey, plan: dict[str, Any], who: Actor) -> None:
    """budget; identity: what changes of it; add: lines by section; change: by section and name, what changes of one."""
    why = plan.get("why", "")

    def now() -> ActionRow:
        return action(session, EVERYTHING, key)

    if "identity" in plan:
        held = now()
        fields = identity_fields(held.plan.identity) | _texts(session, key.region, plan["identity"])
        identity = accepted(read_identity(fields, key.region))
        actions.save_identity(session, who, key, identity, held.version, why)
    if "budget" in plan:
        actions.set_budget(session, who, key, _budget(plan), now().version, why)
    for name, items in plan.get("add", {}).items():
        for fields in items:
            line = _line(session, key.region, Section(name), fields)
            actions.save_line(session, who, key, Section(name), line, None, now().version, why)
    for name, changes in plan.get("change", {}).items():
        for named, fields in changes.items():
            held = now()
            own = list(lines(held.plan, Section(name)))
            place = [name_of(line) for line in own].index(named)
            line = _line(
                session, key.region, Section(name), line_fields(own[place]) | _texts(session, key.region, fields)
            )
            actions.save_line(session, who, key, Section(name), line, place, held.version, why)


def _line(session: Session, region: str, section: Section, fields: Mapping[str, Any]) -> Line:
    typed = _texts(session, region, fields)
    code = typed.get("indicateur", "")
    definition = Book(session).definition(code) if code else None
    line, problems = read_line(section, typed, definition, region)
    if line is None:
        raise Refused(problems)
    return line


def _budget(plan: Mapping[str, Any]) -> int:
    return accepted(read_budget({"budget": str(plan["budget"])}))


def _texts(session: Session, region: str, fields: Mapping[str, Any]) -> Fields:
    """What the team types; the script names pieces by their title."""
    typed = texts(fields)
    for name in ("piece", "guide"):
        if (title := typed.get(name)) and not title.isdecimal():
            typed[name] = str(piece_number(session, region, title))
    return typed
