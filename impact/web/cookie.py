"""The session cookie, and the person it stands for."""

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request, cookie_parser
from starlette.responses import Response
from starlette.types import Scope

from impact.db import transaction
from impact.permissions import Actor
from impact.services import accounts
from impact.settings import Settings


def name() -> str:
    """Behind TLS the prefix makes browsers refuse a cookie planted by a neighbouring host or over plain HTTP."""
    return "__Host-impact_session" if Settings.from_env().behind_tls else "impact_session"


def token_of(scope: Scope) -> str:
    """The session token that the request carries, or ''."""
    return cookie_parser(Headers(scope=scope).get("cookie", "")).get(name(), "")


def actor_of(request: HTTPConnection) -> Actor | None:
    """Who is asking, looked up in the database right now; None for strangers and ended sessions. Blocks briefly."""
    return accounts.identify(token_of(request.scope))


def give(response: Response, token: str) -> None:
    response.set_cookie(
        name(),
        token,
        max_age=int(accounts.ABSOLUTE_LIMIT.total_seconds()),
        path="/",
        secure=Settings.from_env().behind_tls,
        httponly=True,
        samesite="lax",
    )


def take_back(response: Response) -> None:
    response.delete_cookie(name(), path="/", secure=Settings.from_env().behind_tls, httponly=True, samesite="lax")


def end_session(request: Request) -> None:
    """End the session that the request carries, if any."""
    if token := token_of(request.scope):
        with transaction() as session:
            accounts.sign_out(session, token)
