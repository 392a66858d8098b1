"""Which part of an action is shown: one at a time, in the address, with what each still lacks beside its name."""

import streamlit as st

from impact.formats import NARROW, counted
from impact.permissions import Actor
from impact.presentation.actions import words
from impact.ui import filters, flash, page
from impact.ui.plan import acting, history, lines, part, stating, whole, writing
from impact.ui.plan.known import IDENTITY, MILESTONES, PART, SCREEN, SECTION_OF, VERSIONS, WHOLE, Opened
from impact.ui.reads import Key
from impact.ui.stages import milestones_of
from impact.ui.stages.timeline import HOW
from impact.vocabulary import FundingState, Section

NAMES = {
    WHOLE: "Le plan en entier",
    IDENTITY: "Identité",
    **{section.value: section.label for section in Section},
    MILESTONES: "Jalons",
    VERSIONS: "Versions",
}


def choose(held: Opened) -> str:
    """Draw the list of parts; the code of the one chosen."""
    chosen = filters.settle(SCREEN, PART, "la partie", NAMES, WHOLE, [writing.LINE, "version"], above=_above(held))
    captions = _captions(held)
    st.radio(
        "Parties du plan", list(NAMES), key=f"{SCREEN}_{PART}", format_func=NAMES.__getitem__,
        captions=[page.typeset(captions.get(code, "")) for code in NAMES],
    )  # fmt: skip
    return chosen


def _above(held: Opened) -> dict[str, str]:
    return {"region": held.key.region, "action": str(held.key.number)}


def _captions(held: Opened) -> dict[str, str]:
    lacking = words.lacking(held.row.plan)
    told = {
        section.value: f"○ à compléter : {counted(len(lacking[section]), 'point')}" if section in lacking
        else "✓ complète"
        for section in Section
    }  # fmt: skip
    identity = held.row.plan.identity
    said = {"responsable": identity.lead, "équipe": identity.team, "besoin": identity.need}
    blank = [word for word, text in said.items() if not text]
    return told | {IDENTITY: f"○ à dire : {', '.join(blank)}" if blank else "✓ complète"}


def draw(key: Key, code: str, held: Opened, status: FundingState, actor: Actor) -> None:
    """For those who write for the region: the part that is chosen, with its forms."""
    if code in SECTION_OF:
        _section(SECTION_OF[code], held, status)
    elif code == IDENTITY:
        _identity(held)
    elif code == MILESTONES:
        milestones(actor, held)
    elif code == VERSIONS:
        history.draw(held, status)
    else:
        whole.draw(held, status)
        acting.draw(key, held, actor)


def _section(section: Section, held: Opened, status: FundingState) -> None:
    """What is missing, the lines, and the form of one line."""
    writes = part.is_open(held)
    whole.heading(section, held)
    flash.show(writing.place_of(section))
    if section is Section.FUNDING:
        whole.money(held)
        if writes:
            stating.budget(held)
        whole.status_note(status)
    page.html(lines.draw(section, held, status))
    if writes:
        writing.section(section, held)
    else:
        page.note(part.why_closed(held))


def _identity(held: Opened) -> None:
    page.section("Identité", "Ce que l’action est : l’étape « émergence » lit le responsable, l’équipe et le besoin.")
    flash.show(f"{SCREEN}_identite")
    if part.is_open(held):
        stating.identity(held)
    else:
        whole.draw_identity(held)
        page.note(part.why_closed(held))


def milestones(actor: Actor, held: Opened) -> None:
    page.section(f"Jalons de la région{NARROW}: {held.region_name}", HOW)
    milestones_of(actor, held.key.region, action=held.key)
