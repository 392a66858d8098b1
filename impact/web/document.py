"""Streamlit's page, in French: prepared once from the installed wheel's index.html."""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from impact.charts import geography
from impact.errors import BadSettings
from impact.settings import ROOT
from impact.web import ahead
from impact.web.headers import streamlit_csp
from impact.web.packed import with_needed

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
HOME = "accueil"
PRODUCT = "Une Région, un Chantier"
SCRIPT = "/connexion/apparence/ecran.js"
WITH_CHARTS = {"vue_nationale", "region", "chantier", "preuve"}
WITH_MAP = {"vue_nationale"}
DRAWING = ("PlotlyChart.*.js", "Html.*.js", "Selectbox.*.js", "DownloadButton.*.js")
"""What Streamlit asks for once the first chart, table, choice or file has come, one after the other."""
_NOSCRIPT = "<noscript><p>Cette page a besoin de JavaScript. Activez-le, puis rechargez-la.</p></noscript>"
_REWRITES = (
    (r'<html lang="en">', '<html lang="fr">'),
    (r"<title>.*?</title>", f"<title>{PRODUCT}</title>"),
    (r'href="\./favicon\.png"', 'href="/connexion/apparence/icone.svg" type="image/svg+xml"'),
    (r"<noscript>.*?</noscript>", _NOSCRIPT),
    (r'<link rel="service-desc"[^>]*>', ""),
    (r"<!--.*?-->", ""),
    (r"</title>", f'</title>\n    <script src="{SCRIPT}"></script>'),
)
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Document:
    html: str
    csp: str


def french(html: str) -> str:
    """Streamlit's page with its language, title, icon and refusal to work without JavaScript in French."""
    for pattern, replacement in _REWRITES:
        html, found = re.subn(pattern, lambda _, text=replacement: text, html, flags=re.DOTALL)  # type: ignore[misc]
        if not found:
            raise BadSettings(f"Cette version de Streamlit n’est pas celle attendue ({pattern} est introuvable).")
    return html


def script_hashes(html: str) -> list[str]:
    """SHA-256, in base 64, of the inline scripts, as the content policy names them."""
    scripts = _INLINE_SCRIPT.findall(html)
    return [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts]


@lru_cache
def document(screen: str = "") -> Document:
    """screen: what will be drawn, of WITH_CHARTS; its scripts are then asked for while the others start."""
    html = french(INDEX.read_text("utf-8"))
    if screen:
        html = html.replace("</head>", "\n".join([*_ahead(html, screen), "  </head>"]))
    return Document(html, streamlit_csp(script_hashes(html)))


def _ahead(html: str, screen: str) -> list[str]:
    """Links to the scripts, and to the map's outlines."""
    low = 'crossorigin fetchpriority="low"'
    links = [
        f'    <link rel="modulepreload" {low} href="{address}">'
        for address in with_needed(*DRAWING)
        if address not in html
    ]
    if screen in WITH_MAP:
        links.append(f'    <link rel="preload" as="fetch" {low} href="{geography.address()}">')
    return links


async def _show(request: Request) -> Response:
    screen = request.url.path.strip("/")
    page = await to_thread.run_sync(document, screen if screen in WITH_CHARTS else "")
    ahead.begin()
    return HTMLResponse(page.html, headers={"content-security-policy": page.csp})


async def _home(request: Request) -> Response:
    """The home page has one address, so that links and bookmarks agree."""
    return RedirectResponse(str(request.url.replace(scheme="", netloc="", path="/")) or "/", 303)


def routes() -> list[Route]:
    """One route per screen: an address that is no screen is said so by the server, not by Streamlit's English."""
    screens = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem != HOME)
    return [Route("/", _show), Route(f"/{HOME}", _home), *(Route(f"/{name}", _show) for name in screens)]
