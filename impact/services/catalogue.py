"""Publishing a new indicator, or a new version of one (docs/mesure.md, *Quand une définition change*)."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from impact import clock
from impact.errors import Problem, Refused, StaleEntry
from impact.figures import WAY_OF_COUNTING, Definition
from impact.formats import clean_text
from impact.models import Indicator, IndicatorVersion
from impact.permissions import Actor, Right, require
from impact.queries import catalogue
from impact.queries.book import Book
from impact.queries.publications import publication
from impact.rules import definitions as rules
from impact.rules.creations import created
from impact.rules.meetings import MeasureDraft
from impact.services import history, rollup
from impact.vocabulary import LabelledEnum

CREATE = "create_definition"


def revise(
    session: Session, actor: Actor, code: str, changes: Mapping[str, Any], applies_from: date | None, reason: str,
    seen_version: int, token: str = "",
) -> Definition:  # fmt: skip
    """Publish an indicator's next version, with its history; returns it.

    changes: what differs from the latest version (rules.definitions.checked). applies_from: first day of a period that
    is not over; None = of the one that runs. seen_version: the version that the form showed; StaleEntry, with both
    contents, when another was published since. Stored figures keep their version: no total and no progress moves until
    a figure is entered under the new one, so nothing that is kept ready is computed again.
    """
    require(actor, Right.REVISE)
    history.begin(session, token)
    book = Book(session)
    latest = book.definition(code)
    _refuse_if_stale(session, latest, changes, seen_version)
    changed, problems = rules.checked(latest, changes, reason, catalogue.axes(session))
    offered = rules.starts(latest, book.periods.values(), book.today)
    if problems := problems + rules.start_problems(latest, applies_from, offered):
        raise Refused(problems)
    said = clean_text(reason, rules.LONGEST_REASON)
    row = _next(session, latest, changed)
    row.applies_from, row.reason = applies_from or offered[0].start, said
    row.published_by, row.published_at = actor.id, clock.now(session)
    session.add(row)
    session.flush()
    published = catalogue.definition(session, code, row.version)
    history.record(
        session, actor, "revise_definition", f"{code}, version {row.version}", indicator=code,
        before=facts(latest), after=facts(published), reason=said,
    )  # fmt: skip
    return published


def create(
    session: Session, actor: Actor, code: str, draft: MeasureDraft, applies_from: date | None, reason: str,
    token: str = "",
) -> Definition:  # fmt: skip
    """Publish an indicator that the catalogue did not have, its first version, with its history; returns it.

    It is due, and on the sheets, of the periods that end from applies_from on: the first day of one that is not over;
    None = of the one that runs. Raises Forbidden, Refused (every problem at once), AlreadyDone.
    """
    require(actor, Right.REVISE)
    history.begin(session, token)
    book = Book(session)
    made, problems = created(
        code.strip(), draft, chantiers=list(book.chantiers), known=book.definitions, axes=catalogue.axes(session)
    )  # fmt: skip
    offered = rules.starts(made, book.periods.values(), book.today) if made else []
    if made is not None:
        problems = problems + rules.start_problems(made, applies_from, offered)
    if problems or made is None:
        raise Refused(problems)
    said = clean_text(reason, rules.LONGEST_REASON)
    if not said:
        raise Refused([Problem("indiquez le motif : il restera à côté de cette version.", "reason", made.code)])
    _store(session, actor, made, applies_from or offered[0].start, said)
    published = catalogue.definition(session, made.code, made.version)
    history.record(
        session, actor, CREATE, f"{made.code}, version 1", indicator=made.code, after=creation_facts(published),
        reason=said,
    )  # fmt: skip
    book = Book(session)
    rollup.refresh(session, book, rollup.units_of(book, [made.chantier]))
    return published


def _store(session: Session, actor: Actor, made: Definition, applies_from: date, reason: str) -> None:
    """After the other indicators of its chantier, as long as data/catalogue.yaml does not say otherwise."""
    chantier = Indicator.chantier_code == made.chantier
    last = session.exec(select(sa.func.max(Indicator.position)).where(chantier)).one() or 0
    session.add(Indicator(code=made.code, chantier_code=made.chantier, position=last))
    session.flush()
    columns = set(IndicatorVersion.model_fields) & {one.name for one in fields(made)} - {"axes"}
    held = {name: getattr(made, name) for name in columns}
    words: dict[str, Any] = {
        name: value.value if isinstance(value, LabelledEnum) else value for name, value in held.items()
    }
    session.add(
        IndicatorVersion(
            **words | {"applies_from": applies_from}, indicator_code=made.code,
            axes=[axis.code for axis in made.axes], reason=reason, published_by=actor.id,
            published_at=clock.now(session),
        )
    )  # fmt: skip
    session.flush()


def creation_facts(definition: Definition) -> dict[str, Any]:
    """The first version of an indicator as history keeps it: with its way of counting, which no later one changes."""
    counting = {name: str(getattr(definition, name)) for name in WAY_OF_COUNTING}
    return {**facts(definition), **counting}


def facts(definition: Definition) -> dict[str, Any]:
    """A version as history keeps it."""
    return {"version": definition.version, "applies_from": definition.applies_from, **rules.content(definition)}


def _refuse_if_stale(session: Session, latest: Definition, changes: Mapping[str, Any], seen: int) -> None:
    if latest.version == seen:
        return
    who = publication(session, latest.code, latest.version).published_by
    raise StaleEntry(
        f"{latest.code} : la version {latest.version} a été publiée{f' par {who}' if who else ''} pendant que vous "
        "écriviez. Comparez avec elle, puis publiez de nouveau si la vôtre doit la suivre.",
        stored=rules.content(latest),
        typed=dict(changes),
        version=latest.version,
    )


def _next(session: Session, latest: Definition, changed: Mapping[str, Any]) -> IndicatorVersion:
    """The row after the latest, with what changes; what counts, and the rest of the sheet, as it was."""
    stored = session.get_one(IndicatorVersion, (latest.code, latest.version))
    kept = stored.model_dump(exclude={"version", "reason", "applies_from", "published_by", "published_at"})
    sheet = {**stored.sheet, **{name: changed[name] for name in rules.SHEET if name in changed}}
    columns = {name: value for name, value in changed.items() if name not in rules.SHEET}
    return IndicatorVersion(**{**kept, **columns, "sheet": sheet, "version": latest.version + 1})
