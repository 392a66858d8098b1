"""What the person who enters reads beside the fields: question, last figure, what is expected, the whole definition."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from impact.figures import Definition
from impact.formats import NO_BREAK, short_date
from impact.presentation import plans
from impact.presentation.questions import Kind, Question, of_figure
from impact.presentation.wording import is_euros
from impact.progress import expected_on
from impact.queries.sheets import Sheet, SheetLine
from impact.ui import marks, page, tables
from impact.ui.wording import answer, expected, kind
from impact.vocabulary import Accumulation, Additivity, Answer, Direction, Measure

Fact = tuple[str, str | Markup]


def facts(rows: Sequence[Fact], caption: str) -> None:
    """Two columns, name and text, as a table that a screen reader announces."""
    body = Markup().join(Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(*row) for row in rows)
    st.html(
        Markup('<table class="imp-table imp-facts"><caption class="imp-hidden">{}</caption><tbody>{}</tbody></table>')
        .format(caption, body)
    )  # fmt: skip


def draw(line: SheetLine, held: Sheet) -> None:
    definition = line.definition
    st.html(
        Markup('<p class="imp-question">{}<br><span>{}.</span></p>')
        .format(page.typeset(definition.question), page.typeset(kind(definition, held.period)))
    )  # fmt: skip
    aim = [] if definition.direction is Direction.NEUTRAL else [("Cible", target(definition, held))]
    facts([("Dernière valeur", last(line)), *aim, ("À saisir", page.typeset(expected(definition)))], "Repères")
    with st.expander("Définition, pièges et sources de vérification", key=f"saisie_{definition.code}_fiche"):
        facts(_sheet(definition), f"Fiche de {definition.code}")


def last(line: SheetLine) -> Markup | str:
    """The figure of the period before, with its date, state and grade."""
    view = line.previous
    if view is None:
        return "aucune à la période précédente"
    said = tables.strong(tables.explained(answer(line.definition, view), of_figure(view.cell)))
    graded = Markup(" {}").format(marks.beside(view.reliability)) if view.answer is Answer.VALUE else ""
    version = view.definition_version
    broken = "" if version == line.definition.version else f" (version {version} de la définition : rupture de série)"
    when, state = short_date(view.coverage_end), page.status_text(view.status)
    return Markup("{}{} au {}, {}{}").format(said, graded, when, state, page.typeset(broken))


def target(definition: Definition, held: Sheet) -> Markup | str:
    """« 65 % au 30/09/2011 ; attendu au 31/03/2011 : 52 % »; a flow's adds up since the campaign's start."""
    found = held.targets.get(definition.code)
    if found is None:
        return "sans cible pour cet indicateur"
    cumulated = definition.accumulation is Accumulation.FLOW
    since = f", en cumul depuis le {short_date(held.start)}" if cumulated else ""
    asked = Question(Kind.PROGRESS, definition.code, held.region, period=held.period.code)
    value = tables.explained(plans.amount(definition, found.value), asked)
    said = Markup("<strong>{}{}</strong> au {}{}").format(
        value, _unit(definition), short_date(found.due), page.typeset(since)
    )
    by_now = expected_on(definition, found, held.start, held.period.end)
    if by_now is None:
        return said
    day = short_date(held.period.end)
    return Markup("{} ; attendu au {}{}").format(said, day, page.typeset(f" : {plans.amount(definition, by_now)}"))


def _unit(definition: Definition) -> str:
    """Of what carries no sign of its own, with the space before it."""
    has_own = definition.measure is Measure.RATIO or is_euros(definition)
    return "" if has_own else f"{NO_BREAK}{page.typeset(definition.unit)}"


def _sheet(definition: Definition) -> list[Fact]:
    held = definition.sheet
    adds = "" if definition.additivity is Additivity.SUM else f" ; {definition.additivity.label}"
    rows: list[Fact] = [
        ("Définition", page.typeset(definition.definition)),
        ("Pièges", _list(held.get("pitfalls", ()))),
        ("Sources de vérification", _list(held.get("verification_sources", ()))),
        ("Méthode de collecte", page.typeset(definition.collection_method)),
        ("Nature", page.typeset(f"{definition.stage.label} ; {definition.accumulation.label}{adds}")),
        ("Fiche complète", to_sheet(definition)),
    ]
    return [(name, text) for name, text in rows if text]


def to_sheet(definition: Definition) -> Markup:
    """The way to the whole sheet, in the version that the figure follows."""
    address = f"referentiel?indicateur={definition.code}&version={definition.version}"
    return tables.link(address, f"{definition.code}, version {definition.version}")


def _list(sentences: Sequence[str]) -> Markup:
    return Markup("<br>").join(page.typeset(sentence) for sentence in sentences)
