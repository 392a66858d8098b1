"""Files on their way in. Streamlit keeps them in memory until a page has taken them, whatever their number: here is
said whose they may be, how large, and how many an account has there at once.
"""

import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import Runtime

from impact.documents.kinds import LARGEST
from impact.permissions import Actor, Right

FOLDER = "/_stcore/upload_file/"
TOO_HEAVY = f"Ce fichier est trop lourd : {LARGEST // 1024 // 1024} Mo au plus."
MARGIN = 64 * 1024
"""Bytes of the form around a file."""
MOST_FILES = 5
MOST_BYTES = 60 * 1024 * 1024
MOST_SENT = 60
WHILE = 600.0
"""Seconds in which an account sends MOST_SENT files at most."""
_WAIT = "Trop de fichiers à la fois : déposez ceux-ci, puis recommencez."

Key = tuple[str, str]
"""Of a file: Streamlit's session, and the name that it gave to the file."""


@dataclass
class _Share:
    """What an account sends: sizes of what is coming in, or was and may be in memory still; when it sent."""

    coming: dict[Key, int] = field(default_factory=dict)
    arrived: dict[Key, int] = field(default_factory=dict)
    sent: deque[float] = field(default_factory=deque)


_shares: dict[int, _Share] = {}


class Uploads:
    """The application, for somebody who sends it a file or takes one back."""

    def __init__(self, app: ASGIApp, actor: Actor):
        self.app, self.actor = app, actor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        session, _, name = scope["path"].removeprefix(FOLDER).partition("/")
        size = _declared(scope)
        if not self.actor.may(Right.ENTER):
            await _refused("Votre rôle ne permet pas de déposer des fichiers.", 403)(scope, receive, send)
        elif not is_theirs(session, self.actor.id):
            await _refused("Introuvable.", 404)(scope, receive, send)
        elif scope["method"] != "PUT":
            await self.app(scope, receive, send)
        elif size > LARGEST + MARGIN:
            await _refused(TOO_HEAVY, 413)(scope, receive, send)
        else:
            await self._take((session, name), size, scope, receive, send)

    async def _take(self, key: Key, size: int, scope: Scope, receive: Receive, send: Send) -> None:
        share = _shares.setdefault(self.actor.id, _Share())
        if not _has_room(share, key, size):
            await _refused(_WAIT, 429)(scope, receive, send)
            return
        with _counted(share, key, size):
            await self.app(scope, _bounded(receive), send)


def is_theirs(session: str, account: int) -> bool:
    """Whether a page that Streamlit keeps open is this account's (the gate names it to Streamlit)."""
    found = Runtime.instance().get_app_session(session) if Runtime.exists() else None
    return found is not None and found.matches_user_info({"account": str(account)})


def is_kept(key: Key) -> bool:
    """Whether Streamlit still has the file in memory."""
    session, name = key
    return Runtime.exists() and bool(Runtime.instance().uploaded_file_mgr.get_files(session, [name]))


def forget_lost(sessions: Iterable[str]) -> None:
    """Free what was sent to pages that are no longer open: closed or loaded anew, they take nothing any more."""
    if Runtime.exists():
        for session in set(sessions):
            if Runtime.instance().get_app_session(session) is None:
                Runtime.instance().uploaded_file_mgr.remove_session_files(session)


def _has_room(share: _Share, key: Key, size: int) -> bool:
    now = time.monotonic()
    while share.sent and share.sent[0] < now - WHILE:
        share.sent.popleft()
    if len(share.sent) >= MOST_SENT or key in share.coming:
        return False
    if _fits(share, key, size):
        return True
    forget_lost(session for session, _ in share.arrived)
    return _fits(share, key, size)


def _fits(share: _Share, key: Key, size: int) -> bool:
    share.arrived = {held: weight for held, weight in share.arrived.items() if is_kept(held)}
    held = {**share.arrived, **share.coming, key: size}
    return len(held) <= MOST_FILES and sum(held.values()) <= MOST_BYTES + MARGIN


@contextmanager
def _counted(share: _Share, key: Key, size: int) -> Iterator[None]:
    share.sent.append(time.monotonic())
    share.coming[key] = size
    try:
        yield
    finally:
        share.arrived[key] = share.coming.pop(key)


def _declared(scope: Scope) -> int:
    """Bytes of the request; the most that one may have where it does not say."""
    text = Headers(scope=scope).get("content-length", "")
    return int(text) if text.isascii() and text.isdecimal() else LARGEST


def _bounded(receive: Receive) -> Receive:
    """`receive`, cut off where a request without a length, or with a false one, goes too far."""
    read = 0

    async def receive_bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > LARGEST + MARGIN:
            raise HTTPException(413)
        return message

    return receive_bounded


def _refused(words: str, status: int) -> PlainTextResponse:
    return PlainTextResponse(words, status)
