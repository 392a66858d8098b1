"""A definition revised: what may change, which figures follow it, and that nothing is added across versions."""

import csv
import io
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from impact import reference, rules
from impact.db import Database, reading, transaction
from impact.errors import AlreadyDone, BadSettings, Forbidden, NotFound, Refused, StaleEntry
from impact.exports import ExportRequest
from impact.figures import Cell, Definition
from impact.maintenance import check
from impact.models import Entry, History, IndicatorVersion
from impact.permissions import EVERYTHING, Actor
from impact.presentation import parts
from impact.presentation.explaining.cells import explain_cell
from impact.presentation.explaining.shapes import NOTHING_MORE
from impact.queries import catalogue
from impact.queries.book import Book
from impact.queries.publications import publications
from impact.queries.reviews import review_queue
from impact.queries.sheets import sheet
from impact.queries.world import world
from impact.rules import definitions as rules_definitions
from impact.rules.targets import TargetDraft
from impact.services import calendar, exports, facts, mobilisations, reviews, submission, targets
from impact.services.catalogue import revise
from impact.services.drafts import keep_fields
from impact.services.entries import save_entry
from impact.ui.admin import naming
from impact.vocabulary import Coverage, ExportKind
from tests.cast import ADA, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, START
from tests.impact.files import import_lines, line

T1, T2, T3, T4 = (f"2010-2011-T{number}" for number in range(1, 5))
CURRENT = date(2011, 7, 1)
"""First day of the quarter that runs on 10 July 2011."""
CODE = "FOR-04"
NEW = {"definition": "Personnes ayant suivi toutes les heures d’une formation."}
AFTER_THE_CAMPAIGN = "2011-10-05"


def published(session: Session, **changes: Any) -> Definition:
    latest = Book(session).definition(CODE)
    return revise(session, ODILE, CODE, changes or NEW, None, "la règle des 80 % se lisait mal", latest.version)


def save(session: Session, cell: Cell, seen: int = 0, **fields: str) -> Entry:
    draft, problems = rules.read_draft(Book(session).definition_for(cell), cell, fields, seen)
    assert draft is not None, problems
    return save_entry(session, ODILE, draft)


def refusal(session: Session, changes: dict[str, Any], reason: str = "motif", since: date | None = None) -> str:
    with pytest.raises(Refused) as caught:
        revise(session, ODILE, CODE, changes, since, reason, 1)
    return str(caught.value)


# Publishing


def test_a_revision_is_the_next_version_from_the_running_period_on(session: Session) -> None:
    after = published(session)
    assert (after.version, after.applies_from, after.definition) == (2, CURRENT, NEW["definition"])
    first, second = catalogue.versions(session, CODE)
    assert (first.version, first.applies_from) == (1, None)
    assert {name: getattr(second, name) for name in ("name", "unit", "axes", "maximum", "sheet")} == {
        name: getattr(first, name) for name in ("name", "unit", "axes", "maximum", "sheet")
    }
    told = publications(session, CODE)[-1]
    assert (told.published_by, told.reason) == (ODILE.name, "la règle des 80 % se lisait mal")


def test_history_keeps_both_contents_on_the_national_chain(session: Session) -> None:
    published(session, maximum=60_000_000, pitfalls=["Une personne compte une fois."])
    row = session.exec(select(History).where(History.action == "revise_definition")).one()
    assert (row.chain, row.indicator_code, row.actor_id) == ("FR", CODE, ODILE.id)
    assert row.before
    assert row.after
    assert (row.before["maximum"], row.after["maximum"], row.after["version"]) == (50_000_000, 60_000_000, 2)
    assert row.after["pitfalls"] == ["Une personne compte une fois."]


def test_the_next_period_may_be_chosen_and_only_the_first_day_of_one_that_is_not_over(session: Session) -> None:
    assert "01/07/2011 (2010-2011-T4)" in refusal(session, NEW, since=date(2011, 4, 1))
    assert "n’est pas le premier jour" in refusal(session, NEW, since=date(2011, 7, 2))
    assert revise(session, ODILE, CODE, NEW, CURRENT, "motif", 1).applies_from == CURRENT


