"""Choosing a password: by a one-time link, or by its owner who knows the current one."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from impact.db import reading, transaction
from impact.errors import ImpactError, NotFound, Problem, Refused
from impact.models import Account
from impact.services import accounts
from impact.web import address, cookie
from impact.web.plain import message, page, read_form


def require_same(form: dict[str, str]) -> str:
    """The password typed twice alike."""
    password = form.get("password", "")
    if password != form.get("again", ""):
        raise Refused([Problem("Les deux saisies diffèrent.", "again")])
    return password


async def show_link(request: Request) -> Response:
    return await to_thread.run_sync(_show_link, request.path_params["token"])


def _show_link(token: str, error: ImpactError | None = None) -> Response:
    try:
        with reading() as session:
            account = accounts.link_owner(session, token)
    except NotFound as gone:
        return message("Ce lien n’est plus valable", str(gone), 404, "/connexion", "Aller à la connexion")
    return page("activation.html", 400 if error else 200, error, name=account.name, email=account.email)


async def send_link(request: Request) -> Response:
    form = await read_form(request)
    return await to_thread.run_sync(_send_link, request.path_params["token"], form)


def _send_link(token: str, form: dict[str, str]) -> Response:
    try:
        password = require_same(form)
        with transaction() as session:
            accounts.set_password_by_link(session, token, password)
    except ImpactError as error:
        return _show_link(token, error)
    return RedirectResponse("/connexion?avis=mot-de-passe", 303)


async def show_change(request: Request) -> Response:
    return await to_thread.run_sync(_show_change, request)


def _show_change(request: Request, status: int = 200, error: ImpactError | None = None, done: bool = False) -> Response:
    actor = cookie.actor_of(request)
    if actor is None:
        return RedirectResponse("/connexion?next=/mot-de-passe", 303)
    return page("password.html", status, error, name=actor.name, email=actor.email, done=done)


async def send_change(request: Request) -> Response:
    form = await read_form(request)
    return await to_thread.run_sync(_send_change, request, form)


def _send_change(request: Request, form: dict[str, str]) -> Response:
    actor = cookie.actor_of(request)
    if actor is None:
        return RedirectResponse("/connexion?next=/mot-de-passe", 303)
    client = address.client_address(request.scope)
    try:
        password = require_same(form)
        with transaction() as session:
            accounts.admit(session, actor.email, client)
        token = _change(cookie.token_of(request.scope), form.get("current", ""), password, client)
    except accounts.TooManyAttempts as error:
        return _show_change(request, 429, error)
    except ImpactError as error:
        return _show_change(request, 400, error)
    answer = page("password.html", name=actor.name, email=actor.email, done=True)
    cookie.give(answer, token)
    return answer


def _change(old_token: str, current: str, password: str, client: str) -> str:
    """All the account's sessions end; the browser that asked gets a new one. The new token."""
    with transaction() as session:
        actor = accounts.actor_for_token(session, old_token)
        account = session.get(Account, actor.id) if actor else None
        if actor is None or account is None:
            raise NotFound("Votre session est terminée. Reconnectez-vous.")
        accounts.change_password(session, actor, current, password)
        accounts.forget(session, actor.email, client)
        return accounts.open_session(session, account, client)


routes = [
    Route("/activation/{token}", show_link),
    Route("/activation/{token}", send_link, methods=["POST"]),
    Route("/mot-de-passe", show_change),
    Route("/mot-de-passe", send_change, methods=["POST"]),
]
