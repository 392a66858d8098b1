"""The database itself refuses what the code forbids: every key, reference, check and required column is provoked.

What is provoked comes from the tables' own declarations; only a check's own condition needs a row written by hand in
VIOLATIONS. A new check without one fails here.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from impact.models import Table
from tests.cast import CLAIRE, MIDI_PYRENEES, ODILE, PICARDIE, START

Row = dict[str, Any]
TABLES = Table.metadata.tables
NOW = datetime(2011, 7, 10, 10, tzinfo=UTC)
CELL: Row = {"region_code": MIDI_PYRENEES, "indicator_code": "PRE-03", "period_code": "2010-2011-T2"}
ENTRY: Row = CELL | {
    "indicator_version": 1, "answer": "valeur", "status": "draft", "numerator": 120_000, "denominator": None,
    "reason": "", "source": "", "method": "", "method_family": "", "population": "", "coverage_start": START,
    "coverage_end": date(2011, 3, 31), "evidence_link": "", "comment": "", "reliability": 0, "evidence_read_by": None,
    "evidence_read_at": None, "entered_by": CLAIRE.id, "entered_at": NOW, "submitted_by": None, "submitted_at": None,
    "first_submitted_on": None, "review_started_by": None, "review_note": "", "editable_late": False,
    "validated_by": None, "validated_at": None, "version": 1, "evidence": "", "evidence_checked": "", "verifier": "",
    "verifier_organisation": "", "verified_on": None, "verification_report": None, "verification_by": None,
}  # fmt: skip
DEFINITION: Row = {
    "indicator_code": "PRE-03", "version": 99, "name": "n", "question": "q", "definition": "d", "stage": "output",
    "measure": "count", "unit": "u", "accumulation": "flow", "additivity": "sum", "direction": "up",
    "frequency": "quarter", "decimals": 0, "minimum": 0, "maximum": 10, "alert_above": None, "numerator_label": "",
    "denominator_label": "", "collection_method": "", "proof_of_effect": False, "axes": [], "sheet": {},
    "reason": "r", "applies_from": None,
    "published_by": ODILE.id, "published_at": NOW,
}  # fmt: skip
CLAIM: Row = {"region_code": MIDI_PYRENEES, "claim_number": 1}
STORY: Row = {"region_code": MIDI_PYRENEES, "experience_number": 1}
PLAN: Row = {"region_code": MIDI_PYRENEES, "action_number": 1, "version": 1}

DECISION: Row = {
    "meeting_number": 900, "number": 901, "version": 1, "kind": "deploiement", "statement": "s", "reason": "r",
    "owner": "o", "owner_region": None, "due_on": START, "action_region": MIDI_PYRENEES, "action_number": 1,
    "host_region": PICARDIE, "host_action": None, "adaptation": "", "agreement_on": None, "agreement_piece": None,
    "measure": {}, "indicator_code": None, "snapshot_number": None, "figures": [], "proof": {}, "taken_by": ODILE.id,
    "taken_at": NOW, "taken_on": START,
}  # fmt: skip

ACCEPTED: dict[str, Row] = {
    "account": {"id": 900, "email": "nouvelle@example.org", "name": "N", "role": "reader", "password_hash": None,
                "active": True, "created_at": NOW},
    "account_link": {"token_hash": "f" * 64, "account_id": CLAIRE.id, "purpose": "reset", "expires_at": NOW,
                     "used_at": None},
    "account_region": {"account_id": ODILE.id, "region_code": MIDI_PYRENEES},
    "action_activity": PLAN | {"line": 1, "name": "n", "deliverable": "", "who": "", "start_date": START,
                               "end_date": START},
    "action_funding": PLAN | {"line": 1, "funder": "f", "in_kind": False, "identified": None, "requested": None,
                              "granted": None, "contracted": None, "paid": None, "refused": None,
                              "evidence_number": None},
    "action_objective": PLAN | {"line": 1, "statement": "s", "indicator_code": "PRE-03", "baseline": 0, "target": 1,
                                "due_date": START, "measure": ""},
    "action_partner": PLAN | {"line": 1, "name": "n", "role": "", "commitment": "pressenti", "evidence_number": None},
    "action_resource": PLAN | {"line": 1, "kind": "moyens", "name": "n", "quantity": None, "unit": ""},
    "action_version": PLAN | {"version": 2, "chantier_code": "PRE", "title": "t", "need": "", "lead": "", "team": "",
                              "contact": "", "start_date": START, "end_date": START, "budget": None,
                              "guide_number": None, "reason": "", "written_by": CLAIRE.id, "written_at": NOW},
    "breakdown": CELL | {"axis_code": "sexe", "category_code": "femmes", "numerator": 1, "denominator": None},
    "breakdown_axis": {"code": "nouvel_axe", "label": "l", "kind": "partition"},
    "breakdown_category": {"axis_code": "sexe", "code": "nouvelle", "label": "l", "position": 9},
    "campaign": {"code": "2011-2012", "start_date": date(2011, 10, 1), "end_date": date(2012, 9, 30)},
    "chantier": {"code": "ZZZ", "name": "n", "short": "s", "position": 9},
    "claim": {"region_code": MIDI_PYRENEES, "number": 2, "version": 1, "withdrawn_by": None, "withdrawn_at": None,
              "withdrawn_reason": ""},
    "claim_figure": CLAIM | {"version": 1, "figure_region_code": MIDI_PYRENEES, "indicator_code": "PRE-04",
                             "period_code": "2010-2011-S1"},
    "claim_reading": CLAIM | {"version": 1, "number": 1, "level": 0, "criteria": [], "justification": "j",
                              "study_reference": "", "figures": {}, "reader_id": ODILE.id, "read_at": NOW},
    "claim_version": CLAIM | {"version": 2, "chantier_code": "PRE", "stage": "outcome", "finding": "attendu",
                              "sentence": "s", "what": "", "who": "", "how_much": "", "contribution": "", "risk": "",
                              "self_declared": False, "study_reference": "", "study_number": None,
                              "counterfactual": {}, "reason": "r", "written_by": CLAIRE.id, "written_at": NOW},
    "data_version": {"id": 1, "number": 0},
    "digest_choice": {"account_id": CLAIRE.id, "by_email": False, "said_at": NOW},
    "entry": ENTRY,
    "evidence": {"region_code": MIDI_PYRENEES, "number": 2, "kind": "rapport", "title": "t",
                 "confidentiality": "network",
                 "version": 1, "added_by": CLAIRE.id, "added_at": NOW, "withdrawn_by": None, "withdrawn_at": None,
                 "withdrawn_reason": ""},
    "evidence_use": CELL | {"evidence_number": 1, "attached_by": CLAIRE.id, "attached_at": NOW},
    "evidence_version": {"region_code": MIDI_PYRENEES, "evidence_number": 1, "version": 1, "sha256": "f" * 64,
                         "link": "", "name": "n.pdf", "media_type": "application/pdf", "extension": "pdf", "size": 9,
                         "pages": 1, "document_date": None, "author": "", "population": "", "asked": None,
                         "respondents": None, "reason": "", "added_by": CLAIRE.id, "added_at": NOW},
    "experience": {"region_code": MIDI_PYRENEES, "number": 2, "version": 1, "published_version": 1,
                   "published_by": CLAIRE.id, "published_at": NOW, "withdrawn_by": None, "withdrawn_at": None,
                   "withdrawn_reason": ""},
    "experience_comment": STORY | {"number": 1, "text": "t", "written_by": CLAIRE.id, "written_at": NOW,
                                   "withdrawn_by": None, "withdrawn_at": None},
    "experience_version": STORY | {"version": 1, "chantier_code": "PRE", "title": "t", "context": "", "tried": "",
                                   "worked": "", "failed": "", "holds_for": "", "action_number": None,
                                   "indicators": [], "claims": [], "pieces": [], "written_by": CLAIRE.id,
                                   "written_at": NOW},
    "decision": DECISION,
    "decision_step": {"meeting_number": 900, "decision_number": 900, "number": 1, "state": "realisee", "outcome": "o",
                      "succeeded": None, "said_by": ODILE.id, "said_at": NOW, "said_on": START},
    "export_record": {"id": 900, "account_id": CLAIRE.id, "kind": "totals", "dialect": "open", "filters": {},
                      "finished_at": NOW, "as_of": date(2011, 7, 10), "row_count": 0, "sha256": "f" * 64},
    "form_token": {"token": "jeton", "used_at": NOW},
    "history": {"chain": MIDI_PYRENEES, "seq": 1, "at": NOW, "recorded_at": NOW, "actor_id": CLAIRE.id, "actor": "c",
                "action": "save", "subject": "s", "indicator_code": "", "period_code": "", "before": None,
                "after": None, "reason": "", "previous_hash": "0" * 64, "hash": "f" * 64},
    "indicator": {"code": "PRE-99", "chantier_code": "PRE", "position": 99},
    "indicator_version": DEFINITION,
    "lesson": {"meeting_number": 900, "number": 1, "version": 1, "statement": "s", "conditions": "c", "proof": "",
               "claims": [], "snapshot_number": None, "written_by": ODILE.id, "written_at": NOW, "withdrawn_by": None,
               "withdrawn_at": None, "withdrawn_reason": ""},
    "legal_text": {"page": "mentions_legales", "text": "t", "updated_by": ODILE.id, "updated_at": NOW},
    "meeting": {"number": 901, "version": 1, "theme": "t", "chantiers": ["FOR"], "place": "", "agenda": "",
                "milestone_region": "FR", "milestone_number": 900, "set_by": ODILE.id, "set_at": NOW},
    "meeting_document": {"meeting_number": 900, "number": 1, "title": "t", "sha256": "f" * 64, "link": "",
                         "name": "n.pdf", "media_type": "application/pdf", "extension": "pdf", "size": 9,
                         "added_by": ODILE.id, "added_at": NOW, "withdrawn_by": None, "withdrawn_at": None,
                         "withdrawn_reason": ""},
    "meeting_participant": {"meeting_number": 900, "line": 1, "region_code": MIDI_PYRENEES, "name": "n", "role": ""},
    "milestone": {"region_code": "ZZ", "number": 9, "kind": "autre", "name": "n", "planned_on": START,
                  "action_region": None, "action_number": None, "set_by": None, "set_at": NOW},
    "milestone_statement": {"region_code": "FR", "milestone_number": 1, "number": 1, "state": "prevu",
                            "forecast_on": START, "reason": "r", "said_by": ODILE.id, "said_at": NOW, "said_on": START},
    "mobilisation": {"region_code": MIDI_PYRENEES, "chantier_code": "COO", "start_date": START, "end_date": None,
                     "is_primary": False},
    "notice": {"account_id": CLAIRE.id, "subject": "s", "claimed_at": NOW, "sent_at": None},
    "offer": {"id": 900, "region_code": MIDI_PYRENEES, "chantier_code": "PRE", "name": "n", "email": "n@e.fr",
              "message": "m", "consent": "c", "state": "suivi", "note": "", "token_hash": "f" * 64,
              "received_at": NOW, "erase_on": date(2012, 7, 10), "handled_by": CLAIRE.id, "handled_at": NOW,
              "erased_at": None},
    "offer_attempt": {"id": 900, "address": "a", "at": NOW},
    "period": {"code": "2011-2012-T1", "campaign_code": "2010-2011", "frequency": "quarter",
               "start_date": date(2011, 10, 1), "end_date": date(2011, 12, 31), "deadline": date(2012, 1, 15)},
    "region": {"code": "99", "name": "n", "code_2016": "99", "name_2016": "n", "zone": "metropole", "population": 1,
               "active": True},
    "regional_action": {"region_code": MIDI_PYRENEES, "number": 2, "version": 1, "status": "draft",
                        "validated_version": None, "submitted_by": None, "submitted_at": None, "reviewed_by": None,
                        "reviewed_at": None, "review_note": "", "origin_meeting": None, "origin_decision": None,
                        "withdrawn_by": None, "withdrawn_at": None, "withdrawn_reason": ""},
    "reopening": {"region_code": MIDI_PYRENEES, "period_code": "2010-2011-T2", "number": 1,
                  "until": date(2011, 8, 1), "reason": "r", "granted_by": ODILE.id, "granted_at": NOW},
    "reporting": {"region_code": MIDI_PYRENEES, "chantier_code": "COO", "period_code": "2010-2011-T2", "due": 4,
                  "answered": 3, "on_time": 2, "figures": 3, "proven": 1},
    "setting": {"key": "clé", "value": "v"},
    "sign_in": {"token_hash": "f" * 64, "account_id": CLAIRE.id, "created_at": NOW, "last_seen_at": NOW,
                "expires_at": NOW, "ended_at": None, "address": ""},
    "sign_in_attempt": {"id": 900, "email": "e", "address": "a", "at": NOW},
    "snapshot": {"number": 901, "kind": "confrontation", "title": "t", "meeting_number": 900, "asked": {},
                 "content": {}, "sha256": "f" * 64, "data_version": 1, "taken_by": ODILE.id, "taken_at": NOW,
                 "taken_on": START},
    "standing": {"region_code": MIDI_PYRENEES, "chantier_code": "COO", "campaign_code": "2010-2011",
                 "as_of": date(2011, 6, 30), "progress": "5/8", "expected": "3/4", "measured": 6, "indicators": 9,
                 "state": "en_retard"},
    "target": {"region_code": "FR", "indicator_code": "PRE-03", "campaign_code": "2010-2011", "number": 1,
               "baseline": None, "value": 600_000, "due_date": date(2011, 9, 30), "milestones": [], "reason": "",
               "set_by": ODILE.id, "set_at": NOW, "set_on": date(2010, 10, 14)},
    "term_stance": {"region_code": MIDI_PYRENEES, "term_code": "impact", "number": 1, "term_version": 1,
                    "stance": "adopte_avec_reserve", "comment": "c", "taken_by": CLAIRE.id, "taken_at": NOW,
                    "taken_on": date(2011, 7, 10), "on_behalf": False},
    "term_version": {"code": "impact", "version": 2, "term": "t", "definition": "d", "note": "", "example": "",
                     "see_also": [], "indicators": [], "retired": True, "reason": "r", "published_by": ODILE.id,
                     "published_at": NOW},
    "typed_draft": CELL | {"account_id": CLAIRE.id, "fields": {}, "seen_version": 0, "typed_at": NOW},
}  # fmt: skip
"""One row of each table that the database takes."""

VIOLATIONS: dict[str, Row] = {
    "ck_account_email_is_lower_case": {"email": "Nouvelle@example.org"},
    "ck_action_activity_it_is_named": {"name": ""},
    "ck_action_activity_starts_before_it_ends": {"end_date": date(2010, 10, 14)},
    "ck_action_funding_it_names_its_funder": {"funder": ""},
    "ck_action_funding_amounts_are_not_negative": {"refused": -1},
    "ck_action_funding_amounts_are_nested": {"paid": 1},
    "ck_action_objective_it_is_stated": {"statement": ""},
    "ck_action_objective_goals_are_an_indicators": {"indicator_code": None},
    "ck_action_partner_it_is_named": {"name": ""},
    "ck_action_resource_it_is_named": {"name": ""},
    "ck_action_resource_quantity_is_not_negative": {"quantity": -1},
    "ck_action_version_a_title_is_said": {"title": ""},
    "ck_action_version_starts_before_it_ends": {"end_date": date(2010, 10, 14)},
    "ck_action_version_budget_is_not_negative": {"budget": -1},
    "ck_breakdown_denominator_is_not_negative": {"denominator": -1},
    "ck_campaign_starts_before_it_ends": {"end_date": date(2011, 9, 30)},
    "ck_claim_number_is_positive": {"number": 0},
    "ck_claim_version_is_positive": {"version": 0},
    "ck_claim_a_withdrawal_says_why": {"withdrawn_at": NOW},
    "ck_claim_reading_level_is_a_grade": {"level": 6, "study_reference": "e"},
    "ck_claim_reading_it_is_justified": {"justification": ""},
    "ck_claim_reading_a_level_names_its_study": {"level": 1},
    "ck_claim_version_a_sentence_is_said": {"sentence": ""},
    "ck_claim_version_a_revision_says_why": {"reason": ""},
    "ck_data_version_there_is_one_row": {"id": 2},
    "ck_decision_number_is_positive": {"number": 0},
    "ck_decision_it_is_stated": {"statement": ""},
    "ck_decision_it_says_why": {"reason": ""},
    "ck_decision_it_has_an_owner": {"owner": ""},
    "ck_decision_its_action_is_whole": {"kind": "poursuite", "action_number": None},
    "ck_decision_a_deployment_names_its_action": {"host_region": MIDI_PYRENEES},
    "ck_decision_a_new_action_names_its_region": {"kind": "nouvelle_action", "host_region": None},
    "ck_decision_an_agreement_is_documented": {"agreement_on": START},
    "ck_decision_version_is_positive": {"version": 0},
    "ck_decision_step_number_is_positive": {"number": 0},
    "ck_decision_step_it_says_what_came_of_it": {"outcome": ""},
    "ck_decision_step_only_what_is_done_succeeds": {"state": "engagee", "succeeded": True},
    "ck_entry_answer_is_known": {"answer": "inconnu", "numerator": None, "reason": "r"},
    "ck_entry_only_a_value_has_figures": {"numerator": None},
    "ck_entry_no_denominator_without_numerator": {
        "answer": "sans_objet", "reason": "r", "numerator": None, "denominator": 1,
    },
    "ck_entry_denominator_is_not_negative": {"denominator": -1},
    "ck_entry_no_answer_says_why": {"answer": "non_disponible", "numerator": None},
    "ck_entry_a_return_says_why": {"status": "returned"},
    "ck_entry_validated_says_by_whom": {"status": "validated", "submitted_by": CLAIRE.id},
    "ck_entry_submitted_says_by_whom": {"status": "submitted"},
    "ck_entry_reliability_is_a_grade": {"reliability": 5},
    "ck_entry_version_is_positive": {"version": 0},
    "ck_entry_coverage_starts_before_it_ends": {"coverage_end": date(2010, 10, 14)},
    "ck_entry_a_reading_says_what_was_checked": {"evidence_checked": "la valeur"},
    "ck_entry_a_verification_is_whole": {"verifier": "Jeanne Roy"},
    "ck_evidence_number_is_positive": {"number": 0},
    "ck_evidence_a_withdrawal_says_why": {"withdrawn_at": NOW},
    "ck_evidence_version_it_is_a_file_or_a_link": {"link": "https://exemple.org/x"},
    "ck_evidence_version_respondents_were_asked": {"respondents": 3},
    "ck_evidence_version_a_replacement_says_why": {"version": 2},
    "ck_experience_number_is_positive": {"number": 0},
    "ck_experience_version_is_positive": {"version": 0, "published_version": None},
    "ck_experience_what_is_published_exists": {"published_version": 2},
    "ck_experience_a_withdrawal_says_why": {"withdrawn_at": NOW},
    "ck_experience_comment_number_is_positive": {"number": 0},
    "ck_experience_comment_it_says_something": {"text": ""},
    "ck_experience_version_it_has_a_title": {"title": ""},
    "ck_indicator_version_decimals_fit_the_scale": {"decimals": 5},
    "ck_indicator_version_a_publication_says_why": {"reason": ""},
    "ck_indicator_version_minimum_is_below_maximum": {"minimum": 11},
    "ck_lesson_number_is_positive": {"number": 0},
    "ck_lesson_it_is_stated": {"statement": ""},
    "ck_lesson_it_says_where_it_holds": {"conditions": ""},
    "ck_lesson_version_is_positive": {"version": 0},
    "ck_lesson_a_withdrawal_says_why": {"withdrawn_at": NOW},
    "ck_meeting_number_is_positive": {"number": 0},
    "ck_meeting_it_has_a_theme": {"theme": ""},
    "ck_meeting_its_milestone_is_the_countrys": {"milestone_region": "ZZ", "milestone_number": 8},
    "ck_meeting_version_is_positive": {"version": 0},
    "ck_meeting_document_it_is_a_file_or_a_link": {"link": "https://exemple.org/x"},
    "ck_meeting_document_it_has_a_title": {"title": ""},
    "ck_meeting_document_a_withdrawal_says_why": {"withdrawn_at": NOW},
    "ck_meeting_participant_it_is_named": {"name": ""},
    "ck_milestone_number_is_positive": {"number": 0},
    "ck_milestone_it_is_named": {"name": ""},
    "ck_milestone_its_action_is_whole": {"action_number": 1},
    "ck_milestone_its_action_is_its_regions": {"action_region": PICARDIE, "action_number": 1},
    "ck_milestone_statement_number_is_positive": {"number": 0},
    "ck_milestone_statement_a_change_says_why": {"reason": ""},
    "ck_mobilisation_starts_before_it_ends": {"end_date": date(2010, 10, 14)},
    "ck_offer_what_is_erased_is_empty": {"state": "efface", "erased_at": NOW},
    "ck_offer_what_is_kept_was_agreed_to": {"consent": ""},
    "ck_period_starts_before_it_ends": {"start_date": date(2012, 1, 1)},
    "ck_period_deadline_follows_the_end": {"deadline": date(2011, 12, 30)},
    "ck_regional_action_number_is_positive": {"number": 0},
    "ck_regional_action_version_is_positive": {"version": 0},
    "ck_regional_action_a_return_says_why": {"status": "returned"},
    "ck_regional_action_validated_says_by_whom": {"status": "validated", "submitted_by": CLAIRE.id},
    "ck_regional_action_submitted_says_by_whom": {"status": "submitted"},
    "ck_regional_action_a_withdrawal_says_why": {"withdrawn_at": NOW},
    "ck_regional_action_its_origin_is_whole": {"origin_meeting": 1},
    "ck_reporting_answers_are_due": {"answered": 5},
    "ck_reporting_proof_is_of_figures": {"proven": 4},
    "ck_snapshot_number_is_positive": {"number": 0},
    "ck_standing_measured_are_expected": {"measured": 10},
    "ck_target_number_is_positive": {"number": 0, "reason": "r"},
    "ck_target_a_change_says_why": {"number": 2},
    "ck_target_the_first_has_a_value": {"value": None},
    "ck_term_stance_a_reservation_says_why": {"comment": ""},
    "ck_term_stance_number_is_positive": {"number": 0},
    "ck_term_version_a_publication_says_why": {"reason": ""},
    "ck_term_version_a_retirement_says_by_whom": {"published_by": None},
    "ck_term_version_version_is_positive": {"version": 0},
}  # fmt: skip
"""What to change in the accepted row so that it breaks this check and no other."""

VERIFIED: Row = {"verifier": "v", "verifier_organisation": "o", "verified_on": START, "verification_report": 1,
                 "evidence_read_by": ODILE.id}  # fmt: skip
WITH: dict[str, Row] = {
    "validated_by": {"status": "validated", "submitted_by": CLAIRE.id},
    "verification_by": VERIFIED,
}
"""What a row must say for it to name somebody in this column."""


PINNED: Row = {"milestone_region": "FR"}
"""Columns that a check holds to one value."""


@pytest.fixture
def parents(session: Session) -> None:
    """What the accepted rows refer to and the furnished database has not."""
    session.connection().execute(sa.insert(TABLES["entry"]).values(**ENTRY))
    session.connection().execute(sa.insert(TABLES["claim"]).values(ACCEPTED["claim"] | {"number": 1}))
    session.connection().execute(sa.insert(TABLES["claim_version"]).values(ACCEPTED["claim_version"] | {"version": 1}))
    session.connection().execute(sa.insert(TABLES["experience"]).values(**ACCEPTED["experience"] | {"number": 1}))
    session.connection().execute(
        sa.insert(TABLES["regional_action"]).values(ACCEPTED["regional_action"] | {"number": 1})
    )
    session.connection().execute(
        sa.insert(TABLES["action_version"]).values(ACCEPTED["action_version"] | {"version": 1})
    )
    stone = ACCEPTED["milestone"] | {"number": 8}
    session.connection().execute(sa.insert(TABLES["milestone"]), [stone, stone | {"number": 900, "region_code": "FR"}])
    meeting = ACCEPTED["meeting"] | {"number": 900, "milestone_number": 900}
    session.connection().execute(sa.insert(TABLES["meeting"]).values(**meeting))
    session.connection().execute(sa.insert(TABLES["decision"]).values(DECISION | {"number": 900}))
    session.connection().execute(sa.insert(TABLES["evidence"]).values(**ACCEPTED["evidence"] | {"number": 1}))
    session.connection().execute(sa.delete(TABLES["data_version"]))


def refused(session: Session, table: str, *rows: Row) -> str:
    """What the database says of these rows, '' when it takes them; nothing of them stays."""
    savepoint = session.begin_nested()
    try:
        for row in rows:
            session.connection().execute(sa.insert(TABLES[table]).values(**row))
    except sa.exc.IntegrityError as error:
        return str(error.orig)
    finally:
        savepoint.rollback()
    return ""


def violation(check: sa.CheckConstraint) -> Row:
    """A closed list refuses a word that it lacks; other checks have their line in VIOLATIONS."""
    name = str(check.name)
    if name in VIOLATIONS:
        return VIOLATIONS[name]
    assert name.endswith("_is_known"), f"{name} has no line in VIOLATIONS"
    return {name.removeprefix(f"ck_{check.table.name}_").removesuffix("_is_known"): "inconnu"}


def dangling(reference: sa.ForeignKeyConstraint) -> Row:
    """Values of a reference's columns that name nothing."""
    found = {column.name: 99_999 if column.type.python_type is int else "ZZ" for column in reference.columns}
    return {name: PINNED.get(name, value) for name, value in found.items()}


