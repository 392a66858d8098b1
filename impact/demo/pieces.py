"""The pieces of the demonstration: deposited by the teams, one replaced, figures verified by somebody outside."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlmodel import Session, select

from impact.demo import papers
from impact.documents.receiving import receive
from impact.figures import Cell
from impact.models import Evidence
from impact.permissions import Actor
from impact.queries.book import Book
from impact.rules.evidence import EvidenceDraft, Verification
from impact.services import evidence, readings
from impact.services.pieces import PieceKey
from impact.vocabulary import Confidentiality, EvidenceKind


def acts(script: dict[str, Any]) -> Iterator[tuple[date, dict[str, Any]]]:
    """Each with its day."""
    for name in ("deposited", "replaced", "read", "verified"):
        for item in script[name]:
            yield date.fromisoformat(item["on"]), {**item, "act": name}


def play(session: Session, plan: dict[str, Any], office: Actor, team: Callable[[str], Actor]) -> None:
    {"deposited": _deposit, "replaced": _replace, "read": _read, "verified": _verify}[plan["act"]](
        session, plan, team(plan["region"]) if plan["act"] == "deposited" else office
    )


def _deposit(session: Session, plan: dict[str, Any], who: Actor) -> None:
    cells = [_cell(session, plan["region"], *named) for named in plan["backs"]]
    if plan.get("link"):
        evidence.add_piece(session, who, plan["region"], _draft(plan), cells)
        return
    with receive(_content(plan), plan["name"]) as file:
        evidence.add_piece(session, who, plan["region"], _draft(plan), cells, file=file)


def _replace(session: Session, plan: dict[str, Any], who: Actor) -> None:
    key = _key(session, plan)
    seen = session.get_one(Evidence, key).version
    with receive(_content(plan), plan["name"]) as file:
        evidence.replace_piece(session, who, key, _draft(plan), plan["why"], seen, file=file)


def _read(session: Session, plan: dict[str, Any], who: Actor) -> None:
    cell = _cell(session, plan["region"], plan["indicator"], plan["period"])
    readings.read_evidence(session, who, {cell: readings.Reading(plan["checked"])})


def _verify(session: Session, plan: dict[str, Any], who: Actor) -> None:
    cell = _cell(session, plan["region"], plan["indicator"], plan["period"])
    report = _key(session, plan).number
    said = Verification(plan["person"], plan["organisation"], date.fromisoformat(plan["day"]), report)
    readings.verify(session, who, cell, said)


def _cell(session: Session, region: str, indicator: str, short: str) -> Cell:
    return Cell(region, indicator, f"{Book(session).campaign.code}-{short}")


def _key(session: Session, plan: dict[str, Any]) -> PieceKey:
    return PieceKey(plan["region"], piece_number(session, plan["region"], plan["title"]))


def piece_number(session: Session, region: str, title: str) -> int:
    """Of the region's piece that bears the title."""
    query = select(Evidence.number).where(Evidence.region_code == region, Evidence.title == title)
    return session.exec(query).one()


def _draft(plan: dict[str, Any]) -> EvidenceDraft:
    dated = plan.get("dated")
    return EvidenceDraft(
        EvidenceKind(plan["kind"]), plan["title"], Confidentiality(plan.get("confidentiality", "network")),
        plan.get("link", ""), date.fromisoformat(dated) if dated else None, plan.get("author", ""),
        plan.get("population", ""), plan.get("asked"), plan.get("respondents"),
    )  # fmt: skip


def _content(plan: dict[str, Any]) -> bytes:
    lines = [str(line) for line in plan["lines"]]
    if plan["name"].endswith(".csv"):
        return papers.table(lines)
    return papers.scan(plan["title"], lines) if plan["name"].endswith(".png") else papers.pdf(plan["title"], lines)
