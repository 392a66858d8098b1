"""The outlines of the regions of 2010, overseas ones inset at the left of the map."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from impact.settings import DATA


class Point(NamedTuple):
    longitude: float
    latitude: float


Ring = tuple[Point, ...]


class Box(NamedTuple):
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, eq=False)
class Geography:
    """shapes: the address of the outlines, where plotly reads them once; see `shapes()`. The rest by code.

    rings: outlines and holes alike. centres: where a label stands. frames: the boxes drawn around overseas insets.
    """

    shapes: str
    names: Mapping[str, str]
    rings: Mapping[str, tuple[Ring, ...]]
    centres: Mapping[str, Point]
    frames: Mapping[str, Box]


_FILE = DATA / "geo" / "regions-2010-inset.geojson"
_CENTRES_BY_HAND = {"91": Point(4.12, 43.98), "93": Point(6.15, 43.95)}
"""Regions whose centre of gravity falls on a neighbour or in the sea."""


@lru_cache(maxsize=1)
def load() -> Geography:
    """The files of data/geo, read once."""
    collection = json.loads(_FILE.read_text(encoding="utf-8"))
    frames = json.loads((DATA / "geo" / "inset-frames.json").read_text(encoding="utf-8"))["frames"]
    return parse(collection, frames)


def parse(collection: Mapping[str, Any], frames: Mapping[str, list[float]]) -> Geography:
    """Frames of regions that the collection does not have are left out (Mayotte was no region in 2010)."""
    features = {feature["properties"]["code"]: feature for feature in collection["features"]}
    rings = {code: tuple(_rings(feature["geometry"])) for code, feature in features.items()}
    return Geography(
        shapes=address(),
        names={code: feature["properties"]["name"] for code, feature in features.items()},
        rings=rings,
        centres={code: _CENTRES_BY_HAND.get(code) or centre(max(shapes, key=area)) for code, shapes in rings.items()},
        frames={code: Box(*frame) for code, frame in frames.items() if code in features},
    )


@lru_cache(maxsize=1)
def address() -> str:
    """Where the server has `shapes()`: as part of a figure, they would travel at every opening of the map.

    Other outlines have another address: browsers keep them.
    """
    return f"/connexion/apparence/regions-{hashlib.sha256(_FILE.read_bytes()).hexdigest()[:12]}.json"


def shapes() -> str:
    """The outlines as GeoJSON, each with its property code alone."""
    kept = [
        {"type": "Feature", "properties": {"code": one["properties"]["code"]}, "geometry": one["geometry"]}
        for one in json.loads(_FILE.read_text(encoding="utf-8"))["features"]
    ]
    return json.dumps({"type": "FeatureCollection", "features": kept}, separators=(",", ":"))


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        for ring in polygon:
            yield tuple(Point(longitude, latitude) for longitude, latitude in ring)


def area(ring: Ring) -> float:
    """In square degrees, whichever way the ring turns."""
    return abs(_twice_area(ring)) / 2


def centre(ring: Ring) -> Point:
    """Centre of gravity of a closed ring."""
    twice = _twice_area(ring)
    crosses = [(a, b, a.longitude * b.latitude - b.longitude * a.latitude) for a, b in pairwise(ring)]
    return Point(
        sum((a.longitude + b.longitude) * cross for a, b, cross in crosses) / (3 * twice),
        sum((a.latitude + b.latitude) * cross for a, b, cross in crosses) / (3 * twice),
    )


def _twice_area(ring: Ring) -> float:
    return sum(a.longitude * b.latitude - b.longitude * a.latitude for a, b in pairwise(ring))
