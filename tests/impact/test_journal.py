"""The journal: who may read it, how it is searched, and how its facts are told in French."""

import ast
from datetime import date

import pytest
from sqlmodel import Session

from impact import rules
from impact.errors import Forbidden
from impact.exports.journal import HistoryFact
from impact.figures import Cell
from impact.permissions import Actor
from impact.queries import journal
from impact.queries.book import Book
from impact.queries.journal import JournalFilter
from impact.services import accounts, calendar, entries, evidence, history, mobilisations, readings, reviews, texts
from impact.services.facts import KEPT
from impact.services.pieces import PIECE_FACTS, VERSION_FACTS
from impact.settings import ROOT
from impact.ui.admin import naming, words
from impact.ui.admin.acts import ACTIONS
from impact.vocabulary import LegalPage, LinkPurpose, Role
from impact.workflow import Step
from tests.cast import ADA, CLAIRE, KARIM, ODILE, PICARDIE, REMI, TODAY

T1, T3 = "2010-2011-T1", "2010-2011-T3"


@pytest.fixture
def told(session: Session) -> Session:
    """A database in which something of everything happened."""
    draft, _ = rules.read_draft(
        Book(session).definition("FOR-04"), Cell(PICARDIE, "FOR-04", T3), {"valeur": "1 234", "source": "Registre"}
    )
    assert draft is not None
    entries.save_entry(session, KARIM, draft)
    calendar.set_deadline(session, ODILE, T1, date(2011, 2, 1))
    calendar.reopen_period(session, ODILE, T1, PICARDIE, TODAY, "pièces reçues à 100 %")
    mobilisations.mobilise(session, ODILE, PICARDIE, "COO", primary=True)
    created = accounts.create_account(session, ADA, "zoe@example.org", "Zoé", Role.CONTRIBUTOR, [PICARDIE])
    accounts.new_link(session, ADA, created.id or 0, LinkPurpose.ACTIVATION)
    texts.write_legal_text(session, ADA, LegalPage.NOTICE, "Éditeur : le réseau.", None)
    history.record(session, "le service technique", "account.disable", "ancien@example.org")
    return session


def subjects(session: Session, **wanted: object) -> list[str]:
    return sorted(fact.subject for fact in journal.acts(session, ODILE, JournalFilter(**wanted)))  # type: ignore[arg-type]


def changes(session: Session, action: str) -> list[str]:
    known = naming.names(Book(session))
    facts = journal.acts(session, ODILE, JournalFilter(action=action))
    return [str(change) for change in words.changes(facts[0], known)]


@pytest.mark.parametrize("person", [CLAIRE, KARIM, REMI], ids=lambda person: person.name)
def test_the_journal_is_for_the_national_office(session: Session, person: Actor) -> None:
    for read in (journal.people, journal.first_day):
        with pytest.raises(Forbidden, match="bureau national"):
            read(session, person)
    for read in (journal.count, journal.acts):  # type: ignore[assignment]
        with pytest.raises(Forbidden, match="bureau national"):
            read(session, person, JournalFilter())  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"person": KARIM.email}, ["FOR-04, Picardie, 2010-2011-T3"]),
        ({"person": "le service technique"}, ["ancien@example.org"]),
        ({"action": "set_deadline"}, [T1]),
        ({"indicator": "FOR-04"}, ["FOR-04, Picardie, 2010-2011-T3"]),
        ({"period": T1}, [T1, f"{T1}, Picardie"]),
        ({"region": "FR", "action": "legal_text"}, ["Mentions légales"]),
        ({"region": "73"}, []),
        ({"text": "100 %"}, [f"{T1}, Picardie"]),
        ({"text": "100_%"}, []),
        ({"text": "ZOE@"}, ["zoe@example.org", "zoe@example.org"]),
        ({"text": "Zoé"}, ["zoe@example.org"]),
        ({"text": "Éditeur"}, ["Mentions légales"]),
        ({"text": "'; drop table history; --"}, []),
        ({"start": date(2011, 7, 11)}, []),
        ({"end": date(2011, 7, 9)}, []),
        ({"start": TODAY, "end": TODAY, "action": "save"}, ["FOR-04, Picardie, 2010-2011-T3"]),
    ],
)
def test_a_search_narrows_by_everything_asked(told: Session, wanted: dict[str, object], expected: list[str]) -> None:
    assert subjects(told, **wanted) == expected
    assert journal.count(told, ODILE, JournalFilter(**wanted)) == len(expected)  # type: ignore[arg-type]


