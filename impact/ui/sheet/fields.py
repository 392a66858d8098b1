"""The fields of the form. Each keeps itself on the server when it is left, and says at once what is wrong with it."""

import streamlit as st
from markupsafe import Markup

from impact import rules
from impact.figures import Axis, Definition
from impact.formats import capital, short_date
from impact.rules import COLUMNS
from impact.ui import marks, page
from impact.ui.sheet.form import Form, keep, keep_all, show_text
from impact.ui.sheet.sums import running_sum
from impact.vocabulary import Answer, Measure, MethodFamily

_ANSWERS = {Answer.VALUE: "Valeur", Answer.NOT_AVAILABLE: "Non disponible", Answer.NOT_APPLICABLE: "Sans objet"}
_SAME_AS_BEFORE = ("source", "famille_methode", "methode", "population")
_FAMILIES = {"": "Non précisée", **{family.value: family.label for family in MethodFamily}}


def text(form: Form, name: str, label: str, placeholder: str = "", lines: int = 1) -> None:
    """A field, and what is wrong with it below."""
    _box(form, name, label, placeholder, lines)
    beside(form, name)


def _box(form: Form, name: str, label: str, placeholder: str = "", lines: int = 1) -> None:
    key = show_text(form, name)
    label = page.plain(page.typeset(label))
    if lines > 1:
        st.text_area(label, key=key, height=28 * lines + 24, on_change=keep, args=(form, name), placeholder=placeholder)
    else:
        st.text_input(
            label, key=key, on_change=keep, args=(form, name), placeholder=placeholder, autocomplete="off"
        )  # fmt: skip


def beside(form: Form, name: str) -> None:
    """What is wrong with a field, below it."""
    for problem in form.shown_problems:
        if problem.field == name:
            refusal(problem.message)


def refusal(sentence: str) -> None:
    st.html(Markup('<p class="imp-refusal">{}</p>').format(page.typeset(capital(sentence))))


def answer(form: Form) -> None:
    """Valeur / Non disponible / Sans objet."""
    options = list(_ANSWERS)
    key = show_text(form, "etat", [option.value for option in options])
    st.radio(
        "Réponse", [option.value for option in options], format_func=lambda code: _ANSWERS[Answer(code)], key=key,
        horizontal=True, on_change=keep, args=(form, "etat"),
    )  # fmt: skip
    beside(form, "etat")


def figures(form: Form) -> None:
    """The total: one field, or two side by side, level even where one label takes two lines."""
    labels = figure_labels(form.definition)
    for column, place in zip(labels, st.columns(2, vertical_alignment="bottom"), strict=False):
        with place:
            _box(form, column, labels[column])
    for column in labels:
        beside(form, column)


def figure_labels(definition: Definition) -> dict[str, str]:
    """Column -> label of its field."""
    if definition.measure is Measure.RATIO:
        named = {"numerateur": definition.numerator_label, "denominateur": definition.denominator_label}
        return {
            "numerateur": f"Numérateur : {named['numerateur']}",
            "denominateur": f"Dénominateur : {named['denominateur']}",
        }
    if definition.measure is Measure.MEAN:
        cases = definition.denominator_label or "nombre de cas"
        return {"valeur": f"Moyenne : {definition.numerator_label or definition.unit}", "denominateur": capital(cases)}
    return {"valeur": f"Valeur, en {definition.unit}"}


def parts(form: Form) -> None:
    """One folded list per axis, its running sum below it; the fields are only drawn, and sent, once it is open.

    Its title never changes: a new title folds it again, under the hands of who types in it.
    """
    for axis in form.definition.axes:
        folded = st.expander(
            page.plain(f"{axis.label} (facultatif)"), key=form.key(f"axe_{axis.code}"), on_change="rerun"
        )
        if folded.open:
            with folded:
                _categories(form, axis)
        if summed := running_sum(form.definition, axis, form.texts):
            page.note(f"{axis.label} : {summed}.")
        hidden = [] if folded.open else form.shown_problems
        for problem in (*hidden, *form.sum_problems):
            if problem.field.startswith(f"{axis.code}/"):
                refusal(problem.message)


def _categories(form: Form, axis: Axis) -> None:
    page.note(f"{capital(axis.kind.label)}.")
    columns = COLUMNS[form.definition.measure]
    grid = st.grid(3 if len(columns) == 1 else 2, min_column_width=140, gap="small")
    words = _column_words(form.definition)
    for category in axis.categories:
        for column in columns:
            with grid.cell():
                label = f"{category.label}, {words[column]}" if len(columns) > 1 else category.label
                text(form, f"{axis.code}/{category.code}/{column}", label)


def _column_words(definition: Definition) -> dict[str, str]:
    if definition.measure is Measure.MEAN:
        return {"valeur": "moyenne", "denominateur": "nombre de cas"}
    return {"valeur": "", "numerateur": "numérateur", "denominateur": "dénominateur"}


def provenance(form: Form) -> None:
    """Where the figure comes from, and the grade that this gives it."""
    _offer_last_time(form)
    left, right = st.columns(2)
    with left:
        text(form, "source", "Source")
    with right:
        key = show_text(form, "famille_methode", list(_FAMILIES))
        st.selectbox(
            "Méthode de collecte", list(_FAMILIES), format_func=_FAMILIES.__getitem__, key=key, filter_mode=None,
            on_change=keep, args=(form, "famille_methode"),
        )  # fmt: skip
        beside(form, "famille_methode")
    left, right = st.columns(2)
    with left:
        text(form, "methode", "Précisions sur la méthode")
    with right:
        text(form, "population", "Population comptée")
    _coverage(form)
    text(form, "lien_preuve", "Preuve : lien vers la pièce", placeholder="https://")
    st.html(Markup('<p class="imp-note">Fiabilité : {}.</p>').format(marks.raising(form.reliability)))


def _offer_last_time(form: Form) -> None:
    """Sources and methods seldom change: one click takes over those of the period before."""
    before = form.line.previous
    said = {
        name: text
        for name, text in (rules.to_fields(form.definition, before.as_draft()) if before else {}).items()
        if name in _SAME_AS_BEFORE and text
    }
    if said and not any(form.of(name) for name in _SAME_AS_BEFORE):
        st.button(
            "Reprendre la source et la méthode précédentes", key=form.key("reprendre_source"), type="tertiary",
            icon=":material/content_copy:", on_click=keep_all, args=(form, said),
        )  # fmt: skip


def _coverage(form: Form) -> None:
    """Folded, for most figures cover their whole period."""
    whole = (short_date(form.period.start), short_date(form.period.end))
    said = tuple(form.of(name) or day for name, day in zip(("couverture_debut", "couverture_fin"), whole, strict=True))
    names = {"couverture_debut": "Premier jour couvert", "couverture_fin": "Dernier jour couvert"}
    title = "Jours couverts, si ce n’est pas toute la période"
    folded = st.expander(title, key=form.key("couverture"), on_change="rerun")
    if folded.open:
        with folded:
            for (name, label), place, day in zip(names.items(), st.columns(2), whole, strict=True):
                with place:
                    text(form, name, label, placeholder=day)
    else:
        for name in names:
            beside(form, name)
    if said != whole:
        page.note(f"Jours couverts : du {said[0]} au {said[1]}.")


def comment(form: Form) -> None:
    asked = bool(form.warnings) and form.answer is Answer.VALUE
    text(form, "commentaire", "Commentaire" + (" (demandé par l’alerte ci-dessus)" if asked else ""), lines=2)


def reason(form: Form) -> None:
    text(form, "motif", f"Motif : pourquoi ce chiffre est « {form.answer.label} »", lines=2)
