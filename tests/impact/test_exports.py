"""Exports as they leave: what each reader gets, what totals say, what is recorded of them; on both engines."""

import csv
import hashlib
import io
from datetime import date, datetime

import pytest
from sqlmodel import Session, select

from impact.db import Database, reading, transaction
from impact.errors import Forbidden, Refused
from impact.exports import ExportRequest
from impact.formats import day_of
from impact.models import ExportRecord, History
from impact.permissions import Actor, readable
from impact.queries import exported_entries, past_exports
from impact.queries.book import Book
from impact.services import exports, mobilisations, reviews
from impact.vocabulary import Dialect, ExportKind
from tests.cast import CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI
from tests.impact.files import Line, import_lines, line

ENTRIES, TOTALS, QUALITY = ExportKind.ENTRIES, ExportKind.TOTALS, ExportKind.QUALITY
EVERYTHING = ExportRequest()
SOURCED = {"source": "Registre", "methode": "Feuilles"}
LINKED = {**SOURCED, "lien_preuve": "https://a.org/registre.pdf"}
Row = dict[str, str]


def export(
    db: Database, kind: ExportKind, request: ExportRequest = EVERYTHING, actor: Actor | str = "essai"
) -> list[Row]:
    data = b"".join(exports.stream(kind, request, actor, db))
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def enter(db: Database, actor: Actor, *lines: Line, validate: bool = False) -> None:
    """Import and submit as one person, and let another validate."""
    with transaction(db) as session:
        verdicts = import_lines(session, actor, *lines, submit=True)
        assert all(verdict.submitted for verdict in verdicts), verdicts
        if validate:
            reviews.validate(session, ODILE, [verdict.row.cell for verdict in verdicts if not verdict.row.axis])


def also(session: Session, region: str, chantier: str = "FOR") -> None:
    mobilisations.mobilise(session, ODILE, region, chantier, start=date(2010, 10, 15))


def of(rows: list[Row], region: str, indicator: str) -> Row:
    (row,) = [row for row in rows if (row["code_region"], row["code_indicateur"]) == (region, indicator)]
    return row


def test_each_reader_gets_validated_figures_and_all_of_their_own(db: Database) -> None:
    enter(db, KARIM, line(PICARDIE, "FOR-04", "T3", "12", **SOURCED), validate=True)
    enter(db, KARIM, line(PICARDIE, "FOR-02", "T3", "3", **SOURCED))
    enter(db, CLAIRE, line(MIDI_PYRENEES, "PRE-02", "T3", "4", **SOURCED))
    with transaction(db) as session:
        import_lines(session, CLAIRE, line(MIDI_PYRENEES, "PRE-03", "T3", numerateur="1", denominateur="4"))

    def seen(actor: Actor | str) -> list[str]:
        return [f"{row['code_indicateur']} {row['statut']}" for row in export(db, ENTRIES, actor=actor)]

    assert seen(REMI) == ["FOR-04 validated"]
    assert seen(KARIM) == ["FOR-02 submitted", "FOR-04 validated"]
    assert seen(CLAIRE) == ["FOR-04 validated", "PRE-02 submitted", "PRE-03 draft"]
    assert seen(ODILE) == seen("essai") == [
        "FOR-02 submitted", "FOR-04 validated", "PRE-02 submitted", "PRE-03 draft",
    ]  # fmt: skip


def test_entries_say_who_when_and_how_reliable_breakdowns_included(db: Database) -> None:
    part = line(PICARDIE, "FOR-04", "T3", "12", axe="sexe", modalite="femmes")
    enter(db, KARIM, line(PICARDIE, "FOR-04", "T3", "12", **LINKED), part, validate=True)
    total, women = export(db, ENTRIES)
    told = ("statut", "niveau_f", "niveau_p", "version_indicateur", "saisi_par", "valide_par", "version", "source")
    assert [total[name] for name in told] == [
        "validated", "F2", "sans_objet", "1", "karim@example.org", "odile@example.org", "3", "Registre",
    ]  # fmt: skip
    assert [women[name] for name in told] == [total[name] for name in told], "a breakdown shares them"
    assert (women["axe"], women["modalite"], women["valeur"]) == ("sexe", "femmes", "12")
    assert day_of(datetime.fromisoformat(total["saisi_le"])) == date(2011, 7, 10)
    assert total["saisi_le"].endswith("Z")


