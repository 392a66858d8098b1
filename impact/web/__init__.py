"""The server around Streamlit: the gate, sign-in, first installation, downloads, health."""

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from impact.documents.kinds import MEDIA_TYPES
from impact.errors import Forbidden, ImpactError, NotFound
from impact.incidents import report
from impact.web import (
    document,
    documents,
    downloads,
    headers,
    health,
    installation,
    mobilise,
    password,
    pieces,
    plain,
    sign_in,
)
from impact.web.cookie import actor_of
from impact.web.gate import Gate
from impact.web.packed import Packed
from impact.web.start import lifespan

__all__ = ["actor_of", "exception_handlers", "lifespan", "middleware", "routes"]


class _Stray(StringConvertor):
    """Addresses that are neither a screen nor Streamlit's own."""

    regex = r"(?!static/|media/|component/|_stcore/|auth/|oauth2callback)[^/].*"


register_url_convertor("stray", _Stray())


def routes() -> list[BaseRoute]:
    return [
        *health.routes,
        *plain.appearance,
        *sign_in.routes,
        *password.routes,
        *installation.routes,
        *mobilise.routes,
        *downloads.routes,
        *pieces.routes,
        *documents.routes,
        *document.routes(),
        Route("/{path:stray}", plain.lost),
    ]


_PACKED_ALREADY = (*DEFAULT_EXCLUDED_CONTENT_TYPES, *(MEDIA_TYPES[kind] for kind in ("pdf", "xlsx", "docx")))


def middleware() -> list[Middleware]:
    """The gate first. Then compression, which Streamlit leaves to others."""
    packing = Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=6, exclude_content_types=_PACKED_ALREADY)
    return [Middleware(Gate), Middleware(Packed), packing]


async def _unexpected(request: Request, error: Exception) -> Response:
    incident = report(error, request.url.path)
    title, status = ("Service interrompu", 503) if incident.why else ("Erreur inattendue", 500)
    answer = plain.message(title, str(incident), status)
    answer.headers["content-security-policy"] = headers.PAGE_CSP
    answer.headers["cache-control"] = "no-store"
    return answer


async def _refused(request: Request, error: Exception) -> Response:
    """What a route refuses by raising: the sentence, and the status that fits."""
    status = 404 if isinstance(error, NotFound) else 403 if isinstance(error, Forbidden) else 400
    return plain.message("Demande refusée", str(error), status)


async def _by_status(request: Request, error: HTTPException) -> Response:
    """What Starlette and Streamlit refuse, in French; their own words are for developers."""
    words = plain.REFUSALS.get(error.status_code, "Requête refusée.")
    return PlainTextResponse(words, error.status_code, error.headers)


exception_handlers = {Exception: _unexpected, ImpactError: _refused, HTTPException: _by_status}
