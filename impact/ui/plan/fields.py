"""The fields of a plan's forms: of one line of each section, of the budget, of the identity."""

from collections.abc import Callable, Mapping

import streamlit as st

from impact.actions import Activity, Funding, Line, Objective, Partner, Resource
from impact.presentation.actions import words
from impact.presentation.actions.changes import FORMS, labelled
from impact.presentation.wording import short_name
from impact.rules.actions import LABELS, LONGEST_LINE, LONGEST_NAME
from impact.ui import editing, page
from impact.ui.admin.forms import Form
from impact.ui.plan.known import Opened
from impact.vocabulary import Commitment, FundingState, ResourceKind, Section

AMOUNT = "12 500"
NO_INDICATOR = "Aucun : dites comment on le saura"
NO_PIECE = "Aucune pièce"


def draw(section: Section, form: Form, held: Opened) -> None:
    DRAWN[section](form, held)


def _objective(form: Form, held: Opened) -> None:
    editing.lines(form, "enonce", LABELS["enonce"], height=80, most=LONGEST_LINE)
    names = {code: f"{code} {short_name(one)}" for code, one in held.definitions.items()}
    code = editing.choice(form, "indicateur", LABELS["indicateur"], names, none=NO_INDICATOR)
    _offer_target(form, held, code)
    left, middle, right = st.columns(3)
    unit = f" ({held.definitions[code].unit})" if code else ""
    with left:
        editing.line(form, "base", f"{LABELS['base']}{unit}", most=24)
    with middle:
        editing.line(form, "cible", f"{LABELS['cible']}{unit}", most=24)
    with right:
        editing.day(form, "echeance", LABELS["echeance"])
    editing.line(
        form, "mesure", f"{LABELS['mesure']}, sans indicateur" if code else LABELS["mesure"], most=LONGEST_LINE
    )


def _offer_target(form: Form, held: Opened, code: str) -> None:
    """The target that the national office set for the indicator, to take over with one click."""
    target = held.targets.get(code)
    if target is None:
        return
    definition = held.definitions[code]
    page.note(f"Dans l’écran Cibles, {words.told_target(definition, target)}.")
    st.button(
        "Reprendre cette cible", key=form.key("reprendre"), on_click=form.fill, kwargs=words.target_fields(target)
    )


def _activity(form: Form, held: Opened) -> None:
    editing.line(form, "activite", LABELS["activite"], most=LONGEST_NAME)
    editing.line(form, "livrable", LABELS["livrable"], most=LONGEST_LINE)
    editing.line(form, "qui", LABELS["qui"], most=LONGEST_LINE)
    days(form)


def days(form: Form) -> None:
    left, right = st.columns(2)
    with left:
        editing.day(form, "debut", LABELS["debut"])
    with right:
        editing.day(form, "fin", LABELS["fin"])


def _funding(form: Form, held: Opened) -> None:
    left, right = st.columns(2)
    with left:
        editing.line(form, "financeur", LABELS["financeur"], most=LONGEST_NAME)
    with right:
        editing.choice(form, "forme", LABELS["forme"], FORMS)
    page.note(
        "En euros. Chaque montant est une part du précédent : ce qui est versé a été conventionné, ce qui est "
        "conventionné accordé, et ainsi de suite ; un champ vide : rien n’en est dit."
    )
    cells = st.grid(3, min_column_width=155, gap="small")
    for status in FundingState:
        with cells.cell():
            editing.line(form, status.value, status.label, hint=AMOUNT, most=24)
    pieces(form, "piece", held)


def pieces(form: Form, name: str, held: Opened) -> None:
    """One of the region's pieces; the one that is named already stays on offer once it was taken back."""
    titles = {str(number): f"{held.key.region}-{number} {title}" for number, title in held.pieces.items()}
    named = form.text(name)
    if named and named not in titles:
        titles[named] = f"{held.key.region}-{named} (pièce retirée)"
    editing.choice(form, name, LABELS[name], titles, none=NO_PIECE)
    if not held.pieces:
        page.note("La région n’a encore aucune pièce : elles se déposent dans l’écran Saisie, sous « Pièces ».")


def _resource(form: Form, held: Opened) -> None:
    left, right = st.columns(2)
    with left:
        editing.line(form, "ressource", LABELS["ressource"], most=LONGEST_NAME)
        editing.line(form, "quantite", LABELS["quantite"], hint="1,5", most=24)
    with right:
        editing.choice(form, "type", LABELS["type"], labelled(ResourceKind))
        editing.line(form, "unite", LABELS["unite"], hint="équivalent temps plein", most=LONGEST_NAME)


def _partner(form: Form, held: Opened) -> None:
    left, right = st.columns(2)
    with left:
        editing.line(form, "partenaire", LABELS["partenaire"], most=LONGEST_NAME)
    with right:
        editing.choice(form, "engagement", LABELS["engagement"], labelled(Commitment))
    editing.line(form, "role", LABELS["role"], most=LONGEST_LINE)
    pieces(form, "piece", held)


DRAWN: Mapping[Section, Callable[[Form, Opened], None]] = {
    Section.OBJECTIVES: _objective,
    Section.CONTENT: _activity,
    Section.FUNDING: _funding,
    Section.RESOURCES: _resource,
    Section.PARTNERS: _partner,
}


def identity(form: Form, chantiers: Mapping[str, str]) -> None:
    """Everything but the guide, which needs a piece of the region."""
    left, right = st.columns(2)
    with left:
        editing.line(form, "titre", LABELS["titre"], most=LONGEST_NAME)
    with right:
        editing.choice(form, "chantier", LABELS["chantier"], chantiers)
    editing.lines(form, "besoin", LABELS["besoin"], height=150)
    left, right = st.columns(2)
    with left:
        editing.line(form, "responsable", LABELS["responsable"], most=LONGEST_NAME)
        editing.lines(form, "equipe", LABELS["equipe"], height=80)
    with right:
        editing.line(form, "contact", LABELS["contact"], most=LONGEST_LINE)
        days(form)


def understood(line: Line, held: Opened) -> str:
    """What was read of the numbers and days, to be compared with what was meant."""
    match line:
        case Objective():
            definition = held.definitions.get(line.indicator)
            start, target = (words.goal(definition, value) for value in (line.baseline, line.target))
            goal = f"de {start} à {target}" if line.target is not None else ""
            return " ".join(part for part in (goal, words.span(None, line.due) if line.due else "") if part)
        case Activity():
            return words.span(line.start, line.end)
        case Funding():
            return words.amounts(line)
        case Resource():
            return words.held(line)
        case Partner():
            return ""
