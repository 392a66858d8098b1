"""The two parts of the screen, and the four of a meeting: one is drawn at a time."""

import streamlit as st
from markupsafe import Markup

from impact.formats import counted, short_date
from impact.permissions import Actor, Right
from impact.presentation.meetings import followed, when
from impact.ui import flash, page, parts
from impact.ui.meetings import confronting, decisions, following, holding, known, lessons, listing, presenting
from impact.ui.meetings.known import (
    CONFRONTING,
    DECIDING,
    FOLLOWING,
    LEARNING,
    OPENED,
    PARTS,
    SCREEN,
    Known,
    Opened,
    address,
)
from impact.ui.tables import link

ALL = {"": ("Les rencontres", SCREEN), FOLLOWING: ("Suivi des décisions", address(partie=FOLLOWING))}


def every(held: Known, actor: Actor) -> None:
    """The list of meetings, or the follow-up of what they decided."""
    here = "" if st.query_params.get(OPENED) else known.part(ALL)  # one warning about an address is enough
    flash.show(SCREEN)
    parts.draw("Parties de l’écran", ALL, here)
    meetings, decided = known.every(held.key), known.decided(held.key)
    if here == FOLLOWING:
        following.draw(decided, meetings, held)
        return
    listing.draw(meetings, decided, held)
    if actor.may(Right.MEETINGS):
        page.section("Préparer une rencontre")
        holding.create(held)


def title(opened: Opened) -> str:
    return opened.row.said.theme


def sentence(opened: Opened, held: Known) -> str:
    """« Rencontre 2, prévue le 12/10/2011 à Lyon : Former et sensibiliser ; 3 régions, 5 décisions. »"""
    row, stone = opened.row, opened.row.milestone
    day = when(stone.planned_on, stone.expected_on, stone.state)
    moved = f" (prévue d’abord le {short_date(stone.planned_on)})" if stone.expected_on != stone.planned_on else ""
    place = f" à {row.said.place}" if row.said.place else ""
    chantiers = ", ".join(held.chantiers.get(code, code) for code in row.said.chantiers)
    regions = counted(len(row.regions), "région") if row.participants else "personne n’est encore inscrit"
    counts = f"{regions}, {followed(one.state for one in opened.decisions)}"
    return f"Rencontre {row.number}, {day}{moved}{place} : {chantiers} ; {counts}."


def one(opened: Opened, held: Known, actor: Actor) -> None:
    """One meeting, at the part that the address asks for."""
    number = str(opened.row.number)
    page.html(Markup('<p class="imp-note imp-way-back">{}</p>').format(link(SCREEN, "← Toutes les rencontres")))
    here = known.part(PARTS)
    flash.show(SCREEN)
    offered = {code: (name, address(rencontre=number, partie=code)) for code, name in PARTS.items()}
    parts.draw("Parties de la rencontre", offered, here)
    if here == CONFRONTING:
        confronting.draw(opened, held, actor)
    elif here == LEARNING:
        lessons.draw(opened, actor)
    elif here == DECIDING:
        decisions.draw(opened, held, actor)
    else:
        presenting.draw(opened, held, actor)
