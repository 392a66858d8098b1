"""What regions and the country set out to reach: stated, stated again with a reason, withdrawn; nothing is lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, col, select

from impact import clock
from impact.errors import Problem, Refused, StaleEntry
from impact.figures import Definition
from impact.formats import clean_text, short_date
from impact.models import TargetRevision
from impact.permissions import Actor, Right, require
from impact.queries import catalogue
from impact.queries.book import Book
from impact.queries.catalogue import CampaignRow
from impact.queries.targets import stated
from impact.rules.definitions import in_force
from impact.rules.target_refusals import target_problems
from impact.rules.targets import TargetDraft, as_draft, states_the_same, target_fields
from impact.services import history, rollup
from impact.vocabulary import NATIONAL_CODE

SET, WITHDRAW = "set_target", "withdraw_target"
BEFORE_THE_CONGRESS = "précisée avant le Congrès"
"""The reason kept of a change that needs none: the target itself is the same, and the Congress has not met."""

Key = tuple[str, str, str]
"""region, indicator, campaign"""


@dataclass(frozen=True, slots=True)
class Case:
    """A draft with its campaign, and what is stored under its key; last None = nothing was ever said."""

    draft: TargetDraft
    definition: Definition
    campaign: CampaignRow
    last: TargetRevision | None

    @property
    def standing(self) -> TargetDraft | None:
        target = stated(self.last) if self.last else None
        return as_draft(target) if target else None

    @property
    def is_unchanged(self) -> bool:
        return self.standing is not None and states_the_same(self.draft, self.standing)


def set_target(session: Session, actor: Actor, draft: TargetDraft, token: str = "") -> TargetRevision:
    """State one target; the revision in force afterwards, the old one where the draft says the same.

    Raises Forbidden, NotFound, Refused (every problem at once), StaleEntry (someone else was faster), AlreadyDone.
    """
    set_targets(session, actor, [draft], token)
    campaign = require_campaign(Book(session), draft).code
    return _last(session, [(draft.region, draft.indicator, campaign)]).popitem()[1]


def set_targets(session: Session, actor: Actor, drafts: Sequence[TargetDraft], token: str = "") -> int:
    """State several targets, all or nothing; how many changed. Raises as set_target, every problem of all at once.

    The same statement again is no new revision. A key may come once.
    """
    require(actor, Right.TARGETS)
    history.begin(session, token)
    book = Book(session)
    cases = cases_of(book, drafts)
    if len({_key(case.draft) for case in cases}) < len(cases):
        raise Refused("La même cible est donnée deux fois.")
    for case in cases:
        _refuse_if_stale(case)
    several = len(cases) > 1
    if problems := [p for case in cases for p in _named(book, case, several, case_problems(book, case))]:
        raise Refused(problems)
    changed = [case for case in cases if not case.is_unchanged]
    for case in changed:
        _add(book, actor, case, case.draft)
    _refresh(book, changed)
    return len(changed)


def withdraw_target(
    session: Session,
    actor: Actor,
    region: str,
    indicator: str,
    campaign: str,
    reason: str,
    seen_number: int,
    token: str = "",
) -> TargetRevision:
    """Take a target back; what was said of it stays. Raises as set_target."""
    require(actor, Right.TARGETS)
    history.begin(session, token)
    book = Book(session)
    definition = book.definition(indicator)
    require_region(book, region)
    last = _last(session, [(region, indicator, campaign)]).get((region, indicator, campaign))
    target = stated(last) if last else None
    if last is None or target is None:
        raise Refused(f"{indicator} : il n’y a pas de cible à retirer.")
    case = Case(
        replace(as_draft(target), seen_number=seen_number, reason=clean_text(reason, 1_000)), definition,
        catalogue.campaign(session, campaign), last,
    )  # fmt: skip
    _refuse_if_stale(case)
    if not case.draft.reason:
        raise Refused([Problem("dites pourquoi la cible est retirée.", "motif", indicator)])
    revision = _add(book, actor, case, None)
    _refresh(book, [case])
    return revision


def require_campaign(book: Book, draft: TargetDraft) -> CampaignRow:
    """The campaign of a target: the one named, else the last one begun by its due date.

    That is the one that contains the day or, after its end, the one before. NotFound; Refused before the first.
    """
    if draft.campaign:
        return catalogue.campaign(book.session, draft.campaign)
    begun = [row for row in book.campaigns.values() if row.start <= draft.due]
    if not begun:
        first = short_date(next(iter(book.campaigns.values())).start)
        message = f"« échéance » : le {short_date(draft.due)} précède la première campagne, qui commence le {first}."
        raise Refused([Problem(message, "echeance", draft.indicator)])
    return begun[-1]


def _last(session: Session, keys: Sequence[Key]) -> dict[Key, TargetRevision]:
    query = (
        select(TargetRevision)
        .where(
            col(TargetRevision.region_code).in_({region for region, _, _ in keys}),
            col(TargetRevision.indicator_code).in_({indicator for _, indicator, _ in keys}),
            col(TargetRevision.campaign_code).in_({campaign for _, _, campaign in keys}),
        )
        .order_by(col(TargetRevision.number))
    )
    found = {(row.region_code, row.indicator_code, row.campaign_code): row for row in session.exec(query)}
    return {key: found[key] for key in keys if key in found}


def cases_of(book: Book, drafts: Sequence[TargetDraft]) -> list[Case]:
    """The drafts with their campaigns and what is stored, in a few queries. NotFound, or Refused where one has none."""
    dated: list[tuple[TargetDraft, CampaignRow]] = []
    problems: list[Problem] = []
    for draft in drafts:
        try:
            dated.append((draft, require_campaign(book, draft)))
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    for draft, _ in dated:
        require_region(book, draft.region)
    keyed = [(replace(draft, campaign=row.code), row) for draft, row in dated]
    known = _last(book.session, [_key(draft) for draft, _ in keyed])
    return [
        Case(draft, _definition(book, draft.indicator, campaign), campaign, known.get(_key(draft)))
        for draft, campaign in keyed
    ]


def _definition(book: Book, code: str, campaign: CampaignRow) -> Definition:
    """The version whose bounds hold for a target: that of the campaign's end, not one published for a later one."""
    book.definition(code)  # NotFound names what does not exist
    return in_force(book.versions[code], campaign.end)


