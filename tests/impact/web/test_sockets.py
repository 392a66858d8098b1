"""What the server listens on answers without waiting."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from impact.db import driver
from impact.web import sockets

WRITE = """
import sqlite3, sys
sqlite3.connect(sys.argv[1], timeout=0).execute("BEGIN IMMEDIATE")
"""


def nodelay(held: socket.socket) -> bool:
    return bool(held.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


def test_connections_to_a_socket_bound_beforehand_do_not_wait_for_receipts() -> None:
    """Bound as Streamlit and uvicorn's workers do, which asyncio does not recognise as TCP."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with socket.create_connection(listening.getsockname()) as visitor:
            before, _ = listening.accept()
            with before:
                assert not nodelay(before)
                assert sockets.answer_at_once() >= 1
                with socket.create_connection(listening.getsockname()), listening.accept()[0] as after:
                    assert nodelay(after)
                    assert not nodelay(visitor)  # nobody else's socket is touched
                    assert not nodelay(before)


def test_a_default_timeout_changes_nobodys_socket() -> None:
    near, far = socket.socketpair()
    with near, far:
        socket.setdefaulttimeout(5)
        try:
            sockets.answer_at_once()
        finally:
            socket.setdefaulttimeout(None)
        assert os.get_blocking(near.fileno())


def test_a_socket_that_does_not_listen_is_left_alone() -> None:
    with socket.socket() as idle:
        sockets.answer_at_once()
        assert not nodelay(idle)


def test_the_locks_of_a_database_hold(tmp_path: Path) -> None:
    """Closing a copy of its file would let another process write into the midst of a transaction."""
    path = tmp_path / "impact.db"
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        connection = driver.connect(path)
        connection.execute("CREATE TABLE essai (n)")
        connection.isolation_level = None
        connection.execute("BEGIN IMMEDIATE")
        sockets.answer_at_once()
        other = subprocess.run([sys.executable, "-c", WRITE, str(path)], capture_output=True, text=True, check=False)
        assert "database is locked" in other.stderr
        connection.rollback()
        connection.close()
        other = subprocess.run([sys.executable, "-c", WRITE, str(path)], capture_output=True, text=True, check=False)
        assert other.returncode == 0, other.stderr
