"""The national office's forms on one decision: what became of it, the host's agreement, the measure's entry."""

from collections.abc import Iterable

import streamlit as st

from impact.errors import Problem, StaleEntry
from impact.formats import capital
from impact.presentation.stages import word
from impact.queries.decisions import DecisionRow
from impact.rules import creations, definitions
from impact.rules.fields import Fields
from impact.rules.meetings import FOLLOWING, PREPARES, measure_fields, read_measure
from impact.rules.meetings.decision import LABELS
from impact.rules.meetings.measure import FIELDS, WORDS
from impact.services import decisions
from impact.ui import editing, page, tables
from impact.ui.admin.forms import Form
from impact.ui.meetings.known import SCREEN, Known
from impact.ui.stages.reads import standings
from impact.vocabulary import DecisionKind, DecisionState, LabelledEnum

WELL, BADLY, UNSAID = "oui", "non", ""
SUCCEEDED = {UNSAID: "Trop tôt pour le dire", WELL: "Il a réussi", BADLY: "Il n’a pas réussi"}
LONGEST_CODE = 20
LONG = {"question", "definition", "numerator_label", "denominator_label", "collection_method", definitions.NOTE}
MANY = dict.fromkeys(definitions.LISTS, ", un élément par ligne")
GROUPS = {
    "Ce qu’il faut décider pour publier :": [
        name for name in FIELDS if name not in (*creations.OPTIONAL, *definitions.PARTS)
    ],
    "D’une part ou d’une moyenne, ce que l’on divise :": definitions.PARTS,
    "Facultatif, à compléter plus tard au référentiel :": creations.OPTIONAL,
}
"""The sheet's fields, those without which nothing is published first."""


def draw(one: DecisionRow, known: Known) -> None:
    _follow(one, known)
    signed, entered = _form("convention", one), _form("referentiel", one)
    signed.show()  # once its act is done a form is gone, and says so all the same
    entered.confirm()
    if one.kind in PREPARES and one.agreement is None:
        _agreement(signed, one)
    if one.kind is DecisionKind.NEW_MEASURE and not one.indicator:
        _catalogue(entered, one, known)
    else:
        entered.explain()


def _form(what: str, one: DecisionRow) -> Form:
    return Form(f"{SCREEN}_{what}_{one.meeting}_{one.number}")


# What became of it


def _follow(one: DecisionRow, known: Known) -> None:
    form = _form("suivre", one)
    form.show()
    with editing.panel("Dire ce qu’il en est", form) as is_open:
        if not is_open:
            return
        words = {state.value: capital(state.label) for state in FOLLOWING[one.state]}
        chosen = editing.choice(form, "etat", LABELS["etat"], words)
        if one.kind is DecisionKind.DEPLOYMENT and chosen == DecisionState.DONE:
            page.note(
                "Un déploiement qui réussit ailleurs compte comme preuve de réplication de l’action d’origine. "
                f"Étape de l’action d’accueil aujourd’hui : {_reached(one, known)}."
            )
            editing.choice(form, "reussite", LABELS["reussite"], SUCCEEDED)
        editing.lines(form, "suite", LABELS["suite"])
        form.button("Enregistrer", _say, form, one, primary=True)


def _reached(one: DecisionRow, known: Known) -> str:
    """Where the host's own action stands: what its success is compared with."""
    standing = standings(known.key).get(one.host) if one.host else None
    return word(standing.stage if standing else None)


def _say(token: str, form: Form, one: DecisionRow) -> None:
    reading = Fields(editing.typed(form, ("etat",)), LABELS)
    state = reading.one_of("etat", FOLLOWING[one.state])
    if state is None:
        form.refuse(reading.problems)
        return
    told = form.text("reussite") if state is DecisionState.DONE and one.kind is DecisionKind.DEPLOYMENT else UNSAID
    succeeded = {WELL: True, BADLY: False}.get(told)
    sent = form.send(
        token, lambda _: f"Décision {one.name} : {state.label}.", decisions.follow_up, one.meeting, one.number,
        state, form.text("suite"), succeeded, one.seen_number,
    )  # fmt: skip
    if sent.done:
        form.fill(etat=None, suite="", reussite=None)
        editing.close(form)
    elif isinstance(sent.error, StaleEntry):  # what was said meanwhile shows above; what is typed here stays
        st.session_state[form.key("refus")] = sent


# The agreement of the host region


