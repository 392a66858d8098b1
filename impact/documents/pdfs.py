"""PDF, by pdfium; runs in the child process only."""

import math
from io import BytesIO
from typing import Any

import pypdfium2
from pypdfium2 import raw

from impact.documents.kinds import TALLEST
from impact.errors import Refused

MOST_PAGES = 300
_TAIL = 1024


def examine(data: bytes) -> int:
    """The number of pages, once the first of them has been drawn."""
    if b"%%EOF" not in data.rstrip(b"\0 \t\r\n")[-_TAIL:]:
        raise Refused(
            "Ce PDF est incomplet, ou suivi d’autre chose qu’un PDF : téléchargez-le ou imprimez-le de nouveau en PDF."
        )
    document = _opened(data)
    pages = len(document)
    if not pages:
        raise Refused("Ce PDF n’a aucune page : vérifiez-le, puis joignez-le de nouveau.")
    if pages > MOST_PAGES:
        raise Refused(f"Ce PDF a {pages} pages ; au plus {MOST_PAGES} : joignez celles qui servent de preuve.")
    _drawn(document, 1, 500)
    return pages


def picture(data: bytes, page: int, width: int) -> bytes:
    """A page as PNG, counted from 1."""
    document = _opened(data)
    if not 1 <= page <= len(document):
        raise Refused(f"Ce PDF n’a pas de page {page}.")
    drawing = BytesIO()
    _drawn(document, page, width).to_pil().convert("RGB").save(drawing, "PNG", compress_level=3)
    return drawing.getvalue()


def _opened(data: bytes) -> Any:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Refused(_LOCKED) from None
        raise
    if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
        raise Refused(_LOCKED)
    return document


_LOCKED = "Ce PDF est protégé (mot de passe ou restrictions) : enregistrez-le sans protection, puis joignez-le."


def _drawn(document: Any, number: int, width: int) -> Any:
    """Scaled to the width, whatever the box of the page claims."""
    page = document[number - 1]
    across, down = page.get_size()
    if not (math.isfinite(across) and math.isfinite(down) and across > 0 and down > 0):
        raise Refused(f"La page {number} de ce PDF n’a pas de dimensions : imprimez-le de nouveau en PDF.")
    scale = min(width / across, width * TALLEST / down) * (1 - 1e-9)  # pdfium rounds up
    if across * scale < 1 or down * scale < 1:
        raise Refused(f"La page {number} de ce PDF est trop étroite pour être lue : imprimez-le de nouveau en PDF.")
    return page.render(scale=scale)
