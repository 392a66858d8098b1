"""How many figures stand at each reliability grade, period end after period end."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from impact.charts.base import annotation, hover, layout, period_axis, scale_of_counts, value_axis
from impact.charts.composition import PATTERNS, marker
from impact.charts.palette import PALETTES, Mode, Palette
from impact.formats import counted, grade, number, percent
from impact.proof import GRADES

HEIGHT = 360
WIDTH = 0.62
"""Of a bar, where a period end is 1 wide."""
MOST_LABELLED = 8
"""Bars that leave room for words inside, on a phone too."""
LOWEST_LABELLED = 0.06
"""Part of the axis that a part has to fill for its label to fit."""
NOTHING = "○ aucun<br>chiffre validé"

Row = Mapping[Hashable, Any]


def grades_chart(frame: pd.DataFrame, mode: Mode = "light") -> go.Figure:
    """A bar for each period end, cut by grade from F0 at the foot to F4; the parts labelled, the whole over the bar.

    frame: GRADES rows per period end, in order of time, then grade. period:str short codes (« T2, S1 »); tick:str;
    grade:int 0..4; figures:int of validated figures at that grade.
    """
    palette = PALETTES[mode]
    ends = _ends(frame)
    axis = scale_of_counts([_whole(rows) for rows in ends])
    figure = go.Figure(layout=layout(
        palette, HEIGHT, barmode="stack", margin={"l": axis.margin, "r": 8, "t": 12, "b": 66},
        xaxis=period_axis(len(ends), [rows[0]["tick"] for rows in ends], palette), yaxis=value_axis(axis, palette),
    ))  # fmt: skip
    for level in range(GRADES):
        figure.add_trace(_part(level, ends, palette))
    for rank, rows in enumerate(ends):
        for text in _labels(rank, rows, axis.high, len(ends), palette):
            figure.add_annotation(text)
    return figure


def _ends(frame: pd.DataFrame) -> list[Sequence[Row]]:
    rows = frame.to_dict("records")
    return [rows[at : at + GRADES] for at in range(0, len(rows), GRADES)]


def _whole(rows: Sequence[Row]) -> int:
    return sum(int(row["figures"]) for row in rows)


def _part(level: int, ends: Sequence[Sequence[Row]], palette: Palette) -> go.Bar:
    return go.Bar(
        x=list(range(len(ends))),
        y=[int(rows[level]["figures"]) for rows in ends],
        width=WIDTH,
        hovertext=[_hover(rows, level) for rows in ends],
        hovertemplate="%{hovertext}<extra></extra>",
        marker=marker(level, palette, {"color": palette.secondary, "width": 1}),
    )


def _hover(rows: Sequence[Row], level: int) -> str:
    figures = int(rows[level]["figures"])
    told = f"{counted(figures, 'chiffre validé', 'chiffres validés')} sur {number(_whole(rows))}"
    return hover(f"{rows[level]['period']} : {grade(level)}", told, _share(figures, _whole(rows)))


def _share(figures: int, whole: int) -> str:
    return percent(Fraction(100 * figures, whole)) if whole else ""


def _labels(rank: int, rows: Sequence[Row], top: float, bars: int, palette: Palette) -> Iterator[dict[str, Any]]:
    """« F2 12 » in each part that is high enough; hover and table tell of the others."""
    whole = _whole(rows)
    if not whole:
        yield annotation(rank, 0, NOTHING, palette.secondary, 13, yshift=4)
        return
    start = 0
    for level, row in enumerate(rows):
        figures = int(row["figures"])
        if figures >= LOWEST_LABELLED * top and bars <= MOST_LABELLED:
            backing = {"bgcolor": palette.proof[level]} if PATTERNS[level] else {}
            text = f"<b>F{level}</b> {number(figures)}"
            yield annotation(rank, start + figures / 2, text, palette.on_proof[level], 13, yanchor="middle", **backing)
        start += figures
    yield annotation(rank, whole, f"<b>{number(whole)}</b>", palette.ink, 15, yshift=2)


def grades_alt(frame: pd.DataFrame) -> str:
    told = [_spoken(rows) for rows in _ends(frame)]
    return f"Chiffres validés par niveau de fiabilité : {' ; '.join(told) or 'aucune période échue'}."


def _spoken(rows: Sequence[Row]) -> str:
    whole = _whole(rows)
    parts = [f"{number(int(row['figures']))} en {grade(int(row['grade']))}" for row in rows if row["figures"]]
    return f"{rows[0]['period']} {number(whole)}" + (f", dont {', '.join(parts)}" if whole else "")


def grades_data(frame: pd.DataFrame) -> pd.DataFrame:
    """What is drawn, as a file has it: periode, niveau_f, chiffres, part:float 0..1, empty where there is no figure."""
    wholes = frame.groupby("period", sort=False)["figures"].transform("sum")
    return pd.DataFrame(
        {
            "periode": frame["period"],
            "niveau_f": frame["grade"],
            "chiffres": frame["figures"],
            "part": frame["figures"] / wholes.where(wholes > 0),
        }
    )
