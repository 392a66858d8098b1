"""History replayed against pieces of evidence, and their files against what was stored."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from impact.documents.store import store
from impact.maintenance.replay_calendar import Facts, compared
from impact.models import Entry, Evidence, EvidenceVersion, History
from impact.queries.evidence import attached_texts
from impact.services.facts import cell_of
from impact.services.pieces import VERSION_FACTS, of_version, piece_facts

PREFIX = "evidence."


def evidence_faults(session: Session) -> Iterator[str]:
    """One sentence for each piece or version that is not as the acts on it left it, each figure that does not name the
    pieces that it has, and each file that is missing or altered.
    """
    pieces, versions = _told(session)
    yield from compared(pieces, _found(session), "Pièce {0}-{1}".format)
    yield from compared(versions, _found_versions(session), "Pièce {0}-{1}, version {2}".format)
    yield from _misnamed(session)
    yield from _files(session)


def _told(session: Session) -> tuple[Facts, Facts]:
    """Pieces after the last act on each, and every version as the act that made it told it."""
    pieces: Facts = {}
    versions: Facts = {}
    query = select(History).where(col(History.action).startswith(PREFIX)).order_by(History.chain, col(History.seq))
    for row in session.exec(query.execution_options(yield_per=1000)):
        after = row.after or {}
        key = (row.chain, row.subject.rpartition("-")[2])
        pieces[key] = dict(after)
        said = {name: after.get(name) for name in VERSION_FACTS}
        made = {**said, "reason": row.reason, "added_by": row.actor_id}
        versions.setdefault((*key, str(after.get("version"))), made)
    return pieces, versions


def _found(session: Session) -> Facts:
    return {(row.region_code, str(row.number)): piece_facts(session, row) for row in session.exec(select(Evidence))}


def _found_versions(session: Session) -> Facts:
    return {
        (row.region_code, str(row.evidence_number), str(row.version)): {
            **of_version(row),
            "reason": row.reason,
            "added_by": row.added_by,
        }
        for row in session.exec(select(EvidenceVersion))
    }


def _misnamed(session: Session) -> Iterator[str]:
    """The pieces that a figure names are those attached to it: its grade rests on them."""
    naming = {cell_of(entry): entry for entry in session.exec(select(Entry).where(Entry.evidence != ""))}
    attached = attached_texts(session)
    for cell in sorted(naming.keys() | attached.keys()):
        entry = naming.get(cell) or session.get(Entry, cell)
        if entry is not None and entry.evidence != (found := attached.get(cell, "")):
            said = f"il nomme les pièces « {entry.evidence} », il a les pièces « {found} »"
            yield f"{cell.indicator}, région {cell.region}, {cell.period} : {said}."


def _files(session: Session) -> Iterator[str]:
    """Each stored file once, named by the first piece that holds it."""
    query = select(EvidenceVersion).where(EvidenceVersion.sha256 != "")
    seen: set[str] = set()
    for row in session.exec(query.order_by(EvidenceVersion.region_code, col(EvidenceVersion.evidence_number))):
        if row.sha256 not in seen and (fault := store().fault(row.sha256, row.size)):
            yield f"Pièce {row.region_code}-{row.evidence_number}, version {row.version}, « {row.name} » : {fault}."
        seen.add(row.sha256)
