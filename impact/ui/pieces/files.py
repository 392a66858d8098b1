"""Files on their way from a browser to the store: chosen, looked into, and forgotten by Streamlit's memory."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, BinaryIO, Protocol

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from impact.documents.kinds import LARGEST
from impact.documents.receiving import Received, receive
from impact.errors import ImpactError, Problem, Refused
from impact.ui import page

_MEGABYTES = LARGEST // 1024 // 1024
_BROWSERS_LIMIT = -(-LARGEST // 1_000_000)
"""What Streamlit refuses before it is sent; its megabytes are millions of bytes."""
LIMITS = f"PDF, PNG, JPG, CSV, XLSX ou DOCX, {_MEGABYTES} Mo au plus"
MOST = 5
"""Files at once, as the server lets in."""


class Sent(Protocol):
    """A file as Streamlit hands it over; read from its beginning."""

    name: str
    file_id: str


def choose(place: str, *, several: bool) -> list[Any]:
    """The files that this form holds by now. Every type is let in here: what a file is, its content says."""
    label = f"Fichiers : {LIMITS} chacun, {MOST} à la fois" if several else f"Fichier : {LIMITS}"
    with st.container(key=f"{place}_depot"):
        sent = st.file_uploader(
            page.typeset(label), key=_key(place), accept_multiple_files=several, max_upload_size=_BROWSERS_LIMIT
        )  # fmt: skip
    return list(sent) if isinstance(sent, list) else [sent] if sent else []


def let_go(place: str, files: Sequence[Sent]) -> None:
    """The form is done with its files: the widget begins anew, and Streamlit's memory drops them."""
    st.session_state[f"{place}_tour"] = st.session_state.get(f"{place}_tour", 0) + 1
    context = get_script_run_ctx()
    manager = getattr(context, "uploaded_file_mgr", None)
    if context and manager:
        for file in files:
            manager.remove_file(session_id=context.session_id, file_id=file.file_id)


@contextmanager
def received(files: Sequence[Any]) -> Iterator[list[Received]]:
    """All of them, found sound; Refused with what is wrong with each, and nothing is left behind."""
    if len(files) > MOST:
        raise Refused(f"Au plus {MOST} fichiers à la fois : retirez-en, puis déposez le reste.")
    with ExitStack() as stack:
        sound, problems = [], []
        for file in files:
            try:
                sound.append(stack.enter_context(_received(file)))
            except ImpactError as error:
                problems.append(Problem(str(error), where=f"« {file.name} »"))
        if problems:
            raise Refused(problems)
        yield sound


def _received(file: BinaryIO) -> Received:
    file.seek(0)
    return receive(file, file.name)


def _key(place: str) -> str:
    return f"{place}_fichiers_{st.session_state.get(f'{place}_tour', 0)}"
