"""The regions' practice of the language of proof: the PRE indicators, and PRE-06 as the product counts it."""

from impact.formats import counted
from impact.presentation import checked
from impact.ui import page
from impact.ui.evidence import lists
from impact.ui.evidence.board import Board


def draw(shown: Board) -> None:
    if shown.not_mobilised:
        page.note(page.typeset(f"Non mobilisées sur ce chantier : {', '.join(shown.not_mobilised)}."))
    if shown.practice:
        page.html(shown.practice)
    else:
        page.empty(
            "Aucun indicateur de ce chantier n’est attendu à ces dates : les chiffres des régions paraîtront ici."
        )
    definition = shown.checked_by
    if shown.checked and definition is not None:
        page.more(_label(shown), "preuve_pre06", lambda: page.html(
            page.noted(checked.FORMULA), page.noted(READING),
            lists.checked_table(shown.checked, definition, shown.lens.carried),
        ))  # fmt: skip


READING = (
    "Un écart n’est pas une faute : une pièce lue ailleurs que dans ce produit n’est pas comptée ici. Il dit ce qu’un "
    "lecteur ne peut pas vérifier."
)


def _label(shown: Board) -> str:
    """« PRE-06, saisi et calculé par le produit : 2 parts saisies au-dessus de ce que les pièces montrent »"""
    above = checked.higher(shown.checked)
    told = f" : {counted(above, 'part saisie', 'parts saisies')} au-dessus de ce que les pièces montrent"
    return "PRE-06, saisi et calculé par le produit" + (told if above else "")
