"""user: accounts, by the operator."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from impact.cli.common import OPERATOR, Commands, command, reading, writing
from impact.errors import NotFound
from impact.vocabulary import LinkPurpose, Role

if TYPE_CHECKING:
    from sqlmodel import Session


def add(commands: Commands) -> None:
    does = "crée, liste, désactive des comptes ou leur donne un nouveau mot de passe"
    user = commands.add_parser("user", help=does, description=does)
    acts = user.add_subparsers(dest="act", required=True, metavar="ACTION", title="actions")
    new = command(acts, "add", run_add, "crée un compte et imprime son lien d’activation, à usage unique")
    new.add_argument("email", metavar="EMAIL")
    new.add_argument("--name", required=True, metavar="NOM", help="nom de la personne")
    new.add_argument(
        "--role", required=True, choices=[role.value for role in Role],
        help=", ".join(f"{role.value} : {role.label}" for role in Role),
    )  # fmt: skip
    new.add_argument(
        "--region", action="append", default=[], metavar="CODE", help="région d’une équipe régionale ; peut se répéter"
    )
    new.add_argument("--password-stdin", action="store_true", help="lit le mot de passe au lieu d’imprimer un lien")
    command(acts, "list", run_list, "liste les comptes")
    for name, run, does in (
        ("disable", run_disable, "désactive un compte, ses sessions ouvertes comprises"),
        ("reset", run_reset, "imprime un lien à usage unique pour choisir un nouveau mot de passe"),
    ):
        command(acts, name, run, does).add_argument("email", metavar="EMAIL")


def run_add(asked: argparse.Namespace) -> int:
    from impact.services import accounts

    password = sys.stdin.readline().rstrip("\r\n") if asked.password_stdin else None
    with writing() as session:
        account = accounts.create_account(
            session, OPERATOR, asked.email, asked.name, Role(asked.role), dict.fromkeys(asked.region)
        )
        assert account.id is not None
        if password is None:
            said = accounts.new_link(session, OPERATOR, account.id, LinkPurpose.ACTIVATION)
        else:
            accounts.set_password(session, OPERATOR, account, password)
            said = f"Le compte « {account.email} » est créé."
    print(said)
    return 0


def run_list(asked: argparse.Namespace) -> int:
    from impact.queries.accounts import accounts

    with reading() as session:
        rows = accounts(session, OPERATOR)
    for row in rows:
        state = "actif" if row.active else "désactivé"
        print("\t".join([row.email, row.name, row.role, " ".join(row.regions) or "-", state]))
    return 0


def run_disable(asked: argparse.Namespace) -> int:
    from impact.services import accounts

    with writing() as session:
        accounts.disable(session, OPERATOR, _account_id(session, asked.email))
    print(f"Le compte « {asked.email} » est désactivé.")
    return 0


def run_reset(asked: argparse.Namespace) -> int:
    from impact.services import accounts

    with writing() as session:
        link = accounts.new_link(session, OPERATOR, _account_id(session, asked.email), LinkPurpose.RESET)
    print(link)
    return 0


def _account_id(session: Session, email: str) -> int:
    from impact.services.accounts.identity import account_by_email

    account = account_by_email(session, email)
    if account is None or account.id is None:
        raise NotFound(f"Aucun compte n’a l’adresse « {email} ».")
    return account.id
