"""What people see of a file without opening it: pixels drawn anew or cells of text, never the file's own bytes."""

from dataclasses import dataclass
from pathlib import Path

from impact.documents import confined
from impact.documents.kinds import UNREADABLE
from impact.errors import NotFound, Refused

AS_IMAGE = ("pdf", "png", "jpg")
NARROWEST, WIDEST = 50, 2_000
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class TablePreview:
    """Rows may be shorter or longer than the header; total_rows counts those that are not shown too."""

    header: list[str]
    rows: list[list[str]]
    total_rows: int


def page_image(path: Path, extension: str, page: int, width: int = 1000) -> bytes:
    """PNG of a page of a PDF (from 1) or of an image (page 1), `width` pixels wide at most and four times as tall.

    NotFound when that kind of file has no pages to show; Refused when this one cannot be drawn.
    """
    if extension not in AS_IMAGE or page < 1 or (page > 1 and extension != "pdf"):
        raise NotFound("Cette page n’existe pas.")
    width = max(NARROWEST, min(width, WIDEST))
    drawing = confined.run("page_image", path, extension=extension, page=page, width=width).payload
    if not drawing.startswith(_PNG):
        raise Refused(f"{UNREADABLE} : téléchargez-le pour l’ouvrir.")
    return drawing


def table(path: Path, most: int = 100) -> TablePreview:
    """The first rows of a CSV, in the order of the file; long cells are cut."""
    facts = confined.run("table", path, most=most).facts
    return TablePreview(facts["header"], facts["rows"], facts["total_rows"])
