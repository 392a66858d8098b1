"""Bytes to text: byte order mark, then UTF-8, then Windows-1252."""

import codecs

from impact.errors import Refused

LARGEST_FILE = 25 * 1024 * 1024

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"PK\x03\x04", "un classeur (xlsx, ods) ou une archive"),
    (b"\xd0\xcf\x11\xe0", "un ancien classeur (xls)"),
    (b"%PDF", "un PDF"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
)
TEMPLATE = "enregistrez la feuille au format CSV, avec les colonnes du modèle"


def decode(data: bytes) -> str:
    """The text of a file; Refused when it is too large, empty, or not text."""
    if len(data) > LARGEST_FILE:
        raise Refused(f"Le fichier dépasse {LARGEST_FILE // 1024 // 1024} Mo.")
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise Refused(f"Le fichier est {kind}, pas du CSV : {TEMPLATE}.")
    text = _read(data)
    if "\0" in text:
        raise Refused(f"Le fichier contient des octets nuls : ce n’est pas du texte ; {TEMPLATE}.")
    if not text.strip():
        raise Refused("Le fichier est vide.")
    return text


def _read(data: bytes) -> str:
    encodings = [encoding for mark, encoding in _MARKS if data.startswith(mark)] or [_unmarked(data), "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("L’encodage du fichier n’est pas reconnu : enregistrez-le en CSV UTF-8.")


def _unmarked(data: bytes) -> str:
    """UTF-8, or UTF-16 without its mark: a header's first letter is then followed or preceded by a null byte."""
    if data[1:2] == b"\0" and data[:1] != b"\0":
        return "utf-16-le"
    return "utf-16-be" if data[:1] == b"\0" and data[1:2] != b"\0" else "utf-8"
