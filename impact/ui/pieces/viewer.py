"""What is in a piece of evidence, without opening it: pages as images, rows as a table, a link as its address."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from impact.documents import previews
from impact.documents.previews import AS_IMAGE, TablePreview
from impact.documents.store import store
from impact.errors import ImpactError
from impact.formats import counted, number
from impact.permissions import Actor
from impact.queries.evidence import PieceView, VersionView
from impact.ui import page, tables
from impact.ui.guard import fragment
from impact.ui.kept import kept
from impact.ui.pieces import said


def draw(piece: PieceView, place: str, *, version: int | None = None) -> None:
    """One version of a piece that its reader may open, the last one by default.

    place: the part of the page that shows it, in the keys of what is drawn; another piece there begins at its first
    page.
    """
    shown = piece.now if version is None else next(one for one in piece.versions if one.version == version)
    with st.container(key=f"{place}_apercu"):
        if shown.link:
            page.html(Markup('<p class="imp-note">{}</p>').format(said.link(shown.link)))
            return
        page.html(_caption(piece, shown))
        if shown.extension in AS_IMAGE:
            _pages(piece, shown, place)
        elif shown.extension == "csv":
            _rows(piece, shown)
        else:
            page.note("Ce document ne se montre pas dans la page : téléchargez-le pour le lire.")


def _caption(piece: PieceView, version: VersionView) -> Markup:
    """« registre.pdf, PDF, 12 pages, 2,5 Mo · Télécharger »"""
    older = f", version {version.version} sur {len(piece.versions)}" if version is not piece.now else ""
    described = page.typeset(f"{version.name}, {said.file(version)}{older}")
    return Markup('<p class="imp-note imp-piece-file">{} · {}</p>').format(described, said.download(piece, version))


@fragment()
def _pages(actor: Actor, piece: PieceView, version: VersionView, place: str) -> None:
    """One page at a time, drawn anew by the server. Turning one runs this alone."""
    last = version.pages or 1
    at = _turned_to(piece, version, place, last)
    name = f"Page {number(at)} sur {number(last)}" if last > 1 else "Image" if version.extension != "pdf" else "Page 1"
    page.html(
        Markup(
            '<a class="imp-page" href="{0}" target="_blank" title="Ouvrir l’image seule">'
            '<img src="{0}" loading="lazy" alt="{1}"></a>'
        ).format(said.address(piece, version, f"/apercu/{at}.png"), page.typeset(f"{name} de « {piece.title} »"))
    )
    if last > 1:
        _pager(place, at, last)


def _turned_to(piece: PieceView, version: VersionView, place: str, last: int) -> int:
    of, at = st.session_state.get(_key(place), ("", 1))
    shown = f"{piece.code}.{version.version}"
    if of != shown:
        at = 1
    st.session_state[_key(place)] = shown, at
    return min(max(int(at), 1), last)


def _pager(place: str, at: int, last: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"{place}_pages"):
        st.button(
            "Précédente", key=f"{place}_avant", icon=":material/chevron_left:", disabled=at == 1,
            on_click=_turn(place, at - 1),
        )  # fmt: skip
        st.html(
            Markup('<span class="imp-note">page {} sur {}</span>').format(number(at), number(last)), width="content"
        )
        st.button(
            "Suivante", key=f"{place}_apres", icon=":material/chevron_right:", disabled=at == last,
            on_click=_turn(place, at + 1),
        )  # fmt: skip


def _turn(place: str, to: int) -> Callable[[], None]:
    """To that page, and not one further: a second click on a page that is still being drawn turns no other."""

    def turn() -> None:
        st.session_state[_key(place)] = (st.session_state.get(_key(place), ("", 1))[0], to)

    return turn


def _key(place: str) -> str:
    return f"{place}_page"


def _rows(piece: PieceView, version: VersionView) -> None:
    try:
        held = _table(version.sha256)
    except ImpactError as error:
        page.inform(f"{error} Téléchargez le fichier pour le lire.")
        return
    columns = [
        tables.Column(str(at), held.header[at] if at < len(held.header) else "")
        for at in range(max(map(len, [held.header, *held.rows])))
    ]
    rows = [{str(at): cell for at, cell in enumerate(row)} for row in held.rows]
    page.html(tables.table(columns, rows, f"Contenu de « {piece.title} »"))
    if held.total_rows > len(held.rows):
        page.note(f"{counted(len(held.rows), 'première ligne', 'premières lignes')} sur {number(held.total_rows)}.")


@kept(16)
def _table(sha256: str) -> TablePreview:
    """Of a content, whoever shows it: who may see it was asked before."""
    with store().local(sha256) as path:
        return previews.table(path)
