"""« Joindre une pièce » : files, a link or a piece that the region already has; for one figure or many at once."""

from collections.abc import Sequence

import streamlit as st

from impact.figures import Cell
from impact.formats import capital, short_date
from impact.permissions import Actor
from impact.queries.evidence import PieceView
from impact.ui import page
from impact.ui.pieces import acts, fields, files, reads
from impact.ui.pieces.reads import Around

_FILES, _LINK, _HELD = "fichier", "lien", "deja"
_WAYS = {_FILES: "Des fichiers", _LINK: "Un lien", _HELD: "Une pièce que la région a déjà déposée"}


def draw(actor: Actor, place: str, cell: Cell, chantier: str) -> None:
    around = reads.around(actor, cell.region, chantier, cell.period)
    held = [piece for piece in around.pieces if not piece.withdrawn_at]
    with st.container(border=True, key=f"{place}_joindre"):
        st.subheader("Joindre une pièce", anchor=False)
        ways = _WAYS if held else {way: _WAYS[way] for way in (_FILES, _LINK)}
        way = st.radio(
            "Que joignez-vous ?", list(ways), format_func=ways.__getitem__, key=f"{place}_maniere", horizontal=True,
            label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
        if way == _HELD:
            _again(actor, place, cell, around, held)
        else:
            _new(actor, place, cell, around, way)


def _new(actor: Actor, place: str, cell: Cell, around: Around, way: str) -> None:
    sent = []
    if way == _FILES:
        sent = files.choose(place, several=True)
    else:
        fields.link(place)
    several = len(sent) > 1
    fields.naming(place, titled=not several, hint="le nom du fichier" if way == _FILES else "")
    if several:
        page.note("Chaque fichier devient une pièce et garde son nom pour titre ; le reste vaut pour tous.")
    fields.contents(place)
    cells = _cells(place, cell, around)
    warn(actor, cells)
    if buttons(place, "Déposer"):
        names = [*(["lien"] if way == _LINK else [])]
        texts = fields.texts(place, *names)
        acts.deposit(place, cell.region, cells, {**texts, "titre": ""} if several else texts, sent)


def _again(actor: Actor, place: str, cell: Cell, around: Around, held: Sequence[PieceView]) -> None:
    known = {piece.number: piece for piece in held}
    number = st.selectbox(
        "Pièce", list(known), index=None, key=f"{place}_laquelle", placeholder="Choisir", persist_state="session",
        format_func=lambda number: _name(known[number]),
    )  # fmt: skip
    cells = _cells(place, cell, around)
    piece = known.get(number) if number else None
    warn(actor, [one for one in cells if piece is None or one not in piece.cells])
    if buttons(place, "Joindre"):
        if piece is None:
            st.error("Choisissez la pièce à joindre.")
        elif set(cells) <= set(piece.cells):
            st.error(page.plain(page.typeset("Cette pièce étaie déjà tout ce que vous avez choisi.")))
        else:
            acts.attach(place, piece, [one for one in cells if one not in piece.cells])


def _name(piece: PieceView) -> str:
    day = piece.now.document_date
    return ", ".join(filter(None, [f"{piece.code} {piece.title}", piece.kind.label, short_date(day) if day else ""]))


def _cells(place: str, cell: Cell, around: Around) -> list[Cell]:
    """The figure whose form this is, and those ticked beside it."""
    others = [one for one in around.names if one != cell]
    key = f"{place}_aussi"
    chosen = st.multiselect(
        page.typeset(f"Étaie {cell.indicator}, et aussi (facultatif)"), [one.indicator for one in others], key=key,
        placeholder="D’autres chiffres de cette période", select_all=False, persist_state="session",
        format_func=lambda code: f"{code} {page.typeset(around.names[Cell(cell.region, code, cell.period)])}",
    )  # fmt: skip
    sheet = [one.indicator for one in list(around.names)[: around.own] if one != cell]
    if not set(sheet) <= set(chosen):
        st.button(
            "Ajouter toutes les lignes de la feuille", key=f"{place}_toutes", type="tertiary", on_click=_tick,
            args=(key, sheet),
        )  # fmt: skip
    return [cell, *(one for one in others if one.indicator in chosen)]


def _tick(key: str, codes: Sequence[str]) -> None:
    st.session_state[key] = list(dict.fromkeys([*st.session_state.get(key, []), *codes]))


def warn(actor: Actor, cells: Sequence[Cell]) -> None:
    """Before it is done: what somebody has read falls when its evidence changes."""
    if said := falling(actor, cells):
        page.warn(said)


def falling(actor: Actor, cells: Sequence[Cell]) -> str:
    """« FOR-04 (F3) a été relu : … »; '' where nothing falls."""
    views = reads.falling(actor, cells)
    if not views:
        return ""
    named = ", ".join(f"{view.indicator} (F{view.reliability})" for view in views)
    many = len(views) > 1
    return capital(
        f"{named} : {'ces chiffres ont été relus ; leur' if many else 'ce chiffre a été relu ; sa'} preuve change, et "
        f"{'ils redescendent' if many else 'il redescend'} à F2 au plus, jusqu’à une nouvelle lecture."
    )


def buttons(place: str, label: str) -> bool:
    """Whether the act was asked for."""
    with st.container(horizontal=True, key=f"{place}_boutons"):
        asked = st.button(label, type="primary", key=f"{place}_envoyer")
        st.button("Fermer", key=f"{place}_fermer", on_click=acts.close, args=(place,))
    return asked
