"""What a chart needs to know of a target; apart, so that no figure has to be drawn to say it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TargetMark:
    """place: where periods stand at 0, 1, 2... text: short, beside the diamond (« cible 2 400 »). detail: on hover.

    start: value on the eve of the campaign, at the left edge of the plot; None where it is unknown.
    steps: (place, value) that the way leads through besides the ends of the periods.
    """

    place: float
    value: float
    text: str
    detail: str
    start: float | None = None
    steps: tuple[tuple[float, float], ...] = ()
