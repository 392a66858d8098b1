"""How exported files are written, to the letter of design/files.md."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.errors import Refused
from impact.exports import COLUMNS, Column, ExportRequest, blocks, day, header, proof_level, writing
from impact.exports.columns import Kind, exact, in_paris, inert, utc
from impact.exports.stored import figure_writer, typed_mean
from impact.figures import SCALE, rounded_ratio
from impact.formats import PARIS, parse_number
from impact.vocabulary import CSV_KINDS, Dialect, ExportKind, Measure
from tests.impact.samples import sample

ROW = (
    "=1+1", "01", 3, 125_000, Decimal("23.3"), Fraction(1, 3), date(2011, 3, 31),
    datetime(2011, 3, 31, 12, 5, tzinfo=UTC), True, None,
)  # fmt: skip
KINDS = (
    Kind.TEXT, Kind.CODE, Kind.WHOLE, Kind.EXACT, Kind.ROUNDED, Kind.RATE, Kind.DATE, Kind.MOMENT, Kind.FLAG,
    Kind.EXACT,
)  # fmt: skip
ALL_KINDS = [Column(kind.name.lower(), kind) for kind in KINDS]


def written(dialect: Dialect, *rows: tuple[object, ...], columns: list[Column] = ALL_KINDS) -> str:
    return b"".join(text for text, _ in blocks(columns, rows, dialect)).decode()


def test_the_open_dialect_has_commas_points_iso_dates_and_utc() -> None:
    assert written(Dialect.OPEN, ROW) == "=1+1,01,3,12.5,23.3,0.333333,2011-03-31,2011-03-31T12:05:00Z,true,\r\n"


def test_the_french_dialect_has_semicolons_commas_french_dates_and_the_hour_of_paris() -> None:
    assert written(Dialect.EXCEL_FR, ROW) == ("'=1+1;01;3;12,5;23,3;0,333333;31/03/2011;31/03/2011 14:05:00;true;\r\n")


def test_only_the_french_dialect_begins_with_a_byte_order_mark() -> None:
    columns = [Column("periode", Kind.CODE), Column("valeur", Kind.EXACT)]
    assert header(columns, Dialect.OPEN) == "periode,valeur\r\n"
    assert header(columns, Dialect.EXCEL_FR).encode() == b"\xef\xbb\xbfperiode;valeur\r\n"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "'x"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe_in_french_alone(text: str) -> None:
    assert inert(text) == f"'{text}"
    assert "'" + text not in written(Dialect.OPEN, (text,), columns=[Column("motif", Kind.TEXT)])


def test_number_cells_are_never_escaped() -> None:
    assert written(Dialect.EXCEL_FR, (-25_000,), columns=[Column("valeur", Kind.EXACT)]) == "-2,5\r\n"


def test_quotes_separators_and_new_lines_are_quoted() -> None:
    columns = [Column("motif", Kind.TEXT)]
    assert written(Dialect.OPEN, ('a "b", c\nd',), columns=columns) == '"a ""b"", c\nd"\r\n'


FIRST, LAST = datetime.fromisoformat("1912-01-01"), datetime.fromisoformat("2100-01-01")
CELLS = st.one_of(st.none(), st.text(alphabet=st.sampled_from("a1 ,;\"'\r\n=+-@\té")))


@given(st.sampled_from(Dialect), st.lists(st.tuples(CELLS, CELLS), min_size=1), st.booleans())
def test_cells_are_quoted_as_the_standard_writer_quotes_them(
    dialect: Dialect, rows: list[tuple[str | None, str | None]], alone: bool
) -> None:
    lines = [row[:1] for row in rows] if alone else rows
    columns = [Column("a", Kind.CODE), Column("b", Kind.CODE)][: len(lines[0])]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=writing.SEPARATORS[dialect], lineterminator="\r\n").writerows(lines)
    assert written(dialect, *lines, columns=columns) == buffer.getvalue()


WORDS = st.text(alphabet=st.sampled_from("a1 ,;\"'\r\n=+-@\té’"))


@given(st.sampled_from(Dialect), st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1))
def test_words_that_the_database_puts_together_are_written_as_each_alone(
    dialect: Dialect, rows: list[tuple[str, str, str]]
) -> None:
    kinds = (Kind.CODE, Kind.TEXT, Kind.TEXT)
    runs = writing.run_writer(kinds, dialect)([writing.UNIT.join(row).encode() for row in rows])
    alone = written(dialect, *rows, columns=[Column(kind.name, kind) for kind in kinds])
    assert b"".join(run + b"\r\n" for run in runs) == alone.encode()


def test_days_among_them_are_written_as_days() -> None:
    run = writing.UNIT.join(("", "2011-01-01", "2011-03-31")).encode()
    kinds = (Kind.TEXT, Kind.DATE, Kind.DATE)
    assert writing.run_writer(kinds, Dialect.EXCEL_FR)([run]) == [b";01/01/2011;31/03/2011"]
    assert writing.run_writer(kinds, Dialect.OPEN)([run]) == [b",2011-01-01,2011-03-31"]


def test_words_that_cannot_be_told_apart_are_never_written_in_the_wrong_column() -> None:
    with pytest.raises(ValueError, match="control character"):
        writing.run_writer((Kind.TEXT, Kind.TEXT), Dialect.OPEN)([f"a{writing.UNIT}b{writing.UNIT}c".encode()])


def test_equal_numbers_of_two_indicators_keep_their_own_decimals() -> None:
    rows = [(Decimal("5"),), (Decimal("5.0"),)]
    assert written(Dialect.OPEN, *rows, columns=[Column("v", Kind.ROUNDED)]) == "5\r\n5.0\r\n"


@given(st.datetimes(FIRST, LAST, timezones=st.just(UTC)))
def test_a_moment_is_written_alike_from_the_text_that_sqlite_keeps(at: datetime) -> None:
    kept = f"{at:%Y-%m-%d %H:%M:%S.%f}"
    assert utc(kept) == utc(at) == f"{at:%Y-%m-%dT%H:%M:%SZ}"
    assert in_paris(kept) == in_paris(at) == f"{at.astimezone(PARIS):%d/%m/%Y %H:%M:%S}"


@given(st.integers(-(2**53), 2**53))
def test_an_exact_number_always_reads_back_as_itself(scaled: int) -> None:
    """1.234 would be refused as 1 234 or 1,234: it is written 1.2340."""
    assert parse_number(exact(scaled)) == Decimal(scaled) / SCALE
    assert parse_number(exact(scaled).replace(".", ",")) == Decimal(scaled) / SCALE


def test_a_number_that_reads_two_ways_gets_a_last_zero() -> None:
    assert [exact(number) for number in (12_340, 1_234_560, 12_345_670, 1_230, 0)] == [
        "1.2340", "123.4560", "1234.567", "0.123", "0",
    ]  # fmt: skip


@given(st.integers(0, 10_000_000), st.integers(1, 5_000))
def test_a_mean_comes_back_as_it_was_typed(mean: int, cases: int) -> None:
    assert typed_mean(mean * cases, cases * SCALE) == mean


def figures(measure: Measure, numerator: int | None, denominator: int | None = None, decimals: int = 0) -> list[bytes]:
    """What was typed and what is computed from it, in the French dialect."""
    return list(figure_writer(sample(measure, decimals=decimals), Dialect.EXCEL_FR)(numerator, denominator))


def test_each_measure_is_exported_in_the_columns_in_which_it_is_typed() -> None:
    assert figures(Measure.COUNT, 50_000)[0] == b"5;;"
    assert figures(Measure.COUNT, 52_500)[0] == b"5,25;;"
    assert figures(Measure.RATIO, 90_000, 220_000)[0] == b";9;22"
    assert figures(Measure.RATIO, 50_000)[0] == b";5;", "a category whose denominator was not typed"
    assert figures(Measure.MEAN, 375_000, 30_000)[0] == b"12,5;;3"
    assert figures(Measure.MEAN, 0, 0)[0] == b";;0"
    assert all(figures(measure, None) == [b";;", b""] for measure in Measure)


def test_the_computed_value_is_rounded_once_to_the_decimals_of_the_indicator() -> None:
    assert figures(Measure.RATIO, 490_000, 2_100_000, decimals=2)[1] == b"23,33"
    assert figures(Measure.RATIO, 0, 0)[1] == figures(Measure.MEAN, 0, 0)[1] == b""
    assert figures(Measure.RATIO, 50_000)[1] == b"", "a category whose denominator was not typed"
    assert figures(Measure.COUNT, 0)[1] == b"0"
    assert figures(Measure.AMOUNT, -120_000, decimals=2)[1] == b"-12,00"


@given(st.integers(-(2**53), 2**53), st.integers(1, 2**53) | st.none(), st.integers(0, 4))
def test_the_computed_value_is_the_one_that_screens_round(
    numerator: int, denominator: int | None, decimals: int
) -> None:
    measure = Measure.COUNT if denominator is None else Measure.MEAN
    shown = figures(measure, numerator, denominator, decimals)[1].decode().replace(",", ".")
    assert shown == f"{rounded_ratio(numerator, denominator or SCALE, decimals):f}"


def test_an_interval_turned_round_and_words_that_are_no_level_or_day_are_refused() -> None:
    with pytest.raises(Refused, match="suit la fin"):
        ExportRequest(start=date(2011, 2, 1), end=date(2011, 1, 1))
    with pytest.raises(Refused, match="niveau de preuve"):
        proof_level("F5")
    with pytest.raises(Refused, match="n’est pas une date"):
        day("31/02/2011")
    assert (proof_level("F2"), day("31/03/2011")) == (2, day("2011-03-31"))


@pytest.mark.parametrize("kind", CSV_KINDS)
def test_headers_are_lower_case_ascii_words(kind: ExportKind) -> None:
    names = [column.name for column in COLUMNS[kind]]
    assert len(set(names)) == len(names)
    assert all(name.isascii() and name == name.lower() and " " not in name for name in names)


def test_the_headers_are_those_of_the_contract() -> None:
    headers = {kind: ", ".join(column.name for column in COLUMNS[kind]) for kind in CSV_KINDS}
    assert headers[ExportKind.TOTALS] == (
        "code_indicateur, version, code_region, date_debut, date_fin, valeur, numerateur, denominateur, unite, "
        "valeur_au, regions_renseignees, regions_dues, periodes_renseignees, periodes_dues, couverture, provisoire, "
        "part_f2_et_plus, niveau_f_minimal"
    )
    assert headers[ExportKind.QUALITY] == (
        "code_region, code_chantier, periode, cellules_dues, cellules_repondues, cellules_a_temps, completude, "
        "ponctualite, part_prouvee"
    )
    assert headers[ExportKind.ENTRIES].endswith(
        "valeur_calculee, statut, niveau_f, niveau_p, version_indicateur, saisi_par, saisi_le, soumis_le, valide_par, "
        "valide_le, version"
    )