def other_key(table: sa.Table, unique: sa.UniqueConstraint, row: Row) -> Row:
    """The same row under another primary key, so that only the unique columns collide."""
    free = [column for column in table.primary_key.columns if column.name not in unique.columns]
    return row | {column.name: row[column.name] + 1 if column.type.python_type is int else "ZZ" for column in free}


def provocations(table: sa.Table, row: Row) -> Iterator[tuple[str, list[Row]]]:
    """(constraint's name, rows that break it) for everything that the table declares."""
    for constraint in table.constraints:
        name = str(constraint.name)
        match constraint:
            case sa.PrimaryKeyConstraint():
                yield name, [row, row]
            case sa.UniqueConstraint():
                yield name, [row, other_key(table, constraint, row)]
            case sa.ForeignKeyConstraint():
                yield name, [row | WITH.get(next(iter(constraint.columns.keys())), {}) | dangling(constraint)]
            case sa.CheckConstraint():
                yield name, [row | violation(constraint)]
            case _:
                raise AssertionError(f"no way to provoke {name}")


def row_of(table: str) -> Row:
    """The accepted row; an entry of another cell than the one that the parents hold."""
    return ACCEPTED[table] | ({"period_code": "2010-2011-T1"} if table == "entry" else {})


@pytest.mark.usefixtures("parents")
@pytest.mark.parametrize("name", TABLES)
def test_each_constraint_is_refused_by_the_database_under_its_name(session: Session, name: str) -> None:
    row = row_of(name)
    assert refused(session, name, row) == "", "the row that every provocation starts from must be good"
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    for constraint, rows in provocations(TABLES[name], row):
        said = refused(session, name, *rows)
        shows_name = constraint.startswith("ck_") or not is_sqlite  # SQLite names nothing but checks
        assert (constraint if shows_name else "constraint failed") in said, constraint


