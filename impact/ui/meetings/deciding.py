"""The form of a decision: its kind first, then what that kind asks for, and the figures looked at."""

from datetime import date

import streamlit as st

from impact.confrontation import action_key
from impact.errors import Problem
from impact.formats import capital
from impact.presentation.confronting import names
from impact.rules import definitions
from impact.rules.meetings import ABOUT_AN_ACTION, PREPARES, MeasureDraft, read_decision, read_measure
from impact.rules.meetings.decision import LABELS, LONGEST
from impact.services import decisions
from impact.ui import editing, flash, page
from impact.ui.admin.forms import Form
from impact.ui.meetings.known import SCREEN, Known, Opened, go
from impact.vocabulary import DecisionKind, Measure

TEXTS = ("decision", "motif", "responsable", "region_responsable", "echeance")
MEASURE_TEXTS = ("name", "question", "definition", "unit")
MEASURE = (*MEASURE_TEXTS, "chantier", "measure")
ADAPTED = (DecisionKind.DEPLOYMENT, DecisionKind.ADAPTATION)
NOWHERE = "Aucune ligne"
KINDS = {
    DecisionKind.NEW_ACTION: "La région hôte trouvera une action nouvelle à préparer dans son plan.",
    DecisionKind.DEPLOYMENT: "La région hôte trouvera l’action à adapter dans son plan, sans chiffres ni argent.",
    DecisionKind.NEW_MEASURE: "Le brouillon d’un indicateur : il pourra entrer au catalogue une fois complété.",
    DecisionKind.CONTINUATION: "L’action continue comme elle est.",
    DecisionKind.ADAPTATION: "L’action continue autrement : dites ce qui change.",
    DecisionKind.STOP: "L’action s’arrête : ses chiffres et son plan restent lisibles.",
}


def draw(held: Opened, known: Known) -> None:
    form = Form(f"{SCREEN}_decider_{held.row.number}")
    form.confirm()
    with editing.panel("Prendre une décision", form) as is_open:
        if is_open:
            _form(form, held, known)


def _form(form: Form, held: Opened, known: Known) -> None:
    words = {kind.value: capital(kind.label) for kind in DecisionKind}
    chosen = editing.choice(form, "nature", LABELS["nature"], words)
    if not chosen:
        page.note("Choisissez d’abord la nature de la décision : le formulaire s’y adapte.")
        return
    kind = DecisionKind(chosen)
    page.note(KINDS[kind])
    _of_kind(form, kind, known)
    editing.lines(form, "decision", "ce qui est décidé", height=80, most=LONGEST["decision"])
    editing.lines(form, "motif", "motif : pourquoi", height=80, most=LONGEST["motif"])
    left, middle, right = st.columns([2, 2, 1])
    with left:
        editing.line(form, "responsable", LABELS["responsable"], most=LONGEST["responsable"])
    with middle:
        editing.choice(form, "region_responsable", LABELS["region_responsable"], known.regions, none="Aucune")
    with right:
        editing.day(form, "echeance", LABELS["echeance"])
    _looked_at(form, held)
    form.explain()
    form.button("Consigner la décision", _decide, form, kind, held.row.number, known.today, primary=True)


def _of_kind(form: Form, kind: DecisionKind, known: Known) -> None:
    left, right = st.columns(2, gap="large")
    if kind in ABOUT_AN_ACTION or kind is DecisionKind.NEW_ACTION:
        with left:
            optional = kind is DecisionKind.NEW_ACTION
            label = "action dont elle part (facultatif)" if optional else LABELS["action"]
            editing.choice(form, "action", label, known.actions, none="Aucune" if optional else "Choisir")
    if kind in PREPARES:
        with right:
            editing.choice(form, "region_hote", LABELS["region_hote"], known.regions)
    if kind is DecisionKind.NEW_ACTION:
        left, right = st.columns(2, gap="large")
        with left:
            editing.line(form, "titre", LABELS["titre"], most=LONGEST["titre"])
        with right:
            editing.choice(form, "chantier", LABELS["chantier"], known.chantiers)
    if kind in ADAPTED:
        editing.lines(form, "adaptation", "adaptation : ce qui doit changer", height=80, most=LONGEST["adaptation"])
    if kind is DecisionKind.NEW_MEASURE:
        _measure(form, known)


def _measure(form: Form, known: Known) -> None:
    labels = definitions.LABELS
    left, middle, right = st.columns([2, 1, 1])
    with left:
        editing.line(form, "name", "nom de l’indicateur", most=definitions.TEXTS["name"])
    with middle:
        editing.choice(form, "chantier", labels["chantier"], known.chantiers)
    with right:
        editing.choice(form, "measure", labels["measure"], {one.value: capital(one.label) for one in Measure},
                       none="À décider")  # fmt: skip
    left, right = st.columns([3, 1])
    with left:
        editing.line(form, "question", labels["question"], most=definitions.TEXTS["question"])
    with right:
        editing.line(form, "unit", labels["unit"], most=80)
    editing.lines(form, "definition", labels["definition"], height=80)


def _looked_at(form: Form, held: Opened) -> None:
    """Figures as they stood in a comparison of this meeting; none without one."""
    if not held.frozen:
        page.note("Figez d’abord une confrontation pour citer les chiffres regardés ; la décision peut s’en passer.")
        return
    number = editing.choice(
        form, "confrontation", "confrontation regardée", held.frozen, none="Aucune : décision prise sans chiffres"
    )
    if number:
        offered = {code: page.typeset(name) for code, name in names(held.comparison(int(number))).items()}
        editing.choices(form, f"chiffres_{number}", LABELS["chiffres"], offered, none="Choisir des chiffres")


def _decide(token: str, form: Form, kind: DecisionKind, meeting: int, today: date) -> None:
    measure, problems = _read_measure(form) if kind is DecisionKind.NEW_MEASURE else (None, [])
    action, number = form.text("action"), form.text("confrontation")
    draft, more = read_decision(
        editing.typed(form, _drawn(kind)), action=action_key(action) if action and kind in _ABOUT else None,
        measure=measure, snapshot=int(number) if number else None,
        figures=form.value(f"chiffres_{number}") or () if number else (), today=today,
    )  # fmt: skip
    told = [*problems, *(one for one in more if not (problems and one.field == "mesure"))]
    if draft is None or told:
        form.refuse(told)
        return
    sent = form.send(token, lambda taken: f"Décision {taken} consignée.", decisions.decide, meeting, draft, "")
    if sent.done:
        _empty(form)
        st.session_state.pop(form.key("fait"), None)
        flash.say(SCREEN, f"Décision {sent.value} consignée.")
        go(rencontre=str(meeting), partie="decisions", decision=str(sent.value))


_ABOUT = (*ABOUT_AN_ACTION, DecisionKind.NEW_ACTION)


def _drawn(kind: DecisionKind) -> tuple[str, ...]:
    """The fields that this kind shows; what was typed for another stays where it was, and is not sent."""
    more = (("region_hote",) if kind in PREPARES else ()) + (("adaptation",) if kind in ADAPTED else ())
    return ("nature", *TEXTS, *more, *(("titre", "chantier") if kind is DecisionKind.NEW_ACTION else ()))


def _read_measure(form: Form) -> tuple[MeasureDraft | None, list[Problem]]:
    return read_measure(editing.typed(form, MEASURE))


def _empty(form: Form) -> None:
    form.fill(**dict.fromkeys((*TEXTS, *MEASURE_TEXTS, "titre", "adaptation"), ""))
    form.fill(**dict.fromkeys(("nature", "action", "region_hote", "region_responsable", "chantier", "measure")))
    editing.close(form)
