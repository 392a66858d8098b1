"""A regional action and the lines of its plan, as they are typed and as they are meant.

Typed fields have French names (LABELS, FIELDS); amounts are typed in euros, « 12 500,50 ».
"""

from collections.abc import Mapping
from datetime import date

from impact.actions import Activity, Funding, Identity, Line, Objective, Partner, Resource
from impact.errors import Problem
from impact.figures import SCALE, Definition
from impact.formats import euros, short_date, typed
from impact.rules.fields import Fields
from impact.rules.targets import target_decimals
from impact.vocabulary import Commitment, FundingState, Measure, ResourceKind, Section

LABELS = {
    "titre": "Titre de l’action",
    "chantier": "Chantier",
    "besoin": "Besoin auquel elle répond",
    "responsable": "Responsable",
    "equipe": "Équipe",
    "contact": "Contact",
    "debut": "Début",
    "fin": "Fin",
    "guide": "Pièce du guide de mise en œuvre",
    "enonce": "Objectif",
    "indicateur": "Indicateur",
    "base": "Situation de départ",
    "cible": "Cible",
    "echeance": "Échéance",
    "mesure": "Comment on le saura",
    "activite": "Activité",
    "livrable": "Livrable",
    "qui": "Qui",
    "budget": "Budget prévu",
    "financeur": "Financeur",
    "forme": "Numéraire ou nature",
    **{status.value: f"Montant {status.label}" for status in FundingState},
    "piece": "Pièce de la convention",
    "type": "Type de ressource",
    "ressource": "Ressource",
    "quantite": "Quantité",
    "unite": "Unité",
    "partenaire": "Partenaire",
    "role": "Rôle",
    "engagement": "Engagement",
    "motif": "Motif de la modification",
    "motif_retour": "Motif du retour",
    "motif_retrait": "Motif du retrait",
}
IDENTITY_FIELDS = (
    "titre", "chantier", "besoin", "responsable", "equipe", "contact", "debut", "fin", "guide",
)  # fmt: skip
FIELDS: Mapping[Section, tuple[str, ...]] = {
    Section.OBJECTIVES: ("enonce", "indicateur", "base", "cible", "echeance", "mesure"),
    Section.CONTENT: ("activite", "livrable", "qui", "debut", "fin"),
    Section.FUNDING: ("financeur", "forme", *(status.value for status in FundingState), "piece"),
    Section.RESOURCES: ("type", "ressource", "quantite", "unite"),
    Section.PARTNERS: ("partenaire", "role", "engagement", "piece"),
}
"""Names of a line's fields, in the order in which people fill them."""
CASH, IN_KIND = FORMS = ("numeraire", "nature")
LONGEST_NAME, LONGEST_LINE = 200, 500
EURO_DECIMALS, QUANTITY_DECIMALS = 2, 2
EARNED = tuple(status for status in FundingState if status is not FundingState.REFUSED)
"""Each amount is part of the one before."""


def read_identity(fields: Mapping[str, str], region: str = "") -> tuple[Identity | None, list[Problem]]:
    """What was typed, read strictly; None as soon as there is a problem. Absent and blank are the same.

    region: lets its pieces be typed with it, 22-3. Whether the chantier and the piece exist is for plan_refusals.
    """
    reading = Fields(fields, LABELS)
    title, chantier = _needed(reading, "titre", "donnez-lui un titre."), fields.get("chantier", "").strip()
    if not chantier:
        reading.refuse("chantier", "choisissez-en un.")
    start, end = _days(reading)
    found = Identity(
        title, chantier, reading.text("besoin"), reading.text("responsable", LONGEST_NAME), reading.text("equipe"),
        reading.text("contact", LONGEST_LINE), start, end, reading.piece("guide", region),
    )  # fmt: skip
    return (None if reading.problems else found), reading.problems


def identity_fields(identity: Identity) -> dict[str, str]:
    """The French texts that would be typed to say it: the inverse of read_identity."""
    said = (
        identity.title, identity.chantier, identity.need, identity.lead, identity.team, identity.contact,
        _day(identity.start), _day(identity.end), _piece(identity.guide),
    )  # fmt: skip
    return dict(zip(IDENTITY_FIELDS, said, strict=True))


def read_budget(fields: Mapping[str, str]) -> tuple[int | None, list[Problem]]:
    """Planned spending in cash, 1/10,000 euro; None without a problem = nothing was typed."""
    reading = Fields(fields, LABELS)
    return _euros(reading, "budget"), reading.problems


def budget_fields(budget: int | None) -> dict[str, str]:
    return {"budget": _number(budget)}


def read_line(
    section: Section, fields: Mapping[str, str], definition: Definition | None = None, region: str = ""
) -> tuple[Line | None, list[Problem]]:
    """One line of a section, read as read_identity.

    definition: of the indicator that an objective names; None = it names none, or none that exists.
    """
    reading = Fields(fields, LABELS)
    match section:
        case Section.OBJECTIVES:
            found: Line | None = _objective(reading, definition)
        case Section.CONTENT:
            found = _activity(reading)
        case Section.FUNDING:
            found = _funding(reading, region)
        case Section.RESOURCES:
            found = _resource(reading)
        case Section.PARTNERS:
            found = _partner(reading, region)
    return (None if reading.problems else found), reading.problems


def _objective(reading: Fields, definition: Definition | None) -> Objective:
    code = reading.fields.get("indicateur", "").strip()
    if code and (definition is None or definition.code != code):
        reading.refuse("indicateur", f"l’indicateur {reading.excerpt('indicateur')} n’existe pas.")
    goals: dict[str, int | None] = {}
    for name in ("base", "cible"):
        if reading.filled(name) and not code:
            reading.refuse(name, "choisissez l’indicateur que ce nombre mesure, ou videz ce champ.")
        goals[name] = _goal(reading, name, definition) if definition else None
    return Objective(
        _needed(reading, "enonce", "énoncez-le.", LONGEST_LINE), code, goals["base"], goals["cible"],
        reading.day("echeance"), reading.text("mesure", LONGEST_LINE),
    )  # fmt: skip


