"""What a file is by its first bytes; what is not accepted is refused by its name, with what to do about it."""

import re

from impact.errors import Refused

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
PACKAGE = "package"
"""A zip archive: its content says whether it is xlsx, docx, or something else."""
LARGEST = 20 * 1024 * 1024
"""Bytes of a file, at most."""
TALLEST = 4
"""Times its width that a drawn page is tall, at most: one as long as a street is shown cut down to that."""
EMPTY = "Ce fichier est vide : vérifiez-le, puis joignez-le de nouveau."
UNREADABLE = "Ce fichier n’a pas pu être lu"

ACCEPTED = "pdf, png, jpg, csv, xlsx ou docx"
_ANOTHER = f"joignez un fichier {ACCEPTED}"
_TO_PDF = "enregistrez-le en PDF, puis joignez le PDF"
_TO_JPEG = "enregistrez-la en JPEG ou en PNG, puis joignez-la"

_SIGNATURES = (
    (b"MZ", "un programme pour Windows", _ANOTHER),
    (b"\x7fELF", "un programme pour Linux", _ANOTHER),
    (b"\xca\xfe\xba\xbe", "un programme", _ANOTHER),
    (b"\xfe\xed\xfa\xce", "un programme pour macOS", _ANOTHER),
    (b"\xfe\xed\xfa\xcf", "un programme pour macOS", _ANOTHER),
    (b"\xce\xfa\xed\xfe", "un programme pour macOS", _ANOTHER),
    (b"\xcf\xfa\xed\xfe", "un programme pour macOS", _ANOTHER),
    (b"\x00asm", "un programme", _ANOTHER),
    (b"#!", "un programme", _ANOTHER),
    (
        b"\xd0\xcf\x11\xe0", "un ancien document Office (xls, doc) ou un document protégé par un mot de passe",
        "enregistrez-le sans mot de passe en xlsx, docx ou PDF",
    ),
    (b"GIF8", "une image GIF", _TO_JPEG),
    (b"RIFF", "une image WebP, un son ou un film", _TO_JPEG),
    (b"BM", "une image BMP", _TO_JPEG),
    (b"II*\x00", "une image TIFF", _TO_JPEG),
    (b"MM\x00*", "une image TIFF", _TO_JPEG),
    (b"\x00\x00\x01\x00", "une icône", _TO_JPEG),
    (b"\x00\x00\x00\x0cjP", "une image JPEG 2000", _TO_JPEG),
    (b"Rar!", "une archive", "joignez les fichiers qu’elle contient, un par un"),
    (b"7z\xbc\xaf", "une archive", "joignez les fichiers qu’elle contient, un par un"),
    (b"\x1f\x8b", "une archive", "joignez les fichiers qu’elle contient, un par un"),
    (b"BZh", "une archive", "joignez les fichiers qu’elle contient, un par un"),
    (b"\xfd7zXZ", "une archive", "joignez les fichiers qu’elle contient, un par un"),
    (b"PK", "une archive abîmée ou découpée", "enregistrez-le de nouveau, puis joignez-le"),
    (b"{\\rtf", "un document RTF", _TO_PDF),
    (b"%!PS", "un document PostScript", _TO_PDF),
    (b"SQLite format 3", "une base de données", "exportez-en la table en CSV"),
)  # fmt: skip
_BLANKS = b" \t\r\n\x0c"
_MARKUP = re.compile(
    rb"<\s*(svg|html|head|body|script|iframe|object|embed|img|!doctype|!entity|\?xml|\?php|%)", re.IGNORECASE
)
_NOT_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def of(data: bytes) -> str:
    """An extension of MEDIA_TYPES, or PACKAGE; only the parsing proper tells whether the file is a sound one."""
    if not data:
        raise Refused(EMPTY)
    for signature, extension in ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg")):
        if data.startswith(signature):
            return extension
    if data.startswith(b"PK\x03\x04"):
        return PACKAGE
    _refuse_known(data)
    return "csv"


def _refuse_known(data: bytes) -> None:
    for signature, kind, advice in _SIGNATURES:
        if data.startswith(signature):
            raise Refused(f"Ce fichier est {kind} : {advice}.")
    if data[4:8] == b"ftyp":
        raise Refused(f"Ce fichier est une image HEIC ou AVIF, ou un film : {_TO_JPEG}.")
    wide = data.startswith(_UTF16) or b"\0" in data[:2]
    plain = data.replace(b"\0", b"") if wide else data  # UTF-16: what matters is ASCII
    start = plain.lstrip(b"\xef\xbb\xbf\xff\xfe" + _BLANKS)
    if start.startswith(b"%PDF-"):
        raise Refused("Ce PDF commence par autre chose qu’un PDF : imprimez-le en PDF, puis joignez le nouveau.")
    markup = _MARKUP.search(plain[:65_536])
    if start.startswith(b"<") or markup:
        svg = b"<svg" in plain[:65_536].lower()
        kind, advice = ("une image SVG", _TO_JPEG) if svg else ("une page web ou du XML", _TO_PDF)
        raise Refused(f"Ce fichier est {kind}, ou en contient : {advice}.")
    if (b"\0" in data and not wide) or _NOT_TEXT.search(plain):
        raise Refused(f"Ce fichier n’est d’aucun des types acceptés : {_ANOTHER}.")
