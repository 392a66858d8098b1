"""One-time tokens of forms: a form sent twice by a double click counts once (services.history.spend_token)."""

import secrets
from zlib import crc32

import streamlit as st


def held(form: str, *said: object) -> str:
    """The token of a form as it stands; the same until renewed.

    said: what is sent, part of the token: a click that was cut off once it had written renews nothing, and must not
    pass for the next one, that says something else.
    """
    tokens: dict[str, str] = st.session_state.setdefault("jetons", {})
    token = tokens.setdefault(form, secrets.token_urlsafe(16))
    return f"{token}-{crc32(repr(said).encode()):08x}" if said else token


def renew(form: str) -> None:
    """After a success: the next sending is another act."""
    st.session_state.setdefault("jetons", {}).pop(form, None)
