"""Everything that the screen of definitions shows, read once a run, and the addresses inside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from impact import reference
from impact.db import reading
from impact.figures import Definition, Period
from impact.formats import short_date
from impact.queries import catalogue
from impact.queries.book import Book
from impact.queries.publications import Publication, publications
from impact.services import setup
from impact.ui import page

SCREEN = "referentiel"
INDICATOR, VERSION = "indicateur", "version"
"""Parameters of the address that open a sheet: explanations and sheets link there."""
SEARCH = "referentiel_recherche"
FILTERS = ("chantier", "etape", SEARCH)


@dataclass(frozen=True, slots=True)
class Known:
    """versions: by code, oldest first. chantiers, axes: code -> label. conventions: name -> text."""

    versions: dict[str, list[Definition]]
    chantiers: dict[str, str]
    axes: dict[str, str]
    conventions: dict[str, str]
    periods: tuple[Period, ...]
    today: date
    demonstration: bool


def known() -> Known:
    with reading() as session:
        book = Book(session)
        return Known(
            versions=book.versions,
            chantiers={code: row.short for code, row in book.chantiers.items()},
            axes={code: axis.label for code, axis in catalogue.axes(session).items()},
            conventions=reference.conventions(),
            periods=tuple(book.periods.values()),
            today=book.today,
            demonstration=setup.is_demonstration(session),
        )


def history(code: str) -> list[Publication]:
    with reading() as session:
        return publications(session, code)


def opened(known: Known) -> Definition | None:
    """The version that the address opens, the latest unless it says which; a sentence where it names nothing."""
    code, version = st.query_params.get(INDICATOR, ""), st.query_params.get(VERSION, "")
    if not code:
        return None
    if code not in known.versions:
        _unknown(f"L’adresse demande l’indicateur « {code[:40]} » : il n’existe pas.")
        return None
    found = [one for one in known.versions[code] if str(one.version) == version]
    if version and not found:
        _unknown(f"L’adresse demande la version « {version[:10]} » : elle n’existe pas. Voici la dernière.")
    return found[0] if found else known.versions[code][-1]


def _unknown(sentence: str) -> None:
    page.warn(sentence)


def address(code: str = "", version: int = 0) -> str:
    """Of a sheet, or of the list; the filters of the list come along, so that the way back leads to the same list."""
    kept = {name: st.query_params[name] for name in FILTERS if name in st.query_params}
    said = {INDICATOR: code, VERSION: str(version) if version else ""} | kept
    query = urlencode({name: text for name, text in said.items() if text})
    return f"{SCREEN}?{query}" if query else SCREEN


def since(definition: Definition, newer: Sequence[Definition] = ()) -> str:
    """« pour toutes les périodes », « pour les périodes à partir du 01/07/2011, closes avant le 01/10/2011 »

    newer: the versions that followed it.
    """
    first, stop = definition.applies_from, min((one.applies_from or date.min for one in newer), default=None)
    if stop is not None and stop <= (first or date.min):
        return "remplacée pour toutes ses périodes"
    begun = f" à partir du {short_date(first)}" if first else ""
    if stop is None:
        return f"pour les périodes{begun}" if first else "pour toutes les périodes"
    return f"pour les périodes{begun}{',' if first else ''} closes avant le {short_date(stop)}"
