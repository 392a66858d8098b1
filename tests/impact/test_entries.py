"""The life of a figure through the services, on both engines: every step leaves its trace, no rule is skipped."""

from datetime import date

import pytest
from sqlmodel import Session, col, select

from impact import rules
from impact.errors import AlreadyDone, Forbidden, Incomplete, Refused, StaleEntry
from impact.figures import Cell
from impact.models import Breakdown, Entry, History, TypedDraft
from impact.permissions import Actor
from impact.queries.book import Book
from impact.services import calendar, drafts, reviews, submission
from impact.services.entries import save_entry
from impact.services.readings import Reading
from impact.vocabulary import Status
from tests.cast import ADA, CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI

T1, T2, T3, T4 = (f"2010-2011-T{number}" for number in range(1, 5))
SOURCED = {"source": "Registre régional", "famille_methode": "registre"}
LINKED = {**SOURCED, "lien_preuve": "https://exemple.org/registre.pdf"}


def save(session: Session, actor: Actor, cell: Cell, seen: int = 0, token: str = "", **fields: str) -> Entry:
    """Type a form's fields and save them."""
    definition = Book(session).definition(cell.indicator)
    draft, problems = rules.read_draft(definition, cell, fields, seen)
    if draft is None or problems:
        raise Refused(problems)
    return save_entry(session, actor, draft, token)


def reopen(session: Session, period: str, region: str = PICARDIE) -> None:
    calendar.reopen_period(session, ODILE, period, region, date(2011, 8, 31), "pièces reçues tard")


def history_of(session: Session, cell: Cell) -> list[History]:
    same = (History.chain == cell.region, History.indicator_code == cell.indicator)
    return list(
        session.exec(select(History).where(*same, History.period_code == cell.period).order_by(col(History.seq)))
    )


TRAINED = Cell(PICARDIE, "FOR-04", T3)


def submitted(session: Session, cell: Cell = TRAINED, **fields: str) -> Entry:
    save(session, KARIM, cell, **(fields or {"valeur": "12", **LINKED}))
    submission.submit_cells(session, KARIM, [cell])
    return session.get_one(Entry, cell)


def test_a_figure_goes_from_draft_to_validated_and_every_step_is_in_history(session: Session) -> None:
    entry = submitted(session)
    assert (entry.numerator, entry.status, entry.reliability) == (120_000, Status.SUBMITTED, 2)
    reviews.begin_review(session, ODILE, TRAINED)
    assert reviews.validate(session, ODILE, [TRAINED], readings={TRAINED: Reading("valeur et période")}) == 1
    assert (entry.status, entry.reliability, entry.validated_by) == (Status.VALIDATED, 3, ODILE.id)
    steps = [(row.action, row.actor) for row in history_of(session, TRAINED)]
    assert steps == [
        ("save", KARIM.email), ("submit", KARIM.email), ("begin_review", ODILE.email), ("validate", ODILE.email),
    ]  # fmt: skip


def test_editing_a_validated_and_read_figure_takes_status_and_grade_back_and_history_keeps_both(
    session: Session,
) -> None:
    """measurement.md, section 10, example 8."""
    entry = submitted(session)
    reviews.validate(session, ODILE, [TRAINED], readings={TRAINED: Reading("valeur et période")})
    with pytest.raises(Refused, match="validé"):
        save(session, KARIM, TRAINED, seen=entry.version, valeur="13", **LINKED)
    reviews.reopen_entry(session, ODILE, TRAINED, "erreur signalée par la région")
    save(session, KARIM, TRAINED, seen=entry.version, valeur="13", **LINKED)
    assert (entry.status, entry.reliability, entry.numerator) == (Status.DRAFT, 2, 130_000)
    kept = [
        (row.after["numerator"], row.after["status"], row.after["reliability"]) for row in history_of(session, TRAINED)
    ]
    assert (120_000, "validated", 3) in kept
    assert kept[-1] == (130_000, "draft", 2)


def test_a_changed_comment_does_not_undo_the_reading_of_the_evidence(session: Session) -> None:
    entry = submitted(session)
    reviews.validate(session, ODILE, [TRAINED], readings={TRAINED: Reading("valeur et période")})
    reviews.reopen_entry(session, ODILE, TRAINED, "commentaire à compléter")
    save(session, KARIM, TRAINED, seen=entry.version, valeur="12", commentaire="Deux sessions.", **LINKED)
    assert entry.reliability == 3


def test_a_true_zero_is_saved_as_a_value(session: Session) -> None:
    entry = save(session, KARIM, TRAINED, valeur="0")
    assert (entry.answer, entry.numerator) == ("valeur", 0)


