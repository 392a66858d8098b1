"""What a meeting decided: the list, and one decision whole with what came of it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup

from impact.actions import ActionKey
from impact.claims import grade as claim_grade
from impact.confrontation import claim_of
from impact.formats import capital, day_of, short_date
from impact.permissions import Actor, Right
from impact.presentation.confronting import looked_at
from impact.presentation.meetings import STATE_SIGNS, state_text
from impact.queries.decisions import DecisionRow
from impact.rules import definitions
from impact.rules.meetings import PREPARES, measure_fields
from impact.ui import page, tables
from impact.ui.meetings import deciding, pursuing
from impact.ui.meetings.known import CONFRONTING, DECIDING, DECISION, Known, Opened, address, missing
from impact.ui.meetings.sides import cell
from impact.ui.meetings.words import claim, late, plan, state
from impact.ui.page import typeset
from impact.ui.sheet.reference import Fact, facts
from impact.ui.tables import Column
from impact.vocabulary import DecisionState, LabelledEnum

COLUMNS = (
    Column("decision", "Décision", html=True, row_header=True),
    Column("owner", "Responsable", secondary=True),
    Column("due", "Échéance", html=True),
    Column("state", "État", html=True),
)
FIGURES = (
    Column("figure", "Chiffre regardé", html=True, row_header=True),
    Column("value", "Tel qu’il était", "right", html=True),
)


def draw(held: Opened, known: Known, actor: Actor) -> None:
    asked = st.query_params.get(DECISION, "")
    found = next((one for one in held.decisions if str(one.number) == asked), None)
    if found is not None:
        _whole(found, held, known, actor)
        return
    if asked:
        missing("la décision", asked)
    if held.decisions:
        page.html(table(held.decisions, known, "Décisions de la rencontre"))
    else:
        page.empty(
            "Aucune décision n’est encore consignée : chacune paraîtra ici avec son motif, son responsable, son "
            "échéance et les chiffres regardés."
        )
    if actor.may(Right.MEETINGS):
        page.section("Consigner une décision")
        deciding.draw(held, known)


def table(rows: Iterable[DecisionRow], known: Known, caption: str) -> Markup:
    drawn = tables.table(COLUMNS, [_row(one, known) for one in rows], caption)
    return Markup('<div class="imp-meetings">{}</div>').format(drawn)


def own_address(one: DecisionRow) -> str:
    return address(rencontre=str(one.meeting), partie=DECIDING, decision=str(one.number))


def _row(one: DecisionRow, known: Known) -> dict[str, object]:
    link = tables.link(own_address(one), typeset(one.statement))
    about = listed_places(one, known)
    owner = f"{one.owner}, {known.regions[one.owner_region]}" if one.owner_region in known.regions else one.owner
    return {
        "decision": tables.two_lines(link, typeset(f"{one.name}, {one.kind.label}{about}")),
        "owner": owner,
        "due": tables.two_lines(short_date(one.due), late("en retard") if one.is_late else ""),
        "state": state(one.state, one.steps[-1].succeeded if one.steps else None),
    }


def listed_places(one: DecisionRow, known: Known) -> str:
    """« : Picardie vers Bretagne », « : Picardie »; '' where it is about no region."""
    source = known.regions.get(one.action.region, "") if one.action else ""
    host = known.regions.get(one.host_region, "")
    if source and host:
        return f" : {source} vers {host}"
    return f" : {source or host}" if source or host else ""


def _whole(one: DecisionRow, held: Opened, known: Known, actor: Actor) -> None:
    back = tables.link(address(rencontre=str(one.meeting), partie=DECIDING), "← Toutes les décisions de la rencontre")
    page.html(
        Markup('<p class="imp-note imp-way-back">{}</p>').format(back),
        Markup('<blockquote class="imp-claim">{}</blockquote>').format(typeset(one.statement)),
    )
    left, right = st.columns([7, 6], gap="large")
    with left:
        page.section(typeset(f"Décision {one.name} : {one.kind.label}"))
        facts(list(_said(one, held, known)), f"Décision {one.name}")
        if one.measure is not None:
            page.section("Mesure proposée")
            facts(list(_measure(one, known)), f"Mesure proposée par la décision {one.name}")
    with right:
        page.section("Ce qu’il en advient", "", _steps(one))
        page.section("Chiffres regardés", *_figures(one, known))
        page.section("Preuve à ce moment-là", "", *_proof(one, known))
    if actor.may(Right.MEETINGS):
        page.section("Suivre cette décision")
        pursuing.draw(one, known)


def _said(one: DecisionRow, held: Opened, known: Known) -> Iterator[Fact]:
    yield "Motif", typeset(one.reason)
    region = known.regions.get(one.owner_region, "")
    yield "Responsable", f"{one.owner}, {region}" if region else one.owner
    yield "Échéance", Markup("{} {}").format(short_date(one.due), late("en retard") if one.is_late else "")
    if one.action is not None:
        yield "Action concernée", plan(one.action, known.actions.get(str(one.action), str(one.action)))
    if one.kind in PREPARES:
        yield "Région hôte", known.regions.get(one.host_region, one.host_region)
    if one.host is not None:
        yield "Action préparée", _prepared(one.host, known)
    if one.adaptation:
        yield "Adaptation", typeset(one.adaptation)
    if one.kind in PREPARES:
        yield "Convention", _agreement(one, known)
    if one.indicator:
        link = tables.link(f"referentiel?indicateur={one.indicator}", one.indicator)
        yield "Indicateur", Markup("{}, {}").format(link, "entré au référentiel")
    if one.snapshot is not None:
        number = str(one.snapshot)
        yield (
            "Confrontation",
            tables.link(
                address(rencontre=str(one.meeting), partie=CONFRONTING, arrete=number),
                typeset(held.frozen.get(number, f"Confrontation {number}")),
            ),
        )
    yield "Consignée", f"par {one.taken_by} le {short_date(day_of(one.taken_at))}"


def _prepared(key: ActionKey, known: Known) -> Markup | str:
    """The way there for those who may see a plan that is not validated yet."""
    if str(key) in known.actions or known.key.scope.sees_all_of(key.region):
        return plan(key, known.actions.get(str(key), f"{key}, à compléter par la région hôte"))
    return f"{key}, que la région hôte prépare"


def _agreement(one: DecisionRow, known: Known) -> Markup | str:
    if one.agreement is None:
        return tables.light("pas encore signée")
    day, piece = one.agreement
    code = f"{one.host_region}-{piece}"
    named = f"pièce {code}"
    if known.key.scope.sees_all_of(one.host_region):  # to others it may be closed
        named = Markup('<a href="/pieces/{}/{}" target="_blank">{}</a>').format(one.host_region, piece, named)
    return Markup("signée le {}, {}").format(short_date(day), named)


def _measure(one: DecisionRow, known: Known) -> Iterator[Fact]:
    """What is decided of it so far."""
    assert one.measure is not None
    for name, text in measure_fields(one.measure).items():
        value = getattr(one.measure, name)
        told = value.label if isinstance(value, LabelledEnum) else known.chantiers.get(text, text)
        if text:
            yield capital(definitions.LABELS[name]), typeset(told)


def _steps(one: DecisionRow) -> Markup:
    taken = Markup('<li data-sign="{}"><strong>Prise</strong>, {}</li>').format(
        STATE_SIGNS[DecisionState.TAKEN], short_date(one.taken_on)
    )
    steps = Markup().join(
        Markup('<li data-sign="{}"><strong>{}</strong>, {}, {}<br>{}</li>').format(
            STATE_SIGNS[step.state], capital(state_text(step.state, step.succeeded)), short_date(step.on), step.by,
            typeset(step.outcome),
        )
        for step in one.steps
    )  # fmt: skip
    return Markup('<ol class="imp-steps">{}{}</ol>').format(taken, steps)


def _figures(one: DecisionRow, known: Known) -> tuple[str, Markup]:
    """The sentence of the section, and its table."""
    if not one.figures:
        return "", page.nothing("Aucun chiffre n’a été cité.")
    rows = []
    for held in one.figures:
        name, key, side = looked_at(held)
        region = known.regions.get(key.rpartition("-")[0], "")
        rows.append({"figure": tables.two_lines(typeset(name), f"{region}, {key}"), "value": cell(side)})
    drawn = tables.table(FIGURES, rows, f"Chiffres regardés pour la décision {one.name}")
    return "Tels qu’ils étaient ce jour-là ; une correction ne les change pas.", (
        Markup('<div class="imp-meetings">{}</div>').format(drawn)
    )


def _proof(one: DecisionRow, known: Known) -> Iterator[Markup]:
    if not one.proof:
        yield page.nothing("Aucune action n’est en cause : il n’y avait rien à prouver.")
        return
    items = Markup().join(_proof_of(key, held, known) for key, held in one.proof.items())
    yield Markup('<ul class="imp-plain">{}</ul>').format(items)


def _proof_of(key: str, held: Mapping[str, Any], known: Known) -> Markup:
    grades = [f"{many} en F{level}" for level, many in reversed(list(enumerate(held["grades"]))) if many]
    claims = [claim_of(one) for one in held["claims"]]
    said = Markup(" ; ").join(
        Markup("{}, {}").format(claim(one.key), claim_grade(one.level)) for one in claims
    ) or "aucune affirmation lisible"  # fmt: skip
    region = known.regions.get(key.rpartition("-")[0], "")
    return Markup("<li><strong>{}, {}</strong> {} {} ; {}.</li>").format(
        region, key, typeset(":"), ", ".join(grades) or "aucun chiffre cité", said
    )
