"""Colours of charts and maps, light and dark: chantiers, progress, proof, inks.

impact/ui/style.css repeats the chantiers' and the progress colours for tables and legends; a test keeps the two equal.
"""

from dataclasses import dataclass
from typing import Literal

Mode = Literal["light", "dark"]

PROGRESS_BOUNDS = (20, 40, 60, 75)
"""Lower bounds of the second to the fifth class of progress or completeness, in per cent as shown."""

PROGRESS_LABELS = ("moins de 20 %", "20 à 39 %", "40 à 59 %", "60 à 74 %", "75 % et plus")


@dataclass(frozen=True, slots=True)
class Palette:
    """chantiers, tints: by chantier code; a tint is the chantier's provisional figures.

    progress: five classes, least to most. on_progress: the ink that reads on each. proof: F0 to F4, least to most.
    outside: regions out of the campaign. paper: the page.
    """

    chantiers: dict[str, str]
    tints: dict[str, str]
    progress: tuple[str, ...]
    on_progress: tuple[str, ...]
    proof: tuple[str, ...]
    on_proof: tuple[str, ...]
    ink: str
    secondary: str
    grid: str
    outside: str
    outline: str
    paper: str


_WHITE, _BLACK = "#ffffff", "#14181d"

PALETTES: dict[Mode, Palette] = {
    "light": Palette(
        chantiers={"FOR": "#0b6e99", "INN": "#a4541a", "COO": "#2e7d32", "PRE": "#7b3f98"},
        tints={"FOR": "#9fc9dc", "INN": "#e0b998", "COO": "#a9cfab", "PRE": "#c9a9d8"},
        progress=("#e1e7ee", "#b9c7d7", "#8da3bc", "#58769b", "#2c4a70"),
        on_progress=(_BLACK, _BLACK, _BLACK, _WHITE, _WHITE),
        proof=("#f3f1ec", "#dcd7cb", "#b3ad9e", "#6f6858", "#3d382d"),
        on_proof=(_BLACK, _BLACK, _BLACK, _WHITE, _WHITE),
        ink="#1c222b",
        secondary="#525b66",
        grid="#dfe2e5",
        outside="#f3f4f2",
        outline="#a3a9b0",
        paper="#ffffff",
    ),
    "dark": Palette(
        chantiers={"FOR": "#5cb3d9", "INN": "#dd9a62", "COO": "#7cc47f", "PRE": "#c79be0"},
        tints={"FOR": "#2f5f76", "INN": "#7a5232", "COO": "#3f6b42", "PRE": "#6d5580"},
        progress=("#2b3745", "#405670", "#7a95b8", "#a3bcd8", "#d8e5f2"),
        on_progress=(_WHITE, _WHITE, _BLACK, _BLACK, _BLACK),
        proof=("#2a2823", "#4a463d", "#8f897a", "#b3ac9c", "#e4dfd3"),
        on_proof=(_WHITE, _WHITE, _BLACK, _BLACK, _BLACK),
        ink="#e8eaec",
        secondary="#b4bac1",
        grid="#39424c",
        outside="#20262d",
        outline="#4f5963",
        paper="#14181d",
    ),
}


def progress_class(share: float) -> int:
    """0 to 4, on the whole per cent that is shown: a region labelled « 40 % » bears the colour of « 40 à 59 % »."""
    shown = int(100 * share + 0.5)
    return sum(shown >= bound for bound in PROGRESS_BOUNDS)
