"""The fixed cast of every test: who they are, what they may do, and how they are put into a database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from argon2 import PasswordHasher
from sqlmodel import Session

from impact.models import Account, AccountRegion, MobilisationSpell
from impact.permissions import Actor
from impact.vocabulary import Role

TODAY = date(2011, 7, 10)
START = date(2010, 10, 15)
PASSWORD = "une phrase de passe pour les essais"

MIDI_PYRENEES, PICARDIE = "73", "22"

CLAIRE = Actor(1, "claire@example.org", "Claire Dumont", Role.CONTRIBUTOR, frozenset({MIDI_PYRENEES}))
"""Regional team of Midi-Pyrénées, mobilised on PRE."""
KARIM = Actor(2, "karim@example.org", "Karim Benali", Role.CONTRIBUTOR, frozenset({PICARDIE}))
"""Regional team of Picardie, mobilised on FOR."""
ODILE = Actor(3, "odile@example.org", "Odile Martin", Role.NATIONAL)
REMI = Actor(4, "remi@example.org", "Rémi Lefèvre", Role.READER)
ADA = Actor(5, "ada@example.org", "Ada Garnier", Role.ADMIN)
DIDIER = Actor(6, "didier@example.org", "Didier Roux", Role.NATIONAL)
"""Served the national office; his account is disabled."""
STRANGER = Actor(7, "inconnu@example.org", "Inconnu", Role.CONTRIBUTOR)
"""Nobody's colleague: he has no account in the database, and no region."""

PEOPLE = (CLAIRE, KARIM, ODILE, REMI, ADA)
"""Those whose accounts are in force."""


@dataclass(frozen=True, slots=True)
class Commitment:
    region: str
    chantier: str


MOBILISED = (Commitment(MIDI_PYRENEES, "PRE"), Commitment(PICARDIE, "FOR"))


def settle(session: Session) -> None:
    """Add accounts, their regions and the mobilisations to a database that has its reference data."""
    hashed = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(PASSWORD)
    for person in (*PEOPLE, DIDIER):
        account = Account(
            email=person.email,
            name=person.name,
            role=person.role,
            password_hash=hashed,
            active=person is not DIDIER,
            created_at=datetime(2010, 10, 1, 9, tzinfo=UTC),
        )
        session.add(account)
        session.flush()
        assert account.id == person.id, "the cast must be the first accounts of the database"
        session.add_all([AccountRegion(account_id=person.id, region_code=code) for code in person.regions])
    for place in MOBILISED:
        session.add(
            MobilisationSpell(region_code=place.region, chantier_code=place.chantier, start_date=START, is_primary=True)
        )
    session.flush()
