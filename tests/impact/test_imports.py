"""Reading a file of figures: what is accepted, and what is refused in French rather than guessed."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact import imports
from impact.errors import Refused
from impact.imports import IMPORT_COLUMNS, ImportRow

HEADER = IMPORT_COLUMNS[:14]
VALUES = {
    "code_region": "22", "code_indicateur": "FOR-04", "periode": "2010-2011-T3", "valeur": "1 234,5",
    "source": "Feuilles d’émargement, « été »",
}  # fmt: skip


def text(*rows: dict[str, str], separator: str = ";", header: tuple[str, ...] = HEADER, end: str = "\r\n") -> str:
    lines = [separator.join(header), *(separator.join(row.get(name, "") for name in header) for row in rows)]
    return end.join(lines) + end


def read(data: str | bytes) -> tuple[ImportRow, ...]:
    return imports.read(data.encode() if isinstance(data, str) else data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_every_encoding_and_separator_of_spreadsheets_reads_the_same(encoding: str, separator: str) -> None:
    (row,) = read(text(VALUES, separator=separator).encode(encoding))
    assert row.key == ("22", "FOR-04", "2010-2011-T3", "", "")
    assert row.fields["valeur"] == "1 234,5"
    assert row.fields["source"] == "Feuilles d’émargement, « été »"


def test_commas_separate_too_and_quoted_ones_do_not() -> None:
    quoted = {**VALUES, "valeur": '"1234,5"', "source": '"a, ""b""\nc"'}
    (row,) = read(text(quoted, separator=","))
    assert (row.fields["valeur"], row.fields["source"]) == ("1234,5", 'a, "b"\nc')


def test_columns_come_in_any_order_and_optional_ones_may_be_absent() -> None:
    (row,) = read(text(VALUES, header=tuple(reversed(HEADER))))
    assert row.fields["valeur"] == "1 234,5"
    assert "population" not in row.fields


def test_an_absent_optional_column_is_told_from_an_empty_one() -> None:
    (row,) = read(text(VALUES, header=IMPORT_COLUMNS))
    assert row.fields["population"] == ""


def test_the_further_columns_of_an_export_are_not_read() -> None:
    (row,) = read(text({**VALUES, "statut": "validated"}, header=(*HEADER, "statut", "niveau_f", "version")))
    assert set(row.fields) == set(HEADER) - {"code_region", "code_indicateur", "periode", "axe", "modalite"}


def test_unknown_missing_and_repeated_columns_are_all_named() -> None:
    with pytest.raises(Refused) as refusal:
        read(text(VALUES, header=(*HEADER[1:], "valeur", "remarque")))
    assert "inconnue : « remarque »" in str(refusal.value)
    assert "absente : « code_region »" in str(refusal.value)
    assert "présente 2 fois : « valeur »" in str(refusal.value)


def test_the_apostrophe_that_excel_needed_is_taken_off_french_files_alone() -> None:
    assert read(text({**VALUES, "motif": "'=1+1"}))[0].fields["motif"] == "=1+1"
    assert read(text({**VALUES, "motif": "''tis"}))[0].fields["motif"] == "'tis"
    commas = {**VALUES, "motif": "'=1+1", "valeur": "12", "source": "x"}
    assert read(text(commas, separator=","))[0].fields["motif"] == "'=1+1"


def test_a_zero_that_a_spreadsheet_took_off_a_code_is_put_back() -> None:
    assert read(text({**VALUES, "code_region": "1"}))[0].region == "01"


def test_blank_rows_are_known_as_such_even_with_their_key() -> None:
    key_only = {name: VALUES[name] for name in ("code_region", "code_indicateur", "periode")}
    rows = read(text(key_only, key_only, VALUES) + "\r\n;;;\r\n")
    assert [row.is_blank for row in rows] == [True, True, False]
    assert all(not row.problems for row in rows)


def test_lines_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    rows = read(
        text({**VALUES, "motif": '"deux\r\nlignes"'}) + "\r\n" + text(VALUES | {"periode": "x"}).split("\r\n")[1]
    )
    assert [row.line for row in rows] == [2, 4]


def test_the_same_key_twice_is_refused_on_both_lines() -> None:
    first, second, other = read(text(VALUES, VALUES, {**VALUES, "axe": "sexe", "modalite": "femmes"}))
    assert "ligne 3" in first.problems[0]
    assert "ligne 2" in second.problems[0]
    assert not other.problems


def test_a_key_that_repeats_for_ever_is_told_by_its_first_lines_alone() -> None:
    rows = read(text(*[VALUES] * 2_000))
    assert rows[0].problems == ("même région, indicateur, période, axe et modalité qu’à la ligne 3, 4, 5, 6, 7, etc.",)
    assert "ligne 2, 3, 4, 5, 6, etc." in rows[-1].problems[0]
    assert max(len(row.problems[0]) for row in rows) < 100


def test_an_axis_without_its_category_and_an_empty_key_are_refused() -> None:
    (row,) = read(text({**VALUES, "axe": "sexe", "periode": ""}))
    assert [problem.split(" ")[1] for problem in row.problems] == ["periode", "axe"]


def test_a_decimal_comma_that_splits_a_cell_is_refused_not_misread() -> None:
    line = ",".join(["22", "FOR-04", "2010-2011-T3", "12,5", *[""] * 10])
    (row,) = read(",".join(HEADER) + "\r\n" + line)
    assert "15 cases pour 14 colonnes" in row.problems[0]


def test_last_empty_cells_that_old_spreadsheets_drop_are_blank() -> None:
    (row,) = read(";".join(HEADER) + "\r\n22;FOR-04;2010-2011-T3;12\r\n")
    assert (row.fields["valeur"], row.fields["source"], row.problems) == ("12", "", ())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04rest", "un classeur"),
        (b"%PDF-1.4", "un PDF"),
        (b"code_region\x00;x", "octets nuls"),
        (b"", "vide"),
        (b" \r\n \r\n", "vide"),
        (codecs.BOM_UTF8 + b"\xff\xfe\xfd", "encodage"),
        (b"a;b;c\r\n1;2;3", "aucun des en-têtes"),
        (text().encode(), "pas de ligne"),
        ((text(VALUES) + '"jamais fermé').encode(), "guillemet"),
        (text({**VALUES, "motif": "x" * 10_001}).encode(), "10000 caractères"),
        (";".join([*HEADER, *["x"] * 300]).encode(), "314 colonnes"),
        (b"a" * (imports.LARGEST_FILE + 1), "25 Mo"),
    ],
)
def test_what_is_no_file_of_figures_is_refused_in_one_french_sentence(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        imports.read(data)


def test_a_line_that_names_the_separator_is_passed_over() -> None:
    assert read("sep=;\r\n" + text(VALUES))[0].key == read(text(VALUES))[0].key


@given(st.binary(max_size=300))
def test_no_bytes_bring_the_reading_down(data: bytes) -> None:
    for attempt in (data, text().encode() + data):
        with suppress(Refused):  # a sentence; anything else fails the test
            imports.read(attempt)
