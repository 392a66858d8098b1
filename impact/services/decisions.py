"""What national meetings decide, and what becomes of it. A decision's words do not change; its steps tell the rest."""

from collections import Counter
from datetime import date
from typing import Any

from sqlmodel import Session

from impact import clock
from impact.actions import ActionKey
from impact.confrontation import action_key, claim_facts, entry_of, looked_at
from impact.errors import NotFound, Problem, Refused, StaleEntry
from impact.figures import Definition
from impact.formats import clean_prose, short_date
from impact.models import Decision, DecisionStep, Evidence
from impact.permissions import Actor, Right, require
from impact.proof import GRADES
from impact.queries import actions as plans
from impact.queries import decisions, meetings
from impact.queries.action_views import ActionRow
from impact.queries.book import Book
from impact.queries.confronted import public_claims
from impact.queries.decisions import DecisionRow
from impact.queries.snapshots import EVERYBODY, snapshot
from impact.rules.meetings import (
    FOLLOWING,
    PREPARES,
    SAME_REGION,
    DecisionDraft,
    MeasureDraft,
    adapted,
    measure_facts,
)
from impact.services import catalogue, history
from impact.services.actions import open_action
from impact.services.meeting_facts import decision_facts, step_facts
from impact.vocabulary import DecisionKind, DecisionState

DECIDE, FOLLOW, AGREE, ENTER = "take_decision", "follow_decision", "sign_agreement", "enter_catalogue"
LONGEST_OUTCOME = 2_000


def decide(session: Session, actor: Actor, meeting: int, draft: DecisionDraft, token: str = "") -> int:
    """Take a decision; its number in the meeting. The figures looked at and the proof are kept as they stand today.

    A new action, or one that is deployed, is prepared in its host region at once, its plan a draft. Raises Forbidden,
    NotFound, Refused (every problem at once), AlreadyDone.
    """
    require(actor, Right.MEETINGS)
    history.begin(session, token)
    held, book = meetings.meeting(session, meeting), Book(session)
    source = _source(session, draft)
    _refuse_unknown(book, draft)
    number = 1 + max((one.number for one in decisions.decisions(session, meeting=meeting)), default=0)
    figures = _looked_at(session, draft)
    row = Decision(
        meeting_number=meeting, number=number, kind=draft.kind.value, statement=draft.statement, reason=draft.reason,
        owner=draft.owner, owner_region=draft.owner_region or None, due_on=draft.due,
        action_region=draft.action.region if draft.action else None,
        action_number=draft.action.number if draft.action else None, host_region=draft.host_region or None,
        adaptation=draft.adaptation, measure=measure_facts(draft.measure) if draft.measure else {},
        snapshot_number=draft.snapshot, figures=figures, proof=_proof(session, draft, figures), taken_by=actor.id,
        taken_at=clock.now(session), taken_on=book.today,
    )  # fmt: skip
    session.add(row)
    session.flush()
    if draft.kind in PREPARES:
        row.host_action = _prepare(session, actor, row, draft, source, held.said.theme)
        session.flush()
    history.record(session, actor, DECIDE, _subject(row), after=decision_facts(row), reason=draft.reason)
    return number