def test_entries_are_narrowed_by_everything_that_can_be_asked(db: Database) -> None:
    with transaction(db) as session:
        import_lines(
            session, ODILE,
            line("22", "FOR-04", "T1", "1"), line("22", "FOR-04", "T3", "2", **LINKED), line("73", "PRE-02", "T3", "3"),
        )  # fmt: skip
    for request, expected in (
        (ExportRequest(regions=("73",)), ["3"]),
        (ExportRequest(chantiers=("FOR",)), ["1", "2"]),
        (ExportRequest(indicators=("FOR-04", "PRE-02"), start=date(2011, 1, 1)), ["2", "3"]),
        (ExportRequest(end=date(2010, 12, 31)), ["1"]),
        (ExportRequest(min_proof=2), ["2"]),
    ):
        assert [row["valeur"] for row in export(db, ENTRIES, request)] == expected, request


def test_unknown_codes_are_refused_together_before_the_first_byte(db: Database) -> None:
    request = ExportRequest(regions=("99",), chantiers=("XYZ",), indicators=("FOR-99",))
    with pytest.raises(Refused) as refusal:
        exports.stream(ENTRIES, request, "essai", db)
    assert [str(problem).split(" « ")[0] for problem in refusal.value.problems] == [
        "la région", "le chantier", "l’indicateur",
    ]  # fmt: skip


def test_a_ratio_of_the_country_pools_its_regions(db: Database) -> None:
    """Golden case 1: 9/10 and 40/200 make 23.33 %, not 55 %."""
    with transaction(db) as session:
        also(session, "31")
    with transaction(db) as session:
        figures = (
            line(PICARDIE, "FOR-05", "S1", numerateur="9", denominateur="10", **LINKED),
            line("31", "FOR-05", "S1", numerateur="40", denominateur="200", **SOURCED),
        )
        import_lines(session, ODILE, *figures, submit=True)
    total = of(export(db, TOTALS, ExportRequest(provisional=True)), "FR", "FOR-05")
    assert (total["valeur"], total["numerateur"], total["denominateur"]) == ("23.3", "49", "210")
    assert (total["regions_renseignees"], total["regions_dues"], total["couverture"]) == ("2", "2", "complet")
    assert (total["part_f2_et_plus"], total["niveau_f_minimal"], total["provisoire"]) == ("0.183673", "F1", "true")


def test_a_flow_adds_up_its_periods_and_says_which_are_missing(db: Database) -> None:
    """Golden case 2 over the three periods that have ended: 10, missing, 20."""
    with transaction(db) as session:
        import_lines(session, ODILE, line("22", "FOR-04", "T1", "10"), line("22", "FOR-04", "T3", "20"), submit=True)
    total = of(export(db, TOTALS, ExportRequest(provisional=True, regions=("22",))), "FR", "FOR-04")
    assert (total["valeur"], total["periodes_renseignees"], total["periodes_dues"]) == ("30", "2", "3")
    assert (total["couverture"], total["valeur_au"]) == ("partiel", "")


def test_official_totals_hold_validated_figures_alone(db: Database) -> None:
    enter(db, KARIM, line(PICARDIE, "FOR-04", "T3", "12", **SOURCED), validate=True)
    enter(db, KARIM, line(PICARDIE, "FOR-02", "T3", "3", **SOURCED))
    rows = export(db, TOTALS, ExportRequest(regions=(PICARDIE,)), KARIM)
    assert (of(rows, "22", "FOR-04")["valeur"], of(rows, "22", "FOR-02")["couverture"]) == ("12", "vide")
    rows = export(db, TOTALS, ExportRequest(regions=(PICARDIE,), provisional=True), KARIM)
    assert of(rows, "22", "FOR-02")["valeur"] == "3"


def test_provisional_totals_across_regions_are_the_national_offices(db: Database) -> None:
    for actor in (KARIM, REMI):
        with pytest.raises(Forbidden):
            exports.stream(TOTALS, ExportRequest(provisional=True), actor, db)
    with pytest.raises(Forbidden):
        exports.stream(TOTALS, ExportRequest(provisional=True, regions=(MIDI_PYRENEES,)), KARIM, db)


