"""The export in the Common Impact Data Standard: no figure lost, and our own shapes, which refuse what is broken."""

import copy
import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import rdflib
from pyshacl import validate
from pyshacl.shapes_graph import ShapesGraph
from sqlmodel import select

from impact.db import Database, reading, transaction
from impact.errors import Refused
from impact.exports import ExportRequest
from impact.figures import Cell
from impact.models import ExportRecord
from impact.permissions import Actor
from impact.queries import exported_cids
from impact.services import exports, mobilisations, reviews
from impact.settings import DATA
from impact.vocabulary import Dialect, ExportKind
from tests.cast import ADA, ODILE, REMI
from tests.impact.files import Line, import_lines, line

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*(ConjunctiveGraph|Dataset.default_context|get_context):DeprecationWarning"
)
EVERYTHING = ExportRequest()
BASE = "http://127.0.0.1:8501/cids"
SOURCED = {"source": "Registre", "methode": "Feuilles", "famille_methode": "registre"}
LINKED = {**SOURCED, "lien_preuve": "https://a.org/registre.pdf"}
FIGURES: tuple[Line, ...] = (
    line("22", "FOR-01", "T3", "1234.56", **SOURCED),
    line("22", "FOR-02", "T3", "0", **SOURCED),
    line("22", "FOR-04", "T2", "12", **{**LINKED, "couverture_debut": "2011-02-01"}),
    line("22", "FOR-04", "T2", "7", axe="sexe", modalite="femmes"),
    line("22", "FOR-04", "T2", "5", axe="sexe", modalite="hommes"),
    line("22", "FOR-04", "T3", "15", **{**SOURCED, "famille_methode": "estimation"}),
    line("22", "FOR-05", "S1", numerateur="1", denominateur="3", **LINKED),
    line("22", "FOR-06", "S1", numerateur="0", denominateur="0", **SOURCED),
    line("22", "FOR-07", "S1", etat="non_disponible", motif="Enquête reportée"),
    line("82", "COO-08", "A", "-1500.5", **SOURCED),
    line("82", "INN-07", "S1", "12.34", denominateur="7", **SOURCED),
)
"""A zero, a negative, a mean, a third, one that cannot be computed, one that has no value: 7 reports and 1 apart."""
REPORTS, ALONE = 7, 1
Document = dict[str, Any]
SHAPES = DATA / "shapes" / "impact-cids.ttl"


@pytest.fixture(autouse=True)
def after_the_campaign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_TODAY", "2011-10-05")


def enter(db: Database) -> Database:
    """FIGURES validated, and a draft that no exchange shows."""
    with transaction(db) as session:
        for chantier in ("COO", "INN"):
            mobilisations.mobilise(session, ODILE, "82", chantier, start=date(2010, 10, 15))
        verdicts = import_lines(session, ADA, *FIGURES, submit=True)
        assert all(verdict.submitted for verdict in verdicts), verdicts
        reviews.validate(session, ODILE, [verdict.row.cell for verdict in verdicts if not verdict.row.axis])
        import_lines(session, ADA, line("22", "FOR-03", "T3", "4"))
    return db


@pytest.fixture
def figures(sqlite_db: Database) -> Database:
    return enter(sqlite_db)


def cids(db: Database, request: ExportRequest = EVERYTHING, actor: Actor | str = "essai") -> Document:
    document: Document = json.loads(b"".join(exports.stream(ExportKind.CIDS, request, actor, db)))
    return document


def of_type(document: Document, name: str) -> list[Document]:
    return [node for node in document["@graph"] if node["@type"] == name]


def report(document: Document, *place: str) -> Document:
    (found,) = [node for node in document["@graph"] if node["@id"] == "/".join((BASE, "rapport", *place))]
    return found


def graph_of(document: Document) -> rdflib.Graph:
    return rdflib.Graph().parse(data=json.dumps(document), format="json-ld")


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(SHAPES)


