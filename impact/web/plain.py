"""The server's own pages: plain HTML from templates, no script, and the forms they send back."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import streamlit
from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from impact.charts import geography
from impact.errors import ImpactError, Problem, Refused
from impact.web.document import PRODUCT, SCRIPT

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
LONGEST_FORM = 64_000
REFUSALS = {
    400: "Requête illisible.", 404: "Introuvable.", 405: "Cette adresse ne se demande pas ainsi.",
    413: "Envoi trop long.", 415: "Ce type d’envoi n’est pas accepté.",
}  # fmt: skip
"""What is said of a request that no person makes through the product's own pages."""
_FONTS = Path(streamlit.__file__).parent / "static" / "static" / "media"


@lru_cache(maxsize=1)
def _templates() -> "Environment":
    """Imported with the first of these pages: a server at rest does without Jinja."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals["product"] = PRODUCT
    return templates


def page(template: str, status: int = 200, error: ImpactError | None = None, **facts: Any) -> Response:
    """One page. error: what was refused, shown at the top, each problem beside its field as well."""
    html = _templates().get_template(template).render(problems=problems_of(error), **facts)
    return HTMLResponse(html, status)


def problems_of(error: ImpactError | None) -> list[Problem]:
    if error is None:
        return []
    return list(error.problems) if isinstance(error, Refused) else [Problem(str(error))]


def message(title: str, text: str, status: int, link: str = "/", link_text: str = "Revenir à l’accueil") -> Response:
    return page("message.html", status, title=title, text=text, link=link, link_text=link_text)


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a sent form; the last one counts when a name comes twice. 413 when too large."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_FORM:
            raise HTTPException(413)
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=50))
    except ValueError:
        raise HTTPException(400) from None


def _font(pattern: str) -> str:
    return f"/static/media/{next(_FONTS.glob(pattern)).name}"


@lru_cache(maxsize=1)
def _sheet() -> str:
    """The style sheet, with the addresses of the fonts that the installed Streamlit carries."""
    text = (HERE / "style.css").read_text("utf-8")
    return text.replace("SERIF_FONT", _font("SourceSerif*Roman*.woff2")).replace(
        "SANS_FONT", _font("SourceSansVF-Upright*.woff2")
    )


async def _style(request: Request) -> Response:
    return Response(_sheet(), media_type="text/css", headers={"cache-control": "public, max-age=3600"})


async def _script(request: Request) -> Response:
    script = (HERE / "ecran.js").read_text("utf-8")
    return Response(script, media_type="text/javascript", headers={"cache-control": "public, max-age=3600"})


async def _icon(request: Request) -> Response:
    icon = (HERE / "icone.svg").read_text("utf-8")
    return Response(icon, media_type="image/svg+xml", headers={"cache-control": "public, max-age=86400"})


async def _outlines(request: Request) -> Response:
    """The map's, which never change under their address."""
    headers = {"cache-control": "public, immutable, max-age=31536000"}
    return Response(await to_thread.run_sync(geography.shapes), media_type="application/json", headers=headers)


async def lost(request: Request) -> Response:
    return message("Cette page n’existe pas", f"Aucun écran n’a l’adresse « {request.url.path[:120]} ».", 404)


appearance = [
    Route("/connexion/apparence/style.css", _style),
    Route("/connexion/apparence/icone.svg", _icon),
    Route(SCRIPT, _script),
    Route("/connexion/apparence/regions-{version}.json", _outlines),
    Route("/favicon.png", _icon),  # Streamlit's script asks for it
]