@pytest.mark.usefixtures("parents")
@pytest.mark.parametrize("name", TABLES)
def test_each_required_column_is_refused_when_empty(session: Session, name: str) -> None:
    row = row_of(name)
    numbered = {"id", "account_id", "number"} & set(TABLES[name].primary_key.columns.keys())  # SQLite fills them in
    numbered = numbered if len(TABLES[name].primary_key.columns) == 1 else set()
    required = [column for column in TABLES[name].columns if not column.nullable and column.name not in numbered]
    for column in (column.name for column in required if not isinstance(column.type, sa.JSON)):
        assert "null" in refused(session, name, row | {column: None}).lower(), column


def test_every_violation_names_a_check_that_exists() -> None:
    checks = {str(item.name) for table in TABLES.values() for item in table.constraints}
    assert VIOLATIONS.keys() <= checks


def test_a_deleted_entry_takes_its_breakdown_with_it(session: Session) -> None:
    connection = session.connection()
    connection.execute(sa.insert(TABLES["entry"]).values(**ENTRY))
    connection.execute(sa.insert(TABLES["breakdown"]).values(**ACCEPTED["breakdown"]))
    connection.execute(sa.delete(TABLES["entry"]))
    assert connection.execute(sa.select(sa.func.count()).select_from(TABLES["breakdown"])).scalar() == 0


def test_a_moment_without_its_time_zone_is_refused(session: Session) -> None:
    with pytest.raises((ValueError, sa.exc.StatementError), match="timezone"):
        session.connection().execute(
            sa.insert(TABLES["form_token"]).values(token="t", used_at=datetime(2011, 7, 10))  # noqa: DTZ001
        )


def test_the_region_is_part_of_every_key_that_hangs_on_an_entry() -> None:
    """So that the tables can be sharded by region (design/performance.md)."""
    for name in ("entry", "breakdown", "typed_draft", "mobilisation", "reopening", "target", "reporting", "standing"):
        assert "region_code" in TABLES[name].primary_key.columns, name