def refusals(document: Document, shapes: rdflib.Graph) -> str:
    """What the shapes say of a document; empty where it conforms."""
    conforms, _, text = validate(graph_of(document), shacl_graph=shapes)
    return "" if conforms else str(text)


def checked(document: Document, shapes: rdflib.Graph) -> dict[str, int]:
    """How many nodes each shape of a class looks at."""
    graph = graph_of(document)
    looked = ((shape.node, len(shape.focus_nodes(graph))) for shape in ShapesGraph(shapes).shapes)
    return {str(name).rpartition(":")[2]: count for name, count in looked if isinstance(name, rdflib.URIRef) and count}


def test_every_node_is_looked_at_and_conforms(figures: Database, shapes: rdflib.Graph) -> None:
    document = cids(figures)
    assert refusals(document, shapes) == ""
    regions = len(of_type(document, "cids:Organization"))
    everything = REPORTS * 3 + ALONE * 2 + regions + 4 + 40 + 6 + 1 + 2
    assert checked(document, shapes) == {
        "Organization": regions, "Theme": 4, "Indicator": 40, "Report": REPORTS, "Measure": REPORTS,
        "NotComputable": ALONE, "QualityMeasurement": REPORTS + ALONE, "MethodFamily": 6, "Metric": 1, "Dataset": 1,
        "Standard": 1, "Typed": everything, "OneDataset": 1, "SomeCatalogue": 3,
    }  # fmt: skip


def test_the_demonstration_conforms_whole(own_demonstration: Database, shapes: rdflib.Graph) -> None:
    document = cids(own_demonstration)
    assert refusals(document, shapes) == ""
    with reading(own_demonstration) as session:
        held = exported_cids.contents(session, EVERYTHING)
    looked = checked(document, shapes)
    assert (looked["Report"], looked["Measure"], looked["NotComputable"]) == (
        held.reports, held.reports, held.not_computable,
    )  # fmt: skip
    assert (looked["Organization"], looked["Theme"], looked["Indicator"]) == (
        held.organizations, held.themes, held.indicators,
    )  # fmt: skip
    assert held.reports > 100
    assert held.not_computable > 0


def compare(db: Database) -> None:
    """No figure is lost, and each measure is the value shown: against `export entries`, written by other code."""
    data = b"".join(exports.stream(ExportKind.ENTRIES, EVERYTHING, REMI, db)).decode()
    rows = [row for row in csv.DictReader(io.StringIO(data, newline="")) if not row["axe"] and row["etat"] == "valeur"]
    document = cids(db)
    told = {
        tuple(node["@id"].split("/")[-3:]): node.get("value", {}).get("hasNumericalValue", "")
        for name in ("cids:IndicatorReport", "prov:Entity")
        for node in of_type(document, name)
    }
    shown = {(row["code_region"], row["code_indicateur"], row["periode"]): row["valeur_calculee"] for row in rows}
    assert told == shown
    assert not all(shown.values()), "one of them cannot be computed"


def test_no_figure_is_lost_and_each_measure_is_the_value_shown(db: Database) -> None:
    compare(enter(db))


def test_no_figure_of_the_demonstration_is_lost(own_demonstration: Database) -> None:
    compare(own_demonstration)


def test_a_report_says_n_and_what_stands_behind_it(figures: Database) -> None:
    document = cids(figures)
    third = report(document, "22", "FOR-05", "2010-2011-S1")
    assert third["value"]["hasNumericalValue"] == "33.3"
    assert third["hasComment"] == ("Statut : validé (A). n = 1 ; N = 3. Preuve : F2 documenté. Définition : version 1.")
    assert (third["startedAtTime"], third["endedAtTime"]) == ("2010-10-15T00:00:00+02:00", "2011-03-31T23:59:59+02:00")
    assert third["wasGeneratedBy"] == f"{BASE}/methode/registre"
    assert third["hasQualityMeasurement"]["dqv:value"] == "F2"
    partial = report(document, "22", "FOR-04", "2010-2011-T2")["hasComment"]
    assert "Couverture : du 2011-02-01 au 2011-03-31." in partial
    assert "Ventilation sexe : femmes n = 7, hommes n = 5." in partial
    assert "validé (E)" in report(document, "22", "FOR-04", "2010-2011-T3")["hasComment"], "an estimate"
    values = {
        node["forIndicator"][-6:]: node["value"]["hasNumericalValue"]
        for node in of_type(document, "cids:IndicatorReport")
    }
    assert (values["FOR-02"], values["COO-08"], values["INN-07"], values["FOR-01"]) == (
        "0",
        "-1500.50",
        "12.34",
        "1234.56",
    )


