"""Accounts on the screen: the list, and the latest sign-ins."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from impact import clock
from impact.db import reading
from impact.formats import counted, moment
from impact.permissions import Actor
from impact.queries import catalogue
from impact.queries.accounts import AccountRow, SignInRow, accounts, sign_ins
from impact.services import setup
from impact.services.accounts import ABSOLUTE_LIMIT, IDLE_LIMIT
from impact.ui import page, tables
from impact.ui.tables import Column


@dataclass(frozen=True, slots=True)
class Background:
    accounts: list[AccountRow]
    sign_ins: list[SignInRow]
    regions: dict[str, str]
    demonstration: bool


def background(actor: Actor) -> Background:
    with reading() as session:
        regions = {row.code: row.name for row in catalogue.regions(session).values()}
        return Background(
            accounts(session, actor), sign_ins(session, actor, 30), regions, setup.is_demonstration(session)
        )


COLUMNS = (
    Column("who", "Nom et adresse", html=True, row_header=True),
    Column("role", "Rôle et régions", html=True),
    Column("state", "État", html=True),
    Column("last", "Dernière connexion", secondary=True),
)


def show_list(known: Background) -> None:
    active = sum(row.active for row in known.accounts)
    page.note(counted(active, "compte en activité", "comptes en activité") + f", sur {len(known.accounts)}.")
    st.html(tables.table(COLUMNS, [_row(row, known) for row in known.accounts], "Comptes"))


def _row(row: AccountRow, known: Background) -> dict[str, object]:
    served = ", ".join(name for code, name in known.regions.items() if code in row.regions)
    return {
        "who": tables.two_lines(row.name, row.email),
        "role": tables.two_lines(row.role.label, served),
        "state": _state(row, known.demonstration),
        "last": moment(row.last_sign_in) if row.last_sign_in else "aucune en douze mois",
    }


def _state(row: AccountRow, demonstration: bool) -> object:
    """demonstration: its accounts are entered without a password."""
    if not row.active:
        return tables.sign("–", "désactivé")
    if row.pending_link:
        until = f"{row.pending_link.purpose.label}, jusqu’au {moment(row.pending_link.expires_at)}"
        return tables.two_lines(tables.sign("○", "lien remis"), until)
    if not (row.has_password or demonstration):
        return tables.two_lines(tables.sign("▲", "sans accès"), "remettez-lui un nouveau lien")
    return tables.sign("●", "en activité")


SIGN_INS = (
    Column("when", "Connexion"),
    Column("who", "Compte", row_header=True),
    Column("until", "Dernière activité", secondary=True),
    Column("state", "Session"),
    Column("address", "Adresse réseau", secondary=True),
)


def show_sign_ins(rows: Sequence[SignInRow]) -> None:
    if not rows:
        page.empty("Les connexions apparaîtront ici.")
        return
    lines = [
        {
            "when": moment(row.at),
            "who": row.name,
            "until": moment(row.last_seen_at),
            "state": _session(row),
            "address": row.address,
        }
        for row in rows
    ]
    st.html(tables.table(SIGN_INS, lines, "Dernières connexions"))


def _session(row: SignInRow) -> str:
    if row.ended_at:
        return f"terminée le {moment(row.ended_at)}"
    now = clock.real_now()
    expired = now >= row.last_seen_at + IDLE_LIMIT or now >= row.at + ABSOLUTE_LIMIT
    return "expirée" if expired else "ouverte"