def test_without_a_period_to_come_the_next_campaign_comes_first(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPACT_TODAY", "2012-01-01")
    assert "ouvrez d’abord la campagne suivante" in refusal(session, NEW)


@pytest.mark.parametrize("name", ["measure", "unit", "accumulation", "additivity", "direction", "frequency", "stage"])
def test_what_counts_never_changes(session: Session, name: str) -> None:
    assert "une autre façon de compter est un autre indicateur" in refusal(session, {**NEW, name: "autre"})


def test_every_problem_is_told_at_once(session: Session) -> None:
    said = refusal(
        session,
        {"decimals": 2, "name": " ", "minimum": 60_000_000, "alert_above": 70_000_000, "axes": ["sexe", "age"], "x": 1},
        reason=" ",
        since=date(2011, 7, 2),
    )
    for words in (
        "autre façon de compter", "« nom » : ce texte manque",
        "« minimum possible » : il dépasse le maximum, 5\u202f000",
        "n’alerterait jamais", "l’axe « age » n’existe pas", "« x » n’est pas un champ", "indiquez le motif",
        "02/07/2011 n’est pas le premier jour",
    ):  # fmt: skip
        assert words in said


def test_saying_the_same_again_is_no_version(session: Session) -> None:
    latest = Book(session).definition(CODE)
    same = {"name": latest.name.replace("’", "'"), "pitfalls": [*latest.sheet["pitfalls"], "  "]}
    assert "rien n’a changé" in refusal(session, same)


def test_a_ratio_keeps_words_for_its_two_numbers(session: Session) -> None:
    with pytest.raises(Refused, match="« dénominateur » : ce texte manque"):
        revise(session, ODILE, "PRE-03", {"denominator_label": ""}, None, "motif", 1)


def test_typed_texts_and_versions_say_each_other(session: Session) -> None:
    for definition in Book(session).definitions.values():
        changes, problems = rules_definitions.read_texts(definition, rules_definitions.to_texts(definition))
        assert problems == []
        assert rules_definitions.differences(definition, changes) == {}


def test_bounds_that_cannot_be_read_are_problems_and_no_changes(session: Session) -> None:
    definition = Book(session).definition(CODE)
    typed = {"minimum": "0,12345", "maximum": "beaucoup", "alert_above": "9" * 13, "name": "Nom"}
    changes, problems = rules_definitions.read_texts(definition, typed)
    assert changes == {"name": "Nom"}
    assert [problem.field for problem in problems] == ["minimum", "maximum", "alert_above"]


@pytest.mark.parametrize("person", [KARIM, ADA], ids=lambda person: person.name)
def test_the_national_office_and_administrators_revise(session: Session, person: Actor) -> None:
    if person is ADA:
        assert revise(session, person, CODE, NEW, None, "motif", 1).version == 2
    else:
        with pytest.raises(Forbidden, match="Seul le bureau national révise les définitions"):
            revise(session, person, CODE, NEW, None, "motif", 1)


def test_the_second_of_two_who_revise_sees_what_the_first_published(session: Session) -> None:
    published(session)
    with pytest.raises(StaleEntry, match=f"version 2 a été publiée par {ODILE.name}") as caught:
        revise(session, ADA, CODE, {"name": "Formés"}, None, "motif", 1)
    assert caught.value.stored["definition"] == NEW["definition"]
    assert caught.value.typed == {"name": "Formés"}


def test_a_double_click_publishes_once(session: Session) -> None:
    revise(session, ODILE, CODE, NEW, None, "motif", 1, "jeton")
    with pytest.raises(AlreadyDone):
        revise(session, ODILE, CODE, {"name": "Autre"}, None, "motif", 2, "jeton")


def test_an_unknown_indicator_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        revise(session, ODILE, "FOR-99", NEW, None, "motif", 1)
    with pytest.raises(NotFound):
        catalogue.versions(session, "FOR-99")


# Which version a figure follows


def test_periods_follow_the_newest_version_that_applies_by_their_end(session: Session) -> None:
    published(session)
    versions, periods = catalogue.versions(session, CODE), Book(session).periods
    assert [catalogue.definition_for(versions, periods[code]).version for code in (T1, T3, T4)] == [1, 1, 2]


def test_stored_figures_keep_their_version_and_new_ones_take_that_of_their_period(session: Session) -> None:
    before = save(session, Cell(PICARDIE, CODE, T3), valeur="5")
    published(session)
    assert before.indicator_version == 1
    assert save(session, Cell(PICARDIE, CODE, T2), valeur="5").indicator_version == 1
    assert save(session, Cell(PICARDIE, CODE, T4), valeur="5").indicator_version == 2


def test_a_draft_begun_under_the_old_definition_is_saved_again_before_it_is_submitted(session: Session) -> None:
    cell = Cell(PICARDIE, CODE, T4)
    entry = save(session, cell, valeur="5")
    published(session)
    with pytest.raises(Refused, match="enregistré selon la version 1 de la définition ; la version 2 vaut"):
        submission.submit_cells(session, ODILE, [cell])
    save(session, cell, entry.version, valeur="5")
    moved = session.exec(select(History).where(History.period_code == T4)).all()[-1]
    assert moved.before
    assert moved.after
    assert (moved.before["indicator_version"], moved.after["indicator_version"]) == (1, 2)
    submission.submit_cells(session, ODILE, [cell])
    assert entry.indicator_version == 2


def test_an_axis_that_a_revision_drops_leaves_the_form_and_the_figure(session: Session) -> None:
    cell = Cell(PICARDIE, CODE, T4)
    parts = {"sexe/femmes/valeur": "3", "sexe/hommes/valeur": "2", "public_vise/salaries/valeur": "5"}
    save(session, cell, valeur="5", **parts)
    keep_fields(session, ODILE, cell, {"sexe/femmes/valeur": "4"}, 1, {"valeur": "5", **parts})
    published(session, axes=["public_vise"])
    shown = next(one for one in sheet(session, ODILE, PICARDIE, "FOR", T4).lines if one.cell == cell)
    assert shown.view is not None
    assert "sexe/femmes/valeur" not in shown.typed
    assert "sexe/femmes/valeur" not in rules.to_fields(shown.definition, shown.view.as_draft())
    verdicts = import_lines(session, ODILE, line(PICARDIE, CODE, "T4", "6", source="Registre"))
    assert [verdict.messages for verdict in verdicts] == [()]
    assert session.get_one(Entry, cell).indicator_version == 2


def test_the_sheet_asks_under_the_definition_in_force_and_shows_what_is_done_under_its_own(session: Session) -> None:
    cell = Cell(PICARDIE, CODE, T4)
    save(session, cell, valeur="5")
    submission.submit_cells(session, ODILE, [cell])
    published(session)

    def version(period: str) -> int:
        lines = sheet(session, ODILE, PICARDIE, "FOR", period).lines
        return next(one.definition.version for one in lines if one.definition.code == CODE)

    assert (version(T3), version(T4)) == (1, 1)
    submission.take_back(session, ODILE, cell)
    assert version(T4) == 2


def test_a_reviewer_reads_a_figure_under_its_own_definition_and_no_change_across_versions(session: Session) -> None:
    for period in (T3, T4):
        if period == T4:
            published(session)
        save(session, Cell(PICARDIE, CODE, period), valeur="5" if period == T3 else "50")
        submission.submit_cells(session, ODILE, [Cell(PICARDIE, CODE, period)])
    found = {item.view.period: item for item in review_queue(session, ADA)}
    assert {period: item.definition.version for period, item in found.items()} == {T3: 1, T4: 2}
    assert found[T4].past.previous is not None
    assert found[T4].past.previous_value(found[T4].definition) is None
    assert found[T4].warnings == ()


# Nothing is added across versions


@pytest.fixture
def crossed(db: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """FOR-04: Picardie gave three quarters under version 1 and one under version 2, Midi-Pyrénées three under 1."""
    with transaction(db) as session:
        for region, chantier in ((PICARDIE, "FOR"), (MIDI_PYRENEES, "PRE"), (MIDI_PYRENEES, "FOR")):
            mobilisations.mobilise(session, ODILE, region, chantier, start=START)
        for period, value in ((T1, "10"), (T2, "20"), (T3, "30")):
            for region in (PICARDIE, MIDI_PYRENEES):
                validated(session, Cell(region, CODE, period), value)
        published(session)
    monkeypatch.setenv("IMPACT_TODAY", AFTER_THE_CAMPAIGN)
    with transaction(db) as session:
        validated(session, Cell(PICARDIE, CODE, T4), "7")
    return db


def validated(session: Session, cell: Cell, value: str) -> None:
    save(
        session, cell, valeur=value, source="Registre", methode="Feuilles", famille_methode="registre", commentaire="x"
    )
    submission.submit_cells(session, ODILE, [cell])
    reviews.validate(session, ADA, [cell])


def test_a_total_follows_the_newest_version_in_use_and_lists_the_others_as_a_broken_series(crossed: Database) -> None:
    with reading(crossed) as session:
        seen = world(session, EVERYTHING)
    picardie, country = seen.total(CODE, PICARDIE), seen.total(CODE)
    assert (picardie.value, picardie.version, picardie.coverage) == (7, 2, Coverage.PARTIAL)
    assert (picardie.cells_answered, picardie.cells_due) == (1, 4)
    broken = [one.cell.period for one in picardie.left_out if one.reason.startswith("rupture de série")]
    assert broken == [T1, T2, T3]
    assert (country.value, country.version, country.regions_answered, country.regions_due) == (7, 2, 1, 2)
    assert sum(one.reason.startswith("rupture de série") for one in country.left_out) == 6


def test_a_region_without_figures_of_the_new_version_keeps_its_own_total(crossed: Database) -> None:
    with reading(crossed) as session:
        found = world(session, EVERYTHING).total(CODE, MIDI_PYRENEES)
    assert (found.value, found.version, found.cells_answered) == (60, 1, 3)


def test_exported_totals_say_their_version(crossed: Database) -> None:
    data = b"".join(exports.stream(ExportKind.TOTALS, ExportRequest(indicators=(CODE,)), "essai", crossed))
    rows = {row["code_region"]: row for row in csv.DictReader(io.StringIO(data.decode(), newline=""))}
    told = {region: (row["version"], row["valeur"], row["couverture"]) for region, row in rows.items()}
    assert told == {
        PICARDIE: ("2", "7", "partiel"), MIDI_PYRENEES: ("1", "60", "partiel"), "FR": ("2", "7", "partiel"),
    }  # fmt: skip


def test_exported_figures_keep_the_version_that_they_were_entered_under(crossed: Database) -> None:
    data = b"".join(exports.stream(ExportKind.ENTRIES, ExportRequest(regions=(PICARDIE,)), "essai", crossed))
    rows = csv.DictReader(io.StringIO(data.decode(), newline=""))
    assert [row["version_indicateur"] for row in rows] == ["1", "1", "1", "2"]


def test_explanations_use_the_words_of_the_version_that_the_total_follows(db: Database) -> None:
    cell = Cell(MIDI_PYRENEES, "PRE-03", T3)
    with transaction(db) as session:
        save(session, cell, numerateur="9", denominateur="22")
        revise(session, ODILE, "PRE-03", {"numerator_label": "entreprises qui mesurent"}, None, "motif", 1)
    with reading(db) as session:
        seen = world(session, EVERYTHING)
    told = explain_cell(seen, cell, NOTHING_MORE)
    assert "remplissant les cinq conditions" in told.formula
    assert told.definition == "Définition PRE-03, version 1."


# A version that applies from a later campaign on


NEXT = date(2011, 10, 1)
STOCK, S1 = "FOR-07", "2010-2011-S1"


@pytest.fixture
def to_come(session: Session) -> Session:
    """From the next campaign on, FOR-07 has another name, and 50 at most."""
    calendar.open_campaign(session, ODILE, "2011-2012", NEXT, date(2012, 9, 30))
    revise(session, ODILE, STOCK, {"name": "Autre", "maximum": 500_000, "alert_above": None}, NEXT, "motif", 1)
    return session


def test_a_version_to_come_says_nothing_of_the_campaign_before_it(to_come: Session) -> None:
    now, then = (world(to_come, EVERYTHING, code) for code in ("2010-2011", "2011-2012"))
    assert (now.definitions[STOCK].version, then.definitions[STOCK].version) == (1, 2)
    assert (now.total(STOCK, MIDI_PYRENEES).version, then.total(STOCK, PICARDIE).version) == (1, 2)
    told = explain_cell(now, Cell(PICARDIE, STOCK, S1), NOTHING_MORE)
    assert told.definition == f"Définition {STOCK}, version 1."


def test_a_target_keeps_to_the_bounds_of_its_own_campaign(to_come: Session) -> None:
    aim = TargetDraft(PICARDIE, STOCK, "2010-2011", 0, 1_000_000, date(2011, 9, 30))
    assert targets.set_target(to_come, ODILE, aim).value == 1_000_000
    with pytest.raises(Refused, match="au-dessus du maximum possible, 50"):
        targets.set_target(to_come, ODILE, replace(aim, campaign="2011-2012", due=date(2012, 9, 30)))


def test_a_period_without_a_figure_is_explained_under_the_version_in_force_for_it(session: Session) -> None:
    published(session)
    seen = world(session, EVERYTHING)
    found = {code: explain_cell(seen, Cell(PICARDIE, CODE, code), NOTHING_MORE).definition for code in (T3, T4)}
    assert found == {T3: f"Définition {CODE}, version 1.", T4: f"Définition {CODE}, version 2."}
    assert seen.within(START, date(2011, 6, 30)).total(CODE, PICARDIE).version == 1


def test_figures_keep_the_axes_that_they_were_broken_down_by(session: Session) -> None:
    cell = Cell(PICARDIE, CODE, T3)
    save(session, cell, valeur="5", **{"sexe/femmes/valeur": "3", "sexe/hommes/valeur": "2"})
    published(session, axes=[])
    seen, typed = world(session, EVERYTHING), {cell: facts.breakdowns_of(session, cell)}
    assert [one.code for one in parts.broken_down(seen, PICARDIE, typed)] == [CODE]
    submission.submit_cells(session, ODILE, [cell])
    total = world(session, EVERYTHING).total(CODE, PICARDIE, provisional=True)
    tables = parts.axis_tables(seen.definition_of(CODE, total.version), total, typed)
    assert [one.axis.code for one in tables] == ["sexe"]
    assert "sexe" in naming.names(Book(session)).axes


# Check


def test_check_accepts_a_revision(crossed: Database) -> None:
    assert check(crossed) == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE indicator_version SET definition = 'autre' WHERE version = 2",
            "« definition » vaut 'autre' dans la base",
        ),
        ("UPDATE indicator_version SET reason = 'autre' WHERE version = 2", "« reason » vaut 'autre' dans la base"),
        ("UPDATE indicator_version SET published_by = 5 WHERE version = 2", "« published_by » vaut 5 dans la base"),
        ("UPDATE indicator_version SET applies_from = '2011-04-01' WHERE version = 2", "2011-04-01"),
        ("UPDATE indicator_version SET published_by = NULL WHERE version = 2", "la base ne l’a plus"),
        ("UPDATE indicator_version SET decimals = 1 WHERE version = 2", "elle compte autrement (decimals)"),
        (
            "UPDATE indicator_version SET published_by = 3, reason = 'x', published_at = '2011-07-10 10:00:00' "
            "WHERE indicator_code = 'FOR-01'",
            "Définition FOR-01, version 1 : l’historique ne la connaît pas",
        ),
        (
            "UPDATE indicator_version SET maximum = 1 WHERE indicator_code = 'FOR-04'",
            "FOR-04, version 1 : la base n’en dit pas ce que dit data/catalogue.yaml (maximum)",
        ),
    ],
)
def test_check_finds_a_definition_changed_by_hand(crossed: Database, statement: str, words: str) -> None:
    with crossed.writer.begin() as connection:
        connection.exec_driver_sql(statement)
    assert any(words in fault for fault in check(crossed)), check(crossed)


