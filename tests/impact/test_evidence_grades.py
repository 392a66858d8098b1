"""Grade F through the services: a function of the history alone, whatever people do with figures and their evidence."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from impact.db import Database
from impact.errors import Forbidden, ImpactError, NotFound, Refused
from impact.figures import Cell
from impact.formats import day_of
from impact.maintenance.replay import replayed
from impact.maintenance.rollups import outdated
from impact.models import Entry, Evidence, History
from impact.permissions import Actor
from impact.proof import FIGURE, READ, Told
from impact.queries.authorship import lives
from impact.rules.evidence import EvidenceDraft, Verification
from impact.services import evidence, facts, readings, reviews, submission
from impact.services.pieces import PieceKey
from impact.services.readings import Reading
from impact.ui.readings import fell
from impact.vocabulary import Confidentiality, EvidenceKind, Status
from tests.cast import ADA, KARIM, ODILE, PICARDIE, TODAY
from tests.impact.test_entries import LINKED, SOURCED, save

TRAINED, SESSIONS = (Cell(PICARDIE, code, "2010-2011-T3") for code in ("FOR-04", "FOR-02"))
CELLS = (TRAINED, SESSIONS)
CHECKED = "la valeur y figure"


def described(link: str = "https://exemple.org/liste.pdf") -> EvidenceDraft:
    return EvidenceDraft(EvidenceKind.REGISTER, "Feuilles d’émargement", Confidentiality.NETWORK, link)


def piece(session: Session, actor: Actor, *cells: Cell) -> PieceKey:
    return evidence.add_piece(session, actor, PICARDIE, described(), cells)


def verified(report: int) -> Verification:
    return Verification("Jeanne Roy", "Cabinet Roy", date(2011, 7, 1), report)


@dataclass
class People:
    """What several people did to the figures of one region, and whose each figure is: noted beside the product."""

    session: Session
    authors: dict[Cell, set[int]] = field(default_factory=lambda: {cell: set() for cell in CELLS})

    def entry(self, cell: Cell) -> Entry | None:
        return self.session.get(Entry, cell)

    def facts(self, cell: Cell) -> dict[str, Any]:
        entry = self.entry(cell)
        return facts.snapshot(self.session, entry) if entry else {}

    def last_piece(self) -> Evidence:
        found = self.session.exec(select(Evidence).order_by(col(Evidence.number).desc())).first()
        if found is None:
            raise Refused("aucune pièce")
        return found

    def save(self, who: Actor, cell: Cell, number: int) -> None:
        entry = self.entry(cell)
        fields = (SOURCED, LINKED, {})[number % 3]
        save(self.session, who, cell, entry.version if entry else 0, valeur=str(number // 2), **fields)

    def comment(self, who: Actor, cell: Cell, number: int) -> None:
        """Another comment, and nothing else: the reading stands."""
        if entry := self.entry(cell):
            own = {"valeur": str((entry.numerator or 0) // 10_000), "source": entry.source}
            own |= {"famille_methode": entry.method_family, "lien_preuve": entry.evidence_link}
            save(self.session, who, cell, entry.version, **own, commentaire=str(number))

    def key(self) -> PieceKey:
        return PieceKey(PICARDIE, self.last_piece().number)

    def replace(self, who: Actor, number: int) -> None:
        link = described(f"https://exemple.org/{number}.pdf")
        evidence.replace_piece(self.session, who, self.key(), link, "corrigée", self.last_piece().version)


Act = Callable[[People, Actor, Cell, int], object]
ACTS: dict[str, Act] = {
    "save": lambda all_, who, cell, number: all_.save(who, cell, number),
    "comment": lambda all_, who, cell, number: all_.comment(who, cell, number),
    "add": lambda all_, who, cell, number: piece(all_.session, who, cell, *CELLS[: number % 2]),
    "attach": lambda all_, who, cell, _: evidence.attach(all_.session, who, all_.key(), [cell]),
    "detach": lambda all_, who, cell, _: evidence.detach(all_.session, who, all_.key(), [cell], "autre chiffre"),
    "replace": lambda all_, who, _, number: all_.replace(who, number),
    "withdraw": lambda all_, who, _, __: evidence.withdraw_piece(all_.session, who, all_.key(), "erreur"),
    "submit": lambda all_, who, cell, _: submission.submit_cells(all_.session, who, [cell]),
    "take back": lambda all_, who, cell, _: submission.take_back(all_.session, who, cell),
    "validate": lambda all_, who, cell, _: reviews.validate(all_.session, who, [cell]),
    "validate as read": lambda all_, who, cell, _: reviews.validate(
        all_.session, who, [cell], readings={cell: Reading(CHECKED)}
    ),
    "return": lambda all_, who, cell, _: reviews.send_back(all_.session, who, [cell], "à revoir"),
    "reopen": lambda all_, who, cell, _: reviews.reopen_entry(all_.session, who, cell, "à revoir"),
    "read": lambda all_, who, cell, _: readings.read_evidence(all_.session, who, {cell: Reading(CHECKED)}),
    "retract": lambda all_, who, cell, _: readings.retract_reading(all_.session, who, cell, "lue trop vite"),
    "verify": lambda all_, who, cell, _: readings.verify(all_.session, who, cell, verified(all_.key().number)),
    "unverify": lambda all_, who, cell, _: readings.withdraw_verification(all_.session, who, cell, "rapport annulé"),
}
USUAL = [*sorted(ACTS), "save", "submit", "validate as read", "read", "verify"]


def lived(who: Actor, steps: int) -> list[tuple[str, Actor, Cell, int]]:
    """Where a sequence begins: what usually happens to a figure, up to somewhere, so that what follows may undo it."""
    usual = [("save", who, 7), ("add", who, 0), ("submit", who, 0)]
    usual += [("validate as read", ADA, 0), ("verify", ADA, 0), ("reopen", ADA, 0)]
    return [(name, by, TRAINED, number) for name, by, number in usual[:steps]]


def story(seed: int) -> list[tuple[str, Actor, Cell, int]]:
    """Drawn evenly: left to itself Hypothesis repeats one act over and over, and hardly ever reads a figure."""
    chance = Random(seed)
    first = lived(chance.choice([KARIM, ODILE]), chance.choice([0, 3, 3, 4, 5, 6, 6]))
    return first + [
        (
            chance.choice(USUAL),
            chance.choice([KARIM, ODILE, ADA]),
            chance.choice([TRAINED, *CELLS]),
            chance.randrange(9),
        )
        for _ in range(14)
    ]


@settings(max_examples=45)
@given(st.integers(0, 2**32))
def test_whatever_people_do_the_grade_is_what_history_tells(sqlite_db: Database, seed: int) -> None:
    with Session(sqlite_db.writer, expire_on_commit=False) as session:
        people = People(session)
        for name, who, cell, number in story(seed):
            before = {one: people.facts(one) for one in CELLS}
            with session.begin_nested() as savepoint:
                try:
                    ACTS[name](people, who, cell, number)
                except ImpactError:
                    savepoint.rollback()
            session.expire_all()
            for one in CELLS:
                _holds(people, name, who, one, before[one])
        assert list(replayed(session)) == []
        assert list(outdated(session)) == []


def _holds(people: People, name: str, who: Actor, cell: Cell, before: dict[str, Any]) -> None:
    """What must be true of a figure after any act; its authors are counted from what changed, not from history."""
    entry, now = people.entry(cell), people.facts(cell)
    if entry is None:
        return
    submitted = (now["status"], before.get("status")) == (Status.SUBMITTED, Status.DRAFT) or (
        now["status"] == Status.SUBMITTED and before.get("status") == Status.RETURNED
    )
    if submitted or any(now[fact] != before.get(fact) for fact in FIGURE):
        people.authors[cell].add(who.id)
    if any(now[fact] != before.get(fact) for fact in READ):
        assert entry.reliability <= 2, f"{name} left F{entry.reliability}"
    if (reader := now["evidence_read_by"]) not in (None, before.get("evidence_read_by")):
        assert reader == who.id
        assert reader not in people.authors[cell], "an author read their own evidence"
    told = Told()
    for row in _rows(people.session, cell):
        told.follow(row.actor_id, row.after or {}, submits=row.action == "submit")
    assert entry.reliability == told.grade, name
    fall = lives(people.session, [cell])[cell].fall
    assert (fall is None) or entry.reliability < fall.before, "a fall is told only as long as it holds"


def _rows(session: Session, cell: Cell) -> list[History]:
    same = (History.chain == cell.region, History.indicator_code == cell.indicator, History.period_code == cell.period)
    return list(session.exec(select(History).where(*same).order_by(col(History.seq))))


# Refusals: each says what, where, and what to do


def submitted(session: Session, who: Actor = KARIM) -> PieceKey:
    """FOR-04, with a piece, submitted."""
    save(session, who, TRAINED, valeur="12", **SOURCED)
    key = piece(session, who, TRAINED)
    submission.submit_cells(session, who, [TRAINED])
    return key


def stored(session: Session) -> Entry:
    return session.get_one(Entry, TRAINED)


def refused(act: Callable[[], object], *said: str) -> None:
    with pytest.raises(Refused) as told:
        act()
    assert "FOR-04, Picardie" in str(told.value)
    for part in said:
        assert part in str(told.value)


def test_whoever_ever_was_an_author_reads_nothing_of_it(session: Session) -> None:
    """Odile corrected it once, long before its last validation; Karim then changed every part of it."""
    save(session, ODILE, TRAINED, valeur="11", **SOURCED)
    submission.submit_cells(session, ODILE, [TRAINED])
    reviews.validate(session, ADA, [TRAINED])
    reviews.reopen_entry(session, ADA, TRAINED, "à revoir")
    save(session, KARIM, TRAINED, stored(session).version, valeur="12", **LINKED)
    submission.submit_cells(session, KARIM, [TRAINED])
    said = {TRAINED: Reading(CHECKED)}
    refused(
        lambda: reviews.validate(session, ODILE, [TRAINED], readings=said), "l’un des auteurs", "une autre personne"
    )
    refused(lambda: readings.read_evidence(session, ODILE, said), "l’un des auteurs", "une autre personne")
    assert reviews.validate(session, ODILE, [TRAINED]) == 1, "she validates it, without reading it"
    assert readings.read_evidence(session, ADA, said) == 1
    assert stored(session).reliability == 3


def test_a_reading_is_of_what_was_seen_and_says_what_was_checked(session: Session) -> None:
    submitted(session)
    seen, version = stored(session).evidence, stored(session).version
    read = readings.read_evidence
    refused(lambda: read(session, ODILE, {TRAINED: Reading("  ", seen)}), "cochez ce que vous avez contrôlé")
    piece(session, KARIM, TRAINED)
    refused(lambda: read(session, ODILE, {TRAINED: Reading(CHECKED, seen)}), "pièces ont changé", "relisez-les")
    older = Reading(CHECKED, stored(session).evidence, version - 1)
    refused(lambda: read(session, ODILE, {TRAINED: older}), "le chiffre a changé", "relisez-le")
    read(session, ODILE, {TRAINED: Reading(CHECKED, stored(session).evidence, version)})
    assert (stored(session).evidence_checked, stored(session).reliability) == (CHECKED, 3)


def test_only_evidence_that_is_there_is_read_once_its_figure_is_submitted(session: Session) -> None:
    said = {TRAINED: Reading(CHECKED)}
    with pytest.raises(NotFound, match=r"FOR-04, Picardie.*aucun chiffre n’est enregistré"):
        readings.read_evidence(session, ODILE, said)
    save(session, KARIM, TRAINED, valeur="12", **SOURCED)
    refused(lambda: readings.read_evidence(session, ODILE, said), "« brouillon »", "une fois qu’il est soumis")
    submission.submit_cells(session, KARIM, [TRAINED])
    refused(lambda: readings.read_evidence(session, ODILE, said), "aucune pièce ni lien à lire")
    with pytest.raises(Forbidden, match="Seul le bureau national"):
        readings.read_evidence(session, KARIM, said)


def test_a_verification_needs_a_reading_a_report_and_somebody_else(session: Session) -> None:
    key = submitted(session)

    def verify(who: Actor = ODILE, report: int = key.number) -> None:
        readings.verify(session, who, TRAINED, verified(report))

    refused(verify, "« relu » (F3)", "sa pièce n’a pas été relue")
    reviews.validate(session, ODILE, [TRAINED], readings={TRAINED: Reading(CHECKED)})
    refused(lambda: verify(report=99), "la pièce qui contient le rapport n’existe pas")
    early = Verification("Jeanne Roy", "Cabinet Roy", date(2011, 3, 31), key.number)
    refused(lambda: readings.verify(session, ODILE, TRAINED, early), "31/03/2011 précède ce que le chiffre compte")
    verify()
    assert stored(session).reliability == 4
    with pytest.raises(Refused, match="rapport d’une vérification externe"):
        evidence.withdraw_piece(session, ODILE, key, "erreur")
    with pytest.raises(Refused, match="indiquez le motif"):
        readings.withdraw_verification(session, ODILE, TRAINED, " ")
    readings.withdraw_verification(session, ODILE, TRAINED, "rapport annulé")
    refused(lambda: readings.withdraw_verification(session, ODILE, TRAINED, "encore"), "aucune vérification externe")
    assert stored(session).reliability == 3


def test_taking_a_reading_back_takes_what_rested_on_it(session: Session) -> None:
    key = submitted(session)
    reviews.validate(session, ODILE, [TRAINED], readings={TRAINED: Reading(CHECKED)})
    readings.verify(session, ADA, TRAINED, verified(key.number))
    readings.retract_reading(session, ADA, TRAINED, "lue trop vite")
    entry = stored(session)
    assert (entry.reliability, entry.verified_on, entry.evidence_checked) == (2, None, "")
    refused(lambda: readings.retract_reading(session, ADA, TRAINED, "encore"), "personne n’a dit avoir lu sa pièce")


def test_history_tells_who_had_read_a_figure_and_what_ended_that(session: Session) -> None:
    submitted(session)
    reviews.validate(session, ODILE, [TRAINED], readings={TRAINED: Reading(CHECKED)})
    reviews.reopen_entry(session, ODILE, TRAINED, "à corriger")
    assert lives(session, [TRAINED])[TRAINED].fall is None, "reopening changes nothing of what was read"
    save(session, KARIM, TRAINED, stored(session).version, valeur="13", **SOURCED)
    fall = lives(session, [TRAINED])[TRAINED].fall
    assert fall is not None
    assert (fall.before, fall.after, fall.reader, fall.by) == (3, 2, "Odile Martin", "Karim Benali")
    assert (fall.changed, day_of(fall.at)) == (("numerator",), TODAY)
    assert "modifié depuis : la valeur (Karim Benali, 10/07/2011), F3\u00a0→\u00a0F2." in fell(fall)
    submission.submit_cells(session, KARIM, [TRAINED])
    reviews.validate(session, ADA, [TRAINED], readings={TRAINED: Reading(CHECKED)})
    assert lives(session, [TRAINED])[TRAINED].fall is None, "somebody read it again"
