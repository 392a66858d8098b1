"""digest: what waits for people, by e-mail."""

import argparse
import sys

from impact.cli.common import Commands, command, require_installed


def add(commands: Commands) -> None:
    new = command(
        commands, "digest", run_digest, "envoie à chacun, une fois par jour au plus, ce qui l’attend de nouveau"
    )
    new.add_argument("--dry-run", action="store_true", help="dit qui recevrait un courriel, sans rien envoyer")


def run_digest(asked: argparse.Namespace) -> int:
    """1 where the server refused a message, or broke off: the others left all the same."""
    from impact.formats import counted
    from impact.maintenance import digests

    require_installed()
    if asked.dry_run:
        for one in (rehearsed := digests.rehearse()):
            print(f"{one.email} : {counted(one.things, 'nouvelle chose', 'nouvelles choses')}")
        print(f"{counted(len(rehearsed), 'courriel partirait', 'courriels partiraient')}. Rien n’est envoyé.")
        return 0
    sent = 0
    failed = False
    for one in digests.send_all():
        sent += not one.failure
        failed = failed or bool(one.failure)
        if one.failure:
            end = "Il ne sera pas renvoyé." if one.unsure else "Il sera proposé de nouveau."
            print(f"{one.email} : {one.failure} {end}", file=sys.stderr)
    print(f"{counted(sent, 'courriel envoyé', 'courriels envoyés')}.")
    return int(failed)
