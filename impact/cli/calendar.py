"""mobilise and reopen: what a region works on, and until when it may enter."""

import argparse

from impact.cli.common import Commands, acting, add_account, command, day, writing
from impact.formats import short_date


def add(commands: Commands) -> None:
    engage = command(commands, "mobilise", run_mobilise, "mobilise une région sur un chantier")
    engage.add_argument("region", metavar="REGION", help="code de la région")
    engage.add_argument("chantier", metavar="CHANTIER", help="code du chantier")
    add_account(engage)
    primary = "chantier principal ; l’ancien se termine la veille"
    engage.add_argument("--primary", action="store_const", const=True, help=primary)
    engage.add_argument("--from", dest="start", type=day, metavar="DATE", help="début (celui de la campagne)")
    engage.add_argument("--to", dest="end", type=day, metavar="DATE", help="dernier jour compris")
    reopen = command(commands, "reopen", run_reopen, "laisse une région saisir après l’échéance")
    reopen.add_argument("period", metavar="PERIODE", help="code de la période, comme 2010-2011-T1")
    reopen.add_argument("--region", required=True, metavar="CODE")
    reopen.add_argument("--until", required=True, type=day, metavar="DATE", help="dernier jour compris")
    add_account(reopen)
    reopen.add_argument("--why", required=True, metavar="MOTIF", help="montré à la région")


def run_mobilise(asked: argparse.Namespace) -> int:
    from impact.services.mobilisations import mobilise

    with writing() as session:
        actor = acting(session, asked)
        spell = mobilise(
            session, actor, asked.region, asked.chantier, primary=asked.primary, start=asked.start, end=asked.end
        )
        until = f" au {short_date(spell.end_date)}" if spell.end_date else ""
        print(f"{asked.region} est mobilisée sur {asked.chantier} du {short_date(spell.start_date)}{until}.")
    return 0


def run_reopen(asked: argparse.Namespace) -> int:
    from impact.services.calendar import reopen_period

    with writing() as session:
        reopen_period(session, acting(session, asked), asked.period, asked.region, asked.until, asked.why)
    print(f"{asked.region} peut saisir {asked.period} jusqu’au {short_date(asked.until)}.")
    return 0
