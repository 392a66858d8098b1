"""The lines of a plan as tables, one section after another."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from markupsafe import Markup

from impact.actions import Activity, Funding, Objective, Partner, Resource, stated
from impact.formats import capital, short_date
from impact.presentation.actions import words
from impact.presentation.wording import short_name
from impact.ui import page, tables
from impact.ui.plan.known import Opened
from impact.ui.tables import Column
from impact.vocabulary import Commitment, FundingState, Section

COMMITMENT_SIGNS = {Commitment.APPROACHED: "○", Commitment.AGREED: "◐", Commitment.SIGNED: "●"}
EMPTY = {
    Section.OBJECTIVES: "Aucun objectif n’est écrit : ce que l’action veut changer, de combien et pour quand.",
    Section.CONTENT: "Aucune activité n’est écrite : ce qui sera fait, par qui, pour quel livrable et quand.",
    Section.FUNDING: "Aucun financement n’est écrit : qui apporte quoi, et où en est la demande.",
    Section.RESOURCES: "Aucune ressource n’est écrite : personnes, moyens, expertise, bénévolat.",
    Section.PARTNERS: "Aucun partenaire n’est écrit : qui s’engage, dans quel rôle et jusqu’où.",
}
OBJECTIVES = (
    Column("name", "Objectif", html=True, row_header=True),
    Column("baseline", "Départ", "right", secondary=True),
    Column("target", "Cible", "right", html=True),
    Column("due", "Échéance", "right"),
)
CONTENT = (
    Column("name", "Activité", html=True, row_header=True),
    Column("deliverable", "Livrable", secondary=True),
    Column("who", "Qui", secondary=True),
    Column("when", "Quand"),
)
RESOURCES = (
    Column("name", "Ressource", row_header=True),
    Column("kind", "Type"),
    Column("quantity", "Quantité", "right"),
)
PARTNERS = (
    Column("name", "Partenaire", html=True, row_header=True),
    Column("role", "Rôle", secondary=True),
    Column("commitment", "Engagement", html=True),
    Column("piece", "Convention", html=True, secondary=True),
)
NOT_SAID = "–"


def draw(section: Section, held: Opened, status: FundingState) -> Markup:
    """Every line of a section, as HTML; status: of the money that is shown. An empty one says what belongs there."""
    if not _lines_of(held)[section]:
        return page.nothing(EMPTY[section])
    if section is Section.FUNDING:
        return Markup().join(_money(held, status))
    columns, row = TABLES[section]
    rows = [row(one, held) for one in _lines_of(held)[section]]
    return _wrapped(tables.table(columns, rows, f"{section.label} de l’action {held.key}"))


def _lines_of(held: Opened) -> Mapping[Section, Sequence[object]]:
    plan = held.row.plan
    return {
        Section.OBJECTIVES: plan.objectives, Section.CONTENT: plan.activities, Section.FUNDING: plan.fundings,
        Section.RESOURCES: plan.resources, Section.PARTNERS: plan.partners,
    }  # fmt: skip


def _wrapped(table: Markup) -> Markup:
    return Markup('<div class="imp-plan">{}</div>').format(table)


def _objective(one: Objective, held: Opened) -> dict[str, object]:
    definition = held.definitions.get(one.indicator)
    if definition:
        measured = Markup('<a href="referentiel?indicateur={}" target="_self">{}</a> {}').format(
            one.indicator, one.indicator, short_name(definition)
        )
    else:
        measured = Markup("{}").format(page.typeset(f"On le saura : {one.measure}") if one.measure else "")
    beside = words.beside_target(definition, one, held.targets.get(one.indicator)) if definition else ""
    target = words.goal(definition, one.target)
    return {
        "name": tables.two_lines(page.typeset(one.statement), measured),
        "baseline": words.goal(definition, one.baseline),
        "target": tables.two_lines(tables.strong(target), _differs(beside)) if beside else tables.strong(target),
        "due": short_date(one.due) if one.due else NOT_SAID,
    }


def _differs(beside: str) -> Markup:
    return Markup('<span class="imp-wrapped">{}</span>').format(page.typeset(f"≠ {beside}"))


def _activity(one: Activity, held: Opened) -> dict[str, object]:
    said = " ; ".join(text for text in (one.deliverable, one.who) if text)
    short = Markup('<span class="imp-short">{}</span>').format(page.typeset(said))
    return {
        "name": tables.two_lines(page.typeset(one.name), short),
        "deliverable": one.deliverable or NOT_SAID,
        "who": one.who or NOT_SAID,
        "when": words.span(one.start, one.end),
    }


def _resource(one: Resource, held: Opened) -> dict[str, object]:
    return {"name": page.typeset(one.name), "kind": one.kind.label, "quantity": words.held(one)}


def _partner(one: Partner, held: Opened) -> dict[str, object]:
    short = Markup('<span class="imp-short">{}</span>').format(page.typeset(one.role))
    return {
        "name": tables.two_lines(page.typeset(one.name), short),
        "role": one.role or NOT_SAID,
        "commitment": tables.sign(COMMITMENT_SIGNS[one.commitment], one.commitment.label),
        "piece": piece(one.piece, held),
    }


def piece(number: int | None, held: Opened) -> Markup | str:
    """« 22-3 », which opens it where the reader may; what was taken back says so."""
    if number is None:
        return NOT_SAID
    code = f"{held.key.region}-{number}"
    if not held.row.documents(number):
        return tables.two_lines(code, "pièce retirée")
    if number not in held.pieces:
        return code
    link = Markup('<a href="pieces/{}/{}" target="_blank">{}</a>').format(held.key.region, number, code)
    return tables.two_lines(link, page.typeset(held.pieces[number]))


def _money(held: Opened, status: FundingState) -> Iterable[Markup]:
    """Cash, then what comes in kind, each with its own total: never one sum of both."""
    for in_kind, name in ((False, "En argent"), (True, "En nature, à la valeur déclarée")):
        own = [one for one in held.row.plan.fundings if one.in_kind is in_kind]
        if not own:
            continue
        rows = [_funding(one, held, status) for one in own]
        total = words.euros(stated(held.row.plan, status, in_kind=in_kind))
        rows.append({"name": tables.strong(f"Total {status.label}"), "amount": tables.strong(total)})
        columns = (
            Column("name", name, html=True, row_header=True),
            Column("amount", capital(status.label), "right", html=True),
            Column("piece", "Convention", html=True, secondary=True),
        )
        yield _wrapped(tables.table(columns, rows, f"{name}, {status.label} : financements de {held.key}"))


def _funding(one: Funding, held: Opened, status: FundingState) -> dict[str, object]:
    said = one.amounts.get(status)
    return {
        "name": tables.two_lines(page.typeset(one.funder), capital(words.amounts(one))),
        "amount": NOT_SAID if said is None else words.euros(said),
        "piece": piece(one.piece, held),
    }


TABLES: Mapping[Section, tuple[Sequence[Column], Callable[..., dict[str, object]]]] = {
    Section.OBJECTIVES: (OBJECTIVES, _objective),
    Section.CONTENT: (CONTENT, _activity),
    Section.RESOURCES: (RESOURCES, _resource),
    Section.PARTNERS: (PARTNERS, _partner),
}
