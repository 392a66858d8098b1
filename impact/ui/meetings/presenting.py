"""The first part of a meeting: its agenda, who comes by region, its documents."""

from collections.abc import Iterable, Iterator

import streamlit as st
from markupsafe import Markup

from impact.formats import counted, day_of, short_date
from impact.permissions import Actor, Right
from impact.queries.meetings import DocumentRow, MeetingRow
from impact.ui import page, tables
from impact.ui.meetings import filing, holding
from impact.ui.meetings.known import Known, Opened
from impact.ui.page import typeset
from impact.ui.pieces import said
from impact.ui.tables import Column

COMERS = (
    Column("region", "Région", row_header=True),
    Column("people", "Participants", html=True),
)
DOCUMENTS = (
    Column("title", "Document", html=True, row_header=True),
    Column("added", "Ajouté", secondary=True),
)
NO_REGION = "Sans région"


def draw(held: Opened, known: Known, actor: Actor) -> None:
    left, right = st.columns([7, 6], gap="large")
    with left:
        page.section("Ordre du jour", "", _agenda(held.row))
        page.section("Documents", "", *_documents(held.row.documents))
    with right:
        page.section("Participants", _counted(held.row), *_comers(held.row, known))
    if actor.may(Right.MEETINGS):
        page.section("Tenir cette rencontre", "Réservé au bureau national ; chaque acte est gardé dans l’historique.")
        holding.change(held, known)
        holding.tell(held, known)
        holding.attend(held, known)
        filing.add(held)
        filing.withdraw(held)


def _agenda(row: MeetingRow) -> Markup:
    if not row.said.agenda:
        return page.nothing("L’ordre du jour n’est pas encore écrit.")
    return Markup('<p class="imp-agenda">{}</p>').format(typeset(row.said.agenda))


def _counted(row: MeetingRow) -> str:
    if not row.participants:
        return ""
    return f"{counted(len(row.participants), 'personne')}, {counted(len(row.regions), 'région')}."


def _comers(row: MeetingRow, known: Known) -> Iterator[Markup]:
    if not row.participants:
        yield page.nothing("Personne n’est encore inscrit ; les participants paraîtront ici, région par région.")
        return
    by_region: dict[str, list[Markup]] = {}
    for one in row.participants:
        role = Markup('<span class="imp-light">, {}</span>').format(one.role) if one.role else Markup()
        by_region.setdefault(one.region, []).append(Markup("{}{}").format(one.name, role))
    names = list(known.regions)
    order = sorted(by_region, key=lambda code: names.index(code) if code in names else len(names))
    rows = [
        {"region": known.regions.get(code, code or NO_REGION), "people": Markup("<br>").join(by_region[code])}
        for code in order
    ]
    table = tables.table(COMERS, rows, "Participants par région")
    yield Markup('<div class="imp-meetings">{}</div>').format(table)


def _documents(documents: Iterable[DocumentRow]) -> Iterator[Markup]:
    held = list(documents)
    if not held:
        yield page.nothing("Aucun document n’est encore joint à cette rencontre.")
        return
    rows = [
        {"title": _document(one), "added": f"le {short_date(day_of(one.added_at))} par {one.added_by}"} for one in held
    ]
    table = tables.table(DOCUMENTS, rows, "Documents de la rencontre")
    yield Markup('<div class="imp-meetings">{}</div>').format(table)


def _document(one: DocumentRow) -> Markup:
    if one.withdrawn_at is not None:
        why = f"Retiré par {one.withdrawn_by} le {short_date(day_of(one.withdrawn_at))} : {one.withdrawn_reason}"
        return tables.two_lines(typeset(one.title), typeset(why))
    if not one.is_file:
        return tables.two_lines(typeset(one.title), said.link(one.link, 80))
    address = f"/documents/{one.meeting}/{one.number}"
    link = Markup('<a href="{}" download target="_self">{}</a>').format(address, typeset(one.title))
    kind = said.KINDS.get(one.extension, one.extension)
    return tables.two_lines(link, f"{kind}, {said.weight(one.size)}")
