"""Reads of the shared lexicon. What regions say of its terms is for everybody who is signed in."""

from collections.abc import Collection
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact.errors import NotFound
from impact.formats import sortable
from impact.models import Account, TermStance, TermVersion
from impact.queries import catalogue
from impact.rules.lexicon import Lexicon, Taken, Term, TermDraft
from impact.vocabulary import Stance


def versions(session: Session, codes: Collection[str] | None = None) -> dict[str, tuple[Term, ...]]:
    """By code, oldest first; terms in the order of a dictionary, by their latest wording. codes: None = all."""
    query = (
        select(TermVersion, Account.name)
        .join(Account, sa.and_(col(Account.id) == col(TermVersion.published_by)), isouter=True)
        .order_by(col(TermVersion.code), col(TermVersion.version))
    )
    if codes is not None:
        query = query.where(col(TermVersion.code).in_(codes))
    found = {
        code: tuple(as_term(row, name) for row, name in own)
        for code, own in groupby(session.exec(query), lambda pair: pair[0].code)
    }
    return dict(sorted(found.items(), key=lambda item: sortable(item[1][-1].said.term)))


def term(session: Session, code: str) -> Term:
    """The latest version; NotFound."""
    found = versions(session, [code])
    if not found:
        raise NotFound(f"Le terme « {code[:40]} » n’est pas dans le lexique.")
    return found[code][-1]


def as_term(row: TermVersion, published_by: str | None = "") -> Term:
    said = TermDraft(
        row.term, row.definition, row.note, row.example, tuple(row.see_also), tuple(row.indicators)
    )  # fmt: skip
    return Term(row.code, row.version, said, row.retired, row.reason, published_by or "", row.published_at)


def lexicon(session: Session, code: str = "") -> Lexicon:
    """Every term, and what regions said of it, or of the one named: whoever opens one reads no other's stances.

    Asked are the regions that are active in the network; those that spoke before they left it stay.
    """
    query = select(TermStance, Account.name).join(Account, sa.and_(col(Account.id) == col(TermStance.taken_by)))
    if code:
        query = query.where(col(TermStance.term_code) == code)
    taken: dict[tuple[str, str], tuple[Taken, ...]] = {}
    for row, name in session.exec(query.order_by(col(TermStance.number))):
        key = row.term_code, row.region_code
        taken[key] = (*taken.get(key, ()), _taken(row, name))
    spoken = {region for _, region in taken}
    regions = {
        region: one.name for region, one in catalogue.regions(session).items() if one.active or region in spoken
    }  # fmt: skip
    return Lexicon(versions(session), regions, taken)


def _taken(row: TermStance, name: str) -> Taken:
    return Taken(
        row.region_code, row.term_code, row.number, row.term_version, Stance(row.stance), row.comment, name,
        row.taken_on, row.on_behalf,
    )  # fmt: skip


def naming(session: Session, indicator: str) -> list[Term]:
    """Terms in use whose sheet names an indicator."""
    found = [own[-1] for own in versions(session).values()]
    return [one for one in found if not one.retired and indicator in one.said.indicators]


_LATEST = (
    sa.select(col(TermVersion.code), sa.func.max(col(TermVersion.version)).label("version"))
    .group_by(col(TermVersion.code))
    .subquery()
)


def awaiting(session: Session, regions: Collection[str]) -> dict[str, int]:
    """How many terms in use wait for each region's word on their latest version; those that none waits for left out."""
    current = sa.and_(col(TermVersion.code) == _LATEST.c.code, col(TermVersion.version) == _LATEST.c.version)
    in_use = set(session.exec(select(TermVersion.code, TermVersion.version).join(_LATEST, current)
                              .where(~col(TermVersion.retired))))  # fmt: skip
    query = select(TermStance.region_code, TermStance.term_code, TermStance.term_version)
    said: dict[str, set[Any]] = {}
    for region, code, version in session.exec(query.where(col(TermStance.region_code).in_(regions))):
        said.setdefault(region, set()).add((code, version))
    counts = {region: len(in_use - said.get(region, set())) for region in regions}
    return {region: count for region, count in counts.items() if count}
