"""What regions of the demonstration tell of their actions, what others say of it, and what visitors write."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from impact.demo.forms import accepted, texts
from impact.demo.pieces import piece_number
from impact.permissions import EVERYTHING, Actor
from impact.queries.book import Book
from impact.queries.experiences import story
from impact.rules.experiences import StoryKey, read_story
from impact.rules.offers import AGREED, read_offer
from impact.services import experiences, offers
from impact.vocabulary import OfferState


def acts(script: Mapping[str, list[dict[str, Any]]]) -> Iterator[tuple[date, dict[str, Any]]]:
    """Each with its day; stories are numbered by region, visitors' messages in the order of the script."""
    count: dict[str, int] = {}
    for item in script["stories"]:
        number = count[item["region"]] = count.get(item["region"], 0) + 1
        key = {"region": item["region"], "number": number}
        yield date.fromisoformat(item["on"]), {**key, "tell": item}
        if "published" in item:
            yield date.fromisoformat(item["published"]), {**key, "publish": True}
        for said in item.get("comments", ()):
            yield date.fromisoformat(said["on"]), {**key, "comment": said}
    for number, item in enumerate(script["visitors"], 1):
        yield date.fromisoformat(item["on"]), {"offer": number, "writes": item["writes"]}
        if "answered" in item:
            yield date.fromisoformat(item["answered"]["on"]), {"offer": number, "answer": item["answered"]}


def play(session: Session, plan: dict[str, Any], people: Mapping[str, Actor], team: Callable[[str], Actor]) -> None:
    if "offer" in plan:
        _visit(session, plan, people)
        return
    key = StoryKey(plan["region"], plan["number"])
    if "tell" in plan:
        _tell(session, key.region, plan["tell"], team(key.region))
    elif "publish" in plan:
        version = story(session, EVERYTHING, key).now.version
        experiences.publish_experience(session, team(key.region), key, version)
    else:
        said = plan["comment"]
        experiences.comment_experience(session, people[said["by"]], key, said["text"])


def _tell(session: Session, region: str, plan: dict[str, Any], who: Actor) -> None:
    pieces = " ".join(f"{region}-{piece_number(session, region, title)}" for title in plan.get("pieces", ()))
    said = accepted(read_story({**texts(plan["says"]), "pieces": pieces}, region))
    experiences.write_experience(session, who, region, said)


def _visit(session: Session, plan: dict[str, Any], people: Mapping[str, Actor]) -> None:
    number = plan["offer"]
    if "answer" in plan:
        said = plan["answer"]
        state = OfferState(said["etat"])
        offers.answer(session, people[said["by"]], number, state, said.get("note", ""), None)
        return
    book = Book(session)
    draft = accepted(read_offer({**plan["writes"], "accord": AGREED}, book.regions, book.chantiers))
    offers.receive(session, draft, f"démonstration {number}")