def _goal(reading: Fields, name: str, definition: Definition) -> int | None:
    """Of a share, « 64 % » or « 64 »."""
    held = _bare(reading, name, "%") if definition.measure is Measure.RATIO else reading
    return _scaled(held, name, target_decimals(definition))


def _activity(reading: Fields) -> Activity:
    name, (start, end) = _needed(reading, "activite", "nommez-la."), _days(reading)
    return Activity(name, reading.text("livrable", LONGEST_LINE), reading.text("qui", LONGEST_LINE), start, end)


def _funding(reading: Fields, region: str) -> Funding:
    funder = _needed(reading, "financeur", "nommez-le.")
    form = reading.closed("forme", list(FORMS)) or CASH
    said = {status: _euros(reading, status.value) for status in FundingState}
    amounts = {status: value for status, value in said.items() if value is not None}
    _refuse_unnested(reading, amounts)
    return Funding(funder, form == IN_KIND, amounts, reading.piece("piece", region))


def _resource(reading: Fields) -> Resource | None:
    kind, name = reading.one_of("type", ResourceKind), _needed(reading, "ressource", "nommez-la.")
    quantity = _amount(reading, "quantite", QUANTITY_DECIMALS)
    unit = reading.text("unite", LONGEST_NAME)
    return Resource(kind, name, quantity, unit) if kind else None


def _partner(reading: Fields, region: str) -> Partner | None:
    name, role = _needed(reading, "partenaire", "nommez-le."), reading.text("role", LONGEST_LINE)
    commitment, piece = reading.one_of("engagement", Commitment), reading.piece("piece", region)
    return Partner(name, role, commitment, piece) if commitment else None


def _refuse_unnested(reading: Fields, amounts: Mapping[FundingState, int]) -> None:
    """What is paid was contracted, what is contracted was granted, and so on; what was refused had been asked for.

    Said of each amount that is too small, with what to write there.
    """
    if any(reading.is_refused(status.value) for status in FundingState):
        return
    least, who = 0, FundingState.PAID.label
    for status in reversed(EARNED):
        if status is FundingState.REQUESTED and (refused := amounts.get(FundingState.REFUSED, 0)):
            who = f"{FundingState.GRANTED.label}s ou {FundingState.REFUSED.label}" if least else "refusé"
            least += refused
        own = amounts.get(status, 0)
        if own < least:
            reading.refuse(status.value, f"écrivez au moins {euros(least)} : {euros(least)} sont {who}s.")
        if own >= least:
            least, who = own, status.label


def _needed(reading: Fields, name: str, else_say: str, longest: int = LONGEST_NAME) -> str:
    text = reading.text(name, longest)
    if not text and not reading.is_refused(name):
        reading.refuse(name, else_say)
    return text


def _days(reading: Fields) -> tuple[date | None, date | None]:
    start, end = reading.day("debut"), reading.day("fin")
    if start and end and end < start:
        reading.refuse("fin", f"la fin ({short_date(end)}) précède le début ({short_date(start)}).")
    return start, end


def _scaled(reading: Fields, name: str, decimals: int) -> int | None:
    value = reading.number(name, decimals)
    return None if value is None else int(value * SCALE)


def _euros(reading: Fields, name: str) -> int | None:
    """Of money, « 12 500 € » or « 12 500 »."""
    return _amount(_bare(reading, name, "€"), name, EURO_DECIMALS)


def _bare(reading: Fields, name: str, unit: str) -> Fields:
    """One field without the unit that its label says already; its problems are those of the others."""
    bare = Fields({name: reading.fields.get(name, "").strip().removesuffix(unit)}, LABELS)
    bare.problems = reading.problems
    return bare


def _amount(reading: Fields, name: str, decimals: int) -> int | None:
    """Of money or of means: never below zero."""
    value = _scaled(reading, name, decimals)
    if value is not None and value < 0:
        reading.refuse(name, "ce nombre ne peut pas être négatif.")
        return None
    return value


def line_fields(line: Line) -> dict[str, str]:
    """The French texts that would be typed to say it: the inverse of read_line."""
    section, said = _said(line)
    return dict(zip(FIELDS[section], said, strict=True))


def _said(line: Line) -> tuple[Section, tuple[str, ...]]:
    match line:
        case Objective():
            goals = (_number(line.baseline), _number(line.target))
            return Section.OBJECTIVES, (line.statement, line.indicator, *goals, _day(line.due), line.measure)
        case Activity():
            return Section.CONTENT, (line.name, line.deliverable, line.who, _day(line.start), _day(line.end))
        case Funding():
            amounts = (_number(line.amounts.get(status)) for status in FundingState)
            form = IN_KIND if line.in_kind else CASH
            return Section.FUNDING, (line.funder, form, *amounts, _piece(line.piece))
        case Resource():
            return Section.RESOURCES, (line.kind.value, line.name, _number(line.quantity), line.unit)
        case Partner():
            return Section.PARTNERS, (line.name, line.role, line.commitment.value, _piece(line.piece))


def name_of(line: Line) -> str:
    """What a line is called among those of its section: its first text."""
    match line:
        case Objective():
            return line.statement
        case Funding():
            return line.funder
        case _:
            return line.name


def _number(scaled: int | None) -> str:
    return "" if scaled is None else typed(scaled)


def _day(day: date | None) -> str:
    return short_date(day) if day else ""


def _piece(number: int | None) -> str:
    return str(number or "")
