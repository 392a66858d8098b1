"""Streamlit's scripts and styles, compressed once for everybody.

Left to GZipMiddleware, each new visitor would have 6 MB compressed for them alone, on the loop that serves all others.
"""

import gzip
import re
from functools import lru_cache
from pathlib import Path

import streamlit
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

STATIC = Path(streamlit.__file__).parent / "static" / "static"
TYPES = {".js": "text/javascript", ".css": "text/css"}
FILES = {f"/static/{path.relative_to(STATIC).as_posix()}": path for path in STATIC.rglob("*") if path.suffix in TYPES}
"""By address. Their names carry a hash of what they hold: another version has other addresses."""

_NEEDED = re.compile(r'(?:from|import) *"\./([^"]+\.js)"')

_HEADERS = {
    "content-encoding": "gzip",
    "vary": "Accept-Encoding",
    "cache-control": "public, immutable, max-age=31536000",
}


@lru_cache(maxsize=256)
def _packed(path: Path) -> bytes:
    """The screens of this product take 2 MB of them, compressed."""
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


class Packed:
    """Answers for the files that it knows, to browsers that take gzip; leaves the rest to Streamlit."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = FILES.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if path is None or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self.app(scope, receive, send)
            return
        body = await to_thread.run_sync(_packed, path)
        await Response(body, media_type=TYPES[path.suffix], headers=_HEADERS)(scope, receive, send)


def with_needed(*patterns: str) -> list[str]:
    """Addresses of the scripts that match, « PlotlyChart.*.js », one each, then of all that they import."""
    found = [next(address for address, path in FILES.items() if path.match(pattern)) for pattern in patterns]
    for address in found:
        needed = (f"/static/js/{name}" for name in _NEEDED.findall(FILES[address].read_text("utf-8")))
        found.extend(one for one in dict.fromkeys(needed) if one not in found)
    return found
