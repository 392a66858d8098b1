"""Documents of national meetings on their way to a browser: as downloads alone, for everybody who is signed in.

One that was withdrawn answers to the letter as one that does not exist.
"""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from impact.db import reading
from impact.errors import NotFound
from impact.queries import meetings
from impact.queries.meetings import DocumentRow
from impact.web import cookie, pieces

NOWHERE = "Ce document n’existe pas, ou a été retiré."


async def _download(http: Request) -> Response:
    said = await to_thread.run_sync(_asked, http)
    return await pieces.sent(http, said.sha256, said.name, said.media_type)


def _asked(http: Request) -> DocumentRow:
    """The file that the address names, for whoever is signed in; else NotFound."""
    if cookie.actor_of(http) is None:
        raise NotFound(NOWHERE)
    meeting, number = (pieces.number(http.path_params[name], NOWHERE) for name in ("meeting", "number"))
    try:
        with reading() as session:
            found = meetings.document(session, meeting, number)
    except NotFound:
        raise NotFound(NOWHERE) from None
    if found.is_withdrawn or not found.is_file:
        raise NotFound(NOWHERE)
    return found


routes = [Route("/documents/{meeting}/{number}", _download)]
