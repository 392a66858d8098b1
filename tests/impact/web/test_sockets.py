"""What the server listens on answers without waiting."""

import socket

from impact.web import sockets


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


def test_a_socket_that_does_not_listen_is_left_alone() -> None:
    with socket.socket() as idle:
        sockets.answer_at_once()
        assert not nodelay(idle)