def test_what_cannot_be_computed_is_told_apart_and_never_as_a_number(figures: Database) -> None:
    (alone,) = of_type(cids(figures), "prov:Entity")
    assert "Non calculable : n = 0 ; N = 0." in alone["hasComment"]
    assert "value" not in alone


def test_the_file_says_its_standard_and_reads_without_another(figures: Database) -> None:
    document = cids(figures, ExportRequest(regions=("22",), min_proof=1))
    assert isinstance(document["@context"], dict), "no context is fetched from elsewhere"
    about = document["@graph"][0]
    assert about["conformsTo"]["owl:versionInfo"] == "3.2.1"
    assert about["dcterms:description"] == (
        "Common Impact Data Standard 3.2.1, Basic Tier. Situation au 05/10/2011. Filtre region : 22. "
        "Filtre min_proof : F1."
    )


def test_each_version_of_a_definition_is_told(own_demonstration: Database) -> None:
    texts = [node["hasDescription"] for node in of_type(cids(own_demonstration), "cids:Indicator")]
    (revised,) = [text for text in texts if text.startswith("Version 1")]
    assert "\nVersion 2, à partir du " in revised


def test_filters_and_contents_agree(figures: Database) -> None:
    for request, reports in (
        (ExportRequest(regions=("82",)), 2),
        (ExportRequest(chantiers=("FOR",)), 5),
        (ExportRequest(indicators=("FOR-04",), start=date(2011, 4, 1)), 1),
        (ExportRequest(end=date(2010, 12, 31)), 0),
        (ExportRequest(min_proof=2), 2),
    ):
        document = cids(figures, request)
        assert len(of_type(document, "cids:IndicatorReport")) == reports, request
        with reading(figures) as session:
            held = exported_cids.contents(session, request)
        assert (held.reports, held.indicators) == (reports, len(of_type(document, "cids:Indicator")))
        assert held.organizations == len(of_type(document, "cids:Organization"))


def test_everybody_gets_the_same_file_but_for_its_time(figures: Database) -> None:
    def file(actor: Actor | str) -> str:
        data = b"".join(exports.stream(ExportKind.CIDS, EVERYTHING, actor, figures)).decode()
        return re.sub(r'"generatedAtTime": "[^"]+"', "", data)

    assert file(REMI) == file(ODILE) == file("essai")
    assert "FOR-03/2010" not in file(ODILE), "a draft"


def test_what_is_not_validated_and_dialects_are_refused(figures: Database) -> None:
    for request in (ExportRequest(provisional=True), ExportRequest(dialect=Dialect.EXCEL_FR)):
        with pytest.raises(Refused):
            exports.stream(ExportKind.CIDS, request, ODILE, figures)


def test_the_record_counts_reports(figures: Database) -> None:
    data = b"".join(exports.stream(ExportKind.CIDS, EVERYTHING, REMI, figures))
    with reading(figures) as session:
        (record,) = session.exec(select(ExportRecord)).all()
    assert (record.kind, record.row_count, record.sha256) == ("cids", REPORTS, hashlib.sha256(data).hexdigest())


def _first(document: Document, name: str) -> Document:
    return of_type(document, name)[0]


def _tagged(document: Document) -> None:
    _first(document, "cids:Indicator")["hasName"] = {"@value": "Personnes formées", "@language": "fr"}


