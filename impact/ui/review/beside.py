"""The evidence of an open figure, beside it: its pieces opened in the page, its link, its reading and verification."""

import streamlit as st
from markupsafe import Markup

from impact.db import reading
from impact.permissions import EVERYTHING
from impact.queries.authorship import Fall
from impact.queries.evidence import Attached, PieceView, attached, piece
from impact.queries.views import EntryView
from impact.ui import page, readings
from impact.ui.pieces import said, viewer
from impact.ui.sheet.locked import evidence as link


def read(view: EntryView) -> Attached:
    """Its pieces, then the report of its verification, where that is another one."""
    with reading() as session:
        held = attached(session, EVERYTHING, [view.cell])[view.cell]
        if view.verification_report in (None, *(one.number for one in held.pieces)):
            return held
        return Attached((*held.pieces, piece(session, EVERYTHING, view.region, view.verification_report or 0)))


def draw(view: EntryView, held: Attached, fall: Fall | None) -> None:
    for told in filter(None, (readings.fell(fall), readings.read(view), readings.verified(view))):
        page.note(told)
    if held.pieces:
        shown = _chosen(view, held)
        page.html(_described(shown))
        viewer.draw(shown, f"validation_piece_{'_'.join(view.cell)}")
    if view.evidence_link:
        st.html(Markup('<p class="imp-note">{} {}</p>').format(page.typeset("Lien :"), link(view.evidence_link)))
    if not held.pieces and not view.evidence_link:
        page.empty("Ni pièce ni lien : il n’y a rien à relire.")


def _chosen(view: EntryView, held: Attached) -> PieceView:
    """Of several pieces, one is open at a time."""
    if len(held.pieces) == 1:
        return held.pieces[0]
    places = range(len(held.pieces))
    at = st.selectbox(
        f"Pièce affichée, sur {len(held.pieces)}", places, key=f"validation_pieces_{'_'.join(view.cell)}",
        format_func=lambda at: f"{held.pieces[at].code} {held.pieces[at].title}",
    )  # fmt: skip
    return held.pieces[at or 0]


def _described(piece: PieceView) -> Markup:
    """« 22-3 Feuilles d’émargement », then what its depositor says of it."""
    untold = ("Lien", "Fichier")
    rest = [Markup("{} : {}").format(name, text) for name, text in said.facts(piece) if name not in untold]
    heading = Markup('<p class="imp-understood"><strong>{} {}</strong></p>').format(piece.code, piece.title)
    return heading + Markup('<p class="imp-note">{}</p>').format(page.typeset(Markup(" · ").join(rest)))
