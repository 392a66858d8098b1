"""From what was typed to a command, and from its outcome to an exit code.

0 done, 1 refused (the reason on stderr, nothing written), 2 wrong usage. Commands act with the operator's rights;
--as names the account in whose name a write is recorded, and whose role it must respect.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence

from impact.cli import accounts, calendar, digests, exports, figures, french, installation, maintenance, targets
from impact.errors import ImpactError

NOUNS = (installation, accounts, figures, targets, calendar, exports, digests, maintenance)


def parser() -> argparse.ArgumentParser:
    french.speak()
    top = argparse.ArgumentParser(
        prog="python -m impact",
        description="Mesure de l’action régionale. La base est celle de IMPACT_DATABASE_URL "
        "(par défaut sqlite:///data/impact.db) ; IMPACT_TODAY fixe le jour du produit.",
        epilog="Codes de sortie : 0 fait, 1 refusé (rien n’est écrit), 2 mauvais usage.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMANDE", title="commandes")
    for noun in NOUNS:
        noun.add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal in another alphabet stops no command
    asked = parser().parse_args(arguments)
    try:
        code: int = asked.run(asked)
        sys.stdout.flush()
    except ImpactError as error:
        return _refused(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that leaving does not fail once more
        return _refused("La sortie a été fermée avant la fin.")
    except Exception as error:
        return _refused(french.incident(error, asked.command))
    return code


def _refused(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1
