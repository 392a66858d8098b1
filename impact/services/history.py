"""The append-only, hash-chained record of every change."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact import clock
from impact.chain import GENESIS, plain, sealed_facts
from impact.errors import AlreadyDone
from impact.keys import signing_key
from impact.models import DataVersion, FormToken, History
from impact.permissions import Actor
from impact.stages import REACH
from impact.vocabulary import NATIONAL_CODE
from impact.workflow import Step

_TABLE: sa.Table = History.__table__  # type: ignore[attr-defined]
_VERSION: sa.Table = DataVersion.__table__  # type: ignore[attr-defined]
_TOKEN: sa.Table = FormToken.__table__  # type: ignore[attr-defined]

# Every save runs these: built once, and rows rather than objects.
_INSERT = sa.insert(_TABLE)
_LAST = (
    sa.select(_TABLE.c.seq, _TABLE.c.hash)
    .where(_TABLE.c.chain == sa.bindparam("chain"))
    .order_by(_TABLE.c.seq.desc())
    .limit(1)
)
_RAISE = sa.update(_VERSION).values(number=_VERSION.c.number + 1)
_QUEUE = sa.select(_VERSION.c.number).with_for_update()
_SPEND = (
    sa.insert(_TOKEN)
    .from_select(
        ["token", "used_at"],
        sa.select(
            sa.bindparam("token", type_=_TOKEN.c.token.type), sa.bindparam("used_at", type_=_TOKEN.c.used_at.type)
        ).where(~sa.exists().where(_TOKEN.c.token == sa.bindparam("token"))),
    )
    .execution_options(preserve_rowcount=True)
)

STILL = frozenset({
    Step.SAVE, REACH, "set_target", "withdraw_target", "set_deadline", "reopen_period", "export", "legal_text",
    "write_experience", "revise_experience", "publish_experience", "withdraw_experience", "comment_experience",
    "withdraw_comment", "propose_term", "revise_term", "retire_term", "take_stance", "state_milestone",
    "change_meeting", "set_participants", "meeting_document.add", "meeting_document.withdraw", "write_lesson",
    "revise_lesson", "withdraw_lesson", "freeze_snapshot", "take_decision", "create_definition",
    "enter_catalogue", "offer.answer", "offer.erase", "account.create", "account.rights", "account.disable",
    "account.enable", "account.link", "account.password", "account.digest",
})  # fmt: skip
"""Acts after which no regional action can stand at another stage, and which do not pay for looking: the gates read
nothing that they write (a test holds each to it). A figure that may be saved is neither submitted nor validated, and
counts for none. An act that is not named here is looked at: slower, never wrong."""


@sa.event.listens_for(Session, "before_commit")
def _settle_stages(session: Session) -> None:
    """Passages from stage to stage, of whatever kind the act was (services.stages), in its own transaction."""
    if session.info.get("moved") and not session.in_nested_transaction():
        from impact.services.stages import settle  # here: it records what it finds through this module

        settle(session)


def record(
    session: Session,
    actor: Actor | str,
    action: str,
    subject: str,
    *,
    chain: str = NATIONAL_CODE,
    indicator: str = "",
    period: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Append one row to a chain and raise the data version, in the caller's transaction.

    actor: an Actor, or the words that name the operator of a command.
    chain: a region's code, or 'FR' for acts without a region. before, after: JSON-ready facts.
    """
    touch(session)
    if action not in STILL:
        session.info.setdefault("moved", {})[chain] = actor
    last, digest = _head(session, chain)
    row: dict[str, Any] = {
        "chain": chain, "seq": last + 1, "at": clock.now(session), "recorded_at": clock.real_now(),
        "actor_id": actor.id if isinstance(actor, Actor) else None,
        "actor": actor.email if isinstance(actor, Actor) else actor,
        "action": action, "subject": subject, "indicator_code": indicator, "period_code": period,
        "before": _plain(before), "after": _plain(after), "reason": reason, "previous_hash": digest,
    }  # fmt: skip
    session.connection().execute(_INSERT, {**row, "hash": sealed_facts(row, signing_key())})


def _head(session: Session, chain: str) -> tuple[int, str]:
    """Number and hash of a chain's last row, 0 and GENESIS before the first.

    Read for every row: one kept in memory would run ahead of the chain when a savepoint is undone (an import).
    """
    last = session.connection().execute(_LAST, {"chain": chain}).first()
    return (last.seq, last.hash) if last else (0, GENESIS)


def _plain(facts: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if facts is None else {name: plain(value) for name, value in facts.items()}


def touch(session: Session) -> None:
    """Raise the data version that cached reads are keyed by, once a transaction.

    Services call it before they read: on PostgreSQL its row lock makes writers wait for each other, as SQLite's
    BEGIN IMMEDIATE does, so that nothing checked can change before it is written.
    """
    if session.info.get("touched"):
        return
    session.info["touched"] = True
    if session.connection().execute(_RAISE).rowcount == 0:
        session.add(DataVersion(id=1, number=1))
        session.flush()


def queue(session: Session) -> None:
    """Make writers wait for each other as `touch` does, where nothing that is cached is about to change."""
    session.connection().execute(_QUEUE)


def begin(session: Session, token: str) -> None:
    """`touch`, as a service begins, and use up the one-time token of the form that calls it; '' = none."""
    touch(session)
    if token:
        spend_token(session, token)


def spend_token(session: Session, token: str) -> None:
    """Use a form's one-time token up; AlreadyDone when the same form was sent before."""
    touch(session)  # first: the second sending waits for the first one's end, and then finds its token
    spent = session.connection().execute(_SPEND, {"token": token, "used_at": clock.real_now()})
    if spent.rowcount == 0:
        raise AlreadyDone("Ce formulaire a déjà été envoyé ; son premier envoi a été pris en compte.")


def heads(session: Session) -> dict[str, tuple[int, str]]:
    """Last number and hash of every chain, printed in backups and exports so that a cut tail shows."""
    last = sa.select(col(History.chain), sa.func.max(History.seq).label("seq")).group_by(col(History.chain)).subquery()
    rows = session.exec(
        select(History.chain, History.seq, History.hash)
        .join(last, sa.and_(col(History.chain) == last.c.chain, col(History.seq) == last.c.seq))
        .order_by(History.chain)
    )
    return {chain: (seq, digest) for chain, seq, digest in rows}
