"""Filters kept in the page's address by Streamlit's own binding; a value that is not offered counts as none."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

MOST_WITHOUT_SEARCH = 6
"""Longer lists are searched by typing; for shorter ones a phone need not open its keyboard."""


def one(label: str, key: str, names: Mapping[str, str], everything: str, *, private: bool = False) -> str:
    """The code chosen, '' for everything. names: code -> label, labels all different.

    private: labels say who somebody is, and stay out of the address.
    """
    chosen = st.selectbox(
        label,
        ["", *names],
        format_func=lambda code: names.get(code, everything),
        key=key,
        bind=None if private else "query-params",
        filter_mode="contains" if len(names) > MOST_WITHOUT_SEARCH else None,
    )
    return chosen if chosen in names else ""


def many(label: str, key: str, names: Mapping[str, str], everything: str) -> tuple[str, ...]:
    """The codes chosen, none for everything."""
    chosen = st.multiselect(
        label,
        list(names),
        format_func=lambda code: names.get(code, code),
        key=key,
        placeholder=everything,
        bind="query-params",
        filter_mode="contains" if len(names) > MOST_WITHOUT_SEARCH else None,
        select_all=False,
    )
    return tuple(code for code in chosen if code in names)


def day(label: str, key: str, first: date, last: date) -> date | None:
    """first, last: what can be chosen; the calendar opens there, not on the real today."""
    return st.date_input(
        label, value=None, min_value=first, max_value=last, format="DD/MM/YYYY", key=key, bind="query-params"
    )


def words(label: str, key: str, placeholder: str, longest: int) -> str:
    return st.text_input(label, key=key, placeholder=placeholder, max_chars=longest, bind="query-params").strip()


def distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Labels that two codes share get their code: the address and the list tell them apart."""
    labels = list(names.values())
    return {code: f"{label} ({code})" if labels.count(label) > 1 else label for code, label in names.items()}
