"""A form of a page: its fields, its one-time token, and what became of its last sending.

It is sent in its button's callback, before the page is drawn again: the page then shows what was written, and fields
can be emptied. The token goes with the click, so that a double click writes once.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st
from sqlmodel import Session

from impact.errors import AlreadyDone, Problem, Refused
from impact.permissions import Actor
from impact.services import history
from impact.ui import guard, page

P = ParamSpec("P")
T = TypeVar("T")


def once(
    session: Session,
    actor: Actor,
    token: str,
    service: Callable[Concatenate[Session, Actor, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a service unless the same form was already sent (AlreadyDone)."""
    history.spend_token(session, token)
    return service(session, actor, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class Form:
    """name: of the page and of the act, « comptes_inviter »; keys of its widgets begin with it."""

    name: str

    def key(self, field: str) -> str:
        return f"{self.name}_{field}"

    def value(self, field: str) -> Any:
        """What the person chose or typed; None before the field was drawn."""
        return st.session_state.get(self.key(field))

    def text(self, field: str) -> str:
        return str(self.value(field) or "")

    def button(self, label: str, on_click: Callable[..., None], *args: object, primary: bool = False) -> None:
        """on_click: takes the token, then args; it calls send."""
        kind = "primary" if primary else "secondary"
        st.button(label, key=self.key("envoyer"), on_click=on_click, args=(self.token(), *args), type=kind)  # type: ignore[arg-type]

    def token(self) -> str:
        """Of the next sending; `button` hands it over by itself."""
        return str(st.session_state.setdefault(self.key("jeton"), secrets.token_urlsafe(16)))

    def send(
        self,
        token: str,
        said: Callable[[T], str],
        service: Callable[Concatenate[Session, Actor, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> guard.Outcome[T]:
        """Write, at most once for this token. said: the sentence that confirms what was done."""
        outcome = guard.act(once, token, service, *args, **kwargs)
        if outcome.done:
            st.session_state.pop(self.key("jeton"), None)
            st.session_state[self.key("fait")] = said(outcome.value)  # type: ignore[arg-type]
        else:
            if isinstance(outcome.error, AlreadyDone):  # a second click cut the first one off after it had written
                st.session_state.pop(self.key("jeton"), None)
            st.session_state[self.key("refus")] = outcome
        return outcome

    def refuse(self, problems: Sequence[Problem] | str) -> None:
        """What cannot be read, said over the fields by the next run, as what a service refuses; from a callback."""
        refused: guard.Outcome[None] = guard.Outcome(error=Refused(problems))
        st.session_state[self.key("refus")] = refused

    def fill(self, **values: object) -> None:
        """Set fields, from a callback."""
        for field, value in values.items():
            st.session_state[self.key(field)] = value

    def show(self) -> None:
        """What became of the last sending, said once."""
        self.confirm()
        self.explain()

    def confirm(self) -> None:
        """What was done. Over a long form, whose refusals are explained where its button is: there the eye is."""
        if done := st.session_state.pop(self.key("fait"), ""):
            st.success(page.plain(page.typeset(done)))

    def explain(self) -> None:
        if refused := st.session_state.pop(self.key("refus"), None):
            guard.tell(refused)
