"""Every piece of a region: a table to search, and one of them open with its versions and the figures that it backs."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from impact.db import reading
from impact.formats import capital, counted, moment, short_date, sortable
from impact.permissions import Actor
from impact.queries.book import Book
from impact.queries.evidence import PieceView
from impact.ui import flash, naming, page, tables
from impact.ui.guard import fragment
from impact.ui.pieces import acts, changing, reads, said, viewer
from impact.ui.pieces.acts import DESCRIBE, REPLACE, WITHDRAW
from impact.ui.sheet.reference import facts
from impact.vocabulary import EvidenceKind, Role

_SHOWN = 50
_USED, _UNUSED, _WITHDRAWN = "avec", "sans", "retirees"
_USES = {"": "Toutes", _USED: "Étaient un chiffre", _UNUSED: "Sans chiffre", _WITHDRAWN: "Retirées"}
_ACTS = {DESCRIBE: "Décrire", REPLACE: "Remplacer", WITHDRAW: "Retirer"}


def draw(region: str, name: str) -> None:
    """Folded: read once it is open. name: the region's."""
    page.more(page.plain(f"Pièces de la région {name}"), place_of(region), lambda: _board(region))


def place_of(region: str) -> str:
    return f"saisie_{region}_toutes_pieces"


@fragment(Role.CONTRIBUTOR, Role.NATIONAL, Role.ADMIN)
def _board(actor: Actor, region: str) -> None:
    place = place_of(region)
    flash.show(place)
    found = reads.pieces(actor, region)
    if not found:
        page.empty("Aucune pièce n’est encore déposée : joignez-en une à un chiffre, elle se retrouvera ici.")
        return
    kept = _filtered(place, found)
    page.html(_table(kept[:_SHOWN]))
    if len(kept) > _SHOWN:
        page.note(f"Les {_SHOWN} plus récentes sur {len(kept)} : cherchez un mot pour trouver les autres.")
    _opened(actor, place, kept)


def _filtered(place: str, found: Sequence[PieceView]) -> list[PieceView]:
    with st.grid(3, min_column_width=200, gap="small"):
        words = st.text_input(
            "Chercher une pièce", key=f"{place}_mots", placeholder="titre, auteur, 22-3", max_chars=80
        )
        kind = st.selectbox(
            "Type", ["", *EvidenceKind], key=f"{place}_type_filtre", filter_mode=None,
            format_func=lambda code: capital(EvidenceKind(code).label) if code else "Tous les types",
        )  # fmt: skip
        use = st.selectbox("Usage", list(_USES), key=f"{place}_usage", format_func=_USES.__getitem__, filter_mode=None)
    return [piece for piece in found if matches(piece, words, kind or "", use or "")]


def matches(piece: PieceView, words: str, kind: str, use: str) -> bool:
    """words: all of them, wherever in what a piece says, without accents."""
    said_of = sortable(f"{piece.title} {piece.code} {piece.now.author} {piece.now.name} {piece.now.link}")
    held = _WITHDRAWN if piece.withdrawn_at else _USED if piece.cells else _UNUSED
    return (
        kind in ("", piece.kind.value) and use in ("", held) and all(one in said_of for one in sortable(words).split())
    )


def _table(pieces: Sequence[PieceView]) -> Markup:
    columns = [
        tables.Column("piece", "Pièce", html=True, row_header=True),
        tables.Column("kind", "Type", secondary=True),
        tables.Column("day", "Document", secondary=True),
        tables.Column("reach", "Ouverte à", secondary=True),
        tables.Column("backs", "Étaie", html=True),
    ]
    return tables.table(columns, map(_row, pieces), "Pièces de la région")


def _row(piece: PieceView) -> dict[str, object]:
    day = piece.now.document_date
    codes = ", ".join(dict.fromkeys(cell.indicator for cell in piece.cells[:6]))
    title = Markup('<span class="imp-wrapped">{}</span>').format(page.typeset(piece.title))
    return {
        "piece": tables.two_lines(title, f"{piece.code}, {_held(piece)}"),
        "kind": capital(piece.kind.label),
        "day": short_date(day) if day else "",
        "reach": piece.confidentiality.label,
        "backs": f"{codes}{' …' if len(piece.cells) > 6 else ''}" if piece.cells else tables.light(
            "retirée" if piece.withdrawn_at else "aucun chiffre"
        ),
    }  # fmt: skip


def _held(piece: PieceView) -> str:
    what = said.UNCHECKED if piece.now.link else said.file(piece.now)
    return f"{what}, version {piece.now.version}" if len(piece.versions) > 1 else what


def _opened(actor: Actor, place: str, kept: Sequence[PieceView]) -> None:
    known = {piece.number: piece for piece in kept}
    number = st.selectbox(
        "Ouvrir une pièce", list(known), index=None, key=f"{place}_ouverte", placeholder="Choisir",
        format_func=lambda number: f"{known[number].code} {known[number].title}", filter_mode="contains",
    )  # fmt: skip
    piece = known.get(number) if number else None
    if piece is None:
        return
    if piece.withdrawn_at:
        page.note(f"Retirée le {moment(piece.withdrawn_at)} : « {piece.withdrawn_reason} ».")
    page.html(_cells(piece))
    _changing(actor, place, piece)
    shown = _version(place, piece)
    facts(said.facts(piece, piece.versions[shown - 1]), f"Pièce {piece.code}")
    viewer.draw(piece, f"{place}_{piece.number}", version=shown)


def _cells(piece: PieceView) -> Markup:
    """The figures that it backs, each the way to its sheet."""
    if not piece.cells:
        return page.noted("Elle n’étaie aucun chiffre.")
    with reading() as session:
        book = Book(session)
        links = [
            tables.link(
                naming.cell(book.definition(cell.indicator), cell), f"{cell.indicator} {book.period(cell.period).short}"
            )
            for cell in piece.cells
        ]
    said_of = counted(len(links), "chiffre")
    return Markup('<p class="imp-note">Étaie {} : {}</p>').format(said_of, Markup(", ").join(links))


def _changing(actor: Actor, place: str, piece: PieceView) -> None:
    if not piece.withdrawn_at:
        with st.container(horizontal=True, key=f"{place}_actes"):
            for what, label in _ACTS.items():
                st.button(
                    label, key=f"{place}_{piece.number}_{what}", type="tertiary", on_click=acts.open_panel,
                    args=(place, what, piece),
                )  # fmt: skip
        opened = acts.panel(place)
        if opened and opened.number == piece.number:
            changing.draw(actor, place, opened.what, piece)


def _version(place: str, piece: PieceView) -> int:
    """The version to show: the last one, or one before."""
    if len(piece.versions) == 1:
        return 1
    chosen = st.selectbox(
        "Version", [one.version for one in reversed(piece.versions)], key=f"{place}_{piece.number}_version",
        format_func=lambda at: f"{at}, {said.deposited(piece.versions[at - 1])}", filter_mode=None,
    )  # fmt: skip
    return chosen or piece.now.version
