"""How far the sheet is, and its indicators: one line each, one open at a time."""

import streamlit as st

from impact.formats import counted, number, short_date
from impact.queries.sheets import Sheet, SheetLine
from impact.ui import filters, page
from impact.ui.sheet.acts import INDICATOR
from impact.ui.sheet.choice import OPENED, SCREEN
from impact.ui.wording import period_days, short_answer
from impact.vocabulary import CELL_SIGNS, Answer, CellState, Status


def sentence(held: Sheet) -> str:
    """What the page shows: the period, its deadline or its reopening."""
    period = held.period
    said = f"Période {period.short}, {period_days(period)}, à remettre le {short_date(period.deadline)}."
    if held.until and held.until > period.deadline:
        said += f" Feuille rouverte pour cette région jusqu’au {short_date(held.until)} : « {held.until_why} »."
    return said


def progress(held: Sheet) -> None:
    st.progress(held.done / len(held.lines), text=page.plain(page.typeset(progress_sentence(held))))


def progress_sentence(held: Sheet) -> str:
    """« 7 réponses sur 11 ; il reste 1 brouillon, 1 chiffre à corriger et 2 chiffres manquants »"""
    if not held.mobilised and not held.done:
        return "Aucune réponse n’est attendue ici."
    done = f"{counted(held.done, 'réponse soumise', 'réponses soumises')} sur {number(len(held.lines))}"
    statuses = [line.status for line in held.lines]
    drafts, returned = (statuses.count(status) for status in (Status.DRAFT, Status.RETURNED))
    empty = [line.state for line in held.lines if line.view is None]
    missing, to_come = (empty.count(state) for state in (CellState.MISSING, CellState.NOT_DUE))
    left = [
        counted(drafts, "brouillon") if drafts else "",
        f"{counted(returned, 'chiffre')} à corriger" if returned else "",
        counted(missing, "chiffre manquant", "chiffres manquants") if missing else "",
        f"{number(to_come)} à venir" if to_come else "",
    ]
    said = [part for part in left if part]
    if not said:
        return f"{done} : la feuille est complète"
    return f"{done} ; il reste {' et '.join(filter(None, [', '.join(said[:-1]), said[-1]]))}"


def settle(held: Sheet) -> SheetLine:
    """The line that is open: the one asked for, else the first that waits."""
    lines = {line.definition.code: line for line in held.lines}
    usual = _first_waiting(held).definition.code
    above = {"region": held.region, "chantier": held.chantier, "periode": held.period.code}
    return lines[filters.settle(SCREEN, OPENED, "l’indicateur", dict.fromkeys(lines, ""), usual, above=above)]


def _first_waiting(held: Sheet) -> SheetLine:
    """A returned figure, then one begun, then one without an answer, else the first."""
    ranks = {Status.RETURNED: 0, None: 2, Status.DRAFT: 3}
    return min(held.lines, key=lambda line: 1 if line.typed else ranks.get(line.status, 4))


def draw(held: Sheet) -> None:
    st.header("Indicateurs de la feuille", anchor=False)
    lines = {line.definition.code: line for line in held.lines}
    st.radio(
        "Indicateurs de la feuille", list(lines), key=INDICATOR, label_visibility="collapsed",
        format_func=lambda code: f"**{code}** {page.plain(page.typeset(lines[code].definition.name))}",
        captions=[page.plain(caption(line, held.mobilised)) for line in held.lines],
    )  # fmt: skip


def caption(line: SheetLine, mobilised: bool) -> str:
    """Sign, word, value and grade: « ✓ validé · 56,5 % · F2 », « ∅ non disponible, soumis »."""
    unsaved = "✎ saisie non enregistrée" if line.typed else ""
    if line.view is None:
        return unsaved or (page.cell_text(line.state) if mobilised else f"{CELL_SIGNS[line.state]} non attendu")
    warned = " · ▲ alerte" if line.warnings and not line.view.comment and not line.is_done else ""
    said = short_answer(line.definition, line.view)
    if line.view.answer is Answer.VALUE:
        said = f"{said} · F{line.view.reliability}"
    else:
        said = f"{CELL_SIGNS[CellState(line.view.answer.value)]} {said}"
    return f"{unsaved or page.status_text(line.view.status)} · {said}{warned}"
