"""One chantier, its chain and its regions compared, as everybody may see it."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import Session

from impact.claims import CRITERIA, mark
from impact.db import Database, transaction
from impact.figures import Cell
from impact.models import TargetRevision
from impact.permissions import EVERYTHING
from impact.queries.claims import claim
from impact.rules.claims import ClaimDraft, ReadingDraft
from impact.rules.evidence import EvidenceDraft
from impact.services import calendar, evidence, mobilisations, reviews
from impact.services.claims import read_claim, write_claim
from impact.vocabulary import Confidentiality, EvidenceKind, Finding, Stage
from tests.cast import ADA, CLAIRE, KARIM, ODILE, PICARDIE, REMI, START
from tests.pages import scenes
from tests.pages.scenes import LINKED, S1, T1, T2, T3, charts, html, look, opened, rows, words

PAGE = "chantier"
BOURGOGNE, RHONE_ALPES = "26", "82"
MATRIX = "Matrice de comparabilité, région par région"
ALL = "Tous les indicateurs du chantier, par région"
TRAINED = scenes.TRAINED


@pytest.fixture(autouse=True)
def furnished(sqlite_db: Database) -> None:
    """Picardie has trained 10 then 15, Bourgogne 7 each quarter: T3 of Picardie is submitted and not read by all."""
    scenes.furnish()
    with transaction() as session:
        for region in (BOURGOGNE, RHONE_ALPES):
            mobilisations.mobilise(session, ODILE, region, "FOR", primary=True, start=START)
        for period in (T1, T2, T3):
            scenes.validate(session, Cell(BOURGOGNE, TRAINED, period), valeur="7", **LINKED)


def train(region: str, **said: str) -> None:
    with transaction() as session:
        for period in (T1, T2, T3):
            scenes.validate(session, Cell(region, TRAINED, period), valeur="50", **{**LINKED, **said})


def test_a_team_finds_its_own_chantier_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert look(monkeypatch, PAGE, CLAIRE).title[0].value == "Langage de la preuve"
    assert look(monkeypatch, PAGE, KARIM).title[0].value == "Former et sensibiliser"
    assert look(monkeypatch, PAGE, KARIM, chantier="INN").title[0].value == "Innovation sociale"


def test_two_regions_that_count_other_populations_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The story of the strip: Rhône-Alpes says whom it counted; nobody else counts them, so it stands apart, unranked,
    although its figure is the largest."""
    train(RHONE_ALPES, population="Étudiants seulement")
    seen = look(monkeypatch, PAGE, REMI, chantier="FOR")
    told = words(seen)
    assert "= 1 comparable ≈ 1 partiellement comparable ≠ 1 non comparable ○ 0 sans chiffre" in told
    assert "Rhône-Alpes : population : « Étudiants seulement » (référence : comme la définition) ; méthode" in told
    assert "Les régions non comparables restent hors classement." in told
    apart = rows(opened(seen, "chantier_comparabilite"), MATRIX)
    assert apart["Rhône-Alpes"].startswith("Rhône-Alpes ≠ non comparable version 1 « Étudiants seulement »")
    assert "Population : « Étudiants seulement » (référence : comme la définition)" in apart["Rhône-Alpes"]
    assert "168 jours en commun sur 259" in apart["Bourgogne"]  # T3 of Picardie is not validated: two quarters of three
    assert drawn_names(seen) == ["1. Picardie", "2. Bourgogne ≈", "Rhône-Alpes ≠"]


def drawn_names(seen: Any) -> list[str]:
    """Of the chart of dots, top down."""
    traces = json.loads(charts(seen)[0].proto.spec)["data"]
    return list(next(trace["text"] for trace in traces if trace.get("name") == "names"))


def test_the_same_words_for_a_population_are_one_population(monkeypatch: pytest.MonkeyPatch) -> None:
    train(RHONE_ALPES, population=" ")
    assert "= 2 comparables" in words(look(monkeypatch, PAGE, REMI, chantier="FOR"))


