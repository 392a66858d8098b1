"""Plans, their money and milestones as files: who reads which version, and what each cell says; on both engines."""

import csv
import io
from datetime import date, datetime

import pytest

from impact.actions import ActionKey, Activity, Funding, Identity, Objective, Partner, Plan
from impact.db import Database, transaction
from impact.errors import Refused
from impact.exports import ExportRequest
from impact.figures import SCALE
from impact.formats import day_of
from impact.permissions import Actor
from impact.rules.milestones import MilestoneDraft
from impact.services import actions, exports, milestones
from impact.vocabulary import (
    NATIONAL_CODE,
    Commitment,
    Dialect,
    ExportKind,
    FundingState,
    MilestoneKind,
    MilestoneState,
)
from tests.cast import CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI

IDENTITY = Identity(
    "=Acheter ensemble", "FOR", "Des commandes trop petites.", "Karim Benali", "Karim et Léa", "03 22 00 00 00",
    date(2010, 11, 2), date(2011, 9, 30),
)  # fmt: skip
PLAN = Plan(
    IDENTITY,
    (Objective("Former 40 personnes", due=date(2011, 9, 30), measure="Feuilles de présence"),),
    (Activity("Trois sessions", "Support", "Léa", date(2010, 11, 2), date(2011, 6, 30)),),
    42_000 * SCALE,
    (
        Funding("Conseil régional", False, {FundingState.IDENTIFIED: 40_000 * SCALE, FundingState.PAID: 0}),
        Funding("Mairie", True, {FundingState.IDENTIFIED: 25_005 * SCALE // 10}),
    ),
    partners=(Partner("Université", "Salles", Commitment.AGREED),),
)


def export(kind: ExportKind, actor: Actor | str, **asked: object) -> list[dict[str, str]]:
    data = b"".join(exports.stream(kind, ExportRequest(**asked), actor))  # type: ignore[arg-type]
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in text else ","))


@pytest.fixture
def plans(db: Database) -> Database:
    """Picardie's, validated, then written anew; Midi-Pyrénées' has never been submitted."""
    with transaction() as session:
        key = actions.open_action(session, KARIM, PICARDIE, IDENTITY, plan=PLAN)
        actions.submit_plan(session, KARIM, key, 1, as_it_is=True)
        actions.validate_plan(session, ODILE, key, 1)
        actions.set_budget(session, KARIM, key, 50_000 * SCALE, 1, "Une session de plus.")
        actions.open_action(session, CLAIRE, MIDI_PYRENEES, Identity("Mesurer", "PRE"))
    return db


@pytest.mark.usefixtures("plans")
def test_a_plan_is_read_as_its_own_region_wrote_it_and_elsewhere_as_it_was_validated() -> None:
    def told(actor: Actor | str) -> list[tuple[str, ...]]:
        names = ("code_region", "numero", "statut", "version", "version_validee", "budget", "contact", "valide_le")
        return [tuple(row[name] for name in names) for row in export(ExportKind.PLANS, actor)]

    own = (PICARDIE, "1", "draft", "2", "1", "50000", "03 22 00 00 00", "")
    validated = (PICARDIE, "1", "validated", "1", "1", "42000", "", "")
    opened = (MIDI_PYRENEES, "1", "draft", "1", "", "", "", "")
    assert told(KARIM) == [own]
    assert told(ODILE) == told("essai") == [own, opened]
    assert told(CLAIRE) == [validated, opened]
    assert told(REMI) == [validated]


@pytest.mark.usefixtures("plans")
def test_a_plan_says_its_stage_and_its_sections_and_runs_in_no_spreadsheet() -> None:
    (row,) = export(ExportKind.PLANS, KARIM, dialect=Dialect.EXCEL_FR)
    assert (row["etape"], row["sections_completes"], row["debut"]) == ("structuration", "4", "02/11/2010")
    assert row["titre"] == "'=Acheter ensemble"
    (opened,) = export(ExportKind.PLANS, "essai", regions=(MIDI_PYRENEES,))
    assert (opened["etape"], opened["sections_completes"]) == ("", "0"), "« à constituer »"


@pytest.mark.usefixtures("plans")
def test_money_is_a_row_by_funder_and_status_and_what_was_not_said_is_none() -> None:
    rows = [tuple(row.values()) for row in export(ExportKind.FUNDING, REMI)]
    assert rows == [
        (PICARDIE, "1", "1", "Conseil régional", "numeraire", "identifie", "40000"),
        (PICARDIE, "1", "1", "Conseil régional", "numeraire", "verse", "0"),
        (PICARDIE, "1", "2", "Mairie", "nature", "identifie", "2500.5"),
    ]
    assert export(ExportKind.FUNDING, REMI, dialect=Dialect.EXCEL_FR)[2]["montant"] == "2500,5"
    assert export(ExportKind.FUNDING, REMI, chantiers=("PRE",)) == []


@pytest.mark.usefixtures("plans")
def test_a_withdrawn_action_says_why_to_those_who_still_read_it() -> None:
    with transaction() as session:
        actions.withdraw_action(session, CLAIRE, ActionKey(MIDI_PYRENEES, 1), "Ouverte deux fois.", 1)
    (row,) = export(ExportKind.PLANS, CLAIRE, regions=(MIDI_PYRENEES,))
    assert (row["motif_retrait"], row["etape"]) == ("Ouverte deux fois.", "")
    assert day_of(datetime.fromisoformat(row["retire_le"])) == date(2011, 7, 10)
    assert export(ExportKind.PLANS, KARIM, regions=(MIDI_PYRENEES,)) == []


def test_a_milestone_says_how_far_it_slipped_and_the_country_comes_last(db: Database) -> None:
    with transaction() as session:
        draft = MilestoneDraft(MilestoneKind.OTHER, "Première session", date(2011, 7, 1))
        number = milestones.plan_milestone(session, KARIM, PICARDIE, draft)
        late = date(2011, 9, 12)
        milestones.forecast(session, KARIM, PICARDIE, number, MilestoneState.PLANNED, late, "Salle prise.", 0)
    rows = export(ExportKind.MILESTONES, REMI)
    assert [row["code_region"] for row in rows][:2] == [PICARDIE, NATIONAL_CODE]
    said = ("nature", "prevu_le", "etat", "prevision", "ecart_jours", "motif")
    assert [rows[0][name] for name in said] == ["autre", "2011-07-01", "prevu", "2011-09-12", "73", "Salle prise."]
    between = export(ExportKind.MILESTONES, REMI, start=date(2011, 9, 1), end=date(2011, 9, 29))
    assert [row["nom"] for row in between] == ["Première session"], "by the day that it is expected"
    assert [row["code_region"] for row in export(ExportKind.MILESTONES, REMI, regions=(PICARDIE,))] == [PICARDIE]


@pytest.mark.parametrize(
    ("kind", "asked", "words"),
    [
        (ExportKind.PLANS, {"start": date(2011, 1, 1), "min_proof": 2}, "par dates, ni par niveau de preuve"),
        (ExportKind.FUNDING, {"indicators": ("FOR-01",)}, "par indicateurs"),
        (ExportKind.MILESTONES, {"chantiers": ("FOR",)}, "par chantiers"),
        (ExportKind.MEETINGS, {"provisional": True}, "par chiffres provisoires"),
        (ExportKind.DECISIONS, {"min_proof": 1}, "par niveau de preuve"),
    ],
)
def test_a_filter_that_a_file_has_nothing_for_is_refused(
    sqlite_db: Database, kind: ExportKind, asked: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        export(kind, ODILE, **asked)