def _unquoted(document: Document) -> None:
    _first(document, "cids:IndicatorReport")["value"]["hasNumericalValue"] = 35


def _with_unit(document: Document) -> None:
    _first(document, "cids:IndicatorReport")["value"]["hasNumericalValue"] = "35 %"


def _with_comma(document: Document) -> None:
    _first(document, "cids:IndicatorReport")["value"]["hasNumericalValue"] = "35,2"


def _without_value(document: Document) -> None:
    del _first(document, "cids:IndicatorReport")["value"]


def _two_values(document: Document) -> None:
    node = _first(document, "cids:IndicatorReport")
    node["value"] = [node["value"], {"@type": "i72:Measure", "hasNumericalValue": "1"}]


def _backwards(document: Document) -> None:
    node = _first(document, "cids:IndicatorReport")
    node["startedAtTime"], node["endedAtTime"] = node["endedAtTime"], node["startedAtTime"]


def _a_day_alone(document: Document) -> None:
    _first(document, "cids:IndicatorReport")["startedAtTime"] = "2010-10-15"


def _unknown_property(document: Document) -> None:
    _first(document, "cids:IndicatorReport")["cids:hasFigure"] = "12"


def _unknown_class(document: Document) -> None:
    _first(document, "cids:IndicatorReport")["@type"] = "cids:IndicatorReprt"


def _without_class(document: Document) -> None:
    del _first(document, "cids:IndicatorReport")["@type"]


def _for_nobody(document: Document) -> None:
    del _first(document, "cids:IndicatorReport")["forOrganization"]


def _for_a_stranger(document: Document) -> None:
    _first(document, "cids:IndicatorReport")["forOrganization"] = f"{BASE}/organisation/99"


def _without_unit(document: Document) -> None:
    del _first(document, "cids:Indicator")["unitDescription"]


def _another_version(document: Document) -> None:
    _first(document, "dcat:Dataset")["conformsTo"]["owl:versionInfo"] = "3.1"


def _emptied(document: Document) -> None:
    document["@graph"] = []


BROKEN: tuple[tuple[Callable[[Document], None], str], ...] = (
    (_tagged, "DatatypeConstraint"), (_unquoted, "DatatypeConstraint"), (_with_unit, "one number between quotes"),
    (_with_comma, "one number between quotes"), (_without_value, "MinCountConstraint"),
    (_two_values, "MaxCountConstraint"), (_backwards, "before its end"),
    (_a_day_alone, "a full date-time"), (_unknown_property, "ClosedConstraint"),
    (_unknown_class, "A node is of one class"), (_without_class, "A node is of one class"),
    (_for_nobody, "MinCountConstraint"), (_for_a_stranger, "ClassConstraint"), (_without_unit, "MinCountConstraint"),
    (_another_version, "HasValueConstraint"), (_emptied, "says once what it is"),
)  # fmt: skip


def test_every_way_to_break_a_file_is_refused(figures: Database, shapes: rdflib.Graph) -> None:
    sound = cids(figures, ExportRequest(regions=("22",), chantiers=("FOR",)))
    assert refusals(sound, shapes) == ""
    for break_it, words in BROKEN:
        document = copy.deepcopy(sound)
        break_it(document)
        assert words in refusals(document, shapes), break_it.__name__


def test_a_network_without_figures_has_a_catalogue_and_conforms(sqlite_db: Database, shapes: rdflib.Graph) -> None:
    document = cids(sqlite_db)
    assert refusals(document, shapes) == ""
    assert "Report" not in checked(document, shapes)


def test_a_report_says_the_level_of_the_claims_that_it_carries(
    figures: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exported_cids, "levels", lambda session: {Cell("82", "INN-07", "2010-2011-S1"): 3})
    document = cids(figures)
    assert "Affirmation d’impact : P3." in report(document, "82", "INN-07", "2010-2011-S1")["hasComment"]
    assert "Affirmation" not in report(document, "22", "FOR-05", "2010-2011-S1")["hasComment"]
