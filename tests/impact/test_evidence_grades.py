"""Grade F through the services: a function of the history alone, whatever people do with figures and their evidence."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from impact.db import Database
from impact.errors import ImpactError, Refused
from impact.figures import Cell
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
from impact.vocabulary import Confidentiality, EvidenceKind, Status
from tests.cast import ADA, KARIM, ODILE, PICARDIE
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
STEPS = st.tuples(
    st.sampled_from([*sorted(ACTS), "save", "save", "read"]), st.sampled_from([KARIM, ODILE, ADA]),
    st.sampled_from([TRAINED, *CELLS]), st.integers(0, 8),
)  # fmt: skip
LIVED: list[tuple[str, Actor, Cell, int]] = [
    ("save", KARIM, TRAINED, 7), ("add", KARIM, TRAINED, 0), ("submit", KARIM, TRAINED, 0),
    ("validate as read", ADA, TRAINED, 0), ("verify", ADA, TRAINED, 0), ("reopen", ODILE, TRAINED, 0),
]  # fmt: skip
"""Where most sequences begin: what usually happens to a figure, up to somewhere, so that what follows may undo it."""


@settings(max_examples=60)
@given(st.sampled_from([0, 3, 4, 5, 6, 6, 6]), st.lists(STEPS, min_size=4, max_size=12))
def test_whatever_people_do_the_grade_is_what_history_tells(
    sqlite_db: Database, lived: int, acts: list[tuple[str, Actor, Cell, int]]
) -> None:
    with Session(sqlite_db.writer, expire_on_commit=False) as session:
        people = People(session)
        for name, who, cell, number in (*LIVED[:lived], *acts):
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