def test_provisional_figures_are_the_offices(monkeypatch: pytest.MonkeyPatch) -> None:
    official = words(look(monkeypatch, PAGE, KARIM, chantier="FOR", chiffres="provisoires"))
    assert "(provisoire)" not in official
    seen = look(monkeypatch, PAGE, ODILE, chantier="FOR", chiffres="provisoires")
    assert seen.title[0].value == "Former et sensibiliser (provisoire)"
    assert rows(seen, ALL)["FOR-04 Personnes ayant achevé une formation"].endswith(
        "21 tout en F2 documenté 45 provisoire 67 % en F2 documenté , 33 % en F0 déclaré ○ aucun chiffre "
        "66 partiel, provisoire 77 % en F2 documenté , 23 % en F0 déclaré"
    )


def test_the_chain_shows_every_stage_and_its_holes(monkeypatch: pytest.MonkeyPatch) -> None:
    told = words(look(monkeypatch, PAGE, REMI, chantier="FOR"))
    places = [
        told.index(stage)
        for stage in ("1. Ressources", "2. Activités", "3. Réalisations", "4. Résultats", "5. Impacts")
    ]
    assert places == sorted(places)
    assert "FOR-01 Dépenses de formation" in told.split("2. Activités")[0]
    assert "○ aucun chiffre" in told.split("1. Ressources")[1].split("2. Activités")[0]
    assert "○ à venir" in told.split("FOR-08")[1][:120]
    assert "46 67 % en F2 documenté , 33 % en F0 déclaré partiel : 2 régions sur 3" in told.split("3. Réalisations")[1]


