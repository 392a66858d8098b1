"""The list of indicators and conventions, searched and filtered; every choice stands in the address."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from impact.figures import Definition
from impact.formats import capital, counted
from impact.presentation.definitions import answers, is_found
from impact.ui import filters, page, tables
from impact.ui.admin import bound
from impact.ui.catalogue.known import SCREEN, SEARCH, Known, address
from impact.ui.sheet.reference import facts
from impact.vocabulary import Stage

LONGEST_SEARCH = 100
COLUMNS = (
    tables.Column("name", "Indicateur", row_header=True, html=True),
    tables.Column("stage", "Place", secondary=True),
    tables.Column("unit", "Unité", secondary=True),
    tables.Column("frequency", "Rythme", secondary=True),
    tables.Column("version", "Version", align="right"),
)


def draw(known: Known) -> None:
    """The filters, then what answers them: indicators by chantier, conventions."""
    with filters.grid():
        words = bound.words("Rechercher", SEARCH, "code, nom, définition, piège", LONGEST_SEARCH)
        chantier = _one("chantier", "Chantier", "le chantier", known.chantiers, "Tous les chantiers")
        stages = {stage.value: capital(stage.label) for stage in Stage}
        stage = _one("etape", "Place dans la chaîne", "la place", stages, "Toutes les places")
    shown = [
        versions[-1]
        for versions in known.versions.values()
        if is_found(versions[-1], words) and _fits(versions[-1], chantier, stage)
    ]
    told = {} if chantier or stage else {n: t for n, t in known.conventions.items() if answers(words, n, t)}
    if not shown and not told:
        page.empty(
            "Aucune fiche ne répond à cette recherche. Essayez un seul mot ou son début (« form », « emploi »), ou "
            "effacez les filtres du chantier et de la place."
        )
        return
    page.note(f"{_found(shown, told, known)} ; chaque nom ouvre sa fiche.")
    for code, name in known.chantiers.items():
        if own := [one for one in shown if one.chantier == code]:
            _table(code, name, own)
    if told:
        page.section("Conventions", "Ce que les mots du catalogue veulent dire dans toutes les fiches.")
        facts([(name, page.typeset(text)) for name, text in told.items()], "Conventions du catalogue")


def _one(name: str, label: str, what: str, names: dict[str, str], every: str) -> str:
    code = filters.one(SCREEN, name, label, what, {filters.ALL: every, **names})
    return "" if code == filters.ALL else code


def _fits(definition: Definition, chantier: str, stage: str) -> bool:
    return chantier in ("", definition.chantier) and stage in ("", definition.stage)


def _found(shown: Sequence[Definition], told: dict[str, str], known: Known) -> str:
    sheets = f"{counted(len(shown), 'fiche')} sur {len(known.versions)}"
    return f"{sheets} et {counted(len(told), 'convention')}" if told else sheets


def _table(code: str, name: str, definitions: Sequence[Definition]) -> None:
    page.section(name)
    drawn = tables.table(COLUMNS, [_row(one) for one in definitions], f"Indicateurs du chantier {code}")
    st.html(Markup('<div class="imp-sheets">{}</div>').format(drawn))


def _row(definition: Definition) -> dict[str, object]:
    named = tables.link(address(definition.code), page.typeset(f"{definition.code} {definition.name}"))
    return {
        "name": tables.two_lines(named, page.typeset(definition.question)),
        "stage": definition.stage.label,
        "unit": page.typeset(definition.unit),
        "frequency": definition.frequency.label,
        "version": f"v{definition.version}",
    }