def _key(draft: TargetDraft) -> Key:
    return draft.region, draft.indicator, draft.campaign


def require_region(book: Book, region: str) -> None:
    """NotFound unless it is a region's code, or FR."""
    if region != NATIONAL_CODE:
        book.region(region)


def _refuse_if_stale(case: Case) -> None:
    """The form showed the last statement; where that one took the target back, a form that showed none is no older."""
    number = case.last.number if case.last else 0
    standing = case.standing
    if case.draft.seen_number == number or (standing is None and case.draft.seen_number == 0):
        return
    raise StaleEntry(
        f"{case.draft.indicator} : cette cible a été modifiée depuis que vous l’avez ouverte. "
        "Choisissez celle à garder.",
        stored=target_fields(standing) if standing else {},
        typed=target_fields(case.draft),
        version=number,
    )


def case_problems(book: Book, case: Case) -> list[Problem]:
    """Why this draft cannot be stated; the same statement again asks for nothing."""
    if case.is_unchanged:
        return []
    standing = stated(case.last) if case.last else None
    return target_problems(
        case.definition, case.draft, case.campaign.start, case.campaign.end, standing,
        today=book.today, withdrawn=case.last is not None and standing is None,
    )  # fmt: skip


def _named(book: Book, case: Case, several: bool, problems: list[Problem]) -> list[Problem]:
    """Among several, each problem says of which region and indicator."""
    if not several:
        return problems
    where = subject(book, case.draft.indicator, case.draft.region)
    return [Problem(problem.message, problem.field, where) for problem in problems]


def subject(book: Book, indicator: str, region: str) -> str:
    """How sentences and history name a target."""
    return f"{indicator}, {'France' if region == NATIONAL_CODE else book.region(region).name}"


def _add(book: Book, actor: Actor, case: Case, said: TargetDraft | None) -> TargetRevision:
    """One more revision and its row of history; said None = withdrawn."""
    session, draft, last = book.session, case.draft, case.last
    reason = draft.reason or (BEFORE_THE_CONGRESS if last else "")
    revision = TargetRevision(
        region_code=draft.region, indicator_code=draft.indicator, campaign_code=draft.campaign,
        number=(last.number if last else 0) + 1, due_date=draft.due,
        baseline=said.baseline if said else None, value=said.value if said else None,
        milestones=[[day.isoformat(), value] for day, value in said.milestones] if said else [],
        reason=reason, set_by=actor.id, set_at=clock.now(session), set_on=book.today,
    )  # fmt: skip
    session.add(revision)
    session.flush()
    history.record(
        session, actor, SET if said else WITHDRAW, subject(book, draft.indicator, draft.region), chain=draft.region,
        indicator=draft.indicator, before=facts(last) if last else None, after=facts(revision), reason=reason,
    )  # fmt: skip
    return revision


def facts(revision: TargetRevision) -> dict[str, Any]:
    """A statement as history keeps it; `check` replays it against the table."""
    return {
        "campaign_code": revision.campaign_code,
        "number": revision.number,
        "baseline": revision.baseline,
        "value": revision.value,
        "due_date": revision.due_date.isoformat(),
        "milestones": revision.milestones,
        "set_on": revision.set_on.isoformat(),
    }


def _refresh(book: Book, cases: Iterable[Case]) -> None:
    """A national target changes no region's progress."""
    units = {
        (case.draft.region, case.definition.chantier, case.draft.campaign)
        for case in cases
        if case.draft.region != NATIONAL_CODE
    }
    if units:
        rollup.refresh(book.session, book, sorted(units))
