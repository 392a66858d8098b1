"""Checked downloads: exports streamed with the scope of whoever is signed in, the journal, and open standards."""

import re
from collections.abc import Callable, Generator, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from anyio import to_thread
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from impact import clock
from impact.db import reading
from impact.errors import Forbidden, ImpactError, Problem, Refused
from impact.exports import ExportRequest, day, proof_level
from impact.permissions import Actor
from impact.services import exports
from impact.vocabulary import CSV_KINDS, Dialect, ExportKind
from impact.web import cookie

NAMES = {
    ExportKind.ENTRIES: "chiffres",
    ExportKind.TOTALS: "totaux",
    ExportKind.PROGRESS: "avancement",
    ExportKind.QUALITY: "completude",
    ExportKind.PLANS: "plans",
    ExportKind.FUNDING: "financements",
    ExportKind.MILESTONES: "jalons",
    ExportKind.MEETINGS: "rencontres",
    ExportKind.DECISIONS: "decisions",
    ExportKind.CIDS: "cids",
    ExportKind.PACKAGE: "paquet",
}
CSV, JSON_LD, ZIP = ("csv", "text/csv; charset=utf-8"), ("jsonld", "application/ld+json"), ("zip", "application/zip")
"""How a file's name ends, and what the browser is told that it is."""
PARAMETERS = ("from", "to", "region", "chantier", "indicateur", "preuve", "provisoire", "dialecte")
_FLAGS = {"": False, "false": False, "0": False, "non": False, "true": True, "1": True, "oui": True}
_LONGEST = 2_000
"""Characters of a query that anybody would mean."""

Chunks = Generator[bytes, None, None]


class Download(StreamingResponse):
    """A file on its way. When the person gives up, its database session ends with the connection."""

    def __init__(self, chunks: Chunks, headers: Mapping[str, str]):
        super().__init__(chunks, headers=headers)
        self.chunks = chunks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.chunks.close()


def attachment(name: str) -> dict[str, str]:
    """What makes a browser save a file, whatever is in it. name: of people too, written as RFC 5987 says."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name)
    whole = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return {
        "content-disposition": f'attachment; filename="{plain}"{whole}',
        "x-content-type-options": "nosniff",
        "content-security-policy": "sandbox; default-src 'none'",
        "cache-control": "no-store",
    }


def asked(query: QueryParams) -> ExportRequest:
    """The request that the address makes; Refused with every problem at once."""
    if len(str(query)) > _LONGEST:
        raise Refused("L’adresse est trop longue.")
    problems = [Problem(f"paramètre inconnu : « {name[:40]} ».") for name in query if name not in PARAMETERS]
    read: dict[str, Any] = {}
    for name, field, parse in (
        ("from", "start", day), ("to", "end", day), ("preuve", "min_proof", proof_level),
        ("provisoire", "provisional", _flag), ("dialecte", "dialect", _dialect),
    ):  # fmt: skip
        try:
            if text := query.get(name, "").strip():
                read[field] = parse(text)
        except Refused as refused:
            problems += [Problem(problem.message, where=name) for problem in refused.problems]
    if problems:
        raise Refused(problems)
    return ExportRequest(
        regions=_codes(query, "region"), chantiers=_codes(query, "chantier"), indicators=_codes(query, "indicateur"),
        **read,
    )  # fmt: skip


def _codes(query: QueryParams, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in query.getlist(name) if text.strip()))


def _flag(text: str) -> bool:
    if text.lower() not in _FLAGS:
        raise Refused(f"« {text[:20]} » : attendu true ou false.")
    return _FLAGS[text.lower()]


def _dialect(text: str) -> Dialect:
    if text not in list(Dialect):
        raise Refused(f"« {text[:20]} » : attendu {' ou '.join(Dialect)}.")
    return Dialect(text)


def file_name(base: str, request: ExportRequest, ending: str = CSV[0], made_on: date | None = None) -> str:
    """totaux_PRE_73_F2_2010-10-15_2011-07-10.csv: what it holds, and what it was narrowed to.

    made_on: told at the end, « _au_2011-07-10 », of a file that is kept as the state of a day.
    """
    days = [moment.isoformat() for moment in (request.start, request.end) if moment]
    proof = [f"F{request.min_proof}"] if request.min_proof else []
    parts = [base, *request.chantiers, *request.indicators, *request.regions, *proof, *days]
    plain = re.sub(r"[^A-Za-z0-9_-]", "", "_".join(parts))
    made = f"_au_{made_on.isoformat()}" if made_on else ""
    return f"{plain[:120]}{'_provisoire' if request.provisional else ''}{made}.{ending}"


async def _export(http: Request) -> Response:
    kind = http.path_params["kind"]
    if kind not in CSV_KINDS:
        return PlainTextResponse("Introuvable.", 404)
    chosen = ExportKind(kind)
    return await _sent(http, NAMES[chosen], lambda request, actor: exports.stream(chosen, request, actor))


async def _journal(http: Request) -> Response:
    return await _sent(http, "journal", exports.stream_journal)


async def _cids(http: Request) -> Response:
    return await _sent(
        http, NAMES[ExportKind.CIDS], lambda request, actor: exports.stream(ExportKind.CIDS, request, actor), JSON_LD
    )


async def _package(http: Request) -> Response:
    return await _sent(
        http, NAMES[ExportKind.PACKAGE], lambda request, actor: exports.stream(ExportKind.PACKAGE, request, actor), ZIP
    )


def _today() -> date:
    with reading() as session:
        return clock.today(session)


async def _sent(
    http: Request, base: str, begin: Callable[[ExportRequest, Actor], Chunks], form: tuple[str, str] = CSV
) -> Response:
    """The file, or a plain sentence: 401 without an account, 403 where it is not theirs, 400 for bad parameters."""
    actor = await to_thread.run_sync(cookie.actor_of, http)
    if actor is None:
        return PlainTextResponse("Connectez-vous.", 401)
    try:
        request = asked(http.query_params)
        chunks = await to_thread.run_sync(begin, request, actor)
    except Forbidden as error:
        return PlainTextResponse(str(error), 403)
    except ImpactError as error:
        return PlainTextResponse(str(error), 400)
    ending, media_type = form
    made_on = await to_thread.run_sync(_today) if ending == ZIP[0] else None
    headers = {**attachment(file_name(base, request, ending, made_on)), "content-type": media_type}
    if http.method == "HEAD":
        chunks.close()
        return Response(headers=headers)
    return Download(chunks, headers)


routes = [
    Route("/exports/journal.csv", _journal),
    Route("/exports/cids.jsonld", _cids),
    Route("/exports/paquet.zip", _package),
    Route("/exports/{kind}.csv", _export),
]
