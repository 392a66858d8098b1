"""The language of proof: how reliable figures are, what lacks evidence, what is claimed, what nobody knows."""

import streamlit as st

from impact.permissions import Right
from impact.presentation.wording import titled
from impact.ui import filters, page, reads
from impact.ui.evidence import acting, claims, graded, practice, totals, unknowns
from impact.ui.evidence.board import board
from impact.ui.evidence.reads import claims as read_claims
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

page.section("Chiffres validés par niveau de fiabilité")
graded.draw(shown.graded)

acting.draw(actor, shown)

page.section(
    "Affirmations d’impact",
    "Par niveau de preuve de l’effet et par étape atteinte, quelles que soient la période et les chiffres retenus.",
)
claims.draw(read_claims(chosen.key, lens.chantier), lens.chantier)

page.section(titled("Pratique des régions sur le chantier Langage de la preuve", lens))
practice.draw(shown)

page.section(
    titled("De quoi les totaux sont faits", lens),
    "Part de la valeur absolue de chaque total par niveau de fiabilité, et niveau le plus bas ; jamais de moyenne.",
)
if shown.composed:
    totals.taken_apart(shown.composed)
else:
    page.empty("Aucun chiffre n’entre dans ces totaux : leur composition paraîtra ici.")

page.section("Ce que nous ne savons pas")
unknowns.draw(chosen.key, lens)