def test_a_return_carries_its_reason_and_the_figure_stays_editable_after_the_deadline(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = submitted(session)
    with pytest.raises(Refused, match="motif"):
        reviews.send_back(session, ODILE, [TRAINED], "  ")
    reviews.send_back(session, ODILE, [TRAINED], "La feuille d’émargement manque.")
    assert entry.review_note == "La feuille d’émargement manque."
    monkeypatch.setenv("IMPACT_TODAY", "2011-09-01")
    save(session, KARIM, TRAINED, seen=entry.version, valeur="11", **LINKED)
    submission.submit_cells(session, KARIM, [TRAINED])
    assert (entry.status, entry.review_note, entry.first_submitted_on) == (Status.SUBMITTED, "", date(2011, 7, 10))


@pytest.mark.parametrize("person", [REMI, CLAIRE], ids=["a reader", "another region"])
def test_only_the_region_and_the_national_office_type_its_figures(session: Session, person: Actor) -> None:
    with pytest.raises(Forbidden):
        save(session, person, TRAINED, valeur="3")
    with pytest.raises(Forbidden):
        drafts.keep_fields(session, person, TRAINED, {"valeur": "3"}, 0)
    assert session.get(Entry, TRAINED) is None


def test_nobody_validates_what_they_entered(session: Session) -> None:
    save(session, ODILE, TRAINED, valeur="12", **LINKED)
    submission.submit_cells(session, KARIM, [TRAINED])
    with pytest.raises(Refused, match=r"FOR-04.*Picardie"):
        reviews.validate(session, ODILE, [TRAINED])
    assert reviews.validate(session, ADA, [TRAINED]) == 1
    reviews.reopen_entry(session, ODILE, TRAINED, "à revoir")
    submission.submit_cells(session, KARIM, [TRAINED])
    assert reviews.validate(session, ODILE, [TRAINED]) == 1, "her typing was before the last validation"


def test_one_own_figure_refuses_the_whole_lot(session: Session) -> None:
    submitted(session)
    other = TRAINED._replace(indicator="FOR-02")
    save(session, ODILE, other, valeur="2")
    submission.submit_cells(session, KARIM, [other])
    with pytest.raises(Refused, match="FOR-02"):
        reviews.validate(session, ODILE, [TRAINED, other])
    assert session.get_one(Entry, TRAINED).status == Status.SUBMITTED


@pytest.mark.parametrize(
    ("today", "period", "why"),
    [
        ("2011-07-16", T3, "close depuis le 15/07/2011"),
        ("2011-03-31", T3, "ouvre le 01/04/2011"),
    ],
)
def test_a_closed_or_coming_period_says_why_it_is_locked(
    session: Session, monkeypatch: pytest.MonkeyPatch, today: str, period: str, why: str
) -> None:
    monkeypatch.setenv("IMPACT_TODAY", today)
    with pytest.raises(Refused, match=why):
        save(session, KARIM, TRAINED._replace(period=period), valeur="3")
    assert save(session, ODILE, TRAINED._replace(period=period), valeur="3").version == 1, "the national office may"


def test_a_reopened_period_accepts_figures_until_its_day(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    late = TRAINED._replace(period=T1)
    with pytest.raises(Refused, match="close"):
        save(session, KARIM, late, valeur="3")
    reopen(session, T1)
    entry = save(session, KARIM, late, valeur="3")
    monkeypatch.setenv("IMPACT_TODAY", "2011-09-01")
    with pytest.raises(Refused, match="31/08/2011"):
        save(session, KARIM, late, seen=entry.version, valeur="4")


def test_a_region_does_not_type_for_a_chantier_it_has_not_chosen(session: Session) -> None:
    cell = Cell(MIDI_PYRENEES, "FOR-04", T3)
    with pytest.raises(Refused, match="pas mobilisée"):
        save(session, CLAIRE, cell, valeur="3")
    assert save(session, ODILE, cell, valeur="3").status == Status.DRAFT


def test_a_running_period_takes_drafts_but_no_submission(session: Session) -> None:
    cell = TRAINED._replace(period=T4)
    save(session, KARIM, cell, valeur="3")
    with pytest.raises(Refused, match="30/09/2011"):
        submission.submit_cells(session, KARIM, [cell])


def test_the_second_of_two_people_sees_both_values(session: Session) -> None:
    save(session, KARIM, TRAINED, valeur="12")
    with pytest.raises(StaleEntry) as caught:
        save(session, ODILE, TRAINED, seen=0, valeur="15")
    assert (caught.value.stored["valeur"], caught.value.typed["valeur"]) == ("12", "15")
    assert "Karim Benali" in str(caught.value)
    assert session.get_one(Entry, TRAINED).numerator == 120_000
    save(session, ODILE, TRAINED, seen=caught.value.version, valeur="15")
    assert session.get_one(Entry, TRAINED).numerator == 150_000


def test_a_form_sent_twice_counts_once(session: Session) -> None:
    save(session, KARIM, TRAINED, token="once", valeur="12")
    session.commit()
    with pytest.raises(AlreadyDone):
        save(session, KARIM, TRAINED, seen=1, token="once", valeur="13")
    session.rollback()
    assert session.get_one(Entry, TRAINED).numerator == 120_000


def test_saving_the_same_again_writes_nothing(session: Session) -> None:
    save(session, KARIM, TRAINED, valeur="12")
    assert save(session, KARIM, TRAINED, seen=1, valeur="12").version == 1
    assert len(history_of(session, TRAINED)) == 1


def test_submitting_a_sheet_lists_everything_missing_then_submits_the_ready_ones(session: Session) -> None:
    save(session, KARIM, TRAINED, valeur="12")
    save(session, KARIM, TRAINED._replace(indicator="FOR-02"), valeur="3", **{"public_vise/scolaires/valeur": "2"})
    drafts.keep_fields(session, KARIM, TRAINED._replace(indicator="FOR-01"), {"valeur": "100"}, 0)
    with pytest.raises(Incomplete) as caught:
        submission.submit_sheet(session, KARIM, PICARDIE, "FOR", T3)
    assert {problem.where for problem in caught.value.problems} == {"FOR-01", "FOR-02", "FOR-03"}
    assert caught.value.ready == ("FOR-04",)
    assert submission.submit_sheet(session, KARIM, PICARDIE, "FOR", T3, only_ready=True) == ["FOR-04"]
    assert session.get_one(Entry, TRAINED).status == Status.SUBMITTED


def test_a_warning_asks_for_a_comment_at_submission_and_never_blocks_a_draft(session: Session) -> None:
    entry = save(session, KARIM, TRAINED, valeur="900")
    with pytest.raises(Refused, match="commentaire"):
        submission.submit_cells(session, KARIM, [TRAINED])
    save(session, KARIM, TRAINED, seen=entry.version, valeur="900", commentaire="Grande école partenaire.")
    submission.submit_cells(session, KARIM, [TRAINED])
    assert entry.status == Status.SUBMITTED


def test_a_region_takes_back_until_the_review_begins(session: Session) -> None:
    entry = submitted(session)
    submission.take_back(session, KARIM, TRAINED)
    assert entry.status == Status.DRAFT
    submission.submit_cells(session, KARIM, [TRAINED])
    reviews.begin_review(session, ODILE, TRAINED)
    with pytest.raises(Refused, match="relecture a commencé"):
        submission.take_back(session, KARIM, TRAINED)


def test_a_figure_that_could_not_be_sent_again_is_not_taken_back(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted(session)
    monkeypatch.setenv("IMPACT_TODAY", "2011-07-20")
    with pytest.raises(Refused, match="plus être soumis"):
        submission.take_back(session, KARIM, TRAINED)


def test_breakdowns_follow_their_total(session: Session) -> None:
    parts = {"sexe/femmes/valeur": "7", "sexe/hommes/valeur": "5"}
    entry = save(session, KARIM, TRAINED, valeur="12", **parts)
    stored = session.exec(select(Breakdown.category_code, Breakdown.numerator)).all()
    assert sorted(stored) == [("femmes", 70_000), ("hommes", 50_000)]
    save(session, KARIM, TRAINED, seen=entry.version, etat="non_disponible", motif="registre perdu")
    assert session.exec(select(Breakdown)).all() == []


def test_what_is_typed_survives_and_is_forgotten_once_saved(session: Session) -> None:
    drafts.keep_fields(session, KARIM, TRAINED, {"valeur": "12,"}, 0)
    drafts.keep_fields(session, KARIM, TRAINED, {"source": "Registre"}, 0)
    kept = session.get_one(TypedDraft, (*TRAINED, KARIM.id))
    assert kept.fields == {"valeur": "12,", "source": "Registre"}
    save(session, KARIM, TRAINED, valeur="12")
    assert session.get(TypedDraft, (*TRAINED, KARIM.id)) is None
    assert history_of(session, TRAINED)[0].action == "save"
