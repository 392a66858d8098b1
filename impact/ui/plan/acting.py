"""A plan between its region and the national office: submitted, taken back, validated, sent back, withdrawn."""

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from impact.errors import Incomplete
from impact.formats import capital
from impact.permissions import Actor, Right
from impact.presentation.actions import words
from impact.presentation.actions.changes import told
from impact.rules.actions import LABELS
from impact.rules.plan_changes import changes
from impact.services import actions
from impact.ui import editing, flash, page, tables
from impact.ui.admin.forms import Form
from impact.ui.plan.known import PART, SCREEN, Opened, address, every
from impact.ui.reads import Key, calendar
from impact.vocabulary import Section, Status

RETURN_WHY, WITHDRAW_WHY = "motif_retour", "motif_retrait"
CHANGES = (
    tables.Column("what", "Ce qui a changé", html=True, row_header=True),
    tables.Column("before", "Avant"),
    tables.Column("after", "Maintenant"),
)


def draw(key: Key, held: Opened, actor: Actor) -> None:
    """What this person may do with the plan as it stands; nothing for those who only read."""
    row = held.row
    flash.show(place(held))
    if actor.may(Right.REVIEW):
        _others_waiting(key, held)
    if row.is_withdrawn or not actor.may_enter(row.key.region):
        return
    if row.status in (Status.DRAFT, Status.RETURNED):
        if actor.may(Right.REVIEW):  # folded away: it stands where the plan was sent back a moment ago
            with st.expander("Soumettre à la place de la région", key=_form(held, "soumettre").key("volet")):
                _submission(held)
        else:
            _submission(held)
    elif row.status is Status.SUBMITTED:
        (_review if actor.may(Right.REVIEW) else _taking_back)(held)
    elif actor.may(Right.REVIEW):
        _reopening(held)
    _withdrawal(held, actor)


def place(held: Opened) -> str:
    return f"{SCREEN}_{held.key}_actes"


def _form(held: Opened, act: str) -> Form:
    return Form(f"{SCREEN}_{held.key}_{act}")


def _done(held: Opened, form: Form) -> None:
    """The sentence stands where the acts do, which are others by now."""
    flash.say(place(held), st.session_state.pop(form.key("fait"), ""))
    form.fill(**{RETURN_WHY: "", WITHDRAW_WHY: ""})


def _others_waiting(key: Key, held: Opened) -> None:
    """The way on for whoever reviews one plan after another."""
    waiting = [one for one in every(key) if one.status is Status.SUBMITTED and one.key != held.key]
    names = calendar(key).region_names
    links = [
        tables.link(address(one.key), f"{names[one.key.region]}, « {one.title} »")
        for one in waiting if not one.is_withdrawn
    ]  # fmt: skip
    if links:
        said = "Autre plan qui attend une décision" if len(links) == 1 else "Autres plans qui attendent une décision"
        page.html(Markup('<p class="imp-note">{}{}</p>').format(page.typeset(f"{said} : "), Markup(" ; ").join(links)))


# The region


def _submission(held: Opened) -> None:
    """Everything that is missing is said at once; a second click sends the plan as it is."""
    form = _form(held, "soumettre")
    lacking = words.lacking(held.row.plan)
    before = (
        "Les cinq sections sont complètes." if not lacking
        else f"{capital(words.completeness(held.row.plan))} : un plan se soumet aussi incomplet, en le sachant."
    )  # fmt: skip
    page.section("Soumettre au bureau national", before)
    form.show()
    if st.session_state.get(form.key("manque")) != held.row.version:
        form.button("Soumettre le plan", _submit, held, form, primary=True)
        return
    with st.container(border=True, key=form.key("liste")):
        page.html(Markup("<h3>{}</h3>").format("Le plan n’est pas complet"), missing(lacking))
        with st.container(horizontal=True):
            form.button("Soumettre tel quel", _submit, held, form, True, primary=True)
            first = next(iter(lacking), Section.OBJECTIVES)
            st.button("Compléter d’abord", key=form.key("continuer"), on_click=_go_on, args=(form, first))


def missing(lacking: Mapping[Section, Sequence[str]]) -> Markup:
    rows = [
        Markup("<li><strong>{}</strong>{}</li>").format(section.label, page.typeset(f" : {' ; '.join(lacks)}"))
        for section, lacks in lacking.items()
    ]
    return Markup('<ul class="imp-items">{}</ul>').format(Markup().join(rows))


