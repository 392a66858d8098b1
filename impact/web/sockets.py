"""The sockets on which the server listens."""

import os
import socket
import stat
from contextlib import suppress

OPEN_FILES = "/dev/fd"
"""On Linux and macOS."""
INTERNET = (socket.AF_INET, socket.AF_INET6)


def answer_at_once() -> int:
    """Send what is written without waiting for the receipt of what went before (TCP_NODELAY); how many listen so.

    Connections take it over from the socket that accepts them. asyncio sets it on its own, but not where the server
    bound the socket itself, as Streamlit does (https://github.com/Kludex/uvicorn/issues/3149): a message in several
    parts then waits 40 ms for the browser's receipt of the first.

    Looks at every socket of this process, for the server hands none of its own over. Files are left alone: closing so
    much as a copy of one would end the locks that SQLite holds on its database.
    """
    found = 0
    for number in map(int, os.listdir(OPEN_FILES)) if os.path.isdir(OPEN_FILES) else ():
        with suppress(OSError):  # closed since it was listed
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                found += _hurried(number)
    return found


def _hurried(number: int) -> bool:
    """Whether it listens to the network, and now does so without delay."""
    blocking = os.get_blocking(number)
    held = socket.socket(fileno=number)
    try:
        listens = held.family in INTERNET and bool(held.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
        if listens:
            held.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listens
    finally:
        held.detach()  # still open, and still its owner's
        os.set_blocking(number, blocking)  # a default timeout would have changed it
