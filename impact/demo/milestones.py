"""The milestones of the demonstration: planned once, then forecast anew, reached or abandoned."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from impact import clock
from impact.demo.forms import accepted, texts
from impact.permissions import Actor
from impact.queries.milestones import milestones
from impact.rules.milestones import read_milestone, read_statement
from impact.services.milestones import forecast, plan_milestone
from impact.vocabulary import NATIONAL_CODE


def acts(script: list[dict[str, Any]]) -> Iterator[tuple[date, dict[str, Any]]]:
    """Each with its day; a milestone without `on` came with the product."""
    for item in script:
        key = {"region": item["region"], "nom": item["nom"]}
        if "on" in item:
            yield date.fromisoformat(item["on"]), {**key, "says": item}
        for said in item.get("said", ()):
            yield date.fromisoformat(said["on"]), {**key, **said}


def play(session: Session, plan: dict[str, Any], people: Mapping[str, Actor], team: Callable[[str], Actor]) -> None:
    region = plan["region"]
    who = people["odile"] if region == NATIONAL_CODE else team(region)
    if "says" in plan:
        plan_milestone(session, who, region, accepted(read_milestone(region, texts(plan["says"]))))
        return
    said = accepted(read_statement(texts(plan), clock.today(session)))
    (held,) = [one for one in milestones(session, region=region) if one.name == plan["nom"]]
    forecast(session, who, region, held.number, said.state, said.day, said.reason, held.seen_number)
