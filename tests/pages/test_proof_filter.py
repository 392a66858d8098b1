"""« And if we only keep what is proven? »: every screen with figures asks it, and files give the same numbers."""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from html import unescape
from typing import Any

import pytest

from impact import formats
from impact.db import Database, reading
from impact.exports import ExportRequest
from impact.exports import progress as progress_file
from impact.exports import totals as totals_file
from impact.exports.columns import Cells, Column
from impact.figures import SCALE, Pair
from impact.permissions import EVERYTHING
from impact.presentation import wording
from impact.presentation.lens import KEY_INDICATORS, Lens
from impact.proof import GRADES
from impact.queries import catalogue, exported
from impact.queries.installation import standing
from impact.ui.national.board import board
from impact.ui.reads import Key
from impact.vocabulary import NATIONAL_CODE, Coverage
from tests.cast import ODILE, PICARDIE, REMI
from tests.pages import scenes
from tests.pages.scenes import html, look, words

SCREENS: dict[str, dict[str, str]] = {
    "accueil": {}, "vue_nationale": {}, "region": {"region": PICARDIE}, "chantier": {"chantier": "FOR"}, "preuve": {},
    "cibles": {"chantier": "FOR"},
}  # fmt: skip


@pytest.mark.parametrize("page", SCREENS)
def test_every_screen_with_totals_has_the_filter_and_says_it(
    monkeypatch: pytest.MonkeyPatch, sqlite_db: Database, page: str
) -> None:
    scenes.furnish()
    seen = look(monkeypatch, page, ODILE, preuve="F2", **SCREENS[page])
    levels = seen.selectbox(key=f"{page}_preuve")
    assert levels.value == "F2"
    assert [one[:2] for one in levels.options] == ["F0", "F1", "F2", "F3", "F4"]
    assert "niveau de preuve F2 documenté ou plus" in words(seen)
    assert "tous niveaux de preuve" in words(look(monkeypatch, page, ODILE, **SCREENS[page]))


@pytest.mark.parametrize("page", ["vue_nationale", "region", "accueil", "preuve"])
def test_the_filter_goes_with_the_links_to_other_screens(
    monkeypatch: pytest.MonkeyPatch, sqlite_db: Database, page: str
) -> None:
    scenes.furnish()
    told = html(look(monkeypatch, page, REMI, preuve="F2", **SCREENS[page]))
    links = [
        unescape(one) for one in re.findall(r'href="((?:region|chantier|explication|vue_nationale)\?[^"]+)"', told)
    ]
    of_figures = [
        one for one in links if not re.search("nombre=(completude|ponctualite|part_prouvee|valides|chiffre|sans)", one)
    ]
    lost = {one for one in of_figures if "preuve=F2" not in one}
    assert links
    assert not lost


def test_an_explanation_leads_to_the_same_number_at_each_level(
    monkeypatch: pytest.MonkeyPatch, sqlite_db: Database
) -> None:
    scenes.furnish()
    asked = {"nombre": "total", "indicateur": "FOR-04"}
    seen = look(monkeypatch, "explication", REMI, **asked)
    assert "25 personnes" in words(seen)
    assert re.search(r'href="explication\?nombre=total&amp;indicateur=FOR-04&amp;preuve=F3"', html(seen))
    assert "10 personnes" in words(look(monkeypatch, "explication", REMI, preuve="F2", **asked))


@pytest.mark.parametrize("level", range(GRADES))
def test_the_country_on_screen_and_in_the_files_is_the_same_at_each_level(demonstration: Database, level: int) -> None:
    request = ExportRequest(None, None, (), (), (), level)
    with reading(demonstration) as session:
        totals = [named(totals_file.COLUMNS, row) for row in exported.total_rows(session, EVERYTHING, request)]
        progress = [named(progress_file.COLUMNS, row) for row in exported.progress_cells(session, EVERYTHING, request)]
        definitions, version = catalogue.definitions(session), standing(session).version
    shown = board(Key(demonstration.url, version, date(2011, 7, 10), None), Lens(min_proof=level), "light")
    national = {row["code_indicateur"]: row for row in totals if row["code_region"] == NATIONAL_CODE}
    aimed = {row["code_indicateur"]: row for row in progress if row["code_region"] == NATIONAL_CODE}
    for code, card in zip(KEY_INDICATORS, shown.indicators, strict=True):
        total, told, definition = national[code], plain(card.html), definitions[code]
        pair = None if total["numerateur"] is None else Pair(total["numerateur"], total["denominateur"])
        millions = wording.is_euros(definition) and pair and pair.numerator >= wording.MILLION * SCALE
        number = formats.number(Fraction(pair.numerator, wording.MILLION * SCALE), 2) if millions and pair else (
            formats.figure(definition, pair)
        )  # fmt: skip
        assert f" {plain(number)} " in told
        assert ("partiel :" in told) == (total["couverture"] is Coverage.PARTIAL)
        if total["couverture"] in (Coverage.PARTIAL, Coverage.COMPLETE):
            assert re.search(rf"\b{total['regions_renseignees']} régions? sur {total['regions_dues']}\b", told)
        if aimed[code]["taux"] is not None:
            assert f"réalisation {plain(wording.achieved(aimed[code]['taux']))}" in told
    chantiers = [row for row in progress if row["code_indicateur"] == "*" and row["taux"] is not None]
    advanced = plain(shown.by_chantier)
    for row in chantiers:
        rate = plain(wording.rate(row["taux"]))
        assert f"{rate} {row['indicateurs_mesures']}/{row['indicateurs_attendus']}" in advanced
    assert advanced.count(" %") == len(chantiers)


def named(columns: Sequence[Column], row: Cells) -> dict[str, Any]:
    return dict(zip((column.name for column in columns), row, strict=True))


def plain(markup: str) -> str:
    """Spaces made plain, tags and their classes gone."""
    return re.sub(r"[\s\u202f\u00a0]+", " ", re.sub(r"<[^>]+>", " ", unescape(markup)))
