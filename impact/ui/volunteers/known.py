"""What the page of volunteers reads, and its addresses. Nothing of it is cached: a message that is erased is gone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from impact.db import reading, transaction
from impact.permissions import Actor, readable
from impact.queries import catalogue
from impact.queries.offers import OfferRow, erased, offers
from impact.services import offers as services
from impact.ui import page

SCREEN = "volontaires"
OPENED = "message"
"""The parameter of the address that opens a message: its number."""
FILTERS = ("etat", "region")
_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Known:
    """rows: those kept, the latest first. regions: those that the actor answers for. erased: how many were."""

    rows: tuple[OfferRow, ...]
    regions: Mapping[str, str]
    region_names: Mapping[str, str]
    chantier_names: Mapping[str, str]
    erased: int

    def place(self, row: OfferRow) -> str:
        return self.region_names.get(row.region, row.region)

    def chantier(self, row: OfferRow) -> str:
        return self.chantier_names.get(row.chantier or "", "ne sait pas encore")


def forget_due() -> None:
    """Erase what has been kept long enough; nothing is written where nothing has."""
    with reading() as session:
        due = services.is_due(session)
    if due:
        with transaction() as session:
            services.erase_due(session)


def read(actor: Actor) -> Known:
    scope = readable(actor)
    with reading() as session:
        names = {code: row.name for code, row in catalogue.regions(session).items()}
        chantiers = {row.code: row.short for row in catalogue.chantiers(session)}
        own = {code: name for code, name in names.items() if scope.sees_all_of(code)}
        return Known(tuple(offers(session, scope)), own, names, chantiers, erased(session, scope))


def asked_for(known: Known) -> OfferRow | None:
    """The message that the address opens; a sentence where it names none that is open to this reader."""

    def read(text: str) -> OfferRow | None:
        number = int(text) if _NUMBER.fullmatch(text) else 0
        return next((row for row in known.rows if row.number == number), None)

    gone = "L’adresse demande le message {} : il a été effacé, n’existe pas, ou n’est pas adressé à votre région."
    return page.asked_for(OPENED, read, gone)


def address(number: int | None = None) -> str:
    """Of a message, or of the list; the filters come along."""
    kept = {name: st.query_params[name] for name in FILTERS if name in st.query_params}
    query = urlencode({OPENED: number, **kept} if number else kept)
    return f"{SCREEN}?{query}" if query else SCREEN
