"""The pieces of one figure, in its form: what each is, and what may be done with it, whatever the figure's status."""

import streamlit as st
from markupsafe import Markup

from impact.formats import capital, counted, short_date
from impact.permissions import Actor, Right
from impact.queries.evidence import PieceView
from impact.queries.sheets import SheetLine
from impact.ui import flash, page, tables
from impact.ui.guard import fragment
from impact.ui.pieces import acts, changing, deposit, said, viewer
from impact.ui.pieces.acts import DEPOSIT, DESCRIBE, DETACH, REPLACE, SEE, Panel
from impact.vocabulary import Role, Status


@fragment(Role.CONTRIBUTOR, Role.NATIONAL, Role.ADMIN)
def draw(actor: Actor, line: SheetLine) -> None:
    """line: of a sheet that this person may fill."""
    place = place_of(line)
    st.subheader("Pièces", anchor=False)
    flash.show(place)
    opened = acts.panel(place)
    for piece in line.attached.pieces:
        _one(actor, line, piece, opened)
    if not line.attached.pieces:
        page.note("Aucune pièce n’étaie encore ce chiffre.")
    if opened and opened.what == DEPOSIT:
        deposit.draw(actor, place, line.cell, line.definition.chantier)
    else:
        st.button(
            "Joindre une pièce", key=f"{place}_ouvrir", icon=":material/attach_file:", on_click=acts.open_panel,
            args=(place, DEPOSIT),
        )  # fmt: skip


def place_of(line: SheetLine) -> str:
    return f"saisie_{line.cell.region}_{line.cell.indicator}_{line.cell.period}_pieces"


def _one(actor: Actor, line: SheetLine, piece: PieceView, opened: Panel | None) -> None:
    place = place_of(line)
    with st.container(key=f"{place}_{piece.number}", gap="xsmall"):
        page.html(summary(piece))
        _buttons(actor, line, piece)
        if opened is None or opened.number != piece.number:
            return
        if opened.what == SEE:
            viewer.draw(piece, f"{place}_{piece.number}")
        else:
            changing.draw(actor, place, opened.what, piece, line.cell)


def summary(piece: PieceView) -> Markup:
    """Title over kind, day, answers, reach, hands and versions."""
    now = piece.now
    told = [
        piece.kind.label,
        f"du {short_date(now.document_date)}" if now.document_date else "",
        said.answers(now),
        said.UNCHECKED if now.link else said.file(now),
        f"ouverte au {piece.confidentiality.label}",
        f"déposée {said.deposited(now)}",
        counted(len(piece.versions), "version") if len(piece.versions) > 1 else "",
    ]
    sentence = page.typeset(capital(", ".join(part for part in told if part)))
    return Markup('<p class="imp-piece"><strong>{}</strong> {}<span class="imp-under">{}.</span></p>').format(
        page.typeset(piece.title), tables.light(piece.code), sentence
    )


def _buttons(actor: Actor, line: SheetLine, piece: PieceView) -> None:
    place = place_of(line)
    fixed = line.status in (Status.SUBMITTED, Status.VALIDATED) and not actor.may(Right.READ_ALL)
    acting = {SEE: "Voir", DESCRIBE: "Décrire"}
    if not fixed:  # what was submitted keeps its grounds; the service says so too
        acting |= {REPLACE: "Remplacer", DETACH: "Détacher"}
    with st.container(horizontal=True, vertical_alignment="center", key=f"{place}_{piece.number}_actes"):
        for what, label in acting.items():
            st.button(
                label, key=f"{place}_{piece.number}_{what}", type="tertiary", on_click=acts.open_panel,
                args=(place, what, piece),
            )  # fmt: skip
        if piece.now.is_file:
            st.html(
                Markup('<span class="imp-piece-file">{}</span>').format(said.download(piece, piece.now)),
                width="content",
            )
