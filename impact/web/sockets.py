"""The sockets on which the server listens."""

import os
import socket
import stat
from collections.abc import Iterator

OPEN_FILES = "/dev/fd"
"""On Linux and macOS."""


def answer_at_once() -> int:
    """Send what is written without waiting for the receipt of what went before (TCP_NODELAY); how many listen so.

    Connections take it over from the socket that accepts them. asyncio sets it on its own, but not where the server
    bound the socket itself, as Streamlit does (https://github.com/Kludex/uvicorn/issues/3149): a message in several
    parts then waits 40 ms for the browser's receipt of the first.
    """
    found = 0
    for held in _sockets():
        if held.family in (socket.AF_INET, socket.AF_INET6) and held.getsockopt(
            socket.SOL_SOCKET, socket.SO_ACCEPTCONN
        ):
            held.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            found += 1
    return found


def _sockets() -> Iterator[socket.socket]:
    """Those of this process, whoever opened them: the server hands none of its own over.

    Files are left alone: closing so much as a copy of one would end the locks that SQLite holds on its database.
    """
    for number in map(int, os.listdir(OPEN_FILES)) if os.path.isdir(OPEN_FILES) else ():
        try:
            held = socket.socket(fileno=number) if stat.S_ISSOCK(os.fstat(number).st_mode) else None
        except OSError:  # closed since it was listed
            continue
        if held:
            try:
                yield held
            finally:
                held.detach()  # still open, and still its owner's
