"""The language of proof: regions' practice, what totals are made of, figures without evidence."""

import streamlit as st

from impact.formats import counted
from impact.permissions import Right
from impact.presentation.wording import titled
from impact.ui import filters, page, reads
from impact.ui.evidence import lists, totals
from impact.ui.evidence.board import board
from impact.ui.guard import require

actor = require()

SCREEN = "preuve"
source = reads.source(actor)
head = st.container()
with filters.grid():
    chosen = filters.row(SCREEN, source, provisional=actor.may(Right.READ_ALL))
lens = chosen.lens
shown = board(chosen.key, lens, page.mode())

with head:
    page.head(titled("Langage de la preuve", lens), page.typeset(shown.sentence), source.demonstration)

page.section(titled("Pratique des régions sur le chantier Langage de la preuve", lens))
if shown.not_mobilised:
    page.note(page.typeset(f"Non mobilisées sur ce chantier : {', '.join(shown.not_mobilised)}."))
if shown.practice:
    page.html(shown.practice)
else:
    page.empty("Aucun indicateur de ce chantier n’est attendu à ces dates : les chiffres des régions paraîtront ici.")

page.section(
    titled("De quoi les totaux sont faits", lens),
    "Part de la valeur absolue de chaque total par niveau de fiabilité, et niveau le plus bas ; jamais de moyenne.",
)
if shown.composed:
    totals.taken_apart(shown.composed)
else:
    page.empty("Aucun chiffre n’entre dans ces totaux : leur composition paraîtra ici.")

page.section("Chiffres validés par niveau de fiabilité")
page.key_figures([shown.proven])
validated = sum(map(sum, shown.by_grade.values()))
if validated:
    page.html(lists.grade_table(shown.by_grade, shown.chantier_names, shown.ask))

page.section("Chiffres sans pièce", "Chiffres validés de fiabilité F0 ou F1, du moins au mieux sourcé.")
if shown.bare:
    page.html(shown.bare)
elif validated:
    page.empty("Chaque chiffre validé à ces dates est étayé par une pièce ou un lien.")
else:
    page.empty("Aucun chiffre n’est validé à ces dates : ceux qui manqueront d’une pièce paraîtront ici.")
if shown.more_bare:
    others = st.expander(
        counted(shown.more_bare, "autre ligne", "autres lignes"), key="preuve_suivants", on_change="rerun"
    )
    if others.open:
        others.html(shown.other_bare)
