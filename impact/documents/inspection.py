"""What a file really is: found by parsing it, never by its name."""

from dataclasses import dataclass
from pathlib import Path

from impact.documents import confined
from impact.documents.kinds import MEDIA_TYPES


@dataclass(frozen=True, slots=True)
class Inspected:
    """pages: of a PDF, 1 for an image, 0 where there is nothing to show as an image (csv, xlsx, docx)."""

    media_type: str
    extension: str
    pages: int


def inspect(path: Path) -> Inspected:
    """Refused, in French, when the file is none of the accepted kinds, not sound, not harmless or too heavy to read."""
    facts = confined.run("inspect", path).facts
    extension = str(facts["extension"])
    return Inspected(MEDIA_TYPES[extension], extension, int(facts["pages"]))
