"""The exports screen: what is asked, what is shown of the file, and the address that gives it."""

import csv
import io
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.datastructures import QueryParams
from streamlit.testing.v1 import AppTest

from impact import rules
from impact.db import transaction
from impact.exports import ExportRequest
from impact.figures import Cell
from impact.permissions import Actor
from impact.queries.book import Book
from impact.services import entries, exports, reviews, submission
from impact.ui.admin.exports import address
from impact.vocabulary import CSV_KINDS, Dialect, ExportKind
from impact.web.downloads import asked
from tests.cast import CLAIRE, KARIM, ODILE, PICARDIE, REMI
from tests.pages.conftest import Visit, drawn, text_of

T2, T3 = "2010-2011-T2", "2010-2011-T3"
CODES = ("FOR-01", "FOR-02", "FOR-03", "FOR-04")


@pytest.fixture
def figures(sqlite_db: object) -> None:
    """Picardie's T3: one figure validated, three drafts, one of whose sources a spreadsheet would run."""
    with transaction() as session:
        for code in CODES:
            fields = {"valeur": "15", "source": "=1+1"}
            draft, _ = rules.read_draft(Book(session).definition(code), Cell(PICARDIE, code, T3), fields)
            assert draft is not None
            entries.save_entry(session, KARIM, draft)
        submission.submit_cells(session, KARIM, [Cell(PICARDIE, "FOR-02", T3)])
        reviews.validate(session, ODILE, [Cell(PICARDIE, "FOR-02", T3)])


def link(seen: AppTest) -> str:
    (found,) = seen.get("link_button")
    return str(found.url)


def query(seen: AppTest) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link(seen)).query)


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize(
    ("person", "count"), [(KARIM, "4 lignes"), (ODILE, "4 lignes"), (CLAIRE, "1 ligne"), (REMI, "1 ligne")]
)
def test_each_reader_counts_the_figures_that_are_theirs_to_read(visit: Visit, person: Actor, count: str) -> None:
    text = text_of(visit(person, "exports"))

    assert f"{count}, telles que" in text
    assert ("FOR-01" in text) is (person in (KARIM, ODILE))


@pytest.mark.usefixtures("figures")
def test_the_preview_shows_rows_as_the_file_writes_them(visit: Visit) -> None:
    plain = visit(KARIM, "exports")
    escaped = visit(KARIM, "exports", exports_format="CSV Excel français")

    assert ">=1+1<" in text_of(plain)
    assert ">&#39;=1+1<" in text_of(escaped)
    assert "30/06/2011" in text_of(escaped)
    assert "motif" not in text_of(plain), "columns without anything in them are left out"
    file = b"".join(exports.stream(ExportKind.ENTRIES, asked(QueryParams(urlsplit(link(plain)).query)), KARIM))
    rows = list(csv.reader(io.StringIO(file.decode())))
    assert all(cell in text_of(plain).replace("&#39;", "'") for row in rows[1:] for cell in row)


@pytest.mark.usefixtures("figures")
def test_filters_come_from_the_address_and_go_to_the_file(visit: Visit) -> None:
    seen = visit(
        ODILE, "exports", exports_contenu="Totaux", exports_regions="Picardie", exports_periode="T3 avr.-juin 2011",
        exports_preuve="F2 documenté ou plus", exports_provisoires="true",
    )  # fmt: skip

    assert link(seen).startswith("/exports/totals.csv?")
    assert query(seen) == {
        "region": ["22"], "from": ["2011-04-01"], "to": ["2011-06-30"], "preuve": ["F2"], "provisoire": ["true"],
        "dialecte": ["open"],
    }  # fmt: skip


def test_days_of_one_s_own_are_asked_for_and_crossed_ones_refused(visit: Visit) -> None:
    seen = visit(ODILE, "exports", exports_periode="Dates choisies", exports_du="2011-01-01", exports_au="2011-03-31")
    assert (query(seen)["from"], query(seen)["to"]) == (["2011-01-01"], ["2011-03-31"])

    seen.date_input(key="exports_au").set_value(date(2010, 12, 31))
    seen = drawn(seen.run())
    assert seen.error[0].value == "Le début (01/01/2011) suit la fin (31/12/2010)."
    assert not seen.get("link_button")


@pytest.mark.parametrize(
    ("person", "region", "offered"),
    [
        (ODILE, "", True),
        (REMI, "Picardie", False),
        (KARIM, "", False),
        (KARIM, "Midi-Pyrénées", False),
        (KARIM, "Picardie", True),
    ],
)
def test_provisional_totals_are_offered_to_those_who_may_have_them(
    visit: Visit, person: Actor, region: str, offered: bool
) -> None:
    asked_for = {"exports_regions": region} if region else {}
    seen = visit(person, "exports", exports_contenu="Totaux", exports_provisoires="true", **asked_for)

    assert bool(seen.toggle) is offered
    assert ("provisoire" in query(seen)) is offered