def _agreement(form: Form, one: DecisionRow) -> None:
    with editing.panel("Enregistrer la convention signée", form) as is_open:
        if is_open:
            page.html(
                page.noted(f"La convention est une pièce de la région hôte, par exemple {one.host_region}-3."),
                tables.link(f"saisie?region={one.host_region}", "La déposer dans l’écran Saisie, sous « Pièces »"),
            )
            left, right = st.columns(2)
            with left:
                editing.day(form, "jour", LABELS["jour"])
            with right:
                editing.line(form, "piece", LABELS["piece"], hint=f"{one.host_region}-3", most=12)
            form.button("Enregistrer la convention", _sign, form, one, primary=True)


def _sign(token: str, form: Form, one: DecisionRow) -> None:
    reading = Fields(editing.typed(form, ("jour", "piece")), LABELS)
    day = reading.day("jour")
    if day is None and not reading.is_refused("jour"):
        reading.refuse("jour", "donnez le jour de la signature.")
    piece = form.text("piece").strip().removeprefix(f"{one.host_region}-")
    if not (piece.isascii() and piece.isdecimal() and len(piece) <= 6):
        reading.refuse("piece", f"donnez le code d’une pièce de la région hôte, comme {one.host_region}-3.")
    if reading.problems or day is None:
        form.refuse(reading.problems)
        return
    sent = form.send(
        token, lambda _: "Convention enregistrée.", decisions.sign_agreement, one.meeting, one.number, day, int(piece),
        one.version,
    )  # fmt: skip
    if sent.done:
        editing.close(form)


# The measure enters the catalogue


def _catalogue(form: Form, one: DecisionRow, known: Known) -> None:
    with editing.panel("Faire entrer la mesure au référentiel", form) as is_open:
        if is_open:
            page.note(
                "Complétez la fiche : elle deviendra la première version d’un indicateur, que les régions mobilisées "
                "sur ce chantier renseigneront."
            )
            _fill(form, one)
            _sheet(form, known)
            form.explain()
            form.button("Publier l’indicateur", _enter, form, one, primary=True)


def _fill(form: Form, one: DecisionRow) -> None:
    """As the meeting drafted it, once; never again over what is typed."""
    if one.measure is None or form.value("ouvert"):
        return
    form.fill(**measure_fields(one.measure), preuve=one.measure.proof_of_effect, ouvert=True)


def _sheet(form: Form, known: Known) -> None:
    left, right = st.columns(2)
    with left:
        editing.line(form, "code", "code de l’indicateur", hint="FOR-21", most=LONGEST_CODE)
    with right:
        editing.day(form, "des_le", "vaut dès le (premier jour d’une période ; vide : celle en cours)")
    for said, names in GROUPS.items():
        page.note(said)
        columns = st.columns(2, gap="large")
        for place, name in enumerate(names):
            with columns[place % 2]:
                _field(form, name, known)
    st.checkbox("Une preuve de l’effet est attendue de cet indicateur", key=form.key("preuve"),
                persist_state="session")  # fmt: skip


def _field(form: Form, name: str, known: Known) -> None:
    label = definitions.LABELS[name]
    if name == "chantier":
        editing.choice(form, name, label, known.chantiers)
    elif words := WORDS.get(name):
        editing.choice(form, name, label, _labels(words), none="Choisir")
    elif name in MANY or name in LONG:
        editing.lines(form, name, f"{label}{MANY.get(name, '')}", height=90, most=5_000)
    else:
        editing.line(form, name, label, most=200)


def _labels(words: Iterable[LabelledEnum]) -> dict[str, str]:
    return {one.value: capital(one.label) for one in words}


def _enter(token: str, form: Form, one: DecisionRow) -> None:
    draft, problems = read_measure(editing.typed(form, FIELDS), proof_of_effect=bool(form.value("preuve")))
    reading = Fields(editing.typed(form, ("code", "des_le")), {"code": "code", "des_le": "vaut dès le"})
    code, day = reading.text("code", LONGEST_CODE), reading.day("des_le")
    told: list[Problem] = [*reading.problems, *problems]
    if draft is None or told:
        form.refuse(told)
        return
    sent = form.send(
        token, lambda found: f"{found.code} est entré au référentiel.", decisions.enter_catalogue, one.meeting,
        one.number, code, draft, day, one.version,
    )  # fmt: skip
    if sent.done:
        editing.close(form)
