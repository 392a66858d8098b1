"""Small, sound files of every accepted kind, and the parts that broken ones are made of."""

import io
import zipfile
from collections.abc import Mapping

import pypdfium2
from PIL import Image

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FORMAT = "application/vnd.openxmlformats-officedocument."
TABLE = "Région;Nombre\r\nBretagne;3\r\nÎle-de-France;-4,5\r\n".encode("cp1252")


def pdf(pages: int = 1, width: float = 595, height: float = 842) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(width, height)
    written = io.BytesIO()
    document.save(written)
    document.close()
    return written.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    """Red on the left, blue on the right: which way it is turned can be seen."""
    image = Image.new("RGB", size, "red")
    image.paste((0, 0, 255), (size[0] // 2, 0, *size))
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def relations(*targets: tuple[str, str, str]) -> str:
    """Each is the end of a relationship's type, its target, and '' or 'External'."""
    lines = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (f' TargetMode="{mode}"/>' if mode else "/>")
        for number, (kind, target, mode) in enumerate(targets)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def content_types(parts: Mapping[str, str]) -> str:
    lines = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    )


def sheet(rows: str = '<row r="1"><c r="A1"><v>3</v></c></row>', dimension: str = "A1") -> str:
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{SHEETS}"><dimension ref="{dimension}"/>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


def paragraph(inside: str = "<w:r><w:t>Étude</w:t></w:r>") -> str:
    return f'<?xml version="1.0"?><w:document xmlns:w="{WORDS}"><w:body><w:p>{inside}</w:p></w:body></w:document>'


def xlsx_parts() -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": content_types(
            {
                "xl/workbook.xml": f"{FORMAT}spreadsheetml.sheet.main+xml",
                "xl/worksheets/sheet1.xml": f"{FORMAT}spreadsheetml.worksheet+xml",
            }
        ),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": f'<workbook xmlns="{SHEETS}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml", "")),
        "xl/worksheets/sheet1.xml": sheet(),
    }


def docx_parts() -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": content_types({"word/document.xml": f"{FORMAT}wordprocessingml.document.main+xml"}),
        "_rels/.rels": relations(("officeDocument", "word/document.xml", "")),
        "word/document.xml": paragraph(),
    }


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return written.getvalue()


def xlsx(**parts: str | bytes) -> bytes:
    return zipped(xlsx_parts() | parts)


def docx(**parts: str | bytes) -> bytes:
    return zipped(docx_parts() | parts)


def sound() -> dict[str, bytes]:
    """By extension."""
    return {
        "pdf": pdf(), "png": picture(), "jpg": picture("JPEG"), "csv": TABLE, "xlsx": xlsx(), "docx": docx(),
    }  # fmt: skip
