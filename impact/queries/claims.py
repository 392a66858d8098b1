"""Reads of impact claims: what each says, what carries it, who read it, and the level that follows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.chain import plain
from impact.claims import MEASURED, ClaimKey, Estimate, FigureNow, Judged, Reading, Stated, level
from impact.errors import NotFound
from impact.figures import Cell, Pair
from impact.models import Account, Breakdown, Claim, ClaimFigure, ClaimReading, ClaimVersion, Entry, IndicatorVersion
from impact.permissions import Scope
from impact.proof import READ as CARRYING
from impact.queries.authorship import authors_ever
from impact.queries.claim_views import Carrying, ClaimRow, PastClaim, ReadingRow, VersionRow
from impact.rules.claims import ClaimDraft
from impact.vocabulary import Answer, Filter, Finding, Stage, Status

CLAIM: sa.Table = Claim.__table__  # type: ignore[attr-defined]
VERSION: sa.Table = ClaimVersion.__table__  # type: ignore[attr-defined]
CARRIED: sa.Table = ClaimFigure.__table__  # type: ignore[attr-defined]
READ: sa.Table = ClaimReading.__table__  # type: ignore[attr-defined]
ENTRY: sa.Table = Entry.__table__  # type: ignore[attr-defined]
PART: sa.Table = Breakdown.__table__  # type: ignore[attr-defined]
DEFINITION: sa.Table = IndicatorVersion.__table__  # type: ignore[attr-defined]
ACCOUNT: sa.Table = Account.__table__  # type: ignore[attr-defined]
BREAKDOWNS = "breakdowns"


def claims(session: Session, scope: Scope, *, chantier: str = "", regions: Collection[str] = ()) -> list[ClaimRow]:
    """Those that the reader may see, by region and number: their own region's, and those that are public."""
    wanted = [VERSION.c.chantier_code == chantier] if chantier else []
    wanted += [CLAIM.c.region_code.in_(sorted(regions))] if regions else []
    return [one for one in _rows(session, wanted) if _sees(scope, one)]


def claim(session: Session, scope: Scope, key: ClaimKey) -> ClaimRow:
    """NotFound where there is none, or none that this reader may see: the two are not told apart."""
    found = _rows(session, [CLAIM.c.region_code == key.region, CLAIM.c.number == key.number])
    if not found or not _sees(scope, found[0]):
        raise NotFound("Cette affirmation n’existe pas, ou n’est pas ouverte à votre compte.")
    return found[0]


def levels(session: Session) -> dict[Cell, int]:
    """The highest level, P1 or more, that claims give to the cells that carry them, where the indicator takes grade P.

    Such claims are everybody's to read.
    """
    held: dict[Cell, int] = {}
    any_of = READ.alias()
    is_read = sa.exists().where(any_of.c.region_code == CLAIM.c.region_code, any_of.c.claim_number == CLAIM.c.number)
    for one in _rows(session, [is_read]):
        for cell, figure in one.figures.items():
            if one.level and figure.now.effect:
                held[cell] = max(held.get(cell, one.level), one.level)
    return held


def read_on_study(session: Session, region: str, number: int) -> ClaimKey | None:
    """The first claim in force whose study is this piece of its region, and that somebody has read as it stands."""
    is_read = sa.exists().where(
        READ.c.region_code == VERSION.c.region_code,
        READ.c.claim_number == VERSION.c.claim_number,
        READ.c.version == VERSION.c.version,
    )
    query = (
        sa.select(VERSION.c.region_code, VERSION.c.claim_number)
        .select_from(_in_force())
        .where(VERSION.c.region_code == region, VERSION.c.study_number == number, CLAIM.c.withdrawn_at.is_(None))
        .where(is_read)
        .order_by(VERSION.c.claim_number)
        .limit(1)
    )
    row = session.connection().execute(query).first()
    return ClaimKey(*row) if row else None


def standing_contradictions(session: Session, chantier: str = "") -> list[PastClaim]:
    """Null and adverse results that were read at P2 or more, and whose claim does not reach P2 any more, by claim.

    A claim that is reworded, or whose figures change, waits for new readers; what it contradicted stays contradicted
    until it is read again or withdrawn. What is told was everybody's to read.
    """
    same = (
        (READ.c.region_code == VERSION.c.region_code)
        & (READ.c.claim_number == VERSION.c.claim_number)
        & (READ.c.version == VERSION.c.version)
    )
    of_claim = (CLAIM.c.region_code == VERSION.c.region_code) & (CLAIM.c.number == VERSION.c.claim_number)
    query = (
        sa.select(VERSION, READ.c.figures)
        .select_from(READ.join(VERSION, same).join(CLAIM, of_claim))
        .where(CLAIM.c.withdrawn_at.is_(None), READ.c.level >= MEASURED)
        .where(VERSION.c.finding.in_([Finding.NONE.value, Finding.ADVERSE.value]))
        .order_by(VERSION.c.version, READ.c.number)
    )
    read = {ClaimKey(row.region_code, row.claim_number): row for row in session.connection().execute(query)}
    now = {one.key: one.level or 0 for one in _rows(session, [])} if read else {}
    return [
        PastClaim(key, row.chantier_code, row.sentence, Judged(Stage(row.stage), Finding(row.finding), MEASURED))
        for key, row in sorted(read.items())
        if now.get(key, 0) < MEASURED and chantier in ("", row.chantier_code) and _was_documented(row.figures)
    ]


