"""What each region's figures rest on, side by side: the comparability matrix (docs/mesure.md, *Comparer*)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from impact.comparability import (
    Basis,
    Counted,
    Response,
    Survey,
    basis,
    days,
    methods,
    populations,
    response,
    versions,
)
from impact.figures import Cell
from impact.formats import SMALL_NUMBER, counted, number, percent, short_date
from impact.presentation.comparing import Comparison, Place
from impact.vocabulary import Comparability

if TYPE_CHECKING:
    import pandas as pd

UNSAID = "non précisé"


@dataclass(frozen=True, slots=True)
class Ground:
    """One region. version, population, method: in words. apart: what sets it apart from the reference, in words."""

    region: str
    name: str
    word: Comparability
    is_reference: bool
    version: str
    population: str
    method: str
    covered: Basis
    response: Response | None
    apart: tuple[str, ...]


def grounds(
    compared: Comparison, said: Mapping[Cell, Counted], surveys: Mapping[Cell, Collection[Survey]]
) -> list[Ground]:
    """Regions with a figure: those that compare first, each class in the order of the comparison."""
    ordered = sorted(compared.places, key=lambda one: list(Comparability).index(one.word))
    return [_ground(one, held, compared, surveys) for one in ordered
            if (held := basis(one.region, one.total.used, said))]  # fmt: skip


def _ground(one: Place, held: Basis, compared: Comparison, surveys: Mapping[Cell, Collection[Survey]]) -> Ground:
    return Ground(
        one.region,
        one.name,
        one.word,
        one.region == compared.strip.reference,
        versions(held),
        populations(held),
        methods(held),
        held,
        response(one.total.used, surveys),
        compared.strip.differences[one.region],
    )


def covered(held: Basis) -> tuple[str, str]:
    """« 259 jours » and « du 15/10/2010 au 30/06/2011 », or « en 2 fois, du … au … »."""
    first, last = (date.fromordinal(day) for day in (held.days[0][0], held.days[-1][1]))
    parts = f"en {number(len(held.days))} fois, " if len(held.days) > 1 else ""
    return counted(days(held.days), "jour"), f"{parts}du {short_date(first)} au {short_date(last)}"


def answered(held: Response | None) -> str:
    """« 120 sur 300, soit 40 % », « 3 sur 7 », « non précisé »; surveys that do not say who answered beside it."""
    if held is None or not held.asked:
        return UNSAID
    told = f"{number(held.respondents)} sur {number(held.asked)}"
    if held.asked >= SMALL_NUMBER:
        told += f", soit {percent(Fraction(100 * held.respondents, held.asked))}"
    return told + (f" ; {counted(held.unknown, 'enquête')} sans nombre de réponses" if held.unknown else "")


def grounds_data(found: Sequence[Ground]) -> "pd.DataFrame":
    """As a file has it: code_region, region, comparabilite, version, population, methode, jours, du, au, reponses,
    interroges, ecarts.
    """
    import pandas as pd

    rows = [
        {
            "code_region": one.region,
            "region": one.name,
            "comparabilite": one.word.value,
            "version": one.version,
            "population": one.population,
            "methode": one.method,
            "jours": days(one.covered.days),
            "du": short_date(date.fromordinal(one.covered.days[0][0])),
            "au": short_date(date.fromordinal(one.covered.days[-1][1])),
            "reponses": one.response.respondents if one.response and one.response.asked else None,
            "interroges": one.response.asked if one.response and one.response.asked else None,
            "ecarts": " ; ".join(one.apart),
        }
        for one in found
    ]
    return pd.DataFrame(rows).astype({"reponses": "Int64", "interroges": "Int64"}) if rows else pd.DataFrame()
