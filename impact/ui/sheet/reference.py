"""What the person who enters reads beside the fields: question, last figure, what is expected, the whole definition."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from impact.figures import Definition, Period
from impact.formats import grade, short_date
from impact.queries.sheets import SheetLine
from impact.ui import page
from impact.ui.wording import answer, expected, kind
from impact.vocabulary import Additivity, Answer

Fact = tuple[str, str | Markup]


def facts(rows: Sequence[Fact], caption: str) -> None:
    """Two columns, name and text, as a table that a screen reader announces."""
    body = Markup().join(Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(*row) for row in rows)
    st.html(
        Markup('<table class="imp-table imp-facts"><caption class="imp-hidden">{}</caption><tbody>{}</tbody></table>')
        .format(caption, body)
    )  # fmt: skip


def draw(line: SheetLine, period: Period) -> None:
    definition = line.definition
    st.html(
        Markup('<p class="imp-question">{}<br><span>{}.</span></p>')
        .format(page.typeset(definition.question), page.typeset(kind(definition, period)))
    )  # fmt: skip
    facts([("Dernière valeur", last(line)), ("Attendu", page.typeset(expected(definition)))], "Repères")
    with st.expander("Définition, pièges et sources de vérification", key=f"saisie_{definition.code}_fiche"):
        facts(_sheet(definition), f"Fiche de {definition.code}")


def last(line: SheetLine) -> Markup | str:
    """The figure of the period before, with its date, state and grade."""
    view = line.previous
    if view is None:
        return "aucune à la période précédente"
    said = Markup("<strong>{}</strong>").format(answer(line.definition, view))
    graded = f", {grade(view.reliability)}" if view.answer is Answer.VALUE else ""
    return Markup("{} au {}, {}{}").format(said, short_date(view.coverage_end), page.status_text(view.status), graded)


def _sheet(definition: Definition) -> list[Fact]:
    held = definition.sheet
    adds = "" if definition.additivity is Additivity.SUM else f" ; {definition.additivity.label}"
    rows: list[Fact] = [
        ("Définition", page.typeset(definition.definition)),
        ("Pièges", _list(held.get("pitfalls", ()))),
        ("Sources de vérification", _list(held.get("verification_sources", ()))),
        ("Méthode de collecte", page.typeset(definition.collection_method)),
        ("Nature", page.typeset(f"{definition.stage.label} ; {definition.accumulation.label}{adds}")),
    ]
    return [(name, text) for name, text in rows if text]


def _list(sentences: Sequence[str]) -> Markup:
    return Markup("<br>").join(page.typeset(sentence) for sentence in sentences)
