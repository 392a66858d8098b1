"""The first statement of every page, and the only way in which pages write.

    actor = require(Role.CONTRIBUTOR)                   # top of the page, before anything is read
    ...
    if st.button("Enregistrer"):
        saved = act(entries.save_entry, draft, token)   # services.entries.save_entry(session, actor, draft, token)
        tell(saved)                                     # shows what was refused, nothing otherwise
        if saved.done: ...                              # saved.value is what the service returned

    @fragment(Role.CONTRIBUTOR)                         # st.fragment whose reruns are guarded too
    def follow(actor: Actor, region: str) -> None: ...

Nothing is kept in st.session_state: whoever learns a Streamlit session's id would take the identity over with it.
The session's row and the account are read at every run and again inside every writing transaction, so that signing out
in another tab, or a disabled account, ends this page at its next action.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, Generic, ParamSpec, TypeVar, cast
from urllib.parse import quote, urlsplit

import streamlit as st
from markupsafe import Markup
from sqlmodel import Session
from streamlit.runtime.scriptrunner import StopException

from impact.db import transaction
from impact.errors import Forbidden, ImpactError, Problem, Refused
from impact.formats import capital
from impact.incidents import report
from impact.permissions import Actor
from impact.services import accounts
from impact.ui import identity, page
from impact.vocabulary import Role
from impact.web.address import local_path

P = ParamSpec("P")
T = TypeVar("T")


class SessionEnded(Forbidden):
    def __init__(self) -> None:
        super().__init__("Votre session est terminée. Reconnectez-vous : rien de ce qui était enregistré n’est perdu.")


_known: ContextVar[Actor | None] = ContextVar("known", default=None)


def current() -> Actor | None:
    """Who is signed in, right now; None once the session has ended or the account is disabled."""
    return _known.get() or accounts.identify(identity.token())


@contextmanager
def known(actor: Actor | None) -> Iterator[None]:
    """For the frame, which has just looked: the page that it runs does not ask the database again."""
    before = _known.set(actor)
    try:
        yield
    finally:
        _known.reset(before)


def require(*roles: Role) -> Actor:
    """The actor, if signed in and in one of the roles (any, when none is named); otherwise says so and stops."""
    actor = current()
    if actor is None:
        _say_ended()
        raise StopException
    if roles and actor.role not in roles:
        _say_forbidden(actor)
        raise StopException  # st.stop() would stop the frame too, and its foot
    return actor


def _say_ended() -> None:
    page.head("Session terminée", str(SessionEnded()))
    address = st.context.url
    parts = urlsplit(address) if isinstance(address, str) else None
    here = local_path(f"{parts.path}?{parts.query}" if parts and parts.query else parts.path if parts else "/")
    target = quote(here, safe="/")
    st.html(
        Markup('<p><a style="color:inherit" href="/connexion?next={}" target="_self">Se connecter</a></p>').format(
            target
        )
    )


def _say_forbidden(actor: Actor) -> None:
    page.head("Écran réservé", f"Votre rôle, {actor.role.label}, ne donne pas accès à cet écran.")
    st.html(Markup('<p><a style="color:inherit" href="/" target="_self">Revenir à l’accueil</a></p>'))


def fragment(*roles: Role) -> Callable[[Callable[Concatenate[Actor, P], None]], Callable[P, None]]:
    """st.fragment for a function that takes the actor first: a rerun of the fragment alone is guarded like the page."""

    def decorate(draw: Callable[Concatenate[Actor, P], None]) -> Callable[P, None]:
        @wraps(draw)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
            draw(require(*roles), *args, **kwargs)

        return cast(Callable[P, None], st.fragment(guarded))

    return decorate


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of an act: the service's answer, or why nothing was written (StaleEntry carries both values)."""

    value: T | None = None
    error: ImpactError | None = None

    @property
    def done(self) -> bool:
        return self.error is None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every reason at once, each with its field where it has one; empty when done."""
        if self.error is None:
            return ()
        return self.error.problems if isinstance(self.error, Refused) else (Problem(str(self.error)),)


def act(service: Callable[Concatenate[Session, Actor, P], T], *args: P.args, **kwargs: P.kwargs) -> Outcome[T]:
    """Run one service in a transaction of its own, as the person signed in at this instant. Raises nothing.

    A refusal comes back in the outcome; so does a bug, as an Incident whose number the log knows. Nothing of Streamlit
    runs inside, so that a second click cannot cut the work in two.
    """
    token = identity.token()
    try:
        with transaction() as session:
            actor = accounts.actor_for_token(session, token)
            if actor is None:
                raise SessionEnded
            value = service(session, actor, *args, **kwargs)
        return Outcome(value)
    except ImpactError as error:
        return Outcome(error=error)
    except Exception as error:
        return Outcome(error=report(error, getattr(service, "__qualname__", repr(service))))


def tell(outcome: Outcome[T]) -> None:
    """Show every reason of a refusal; nothing when the act was done."""
    problems = [page.plain(_sentence(str(problem))) for problem in outcome.problems]
    if problems:
        st.error(problems[0] if len(problems) == 1 else "\n".join(f"- {problem}" for problem in problems))


def _sentence(text: str) -> str:
    """With its capital; problems are written to follow « FOR-02 : » as well."""
    return page.typeset(capital(text))


def script_error(error: Exception) -> bool:
    """st.App's on_script_error: a sentence instead of a traceback. True: Streamlit shows nothing of its own."""
    shown = error if isinstance(error, ImpactError) else report(error, "page")
    st.error(page.plain(str(shown)))
    return True
