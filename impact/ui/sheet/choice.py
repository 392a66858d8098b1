"""Which sheet is open: region, chantier and period, from the address or as the work to do suggests."""

from typing import NamedTuple

import streamlit as st

from impact.db import reading
from impact.permissions import Actor, Right
from impact.queries.book import Book
from impact.queries.offered import Offered, offered
from impact.queries.sheets import Sheet, SheetSummary, sheet, summaries
from impact.ui import filters
from impact.ui.page import typeset
from impact.ui.wording import period_name

SCREEN = "saisie"
OPENED = "indicateur"
"""Parameter of the address: the figure that is open."""


class Offer(NamedTuple):
    """sheets: those begun, of the regions offered."""

    lists: Offered
    sheets: list[SheetSummary]


class Choice(NamedTuple):
    region: str
    chantier: str
    period: str


def read_offer(actor: Actor) -> Offer:
    with reading() as session:
        book = Book(session)
        lists = offered(actor, book)
        return Offer(lists, summaries(session, list(lists.regions), book))


def choose(offer: Offer) -> Choice:
    """Draw the filters and answer which sheet they ask for; by default the one that needs work first."""
    lists = offer.lists
    with st.grid(3, min_column_width=200, gap="small"):
        first = _urgent(offer)
        region = filters.one(
            SCREEN, "region", "Région", "la région", _regions(lists), first.region if first else "", above={}
        )
        first = _urgent(offer, region)
        chantier = filters.one(
            SCREEN, "chantier", "Chantier", "le chantier", _chantiers(lists, region), first.chantier if first else "",
            drops=[OPENED], above={"region": region},
        )  # fmt: skip
        first = _urgent(offer, region, chantier)
        latest = first.period if first else lists.latest(chantier)
        period = filters.one(
            SCREEN, "periode", "Période", "la période", _periods(lists, chantier), latest.code if latest else "",
            drops=[OPENED], above={"region": region, "chantier": chantier},
        )  # fmt: skip
    return Choice(region, chantier, period)


def _urgent(offer: Offer, region: str = "", chantier: str = "") -> SheetSummary | None:
    fitting = [held for held in offer.sheets if region in ("", held.region) and chantier in ("", held.chantier)]
    return min(fitting, key=lambda held: held.urgency(offer.lists.today), default=None)


def _regions(lists: Offered) -> dict[str, str]:
    return {code: name if lists.is_active(code) else f"{name} (non mobilisée)" for code, name in lists.regions.items()}


def _chantiers(lists: Offered, region: str) -> dict[str, str]:
    return {
        code: typeset(lists.chantiers[code]) + ("" if (region, code) in lists.mobilised else " (non choisi)")
        for code in lists.chantiers_of(region)
    }


def _periods(lists: Offered, chantier: str) -> dict[str, str]:
    return {period.code: period_name(period) for period in reversed(lists.periods[chantier])}


def read_sheet(actor: Actor, chosen: Choice) -> Sheet:
    with reading() as session:
        return sheet(session, actor, *chosen)


def speaks_for(actor: Actor, held: Sheet) -> str:
    """What the national office should know before it enters in a region's name."""
    if not actor.may(Right.READ_ALL):
        return ""
    said = f"Vous saisissez au nom de la région {held.region_name} : l’historique le dira."
    if not held.mobilised:
        said += " Elle n’est pas mobilisée sur ce chantier à la fin de la période : ses chiffres seront hors périmètre."
    return said


def closed_to(actor: Actor, held: Sheet) -> str:
    """Why a region has nothing to enter here, and what to do; '' where it has."""
    if held.mobilised or actor.may(Right.READ_ALL) or any(line.view for line in held.lines):
        return ""
    return (
        f"Votre région n’est pas mobilisée sur « {typeset(held.chantier_name)} » à la fin de cette période : "
        "aucun chiffre n’y est attendu. Choisissez un autre chantier ; pour rejoindre celui-ci, adressez-vous au "
        "bureau national."
    )
