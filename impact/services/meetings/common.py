"""What every act of a meeting begins with, and the reason that some of them ask for."""

from sqlmodel import Session

from impact.errors import Problem, Refused
from impact.formats import clean_text
from impact.permissions import Actor, Right, require
from impact.services import history

LONGEST_REASON = 1_000


def begin(session: Session, actor: Actor, token: str) -> None:
    require(actor, Right.MEETINGS)
    history.begin(session, token)


def said_reason(text: str, missing: str) -> str:
    if not (said := clean_text(text, LONGEST_REASON)):
        raise Refused([Problem(f"« motif » : {missing}", "motif")])
    return said
