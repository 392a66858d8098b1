"""Invented documents: small files that open like those of the regions, the same bytes every time."""

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

from impact.documents.previews import page_image

LINES_A_PAGE = 38
MARK = "Document fictif de la démonstration"


def pdf(title: str, lines: Sequence[str]) -> bytes:
    """Pages of text in Helvetica, A4, without a library: nothing but titles and lines is wanted of them."""
    pages = [lines[at : at + LINES_A_PAGE] for at in range(0, max(1, len(lines)), LINES_A_PAGE)]
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _FONT]
    kids = []
    for number, page in enumerate(pages, start=1):
        stream = _text(title, [*page, "", f"{MARK}, page {number} sur {len(pages)}"])
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        resources = b"<< /Font << /F1 3 0 R >> >>"
        kids.append(len(objects) + 1)
        page_object = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %s /Contents %d 0 R >>"
        objects.append(page_object % (resources, len(objects)))
    named = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (named, len(kids))
    return _assembled(objects)


_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def _text(title: str, lines: Sequence[str]) -> bytes:
    written = [b"BT /F1 17 Tf 60 780 Td (%s) Tj /F1 11 Tf 0 -34 Td 18 TL" % _escaped(title)]
    written += [b"(%s) Tj T*" % _escaped(line) for line in lines]
    return b"\n".join([*written, b"ET"])


def _escaped(text: str) -> bytes:
    plain = text.encode("cp1252", "replace")
    return plain.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def _assembled(objects: Sequence[bytes]) -> bytes:
    """The objects, the table of where each begins, and the trailer."""
    written, places = io.BytesIO(), []
    written.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, start=1):
        places.append(written.tell())
        written.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = written.tell()
    written.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    written.writelines(b"%010d 00000 n \n" % place for place in places)
    written.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return written.getvalue()


def table(lines: Sequence[str]) -> bytes:
    """A CSV as a French spreadsheet writes it; cells of a line are parted by « | » in the script."""
    return ("\r\n".join(line.replace("|", ";") for line in lines) + "\r\n").encode("utf-8-sig")


def scan(title: str, lines: Sequence[str]) -> bytes:
    """A sheet that was photographed: its page, drawn."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as page:
        page.write(pdf(title, lines))
        page.flush()
        return page_image(Path(page.name), "pdf", 1, width=900)
