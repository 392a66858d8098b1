"""The calendar on the screen: periods with their deadlines and states, and how the national office moves them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st
from markupsafe import Markup

from impact.db import reading
from impact.figures import Mobilisation, Period
from impact.formats import counted, short_date
from impact.permissions import Actor, Right
from impact.queries import catalogue
from impact.queries.book import Book
from impact.queries.catalogue import CampaignRow, ReopeningRow
from impact.services import calendar, setup
from impact.ui import filters, page, tables
from impact.ui.admin import bound, naming
from impact.ui.admin.forms import Form
from impact.ui.admin.words import Names
from impact.ui.tables import Column

DEADLINE = Form("calendrier_echeance")
REOPENING = Form("calendrier_reouverture")
CAMPAIGN = Form("calendrier_campagne_suivante")
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Background:
    """periods: of every campaign, by code. joined: regions active in the network.

    proposed: code, first and last day of the campaign to open next.
    """

    today: date
    campaigns: dict[str, CampaignRow]
    current: str
    periods: dict[str, Period]
    reopenings: list[ReopeningRow]
    mobilisations: list[Mobilisation]
    proposed: tuple[str, date, date]
    names: Names
    joined: frozenset[str]
    demonstration: bool


def background(actor: Actor) -> Background:
    with reading() as session:
        book = Book(session)
        return Background(
            today=book.today,
            campaigns={row.code: row for row in catalogue.campaigns(session)},
            current=book.campaign.code,
            periods=book.periods,
            reopenings=[row for row in book.reopenings.values() if _concerns(row, actor)],
            mobilisations=book.mobilisations,
            proposed=calendar.next_campaign(session),
            names=naming.names(book),
            joined=frozenset(row.code for row in book.regions.values() if row.active),
            demonstration=setup.is_demonstration(session),
        )


def _concerns(row: ReopeningRow, actor: Actor) -> bool:
    return actor.may(Right.READ_ALL) or row.region in actor.regions


# Reading


def choose_campaign(known: Background) -> CampaignRow:
    others = {code: f"Campagne {code}" for code in known.campaigns if code != known.current}
    if not others:
        return known.campaigns[known.current]
    with filters.grid():
        chosen = bound.one("Campagne", "calendrier_campagne", others, f"Campagne {known.current}")
    return known.campaigns[chosen or known.current]


def state(period: Period, today: date) -> tuple[str, str]:
    """Sign and word: what a team can do with the period today."""
    if today < period.start:
        return "○", "à venir"
    if today <= period.end:
        return "◐", "en cours"
    if today <= period.deadline:
        return "●", "à répondre"
    return "–", "close"


COLUMNS = (
    Column("period", "Période", html=True, row_header=True),
    Column("frequency", "Rythme", secondary=True),
    Column("deadline", "Échéance", html=True),
    Column("state", "État", html=True),
    Column("reopened", "Rouverte", html=True),
)


def show_periods(campaign: CampaignRow, known: Background) -> None:
    periods = sorted(period for period in known.periods.values() if period.campaign == campaign.code)
    shown = {row.period for row in known.reopenings} & {period.code for period in periods}
    columns = COLUMNS if shown else COLUMNS[:-1]
    st.html(tables.table(columns, [_row(period, known) for period in periods], f"Périodes de {campaign.code}"))


def _row(period: Period, known: Background) -> dict[str, object]:
    return {
        "period": tables.two_lines(period.short, _days(period)),
        "frequency": period.frequency.label,
        "deadline": tables.two_lines(short_date(period.deadline), _distance(period.deadline, known.today)),
        "state": tables.sign(*state(period, known.today)),
        "reopened": Markup().join(_reopened(row, known) for row in known.reopenings if row.period == period.code),
    }


def _days(period: Period) -> Markup:
    """Its days; its months on a phone."""
    days = f"du {short_date(period.start)} au {short_date(period.end)}"
    months = filters.name(period).removeprefix(f"{period.short} ")
    return Markup('<span class="imp-full">{}</span><span class="imp-short">{}</span>').format(days, months)


def _distance(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return "aujourd’hui"
    return f"dans {counted(days, 'jour')}" if days > 0 else f"il y a {counted(-days, 'jour')}"


def _reopened(row: ReopeningRow, known: Background) -> Markup:
    until = f"{known.names.regions[row.region]}, {_until(row.until, known.today)} {short_date(row.until)}"
    return Markup("<div>{}</div>").format(tables.two_lines(until, page.typeset(f"« {row.reason} »")))


def _until(day: date, today: date) -> str:
    return "jusqu’au" if day >= today else "fermée depuis le"


# Writing


def move_deadline(known: Background) -> None:
    code = st.selectbox(
        "Période", _by_end(known), key=DEADLINE.key("periode"), format_func=_named(known), filter_mode="contains"
    )
    period = known.periods.get(code)
    if period is None:
        return
    form = Form(f"{DEADLINE.name}_{code}")
    st.date_input("Nouvelle échéance", period.deadline, format="DD/MM/YYYY", key=form.key("jour"))
    DEADLINE.button("Déplacer l’échéance", _move, code, form.key("jour"))
    DEADLINE.show()


def _named(known: Background) -> Callable[[str], str]:
    return lambda code: filters.name(known.periods[code]) if code in known.periods else code


def _by_end(known: Background) -> list[str]:
    """Codes, the next deadline first, then those to come, then those that passed."""
    ordered = sorted(known.periods.values(), key=lambda period: (period.deadline < known.today, period.deadline))
    return [period.code for period in ordered]


def _move(token: str, code: str, key: str) -> None:
    day = sent_day(st.session_state.get(key))
    DEADLINE.send(token, lambda _: f"Échéance de {code} : {short_date(day)}.", calendar.set_deadline, code, day)


def sent_day(chosen: object) -> date:
    """A day that was emptied is one that no rule accepts: the service then says what it expects."""
    return chosen if isinstance(chosen, date) else date.min


def reopen(known: Background) -> None:
    closed = [period.code for period in sorted(known.periods.values(), reverse=True) if period.deadline < known.today]
    if not closed:
        page.empty("Aucune période n’est close : il n’y a rien à rouvrir.")
        return
    form, regions = REOPENING, known.names.regions
    mobilised = [code for code in regions if code in {spell.region for spell in known.mobilisations}]
    if not mobilised:
        page.empty("Aucune région n’est mobilisée : il n’y a personne pour qui rouvrir.")
        return
    st.selectbox("Période close", closed, format_func=_named(known), key=form.key("periode"), filter_mode=None)
    st.selectbox(
        "Région", mobilised, format_func=lambda code: regions.get(code, code),
        key=form.key("region"), filter_mode="contains",
    )  # fmt: skip
    st.date_input("Jusqu’au (inclus)", known.today + A_WEEK, format="DD/MM/YYYY", key=form.key("jour"))
    st.text_area("Motif, montré à la région", key=form.key("motif"), max_chars=1_000, height=80)
    form.button("Rouvrir la période", _reopen, regions)
    form.show()


def _reopen(token: str, regions: Mapping[str, str]) -> None:
    form = REOPENING
    said = f"Période {form.text('periode')} rouverte pour {regions.get(form.text('region'))}."
    sent = (form.text("periode"), form.text("region"), sent_day(form.value("jour")), form.text("motif"))
    if form.send(token, lambda _: said, calendar.reopen_period, *sent).done:
        form.fill(motif="")


def open_next(known: Background) -> None:
    """The next campaign in two clicks: what is proposed can be changed before it opens."""
    code, start, end = known.proposed
    form = Form(f"{CAMPAIGN.name}_{code}")
    st.text_input("Code", code, key=form.key("code"), max_chars=9)
    st.date_input("Premier jour", start, format="DD/MM/YYYY", key=form.key("debut"))
    st.date_input("Dernier jour", end, format="DD/MM/YYYY", key=form.key("fin"))
    first, last = sent_day(form.value("debut")), sent_day(form.value("fin"))
    if timedelta(0) < last - first <= calendar.LONGEST:
        page.note(_outline(first, last))
    CAMPAIGN.button("Ouvrir la campagne", _open, form)
    CAMPAIGN.show()


def _outline(first: date, last: date) -> str:
    """« 7 périodes : T1 jusqu’au 31/12/2011, … » as they would be cut."""
    cuts = list(calendar.cuts(first, last))
    ends = ", ".join(f"{suffix} jusqu’au {short_date(end)}" for suffix, _, _, end in cuts if suffix.startswith("T"))
    return f"{counted(len(cuts), 'période')} : {ends}, puis les semestres et l’année. Réponse sous 15 jours."


def _open(token: str, form: Form) -> None:
    code = form.text("code").strip()
    sent = (code, sent_day(form.value("debut")), sent_day(form.value("fin")))
    CAMPAIGN.send(token, lambda periods: f"Campagne {code} ouverte.", calendar.open_campaign, *sent)
