"""History replayed against what decides which figures are due and until when: mobilisations, deadlines, reopenings."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlmodel import Session, col, select

from impact.models import History, MobilisationSpell, Reopening, ReportingPeriod

Key = tuple[str, ...]
Facts = dict[Key, dict[str, Any]]


def calendar_faults(session: Session) -> Iterator[str]:
    """One sentence for each spell, deadline or reopening that is not as the last act on it left it.

    Left alone: deadlines that nobody moved (they come from data/periods.csv or from their campaign's opening), and
    spells where history tells of none at all.
    """
    if told_spells := _told_spells(session):
        yield from compared(told_spells, _found_spells(session), _spell)
    yield from compared(_told_reopenings(session), _found_reopenings(session), _reopening)
    told = _told_deadlines(session)
    found = {key: facts for key, facts in _found_deadlines(session).items() if key in told}
    yield from compared(told, found, "Échéance de {0}".format)


def compared(told: Facts, found: Facts, named: Callable[..., str]) -> Iterator[str]:
    for key in sorted(told.keys() | found.keys()):
        if key not in told:
            yield f"{named(*key)} : l’historique ne la connaît pas."
        elif key not in found:
            yield f"{named(*key)} : l’historique la connaît, la base ne l’a plus."
        elif told[key] != found[key]:
            yield from _differences(named(*key), told[key], found[key])


def _differences(subject: str, told: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(told.keys() | found.keys()):
        if told.get(name) != found.get(name):
            said = f"{found.get(name)!r} dans la base, {told.get(name)!r} dans l’historique"
            yield f"{subject} : « {name} » vaut {said}."


def acts(session: Session, action: str) -> Iterator[History]:
    query = select(History).where(History.action == action).order_by(col(History.chain), col(History.seq))
    yield from session.exec(query.execution_options(yield_per=1000))


def _told_spells(session: Session) -> Facts:
    """Each act says the spell before, which it may have moved to another first day, and after."""
    told: Facts = {}
    for row in acts(session, "mobilise"):
        if row.before:
            told.pop(_key_of(row.before), None)
        told[_key_of(row.after or {})] = dict(row.after or {})
    return told


def _found_spells(session: Session) -> Facts:
    rows = (spell.model_dump(mode="json") for spell in session.exec(select(MobilisationSpell)))
    return {_key_of(row): row for row in rows}


def _key_of(spell: dict[str, Any]) -> Key:
    return spell["region_code"], spell["chantier_code"], spell["start_date"]


def _spell(region: str, chantier: str, start: str) -> str:
    return f"Mobilisation de la région {region} sur {chantier} depuis le {start}"


def _told_reopenings(session: Session) -> Facts:
    told: Facts = {}
    count: dict[tuple[str, str], int] = {}
    for row in acts(session, "reopen_period"):
        place = row.chain, row.period_code
        count[place] = count.get(place, 0) + 1
        told[(*place, str(count[place]))] = {"until": (row.after or {}).get("until"), "reason": row.reason}
    return told


def _found_reopenings(session: Session) -> Facts:
    return {
        (row.region_code, row.period_code, str(row.number)): {"until": row.until.isoformat(), "reason": row.reason}
        for row in session.exec(select(Reopening))
    }


def _reopening(region: str, period: str, number: str) -> str:
    return f"Réouverture n° {number} de {period} pour la région {region}"


def _told_deadlines(session: Session) -> Facts:
    return {(row.period_code,): dict(row.after or {}) for row in acts(session, "set_deadline")}


def _found_deadlines(session: Session) -> Facts:
    return {(row.code,): {"deadline": row.deadline.isoformat()} for row in session.exec(select(ReportingPeriod))}
