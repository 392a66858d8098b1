"""What the demonstration's regions say of the shared lexicon, and the term that the office words anew."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session

from impact.permissions import Actor
from impact.queries.lexicon import lexicon
from impact.reference.lexicon import source
from impact.services.lexicon import revise_term, take_stance
from impact.vocabulary import Stance


def acts(script: dict[str, Any]) -> Iterator[tuple[date, dict[str, Any]]]:
    """Each with its day: every region adopts what it neither keeps silent about nor says something else of."""
    stated = {(item["region"], item["term"]) for item in script["stances"]}
    for region, plan in script["adopted"].items():
        for term in source():
            code = term["code"]
            if code not in plan.get("silent", ()) and (region, code) not in stated:
                adopted = {"region": region, "term": code, "stance": Stance.ADOPTED.value}
                yield date.fromisoformat(plan["on"]), adopted
    for item in (*script["revised"], *script["stances"]):
        yield date.fromisoformat(item["on"]), item


def play(session: Session, plan: dict[str, Any], office: Actor, team: Callable[[str], Actor]) -> None:
    held = lexicon(session, plan["term"])
    latest = held.latest(plan["term"])
    if "changes" in plan:
        said = replace(latest.said, **plan["changes"])
        revise_term(session, office, latest.code, said, plan["reason"], latest.version)
        return
    region = plan["region"]
    last = held.last(latest.code, region)
    who = office if plan.get("by_the_office") else team(region)
    take_stance(
        session, who, region, latest.code, plan["stance"], plan.get("comment", ""), latest.version,
        last.number if last else 0,
    )  # fmt: skip
