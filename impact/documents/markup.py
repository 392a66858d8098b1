"""XML parts, by expat, without a document type: no entity is ever declared. Runs in the child process only."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from xml.parsers import expat

from impact.documents.archives import BROKEN
from impact.errors import Refused

Seen = Callable[[str, Mapping[str, str]], None]
"""Called with the name of an element and its attributes, all of them as written, prefix included."""


def read(blocks: Iterable[bytes], seen: Seen | None = None, said: Callable[[str], None] | None = None) -> None:
    """Refused when a part is not well-formed or declares a document type."""
    parser = expat.ParserCreate()  # without namespaces, which cost as much as all the rest
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    if seen is not None:
        parser.StartElementHandler = seen
    if said is not None:
        parser.CharacterDataHandler = said
    try:
        for block in blocks:
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Refused(BROKEN) from None


def refuse_doctype(part: bytes) -> None:
    """For drawings in VML, which Office itself writes with tags left open."""
    if b"<!doctype" in part.replace(b"\0", b"").lower():
        _refuse()


def local(name: str) -> str:
    """Without its prefix: which one a part uses is its own affair."""
    return name.rpartition(":")[2]


def _refuse(*_: Any) -> None:
    raise Refused(
        "Ce document déclare des entités XML, ce que ni Excel ni Word ne fait : ouvrez-le, enregistrez-le de nouveau, "
        "puis joignez-le."
    )
