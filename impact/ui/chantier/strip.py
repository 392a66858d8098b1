"""May these regions be compared? Three counts over the chart, and what differs, region by region."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from impact.comparability import SIGNS
from impact.formats import capital, counted
from impact.presentation.comparing import Comparison
from impact.presentation.grounds import Ground, answered, covered
from impact.ui import charting, page, tables
from impact.ui.page import typeset
from impact.ui.tables import Column
from impact.vocabulary import Comparability, Direction

PLURALS = {
    Comparability.COMPARABLE: "comparables",
    Comparability.PARTIAL: "partiellement comparables",
    Comparability.NOT_COMPARABLE: "non comparables",
}
MATRIX = "Matrice de comparabilité, région par région"
COLUMNS = (
    Column("region", "Région", row_header=True),
    Column("word", "Comparabilité", html=True),
    Column("version", "Définition"),
    Column("population", "Population"),
    Column("method", "Méthode"),
    Column("covered", "Jours couverts", html=True),
    Column("answered", "Réponses à l’enquête"),
    Column("apart", "Ce qui diffère de la référence", html=True),
)


def strip(compared: Comparison) -> None:
    st.html(counts(compared))


def grounds(compared: Comparison, found: Sequence[Ground]) -> None:
    """What the three counts rest on, on demand; as wide as the page. found: of the same comparison."""
    if found:
        page.more(MATRIX, "chantier_comparabilite", lambda: _matrix(compared, found))


def _matrix(compared: Comparison, found: Sequence[Ground]) -> None:
    from impact.presentation.grounds import grounds_data

    charting.as_file(grounds_data(found), f"comparabilite_{compared.definition.code}")
    page.html(page.noted(reference(compared)), matrix(found))


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


def matrix(found: Sequence[Ground]) -> Markup:
    return tables.table(COLUMNS, [_row(one) for one in found], MATRIX)


def _row(one: Ground) -> dict[str, object]:
    told = Markup("<br>").join(typeset(capital(text)) for text in one.apart)
    return {
        "region": one.name,
        "word": tables.sign(SIGNS[one.word], one.word.label),
        "version": one.version,
        "population": one.population,
        "method": one.method,
        "covered": tables.two_lines(*covered(one.covered)),
        "answered": typeset(answered(one.response)),
        "apart": told or ("référence" if one.is_reference else "rien"),
    }


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
