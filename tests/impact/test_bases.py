"""How figures were counted is read with the same limits as the figures."""

from datetime import date

from sqlmodel import Session

from impact.comparability import Counted
from impact.figures import Cell
from impact.permissions import EVERYTHING, Scope, readable
from impact.queries import bases
from tests.cast import KARIM, PICARDIE, REMI
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
