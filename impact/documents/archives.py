"""Zip archives, inflated under a budget: no size that they declare is trusted. Runs in the child process only."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from impact.errors import Refused

MOST_MEMBERS = 200
LARGEST_UNPACKED = 200 * 1024 * 1024
_BLOCK = 64 * 1024
_LOCAL = struct.Struct("<4s5H3I2H")
_SANE = re.compile(r"(?!/)(?!.*(^|/)\.\.?(/|$))[^\\:\x00-\x1f\x7f]{1,240}")
_END = b"PK\x05\x06"
BROKEN = "Ce document est abîmé ou incomplet : ouvrez-le, enregistrez-le de nouveau, puis joignez-le."
LOCKED = "Ce document est protégé par un mot de passe : enregistrez-le sans protection, puis joignez-le."


@dataclass
class Budget:
    """Bytes that may still be inflated, for an archive and what is embedded in it together."""

    left: int = LARGEST_UNPACKED

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Refused(
                f"Ce document dépasse {LARGEST_UNPACKED // 1024 // 1024} Mo une fois décompressé : "
                "allégez-le, ou enregistrez-le en PDF."
            )


class Archive:
    """The members of an archive that holds exactly these, one after the other, and nothing before, between or after."""

    def __init__(self, data: bytes, budget: Budget):
        self.data, self.budget = data, budget
        try:
            with zipfile.ZipFile(BytesIO(data)) as file:
                self.members = {member.filename: member for member in file.infolist() if not member.is_dir()}
                listed = file.infolist()
                start = file.start_dir
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
            raise Refused(BROKEN) from None
        if data[-22:-18] != _END:
            raise Refused(f"Ce document est suivi d’autre chose. {BROKEN}")
        if len(listed) > MOST_MEMBERS:
            raise Refused(
                f"Ce document a {len(listed)} parties ; au plus {MOST_MEMBERS} : allégez-le, ou enregistrez-le en PDF."
            )
        self.spans = _spans(data, listed, start)

    def blocks(self, name: str) -> Iterator[bytes]:
        """A member's content, inflated block by block; Refused when it is not what its headers say."""
        member = self.members[name]
        begin, end = self.spans[name]
        size = check = 0
        for block in _inflated(self.data[begin:end], member.compress_type):
            self.budget.spend(len(block))
            size += len(block)
            check = zlib.crc32(block, check)
            yield block
        if (size, check) != (member.file_size, member.CRC):
            raise Refused(BROKEN)

    def content(self, name: str) -> bytes:
        return b"".join(self.blocks(name))


def _spans(data: bytes, listed: list[zipfile.ZipInfo], start: int) -> dict[str, tuple[int, int]]:
    """Where each member's bytes lie; Refused when members overlap, hide one another or bear a name that leads away."""
    names = {member.filename.casefold() for member in listed}
    if len(names) != len(listed) or not all(_SANE.fullmatch(member.filename) for member in listed):
        raise Refused(f"Les parties de ce document portent des noms interdits ou répétés. {BROKEN}")
    spans = {}
    free = 0
    for member in sorted(listed, key=lambda member: member.header_offset):
        if member.flag_bits & 0x1:
            raise Refused(LOCKED)
        offset = member.header_offset
        header = data[offset : offset + _LOCAL.size]
        if offset < free or len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
            raise Refused(BROKEN)
        *_, name, extra = _LOCAL.unpack(header)
        begin = offset + _LOCAL.size + name + extra
        free = begin + member.compress_size
        named = data[offset + _LOCAL.size : offset + _LOCAL.size + name]
        if free > start or named != member.orig_filename.encode("utf-8" if member.flag_bits & 0x800 else "cp437"):
            raise Refused(BROKEN)
        spans[member.filename] = begin, free
    return spans


def _inflated(packed: bytes, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        for start in range(0, len(packed), _BLOCK):
            yield packed[start : start + _BLOCK]
        return
    if method != zipfile.ZIP_DEFLATED:
        raise Refused(BROKEN)
    inflater = zlib.decompressobj(-15)
    try:
        while not inflater.eof:
            block = inflater.decompress(packed, _BLOCK)
            packed = inflater.unconsumed_tail
            if not block and not packed:
                break
            yield block
    except zlib.error:
        raise Refused(BROKEN) from None
    if not inflater.eof or inflater.unused_data:
        raise Refused(BROKEN)
