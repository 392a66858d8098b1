"""An explanation has an address: a colleague who opens it reads the same, or is told why not."""

import re
from zlib import crc32

import pytest

from impact.db import Database
from impact.presentation import questions
from impact.presentation.questions import Kind, Question
from tests.cast import CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI
from tests.pages import scenes
from tests.pages.scenes import MEASURING, T2, T3, TRAINED, html, look, opened, words

PAGE = "explication"


@pytest.fixture(autouse=True)
def furnished(sqlite_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_PUBLIC_URL", "https://impact.example.org")
    scenes.furnish()


def test_a_total_is_walked_back_to_who_entered_and_validated_each_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    said = words(look(monkeypatch, PAGE, REMI, nombre="total", indicateur=TRAINED))
    assert "FOR-04 Personnes ayant achevé une formation, ensemble des régions." in said
    assert "Picardie 25 = 25 personnes" in said
    assert re.search(
        r"Picardie T1 10 ✓ validé F2 documenté saisi et soumis par Odile Martin le [\d/: ]+ ; validé par Ada", said
    )
    assert "Écarté, soumis, pas encore validé : Picardie (T3)." in said
    assert "https://impact.example.org/explication?nombre=total&amp;indicateur=FOR-04" in said


def test_links_lead_to_the_definition_each_figure_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    page = html(look(monkeypatch, PAGE, REMI, nombre="total", indicateur=TRAINED, region=PICARDIE, periode=T2))
    assert 'href="referentiel?indicateur=FOR-04&amp;version=1"' in page
    assert f'href="explication?nombre=chiffre&amp;indicateur=FOR-04&amp;region=22&amp;periode={T2}' in page
    assert f'href="region?region=22&amp;periode={T2}"' in page


def test_a_figure_shows_its_evidence_and_to_its_own_team_its_history(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"nombre": "chiffre", "indicateur": MEASURING, "region": MIDI_PYRENEES, "periode": T2}
    own = look(monkeypatch, PAGE, CLAIRE, **asked)
    assert "56,5 % (13 sur 23)" in words(own)
    assert "lien non vérifié" in words(own)
    assert "Chiffre validé" in words(own)
    other = look(monkeypatch, PAGE, KARIM, **asked)
    assert "56,5 % (13 sur 23)" in words(other)
    assert "Son histoire" not in words(other)
    assert "Chiffre validé" not in words(other)


def test_drafts_and_submissions_of_others_show_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = {"nombre": "chiffre", "indicateur": MEASURING, "region": MIDI_PYRENEES, "periode": T3}
    assert "14 sur 23" in words(look(monkeypatch, PAGE, CLAIRE, **draft))
    for stranger in (KARIM, REMI):
        said = words(look(monkeypatch, PAGE, stranger, **draft))
        assert "○ manquant" in said
        assert not re.search(r"\b14\b(?!/)", said)
    submitted = {"nombre": "chiffre", "indicateur": TRAINED, "region": PICARDIE, "periode": T3}
    said = words(look(monkeypatch, PAGE, CLAIRE, **submitted))
    assert "soumis, pas encore validé" in said
    assert "20 personnes" not in said
    assert "20 personnes" in words(look(monkeypatch, PAGE, ODILE, **submitted))


def test_provisional_totals_are_refused_to_those_who_may_not_see_them(monkeypatch: pytest.MonkeyPatch) -> None:
    country = {"nombre": "total", "indicateur": TRAINED, "chiffres": "provisoires"}
    assert "45 personnes" in words(look(monkeypatch, PAGE, ODILE, **country))
    assert "45 personnes" in words(look(monkeypatch, PAGE, KARIM, region=PICARDIE, **country))
    for person, asked in ((KARIM, country), (REMI, country), (CLAIRE, {**country, "region": PICARDIE})):
        said = words(look(monkeypatch, PAGE, person, **asked))
        assert "Les chiffres provisoires ne sont visibles que pour votre propre région." in said
        assert "45 personnes" not in said


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"nombre": "rien"},
        {"nombre": "total", "indicateur": "<script>alert(1)</script>"},
        {"nombre": "total", "indicateur": TRAINED, "region": "' OR 1=1 --"},
        {"nombre": "total", "indicateur": TRAINED, "periode": "2009-2010-T1"},
        {"nombre": "total", "indicateur": TRAINED, "campagne": "1999-2000"},
        {"nombre": "chiffre", "indicateur": TRAINED},
        {"nombre": "total", "indicateur": TRAINED, "preuve": "F12"},
    ],
)
def test_an_address_that_names_no_number_says_so(monkeypatch: pytest.MonkeyPatch, asked: dict[str, str]) -> None:
    seen = look(monkeypatch, PAGE, REMI, **asked)
    assert "Cette adresse ne désigne aucun nombre" in words(seen)
    assert "<script>" not in html(seen)


@pytest.mark.parametrize(
    ("asked", "more"),
    [
        ({"nombre": "avancement", "region": PICARDIE, "chantier": "FOR"}, {"indicateur": TRAINED}),
        ({"nombre": "completude"}, {"indicateur": TRAINED, "preuve": "F2"}),
        ({"nombre": "etats"}, {"region": PICARDIE, "indicateur": TRAINED}),
        ({"nombre": "total", "indicateur": TRAINED}, {"region": "FR", "chantier": "PRE", "feuille": "seule"}),
    ],
)
def test_what_says_nothing_of_a_number_does_not_change_it(
    monkeypatch: pytest.MonkeyPatch, asked: dict[str, str], more: dict[str, str]
) -> None:
    """A parameter too many once narrowed what was read, and gave another number under the same title."""
    assert html(look(monkeypatch, PAGE, REMI, **asked)) == html(look(monkeypatch, PAGE, REMI, **asked, **more))


def test_a_popover_reads_nothing_until_it_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, "preuve", REMI)
    assert "Ouvrir et partager" not in html(seen)
    question = Question(Kind.PROVEN, campaign="2010-2011")
    told = html(opened(seen, f"expliquer_{crc32(question.address.encode()):08x}"))
    assert "Ouvrir et partager cette explication" in told
    assert 'href="explication?nombre=part_prouvee&amp;campagne=2010-2011"' in told


@pytest.mark.parametrize("name", ["indicateur", "region", "chantier", "periode", "campagne"])
def test_a_null_character_asks_nothing_of_the_database(name: str) -> None:
    """PostgreSQL refuses it with an error of its own, whose page would be an incident."""
    assert questions.read({"nombre": "total", "indicateur": TRAINED, name: f"{TRAINED}\0"}) is None
