"""Where an action stands, at the top of its screen: its state, the office's note, its stage and what to do next."""

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from impact.actions import complete
from impact.formats import NARROW, capital, day_of, short_date
from impact.presentation.actions import words
from impact.ui import page, tables
from impact.ui.plan.known import VERSIONS, Opened, address
from impact.ui.stages import ladder
from impact.vocabulary import Section, Status


def title(held: Opened) -> str:
    return f"Plan d’action{NARROW}: {held.row.title}"


def sentence(held: Opened) -> str:
    """« Picardie, Former et sensibiliser : plan ✓ validé, version 3, écrite par Karim Benali le 01/07/2011. »"""
    row = held.row
    place = f"{held.region_name}, {held.chantiers.get(row.chantier, row.chantier)}"
    state = "action retirée" if row.is_withdrawn else f"plan {page.status_text(row.status)}"
    written = f"version {row.version}, écrite par {row.written_by} le {short_date(day_of(row.written_at))}"
    return f"{place} : {state}, {written}."


def draw(held: Opened) -> None:
    """What happened to the plan, then the ladder of stages, and how much of the plan is there."""
    row = held.row
    if row.withdrawn_at is not None:
        page.warn(f"Action retirée par {row.withdrawn_by} le {_day(row.withdrawn_at)} : {row.withdrawn_reason}")
        return
    if row.status is Status.RETURNED and row.reviewed_at:
        page.warn(f"Renvoyé par {row.reviewed_by} le {_day(row.reviewed_at)} : « {row.review_note} ». Corrigez, puis "
              "soumettez de nouveau.")  # fmt: skip
    if said := _told(held):
        page.html(*said)
    if held.stage:
        page.section(
            "Étape de l’action", "Elle se déduit de ce qui est fait ; un plan validé n’en est qu’un des critères.",
            ladder(held.stage),
        )  # fmt: skip
    done = complete(row.plan)
    st.progress(done / len(Section), text=page.plain(page.typeset(capital(_completeness(held)))))


def _told(held: Opened) -> list[Markup]:
    """Sentences about the plan's life, each only where there is something to say."""
    row = held.row
    said: list[str | Markup] = []
    if row.origin:
        meeting, decision = row.origin
        where = f"rencontres?rencontre={meeting}&partie=decisions&decision={decision}"
        link = tables.link(where, f"la décision {decision} de la rencontre {meeting}")
        said.append(Markup("Préparée par {}.").format(link))
    if row.status is Status.SUBMITTED and row.submitted_at:
        said.append(f"Soumis par {row.submitted_by} le {_day(row.submitted_at)} : le bureau national le relit.")
    if row.is_validated and row.reviewed_at:
        said.append(f"Validé par {row.reviewed_by} le {_day(row.reviewed_at)} : tout le réseau le lit.")
    if row.validated_version and not row.is_validated:
        link = tables.link(address(row.key, VERSIONS), f"version {row.validated_version}")
        said.append(Markup("La {}, validée, reste celle que tout le réseau lit.").format(link))
    return [
        Markup('<p class="imp-note">{}</p>').format(one if isinstance(one, Markup) else page.typeset(one))
        for one in said
    ]


def _completeness(held: Opened) -> str:
    lacking = words.lacking(held.row.plan)
    told = f" ; à compléter : {', '.join(section.label.lower() for section in lacking)}" if lacking else ""
    return f"{words.completeness(held.row.plan)}{told}."


def _day(at: datetime) -> str:
    return short_date(day_of(at))
