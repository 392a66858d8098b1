"""xlsx and docx: a sound archive whose parts are what they say, without macros nor ties to other files.

Runs in the child process only.
"""

import re
from collections.abc import Mapping
from posixpath import dirname, join, normpath
from typing import NamedTuple

from impact.documents import markup
from impact.documents.archives import BROKEN, Archive, Budget
from impact.documents.sheets import Sheet
from impact.errors import Refused

_MAIN = "application/vnd.openxmlformats-officedocument."
_KINDS = {
    f"{_MAIN}spreadsheetml.sheet.main+xml": "xlsx",
    f"{_MAIN}wordprocessingml.document.main+xml": "docx",
}
_TYPES = "[Content_Types].xml"
_ACTIVE = re.compile(r"vbaproject|vbadata|activex|(^|/)macrosheets?/|(^|/)customui\d*/.*\.bin$", re.IGNORECASE)
_TIED = re.compile(r"(^|/)(externallinks|querytables)/|(^|/)connections\.xml$|(^|/)afchunk", re.IGNORECASE)
_EMBEDDED = re.compile(r"(^|/)embeddings/(?!.*\.(xlsx|docx)$)", re.IGNORECASE)
_OFFICE = re.compile(r"(^|/)embeddings/.*\.(xlsx|docx)$", re.IGNORECASE)
_OWN_TEMPLATE = re.compile(r"(file:///)?[A-Za-z]:[\\/]")
_DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
MACROS = "Ce document contient des macros : enregistrez-le sans macros (xlsx, docx) ou en PDF, puis joignez-le."
TIED = (
    "Ce document va chercher des données dans d’autres fichiers ou sur le réseau : rompez ces liens, ou joignez un PDF."
)
EMBEDDED = "Ce document contient un autre fichier incorporé : retirez-le, ou enregistrez le tout en PDF."
_OTHERS = (
    ("mimetype", "un document OpenDocument (odt, ods)", "enregistrez-le en docx, xlsx ou PDF, puis joignez-le"),
    ("META-INF/MANIFEST.MF", "un programme Java", "joignez un document"),
    ("ppt/presentation.xml", "une présentation", "enregistrez-la en PDF, puis joignez le PDF"),
    ("xl/workbook.bin", "un classeur binaire (xlsb)", "enregistrez-le en xlsx, puis joignez-le"),
)


class _Declared(NamedTuple):
    """Content types, by part name and by extension."""

    parts: dict[str, str]
    defaults: dict[str, str]


def examine(data: bytes, budget: Budget | None = None, depth: int = 0) -> str:
    """'xlsx' or 'docx'; what is embedded in it is examined by the same rules, and embeds nothing itself."""
    archive = Archive(data, budget or Budget())
    _refuse_others(archive)
    declared = _declared(archive)
    extension = _extension(archive, declared)
    _refuse_trouble(archive, declared)
    instructions: list[str] = []
    for name in archive.members:
        if _OFFICE.search(name):
            if depth:
                raise Refused(EMBEDDED)
            examine(archive.content(name), archive.budget, depth + 1)
        elif name.lower().endswith((".xml", ".rels")):
            _read_part(archive, name, declared.parts.get(name, ""), instructions)
        elif name.lower().endswith(".vml"):
            markup.refuse_doctype(archive.content(name))
        else:
            for _ in archive.blocks(name):  # pictures and fonts: counted and checked, not parsed
                pass
    if _DDE.search("".join(instructions)):
        raise Refused(TIED)
    return extension


def _refuse_others(archive: Archive) -> None:
    if _TYPES in archive.members:
        kinds = [other for other in _OTHERS if other[0].startswith(("ppt/", "xl/")) and other[0] in archive.members]
    else:
        kinds = [other for other in _OTHERS if other[0] in archive.members]
        kinds.append(("", "une archive zip", "joignez les fichiers qu’elle contient, un par un"))
    for _, kind, advice in kinds:
        raise Refused(f"Ce fichier est {kind} : {advice}.")


