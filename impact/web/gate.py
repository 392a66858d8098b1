"""Deny by default: nothing of the product is reached without a live session, but the way in."""

from urllib.parse import quote

from anyio import to_thread
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from impact.permissions import Actor
from impact.services import accounts
from impact.web import address, cookie, headers, live, uploads

ACCOUNT_HEADER = "x-impact-account"
"""Names the account to Streamlit (server.trustedUserHeaders), which then resumes its sessions for their owner only."""

OPEN_PATHS = {"/healthz", "/connexion", "/deconnexion", "/installation", "/mobilisation", "/mobilisation/effacer"}
OPEN_FOLDERS = ("/static/", "/connexion/", "/installation/", "/activation/")
CACHEABLE = ("/static/", "/connexion/apparence/")
DENIED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check", "/auth/", "/oauth2callback")
NOT_PAGES = ("/media/", "/_stcore/", "/component/", "/app/", "/telechargement/")
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
SOCKET = "/_stcore/stream"
_IDENTITY_HEADERS = {
    b"remote-user", b"x-remote-user", b"x-forwarded-user", b"x-forwarded-email", b"x-forwarded-preferred-username",
    b"x-auth-request-user", b"x-auth-request-email", b"x-authenticated-user", b"x-user", b"x-email",
    b"x-streamlit-user", b"x-streamlit-user-email", b"x-goog-authenticated-user-email",
    b"x-ms-client-principal-name", b"x-ms-client-principal-id", ACCOUNT_HEADER.encode(),
}  # fmt: skip


class Gate:
    """First middleware. Adds the security headers to whatever answers, its own refusals included."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(_without_identity(scope), receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(_without_identity(scope), receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        send = headers.secured(send, cacheable=scope["path"].startswith(CACHEABLE))
        if refusal := _refusal(scope):
            await refusal(scope, receive, send)
        elif _is_open(scope["path"]):
            await self.app(scope, receive, send)
        elif (actor := await _actor(scope)) is None:
            await _to_sign_in(scope)(scope, receive, send)
        else:
            app = uploads.Uploads(self.app, actor) if scope["path"].startswith(uploads.FOLDER) else self.app
            await app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = cookie.token_of(scope)
        allowed = scope["path"] == SOCKET and address.is_same_origin(scope)
        actor = await _actor(scope) if allowed else None
        if actor is None:
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        scope["headers"].append((ACCOUNT_HEADER.encode(), str(actor.id).encode()))
        await self.app(scope, live.watched(receive, lambda: accounts.identify(token) is not None), send)


async def _actor(scope: Scope) -> Actor | None:
    return await to_thread.run_sync(accounts.identify, cookie.token_of(scope))


def _without_identity(scope: Scope) -> Scope:
    """Nobody names themselves in a header."""
    kept = [(name, value) for name, value in scope["headers"] if name.lower() not in _IDENTITY_HEADERS]
    return {**scope, "headers": kept}


def _is_open(path: str) -> bool:
    return path in OPEN_PATHS or (path.startswith(OPEN_FOLDERS) and ".." not in path)


def _refusal(scope: Scope) -> Response | None:
    """What is refused to everyone, signed in or not."""
    if scope["path"].startswith(DENIED):
        return PlainTextResponse("Introuvable.", 404)
    if scope["path"] in OPEN_PATHS and scope["method"] not in (*SAFE_METHODS, "POST"):
        return PlainTextResponse("Cette adresse ne se demande pas ainsi.", 405)
    if scope["method"] not in SAFE_METHODS and not address.is_same_origin(scope):
        return PlainTextResponse("Requête refusée : elle vient d’un autre site.", 403)
    return None


def _to_sign_in(scope: Scope) -> Response:
    """A page asked for leads to sign-in and back to it; anything else is simply refused."""
    if scope["method"] not in ("GET", "HEAD") or scope["path"].startswith(NOT_PAGES):
        return PlainTextResponse("Connectez-vous.", 401)
    query = scope["query_string"].decode("latin-1")
    target = address.local_path(quote(scope["path"], safe="/") + (f"?{query}" if query else ""))
    return RedirectResponse("/connexion" if target == "/" else f"/connexion?next={quote(target, safe='/')}", 303)
