"""The texts that the network fills in: those stored, else the first ones that come with the product."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlmodel import Session

from impact.models import Account, LegalText
from impact.settings import DATA
from impact.vocabulary import LegalPage


@dataclass(frozen=True, slots=True)
class LegalView:
    """text: Markdown. updated_by: a name. updated_at: real time; None while the text is the product's first one."""

    page: LegalPage
    text: str
    updated_by: str = ""
    updated_at: datetime | None = None


def legal_text(session: Session, page: LegalPage) -> LegalView:
    row = session.get(LegalText, page.value)
    if row is None:
        return LegalView(page, first_text(page))
    author = session.get_one(Account, row.updated_by)
    return LegalView(page, row.text, author.name, row.updated_at)


@cache
def first_text(page: LegalPage) -> str:
    """data/legal/PAGE.md"""
    return (DATA / "legal" / f"{page.value}.md").read_text(encoding="utf-8").strip()
