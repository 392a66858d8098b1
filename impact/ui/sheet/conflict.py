"""Two people on one figure: both answers side by side, and this person chooses."""

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st
from markupsafe import Markup

from impact.errors import Refused
from impact.figures import Definition
from impact.formats import capital, moment, number, parse_number, short_date
from impact.rules import field_label
from impact.rules.drafts import FIGURE_COLUMNS
from impact.ui import page, tables
from impact.ui.sheet.acts import keep_mine, take_theirs
from impact.ui.sheet.fields import refusal
from impact.ui.sheet.form import Form
from impact.ui.wording import field_text


def draw(form: Form) -> None:
    """Shown instead of the fields, until one of the two is chosen."""
    view = form.line.view
    who = f" par {view.entered_by} le {moment(view.entered_at)}" if view else ""
    st.warning(
        page.plain(
            page.typeset(
                f"Ce chiffre a été modifié{who}, pendant que vous le saisissiez. Choisissez : rien n’est encore perdu."
            )
        )
    )
    columns = [
        tables.Column("name", "Champ", row_header=True),
        tables.Column("theirs", "Enregistré", html=True),
        tables.Column("mine", "Votre saisie", html=True),
    ]
    st.html(tables.table(columns, differences(form), "Les deux réponses, champ par champ"))
    for problem in form.shown_problems:
        refusal(problem.message)
    with st.container(horizontal=True):
        code = form.definition.code
        if st.button("Garder ma saisie", key=f"saisie_{code}_garder"):
            keep_mine(form)
        if st.button("Prendre la valeur enregistrée", key=f"saisie_{code}_prendre"):
            take_theirs(form)


def differences(form: Form) -> list[dict[str, object]]:
    """One row per field on which the two differ, figures in bold."""
    days = {"couverture_debut": short_date(form.period.start), "couverture_fin": short_date(form.period.end)}
    mine, theirs = ({**days, **_filled(texts)} for texts in (form.texts, form.stored))
    names = [name for name in {**theirs, **mine} if mine.get(name) != theirs.get(name)]
    return [
        {
            "name": _label(form.definition, name),
            "theirs": _shown(name, theirs.get(name, "")),
            "mine": _shown(name, mine.get(name, "")),
        }
        for name in names
    ]


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text.strip() for name, text in texts.items() if text.strip()}


def _label(definition: Definition, name: str) -> str:
    return capital(page.typeset(field_label(definition, name)))


def _shown(name: str, text: str) -> Markup | str:
    if not text:
        return tables.light("rien")
    if name.rpartition("/")[2] not in FIGURE_COLUMNS:
        return field_text(name, text)
    with suppress(Refused):  # what cannot be read is shown as it was typed
        text = number(parse_number(text) or 0)
    return tables.strong(text)
