"""The form that publishes an indicator's next version: every field as it stands, and what would change."""

from dataclasses import dataclass
from typing import Any

import streamlit as st
from markupsafe import Markup

from impact.errors import Problem
from impact.figures import Definition, Period
from impact.formats import capital, short_date
from impact.presentation.definitions import changed
from impact.rules import definitions as rules
from impact.services import catalogue
from impact.ui import page
from impact.ui.admin.forms import Form
from impact.ui.catalogue.detail import change_table
from impact.ui.catalogue.known import SCREEN, Known, since

LINES = {
    "question": 80, "definition": 170, "numerator_label": 80, "denominator_label": 80, "collection_method": 80,
    "verification_sources": 110, "pitfalls": 170, "aggregation_note": 80,
}  # fmt: skip
"""Height of the fields that hold more than a line, in pixels."""
ONE_A_LINE = {"pitfalls": ", un par ligne", "verification_sources": ", une par ligne"}


@dataclass(frozen=True, slots=True)
class Typing:
    """base: the version that the fields began from; what was not touched since follows the latest."""

    form: Form
    base: Definition
    latest: Definition
    known: Known

    def read(self) -> tuple[dict[str, Any], list[Problem]]:
        """What was touched, and what cannot be read."""
        texts = {name: self.form.text(name) for name in _texts(self.base)}
        changes, problems = rules.read_texts(self.base, texts)
        changes |= {"axes": list(self.form.value("axes") or ()), "proof_of_effect": bool(self.form.value("preuve"))}
        cleaned, unclean = rules.cleaned(self.base, changes)
        return rules.differences(self.base, cleaned), [*problems, *unclean]


def draw(definition: Definition, known: Known) -> None:
    """Under the latest version; an older one leads to it."""
    page.section("Réviser la définition")
    latest = known.versions[definition.code][-1]
    outcome = Form(f"{SCREEN}_reviser_{definition.code}")
    outcome.show()
    if definition.version != latest.version:
        page.note(f"Une révision part de la dernière version : ouvrez la version {latest.version}.")
        return
    offered = rules.starts(latest, known.periods, known.today)
    if not offered:
        page.empty(
            "Aucune période de ce rythme n’est à venir : ouvrez la campagne suivante dans le calendrier, la révision "
            "pourra s’y appliquer."
        )
        return
    with st.expander("Écrire la version suivante", key=outcome.key("volet")):
        page.note(
            "La mesure, l’unité, le cumul, la somme des régions, le sens, le rythme, les décimales, la place et le "
            "chantier ne changent pas : une autre façon de compter est un autre indicateur."
        )
        typing = _typing(outcome, latest, known)
        _fields(typing)
        _preview(typing)
        _when_and_why(typing.form, offered)
        outcome.button(f"Publier la version {latest.version + 1}", _publish, outcome, typing, primary=True)


def _typing(outcome: Form, latest: Definition, known: Known) -> Typing:
    """The fields as somebody left them; begun again from a newer version where nothing was touched."""
    begun = st.session_state.setdefault(outcome.key("base"), latest.version)
    base = next((one for one in known.versions[latest.code] if one.version == begun), latest)
    typing = Typing(Form(f"{outcome.name}_v{base.version}"), base, latest, known)
    if base.version == latest.version:
        return typing
    touched, unread = typing.read() if typing.form.key("name") in st.session_state else ({}, [])
    if not touched and not unread:
        st.session_state[outcome.key("base")] = latest.version
        return _typing(outcome, latest, known)
    st.warning(
        page.plain(
            f"La version {latest.version} a été publiée pendant que vous écriviez. L’aperçu vous compare à elle ; les "
            "champs que vous n’avez pas touchés la suivent."
        )
    )
    return typing


def _texts(definition: Definition) -> dict[str, str]:
    """Typed fields; words for two numbers only where two are typed."""
    texts = rules.to_texts(definition)
    return {name: text for name, text in texts.items() if definition.has_pair or name not in rules.PARTS}


def _fields(typing: Typing) -> None:
    form, texts = typing.form, _texts(typing.base)
    left, right = st.columns(2, gap="large")
    with left:
        for name in ("name", "question", "definition", *rules.PARTS):
            _field(form, name, texts)
        for column, name in zip(st.columns(3), rules.BOUNDS, strict=True):
            with column:
                _field(form, name, texts)
    with right:
        for name in ("collection_method", *rules.LISTS, rules.NOTE):
            _field(form, name, texts)
        st.multiselect(
            "Axes de ventilation", list(typing.known.axes), [axis.code for axis in typing.base.axes],
            format_func=lambda code: typing.known.axes.get(code, code), key=form.key("axes"), placeholder="Aucun axe",
            select_all=False,
        )  # fmt: skip
        st.checkbox("Une preuve d’effet est attendue", typing.base.proof_of_effect, key=form.key("preuve"))


def _field(form: Form, name: str, texts: dict[str, str]) -> None:
    if name not in texts:
        return
    label = capital(rules.LABELS[name]) + ONE_A_LINE.get(name, "")
    if name in LINES:
        st.text_area(label, texts[name], key=form.key(name), height=LINES[name])
    else:
        st.text_input(label, texts[name], key=form.key(name), autocomplete="off")


def _when_and_why(form: Form, offered: list[Period]) -> None:
    left, right = st.columns(2, gap="large")
    names = {period.start: f"{short_date(period.start)} ({period.code})" for period in offered}
    left.selectbox(
        "S’applique aux chiffres à partir du", list(names), format_func=lambda day: names.get(day, str(day)),
        key=form.key("depuis"), filter_mode=None,
    )  # fmt: skip
    right.text_area("Motif, montré à côté de la version", key=form.key("motif"), max_chars=1_000, height=80)


def _preview(typing: Typing) -> None:
    """What the next version would change, before it is published."""
    touched, unread = typing.read()
    st.subheader("Aperçu du changement", anchor=False)
    for problem in unread:
        st.html(Markup('<p class="imp-refusal">{}</p>').format(page.typeset(capital(problem.message))))
    changes = changed(typing.latest, touched, typing.known.axes)
    if changes:
        st.html(change_table(changes, f"Ce que la version {typing.latest.version + 1} changerait"))
    elif not unread:
        page.note("Rien n’a encore changé ; ce que vous modifiez paraîtra ici, avant et après.")


def _publish(token: str, outcome: Form, typing: Typing) -> None:
    touched, unread = typing.read()
    code, form = typing.latest.code, typing.form
    reason = form.text("motif")
    if unread:
        _, others = rules.checked(typing.latest, touched, reason, typing.known.axes)
        outcome.refuse([*unread, *(problem for problem in others if problem.field)])
        return
    sent = outcome.send(
        token, lambda published: f"Version {published.version} de {code} publiée, {since(published)}.",
        catalogue.revise, code, touched, form.value("depuis"), reason, typing.latest.version,
    )  # fmt: skip
    if sent.done:
        st.session_state.pop(outcome.key("base"), None)
