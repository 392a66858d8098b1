"""Reading history back to see whether it still says what it said."""

from sqlmodel import Session, col, select

from impact import chain
from impact.keys import signing_key
from impact.models import History


def broken_chains(session: Session) -> list[str]:
    """One French sentence for each row of history that was changed, removed or slipped in; empty when all is well.

    A tail cut off does not show here: compare `services.history.heads` with those of a backup or an export.
    """
    ordered = select(History).order_by(col(History.chain), col(History.seq))
    with session.exec(ordered.execution_options(yield_per=1000)) as rows:
        return list(chain.faults(rows, signing_key()))
