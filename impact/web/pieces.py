"""Pieces of evidence on their way to a browser: the file as a download, its pages as images drawn anew, nothing inline.

Asked for every request: who is signed in, and whether this piece is open to them. What is not open to them answers to
the letter as what does not exist.
"""

from os import SEEK_END
from typing import BinaryIO

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from impact.db import reading
from impact.documents import previews
from impact.documents.confined import AT_ONCE
from impact.documents.store import BLOCK, store
from impact.errors import NotFound
from impact.permissions import readable
from impact.queries import evidence
from impact.queries.evidence import VersionView
from impact.web import cookie
from impact.web.downloads import Chunks, Download, attachment

_WIDTH = 1_000
_LONGEST_NUMBER = 9
_drawing = CapacityLimiter(AT_ONCE)
"""Those who wait for a page to be drawn wait here, and hold none of the threads that everybody's requests run in."""


async def _download(http: Request) -> Response:
    said = await to_thread.run_sync(_asked, http)
    return await sent(http, said.sha256, said.name, said.media_type)


async def sent(http: Request, sha256: str, name: str, media_type: str) -> Response:
    """A stored file as a download, under the name that it came under; of HEAD, what would come."""
    file = await to_thread.run_sync(store().open, sha256)
    size = file.seek(0, SEEK_END)
    headers = {**attachment(name), "content-type": media_type, "content-length": str(size)}
    if http.method == "HEAD":
        file.close()
        return Response(headers=headers)
    file.seek(0)
    return Download(_blocks(file), headers)


async def _page(http: Request) -> Response:
    said = await to_thread.run_sync(_asked, http)
    page = number(http.path_params["page"])
    if page > (said.pages or 0):
        raise _nowhere()
    drawn = await to_thread.run_sync(_drawn, said, page, limiter=_drawing)
    # Starlette leaves the body out of an answer to HEAD only where it has no length of its own.
    body = b"" if http.method == "HEAD" else drawn
    return Response(body, media_type="image/png", headers={"content-length": str(len(drawn))})


def _asked(http: Request) -> VersionView:
    """The version that the address names, of a piece that whoever asks may open and that is a file; else NotFound."""
    actor = cookie.actor_of(http)
    if actor is None:
        raise _nowhere()
    region, asked = http.path_params["region"], number(http.path_params["number"])
    if not (region.isascii() and region.isalnum()):  # PostgreSQL does not even look for a text with a NUL in it
        raise _nowhere()
    wanted = http.query_params.get("version")
    with reading() as session:
        piece = evidence.piece(session, readable(actor), region, asked)
    found = piece.now if wanted is None else next((one for one in piece.versions if str(one.version) == wanted), None)
    if found is None or not found.is_file:
        raise _nowhere()
    return found


def number(text: str, nowhere: str = evidence.NOWHERE) -> int:
    """A number of an address; NotFound, in these words, for any other text."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER):
        raise NotFound(nowhere)
    return int(text)


def _nowhere() -> NotFound:
    return NotFound(evidence.NOWHERE)


def _drawn(said: VersionView, page: int) -> bytes:
    with store().local(said.sha256) as path:
        return previews.page_image(path, said.extension, page, _WIDTH)


def _blocks(file: BinaryIO) -> Chunks:
    with file:
        while block := file.read(BLOCK):
            yield block


routes = [
    Route("/pieces/{region}/{number}", _download),
    Route("/pieces/{region}/{number}/apercu/{page}.png", _page),
]
