"""Who looks at the page: the one place that reads the browser's cookie.

Tests that run pages without a browser (AppTest) open a real session and put its token here:

    token = accounts.open_session(session, account, "127.0.0.1")
    monkeypatch.setattr(identity, "token", lambda: token)
"""

import streamlit as st

from impact.web import cookie


def token() -> str:
    """The session token of the browser, as it was when the page connected; '' without one.

    The cookie is frozen at that moment, so it proves nothing by itself: the session's row is looked up at every run.
    """
    return st.context.cookies.get(cookie.name(), "")
