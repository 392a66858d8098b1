"""Which sheet is open: region, chantier and period, from the address or as the work to do suggests."""

from typing import NamedTuple

import streamlit as st

from impact.db import reading
from impact.permissions import Actor, Right
from impact.queries.book import Book
from impact.queries.offered import Offered, most_urgent, offered
from impact.queries.sheets import Sheet, SheetSummary, sheet
from impact.ui import choices
from impact.ui.page import typeset
from impact.ui.wording import period_name

REGION, CHANTIER, PERIOD = "saisie_region", "saisie_chantier", "saisie_periode"


class Choice(NamedTuple):
    region: str
    chantier: str
    period: str


def read_offer(actor: Actor) -> Offered:
    with reading() as session:
        return offered(actor, Book(session))


def settle(offer: Offered) -> Choice:
    """The sheet asked for; by default the one that needs work first. Draws nothing but a wrong address's warning."""
    region = choices.settle(REGION, offer.regions, lambda: _urgent_region(offer), "la région")
    chantiers = dict.fromkeys(offer.chantiers_of(region), "")
    chantier = choices.settle(CHANTIER, chantiers, lambda: _urgent_chantier(offer, region), "le chantier")
    periods = {period.code: "" for period in offer.periods[chantier]}
    period = choices.settle(PERIOD, periods, lambda: _urgent_period(offer, region, chantier), "la période")
    return Choice(region, chantier, period)


def _urgent(offer: Offered, region: str = "") -> SheetSummary | None:
    with reading() as session:
        return most_urgent(session, [region] if region else list(offer.regions), offer.today)


def _urgent_region(offer: Offered) -> str:
    found = _urgent(offer)
    return found.region if found else next(iter(offer.regions))


def _urgent_chantier(offer: Offered, region: str) -> str:
    found = _urgent(offer, region)
    return found.chantier if found else offer.chantiers_of(region)[0]


def _urgent_period(offer: Offered, region: str, chantier: str) -> str:
    found = _urgent(offer, region)
    if found and found.chantier == chantier:
        return found.period.code
    latest = offer.latest(chantier)
    return latest.code if latest else ""


def draw_filters(offer: Offered, chosen: Choice) -> None:
    regions = {
        code: name if offer.is_active(code) else f"{name} (non mobilisée)" for code, name in offer.regions.items()
    }
    chantiers = {
        code: typeset(offer.chantiers[code]) + ("" if (chosen.region, code) in offer.mobilised else " (non choisi)")
        for code in offer.chantiers_of(chosen.region)
    }
    periods = {period.code: period_name(period) for period in reversed(offer.periods[chosen.chantier])}
    with st.grid(3, min_column_width=200, gap="small"):
        choices.choose("Région", REGION, regions)
        choices.choose("Chantier", CHANTIER, chantiers)
        choices.choose("Période", PERIOD, periods)


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
