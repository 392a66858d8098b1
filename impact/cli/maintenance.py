"""backup, restore, check, rebuild."""

import argparse
import sys
from pathlib import Path

from impact.cli.common import Commands, command, require_installed
from impact.errors import Refused


def add(commands: Commands) -> None:
    for name, run, does in (
        ("backup", run_backup, "sauvegarde la base, les pièces et la clé de l’historique, serveur en marche"),
        ("restore", run_restore, "restaure une sauvegarde dans un lieu vide"),
    ):
        command(commands, name, run, does).add_argument("file", type=Path, metavar="FICHIER")
    command(commands, "check", run_check, "vérifie la base, l’historique et les preuves")
    command(commands, "rebuild", run_rebuild, "recalcule ce qui est tenu prêt : avancement et complétude des régions")


def run_rebuild(asked: argparse.Namespace) -> int:
    from impact.db import transaction
    from impact.services import history, rollup

    require_installed()
    with transaction() as session:
        history.touch(session)
        rollup.rebuild(session)
    print("Avancement et complétude recalculés à partir des chiffres.")
    return 0


def run_backup(asked: argparse.Namespace) -> int:
    from impact.formats import counted
    from impact.maintenance import backup

    require_installed()
    manifest = backup(asked.file)
    held = f"{sum(manifest.rows.values())} lignes, {counted(len(manifest.pieces), 'fichier')} de pièces"
    print(f"Sauvegarde écrite : {asked.file} ({held}).")
    if manifest.lacking:
        lacking = counted(len(manifest.lacking), "fichier de pièce manque ou est altéré", "fichiers de pièces manquent")
        print(f"Attention : {lacking} ; « check » les nomme, la sauvegarde ne les contient pas.", file=sys.stderr)
    print("\n".join(f"historique {chain} : {seq} {digest}" for chain, (seq, digest) in manifest.heads.items()))
    return 0


def run_restore(asked: argparse.Namespace) -> int:
    from impact.maintenance import restore

    manifest, faults = restore(asked.file)
    print(f"Restauré : {sum(manifest.rows.values())} lignes, sauvegardées le {manifest.made_at}.")
    if faults:
        print("Attention, la sauvegarde contenait déjà ces défauts :", *faults, sep="\n", file=sys.stderr)
    return 0


def run_check(asked: argparse.Namespace) -> int:
    from impact.maintenance import check

    require_installed()
    if faults := check():
        raise Refused("\n".join(faults))
    print("Tout est en ordre : base, historique, chiffres et pièces.")
    return 0
