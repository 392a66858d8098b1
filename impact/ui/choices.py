"""Filters whose value is a code in the page's address: `saisie?region=22&periode=2010-2011-T3`.

Streamlit's own binding (`bind="query-params"`) writes labels, leaves defaults out and passes over what it does not
know. Here the default moves with the work to do, other pages make addresses, and a wrong code deserves a sentence.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from impact.ui.page import plain


def settle(key: str, names: Mapping[str, str], default: Callable[[], str], what: str) -> str:
    """The code chosen: by the widget, by the address, or by default. Call it before the widget of this key is drawn.

    key: page and name of the parameter, as saisie_region. names: code -> label. what: « la région », for the sentence
    shown where the address names a code that is not offered.
    """
    name = key.partition("_")[2]
    asked, written, current = st.query_params.get(name), st.session_state.get(_written(key)), st.session_state.get(key)
    if asked in names and asked != written:
        current = asked  # a link, a bookmark, the browser's back button
    elif asked is not None and asked != written:
        st.warning(
            plain(f"L’adresse demande {what} « {asked[:40]} » : ce code n’existe pas, ou ne vous est pas ouvert.")
        )
    if current not in names:
        current = written if written in names else default()
    current = str(current)
    if st.session_state.get(key) != current:
        st.session_state[key] = current
    st.session_state[_written(key)] = current
    go(key, current)
    return current


def go(key: str, code: str) -> None:
    """Write a code into the address; the next run's settle follows it, even if this one has drawn the widget."""
    name = key.partition("_")[2]
    if st.query_params.get(name) != code:
        st.query_params[name] = code


def _written(key: str) -> str:
    return f"{key}_adresse"


def choose(label: str, key: str, names: Mapping[str, str]) -> None:
    """The widget of a settled key; hidden where there is nothing to choose."""
    if len(names) > 1:
        st.selectbox(label, list(names), format_func=names.__getitem__, key=key, filter_mode="contains")
