"""A file of figures into the database, on both engines: all of it or nothing, by the rules of the form."""

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from impact.errors import Forbidden
from impact.figures import Cell
from impact.imports import IMPORT_COLUMNS, Outcome, Verdict
from impact.models import Breakdown, DataVersion, Entry, History
from impact.queries.book import Book
from impact.services import reviews
from impact.vocabulary import AxisKind, Measure, Status
from tests.cast import CLAIRE, KARIM, ODILE, PICARDIE, REMI
from tests.impact.files import Line, import_lines, line, outcomes

CREATED, UPDATED, UNCHANGED, REFUSED, IGNORED = (
    Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.REFUSED, Outcome.IGNORED,
)  # fmt: skip
SOURCED = {"source": "Registre", "methode": "Feuilles de présence"}
T3 = "2010-2011-T3"
TRAINED = Cell(PICARDIE, "FOR-04", T3)


def trained(valeur: str = "12", **columns: str) -> Line:
    return line(PICARDIE, "FOR-04", "T3", valeur, **{**SOURCED, **columns})


def women(valeur: str = "7", **columns: str) -> Line:
    return line(PICARDIE, "FOR-04", "T3", valeur, axe="sexe", modalite="femmes", **columns)


def men(valeur: str = "5", **columns: str) -> Line:
    return line(PICARDIE, "FOR-04", "T3", valeur, axe="sexe", modalite="hommes", **columns)


def said(verdicts: list[Verdict]) -> str:
    return "\n".join(message for verdict in verdicts for message in verdict.messages)


def entries(session: Session) -> dict[Cell, Entry]:
    return {Cell(row.region_code, row.indicator_code, row.period_code): row for row in session.exec(select(Entry))}


def parts(session: Session) -> dict[str, int]:
    return {row.category_code: row.numerator for row in session.exec(select(Breakdown))}


def test_rows_are_created_then_unchanged_then_updated(session: Session) -> None:
    assert outcomes(import_lines(session, KARIM, trained(), women(), men())) == [CREATED] * 3
    assert outcomes(import_lines(session, KARIM, trained(), women(), men())) == [UNCHANGED] * 3
    assert outcomes(import_lines(session, KARIM, trained("13"), women("8"), men())) == [UPDATED, UPDATED, UNCHANGED]
    assert (entries(session)[TRAINED].numerator, parts(session)) == (130_000, {"femmes": 80_000, "hommes": 50_000})
    assert entries(session)[TRAINED].version == 2, "what says the same writes nothing"


def test_the_four_measures_and_the_answers_without_a_figure(session: Session) -> None:
    verdicts = import_lines(
        session,
        ODILE,
        trained("0"),
        line("22", "FOR-05", "S1", numerateur="9", denominateur="22"),
        line("22", "INN-07", "S1", "45,25", denominateur="8"),
        line("22", "INN-01", "T1", "1 234,50"),
        line("22", "FOR-06", "S1", numerateur="0", denominateur="0"),
        line("22", "FOR-02", "T3", etat="non_disponible", motif="Registre perdu"),
        line("22", "FOR-03", "T3", etat="sans_objet", motif="Pas d’action"),
    )
    assert outcomes(verdicts) == [CREATED] * 7
    stored = {cell.indicator: (row.answer, row.numerator, row.denominator) for cell, row in entries(session).items()}
    assert stored == {
        "FOR-04": ("valeur", 0, None),
        "FOR-05": ("valeur", 90_000, 220_000),
        "INN-07": ("valeur", 3_620_000, 80_000),
        "INN-01": ("valeur", 12_345_000, None),
        "FOR-06": ("valeur", 0, 0),
        "FOR-02": ("non_disponible", None, None),
        "FOR-03": ("sans_objet", None, None),
    }


def test_one_refused_row_and_nothing_is_written(session: Session) -> None:
    verdicts = import_lines(session, KARIM, trained(), line("22", "FOR-02", "T3", "1,234"))
    assert outcomes(verdicts) == [CREATED, REFUSED]
    assert "se lit de deux façons" in said(verdicts)
    assert (entries(session), session.exec(select(History)).all()) == ({}, [])


def test_a_dry_run_says_what_would_be_and_writes_nothing(session: Session) -> None:
    assert outcomes(import_lines(session, KARIM, trained(), women("12"), submit=True, dry_run=True)) == [CREATED] * 2
    assert entries(session) == {}


def test_every_problem_of_every_row_is_told_at_once(session: Session) -> None:
    verdicts = import_lines(
        session,
        KARIM,
        line("22", "FOR-99", "T3", "1"),
        line("98", "FOR-04", "T9", "1"),
        line("22", "FOR-05", "T3", numerateur="1", denominateur="2"),
        trained("-1", famille_methode="devinette", lien_preuve="ftp://x"),
        line("22", "FOR-02", "T3", etat="peut-être"),
    )
    assert outcomes(verdicts) == [REFUSED] * 5
    for words in ("« FOR-99 » n’existe pas", "« 98 »", "T9", "rythme", "devinette", "adresse complète", "peut-être"):
        assert words in said(verdicts)
    assert len(verdicts[3].messages) == 2, "the negative value is judged once the row can be read"