def test_each_link_of_the_chain_says_how_far_it_is_known_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trained people and their activity in one quarter of one region make a link observed; a claim that two readers
    compared establishes the next one, and an adverse one contradicts it for everybody to see."""
    half = Cell(PICARDIE, "FOR-05", S1)
    with transaction() as session:
        scenes.validate(session, Cell(PICARDIE, "FOR-02", T1), valeur="3", **LINKED)
        calendar.reopen_period(session, ODILE, S1, PICARDIE, date(2011, 8, 1), "pièces reçues")
        scenes.submit(session, KARIM, half, numerateur="6", denominateur="12", **LINKED)
        reviews.validate(session, ODILE, [half])
        claimed(session, half, Finding.EXPECTED)
    told = words(look(monkeypatch, PAGE, REMI, chantier="FOR"))
    assert "Lien de ressources à activités ○ hypothèse Aucune région n’a de chiffre validé aux deux bouts" in told
    assert (
        "Lien de activités à réalisations ◐ observé Chiffres validés aux deux bouts, même période : "
        "Picardie, FOR-02 T1 et FOR-04 T1." in told
    )
    assert "Lien de réalisations à résultats ● établi" in told
    assert "22-1 P3 comparé, effet attendu : Former change tout." in told
    with transaction() as session:
        claimed(session, half, Finding.ADVERSE)
    told = words(look(monkeypatch, PAGE, REMI, chantier="FOR"))
    assert "Lien de réalisations à résultats ✕ contredit" in told
    assert "22-2 P3 comparé, effet défavorable" in told
    assert 'href="affirmations?affirmation=22-1"' in html(look(monkeypatch, PAGE, REMI, chantier="FOR"))


def claimed(session: Session, figure: Cell, finding: Finding) -> None:
    """Written by the region, compared by two readers."""
    draft = ClaimDraft(PICARDIE, "FOR", Stage.OUTCOME, finding, "Former change tout.", (figure,))
    key = write_claim(session, KARIM, draft)
    for reader in (ODILE, ADA):
        row = claim(session, EVERYTHING, key)
        criteria = frozenset(code for level in (1, 2, 3) for code in CRITERIA[level])
        read_claim(session, reader, ReadingDraft(*key, mark(row.stated, row.now), criteria, "lue", "Étude"))


def test_the_answers_to_a_survey_stand_in_the_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    survey = EvidenceDraft(
        EvidenceKind.SURVEY, "Enquête", Confidentiality.NATIONAL, link="https://exemple.org/e.pdf", asked=300,
        respondents=120,
    )  # fmt: skip
    with transaction() as session:
        cells = [Cell(PICARDIE, TRAINED, period) for period in (T1, T2)]
        evidence.add_piece(session, KARIM, PICARDIE, survey, cells)
    held = rows(opened(look(monkeypatch, PAGE, REMI, chantier="FOR"), "chantier_comparabilite"), MATRIX)
    assert "120 sur 300, soit 40 %" in held["Picardie"]
    assert "168 jours du 15/10/2010 au 31/03/2011" in held["Picardie"]
    assert "non précisé" in held["Bourgogne"]


def test_a_means_is_not_ranked(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        for region in (BOURGOGNE, PICARDIE):
            scenes.validate(session, Cell(region, "FOR-01", T1), valeur="1000", **LINKED)
    seen = look(monkeypatch, PAGE, REMI, chantier="FOR", indicateur="FOR-01")
    assert "Indicateur de moyens : non classé" in words(seen)
    assert drawn_names(seen) == ["Bourgogne", "Picardie"]


def test_counts_may_be_read_per_inhabitant_and_shares_may_not(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI, chantier="FOR", mesure="habitants")
    assert drawn_names(seen) == ["1. Picardie", "2. Bourgogne ≈"]
    assert "personnes pour 100 000 habitants" in words(seen)
    explained = html(opened(seen, "expliquer_regions_comparees_"))
    assert "1,30" in explained.replace("\u202f", " ")  # 25 trained for 1 918 155 inhabitants of Picardie
    seen = look(monkeypatch, PAGE, REMI, chantier="PRE")
    assert "chantier_mesure" not in [box.key for box in seen.selectbox]


def test_small_shares_are_written_n_sur_n(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI, chantier="PRE", indicateur="PRE-12")
    assert "3 sur 7" in rows(seen, ALL)["PRE-12 Part des évaluations suivies d’une décision écrite"]
    assert "42,9" not in html(seen)


def test_a_target_stands_beside_the_region_with_its_state(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        session.add(TargetRevision(
            region_code=BOURGOGNE, indicator_code=TRAINED, campaign_code="2010-2011", number=1, value=20 * 10_000,
            due_date=date(2011, 9, 30), set_by=ODILE.id, set_at=datetime(2010, 11, 1, 9, tzinfo=UTC), set_on=START,
        ))  # fmt: skip
    seen = look(monkeypatch, PAGE, REMI, chantier="FOR")
    assert "◆ cible" in words(seen)
    assert "21 ● en avance ou conforme" in rows(seen, ALL)["FOR-04 Personnes ayant achevé une formation"]
    assert "nombre=realisation&amp;indicateur=FOR-04&amp;region=26" in html(seen)
    alone = look(monkeypatch, PAGE, REMI, chantier="FOR", periode=T2)
    assert "┊ attendu à date" not in words(alone)  # a quarter alone is no part of the way


def test_every_number_of_the_matrix_leads_to_its_explanation(monkeypatch: pytest.MonkeyPatch) -> None:
    told = html(look(monkeypatch, PAGE, REMI, chantier="FOR", preuve="F1"))
    assert (
        f"explication?nombre=total&amp;indicateur=FOR-04&amp;region={PICARDIE}&amp;campagne=2010-2011&amp;preuve=F1"
        in told
    )


def test_figures_below_the_proof_level_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI, chantier="FOR", preuve="F3")
    assert "Sans chiffre sur ces dates : Bourgogne (sous le niveau de preuve)" in words(seen)
    assert "sous le niveau de preuve" in rows(seen, ALL)["FOR-04 Personnes ayant achevé une formation"]


def test_each_region_has_its_course(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(charts(look(monkeypatch, PAGE, REMI, chantier="FOR"))) == 1 + 2


def test_links_to_other_indicators_keep_the_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    told = html(look(monkeypatch, PAGE, REMI, chantier="FOR", periode=T1, mesure="habitants"))
    assert f"chantier?chantier=FOR&amp;periode={T1}&amp;indicateur=FOR-05" in told


def test_a_chantier_without_a_region_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Aucune région n’est mobilisée sur ce chantier" in words(look(monkeypatch, PAGE, REMI, chantier="COO"))


def test_an_unknown_chantier_is_answered_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI, chantier="XYZ")
    assert "demande le chantier «\u202fXYZ\u202f»" in seen.warning[0].value
    assert seen.title[0].value == "Former et sensibiliser"