# The catalogue's file


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The sheet of FOR-04 in a catalogue that a test may change before it is loaded again."""
    source = deepcopy(reference.catalogue())
    monkeypatch.setattr(reference, "catalogue", lambda: source)
    found: dict[str, Any] = next(item for item in source["indicators"] if item["code"] == CODE)
    return found


def test_the_file_may_bring_a_version_that_counts_alike(session: Session, file: dict[str, Any]) -> None:
    file |= {"version": 2, "name": "Personnes formées", "applies_from": "2011-07-01"}
    reference.load(session)
    reference.load(session)
    assert [(one.version, one.applies_from) for one in catalogue.versions(session, CODE)] == [(1, None), (2, CURRENT)]


@pytest.mark.parametrize("changed", [{"unit": "stagiaires"}, {"frequency": "year"}, {"decimals": 1}])
def test_the_file_may_not_bring_another_way_of_counting(
    session: Session, file: dict[str, Any], changed: dict[str, Any]
) -> None:
    file |= {"version": 2, **changed}
    with pytest.raises(BadSettings, match="une autre façon de compter est un autre indicateur"):
        reference.load(session)


def test_the_file_never_rewrites_what_was_published_on_a_screen(session: Session, file: dict[str, Any]) -> None:
    published(session)
    reference.load(session)  # a file that still has version 1 alone says nothing of version 2
    file |= {"version": 2, "definition": "Autre chose."}
    with pytest.raises(BadSettings, match="n’est pas celle qui a été publiée à l’écran sous ce numéro"):
        reference.load(session)


def test_a_file_that_says_what_was_published_leaves_who_published_it(session: Session, file: dict[str, Any]) -> None:
    published(session)
    file |= {"version": 2, **NEW}
    reference.load(session)
    assert session.get_one(IndicatorVersion, (CODE, 2)).published_by == ODILE.id
