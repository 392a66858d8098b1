"""Signing in and out."""

from math import ceil

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from impact import clock
from impact.db import reading, transaction
from impact.errors import Forbidden, ImpactError
from impact.models import Account
from impact.queries.accounts import AccountRow, demonstration_accounts
from impact.queries.catalogue import regions
from impact.services import accounts, setup
from impact.web import address, cookie
from impact.web.plain import page, read_form

NOTICES = {
    "deconnexion": "Vous êtes déconnecté.",
    "session": "Votre session est terminée. Reconnectez-vous.",
    "mot-de-passe": "Votre mot de passe est enregistré. Connectez-vous.",
    "demonstration": "La démonstration est prête. Choisissez un compte.",
}


async def show(request: Request) -> Response:
    following = address.local_path(request.query_params.get("next", "/"))
    return await to_thread.run_sync(_show, request, following)


def _show(request: Request, following: str) -> Response:
    with reading() as session:
        if setup.is_needed(session):
            return RedirectResponse("/installation", 303)
    if cookie.actor_of(request):
        return RedirectResponse(following, 303)
    return _form(request, following, notice=NOTICES.get(request.query_params.get("avis", ""), ""))


def _form(
    request: Request, following: str, status: int = 200, error: ImpactError | None = None, **facts: str
) -> Response:
    said, offered = {"email": "", "notice": "", **facts}, _offered(request)
    return page("sign_in.html", status, error, following=following, offered=offered, places=_places(offered), **said)


def _places(offered: list[AccountRow]) -> dict[int, str]:
    """The regions of each account, in words; their number where they would not fit a button."""
    if not offered:
        return {}
    with reading() as session:
        known = regions(session)

    def said(codes: tuple[str, ...]) -> str:
        return ", ".join(known[code].name for code in codes) if len(codes) < 3 else f"{len(codes)} régions"

    return {row.id: said(row.regions) for row in offered}


def _offered(request: Request) -> list[AccountRow]:
    """The demonstration's accounts, for people who sit at the server itself."""
    if not address.is_local(request.scope):
        return []
    with reading() as session:
        return demonstration_accounts(session) if setup.is_demonstration(session) else []


async def send(request: Request) -> Response:
    form = await read_form(request)
    return await to_thread.run_sync(_sign_in, request, form)


def _sign_in(request: Request, form: dict[str, str]) -> Response:
    email, following = form.get("email", ""), address.local_path(form.get("next", "/"))
    try:
        token = check(email, form.get("password", ""), address.client_address(request.scope))
    except ImpactError as error:
        return _refused(_form(request, following, 401, error, email=email[:254]), error)
    return _entered(request, token, following)


def check(email: str, password: str, client: str) -> str:
    """The new session's token; the attempt is counted for good before the password is looked at."""
    with transaction() as session:
        accounts.admit(session, email, client)
    with transaction() as session:
        token = accounts.sign_in(session, email, password, client)
        accounts.forget(session, email, client)
    return token


def _refused(answer: Response, error: ImpactError) -> Response:
    """429 and when to come back, where there were too many attempts."""
    if isinstance(error, accounts.TooManyAttempts):
        answer.status_code = 429
        answer.headers["retry-after"] = str(max(1, ceil((error.retry_at - clock.real_now()).total_seconds())))
    return answer


def _entered(request: Request, token: str, following: str) -> Response:
    """Into the product, under a new cookie; the session that the browser held before ends."""
    cookie.end_session(request)
    answer = RedirectResponse(following, 303)
    cookie.give(answer, token)
    return answer


async def enter_demonstration(request: Request) -> Response:
    form = await read_form(request)
    return await to_thread.run_sync(_enter_demonstration, request, form.get("account", ""))


def _enter_demonstration(request: Request, wanted: str) -> Response:
    offered = {str(row.id): row for row in _offered(request)}
    if wanted not in offered:
        refusal = Forbidden("La connexion sans mot de passe n’existe que dans une démonstration, sur la machine même.")
        return _form(request, "/", 403, refusal)
    with transaction() as session:
        account = session.get(Account, offered[wanted].id)
        assert account is not None
        token = accounts.open_session(session, account, address.client_address(request.scope))
    return _entered(request, token, "/")


async def ask_sign_out(request: Request) -> Response:
    actor = await to_thread.run_sync(cookie.actor_of, request)
    return page("sign_out.html", name=actor.name, email=actor.email) if actor else RedirectResponse("/connexion", 303)


async def sign_out(request: Request) -> Response:
    await to_thread.run_sync(cookie.end_session, request)
    answer = RedirectResponse("/connexion?avis=deconnexion", 303)
    cookie.take_back(answer)
    return answer


routes = [
    Route("/connexion", show),
    Route("/connexion", send, methods=["POST"]),
    Route("/connexion/demonstration", enter_demonstration, methods=["POST"]),
    Route("/deconnexion", ask_sign_out),
    Route("/deconnexion", sign_out, methods=["POST"]),
]
