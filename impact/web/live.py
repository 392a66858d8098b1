"""A page kept open: every message on its WebSocket is checked against the session it came in with."""

from collections.abc import Callable

from anyio import to_thread
from starlette.types import Message, Receive
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

_EXPECTED = {"rerun_script", "stop_script", "file_urls_request", "app_heartbeat"}
_EXPECTED_REQUESTS = {"deferred_file", "dataframe_chunk"}


def is_expected(message: BackMsg) -> bool:
    """What a person's browser sends. The rest (clearing caches, developer's tools) is nobody's here."""
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in _EXPECTED_REQUESTS
    return kind in _EXPECTED


def bare_rerun() -> bytes:
    """A plain run of the main script: no widget's callback, no fragment."""
    return bytes(BackMsg(rerun_script=ClientState()).SerializeToString())


def watched(receive: Receive, is_alive: Callable[[], bool]) -> Receive:
    """`receive` whose messages are only passed on while the session lives.

    Once it has ended, whatever is clicked becomes a bare rerun: no callback nor fragment of the page runs, and the
    page's guard says that the session is over. That holds for pages and fragments that forgot their own guard.
    """

    async def receive_watched() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            parsed = _parsed(message.get("bytes") or b"")  # a frame of text is no message of a browser's
            if parsed is None:
                return message  # Streamlit closes the socket on what it cannot read
            if not is_expected(parsed):
                continue
            if not await to_thread.run_sync(is_alive):
                return {**message, "bytes": bare_rerun()}
            return message

    return receive_watched


def _parsed(data: bytes) -> BackMsg | None:
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except Exception:  # protobuf's DecodeError differs between its implementations
        return None
    return message
