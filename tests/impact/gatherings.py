"""Two regions with validated plans and figures on one chantier, and a national meeting, for tests of what follows."""

from datetime import date

from sqlmodel import Session

from impact import rules
from impact.actions import ActionKey, Activity, Funding, Identity, Objective, Partner, Plan, Resource
from impact.figures import SCALE, Cell
from impact.models import Entry, MobilisationSpell
from impact.permissions import Actor
from impact.queries.book import Book
from impact.rules.meetings import LessonDraft, MeasureDraft, MeetingDraft
from impact.services import reviews, submission
from impact.services.actions import open_action, submit_plan, validate_plan
from impact.services.entries import save_entry
from impact.services.meetings import hold_meeting
from impact.services.snapshots import freeze
from impact.vocabulary import (
    Accumulation,
    Additivity,
    Commitment,
    Direction,
    Frequency,
    FundingState,
    Measure,
    ResourceKind,
    Stage,
)
from tests.cast import ADA, MIDI_PYRENEES, ODILE, PICARDIE, START

T1, T2, T3 = (f"2010-2011-T{number}" for number in (1, 2, 3))
WINDOW = START, date(2011, 6, 30)
TUTORS, CAMPUS = ActionKey(PICARDIE, 1), ActionKey(MIDI_PYRENEES, 1)
MEETING = MeetingDraft("Former les tuteurs", ("FOR",), date(2011, 10, 20), "Amiens", "Comparer, décider.")
LESSON = LessonDraft("Un tuteur formé reste.", "Là où l’employeur s’engage.", proof="Deux bilans concordants.")
NEW_MEASURE = MeasureDraft(
    "FOR", "Tuteurs encore là un an après", "Restent-ils ?", "Tuteurs formés qui exercent un an après.", Stage.OUTCOME,
    Measure.COUNT, "personnes", Accumulation.FLOW, Additivity.SUM, Direction.UP, Frequency.QUARTER, 0, minimum=0,
    collection_method="appel téléphonique", axes=("sexe",), pitfalls=("Compter une personne une fois.",),
)  # fmt: skip
NEED = "Trop peu de tuteurs formés."


def plan(title: str = "Former les tuteurs") -> Plan:
    return Plan(
        Identity(title, "FOR", NEED, "Karim Benali", "Deux formateurs", "karim@example.org", date(2010, 11, 1)),
        (Objective("Former 120 tuteurs", "FOR-04", 0, 120 * SCALE, date(2011, 9, 30)),),
        (Activity("Première session", "Support", "L’équipe", date(2010, 11, 1), date(2010, 12, 1)),),
        8_000 * SCALE,
        (Funding("Conseil régional", amounts={FundingState.IDENTIFIED: 8_000 * SCALE}),),
        (Resource(ResourceKind.PEOPLE, "Formateurs", 2 * SCALE, "ETP"),),
        (Partner("Greta", "prête les salles", Commitment.AGREED),),
    )


def validated_plan(session: Session, region: str, title: str) -> ActionKey:
    key = open_action(session, ODILE, region, plan(title).identity, plan=plan(title))
    submit_plan(session, ODILE, key, 1)
    validate_plan(session, ADA, key, 1)
    return key


def enter(session: Session, cell: Cell, value: str, actor: Actor = ODILE, *, validated: bool = True) -> None:
    """Save a figure again or for the first time, submit it and, unless said otherwise, validate it."""
    entry = session.get(Entry, cell)
    fields = {"valeur": value, "source": "Registre", "methode": "relevé"}
    definition = Book(session).definition_for(cell)
    draft, problems = rules.read_draft(definition, cell, fields, entry.version if entry else 0)
    assert draft is not None, problems
    save_entry(session, actor, draft)
    submission.submit_cells(session, actor, [cell])
    if validated:
        reviews.validate(session, ADA, [cell])


def gather(session: Session) -> int:
    """Everything but a snapshot; the meeting's number. The spell is as unrecorded as the cast's own."""
    session.add(MobilisationSpell(region_code=MIDI_PYRENEES, chantier_code="FOR", start_date=START))
    session.flush()
    for key, title in ((TUTORS, "Former les tuteurs"), (CAMPUS, "Un campus des métiers")):
        assert validated_plan(session, key.region, title) == key
    for period, euros, people in ((T1, "1000", "10"), (T2, "2000", "20"), (T3, "3000", "30")):
        enter(session, Cell(PICARDIE, "FOR-01", period), euros)
        enter(session, Cell(PICARDIE, "FOR-04", period), people)
        enter(session, Cell(MIDI_PYRENEES, "FOR-04", period), "4", validated=period != T3)
    return hold_meeting(session, ODILE, MEETING)


def frozen(session: Session, meeting: int) -> int:
    return freeze(session, ODILE, meeting, "Deux façons de former", [CAMPUS, TUTORS], WINDOW)
