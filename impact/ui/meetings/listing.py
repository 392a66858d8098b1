"""All meetings, those to come first, and what became of what they decided."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from impact.formats import capital, counted, short_date
from impact.presentation.meetings import followed, slip, when
from impact.queries.decisions import DecisionRow
from impact.queries.meetings import MeetingRow
from impact.ui import page, tables
from impact.ui.meetings.known import Known, address
from impact.ui.meetings.words import late
from impact.ui.page import typeset
from impact.ui.tables import Column

COLUMNS = (
    Column("meeting", "Rencontre", html=True, row_header=True),
    Column("when", "Date", html=True),
    Column("place", "Lieu", secondary=True),
    Column("came", "Participants", html=True, secondary=True),
    Column("decided", "Décisions", html=True, secondary=True),
)


def draw(held: Iterable[MeetingRow], decided: Iterable[DecisionRow], known: Known) -> None:
    by_meeting: dict[int, list[DecisionRow]] = {}
    for one in decided:
        by_meeting.setdefault(one.meeting, []).append(one)
    rows = [
        _row(one, by_meeting.get(one.number, []), known)
        for one in sorted(held, key=lambda one: (one.milestone.expected_on, one.number))
    ]
    if not rows:
        page.empty(
            "Aucune rencontre n’est encore annoncée. Le bureau national les crée ici ; chacun y lira l’ordre du jour, "
            "les démarches confrontées, les enseignements et les décisions."
        )
        return
    table = tables.table(COLUMNS, rows, "Rencontres nationales")
    page.html(Markup('<div class="imp-meetings">{}</div>').format(table))


def _row(one: MeetingRow, decided: list[DecisionRow], known: Known) -> Mapping[str, object]:
    link = tables.link(address(rencontre=str(one.number)), typeset(one.said.theme))
    chantiers = Markup(", ").join(tables.chantier(code, known.chantiers.get(code, code)) for code in one.said.chantiers)
    phone = f" {counted(len(one.regions), 'région')}, {followed(row.state for row in decided)}."
    return {
        "meeting": tables.two_lines(link, Markup('{}<span class="imp-short">{}</span>').format(chantiers, phone)),
        "when": day(one),
        "place": one.said.place or "à préciser",
        "came": "à inscrire" if not one.participants else tables.two_lines(
            counted(len(one.regions), "région"), counted(len(one.participants), "participant")
        ),
        "decided": _decided(decided),
    }  # fmt: skip


def day(one: MeetingRow) -> Markup:
    """The day that counts by now, over the planned one where it slipped."""
    stone = one.milestone
    said = typeset(capital(when(stone.planned_on, stone.expected_on, stone.state)))
    if late_by := slip(stone.planned_on, stone.expected_on):
        return tables.two_lines(said, typeset(f"{late_by} ({short_date(stone.planned_on)})"))
    return Markup("{}").format(said)


def _decided(decided: list[DecisionRow]) -> Markup:
    said = followed(one.state for one in decided)
    overdue = sum(one.is_late for one in decided)
    if not overdue:
        return Markup("{}").format(capital(said))
    return tables.two_lines(capital(said), late(f"{overdue} en retard"))
