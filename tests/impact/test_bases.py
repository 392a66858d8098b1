"""How figures were counted is read with the same limits as the figures."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from impact.comparability import Counted, Survey
from impact.figures import Cell
from impact.permissions import EVERYTHING, Scope, readable
from impact.queries import bases
from impact.rules.evidence import EvidenceDraft
from impact.services import evidence
from impact.vocabulary import Confidentiality, EvidenceKind
from tests.cast import KARIM, ODILE, PICARDIE, REMI
from tests.pages.scenes import LINKED, T1, T2, T3, submit, validate

TRAINED = Cell(PICARDIE, "FOR-04", T1)


def read(session: Session, scope: Scope) -> dict[Cell, Counted]:
    return bases.counted(session, scope, regions=[PICARDIE], indicators=["FOR-04"], periods=[T1, T2, T3])


def test_what_was_counted_and_when_is_read_of_visible_figures_alone(session: Session) -> None:
    validate(session, TRAINED, valeur="10", population="Étudiants", **LINKED)
    validate(session, TRAINED._replace(period=T2), etat="non_disponible", motif="Feuilles perdues.")
    submit(session, KARIM, TRAINED._replace(period=T3), valeur="20", couverture_debut="01/05/2011", **LINKED)
    first = Counted("Étudiants", "registre", date(2010, 10, 15), date(2010, 12, 31))
    third = Counted("", "registre", date(2011, 5, 1), date(2011, 6, 30))
    assert read(session, readable(REMI)) == {TRAINED: first}
    assert read(session, EVERYTHING) == read(session, readable(KARIM)) == {
        TRAINED: first, TRAINED._replace(period=T3): third,
    }  # fmt: skip


def test_only_what_is_asked_for_is_read(session: Session) -> None:
    validate(session, TRAINED, valeur="10", **LINKED)
    for asked in ({"regions": ["73"]}, {"indicators": ["FOR-03"]}, {"periods": [T2]}, {"periods": []}):
        narrow = {"regions": [PICARDIE], "indicators": ["FOR-04"], "periods": [T1]} | asked
        assert bases.counted(session, EVERYTHING, **narrow) == {}


SURVEY = EvidenceDraft(
    EvidenceKind.SURVEY, "Enquête", Confidentiality.NATIONAL, link="https://exemple.org/e.pdf", asked=300,
    respondents=120,
)  # fmt: skip


def surveys(session: Session, scope: Scope) -> dict[Cell, list[Survey]]:
    return bases.surveys(session, scope, regions=[PICARDIE], indicators=["FOR-04"], periods=[T1, T2, T3])


def test_how_many_answered_is_told_to_whoever_sees_the_figure_even_of_a_reserved_piece(session: Session) -> None:
    third = TRAINED._replace(period=T3)
    validate(session, TRAINED, valeur="10", **LINKED)
    submit(session, KARIM, third, valeur="20", **LINKED)
    evidence.add_piece(session, KARIM, PICARDIE, SURVEY, [TRAINED, third])
    told = [Survey(PICARDIE, 1, 300, 120)]
    assert surveys(session, readable(REMI)) == {TRAINED: told}
    assert surveys(session, readable(KARIM)) == {TRAINED: told, third: told}


def test_a_survey_counts_as_its_piece_stands_and_no_more_once_it_is_withdrawn(session: Session) -> None:
    validate(session, TRAINED, valeur="10", **LINKED)
    key = evidence.add_piece(session, KARIM, PICARDIE, SURVEY, [TRAINED])
    evidence.add_piece(session, KARIM, PICARDIE, replace(SURVEY, asked=None, respondents=None), [TRAINED])
    evidence.replace_piece(session, ODILE, key, replace(SURVEY, respondents=150), "deux relances", 1)
    assert surveys(session, EVERYTHING) == {TRAINED: [Survey(PICARDIE, 1, 300, 150)]}
    evidence.withdraw_piece(session, ODILE, key, "une autre enquête la remplace")
    assert surveys(session, EVERYTHING) == {}
