"""A plan read from top to bottom, as it would be printed: what the action is, its five sections, its money."""

from collections.abc import Iterator
from fractions import Fraction

import streamlit as st

from impact.actions import stated, still_identified
from impact.formats import percent
from impact.presentation.actions import words
from impact.ui import page
from impact.ui.plan import lines
from impact.ui.plan.known import Opened
from impact.ui.sheet.reference import Fact, facts
from impact.vocabulary import FundingState, Section

HALF = 50
"""Per cent of the budget that the gate to déploiement asks for, under contract, with its piece."""


def draw(held: Opened, status: FundingState) -> None:
    """Everything, read only. status: of the money that is shown."""
    page.section("Identité")
    draw_identity(held)
    for section in Section:
        heading(section, held)
        if section is Section.FUNDING:
            money(held)
        page.html(lines.draw(section, held, status))


def draw_identity(held: Opened) -> None:
    facts(list(_identity(held)), f"Identité de l’action {held.key}")


def _identity(held: Opened) -> Iterator[Fact]:
    for name, text in words.facts(held.row.plan.identity, held.chantiers, contact=held.sees_all):
        yield name, page.typeset(text)
    guide = held.row.plan.identity.guide
    yield "Guide de mise en œuvre", lines.piece(guide, held) if guide else "pas encore"


def heading(section: Section, held: Opened) -> None:
    """The section's title, and whether it is complete."""
    lacks = words.lacking(held.row.plan).get(section)
    page.section(section.label, f"Il manque : {' ; '.join(lacks)}." if lacks else "Section complète.")


def money(held: Opened) -> None:
    """The budget beside what is identified and what is under contract: cash alone."""
    plan = held.row.plan
    if not plan.budget and not plan.fundings:
        return
    contracted = FundingState.CONTRACTED
    documented = sum(
        one.amounts.get(contracted, 0) for one in plan.fundings if not one.in_kind and held.row.documents(one.piece)
    )
    identified = None if stated(plan, FundingState.IDENTIFIED) is None else still_identified(plan)
    agreed = stated(plan, contracted)
    share = f"{percent(Fraction(100 * documented, plan.budget))} du budget" if plan.budget else "sans budget"
    told = () if agreed is None else (f"dont {words.euros(documented)} avec leur pièce, {share}",)
    page.key_figures([
        page.key_figure("Budget prévu", words.euros(plan.budget), lines=("dépenses en argent",)),
        page.key_figure("Identifié, non refusé", words.euros(identified), lines=("en argent",)),
        page.key_figure("Solde", *words.gap(plan)),
        page.key_figure(
            "Conventionné", words.euros(agreed),
            lines=(*told, f"{HALF} % pour le déploiement"),
        ),
    ])  # fmt: skip


def status_note(status: FundingState) -> None:
    st.html(page.noted(
        f"Montants comptés : {status.label}. Un seul statut à la fois ; l’argent et la nature ne s’additionnent jamais."
    ))  # fmt: skip
