"""What is exported comes back equal: figures, answers, words and breakdowns, in both dialects, on both engines."""

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from impact import imports, rules
from impact.db import Database, transaction
from impact.exports import ExportRequest
from impact.figures import SCALE, Cell, Definition, Pair
from impact.formats import clean_text
from impact.models import Breakdown, Entry, History, TypedDraft
from impact.permissions import EVERYTHING
from impact.queries.book import Book
from impact.queries.views import entry_views
from impact.rules import EntryDraft
from impact.services import exports
from impact.services.entries import save_entry
from impact.services.imports import apply
from impact.vocabulary import Answer, Dialect, ExportKind, Measure, MethodFamily
from tests.cast import ODILE
from tests.impact.files import import_lines, line

HOSTILE = (
    "=1+1",
    "'déjà",
    "''deux",
    "+33 1",
    "-12",
    "@ici",
    'dit "oui"; non, « peut-être »',
    "ligne 1\nligne 2\n\n3",
    "é€œ 𝄞",
)


def figures(session: Session) -> dict[Cell, EntryDraft]:
    """What is stored, as the drafts that would store it, versions apart."""
    views = entry_views(session, EVERYTHING)
    return {cell: rules.EntryDraft(**_fields(view.as_draft())) for cell, view in views.items()}


def _fields(draft: EntryDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in EntryDraft.__dataclass_fields__ if name != "seen_version"}


def empty(session: Session) -> None:
    for table in (Breakdown, Entry, TypedDraft, History):
        session.connection().execute(sa.delete(table))
    session.expire_all()


def exported(db: Database, dialect: Dialect) -> bytes:
    return b"".join(exports.stream(ExportKind.ENTRIES, ExportRequest(dialect=dialect), "essai", db))


def goes_round(db: Database, dialect: Dialect) -> None:
    with transaction(db) as session:
        before = figures(session)
    data = exported(db, dialect)
    with transaction(db) as session:
        empty(session)
        verdicts = apply(session, ODILE, imports.read(data))
        assert [verdict.messages for verdict in verdicts if verdict.messages] == []
        assert figures(session) == before


@pytest.mark.parametrize("dialect", Dialect)
def test_a_rich_world_goes_round(db: Database, dialect: Dialect) -> None:
    words = {
        "source": HOSTILE[0],
        "methode": HOSTILE[1],
        "population": HOSTILE[2],
        "lien_preuve": "https://a.org/x?é=1",
    }
    with transaction(db) as session:
        verdicts = import_lines(
            session, ODILE,
            line("01", "FOR-04", "T3", "0", commentaire=HOSTILE[7], famille_methode="sondage", **words),
            line("01", "FOR-04", "T3", "0", axe="sexe", modalite="femmes"),
            line("22", "FOR-04", "T1", "12", couverture_debut="2010-11-01", couverture_fin="30/11/2010"),
            line("22", "FOR-05", "S1", numerateur="9", denominateur="22", source=HOSTILE[6]),
            line("22", "FOR-05", "S1", numerateur="4", axe="sexe", modalite="femmes"),
            line("22", "FOR-05", "S1", numerateur="5", denominateur="12", axe="sexe", modalite="hommes"),
            line("22", "FOR-06", "S1", numerateur="0", denominateur="0", commentaire=HOSTILE[3]),
            line("22", "INN-07", "S1", "45,25", denominateur="8", commentaire=HOSTILE[4]),
            line("22", "INN-07", "S1", denominateur="0", axe="secteur", modalite="habitat"),
            line("22", "INN-07", "S2", denominateur="0", commentaire=HOSTILE[8]),
            line("22", "INN-01", "T1", "1 234,5", commentaire=HOSTILE[5]),
            line("22", "COO-08", "A", "-12,25"),
            line("22", "FOR-02", "T3", etat="non_disponible", motif=HOSTILE[0]),
            line("22", "FOR-03", "T3", etat="sans_objet", motif=HOSTILE[7]),
        )  # fmt: skip
        assert [verdict.messages for verdict in verdicts if verdict.messages] == []
        assert len(figures(session)) == 10
    goes_round(db, dialect)


TEXTS = st.text(max_size=40).map(clean_text)
CELLS = [
    Cell("22", "FOR-04", "2010-2011-T3"), Cell("22", "FOR-05", "2010-2011-S1"), Cell("73", "INN-07", "2010-2011-S2"),
    Cell("01", "INN-01", "2010-2011-T1"), Cell("31", "COO-08", "2010-2011-A"),
]  # fmt: skip


@st.composite
def pairs(draw: st.DrawFn, definition: Definition) -> Pair:
    step = SCALE // 10**definition.decimals
    lowest, highest = definition.minimum or 0, definition.maximum or 10**9
    if definition.measure is Measure.RATIO:
        whole = draw(st.integers(0, 10**6)) * step
        return Pair(draw(st.integers(0, whole // step)) * step, whole)
    value = draw(st.integers(-(-lowest // step), highest // step)) * step
    if definition.measure is not Measure.MEAN:
        return Pair(value)
    cases = draw(st.integers(0, 5_000))
    return Pair(value * cases, cases * SCALE)


@st.composite
def drafts(draw: st.DrawFn, definition: Definition, cell: Cell) -> EntryDraft:
    answer = draw(st.sampled_from(Answer))
    pair = draw(pairs(definition)) if answer is Answer.VALUE else None
    words = {name: draw(TEXTS) for name in ("source", "method", "population", "comment")}
    parts = {}
    for axis in definition.axes[:1] if pair else ():
        for category in axis.categories[: draw(st.integers(0, 2))]:
            parts[axis.code, category.code] = pair
    return EntryDraft(
        *cell, answer=answer, pair=pair, reason=draw(TEXTS) if answer is Answer.VALUE else draw(TEXTS.filter(bool)),
        method_family=draw(st.sampled_from(["", *MethodFamily])), breakdowns=parts, **words,
    )  # fmt: skip


@given(st.data(), st.sampled_from(Dialect))
@settings(max_examples=25)
def test_any_figures_go_round(sqlite_db: Database, data: st.DataObject, dialect: Dialect) -> None:
    with transaction(sqlite_db) as session:
        empty(session)
        book = Book(session)
        for cell in data.draw(st.lists(st.sampled_from(CELLS), unique=True, min_size=1)):
            save_entry(session, ODILE, data.draw(drafts(book.definition(cell.indicator), cell)))
    goes_round(sqlite_db, dialect)


def test_the_export_of_a_true_zero_is_a_zero_and_of_nothing_is_nothing(sqlite_db: Database) -> None:
    with transaction(sqlite_db) as session:
        import_lines(
            session,
            ODILE,
            line("22", "FOR-04", "T3", "0"),
            line("22", "FOR-02", "T3", etat="non_disponible", motif="x"),
        )
        assert session.exec(select(Entry.numerator).order_by(Entry.indicator_code)).all() == [None, 0]
    rows = exported(sqlite_db, Dialect.OPEN).decode().split("\r\n")
    assert rows[1].startswith("22,FOR-02,2010-2011-T3,,,,non_disponible,x,")
    assert rows[2].startswith("22,FOR-04,2010-2011-T3,0,,,valeur,,")