def _submit(token: str, held: Opened, form: Form, as_it_is: bool = False) -> None:
    sent = form.send(
        token, lambda _: "Plan soumis : le bureau national le valide, ou le renvoie avec un motif.",
        actions.submit_plan, held.key, held.row.version, as_it_is=as_it_is,
    )  # fmt: skip
    st.session_state.pop(form.key("manque"), None)
    if sent.done:
        _done(held, form)
    elif isinstance(sent.error, Incomplete):  # what is missing is listed where the button was
        st.session_state.pop(form.key("refus"), None)
        st.session_state[form.key("manque")] = held.row.version


def _go_on(form: Form, first: Section) -> None:
    """To the first section that lacks something."""
    st.session_state.pop(form.key("manque"), None)
    st.session_state[f"{SCREEN}_{PART}"] = first.value


def _taking_back(held: Opened) -> None:
    form = _form(held, "reprendre")
    page.section(
        "Reprendre le plan", "Tant qu’il n’est pas validé : il redevient un brouillon, à soumettre de nouveau."
    )
    form.show()
    form.button("Reprendre le plan", _take_back, held, form)


def _take_back(token: str, held: Opened, form: Form) -> None:
    sent = form.send(
        token, lambda _: "Plan repris : il est de nouveau un brouillon.", actions.take_back_plan, held.key,
        held.row.version,
    )  # fmt: skip
    if sent.done:
        _done(held, form)


def _withdrawal(held: Opened, actor: Actor) -> None:
    """Once validated, everybody has read it: the office alone withdraws it then."""
    if held.row.validated_version is not None and not actor.may(Right.REVIEW):
        return
    form = _form(held, "retirer")
    with st.expander("Retirer l’action", key=form.key("volet")):
        page.note(
            "Elle reste lisible pour la région et le bureau national, sans étape ; elle ne compte plus nulle part."
        )
        form.show()
        editing.lines(form, WITHDRAW_WHY, LABELS[WITHDRAW_WHY], height=70, most=1_000)
        form.button("Retirer l’action", _withdraw, held, form)


def _withdraw(token: str, held: Opened, form: Form) -> None:
    sent = form.send(
        token, lambda _: f"Action {held.key} retirée.", actions.withdraw_action, held.key, form.text(WITHDRAW_WHY),
        held.row.version,
    )  # fmt: skip
    if sent.done:
        _done(held, form)


# The national office


def _review(held: Opened) -> None:
    since = held.row.validated_version
    page.section(
        "Relire et décider",
        f"Ce qui a changé depuis la version {since}, validée." if since else "Aucune version n’a encore été validée.",
        *([changed(held)] if since else []),
    )  # fmt: skip
    lacking = words.lacking(held.row.plan)
    if lacking:
        page.html(page.noted("Soumis incomplet. Il manque :"), missing(lacking))
    validation = _form(held, "valider")
    validation.show()
    validation.button("Valider le plan", _validate, held, validation, primary=True)
    _send_back(held, "Renvoyer le plan à la région", "Renvoyer à la région")


def _reopening(held: Opened) -> None:
    page.section("Rouvrir le plan validé", "Il redevient un brouillon ; la version validée reste lisible.")
    _send_back(held, "Rouvrir avec un motif", "Rouvrir le plan")


def _send_back(held: Opened, title: str, label: str) -> None:
    form = _form(held, "renvoyer")
    with st.expander(title, key=form.key("volet"), expanded=bool(st.session_state.get(form.key("refus")))):
        form.show()
        editing.lines(form, RETURN_WHY, f"{LABELS[RETURN_WHY]}, que la région lira", height=90, most=1_000)
        form.button(label, _return, held, form)


def changed(held: Opened) -> Markup:
    """Between the version validated last and the one in force."""
    validated = held.row.validated
    found = told(changes(validated, held.row.plan)) if validated else []
    if not found:
        return page.nothing("Rien n’a changé depuis.")
    rows = [
        {"what": tables.two_lines(page.typeset(one.what), one.where), "before": one.before, "after": one.after}
        for one in found
    ]  # fmt: skip
    drawn = tables.table(CHANGES, rows, f"Ce qui a changé dans le plan {held.key} depuis sa dernière validation")
    return Markup('<div class="imp-plan">{}</div>').format(drawn)


def _validate(token: str, held: Opened, form: Form) -> None:
    sent = form.send(
        token, lambda _: "Plan validé : tout le réseau peut le lire.", actions.validate_plan, held.key,
        held.row.version,
    )  # fmt: skip
    if sent.done:
        _done(held, form)


def _return(token: str, held: Opened, form: Form) -> None:
    said = "Plan rouvert" if held.row.is_validated else "Plan renvoyé"
    sent = form.send(
        token, lambda _: f"{said} : la région lit le motif en haut de son plan.", actions.return_plan, held.key,
        form.text(RETURN_WHY), held.row.version,
    )  # fmt: skip
    if sent.done:
        _done(held, form)
