"""Common Impact Data Standard, Basic Tier, as JSON-LD: one node a line, so that a file of any length streams.

The standard has no place for n, N, grade and version: they stand in the comment of each report. A report must have one
numeric measure, so a figure that has none (denominator 0) is told as a plain prov:Entity beside the reports: it is not
lost, and nobody adds it up as a zero.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple
from urllib.parse import quote

from impact.exports.columns import exact
from impact.exports.request import ExportRequest
from impact.exports.stored import FigureWriter, figure_writer
from impact.figures import Definition, Pair, Period
from impact.formats import PARIS, grade, midnight, short_date
from impact.vocabulary import NATIONAL_CODE, Dialect, MethodFamily, Status

STANDARD, VERSION, TIER = "Common Impact Data Standard", "3.2.1", "Basic Tier"
NAMESPACE = "https://ontology.commonapproach.org/cids#"
MOVEMENT = "Mouvement des entrepreneurs sociaux"

Node = dict[str, Any]

_LINK = {"@type": "@id"}
_MOMENT = {"@type": "xsd:dateTime"}
CONTEXT: Node = {
    "cids": NAMESPACE,
    "org": "http://ontology.eil.utoronto.ca/tove/organization#",
    "i72": "http://ontology.eil.utoronto.ca/ISO21972/iso21972#",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "hasLegalName": "org:hasLegalName",
    "hasName": "org:hasName",
    "hasIdentifier": "org:hasIdentifier",
    "hasDescription": "cids:hasDescription",
    "hasComment": "cids:hasComment",
    "unitDescription": "cids:unitDescription",
    "hasNumericalValue": "i72:hasNumericalValue",
    "hasIndicator": {"@id": "cids:hasIndicator", **_LINK},
    "forOrganization": {"@id": "cids:forOrganization", **_LINK},
    "forTheme": {"@id": "cids:forTheme", **_LINK},
    "forIndicator": {"@id": "cids:forIndicator", **_LINK},
    "value": {"@id": "i72:value", **_LINK},
    "startedAtTime": {"@id": "prov:startedAtTime", **_MOMENT},
    "endedAtTime": {"@id": "prov:endedAtTime", **_MOMENT},
    "generatedAtTime": {"@id": "prov:generatedAtTime", **_MOMENT},
    "wasGeneratedBy": {"@id": "prov:wasGeneratedBy", **_LINK},
    "hasQualityMeasurement": {"@id": "dqv:hasQualityMeasurement", **_LINK},
    "isMeasurementOf": {"@id": "dqv:isMeasurementOf", **_LINK},
    "conformsTo": {"@id": "dcterms:conformsTo", **_LINK},
}
"""Strings have no type here: one written as a number, or with a language, stays what it is, and is refused."""

BEGINNING = f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": [\n'.encode()
SEPARATOR = b",\n"
END = b"\n]}\n"


class Place(NamedTuple):
    """A region or a chantier; description is its full name."""

    code: str
    name: str
    description: str = ""


class Figure(NamedTuple):
    """A validated value. numerator, denominator: whole numbers of 1/10,000; parts: (axis, category, pair).

    claim: the highest level of the impact claims that it carries, 1 to 5; None where it carries none that was read.
    """

    region: str
    indicator: str
    period: str
    version: int
    numerator: int
    denominator: int | None
    reliability: int
    method_family: str
    coverage_start: date
    coverage_end: date
    parts: Sequence[tuple[str, str, Pair]] = ()
    claim: int | None = None


def written(node: Node) -> bytes:
    return json.dumps(node, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes of one installation. base: what its addresses begin with, without a slash at the end."""

    base: str

    def iri(self, *names: str) -> str:
        return "/".join((self.base, *(quote(name, safe="") for name in names)))

    def organization(self, code: str) -> str:
        return self.iri("organisation", code)

    def dataset(self, request: ExportRequest, made_at: datetime, today: date) -> Node:
        """What the file is: the version of the standard, when it was made, and what it was narrowed to."""
        narrowed = "".join(f" Filtre {name} : {_listed(value)}." for name, value in request.filters().items())
        standard = {"@id": NAMESPACE, "@type": "dcterms:Standard", "dcterms:title": STANDARD}
        return {
            "@id": self.iri("export"), "@type": "dcat:Dataset",
            "dcterms:title": "Catalogue et chiffres validés",
            "dcterms:description": f"{STANDARD} {VERSION}, {TIER}. Situation au {short_date(today)}.{narrowed}",
            "conformsTo": {**standard, "owl:versionInfo": VERSION, "rdfs:comment": TIER},
            "generatedAtTime": made_at.isoformat(timespec="seconds"),
        }  # fmt: skip

    def country(self, indicators: Sequence[str]) -> Node:
        return {
            "@id": self.organization(NATIONAL_CODE), "@type": "cids:Organization", "hasLegalName": MOVEMENT,
            "hasIdentifier": NATIONAL_CODE, "hasIndicator": [self.iri("indicateur", code) for code in indicators],
        }  # fmt: skip

    def region(self, region: Place) -> Node:
        return {
            "@id": self.organization(region.code), "@type": "cids:Organization",
            "hasLegalName": f"{MOVEMENT}, {region.name}", "hasIdentifier": region.code,
        }  # fmt: skip

    def theme(self, chantier: Place) -> Node:
        return {
            "@id": self.iri("chantier", chantier.code), "@type": "cids:Theme", "hasName": chantier.name,
            "hasDescription": chantier.description, "hasIdentifier": chantier.code,
        }  # fmt: skip

    def indicator(self, versions: Sequence[Definition]) -> Node:
        """versions: oldest first; the latest names it, and each is told."""
        latest = versions[-1]
        return {
            "@id": self.iri("indicateur", latest.code), "@type": "cids:Indicator", "hasName": latest.name,
            "hasDescription": latest.definition if len(versions) == 1 else "\n".join(map(_version, versions)),
            "hasIdentifier": latest.code, "unitDescription": latest.unit,
            "forOrganization": self.organization(NATIONAL_CODE), "forTheme": self.iri("chantier", latest.chantier),
        }  # fmt: skip

    def method(self, family: MethodFamily) -> Node:
        return {"@id": self.iri("methode", family), "@type": "prov:Activity", "rdfs:label": family.label}

    def metric(self) -> Node:
        label = "Niveau de preuve F : le chiffre est-il fiable ? De F0 (déclaré) à F4 (vérifié par un tiers)"
        return {"@id": self.iri("niveau_f"), "@type": "dqv:Metric", "rdfs:label": label}


