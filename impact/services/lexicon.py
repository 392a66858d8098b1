"""The shared lexicon: the national office words its terms, each region says where it stands on them.

Nothing is overwritten: a revision and a retirement are versions, a change of mind is one more stance. A stance keeps
the version that it was taken on; a new version asks again.
"""

from dataclasses import asdict
from typing import Any

from sqlmodel import Session, col, select

from impact import clock
from impact.errors import Problem, Refused, StaleEntry
from impact.models import TermStance, TermVersion
from impact.permissions import Actor, Right, require, require_stance
from impact.queries import lexicon
from impact.queries.book import Book
from impact.rules import lexicon as rules
from impact.rules.lexicon import Term, TermDraft
from impact.services import history
from impact.vocabulary import Stance

PROPOSE, REVISE, RETIRE, TAKE_STANCE = "propose_term", "revise_term", "retire_term", "take_stance"


def propose_term(session: Session, actor: Actor, draft: TermDraft, reason: str, token: str = "") -> TermVersion:
    """Add a term, under a code made of its words. Raises Forbidden, Refused (every problem at once), AlreadyDone."""
    require(actor, Right.REVISE)
    history.begin(session, token)
    clean, said, problems = _checked(session, draft, reason)
    if problems:
        raise Refused(problems)
    return _publish(session, actor, PROPOSE, rules.slug(clean.term), clean, said)


def revise_term(
    session: Session, actor: Actor, code: str, draft: TermDraft, reason: str, seen_version: int, token: str = ""
) -> TermVersion:
    """Publish a term's next version; a retired one comes back into use. Regions are asked again.

    seen_version: the version that the form showed. Raises as propose_term, NotFound, StaleEntry.
    """
    require(actor, Right.REVISE)
    history.begin(session, token)
    latest = lexicon.term(session, code)
    _refuse_if_stale(latest, seen_version, asdict(draft))
    clean, said, problems = _checked(session, draft, reason, latest)
    if problems:
        raise Refused(problems)
    return _publish(session, actor, REVISE, code, clean, said, latest)


def retire_term(
    session: Session, actor: Actor, code: str, reason: str, seen_version: int, token: str = ""
) -> TermVersion:
    """Take a term out of use: it and everything said of it stay readable. Raises as revise_term."""
    require(actor, Right.REVISE)
    history.begin(session, token)
    latest = lexicon.term(session, code)
    _refuse_if_stale(latest, seen_version, {})
    if latest.retired:
        raise Refused(f"« {latest.said.term} » est déjà retiré.")
    said = rules.text(reason, rules.LONGEST_REASON)
    if problems := rules.reason_problems(said):
        raise Refused(problems)
    return _publish(session, actor, RETIRE, code, latest.said, said, latest, retired=True)


def take_stance(
    session: Session, actor: Actor, region: str, code: str, stance: str, comment: str, seen_version: int,
    seen_number: int, token: str = "",
) -> TermStance:  # fmt: skip
    """Say where a region stands on a term; the stance in force afterwards, the old one where it says the same.

    seen_version: of the term; seen_number: of the region's last stance, 0 = none. A member of the national office
    speaks on the region's behalf, and history says so. Raises Forbidden, NotFound, Refused, StaleEntry, AlreadyDone.
    """
    require(actor, Right.TAKE_STANCE)
    history.begin(session, token)
    book = Book(session)
    require_stance(actor, region, book.region(region).name)
    latest = lexicon.term(session, code)
    last = _last(session, region, code)
    _refuse_if_stale(latest, seen_version, {"stance": stance, "comment": comment})
    _refuse_if_said_meanwhile(last, seen_number, stance, comment)
    if latest.retired:
        raise Refused(f"« {latest.said.term} » est retiré du lexique : il n’appelle plus de position.")
    kept, said = rules.checked_stance(stance, comment)
    if last and (last.term_version, last.stance, last.comment) == (latest.version, kept, said):
        return last
    return _add_stance(book, actor, region, latest, kept, said, last)


def term_facts(row: TermVersion | Term) -> dict[str, Any]:
    """A version as history keeps it; `check` replays it against the table."""
    term = row if isinstance(row, Term) else lexicon.as_term(row)
    return {"code": term.code, "version": term.version, "retired": term.retired, **rules.content(term.said)}


def stance_facts(row: TermStance) -> dict[str, Any]:
    """A stance as history keeps it; the region is the chain's."""
    return {
        "code": row.term_code,
        "number": row.number,
        "term_version": row.term_version,
        "stance": str(row.stance),
        "comment": row.comment,
        "taken_on": row.taken_on.isoformat(),
        "on_behalf": row.on_behalf,
    }


def _checked(
    session: Session, draft: TermDraft, reason: str, latest: Term | None = None
) -> tuple[TermDraft, str, list[Problem]]:
    known = {code: own[-1] for code, own in lexicon.versions(session).items()}
    return rules.checked_term(draft, reason, known, Book(session).definitions, latest)


def _publish(
    session: Session, actor: Actor, action: str, code: str, said: TermDraft, reason: str, latest: Term | None = None,
    *, retired: bool = False,
) -> TermVersion:  # fmt: skip
    row = TermVersion(
        code=code, version=latest.version + 1 if latest else 1, retired=retired, reason=reason,
        published_by=actor.id, published_at=clock.now(session), **rules.content(said),
    )  # fmt: skip
    session.add(row)
    session.flush()
    history.record(
        session, actor, action, f"« {row.term} », version {row.version}",
        before=term_facts(latest) if latest else None, after=term_facts(row), reason=reason,
    )  # fmt: skip
    return row


def _add_stance(
    book: Book, actor: Actor, region: str, term: Term, stance: Stance, comment: str, last: TermStance | None
) -> TermStance:
    session = book.session
    row = TermStance(
        region_code=region, term_code=term.code, number=(last.number if last else 0) + 1, term_version=term.version,
        stance=stance.value, comment=comment, taken_by=actor.id, taken_at=clock.now(session), taken_on=book.today,
        on_behalf=region not in actor.regions,
    )  # fmt: skip
    session.add(row)
    session.flush()
    history.record(
        session, actor, TAKE_STANCE, f"« {term.said.term} », version {term.version}, {book.region(region).name}",
        chain=region, before=stance_facts(last) if last else None, after=stance_facts(row),
    )  # fmt: skip
    return row


def _last(session: Session, region: str, code: str) -> TermStance | None:
    query = select(TermStance).where(TermStance.region_code == region, TermStance.term_code == code)
    return session.exec(query.order_by(col(TermStance.number).desc()).limit(1)).first()


def _refuse_if_stale(latest: Term, seen: int, typed: dict[str, Any]) -> None:
    if latest.version == seen:
        return
    by = f" par {latest.published_by}" if latest.published_by else ""
    done = "retiré" if latest.retired else "révisé"
    raise StaleEntry(
        f"« {latest.said.term} » a été {done}{by} pendant que vous écriviez : relisez la version {latest.version}.",
        stored=rules.content(latest.said), typed=typed, version=latest.version,
    )  # fmt: skip


def _refuse_if_said_meanwhile(last: TermStance | None, seen: int, stance: str, comment: str) -> None:
    if (last.number if last else 0) == seen:
        return
    assert last is not None, "stances are never taken away"
    raise StaleEntry(
        f"La région a pris position pendant que vous écriviez : {Stance(last.stance).label}. Comparez, puis "
        "enregistrez de nouveau si la vôtre doit la suivre.",
        stored={"stance": last.stance, "comment": last.comment}, typed={"stance": stance, "comment": comment},
        version=last.number,
    )  # fmt: skip
