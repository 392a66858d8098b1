"""May these regions be compared? Three counts over the chart, and what differs, region by region."""

import streamlit as st
from markupsafe import Markup

from impact.comparability import SIGNS, Strip
from impact.formats import capital, counted
from impact.presentation.comparing import Comparison, Place
from impact.ui import tables
from impact.ui.page import note, typeset
from impact.ui.tables import Column
from impact.vocabulary import Comparability, Direction

PLURALS = {
    Comparability.COMPARABLE: "comparables",
    Comparability.PARTIAL: "partiellement comparables",
    Comparability.NOT_COMPARABLE: "non comparables",
}
COLUMNS = (
    Column("region", "Région", row_header=True),
    Column("word", "Comparabilité", html=True),
    Column("why", "Ce qui diffère de la référence", html=True),
)


def strip(compared: Comparison) -> None:
    st.html(counts(compared))
    if compared.places:
        with st.expander("Ce qui diffère, région par région"):
            note(reference(compared))
            st.html(differences(compared))


def counts(compared: Comparison) -> Markup:
    """« = 2 comparables  ≈ 1 partiellement comparable  ≠ 1 non comparable  ○ 1 sans chiffre »"""
    parts = [_count(SIGNS[word], number, word.label, PLURALS[word]) for word, number in compared.strip.counts().items()]
    parts.append(_count("○", len(compared.silent), "sans chiffre", "sans chiffre"))
    return Markup('<ul class="imp-strip" aria-label="Comparabilité des régions">{}</ul>').format(Markup().join(parts))


def _count(sign: str, number: int, one: str, many: str) -> Markup:
    amount, _, word = counted(number, one, many).partition(" ")
    return Markup('<li{}><span class="imp-strip-sign" aria-hidden="true">{}</span><strong>{}</strong> {}</li>').format(
        Markup(' class="imp-strip-none"') if not number else Markup(), sign, amount, word
    )


def reference(compared: Comparison) -> str:
    name = next(one.name for one in compared.places if one.region == compared.strip.reference)
    return (
        f"Référence : {name}, à laquelle le plus de régions sont comparables. Comparables : même version de la "
        "définition, même population comptée, même famille de méthode, au moins 80 % de jours couverts en commun. "
        "Partiellement : la méthode ou les jours diffèrent. Non comparables : la définition ou la population diffère."
    )


def differences(compared: Comparison) -> Markup:
    rows = [
        _row(one, compared.strip)
        for one in sorted(compared.places, key=lambda one: list(Comparability).index(one.word))
    ]
    return tables.table(COLUMNS, rows, "Ce qui diffère, région par région")


def _row(one: Place, judged: Strip) -> dict[str, object]:
    why = judged.differences[one.region]
    told = Markup("<br>").join(typeset(capital(text)) for text in why)
    same = "référence" if one.region == judged.reference else "rien"
    return {"region": one.name, "word": tables.sign(SIGNS[one.word], one.word.label), "why": told or same}


def apart(compared: Comparison) -> Markup:
    """Why regions stand below the ranked ones."""
    lines = [
        Markup("<li>{} {}</li>").format(
            tables.strong(one.name), typeset(f": {' ; '.join(compared.strip.differences[one.region])}.")
        )
        for one in compared.places
        if one.is_apart
    ]
    return Markup('<ul class="imp-plain">{}</ul>').format(Markup().join(lines)) if lines else Markup()


def how_ranked(compared: Comparison) -> str:
    """In which order regions stand, and who has no rank."""
    left_out = " Les régions non comparables restent hors classement." if _has_apart(compared) else ""
    if compared.definition.direction is Direction.NEUTRAL:
        return "Indicateur de moyens : non classé, les régions sont dans l’ordre alphabétique."
    if not any(one.rank for one in compared.places):
        return f"Pas de classement : il faut au moins deux régions comparables.{left_out}"
    best, worst = ("haute", "basse") if compared.definition.direction is Direction.UP else ("basse", "haute")
    return f"Classement de la valeur la plus {best} à la plus {worst}.{left_out}"


def silent(compared: Comparison) -> str:
    """« Sans chiffre sur ces dates : Picardie (aucun chiffre). »; empty where every region has one."""
    told = ", ".join(f"{name} ({why})" for name, why in compared.silent)
    return f"Sans chiffre sur ces dates : {told}." if told else ""


def _has_apart(compared: Comparison) -> bool:
    return any(one.is_apart for one in compared.places)
