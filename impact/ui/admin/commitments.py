"""Mobilisations on the screen: which region works on which chantier, since when, and which one comes first."""

import streamlit as st

from impact.figures import Mobilisation
from impact.formats import short_date, sortable
from impact.services import mobilisations as services
from impact.ui import page, tables
from impact.ui.admin.deadlines import Background, sent_day
from impact.ui.admin.forms import Form
from impact.ui.tables import Column

ADD = Form("calendrier_mobiliser")
END = Form("calendrier_fin")
FIRST = Form("calendrier_principal")

COLUMNS = (
    Column("region", "Région", row_header=True),
    Column("chantier", "Chantier", html=True),
    Column("rank", "Rang"),
    Column("since", "Depuis le", align="right"),
    Column("until", "Jusqu’au", align="right", secondary=True),
)


def show_spells(known: Background) -> None:
    if not known.mobilisations:
        page.empty("Aucune région n’est mobilisée. Le bureau national en décide ici ; les feuilles s’ouvrent ensuite.")
        return
    ordered = sorted(known.mobilisations, key=lambda spell: (sortable(known.names.regions[spell.region]), spell.start))
    st.html(tables.table(COLUMNS, [_row(spell, known) for spell in ordered], "Mobilisations"))


def _row(spell: Mobilisation, known: Background) -> dict[str, object]:
    return {
        "region": known.names.regions[spell.region],
        "chantier": tables.chantier(spell.chantier, known.names.chantiers[spell.chantier]),
        "rank": "principal" if spell.primary else "secondaire",
        "since": short_date(spell.start),
        "until": short_date(spell.end) if spell.end else "en cours",
    }


def add(known: Background) -> None:
    regions, chantiers = known.names.regions, known.names.chantiers
    offered = sorted(regions, key=lambda code: code not in known.joined)
    st.selectbox(
        "Région", offered, format_func=lambda code: regions.get(code, code),
        key=ADD.key("region"), filter_mode="contains",
    )  # fmt: skip
    st.selectbox(
        "Chantier", list(chantiers), format_func=lambda code: chantiers.get(code, code), key=ADD.key("chantier"),
        filter_mode=None,
    )  # fmt: skip
    st.date_input("Depuis le", known.campaigns[known.current].start, format="DD/MM/YYYY", key=ADD.key("debut"))
    st.checkbox("Chantier principal", _usually_primary(known), key=ADD.key(_rank_field()))
    if sentence := _consequence(known):
        page.note(sentence)
    ADD.button("Mobiliser la région", _add)
    ADD.show()


def _rank_field() -> str:
    """One box for each region and chantier: what was ticked for one is never sent for another."""
    return f"principal_{ADD.text('region')}_{ADD.text('chantier')}"


def _running(known: Background) -> list[Mobilisation]:
    """Those of the region chosen."""
    return [spell for spell in known.mobilisations if spell.region == ADD.value("region") and spell.end is None]


def _usually_primary(known: Background) -> bool:
    """The rank that the mobilisation has already; a region's first chantier is its preferred one."""
    running = _running(known)
    own = next((spell for spell in running if spell.chantier == ADD.value("chantier")), None)
    return own.primary if own else not any(spell.primary for spell in running)


def _consequence(known: Background) -> str:
    """What else the choice would change, said before the click."""
    running = _running(known)
    if any(spell.chantier == ADD.value("chantier") for spell in running):
        return "Cette mobilisation est déjà en cours : son début et son rang seront corrigés."
    first = next((spell for spell in running if spell.primary), None)
    if first is None or not ADD.value(_rank_field()):
        return ""
    name = known.names.chantiers[first.chantier]
    if first.start >= (ADD.value("debut") or first.start):
        return f"Le chantier principal actuel, « {name} », deviendra secondaire."
    return f"Le chantier principal actuel, « {name} », prendra fin la veille."


def _add(token: str) -> None:
    said = "Mobilisation enregistrée."
    ADD.send(
        token, lambda _: said, services.mobilise, ADD.text("region"), ADD.text("chantier"),
        primary=bool(ADD.value(_rank_field())), start=ADD.value("debut"),
    )  # fmt: skip


def change(known: Background) -> None:
    """End a running spell, or put its chantier first."""
    regions, chantiers = known.names.regions, known.names.chantiers
    running = {
        f"{spell.region}/{spell.chantier}": f"{regions[spell.region]}, {chantiers[spell.chantier]}"
        for spell in known.mobilisations
        if spell.end is None
    }
    if not running:
        page.empty("Aucune mobilisation n’est en cours.")
        return
    codes = sorted(running, key=lambda code: sortable(running[code]))
    st.selectbox(
        "Mobilisation en cours", codes, format_func=lambda code: running.get(code, code), key=END.key("laquelle"),
        filter_mode="contains",
    )  # fmt: skip
    FIRST.button("En faire le chantier principal", _put_first)
    FIRST.show()
    st.date_input("Dernier jour (inclus)", known.today, format="DD/MM/YYYY", key=END.key("jour"))
    page.note("Les chiffres des périodes suivantes ne seront plus dus ; ceux qui sont saisis restent.")
    END.button("Mettre fin à la mobilisation", _end)
    END.show()


def _which() -> tuple[str, str]:
    region, _, chantier = END.text("laquelle").partition("/")
    return region, chantier


def _put_first(token: str) -> None:
    FIRST.send(token, lambda _: "Chantier principal changé ; rien n’a pris fin.", services.make_primary, *_which())


def _end(token: str) -> None:
    day = sent_day(END.value("jour"))
    END.send(token, lambda _: f"Mobilisation close au {short_date(day)}.", services.demobilise, *_which(), day)
