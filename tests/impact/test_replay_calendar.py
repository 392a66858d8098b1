"""What decides which figures are due, changed behind the product's back: `check` says so."""

from datetime import date

import pytest
from sqlmodel import select

from impact.db import Database, transaction
from impact.maintenance import check
from impact.models import MobilisationSpell
from impact.services.calendar import reopen_period, set_deadline
from impact.services.mobilisations import demobilise, mobilise
from tests.cast import MOBILISED, ODILE


@pytest.fixture
def arranged(db: Database) -> Database:
    """Mobilisations, a moved deadline and a reopening, all through the services."""
    with transaction(db) as session:
        for spell in session.exec(select(MobilisationSpell)):
            session.delete(spell)
        session.flush()
        for place in MOBILISED:
            mobilise(session, ODILE, place.region, place.chantier, primary=True)
        mobilise(session, ODILE, "22", "INN", start=date(2011, 1, 1))
        mobilise(session, ODILE, "22", "INN", start=date(2010, 12, 1))
        mobilise(session, ODILE, "22", "COO", primary=True, start=date(2011, 4, 1))
        demobilise(session, ODILE, "22", "INN", date(2011, 6, 30))
        set_deadline(session, ODILE, "2010-2011-T3", date(2011, 7, 20))
        set_deadline(session, ODILE, "2010-2011-T3", date(2011, 7, 25))
        for day in (20, 25):
            reopen_period(session, ODILE, "2010-2011-T2", "22", date(2011, 7, day), "panne")
    return db


def test_check_accepts_what_the_services_left(arranged: Database) -> None:
    assert check(arranged) == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE mobilisation SET end_date = '2010-12-30' WHERE region_code = '73'", "région 73 sur PRE"),
        ("DELETE FROM mobilisation WHERE region_code = '73'", "la base ne l’a plus"),
        ("UPDATE mobilisation SET start_date = '2011-04-02' WHERE chantier_code = 'COO'", "l’historique ne la connaît"),
        ("UPDATE mobilisation SET is_primary = (1 = 0) WHERE chantier_code = 'COO'", "« is_primary » vaut False"),
        ("INSERT INTO mobilisation VALUES ('11', 'FOR', '2010-10-15', NULL, (1 = 0))", "région 11 sur FOR"),
        ("UPDATE period SET deadline = '2011-09-01' WHERE code = '2010-2011-T3'", "Échéance de 2010-2011-T3"),
        ("UPDATE reopening SET until = '2011-09-01' WHERE number = 2", "Réouverture n° 2 de 2010-2011-T2"),
        ("DELETE FROM reopening WHERE number = 1", "Réouverture n° 1 de 2010-2011-T2 pour la région 22"),
    ],
)
def test_check_finds_what_was_changed_by_hand(arranged: Database, statement: str, words: str) -> None:
    with arranged.writer.begin() as connection:
        connection.exec_driver_sql(statement)
    assert any(words in fault for fault in check(arranged)), check(arranged)
