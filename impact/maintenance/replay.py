"""History replayed against the tables: what the last act left must be what is there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact.errors import ImpactError
from impact.figures import Cell, Pair
from impact.maintenance.replay_actions import action_faults
from impact.maintenance.replay_calendar import calendar_faults
from impact.maintenance.replay_catalogue import catalogue_faults
from impact.maintenance.replay_claims import claim_faults
from impact.maintenance.replay_evidence import evidence_faults
from impact.maintenance.replay_experiences import experience_faults
from impact.maintenance.replay_lexicon import lexicon_faults
from impact.maintenance.replay_meetings import meeting_faults
from impact.maintenance.replay_milestones import milestone_faults
from impact.maintenance.replay_stages import stage_faults
from impact.maintenance.replay_targets import target_faults
from impact.models import Account, AccountRegion, Breakdown, Entry, ExportRecord, History
from impact.proof import BLANK, Told
from impact.services import facts
from impact.services.entries import derived
from impact.vocabulary import NATIONAL_CODE
from impact.workflow import Step

SAVED_BY = "entered_by"
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, AssertionError, ImpactError)
"""What reading a row may raise that the product would never have written."""
PART: sa.Table = Breakdown.__table__  # type: ignore[attr-defined]


def replayed(session: Session) -> Iterator[str]:
    """Faults, one sentence each; region by region, so that memory holds one region's figures."""
    regions = set(session.exec(select(History.chain).distinct())) | set(
        session.exec(select(Entry.region_code).distinct())
    )
    for region in sorted(regions - {NATIONAL_CODE}):
        yield from followed(f"Chiffres de la région {region}", _figures(session, region))
    for what, faults in PARTS.items():
        yield from followed(what, faults(session))


def _figures(session: Session, region: str) -> Iterator[str]:
    told = _told(session, region)
    parts = _parts(session, region)
    for entry in session.exec(select(Entry).where(Entry.region_code == region)):
        cell = facts.cell_of(entry)
        found = {**facts.facts(entry, parts.get(cell, {})), SAVED_BY: entry.entered_by}
        known = told.pop(cell, None)
        yield from _differences(cell, known, found)
        yield from _grade(cell, entry, known)
    for cell in told:
        yield f"{_named(cell)} : l’historique connaît ce chiffre, la base ne l’a plus."


@dataclass(slots=True)
class _Figure:
    """What history says of a cell: who saved it last, and its grade (proof.Told holds the facts after the last act)."""

    saved_by: int | None = None
    proof: Told = field(default_factory=Told)

    def said(self, name: str) -> Any:
        facts_told = self.proof.facts or {}
        return self.saved_by if name == SAVED_BY else facts_told.get(name, BLANK.get(name))


def _told(session: Session, region: str) -> dict[Cell, _Figure]:
    query = select(History).where(History.chain == region, History.indicator_code != "", History.period_code != "")
    told: dict[Cell, _Figure] = {}
    for row in session.exec(query.order_by(col(History.seq)).execution_options(yield_per=1000)):
        figure = told.setdefault(Cell(region, row.indicator_code, row.period_code), _Figure())
        if row.action == Step.SAVE:
            figure.saved_by = row.actor_id
        figure.proof.follow(row.actor_id, row.after or {}, submits=row.action == Step.SUBMIT)
    return told


def _parts(session: Session, region: str) -> dict[Cell, dict[tuple[str, str], Pair]]:
    parts: dict[Cell, dict[tuple[str, str], Pair]] = {}
    for row in session.connection().execute(sa.select(PART).where(PART.c.region_code == region)):
        cell = Cell(region, row.indicator_code, row.period_code)
        parts.setdefault(cell, {})[row.axis_code, row.category_code] = Pair(row.numerator, row.denominator)
    return parts


def _differences(cell: Cell, told: _Figure | None, found: dict[str, Any]) -> Iterator[str]:
    if told is None:
        yield f"{_named(cell)} : ce chiffre est dans la base, l’historique ne le connaît pas."
        return
    for name, value in found.items():
        if told.said(name) != value:
            yield f"{_named(cell)} : « {name} » vaut {value!r} dans la base, {told.said(name)!r} dans l’historique."


def _grade(cell: Cell, entry: Entry, told: _Figure | None) -> Iterator[str]:
    """Against its own columns, and against its history, which also knows who may have read what."""
    if entry.reliability != (own := derived(entry)):
        yield f"{_named(cell)} : le niveau de preuve est F{entry.reliability}, les règles donnent F{own}."
    elif told is not None and own != told.proof.grade:
        yield f"{_named(cell)} : le niveau de preuve est F{own}, l’historique donne F{told.proof.grade}."


def _named(cell: Cell) -> str:
    return f"{cell.indicator}, région {cell.region}, {cell.period}"


def _accounts(session: Session) -> Iterator[str]:
    """Roles, regions and closings against the last act on each account that history knows."""
    told: dict[str, dict[str, Any]] = {}
    acts = select(History).where(History.chain == NATIONAL_CODE, col(History.action).startswith("account."))
    for row in session.exec(acts.order_by(col(History.seq)).execution_options(yield_per=1000)):
        known = told.setdefault(row.subject, {"active": True})
        if row.action in ("account.create", "account.rights"):
            known |= {name: (row.after or {}).get(name) for name in ("role", "regions")}
        elif row.action in ("account.disable", "account.enable"):
            known["active"] = row.action == "account.enable"
    regions: dict[int, list[str]] = {}
    for link in session.exec(select(AccountRegion).order_by(AccountRegion.region_code)):
        regions.setdefault(link.account_id, []).append(link.region_code)
    for account in session.exec(select(Account)):
        found = {"active": account.active, "role": account.role, "regions": regions.get(account.id or 0, [])}
        if any(found[name] != value for name, value in told.get(account.email, {}).items()):
            yield f"Compte « {account.email} » : ses droits ne sont pas ceux que dit l’historique."


def _exports(session: Session) -> Iterator[str]:
    """The heads that the last export carried must still be in the chains: a cut tail shows."""
    exports = select(History).where(History.chain == NATIONAL_CODE, History.action == "export")
    last = session.exec(exports.order_by(col(History.seq).desc()).limit(1)).first()
    heads = (last.after or {}).get("heads", {}) if last else {}
    for chain, (seq, digest) in heads.items():
        row = session.get(History, (chain, seq))
        if row is None or row.hash != digest:
            yield f"Historique {chain} : la ligne {seq} que portait le dernier export manque ou diffère."
    recorded = session.exec(select(sa.func.count()).select_from(ExportRecord)).one()
    told = len(session.exec(exports.where(History.subject != "journal")).all())
    if recorded != told:
        yield f"Exports : {recorded} enregistrés, {told} dans l’historique."


PARTS: Mapping[str, Callable[[Session], Iterator[str]]] = {
    "Calendrier": calendar_faults, "Référentiel": catalogue_faults, "Cibles": target_faults, "Pièces": evidence_faults,
    "Affirmations": claim_faults, "Lexique": lexicon_faults, "Rencontres": meeting_faults, "Actions": action_faults,
    "Jalons": milestone_faults, "Étapes": stage_faults, "Retours d’expérience": experience_faults,
    "Comptes": _accounts, "Exports": _exports,
}  # fmt: skip
"""What is replayed beside figures, in the order in which it is told."""


def followed(what: str, faults: Iterator[str]) -> Iterator[str]:
    """Faults, and one more where what was changed by hand makes no sense any more; other parts are still looked at."""
    try:
        yield from faults
    except UNREADABLE as error:
        yield f"{what} : la base dit ce qui ne se relit pas ({type(error).__name__} : {error})."
