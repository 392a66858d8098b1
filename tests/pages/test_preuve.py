"""The language of proof: practice side by side, totals by grade, figures without evidence."""

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest

from impact.db import Database
from tests.cast import ODILE, REMI
from tests.pages import scenes
from tests.pages.scenes import html, look, opened, rows, words

PAGE = "preuve"
PRACTICE = "Indicateurs du langage de la preuve par région"


@pytest.fixture(autouse=True)
def furnished(sqlite_db: Database) -> None:
    scenes.furnish()


def test_regions_on_the_chantier_stand_side_by_side_and_the_others_are_said_not_mobilised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = look(monkeypatch, PAGE, REMI)
    assert "Non mobilisées sur ce chantier : Picardie." in words(seen)
    practice = {name.split()[0]: row for name, row in rows(seen, PRACTICE).items()}
    assert "56,5 % 13 sur 23 partiel, dernière période vide valeur au 31/03/2011 F2 documenté" in practice["PRE-03"]
    assert "partiel, 0 région sur 1" in practice["PRE-03"]
    assert "5 valeur au 31/03/2011 F2 documenté non additif" in practice["PRE-05"]
    assert "3 sur 7 valeur au 31/03/2011 F2 documenté" in practice["PRE-12"]
    assert "PRE-14" not in practice


def test_every_number_of_the_practice_table_can_be_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI)
    asked = re.search(r'href="explication\?([^"]+)"[^>]*>56,5\u202f%', html(seen))
    assert asked
    explained = look(monkeypatch, "explication", REMI, **dict(parse_qsl(unescape(asked[1]))))
    assert "Midi-Pyrénées T2 13 23" in words(explained)
    assert "100 × 13 / 23 = 56,5" in words(explained)


def test_totals_are_taken_apart_by_grade_and_never_averaged(monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(opened(look(monkeypatch, PAGE, REMI), "composition_donnees"))
    assert "FOR-04 Personnes ayant achevé une formation 25 personnes, au plus bas F0 déclaré" in text
    assert re.search(r"achevé une formation 0 60,0 % 1 chiffre", text)
    assert re.search(r"achevé une formation 2 40,0 % 1 chiffre", text)


def test_validated_figures_without_evidence_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = rows(look(monkeypatch, PAGE, REMI), "Chiffres validés sans pièce")
    assert list(bare) == ["Picardie"]
    assert "FOR-04" in bare["Picardie"]
    assert "T2 F0 déclaré ni source ni pièce" in bare["Picardie"]
    assert "sont faits" in words(look(monkeypatch, PAGE, REMI, chantier="INN"))


def test_the_proof_level_leaves_figures_out_and_lowers_coverage(monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(look(monkeypatch, PAGE, REMI, preuve="F2"))
    assert "10 personnes, au plus bas F2 documenté" in text


def test_provisional_figures_are_marked_in_every_title(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, ODILE, chiffres="provisoires")
    assert seen.title[0].value == "Langage de la preuve (provisoire)"
    assert "FOR-04 Personnes ayant achevé une formation (provisoire) 45 personnes, au plus bas F0" in words(seen)
    assert look(monkeypatch, PAGE, REMI, chiffres="provisoires").title[0].value == "Langage de la preuve"
