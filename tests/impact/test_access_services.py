"""Every write refuses whoever the access table does not name; a service that the table forgets fails here."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session

from impact import rules, services
from impact.db import Database
from impact.errors import Forbidden
from impact.figures import Cell
from impact.imports import Outcome, read
from impact.imports.targets import read as read_targets
from impact.maintenance.rollups import outdated
from impact.models import Account
from impact.permissions import Actor
from impact.queries.book import Book
from impact.rules import EntryDraft
from impact.rules.targets import TargetDraft
from impact.services import (
    accounts,
    calendar,
    catalogue,
    drafts,
    entries,
    imports,
    mobilisations,
    reviews,
    submission,
    target_files,
    targets,
    texts,
)
from impact.vocabulary import LegalPage, LinkPurpose, Role
from tests import access
from tests.cast import KARIM, ODILE, PASSWORD, PICARDIE, REMI

T3 = "2010-2011-T3"
OPEN = Cell(PICARDIE, "FOR-02", T3)
SUBMITTED = Cell(PICARDIE, "FOR-03", T3)
VALIDATED = Cell(PICARDIE, "FOR-04", T3)


def draft(session: Session, cell: Cell, seen: int = 0) -> EntryDraft:
    made, _ = rules.read_draft(Book(session).definition(cell.indicator), cell, {"valeur": "3"}, seen)
    assert made is not None
    return made


def import_row(session: Session, actor: Actor) -> object:
    """An import says no row by row; a row refused counts as the whole refused."""
    columns = "code_region,code_indicateur,periode,valeur,numerateur,denominateur,etat,motif,source,methode,lien_preuve"
    content = f"{columns},commentaire,axe,modalite\n{PICARDIE},FOR-01,{T3},5,,,,,,,,,,\n".encode()
    verdicts = imports.apply(session, actor, read(content))
    if any(verdict.outcome is Outcome.REFUSED for verdict in verdicts):
        raise Forbidden("; ".join(verdicts[0].messages))
    return verdicts


def put_first(session: Session, actor: Actor, chantier: str) -> None:
    mobilisations.mobilise(session, ODILE, PICARDIE, chantier)
    mobilisations.make_primary(session, actor, PICARDIE, chantier)


AIM = TargetDraft(PICARDIE, "FOR-04", "2010-2011", 0, 1_200_000, date(2011, 9, 30))
AIMS = f"code_region,code_indicateur,cible,echeance\n{PICARDIE},FOR-04,120,2011-09-30\n".encode()


def take_back(session: Session, actor: Actor) -> None:
    targets.set_target(session, ODILE, AIM)
    targets.withdraw_target(session, actor, PICARDIE, "FOR-04", "2010-2011", "erreur", 1)


ACTS: dict[str, Callable[[Session, Actor], object]] = {
    "entries.save_entry": lambda s, a: entries.save_entry(s, a, draft(s, OPEN, 1)),
    "drafts.keep_fields": lambda s, a: drafts.keep_fields(s, a, OPEN, {"valeur": "3"}, 0),
    "drafts.discard": lambda s, a: drafts.discard(s, a, OPEN),
    "submission.submit_sheet": lambda s, a: submission.submit_sheet(s, a, PICARDIE, "FOR", T3, only_ready=True),
    "submission.submit_cells": lambda s, a: submission.submit_cells(s, a, [OPEN]),
    "submission.take_back": lambda s, a: submission.take_back(s, a, SUBMITTED),
    "reviews.begin_review": lambda s, a: reviews.begin_review(s, a, SUBMITTED),
    "reviews.validate": lambda s, a: reviews.validate(s, a, [SUBMITTED]),
    "reviews.send_back": lambda s, a: reviews.send_back(s, a, [SUBMITTED], "à revoir"),
    "reviews.reopen_entry": lambda s, a: reviews.reopen_entry(s, a, VALIDATED, "à revoir"),
    "imports.apply": import_row,
    "calendar.open_campaign": lambda s, a: calendar.open_campaign(
        s, a, "2011-2012", date(2011, 10, 1), date(2012, 9, 30)
    ),
    "calendar.set_deadline": lambda s, a: calendar.set_deadline(s, a, T3, date(2011, 8, 1)),
    "calendar.reopen_period": lambda s, a: calendar.reopen_period(s, a, T3, PICARDIE, date(2011, 8, 1), "retard"),
    "mobilisations.mobilise": lambda s, a: mobilisations.mobilise(s, a, PICARDIE, "INN"),
    "mobilisations.demobilise": lambda s, a: mobilisations.demobilise(s, a, PICARDIE, "FOR", date(2011, 9, 1)),
    "mobilisations.make_primary": lambda s, a: put_first(s, a, "COO"),
    "targets.set_target": lambda s, a: targets.set_target(s, a, AIM),
    "targets.set_targets": lambda s, a: targets.set_targets(s, a, [AIM]),
    "targets.withdraw_target": take_back,
    "target_files.apply": lambda s, a: target_files.apply(s, a, read_targets(AIMS)),
    "catalogue.revise": lambda s, a: catalogue.revise(s, a, "FOR-04", {"name": "Autre nom"}, None, "plus clair", 1),
    "texts.write_legal_text": lambda s, a: texts.write_legal_text(s, a, LegalPage.NOTICE, "Texte.", None),
    "accounts.create_account": lambda s, a: accounts.create_account(s, a, "nouveau@example.org", "N", Role.READER),
    "accounts.disable": lambda s, a: accounts.disable(s, a, KARIM.id),
    "accounts.enable": lambda s, a: accounts.enable(s, a, access.PEOPLE["disabled"].id),
    "accounts.change_role_and_regions": lambda s, a: accounts.change_role_and_regions(s, a, REMI.id, Role.NATIONAL),
    "accounts.new_link": lambda s, a: accounts.new_link(s, a, REMI.id, LinkPurpose.RESET),
    "accounts.set_password": lambda s, a: accounts.set_password(s, a, s.get_one(Account, REMI.id), "une autre phrase"),
    "accounts.change_password": lambda s, a: accounts.change_password(s, a, PASSWORD, "une autre phrase de passe", ""),
}  # fmt: skip


def writes() -> set[str]:
    """Every public function of impact.services that is told who acts."""
    found = set()
    for module in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            told = set(inspect.signature(function).parameters) & {"actor", "by"}
            if told and function.__module__ == module.name and not name.startswith("_"):
                found.add(f"{module.name.split('.')[2]}.{name}")
    return found - {"exports.stream", "exports.stream_journal"}  # reads: see the routes and the scopes


def test_every_write_has_a_line_in_the_access_table() -> None:
    assert writes() == set(access.table()["services"]) | set(access.table()["internal"])
    assert set(ACTS) == set(access.table()["services"])


@pytest.fixture
def furnished(db: Database) -> Session:  # type: ignore[misc]
    """One figure in draft, one submitted, one validated; rolled back at the end."""
    with Session(db.writer, expire_on_commit=False) as session:
        for cell in (OPEN, SUBMITTED, VALIDATED):
            entries.save_entry(session, KARIM, draft(session, cell))
        submission.submit_cells(session, KARIM, [SUBMITTED, VALIDATED])
        reviewer = access.PEOPLE["admin"]
        assert reviewer is not None
        reviews.validate(session, reviewer, [VALIDATED])
        session.flush()
        yield session


@pytest.mark.parametrize(("name", "who", "may"), access.cases("services", access.SIGNED_IN))
def test_a_write_is_for_those_the_table_names(furnished: Session, name: str, who: str, may: bool) -> None:
    person = access.PEOPLE[who]
    assert person is not None
    if may:
        ACTS[name](furnished, person)
        assert list(outdated(furnished)) == [], "what is kept ready follows every act (services.rollup)"
    else:
        with pytest.raises(Forbidden):
            ACTS[name](furnished, person)