def test_a_contributor_enters_their_own_mobilised_open_cells_alone(session: Session) -> None:
    verdicts = import_lines(
        session, KARIM,
        line("73", "PRE-02", "T3", "1"), line("22", "PRE-02", "T3", "1"), line("22", "FOR-04", "T1", "1"), trained(),
    )  # fmt: skip
    assert outcomes(verdicts) == [REFUSED, REFUSED, REFUSED, CREATED]
    assert "Vous ne saisissez pas pour la région Midi-Pyrénées" in said(verdicts)
    assert "n’est pas mobilisée" in said(verdicts)
    assert "close" in said(verdicts)


def test_a_contributor_learns_nothing_of_another_regions_submitted_figure(session: Session) -> None:
    import_lines(session, CLAIRE, line("73", "PRE-02", "T3", "4", **SOURCED), submit=True)
    for guess in ("4", "5"):
        (verdict,) = import_lines(session, KARIM, line("73", "PRE-02", "T3", guess, **SOURCED))
        assert verdict.messages == ("Vous ne saisissez pas pour la région Midi-Pyrénées.",)


def test_a_reader_imports_nothing(session: Session) -> None:
    with pytest.raises(Forbidden):
        import_lines(session, REMI, trained())


def test_the_national_office_may_enter_what_is_not_due_and_is_told_that_it_counts_nowhere(session: Session) -> None:
    (verdict,) = import_lines(session, ODILE, line("22", "PRE-02", "T3", "1"))
    assert verdict.outcome is CREATED
    assert any("hors périmètre" in warning for warning in verdict.warnings)


def test_a_submitted_or_validated_key_is_unchanged_where_the_row_says_the_same_and_refused_where_not(
    session: Session,
) -> None:
    import_lines(session, KARIM, trained(), women(), men(), submit=True)
    assert entries(session)[TRAINED].status == Status.SUBMITTED
    assert outcomes(import_lines(session, KARIM, trained(), women(), men())) == [UNCHANGED] * 3
    refused = import_lines(session, KARIM, trained(), women("8"), men())
    assert outcomes(refused)[:1] == [REFUSED]
    assert "le chiffre est soumis" in said(refused)
    reviews.validate(session, ODILE, [TRAINED])
    assert outcomes(import_lines(session, KARIM, trained(), women(), men(), submit=True)) == [UNCHANGED] * 3
    assert "le chiffre est validé" in said(import_lines(session, KARIM, trained("13")))


def test_a_returned_figure_is_updated_after_the_deadline_and_submitted_again(session: Session) -> None:
    import_lines(session, KARIM, trained(), submit=True)
    reviews.send_back(session, ODILE, [TRAINED], "Comptez les hommes aussi")
    (verdict,) = import_lines(session, KARIM, trained("14"), submit=True)
    assert (verdict.outcome, verdict.submitted) == (UPDATED, True)
    assert entries(session)[TRAINED].status == Status.SUBMITTED


def test_submitting_takes_unchanged_drafts_along(session: Session) -> None:
    import_lines(session, KARIM, trained())
    (verdict,) = import_lines(session, KARIM, trained(), submit=True)
    assert (verdict.outcome, verdict.submitted) == (UNCHANGED, True)


def test_a_warning_asks_for_a_comment_when_the_row_is_submitted_not_for_a_draft(session: Session) -> None:
    first, jump = line("22", "FOR-04", "T2", "10", **SOURCED), trained("30")
    (_, draft) = import_lines(session, ODILE, first, jump)
    assert draft.outcome is CREATED
    refused = import_lines(session, ODILE, first, jump, submit=True)
    assert outcomes(refused)[1] is REFUSED
    assert "est 3 fois celle de T2" in said(refused)
    assert all(row.status == Status.DRAFT for row in entries(session).values()), "all or nothing"
    explained = import_lines(session, ODILE, first, {**jump, "commentaire": "Deux promotions"}, submit=True)
    assert [verdict.submitted for verdict in explained] == [True, True]


def test_a_partition_adds_up_at_submission_only(session: Session) -> None:
    lines = trained(), women("7"), men("4")
    assert outcomes(import_lines(session, KARIM, *lines)) == [CREATED] * 3
    refused = import_lines(session, KARIM, *lines, submit=True)
    assert "il manque 1" in said(refused)


