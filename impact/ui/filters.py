"""The filters of the screens that show figures: codes in the address, so that links, bookmarks and history work."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from impact.charts.periods import MONTHS
from impact.figures import Period
from impact.formats import at_least
from impact.presentation.lens import Lens, ended_periods
from impact.proof import GRADES
from impact.ui import page, reads
from impact.ui.reads import Key, Source
from impact.world import World

ALL = "tous"
SINCE_START = "debut"
VALIDATED, PROVISIONAL = "valides", "provisoires"


@dataclass(frozen=True, slots=True)
class Chosen:
    """key: with the campaign chosen. world: the whole of that campaign."""

    key: Key
    world: World
    lens: Lens


def row(
    screen: str, source: Source, *, provisional: bool, chantiers: dict[str, str] | None = None,
    one_chantier: str = "", read: Callable[[Key], World] | None = None,
) -> Chosen:  # fmt: skip
    """Draw the filters and answer what they say. provisional: whether the reader may include submitted figures.

    chantiers: those offered, code -> name; by default all. one_chantier: the usual one, of a screen that shows exactly
    one. read: the world that the screen starts from, all of it unless given. Call it inside a grid.
    """
    read = read or reads.world
    world = read(source.key)
    named = world.chantier_names if chantiers is None else chantiers
    offered = named if one_chantier else {ALL: "Tous les chantiers", **named}
    chantier = one(screen, "chantier", "Chantier", "le chantier", offered, one_chantier)
    period = one(screen, "periode", "Période", "la période", _periods(world, source))
    level = proof(screen)
    kept = one(screen, "chiffres", "Chiffres retenus", "les chiffres", _statuses(provisional))
    key = source.key._replace(campaign=period) if period in source.campaigns else source.key
    lens = _lens(world, "" if chantier == ALL else chantier, period, level, kept == PROVISIONAL)
    return Chosen(key, world if key == source.key else read(key), lens)


def one(
    screen: str, name: str, label: str, what: str, names: Mapping[str, str], default: str = "",
    drops: Sequence[str] = (), above: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """One filter, drawn where there is something to choose. Parameters as settle's."""
    chosen = settle(screen, name, what, names, default, drops, above)
    box(screen, name, label, names)
    return chosen


def proof(screen: str) -> int:
    """The lowest F grade of the figures that count: « and if we only keep what is proven? »"""
    return int(one(screen, "preuve", "Niveau de preuve minimal", "le niveau", _levels())[1:])


def box(screen: str, name: str, label: str, names: Mapping[str, str]) -> None:
    """The widget of a filter that is settled already."""
    if len(names) > 1:
        st.selectbox(label, list(names), format_func=names.__getitem__, key=f"{screen}_{name}", filter_mode="contains")


def settle(
    screen: str, name: str, what: str, names: Mapping[str, str], default: str = "",
    drops: Sequence[str] = (), above: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """The code chosen, ahead of its widget, whose key is screen_name. names: code -> words; the first unless default.

    The address leads on arrival, by a link and by the browser's back button; after that the widget does, and its code
    goes into the address. Nothing is written on arrival: that would push a page over the one to go back to.

    drops: parameters that mean nothing under another code: they leave the address with the old one, in the same step
    back. above: where the default moves with the person and the work, so that an address has to say everything: the
    parameters already settled, code by name; None where the usual code may stay unsaid.
    """
    key, usual = f"{screen}_{name}", default or next(iter(names))
    asked, remembered = st.query_params.get(name), st.session_state.get(f"{key}_adresse", "")
    led, known = asked != remembered, asked in names
    held, implied = st.session_state.get(key), usual if asked is None or asked not in names else asked
    chosen = implied if led or held not in names else str(held)
    if chosen != held:
        st.session_state[key] = chosen
    if led and asked is not None and not known:
        _refuse(what, asked)
    outdated = not led and asked is not None and not known
    if chosen != implied or outdated:
        said = {} if above is None and chosen == usual else {**(above or {}), name: chosen}
        _write(said, [name, *drops])
        asked = st.query_params.get(name)
    if asked != remembered:
        st.session_state[f"{key}_adresse"] = asked
    return chosen


def _refuse(what: str, asked: str) -> None:
    said = f"L’adresse demande {what} « {asked[:40]} » : ce code n’existe pas, ou ne vous est pas ouvert."
    page.warn(said)


def _write(said: Mapping[str, str], leave: Collection[str]) -> None:
    """One step: some parameters leave the address, others come into it."""
    kept = {name: code for name, code in st.query_params.to_dict().items() if name not in leave}
    st.query_params.from_dict({**kept, **said})


def _lens(world: World, chantier: str, period: str, level: int, provisional: bool) -> Lens:
    held = world.periods.get(period)
    return Lens(chantier, held.start if held else None, held.end if held else None, level, provisional)


def _periods(world: World, source: Source) -> dict[str, str]:
    """Since the start, each period that is over, then the other campaigns."""
    names = {SINCE_START: "Depuis le début"}
    names |= {period.code: name(period) for period in ended_periods(world)}
    return names | {code: f"Campagne {code}" for code in source.campaigns if code != world.campaign}


def name(period: Period) -> str:
    """« T2 janv.-mars 2011 »: at most 18 characters, or a phone cuts it."""
    first, last = MONTHS[period.start.month - 1], MONTHS[period.end.month - 1]
    return f"{period.short} {first}-{last} {period.end.year}"


def _levels() -> dict[str, str]:
    return {"F0": "F0 déclaré (tous)"} | {f"F{level}": at_least(level) for level in range(1, GRADES)}


def _statuses(provisional: bool) -> dict[str, str]:
    return {VALIDATED: "Validés"} | ({PROVISIONAL: "Provisoires inclus"} if provisional else {})


def grid(many: int = 4) -> "st.delta_generator.DeltaGenerator":
    """So many in a row, two by two on a phone."""
    return st.grid(many, min_column_width=155, gap="small")
