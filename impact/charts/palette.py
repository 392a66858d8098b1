"""Colours of charts and maps, light and dark: chantiers, progress, proof, inks.

impact/ui/style.css repeats the chantiers' and the progress colours for tables and legends; a test keeps the two equal.
"""

from dataclasses import dataclass
from typing import Literal
from zlib import crc32

Mode = Literal["light", "dark"]

PROGRESS_BOUNDS = (20, 40, 60, 75)
"""Lower bounds of the second to the fifth class of progress or completeness, in per cent as shown."""

PROGRESS_LABELS = ("moins de 20 %", "20 à 39 %", "40 à 59 %", "60 à 74 %", "75 % et plus")


@dataclass(frozen=True, slots=True)
class Palette:
    """chantiers, tints: by tone_name; a tint is the chantier's provisional figures.

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

    def tone(self, chantier: str) -> str:
        """chantier: a code."""
        return self.chantiers[tone_name(chantier)]

    def tint(self, chantier: str) -> str:
        """Of its provisional figures."""
        return self.tints[tone_name(chantier)]


_OWN = ("FOR", "INN", "COO", "PRE")
_SPARE = 4


def tone_name(chantier: str) -> str:
    """The colour of a chantier, as palettes and the style sheet name it: its own for the first four.

    Any other takes one of the spare ones, always the same; two may share it, so that a name always stands beside.
    """
    return chantier.lower() if chantier in _OWN else f"autre-{crc32(chantier.encode()) % _SPARE}"


_WHITE, _BLACK = "#ffffff", "#14181d"

PALETTES: dict[Mode, Palette] = {
    "light": Palette(
        chantiers={
            "for": "#0b6e99", "inn": "#a4541a", "coo": "#2e7d32", "pre": "#7b3f98",
            "autre-0": "#a3273f", "autre-1": "#00706b", "autre-2": "#5a55b5", "autre-3": "#66650a",
        },
        tints={
            "for": "#9fc9dc", "inn": "#e0b998", "coo": "#a9cfab", "pre": "#c9a9d8",
            "autre-0": "#e3b0b8", "autre-1": "#9fcfcb", "autre-2": "#c3c1e6", "autre-3": "#cfce9c",
        },
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
        chantiers={
            "for": "#5cb3d9", "inn": "#dd9a62", "coo": "#7cc47f", "pre": "#c79be0",
            "autre-0": "#ef8f9d", "autre-1": "#56c2b8", "autre-2": "#a9a5f0", "autre-3": "#c2bf5f",
        },
        tints={
            "for": "#2f5f76", "inn": "#7a5232", "coo": "#3f6b42", "pre": "#6d5580",
            "autre-0": "#7a4450", "autre-1": "#2c6560", "autre-2": "#55528a", "autre-3": "#63622f",
        },
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
}  # fmt: skip


def progress_class(share: float) -> int:
    """0 to 4, on the whole per cent that is shown: a region labelled « 40 % » bears the colour of « 40 à 59 % »."""
    shown = int(100 * share + 0.5)
    return sum(shown >= bound for bound in PROGRESS_BOUNDS)