def _declared(archive: Archive) -> _Declared:
    found = _Declared({}, {})

    def seen(element: str, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("ContentType", "")
        element = markup.local(element)
        if element == "Override":
            found.parts[attributes.get("PartName", "").lstrip("/")] = kind
        elif element == "Default":
            found.defaults[attributes.get("Extension", "").lower()] = kind

    markup.read(archive.blocks(_TYPES), seen)
    return found


def _extension(archive: Archive, declared: _Declared) -> str:
    """By the content type of the part that the package's relationships name as its document."""
    mains = [
        relation["Target"].lstrip("/")
        for relation in _relations(archive, "_rels/.rels")
        if relation.get("Type", "").endswith("/officeDocument") and "Target" in relation
    ]
    if len(mains) != 1 or mains[0] not in archive.members or not mains[0].lower().endswith(".xml"):
        raise Refused(BROKEN)
    kind = declared.parts.get(mains[0]) or declared.defaults.get(mains[0].rpartition(".")[2].lower(), "")
    if "macro" in kind.lower():
        raise Refused(MACROS)
    if kind not in _KINDS:
        raise Refused(
            "Ce fichier est un document Office d’une autre sorte (modèle, présentation…) : enregistrez-le en xlsx, "
            "docx ou PDF, puis joignez-le."
        )
    return _KINDS[kind]


def _relations(archive: Archive, name: str) -> list[Mapping[str, str]]:
    found: list[Mapping[str, str]] = []
    if name in archive.members:
        markup.read(
            archive.blocks(name), lambda element, attributes: found.append({**attributes, "": markup.local(element)})
        )
    return [relation for relation in found if relation[""] == "Relationship"]


def _refuse_trouble(archive: Archive, declared: _Declared) -> None:
    """By the names of parts, by their content types, and by what they point to outside."""
    kinds = [*declared.parts.values(), *declared.defaults.values()]
    if any(_ACTIVE.search(name) for name in archive.members) or any(
        word in kind.lower() for kind in kinds for word in ("macro", "vbaproject", "activex")
    ):
        raise Refused(MACROS)
    if any(_TIED.search(name) for name in archive.members):
        raise Refused(TIED)
    if any(_EMBEDDED.search(name) for name in archive.members):
        raise Refused(EMBEDDED)
    for name in archive.members:
        if name.lower().endswith(".rels"):
            for relation in _relations(archive, name):
                _refuse_relation(archive, name, relation)


def _refuse_relation(archive: Archive, name: str, relation: Mapping[str, str]) -> None:
    kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
    if relation.get("TargetMode") == "External":
        if kind != "hyperlink" and not (kind == "attachedTemplate" and _OWN_TEMPLATE.match(target)):
            raise Refused(TIED)
    elif kind in ("oleObject", "aFChunk", "externalLink"):
        raise Refused(EMBEDDED)
    elif "\\" in target or normpath(join(dirname(dirname(name)), target)).startswith("../"):
        raise Refused(BROKEN)


def _read_part(archive: Archive, name: str, kind: str, instructions: list[str]) -> None:
    """Well-formed, and within the limits of its kind; field codes of Word are gathered in `instructions`."""
    if kind.endswith("worksheet+xml") or "/worksheets/" in name.lower():
        markup.read(archive.blocks(name), Sheet().seen)
    elif "wordprocessingml" in kind:
        _read_words(archive, name, instructions)
    else:
        markup.read(archive.blocks(name))


def _read_words(archive: Archive, name: str, instructions: list[str]) -> None:
    inside = False

    def seen(element: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        inside = markup.local(element) == "instrText"
        if markup.local(element) == "fldSimple":
            instructions.extend(f" {value} " for key, value in attributes.items() if markup.local(key) == "instr")

    def said(text: str) -> None:
        if inside:
            instructions.append(text)

    markup.read(archive.blocks(name), seen, said)
