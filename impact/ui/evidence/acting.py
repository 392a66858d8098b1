"""Figures without evidence, and the way to act for those who may."""

from markupsafe import Markup

from impact.formats import counted, number
from impact.permissions import Actor, Right
from impact.ui import page, tables
from impact.ui.evidence import lists
from impact.ui.evidence.board import Board
from impact.ui.page import typeset

FIRST = 15
"""Figures without evidence that are shown at once."""


def draw(actor: Actor, shown: Board) -> None:
    """Oldest first; those that the reader's own region may mend stand before the others."""
    own = "" if actor.may(Right.READ_ALL) or not actor.may(Right.ENTER) else " Ceux de votre région d’abord."
    page.section("Chiffres sans pièce", f"Chiffres validés de fiabilité F0 ou F1, du plus ancien au plus récent.{own}")
    if actor.may(Right.REVIEW) and shown.unread:
        page.html(_to_read(shown.unread))
    if not shown.bare:
        page.empty(_nothing(shown.graded.validated))
        return
    may_reopen = actor.may(Right.REVIEW)
    ordered = sorted(shown.bare, key=lambda one: not actor.may_enter(one.cell.region))
    page.html(lists.bare_table(ordered[:FIRST], actor.may_enter, may_reopen, shown.lens.carried))
    if rest := ordered[FIRST:]:
        label = counted(len(rest), "autre chiffre sans pièce", "autres chiffres sans pièce")
        page.more(label, "preuve_suivants", lambda: page.html(
            lists.bare_table(rest, actor.may_enter, may_reopen, shown.lens.carried)
        ))  # fmt: skip


def _to_read(unread: int) -> Markup:
    told = (
        f"{number(unread)} chiffre validé a une pièce que personne d’autre que son auteur n’a lue"
        if unread < 2
        else f"{number(unread)} chiffres validés ont une pièce que personne d’autre que leur auteur n’a lue"
    )
    return Markup('<p class="imp-note">{}. {}</p>').format(
        typeset(told), tables.link("validation", "Les relire dans Validation")
    )


def _nothing(validated: int) -> str:
    if validated:
        return "Chaque chiffre validé à ces dates est étayé par une pièce ou un lien."
    return "Aucun chiffre n’est validé à ces dates : ceux qui manqueront d’une pièce paraîtront ici."
