"""Choosing the figures that carry a claim."""

from collections.abc import Mapping, Sequence

import streamlit as st

from impact.formats import figure, period_name
from impact.rules.claims import LABELS, MOST_FIGURES
from impact.ui import page
from impact.ui.claims.known import Offered
from impact.vocabulary import Status


def choose(key: str, offered: Mapping[str, Offered], held: Sequence[str]) -> list[str]:
    """« 22/FOR-05/2010-2011-S1 » of those chosen. held: those chosen before, stored any more or not."""
    options = [*offered, *(code for code in held if code not in offered)]
    if not options:
        page.empty(
            "Aucun chiffre n’est enregistré sur ce chantier : saisissez-en un, il pourra porter l’affirmation. Le "
            "niveau P demande au moins un chiffre d’un indicateur de preuve d’effet."
        )
        return []
    if key not in st.session_state:
        st.session_state[key] = [code for code in held if code in options]
    st.session_state[key] = [code for code in st.session_state[key] if code in options]
    regions = len({one.entry.region for one in offered.values()}) > 1
    chosen = st.multiselect(
        LABELS["chiffres"], options, key=key, max_selections=MOST_FIGURES, placeholder="Choisir des chiffres",
        format_func=lambda code: label(code, offered.get(code), regions), select_all=False,
    )  # fmt: skip
    page.note("Au moins un d’un indicateur de preuve d’effet ; le niveau P2 en demande un documenté (F2 ou plus).")
    if chosen and (kept_from := unread(chosen, offered)):
        page.note(f"En l’état, personne ne pourra la lire : {kept_from}.")
    return list(chosen)


def unread(chosen: Sequence[str], offered: Mapping[str, Offered]) -> str:
    """Why a claim carried by these could not be read (claims.no_grade); '' where it could."""
    held = [offered[code] for code in chosen if code in offered]
    if len(held) < len(chosen) or any(one.entry.status is not Status.VALIDATED for one in held):
        return "un chiffre qui la porte n’est pas validé"
    if not any(one.definition.proof_of_effect for one in held):
        return "aucun des chiffres choisis n’est d’un indicateur de preuve d’effet"
    return ""


def label(code: str, one: Offered | None, regions: bool) -> str:
    """« FOR-05 S1 2010-2011 : 56,5 % (validé, F2, preuve d’effet) »"""
    if one is None:
        region, indicator, period = code.split("/")
        return f"{region} {indicator} {period_name(period)} (plus enregistré)"
    entry, definition = one.entry, one.definition
    effect = ", preuve d’effet" if definition.proof_of_effect else ""
    place = f"{entry.region} " if regions else ""
    shown = figure(definition, entry.pair)
    return page.typeset(
        f"{place}{entry.indicator} {period_name(entry.period)} : {shown} "
        f"({entry.status.label}, F{entry.reliability}{effect})"
    )
