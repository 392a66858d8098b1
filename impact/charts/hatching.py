"""Hatching of map regions: a choropleth cannot, so lines are cut to the region's shape."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from impact.charts.geography import Point, Ring

Segment = tuple[Point, Point]


def hatching(rings: Sequence[Ring], step: float = 0.2) -> list[Segment]:
    """Lines at 45°, `step` degrees of latitude apart, inside the rings (even-odd: a hole stays empty)."""
    edges = [edge for ring in rings for edge in pairwise(ring)]
    offsets = [point.latitude - point.longitude for ring in rings for point in ring]
    return [segment for offset in _steps(min(offsets), max(offsets), step) for segment in _inside(edges, offset)]


def _steps(low: float, high: float, step: float) -> Iterator[float]:
    """Multiples of the step, so that neighbouring regions' lines meet."""
    count = int(low // step) + 1
    while count * step < high:
        yield count * step
        count += 1


def _inside(edges: Sequence[Segment], offset: float) -> Iterator[Segment]:
    """The parts of the line latitude = longitude + offset that lie inside."""
    crossings = sorted(x for edge in edges for x in _crossing(edge, offset))
    for start, end in zip(crossings[::2], crossings[1::2], strict=False):
        yield Point(start, start + offset), Point(end, end + offset)


def _crossing(edge: Segment, offset: float) -> Iterator[float]:
    """Longitude where the edge crosses the line; an end counts once, for the edge that begins there."""
    first, second = (point.latitude - point.longitude - offset for point in edge)
    if (first >= 0) != (second >= 0):
        share = first / (first - second)
        yield edge[0].longitude + share * (edge[1].longitude - edge[0].longitude)
