"""The impact claims of the demonstration: written by the teams, read by the national office."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from impact.claims import CRITERIA, ClaimKey, mark
from impact.errors import Refused
from impact.figures import Cell
from impact.permissions import EVERYTHING, Actor
from impact.queries.book import Book
from impact.queries.claims import claim
from impact.rules.claims import ReadingDraft, read_fields
from impact.services.claims import read_claim, write_claim


def acts(script: list[dict[str, Any]]) -> Iterator[tuple[date, dict[str, Any]]]:
    """Each with its day; the claims of a region are numbered in the order of the script."""
    count: dict[str, int] = {}
    for item in script:
        number = count[item["region"]] = count.get(item["region"], 0) + 1
        yield date.fromisoformat(item["on"]), {**item, "act": "written"}
        for said in item.get("read", ()):
            key = {"region": item["region"], "number": number}
            yield date.fromisoformat(said["on"]), {**key, **said, "act": "read"}


def play(session: Session, plan: dict[str, Any], people: Mapping[str, Actor], team: Callable[[str], Actor]) -> None:
    if plan["act"] == "read":
        _read(session, plan, people[plan["by"]])
    else:
        _write(session, plan, team(plan["region"]))


def _write(session: Session, plan: dict[str, Any], who: Actor) -> None:
    campaign = Book(session).campaign.code
    figures = [Cell(plan["region"], indicator, f"{campaign}-{short}") for indicator, short in plan["carried"]]
    fields = {name: str(text) for name, text in plan["says"].items()}
    draft, problems = read_fields(
        fields, region=plan["region"], figures=figures, self_declared=plan.get("self_declared", False)
    )
    if draft is None:
        raise Refused(problems)
    write_claim(session, who, draft)


def _read(session: Session, plan: dict[str, Any], who: Actor) -> None:
    """up_to: every criterion of the levels up to it; also: some of those above."""
    held = claim(session, EVERYTHING, ClaimKey(plan["region"], plan["number"]))
    ticked = {code for level in range(1, plan["up_to"] + 1) for code in CRITERIA[level]} | set(plan.get("also", ()))
    draft = ReadingDraft(
        plan["region"], plan["number"], mark(held.stated, held.now), frozenset(ticked), plan["justification"],
        plan["study"],
    )  # fmt: skip
    read_claim(session, who, draft)
