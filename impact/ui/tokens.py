"""One-time tokens of forms: a form sent twice by a double click counts once (services.history.spend_token)."""

import secrets

import streamlit as st


def held(form: str) -> str:
    """The token of a form as it stands; the same until renewed."""
    tokens: dict[str, str] = st.session_state.setdefault("jetons", {})
    return tokens.setdefault(form, secrets.token_urlsafe(16))


def renew(form: str) -> None:
    """After a success: the next sending is another act."""
    st.session_state.setdefault("jetons", {}).pop(form, None)