def _was_documented(figures: Mapping[str, Mapping[str, Any]]) -> bool:
    """Without a source and a piece or link behind one of its figures, it was never at P2."""
    return any(one.get("source") and (one.get("evidence") or one.get("evidence_link")) for one in figures.values())


def versions(session: Session, key: ClaimKey) -> list[VersionRow]:
    """Everything that a claim ever said, oldest first; for those who may see the claim."""
    query = (
        sa.select(VERSION, ACCOUNT.c.name)
        .join(ACCOUNT, ACCOUNT.c.id == VERSION.c.written_by)
        .where(VERSION.c.region_code == key.region, VERSION.c.claim_number == key.number)
        .order_by(VERSION.c.version)
    )
    carried = sa.select(CARRIED).where(CARRIED.c.region_code == key.region, CARRIED.c.claim_number == key.number)
    figures: dict[int, list[Cell]] = {}
    for row in session.connection().execute(carried):
        figures.setdefault(row.version, []).append(_cell(row))
    return [
        VersionRow(_said(row, figures.get(row.version, ())), row.name, row.written_at)
        for row in session.connection().execute(query)
    ]


def _sees(scope: Scope, one: ClaimRow) -> bool:
    return scope.own is None or scope.sees_all_of(one.key.region) or one.is_public


def _rows(session: Session, wanted: Sequence[sa.ColumnElement[bool]]) -> list[ClaimRow]:
    heads = list(session.connection().execute(_heads(wanted)))
    if not heads:
        return []
    figures = _figures(session, wanted)
    readings = _readings(session, wanted)
    authors = _authors(session, wanted, figures)
    return [
        _row(head, figures.get(key, {}), readings.get(key, ()), authors[key])
        for head in heads
        for key in [ClaimKey(head.region_code, head.claim_number)]
    ]


def _heads(wanted: Sequence[sa.ColumnElement[bool]]) -> sa.Select[Any]:
    withdrawer = ACCOUNT.alias()
    return (
        sa.select(
            VERSION, CLAIM.c.withdrawn_at, CLAIM.c.withdrawn_reason, ACCOUNT.c.name.label("written_name"),
            withdrawer.c.name.label("withdrawn_name"),
        )
        .select_from(_in_force())
        .join(ACCOUNT, ACCOUNT.c.id == VERSION.c.written_by)
        .outerjoin(withdrawer, withdrawer.c.id == CLAIM.c.withdrawn_by)
        .where(*wanted)
        .order_by(VERSION.c.region_code, VERSION.c.claim_number)
    )  # fmt: skip


def _in_force() -> sa.FromClause:
    same = (CLAIM.c.region_code == VERSION.c.region_code) & (CLAIM.c.number == VERSION.c.claim_number)
    return CLAIM.join(VERSION, same & (CLAIM.c.version == VERSION.c.version))


def _carried() -> sa.FromClause:
    """Claims in force with the cells that carry them."""
    return _in_force().join(
        CARRIED,
        (CARRIED.c.region_code == VERSION.c.region_code)
        & (CARRIED.c.claim_number == VERSION.c.claim_number)
        & (CARRIED.c.version == VERSION.c.version),
    )


def _of_cell(table: sa.Table) -> sa.ColumnElement[bool]:
    return (
        (table.c.region_code == CARRIED.c.figure_region_code)
        & (table.c.indicator_code == CARRIED.c.indicator_code)
        & (table.c.period_code == CARRIED.c.period_code)
    )


def _cell(row: Any) -> Cell:
    return Cell(row.figure_region_code, row.indicator_code, row.period_code)


def _figures(session: Session, wanted: Sequence[sa.ColumnElement[bool]]) -> dict[ClaimKey, dict[Cell, Carrying | None]]:
    """By claim, every carrying cell; None where nothing is stored there any more."""
    told = ("status", "reliability", *(name for name in CARRYING if name != BREAKDOWNS))
    query = (
        sa.select(CARRIED, *(ENTRY.c[name] for name in told), DEFINITION.c.proof_of_effect)
        .select_from(
            _carried()
            .outerjoin(ENTRY, _of_cell(ENTRY))
            .outerjoin(
                DEFINITION,
                (DEFINITION.c.indicator_code == ENTRY.c.indicator_code)
                & (DEFINITION.c.version == ENTRY.c.indicator_version),
            )
        )
        .where(*wanted)
        .order_by(CARRIED.c.figure_region_code, CARRIED.c.indicator_code, CARRIED.c.period_code)
    )
    parts = _parts(session, wanted)
    found: dict[ClaimKey, dict[Cell, Carrying | None]] = {}
    for row in session.connection().execute(query):
        own = found.setdefault(ClaimKey(row.region_code, row.claim_number), {})
        own[_cell(row)] = _carrying(row, parts.get(_cell(row), {})) if row.answer is not None else None
    return found