def test_totals_have_a_row_for_every_mobilised_region_and_one_for_the_country_last(db: Database) -> None:
    rows = export(db, TOTALS)
    assert len([row for row in rows if row["code_region"] == "FR"]) == 40
    assert {row["code_indicateur"][:3] for row in rows if row["code_region"] == "22"} == {"FOR"}
    places = [row["code_region"] for row in rows]
    assert places == sorted(places), "FR sorts after every digit"
    assert (rows[0]["date_debut"], rows[0]["date_fin"]) == ("2010-10-15", "2011-07-10")
    non_additive = of(rows, "FR", "PRE-05")
    assert (non_additive["valeur"], non_additive["couverture"]) == ("", "non_additif")


def test_the_country_is_that_of_the_regions_selected(db: Database) -> None:
    with transaction(db) as session:
        also(session, "31")
        import_lines(session, ODILE, line("22", "FOR-04", "T3", "1"), line("31", "FOR-04", "T3", "2"), submit=True)
    for regions, expected in ((("22",), "1"), (("22", "31"), "3"), ((), "3")):
        rows = export(db, TOTALS, ExportRequest(provisional=True, regions=regions))
        assert of(rows, "FR", "FOR-04")["valeur"] == expected


def test_a_zero_denominator_makes_no_value_and_a_zero_makes_one(db: Database) -> None:
    """Golden cases 3 and 7."""
    with transaction(db) as session:
        import_lines(
            session, ODILE, line("22", "FOR-04", "T3", "0"),
            line("22", "FOR-05", "S1", numerateur="0", denominateur="0"), submit=True,
        )  # fmt: skip
    rows = export(db, TOTALS, ExportRequest(provisional=True))
    assert (of(rows, "FR", "FOR-04")["valeur"], of(rows, "FR", "FOR-04")["numerateur"]) == ("0", "0")
    ratio = of(rows, "FR", "FOR-05")
    assert (ratio["valeur"], ratio["numerateur"], ratio["couverture"]) == ("", "0", "non_calculable")


def test_a_region_off_a_chantier_is_in_none_of_its_denominators(db: Database) -> None:
    """Golden case 9."""
    with transaction(db) as session:
        import_lines(session, ODILE, line("73", "FOR-04", "T3", "5"), submit=True)
    total = of(export(db, TOTALS, ExportRequest(provisional=True)), "FR", "FOR-04")
    assert (total["regions_dues"], total["valeur"]) == ("1", "")
    assert [row["code_chantier"] for row in export(db, QUALITY) if row["code_region"] == "73"] == ["PRE"] * 4


def test_quality_counts_what_is_due_answered_on_time_and_proven_for_every_reader_alike(db: Database) -> None:
    enter(db, KARIM, line(PICARDIE, "FOR-04", "T3", "12", **LINKED), validate=True)
    enter(db, KARIM, line(PICARDIE, "FOR-02", "T3", etat="sans_objet", motif="x"))
    enter(db, ODILE, line(PICARDIE, "FOR-04", "T1", "12", **SOURCED))
    for actor in (REMI, ODILE):
        rows = {row["periode"]: row for row in export(db, QUALITY, ExportRequest(regions=(PICARDIE,)), actor)}
        assert list(rows) == [f"2010-2011-{name}" for name in ("T1", "T2", "S1", "T3")], "by end, then length"
        assert list(rows["2010-2011-T3"].values())[3:] == ["3", "1", "1", "0.333333", "0.333333", "1.000000"]
        assert list(rows["2010-2011-T1"].values())[3:] == ["4", "1", "0", "0.250000", "0.000000", ""]


def test_a_finished_export_is_recorded_with_its_rows_its_hash_and_the_heads_of_history(db: Database) -> None:
    enter(db, KARIM, line(PICARDIE, "FOR-04", "T3", "12", **SOURCED))
    request = ExportRequest(regions=(PICARDIE,), dialect=Dialect.EXCEL_FR)
    data = b"".join(exports.stream(ENTRIES, request, KARIM, db))
    with reading(db) as session:
        (record,) = session.exec(select(ExportRecord)).all()
        (told,) = session.exec(select(History).where(History.action == "export")).all()
    assert (record.account_id, record.kind, record.dialect, record.row_count) == (KARIM.id, "entries", "excel-fr", 1)
    assert (record.sha256, record.filters) == (hashlib.sha256(data).hexdigest(), {"region": ["22"]})
    assert (told.actor, told.chain, told.subject) == (KARIM.email, "FR", "entries")
    assert told.after is not None
    assert told.after["sha256"] == record.sha256
    assert told.after["heads"]["22"][0] == 2


