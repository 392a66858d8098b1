"""What may be done with a piece that is there: replaced, described better, taken off a figure, withdrawn."""

import streamlit as st

from impact.figures import Cell
from impact.permissions import Actor
from impact.queries.evidence import PieceView
from impact.ui import page
from impact.ui.pieces import acts, fields, files
from impact.ui.pieces.acts import DESCRIBE, DETACH, REPLACE, WITHDRAW
from impact.ui.pieces.deposit import buttons, warn


def draw(actor: Actor, place: str, what: str, piece: PieceView, cell: Cell | None = None) -> None:
    """The panel that is open under a piece. cell: the figure that it would be taken off."""
    with st.container(border=True, key=f"{place}_changer"):
        if what == REPLACE:
            _replace(actor, place, piece)
        elif what == DESCRIBE:
            _describe(place, piece)
        elif what == DETACH and cell:
            _detach(actor, place, piece, cell)
        elif what == WITHDRAW:
            _withdraw(actor, place, piece)


def _replace(actor: Actor, place: str, piece: PieceView) -> None:
    st.subheader("Remplacer cette pièce", anchor=False)
    page.note("La version d’avant reste lisible. Sans nouveau fichier ni lien, seul ce qui est dit du document change.")
    sent = files.choose(acts.form(place), several=False)
    fields.link(acts.form(place), "Ou un lien : son adresse")
    fields.naming(acts.form(place))
    fields.contents(acts.form(place))
    fields.reason(acts.form(place), "Motif du remplacement")
    warn(actor, piece.cells)
    if buttons(place, "Remplacer"):
        texts = fields.texts(acts.form(place), "lien")
        if sent and texts["lien"] == piece.now.link:  # the file takes the place of the link that was there
            texts["lien"] = ""
        acts.replace(place, piece, texts, _reason(place), sent)


def _describe(place: str, piece: PieceView) -> None:
    st.subheader("Corriger la description", anchor=False)
    page.note("Le document reste le même : aucun niveau de preuve ne change.")
    fields.naming(acts.form(place))
    if buttons(place, "Corriger"):
        said = fields.texts(acts.form(place))
        acts.describe(place, piece, {name: said[name] for name in ("type", "titre", "confidentialite")})


def _detach(actor: Actor, place: str, piece: PieceView, cell: Cell) -> None:
    st.subheader("Détacher cette pièce du chiffre", anchor=False)
    page.note("Elle reste parmi les pièces de la région, et étaie toujours ses autres chiffres.")
    fields.reason(acts.form(place), f"Pourquoi elle n’étaie plus {cell.indicator}")
    warn(actor, [cell])
    if buttons(place, "Détacher"):
        acts.detach(place, piece, cell, _reason(place))


def _withdraw(actor: Actor, place: str, piece: PieceView) -> None:
    st.subheader("Retirer cette pièce", anchor=False)
    page.note("Elle n’étaiera plus aucun chiffre ; ses versions restent lisibles, avec le motif.")
    fields.reason(acts.form(place), "Motif du retrait")
    warn(actor, piece.cells)
    if buttons(place, "Retirer"):
        acts.withdraw(place, piece, _reason(place))


def _reason(place: str) -> str:
    return str(st.session_state.get(fields.key(acts.form(place), "motif")) or "")