def _carrying(row: Any, parts: dict[str, list[int | None]]) -> Carrying:
    status, answer = Status(row.status), Answer(row.answer)
    facts = {name: parts if name == BREAKDOWNS else plain(getattr(row, name)) for name in CARRYING}
    validated = status is Status.VALIDATED and answer is Answer.VALUE
    pair = None if row.numerator is None else Pair(row.numerator, row.denominator)
    now = FigureNow(validated, bool(row.proof_of_effect), row.reliability, facts)
    return Carrying(_cell(row), status, answer, pair, row.indicator_version, now)


def _parts(session: Session, wanted: Sequence[sa.ColumnElement[bool]]) -> dict[Cell, dict[str, list[int | None]]]:
    query = sa.select(PART).distinct().select_from(_carried().join(PART, _of_cell(PART))).where(*wanted)
    found: dict[Cell, dict[str, list[int | None]]] = {}
    for row in session.connection().execute(query):
        cell = Cell(row.region_code, row.indicator_code, row.period_code)
        found.setdefault(cell, {})[f"{row.axis_code}/{row.category_code}"] = [row.numerator, row.denominator]
    return found


def _readings(session: Session, wanted: Sequence[sa.ColumnElement[bool]]) -> dict[ClaimKey, list[ReadingRow]]:
    of_claim = (READ.c.region_code == CLAIM.c.region_code) & (READ.c.claim_number == CLAIM.c.number)
    query = (
        sa.select(READ, ACCOUNT.c.name)
        .select_from(_in_force().join(READ, of_claim).join(ACCOUNT, ACCOUNT.c.id == READ.c.reader_id))
        .where(*wanted)
        .order_by(READ.c.number)
    )
    found: dict[ClaimKey, list[ReadingRow]] = {}
    for row in session.connection().execute(query):
        figures = {Cell(*text.split("/")): facts for text, facts in row.figures.items()}
        reading = Reading(row.number, row.version, row.reader_id, frozenset(row.criteria), figures)
        found.setdefault(ClaimKey(row.region_code, row.claim_number), []).append(
            ReadingRow(reading, row.level, row.name, row.justification, row.study_reference, row.read_at)
        )
    return found


def _authors(
    session: Session, wanted: Sequence[sa.ColumnElement[bool]], figures: Mapping[ClaimKey, Collection[Cell]]
) -> dict[ClaimKey, frozenset[int]]:
    """Everyone who wrote a version, or whose a carrying figure ever was."""
    every = VERSION.alias()
    keys = sa.select(CLAIM.c.region_code, CLAIM.c.number).select_from(_in_force()).where(*wanted).subquery()
    query = sa.select(every.c.region_code, every.c.claim_number, every.c.written_by).join(
        keys, (every.c.region_code == keys.c.region_code) & (every.c.claim_number == keys.c.number)
    )
    hands: dict[ClaimKey, set[int | None]] = {}
    for region, number, writer in session.connection().execute(query):
        hands.setdefault(ClaimKey(region, number), set()).add(writer)
    by_cell = authors_ever(session, {cell for own in figures.values() for cell in own})
    for key, own in figures.items():
        for cell in own:
            hands[key] |= by_cell[cell]
    return {key: frozenset(one for one in found if one is not None) for key, found in hands.items()}


def _row(
    head: Any, figures: Mapping[Cell, Carrying | None], readings: Sequence[ReadingRow], authors: frozenset[int]
) -> ClaimRow:
    said = _said(head, figures)
    stated = Stated(
        ClaimKey(said.region, said.number), said.seen_version, said.chantier, said.stage, said.finding, said.figures,
        said.self_declared, head.withdrawn_at is not None, authors,
    )  # fmt: skip
    held = {cell: one for cell, one in figures.items() if one is not None}
    found = level(stated, [one.reading for one in readings], {cell: one.now for cell, one in held.items()})
    return ClaimRow(
        stated, said, head.written_name, head.written_at, head.withdrawn_name or "", head.withdrawn_at,
        head.withdrawn_reason, held, tuple(readings), found,
    )  # fmt: skip


def _said(row: Any, figures: Iterable[Cell]) -> ClaimDraft:
    return ClaimDraft(
        row.region_code, row.chantier_code, Stage(row.stage), Finding(row.finding), row.sentence,
        tuple(sorted(figures)), row.what, row.who, row.how_much, row.contribution, row.risk, row.self_declared,
        row.study_reference, row.study_number, estimates(row.counterfactual), row.claim_number, row.version,
        row.reason,
    )  # fmt: skip


def estimates(stored: Mapping[str, Any]) -> dict[Filter, Estimate | None]:
    """The filters as they are stored; one that is not there was not estimated."""
    held = {name: stored.get(name.value) for name in Filter}
    return {name: Estimate(**one) if one else None for name, one in held.items()}
