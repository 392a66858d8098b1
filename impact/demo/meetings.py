"""The national meetings of the demonstration: called, put off, held on frozen figures, and what they decided."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from impact import clock
from impact.actions import ActionKey
from impact.confrontation import figure_ids
from impact.demo import papers
from impact.demo.forms import accepted, texts
from impact.demo.pieces import piece_number
from impact.documents.receiving import receive
from impact.permissions import Actor
from impact.queries.book import Book
from impact.queries.decisions import decision
from impact.queries.meetings import meeting
from impact.queries.snapshots import snapshot
from impact.rules.meetings import (
    meeting_fields,
    read_decision,
    read_lesson,
    read_measure,
    read_meeting,
    read_participants,
)
from impact.services import decisions, meetings, milestones
from impact.services.snapshots import freeze
from impact.vocabulary import NATIONAL_CODE, DecisionState, MilestoneState

Plan = Mapping[str, Any]


def acts(script: list[dict[str, Any]]) -> Iterator[tuple[date, dict[str, Any]]]:
    """Each with its day; meetings are numbered in the order of the script, which is that of their calling."""
    for number, item in enumerate(script, 1):
        yield date.fromisoformat(item["on"]), {"meeting": number, "hold": item}
        for then in item.get("then", ()):
            yield date.fromisoformat(then["on"]), {"meeting": number, **then}


def play(session: Session, plan: dict[str, Any], people: Mapping[str, Actor], team: Callable[[str], Actor]) -> None:
    """What the national office does on a day: one act for each verb of the plan."""
    office = people["odile"]
    for verb, act in ACTS.items():
        if verb in plan:
            act(session, office, plan["meeting"], plan[verb])


def _hold(session: Session, office: Actor, number: int, plan: Plan) -> None:
    draft = accepted(read_meeting(texts(plan["says"]), plan["chantiers"], Book(session).chantiers))
    meetings.hold_meeting(session, office, draft)


def _change(session: Session, office: Actor, number: int, plan: Plan) -> None:
    held = meeting(session, number)
    fields = meeting_fields(held.said) | texts(plan)
    draft = accepted(read_meeting(fields, held.said.chantiers, Book(session).chantiers))
    meetings.change_meeting(session, office, number, draft, held.version)


def _bring(session: Session, office: Actor, number: int, lines: list[str]) -> None:
    names = {code: one.name for code, one in Book(session).regions.items()}
    who = accepted(read_participants("\n".join(lines), names))
    meetings.set_participants(session, office, number, who, meeting(session, number).version)


def _file(session: Session, office: Actor, number: int, plan: Plan) -> None:
    if "link" in plan:
        meetings.add_document(session, office, number, plan["title"], link=plan["link"])
        return
    with receive(papers.pdf(plan["title"], plan["lines"]), plan["name"]) as file:
        meetings.add_document(session, office, number, plan["title"], stored=file)


def _reach(session: Session, office: Actor, number: int, _: Plan) -> None:
    held, today = meeting(session, number).milestone, clock.today(session)
    milestones.forecast(
        session, office, NATIONAL_CODE, held.number, MilestoneState.REACHED, today, "", held.seen_number
    )  # fmt: skip


def _freeze(session: Session, office: Actor, number: int, plan: Plan) -> None:
    window = date.fromisoformat(plan["from"]), date.fromisoformat(plan["to"])
    freeze(session, office, number, plan["title"], [_action(name) for name in plan["actions"]], window)


def _teach(session: Session, office: Actor, number: int, plan: Plan) -> None:
    draft = accepted(read_lesson(texts(plan["says"]), claims=plan.get("claims", ()), snapshot=plan.get("snapshot")))
    meetings.write_lesson(session, office, number, draft)


def _decide(session: Session, office: Actor, number: int, plan: Plan) -> None:
    """looked_at: indicators, of every action compared, and the costs that they have."""
    wanted, frozen = plan.get("looked_at", ()), plan.get("snapshot")
    known = figure_ids(snapshot(session, frozen).content) if frozen else []
    draft = accepted(
        read_decision(
            texts(plan["says"]),
            action=_action(plan["action"]) if "action" in plan else None,
            measure=accepted(read_measure(texts(plan["measure"]))) if "measure" in plan else None,
            snapshot=frozen,
            figures=[name for name in known if set(name.split("/")[:-1]) <= set(wanted)],
            today=clock.today(session),
        )
    )
    decisions.decide(session, office, number, draft)


def _follow(session: Session, office: Actor, number: int, plan: Plan) -> None:
    held = decision(session, number, plan["decision"])
    state = DecisionState(plan["etat"])
    decisions.follow_up(
        session, office, number, held.number, state, plan["suite"], plan.get("reussite"), held.seen_number
    )  # fmt: skip


def _agree(session: Session, office: Actor, number: int, plan: Plan) -> None:
    held = decision(session, number, plan["decision"])
    piece = piece_number(session, held.host_region, plan["piece"])
    day = date.fromisoformat(plan["day"])
    decisions.sign_agreement(session, office, number, held.number, day, piece, held.version)


ACTS: Mapping[str, Callable[[Session, Actor, int, Any], None]] = {
    "hold": _hold, "change": _change, "bring": _bring, "file": _file, "reach": _reach, "freeze": _freeze,
    "teach": _teach, "decide": _decide, "follow": _follow, "agree": _agree,
}  # fmt: skip


def _action(name: str) -> ActionKey:
    region, _, number = name.partition("-")
    return ActionKey(region, int(number))
