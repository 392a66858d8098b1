"""/healthz, for load balancers and monitors: says whether the database answers, and nothing else."""

import logging

import sqlalchemy as sa
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from impact.db import reading
from impact.models import DataVersion

_LOG = logging.getLogger(__name__)


def _database_answers() -> bool:
    try:
        with reading() as session:
            session.connection().execute(sa.select(DataVersion.__table__)).first()  # type: ignore[attr-defined]
    except Exception:  # whatever the reason, the answer is 503 and the log tells more
        _LOG.exception("La base de données ne répond pas")
        return False
    return True


async def show(request: Request) -> Response:
    well = await to_thread.run_sync(_database_answers)
    state = {"status": "ok", "database": "ok"} if well else {"status": "indisponible", "database": "injoignable"}
    return JSONResponse(state, 200 if well else 503)


routes = [Route("/healthz", show)]
