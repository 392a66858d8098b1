"""Links from the chantier's screen to itself: the filters that stand in the address stay."""

from urllib.parse import urlencode

import streamlit as st

PAGE = "chantier"


def address(**codes: str) -> str:
    """This screen with other codes: « chantier?chantier=FOR&indicateur=FOR-05 »; a measure belongs to its indicator."""
    kept = {name: code for name, code in st.query_params.to_dict().items() if name != "mesure"}
    return f"{PAGE}?{urlencode({**kept, **codes})}"