def follow_up(
    session: Session, actor: Actor, meeting: int, number: int, state: DecisionState, outcome: str,
    succeeded: bool | None, seen_number: int, token: str = "",
) -> int:  # fmt: skip
    """Say what became of a decision; the number of the step. succeeded: of a deployment that is done alone.

    seen_number: of the last step that the form showed, 0 = none. Raises Forbidden, NotFound, Refused, StaleEntry,
    AlreadyDone.
    """
    require(actor, Right.MEETINGS)
    history.begin(session, token)
    held = decisions.decision(session, meeting, number)
    said = clean_prose(outcome, LONGEST_OUTCOME)
    if held.seen_number != seen_number:
        last = held.steps[-1]
        raise StaleEntry(
            f"{last.by} a dit ce qu’il en est pendant que vous écriviez : {last.state.label}. Relisez, puis "
            "enregistrez de nouveau.",
            stored={"etat": last.state.value, "suite": last.outcome}, typed={"etat": state.value, "suite": said},
            version=held.seen_number,
        )  # fmt: skip
    if problems := _step_problems(held, state, said, succeeded):
        raise Refused(problems)
    row = DecisionStep(
        meeting_number=meeting, decision_number=number, number=seen_number + 1, state=state.value, outcome=said,
        succeeded=succeeded, said_by=actor.id, said_at=clock.now(session), said_on=clock.today(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    before = {"decision_state": held.state.value}
    history.record(session, actor, FOLLOW, f"Décision {held.name}", before=before, after=step_facts(row))
    return row.number


def sign_agreement(
    session: Session, actor: Actor, meeting: int, number: int, day: date, piece: int, seen_version: int,
    token: str = "",
) -> int:  # fmt: skip
    """Record the host region's signed agreement and the piece of that region that holds it; the decision's version.

    Raises Forbidden, NotFound, Refused (every problem at once), AlreadyDone.
    """
    held, row = _opened(session, actor, meeting, number, seen_version, token)
    problems = []
    if held.kind not in PREPARES:
        problems.append(Problem("cette décision n’a pas de région hôte.", "jour"))
    if day > clock.today(session):
        problems.append(Problem(f"« date de la convention » : le {short_date(day)} n’est pas encore passé.", "jour"))
    found = session.get(Evidence, (held.host_region, piece))
    if found is None or found.withdrawn_at is not None:
        said = f"la pièce {held.host_region}-{piece} n’existe pas, ou est retirée."
        problems.append(Problem(f"« pièce de la convention » : {said}", "piece"))
    if problems:
        raise Refused(problems)
    before = decision_facts(row)
    row.agreement_on, row.agreement_piece, row.version = day, piece, row.version + 1
    session.flush()
    history.record(session, actor, AGREE, _subject(row), before=before, after=decision_facts(row))
    return row.version


def enter_catalogue(
    session: Session, actor: Actor, meeting: int, number: int, code: str, draft: MeasureDraft,
    applies_from: date | None, seen_version: int, token: str = "",
) -> Definition:  # fmt: skip
    """Publish the indicator that a meeting wanted, as it is drafted now; its first version.

    draft: complete, as the decision has it or as it was completed since. applies_from: first day of a period that is
    not over; None = of the one that runs. Raises Forbidden, NotFound, Refused (every problem at once), AlreadyDone.
    """
    held, row = _opened(session, actor, meeting, number, seen_version, token)
    if held.kind is not DecisionKind.NEW_MEASURE:
        raise Refused("Cette décision ne demande pas de nouvelle mesure.")
    if held.indicator:
        raise Refused(f"Cette mesure est déjà entrée au référentiel : {held.indicator}.")
    reason = f"décision {held.name} de la rencontre nationale, thème : {meetings.meeting(session, meeting).said.theme}"
    published = catalogue.create(session, actor, code, draft, applies_from, reason)
    before = decision_facts(row)
    row.indicator_code, row.version = published.code, row.version + 1
    session.flush()
    history.record(session, actor, ENTER, _subject(row), before=before, after=decision_facts(row))
    return published


def _opened(
    session: Session, actor: Actor, meeting: int, number: int, seen_version: int, token: str
) -> tuple[DecisionRow, Decision]:
    require(actor, Right.MEETINGS)
    history.begin(session, token)
    held = decisions.decision(session, meeting, number)
    if held.version != seen_version:
        raise Refused("La décision a été complétée depuis que vous l’avez ouverte ; relisez-la, puis recommencez.")
    return held, session.get_one(Decision, (meeting, number))


def _subject(row: Decision) -> str:
    return f"Décision {row.meeting_number}-{row.number}, {DecisionKind(row.kind).label}"


def _source(session: Session, draft: DecisionDraft) -> ActionRow | None:
    """The action that it is about, as everybody may see it: a plan that was never validated is decided on by nobody."""
    if draft.action is None:
        return None
    if draft.kind is DecisionKind.DEPLOYMENT and draft.host_region == draft.action.region:
        raise Refused([Problem(f"« région hôte » : {SAME_REGION}", "region_hote")])
    try:
        return plans.action(session, EVERYBODY, draft.action)
    except NotFound:
        said = f"l’action {draft.action} n’existe pas, est retirée, ou son plan n’a jamais été validé."
        raise Refused([Problem(f"« action concernée » : {said}", "action")]) from None


def _refuse_unknown(book: Book, draft: DecisionDraft) -> None:
    for region in filter(None, (draft.owner_region, draft.host_region)):
        book.region(region)
    for chantier in filter(None, (draft.chantier, draft.measure.chantier if draft.measure else "")):
        book.chantier(chantier)


def _looked_at(session: Session, draft: DecisionDraft) -> list[dict[str, Any]]:
    """The figures that it says to have looked at, as the comparison has them; one that is not there was not seen."""
    found = looked_at(snapshot(session, draft.snapshot).content, draft.figures) if draft.snapshot else []
    if unseen := sorted(set(draft.figures) - {one["name"] for one in found}):
        said = f"la confrontation choisie n’a pas {', '.join(unseen)}."
        raise Refused([Problem(f"« chiffres regardés » : {said}", "chiffres")])
    return found


def _proof(session: Session, draft: DecisionDraft, figures: list[dict[str, Any]]) -> dict[str, Any]:
    """By action: how many of the figures looked at stood at each grade, and the public claims of its region and
    chantier as they stand."""
    keys = {action_key(one["action"]) for one in figures} | ({draft.action} if draft.action else set())
    public = {one.key: one for one in plans.actions(session, EVERYBODY)}
    found: dict[str, Any] = {}
    for key in sorted(keys):
        claims = public_claims(session, key.region, public[key].chantier) if key in public else ()
        found[str(key)] = {"grades": _grades(figures, key), "claims": [claim_facts(one) for one in claims]}
    return found


def _grades(figures: list[dict[str, Any]], key: ActionKey) -> list[int]:
    own = [one["total"] for one in figures if one["action"] == str(key) and "total" in one]
    entries = {entry.cell: entry for total in own for entry in map(entry_of, total["figures"])}
    grades = Counter(entry.reliability for entry in entries.values())
    return [grades[grade] for grade in range(GRADES)]


def _prepare(
    session: Session, actor: Actor, row: Decision, draft: DecisionDraft, source: ActionRow | None, theme: str
) -> int:
    """The action that the host region finds; its number there."""
    came = f"Action préparée par la décision {row.meeting_number}-{row.number} de la rencontre « {theme} »"
    came += f", d’après l’action {source.key}, « {source.title} »." if source else "."
    plan = adapted(source.validated if source else None, draft, came)
    origin = row.meeting_number, row.number
    return open_action(session, actor, draft.host_region, plan.identity, plan=plan, origin=origin).number


def _step_problems(held: DecisionRow, state: DecisionState, said: str, succeeded: bool | None) -> list[Problem]:
    problems = []
    if state not in FOLLOWING[held.state]:
        known = ", ".join(one.label for one in FOLLOWING[held.state])
        problems.append(Problem(f"« état » : elle est {held.state.label} ; possible : {known}.", "etat"))
    if not said:
        problems.append(Problem("« ce qu’il en est advenu » : dites-le, en quelques mots.", "suite"))
    if succeeded is not None and (state is not DecisionState.DONE or held.kind is not DecisionKind.DEPLOYMENT):
        problems.append(Problem("« réussite » : elle se dit d’un déploiement réalisé.", "reussite"))
    return problems