def test_pages_follow_each_other_without_a_gap_and_the_latest_act_comes_first(session: Session) -> None:
    for number in range(journal.PAGE_SIZE + 3):
        history.record(session, ODILE, "save", f"acte {number}", chain="22")

    first, second, none = (journal.acts(session, ODILE, JournalFilter(), page) for page in (1, 2, 3))
    assert [fact.subject for fact in first + second] == [f"acte {n}" for n in reversed(range(journal.PAGE_SIZE + 3))]
    assert len(second) == 3
    assert none == []


def test_people_are_named_and_operators_keep_their_words(told: Session) -> None:
    assert journal.people(told, ODILE) == {
        ADA.email: "Ada Garnier",
        KARIM.email: "Karim Benali",
        "le service technique": "le service technique",
        ODILE.email: "Odile Martin",
    }


def test_what_changed_is_told_in_french(told: Session) -> None:
    assert changes(told, "set_deadline") == ["Échéance : 15/01/2011 → 01/02/2011"]
    assert changes(told, "save")[:3] == ["Valeur : 1\u202f234", "Source : Registre", "Début couvert : 01/04/2011"]
    assert changes(told, "account.create") == [
        "Nom : Zoé", "Rôle : équipe régionale", "Régions : Picardie", "En activité : oui",
    ]  # fmt: skip
    assert changes(told, "mobilise") == [
        "Région : Picardie", "Chantier : Coopérations économiques", "Début : 15/10/2010", "Chantier principal : oui",
    ]  # fmt: skip
    assert changes(told, "account.link")[0] == "Usage du lien : activation du compte"
    assert changes(told, "legal_text")[0].endswith("→ Éditeur : le réseau.")


def test_figures_of_a_part_and_its_breakdown_are_told_with_their_labels(session: Session) -> None:
    known = naming.names(Book(session))
    fact = HistoryFact(
        "73", 1, None, None, "", "save", "", "PRE-03", T3,  # type: ignore[arg-type]
        {"numerator": 90_000, "denominator": 220_000, "breakdowns": {"sexe/femmes": [50_000, 100_000]}},
        {"numerator": 130_000, "denominator": 230_000, "breakdowns": {}, "status": "validated", "validated_by": 3},
        "", "",
    )  # fmt: skip

    assert [str(change) for change in words.changes(fact, known)] == [
        "Valeur : 9 sur 22 → 13 sur 23", "Statut : validé", "Ventilation, Femmes : 5 sur 10 → aucun",
    ]  # fmt: skip


def recorded_actions() -> set[str]:
    """The third argument of every history.record(...) and log(...) of the services, where it is written out."""
    named_apart = (evidence.ADD, evidence.ATTACH, evidence.DETACH, evidence.REPLACE, evidence.DESCRIBE)
    found = {step.value for step in Step} | {reviews.BEGIN, evidence.WITHDRAW, evidence.MOVED, *named_apart}
    found |= {readings.READ, readings.UNREAD, readings.VERIFY, readings.UNVERIFY}
    for path in (ROOT / "impact" / "services").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and ast.unparse(node.func) == "history.record"
            if named and isinstance(node.args[2], ast.Constant):  # type: ignore[attr-defined]
                found.add(node.args[2].value)  # type: ignore[attr-defined]
    return found


def test_every_act_and_every_kept_fact_has_its_french_words() -> None:
    assert recorded_actions() - ACTIONS.keys() == set()
    assert ACTIONS.keys() >= history.STILL, "an act that moves no stage, under another name"
    kept = {*KEPT, *VERSION_FACTS, *PIECE_FACTS}
    assert kept - words.FIELDS.keys() - words.UNTOLD == set()


def test_unknown_facts_are_told_as_they_are_rather_than_hidden(session: Session) -> None:
    known = naming.names(Book(session))
    fact = HistoryFact("FR", 1, None, None, "", "x", "", "", "", None, {"neuf": {"a": 1}, "liste": [1, 2]}, "", "")  # type: ignore[arg-type]

    assert [str(change) for change in words.changes(fact, known)] == ["liste : 1, 2", 'neuf : {"a": 1}']
    assert words.action("x") == "x"