def test_breakdowns_attach_to_a_stored_total_and_keep_what_the_file_does_not_name(session: Session) -> None:
    assert "ni dans le fichier ni enregistré" in said(import_lines(session, KARIM, women()))
    import_lines(session, KARIM, trained(), women())
    assert outcomes(import_lines(session, KARIM, men())) == [CREATED]
    assert outcomes(import_lines(session, KARIM, trained(commentaire="Vu"))) == [UPDATED]
    assert (parts(session), entries(session)[TRAINED].source) == ({"femmes": 70_000, "hommes": 50_000}, "Registre")


def test_breakdowns_share_the_words_of_their_total(session: Session) -> None:
    same = import_lines(session, KARIM, trained(), women(**SOURCED, etat="valeur", couverture_debut="2011-04-01"))
    assert outcomes(same) == [CREATED, CREATED]
    other = import_lines(session, KARIM, trained(), women(source="Un autre registre"))
    assert outcomes(other) == [REFUSED, REFUSED]
    assert "« source » est celui du total" in said(other)


def test_an_unknown_category_is_refused_on_its_own_row(session: Session) -> None:
    verdicts = import_lines(session, KARIM, trained(), line("22", "FOR-04", "T3", "1", axe="sexe", modalite="autres"))
    assert [bool(verdict.messages) for verdict in verdicts] == [True, True]
    assert "refusé avec le même chiffre, ligne 3" in verdicts[0].messages[0]
    assert "n’est pas une modalité" in verdicts[1].messages[0]


def test_a_figure_that_becomes_unavailable_loses_its_breakdowns(session: Session) -> None:
    import_lines(session, KARIM, trained(), women())
    assert outcomes(import_lines(session, KARIM, trained("", etat="non_disponible", motif="Perdu"))) == [UPDATED]
    assert parts(session) == {}


def test_a_present_empty_column_empties_and_an_absent_one_keeps(session: Session) -> None:
    import_lines(session, KARIM, trained(population="Étudiants", famille_methode="registre"))
    import_lines(session, KARIM, trained("13", source=""), columns=IMPORT_COLUMNS[:14])
    entry = entries(session)[TRAINED]
    assert (entry.source, entry.population, entry.method_family) == ("", "Étudiants", "registre")


def test_a_figure_in_a_file_without_the_state_is_a_value_whatever_was_stored(session: Session) -> None:
    import_lines(session, KARIM, trained("", etat="non_disponible", motif="Registre perdu"))
    narrow = ("code_region", "code_indicateur", "periode", "valeur")
    told = import_lines(session, KARIM, line(PICARDIE, "FOR-04", "T3", "12"), columns=narrow)
    assert outcomes(told) == [UPDATED]
    entry = entries(session)[TRAINED]
    assert (entry.answer, entry.numerator, entry.reason, entry.source) == ("valeur", 120_000, "", "Registre")


def test_blank_rows_are_ignored_and_clear_nothing(session: Session) -> None:
    import_lines(session, KARIM, trained(), women())
    assert outcomes(import_lines(session, KARIM, line("22", "FOR-04", "T3"), women(""), men(""))) == [IGNORED] * 3
    assert (entries(session)[TRAINED].numerator, parts(session)) == (120_000, {"femmes": 70_000})


def test_an_import_raises_the_data_version_that_screens_are_cached_by(session: Session) -> None:
    before = session.get_one(DataVersion, 1).number
    import_lines(session, KARIM, trained())
    session.expire_all()
    assert session.get_one(DataVersion, 1).number > before


def whole_campaign(session: Session) -> list[Line]:
    """Every indicator of every region and period, with its partitions: far more than one campaign sends."""
    figures = {
        Measure.COUNT: {"valeur": "4"},
        Measure.AMOUNT: {"valeur": "4"},
        Measure.RATIO: {"numerateur": "4", "denominateur": "9"},
        Measure.MEAN: {"valeur": "4", "denominateur": "9"},
    }
    book, lines = Book(session), []
    for region in book.regions:
        for definition in book.definitions.values():
            for period in book.periods.values():
                if period.frequency is definition.frequency:
                    key = (region, definition.code, period.short)
                    lines.append(line(*key, **figures[definition.measure]))
                    lines += [
                        line(*key, axe=axis.code, modalite=category.code, **figures[definition.measure])
                        for axis in definition.axes
                        if axis.kind is AxisKind.PARTITION
                        for category in axis.categories
                    ]
    return lines[:3_000]


def test_a_long_file_asks_the_database_a_few_questions_a_figure_and_none_a_row(session: Session) -> None:
    """10,000 rows with their breakdowns then take some seconds, on an idle machine."""
    lines = whole_campaign(session)
    statements: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *told: statements.append(told[2]))
    verdicts = import_lines(session, ODILE, *lines)
    assert set(outcomes(verdicts)) == {CREATED}
    figures = sum(1 for verdict in verdicts if not verdict.row.axis)
    assert len(lines) == 3_000
    assert len(statements) < 12 * figures + 60 < len(lines)
