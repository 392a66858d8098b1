"""First visit to an empty database: the setup code, then the administrator's account or the demonstration."""

from collections.abc import Callable
from importlib import import_module

from anyio import to_thread
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from impact.db import reading, transaction
from impact.errors import ImpactError
from impact.services import accounts, setup
from impact.web import address, cookie
from impact.web.password import require_same
from impact.web.plain import page, read_form

GUESSED = "code d’installation"
"""Under this name attempts at the code are counted, as those at an account's password are."""


async def show(request: Request) -> Response:
    return await to_thread.run_sync(_show)


def _show() -> Response:
    return page("installation_code.html") if _is_needed() else RedirectResponse("/connexion", 303)


def _is_needed() -> bool:
    with reading() as session:
        return setup.is_needed(session)


async def send_code(request: Request) -> Response:
    form = await read_form(request)
    return await to_thread.run_sync(_send_code, request, form)


def _send_code(request: Request, form: dict[str, str]) -> Response:
    if not _is_needed():
        return RedirectResponse("/connexion", 303)
    try:
        _check_code(request, form)
    except ImpactError as error:
        return _refused_code(error)
    return _choice(form)


def _check_code(request: Request, form: dict[str, str]) -> None:
    client = address.client_address(request.scope)
    with transaction() as session:
        accounts.admit(session, GUESSED, client)
    with transaction() as session:
        setup.require_code(session, form.get("code", ""))
        accounts.forget(session, GUESSED, client)


def _refused_code(error: ImpactError) -> Response:
    return page("installation_code.html", 429 if isinstance(error, accounts.TooManyAttempts) else 403, error)


def _choice(form: dict[str, str], error: ImpactError | None = None) -> Response:
    typed = {name: form.get(name, "") for name in ("code", "email", "name")}
    return page("installation.html", 400 if error else 200, error, **typed)


async def send_administrator(request: Request) -> Response:
    form = await read_form(request)
    return await to_thread.run_sync(_install, request, form, _administrator)


async def send_demonstration(request: Request) -> Response:
    form = await read_form(request)
    return await to_thread.run_sync(_install, request, form, _demonstration)


def _install(request: Request, form: dict[str, str], work: Callable[[Request, dict[str, str]], Response]) -> Response:
    """Do the work if nobody installed meanwhile and the code is right; both are checked again as it is written."""
    if not _is_needed():
        return RedirectResponse("/connexion", 303)
    try:
        _check_code(request, form)
    except ImpactError as error:
        return _refused_code(error)
    try:
        return work(request, form)
    except ImpactError as error:
        return _choice(form, error)


def _administrator(request: Request, form: dict[str, str]) -> Response:
    password = require_same(form)
    with transaction() as session:
        account = setup.install_administrator(
            session, form.get("code", ""), form.get("email", ""), form.get("name", ""), password
        )
        token = accounts.open_session(session, account, address.client_address(request.scope))
    answer = RedirectResponse("/", 303)
    cookie.give(answer, token)
    return answer


def _demonstration(request: Request, form: dict[str, str]) -> Response:
    with transaction() as session:
        setup.install_demonstration(session, form.get("code", ""), _fill)
    return RedirectResponse("/connexion?avis=demonstration", 303)


def _fill(session: Session) -> None:
    # Imported here: the demonstration's story is long to load and told once.
    demo = import_module("impact.demo")
    demo.fill(session)


routes = [
    Route("/installation", show),
    Route("/installation", send_code, methods=["POST"]),
    Route("/installation/administrateur", send_administrator, methods=["POST"]),
    Route("/installation/demonstration", send_demonstration, methods=["POST"]),
]
