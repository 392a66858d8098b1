"""Reading history back to see whether it still says what it said."""

from sqlmodel import Session, col, select

from impact import chain
from impact.errors import BadSettings
from impact.keys import signing_key
from impact.models import History
from impact.settings import Settings


def require_key(session: Session) -> None:
    """BadSettings when the key at hand is not the one that sealed this history; for an empty one, a key is made.

    Going on with another key would seal a second history after the first, which no key could check whole any more.
    The first rows of the chains decide: a change behind the product's back spoils one of them, not all.
    """
    first, path = session.exec(select(History).where(col(History.seq) <= 3)).all(), Settings.from_env().key_file
    advice = "remettez celle d’origine (elle est dans chaque sauvegarde), ou indiquez-la par IMPACT_KEY_FILE."
    if first and not path.exists():
        raise BadSettings(f"La clé de l’historique ({path}) manque\u202f: {advice}")
    key = signing_key()
    if first and not any(chain.is_sealed(row, key) for row in first):
        raise BadSettings(f"La clé de l’historique ({path}) n’est pas celle de cette base\u202f: {advice}")


def broken_chains(session: Session) -> list[str]:
    """One French sentence for each row of history that was changed, removed or slipped in; empty when all is well.

    A tail cut off does not show here: compare `services.history.heads` with those of a backup or an export.
    """
    ordered = select(History).order_by(col(History.chain), col(History.seq))
    with session.exec(ordered.execution_options(yield_per=1000)) as rows:
        return list(chain.faults(rows, signing_key()))