@pytest.mark.parametrize("kind", CSV_KINDS)
def test_every_file_has_a_preview_or_says_why_not(visit: Visit, kind: ExportKind) -> None:
    text = text_of(visit(REMI, "exports", exports_contenu=kind.label))

    full = (ExportKind.TOTALS, ExportKind.PROGRESS, ExportKind.QUALITY, ExportKind.MILESTONES)
    nothing = kind not in full
    assert ("code_region" in text) is not nothing
    assert ("Aucune ligne" in text) is nothing


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize(
    ("kind", "path", "held"),
    [
        (ExportKind.CIDS, "/exports/cids.jsonld", ("1 rapport d’indicateur", "Chiffres non calculables")),
        (ExportKind.PACKAGE, "/exports/paquet.zip", ("16 fichiers CSV", "chiffres.csv", "adresse de qui les a saisis")),
    ],
)
def test_a_standard_s_file_says_what_it_holds_and_offers_neither_dialect_nor_drafts(
    visit: Visit, kind: ExportKind, path: str, held: tuple[str, ...]
) -> None:
    seen = visit(
        ODILE, "exports", exports_contenu=kind.label, exports_regions="Picardie", exports_preuve="F1 sourcé ou plus"
    )
    assert link(seen) == f"{path}?region=22&preuve=F1"
    assert not seen.toggle
    assert "exports_format" not in [one.key for one in seen.selectbox]
    plain = text_of(visit(REMI, "exports", exports_contenu=kind.label))
    assert all(words in plain for words in held), plain
    assert link(visit(REMI, "exports", exports_contenu=kind.label)) == path


@pytest.mark.parametrize(
    ("kind", "offered"),
    [
        (ExportKind.PLANS, {"exports_regions", "exports_chantiers", "exports_format"}),
        (ExportKind.MILESTONES, {"exports_regions", "exports_periode", "exports_format"}),
        (ExportKind.DECISIONS, {"exports_regions", "exports_chantiers", "exports_periode", "exports_format"}),
    ],
)
def test_a_file_is_narrowed_by_what_it_has_alone(
    visit: Visit, sqlite_db: object, kind: ExportKind, offered: set[str]
) -> None:
    seen = visit(
        ODILE, "exports", exports_contenu=kind.label, exports_preuve="F2 documenté ou plus",
        exports_indicateurs="FOR-01", exports_regions="Picardie",
    )  # fmt: skip
    assert {str(one.key) for one in (*seen.multiselect, *seen.selectbox)} == offered
    assert query(seen) == {"region": ["22"], "dialecte": ["open"]}


@pytest.mark.usefixtures("figures")
def test_past_exports_in_standards_have_no_dialect(visit: Visit) -> None:
    assert b"".join(exports.stream(ExportKind.CIDS, ExportRequest(regions=(PICARDIE,)), KARIM))
    text = text_of(visit(KARIM, "exports"))
    assert "Common Impact Data Standard (JSON-LD)" in text
    assert "Picardie ; " not in text


def test_an_address_typed_by_hand_asks_for_nothing_special(visit: Visit) -> None:
    nonsense = dict.fromkeys(
        ("exports_contenu", "exports_regions", "exports_periode", "exports_preuve", "exports_format"), "../../x"
    )

    assert link(visit(REMI, "exports", **nonsense)) == "/exports/entries.csv?dialecte=open"


@pytest.mark.parametrize(
    "request_",
    [
        ExportRequest(),
        ExportRequest(
            date(2011, 1, 1), date(2011, 3, 31), ("22", "73"), ("FOR",), ("FOR-01", "FOR-02"), 2, True, Dialect.EXCEL_FR
        ),
    ],
)
def test_the_address_says_exactly_what_was_asked(request_: ExportRequest) -> None:
    assert asked(QueryParams(urlsplit(address(ExportKind.TOTALS, request_)).query)) == request_


@pytest.mark.usefixtures("figures")
def test_past_exports_are_one_s_own_and_everybody_s_for_the_office(visit: Visit) -> None:
    for person in (KARIM, REMI):
        request = ExportRequest(regions=(PICARDIE,), min_proof=1, dialect=Dialect.EXCEL_FR)
        assert b"".join(exports.stream(ExportKind.ENTRIES, request, person))

    office, karim = text_of(visit(ODILE, "exports")), text_of(visit(KARIM, "exports"))
    assert "Karim Benali" in office
    assert "Rémi Lefèvre" in office
    assert "Karim Benali" in karim
    assert "Rémi Lefèvre" not in karim
    assert "Picardie ; F1 et plus ; CSV pour Excel français" in karim


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize(
    ("kind", "asked", "leads"),
    [
        ("entries", {}, f"nombre=chiffre&amp;indicateur=FOR-02&amp;region=22&amp;periode={T3}"),
        ("totals", {}, "nombre=total&amp;indicateur=FOR-02&amp;region=22"),
        ("totals", {"exports_periode": T3}, f"indicateur=FOR-02&amp;region=22&amp;periode={T3}&amp;campagne=2010-2011"),
        ("quality", {}, f"nombre=completude&amp;region=22&amp;chantier=FOR&amp;periode={T3}&amp;feuille=seule"),
    ],
)
def test_a_number_of_the_preview_leads_to_what_explains_it(
    visit: Visit, kind: str, asked: dict[str, str], leads: str
) -> None:
    seen = visit(ODILE, "exports")
    seen.radio(key="exports_contenu").set_value(ExportKind(kind))
    drawn(seen.run())
    seen.multiselect(key="exports_chantiers").set_value(["FOR"])
    for key, value in asked.items():
        seen.selectbox(key=key).set_value(value)
    assert leads in text_of(drawn(seen.run()))