def _version(definition: Definition) -> str:
    since = f", à partir du {short_date(definition.applies_from)}" if definition.applies_from else ""
    return f"Version {definition.version}{since} : {definition.definition}"


def _listed(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


class Reports:
    """Figures as nodes: an indicator report, or an entity without a measure where nothing can be computed."""

    def __init__(
        self, graph: Graph, definitions: Mapping[tuple[str, int], Definition], periods: Mapping[str, Period],
        regions: Mapping[str, str],
    ) -> None:  # fmt: skip
        """definitions: by code and version. regions: names by code."""
        self.graph, self.definitions, self.regions = graph, definitions, regions
        self.periods = {code: (_begins(period.start), _ends(period.end)) for code, period in periods.items()}
        self.usual = {code: (period.start, period.end) for code, period in periods.items()}
        self.writers: dict[tuple[str, int], FigureWriter] = {
            key: figure_writer(one, Dialect.OPEN) for key, one in definitions.items()
        }

    def node(self, figure: Figure) -> Node:
        key = (figure.indicator, figure.version)
        _, shown = self.writers[key](figure.numerator, figure.denominator)
        return {**self._measured(figure, shown.decode()), **self._about(figure, self.definitions[key])}

    def _about(self, figure: Figure, definition: Definition) -> Node:
        graph, (start, end) = self.graph, self.periods[figure.period]
        node = {
            "hasName": f"{definition.name}, {self.regions[figure.region]}, {figure.period}",
            "forIndicator": graph.iri("indicateur", figure.indicator),
            "forOrganization": graph.organization(figure.region),
            "startedAtTime": start, "endedAtTime": end,
            "hasComment": self._comment(figure),
            "hasQualityMeasurement": {
                "@id": self._iri("preuve", figure), "@type": "dqv:QualityMeasurement",
                "isMeasurementOf": graph.iri("niveau_f"), "dqv:value": f"F{figure.reliability}",
            },
        }  # fmt: skip
        if figure.method_family:
            node["wasGeneratedBy"] = graph.iri("methode", figure.method_family)
        return node

    def _measured(self, figure: Figure, shown: str) -> Node:
        if not shown:
            return {"@id": self._iri("non_calculable", figure), "@type": "prov:Entity"}
        measure = {"@id": self._iri("mesure", figure), "@type": "i72:Measure", "hasNumericalValue": shown}
        return {"@id": self._iri("rapport", figure), "@type": "cids:IndicatorReport", "value": measure}

    def _iri(self, kind: str, figure: Figure) -> str:
        return self.graph.iri(kind, figure.region, figure.indicator, figure.period)

    def _comment(self, figure: Figure) -> str:
        pair = Pair(figure.numerator, figure.denominator)
        estimated = figure.method_family == MethodFamily.ESTIMATE
        told = [
            f"Statut : {Status.VALIDATED.label} ({'E' if estimated else 'A'})",
            _counted(pair) if pair.denominator != 0 else f"Non calculable : {_counted(pair)}",
            f"Preuve : {grade(figure.reliability)}",
            f"Définition : version {figure.version}",
        ]
        if figure.claim is not None:
            told.append(f"Affirmation d’impact : P{figure.claim}")
        covered = (figure.coverage_start, figure.coverage_end)
        if covered != self.usual[figure.period]:
            told.append(f"Couverture : du {covered[0]} au {covered[1]}")
        by_axis: dict[str, list[str]] = {}
        for axis, category, part in figure.parts:
            by_axis.setdefault(axis, []).append(f"{category} {_counted(part)}")
        told += [f"Ventilation {axis} : {', '.join(parts)}" for axis, parts in by_axis.items()]
        return ". ".join(told) + "."


def _counted(pair: Pair) -> str:
    """Exact, with a point: n = 9 ; N = 40."""
    cases = "" if pair.denominator is None else f" ; N = {exact(pair.denominator)}"
    return f"n = {exact(pair.numerator)}{cases}"


def _begins(day: date) -> str:
    return midnight(day).isoformat()


def _ends(day: date) -> str:
    return datetime.combine(day, time(23, 59, 59), PARIS).isoformat()