def test_an_export_given_up_half_way_is_not_recorded_and_lets_its_connection_go(db: Database) -> None:
    chunks = exports.stream(ENTRIES, EVERYTHING, ODILE, db)
    assert next(chunks).startswith(b"code_region")
    chunks.close()
    with reading(db) as session:
        assert session.exec(select(ExportRecord)).all() == []
    assert db.reader.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_a_long_export_is_cut_into_blocks_and_misses_no_row(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exported_entries, "ROWS_AT_A_TIME", 2)
    categories = ("autre", "demandeurs_emploi", "dirigeants", "elus_agents")
    with transaction(db) as session:
        parts = [line("22", "FOR-04", "T3", "0", axe="public_vise", modalite=code) for code in categories]
        import_lines(session, ODILE, line("22", "FOR-04", "T3", "0"), line("22", "FOR-04", "T4", "1"), *parts)
        import_lines(session, ODILE, line("22", "FOR-02", "T3", "3"), line("73", "PRE-02", "T3", "4"))
    assert len(list(exports.stream(ENTRIES, EVERYTHING, ODILE, db))) == 3, "the header, and two blocks"
    rows = export(db, ENTRIES)
    assert [row["modalite"] for row in rows] == ["", "", *categories, "", ""]
    assert [row["valeur"] for row in rows if not row["axe"]] == ["3", "0", "1", "4"]
    with reading(db) as session:
        shown = past_exports.preview(session, ENTRIES, readable(KARIM), EVERYTHING, 2)
    assert ([row[:2] for row in shown.rows], shown.count) == ([("22", "FOR-02"), ("22", "FOR-04")], 7)


def test_rows_come_by_region_indicator_end_length_axis_and_category(db: Database) -> None:
    women = line("22", "FOR-04", "T2", "1", axe="sexe", modalite="femmes")
    other = line("22", "FOR-04", "T2", "1", axe="public_vise", modalite="autre")
    with transaction(db) as session:
        periods = Book(session).periods
        lines = [line("22", "FOR-04", name, "1") for name in ("T3", "T2", "T1")]
        import_lines(session, ODILE, line("73", "PRE-02", "T1", "4"), women, other, *lines)
        halves = [line("22", "FOR-05", name, numerateur="1", denominateur="4") for name in ("S2", "S1")]
        import_lines(session, ODILE, *halves)
    keys = [
        (row["code_region"], row["code_indicateur"], periods[row["periode"]], row["axe"], row["modalite"])
        for row in export(db, ENTRIES)
    ]
    assert len(keys) == 8
    assert keys == sorted(keys)


def test_breakdowns_stay_with_their_total_out_of_sight_and_out_of_range(db: Database) -> None:
    part = {"axe": "sexe", "modalite": "femmes"}
    lines = [
        line("22", "FOR-04", name, value, **also) for name, value in (("T2", "5"), ("T3", "6")) for also in ({}, part)
    ]
    with transaction(db) as session:
        import_lines(session, ODILE, *lines)
    assert export(db, ENTRIES, actor=REMI) == []
    asked = ExportRequest(start=date(2011, 6, 1))
    assert [row["valeur"] for row in export(db, ENTRIES, asked, ODILE)] == ["6", "6"]


def test_the_journal_is_for_those_who_read_history(db: Database) -> None:
    enter(db, KARIM, line(PICARDIE, "FOR-04", "T3", "12", **SOURCED))
    with pytest.raises(Forbidden):
        exports.stream_journal(EVERYTHING, KARIM, db)
    with pytest.raises(Refused):
        exports.stream_journal(ExportRequest(chantiers=("FOR",)), ODILE, db)
    data = b"".join(exports.stream_journal(ExportRequest(regions=("22",)), ODILE, db)).decode()
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    assert [(row["numero"], row["acteur"], row["action"]) for row in rows] == [
        ("1", KARIM.email, "save"), ("2", KARIM.email, "submit"),
    ]  # fmt: skip
    assert '"numerator": 120000' in rows[0]["apres"]
    assert b"".join(exports.stream_journal(ExportRequest(start=date(2011, 7, 11)), ODILE, db)).count(b"\r\n") == 1
