"""A meeting, and three regions that run an action whose plan is validated, with figures to compare."""

from datetime import date

from sqlmodel import Session

from impact import rules
from impact.actions import ActionKey, Activity, Funding, Identity, Objective, Partner, Plan, Resource
from impact.figures import SCALE, Cell
from impact.models import Entry
from impact.queries.book import Book
from impact.rules.meetings import MeetingDraft, Participant
from impact.services import meetings, mobilisations, reviews, snapshots, submission
from impact.services.actions import open_action, submit_plan, validate_plan
from impact.services.entries import save_entry
from impact.vocabulary import Commitment, FundingState, ResourceKind
from tests.cast import ADA, ODILE, PICARDIE, START, TODAY
from tests.pages.scenes import LINKED, T1, T2, TRAINED, submit

NORD, RHONE_ALPES, BOURGOGNE = "31", "82", "26"
REGIONS = (PICARDIE, NORD, RHONE_ALPES)
TITLES = ("Former les tuteurs", "Sensibiliser les lycées", "Une école des dirigeants")
KEYS = tuple(ActionKey(region, 1) for region in REGIONS)
WINDOW = (START, TODAY)
MEETING = MeetingDraft(
    "Former à l’entrepreneuriat social", ("FOR",), date(2011, 10, 12), "Lyon", "Ouverture\nConfrontation\nDécisions"
)


MONEY = {
    FundingState.IDENTIFIED: 8_000 * SCALE, FundingState.REQUESTED: 8_000 * SCALE, FundingState.GRANTED: 5_000 * SCALE,
}  # fmt: skip


def plan(title: str) -> Plan:
    return Plan(
        Identity(title, "FOR", "Trop peu de tuteurs <b>formés</b>.", "Léa Roy", "Deux formateurs", "lea@example.org"),
        (Objective("Former 120 tuteurs", TRAINED, 0, 120 * SCALE, date(2011, 9, 30)),),
        (Activity("Première session", "Support", "L’équipe", date(2010, 11, 1), date(2010, 12, 1)),),
        8_000 * SCALE,
        (Funding("Conseil régional", amounts=MONEY),),
        (Resource(ResourceKind.PEOPLE, "Formateurs", 2 * SCALE, "ETP"),),
        (Partner("Greta", "prête les salles", Commitment.AGREED),),
    )


def prepare(session: Session) -> None:
    """Three actions of chantier FOR whose plans are validated, and two quarters of people trained in each."""
    for place, (region, title) in enumerate(zip(REGIONS, TITLES, strict=True)):
        if region != PICARDIE:
            mobilisations.mobilise(session, ODILE, region, "FOR", start=START)
        key = open_action(session, ODILE, region, plan(title).identity, plan=plan(title))
        submit_plan(session, ODILE, key, 1)
        validate_plan(session, ADA, key, 1)
        for period in (T1, T2):
            validated(session, Cell(region, TRAINED, period), str(10 * (place + 1)))


def validated(session: Session, cell: Cell, value: str) -> None:
    submit(session, ODILE, cell, valeur=value, **LINKED)
    reviews.validate(session, ADA, [cell])


def correct(session: Session, cell: Cell, value: str, reason: str) -> None:
    """A validated figure is reopened for a reason, typed again and validated."""
    reviews.reopen_entry(session, ODILE, cell, reason)
    entry = session.get_one(Entry, cell)
    definition = Book(session).definition(cell.indicator)
    draft, problems = rules.read_draft(definition, cell, {"valeur": value, **LINKED}, entry.version)
    assert draft, problems
    save_entry(session, ODILE, draft)
    submission.submit_cells(session, ODILE, [cell])
    reviews.validate(session, ADA, [cell])


def hold(session: Session) -> int:
    number = meetings.hold_meeting(session, ODILE, MEETING)
    people = (
        Participant("Léa Roy", PICARDIE, "animatrice"),
        Participant("Jean <i>Petit</i>", NORD),
        Participant("Zoé"),
    )
    meetings.set_participants(session, ODILE, number, people, 1)
    return number


def freeze(session: Session, meeting: int = 1) -> int:
    return snapshots.freeze(session, ODILE, meeting, "Trois façons de former", KEYS, WINDOW)
