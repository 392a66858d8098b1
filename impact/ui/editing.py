"""Fields of a form: kept while one is elsewhere, and what somebody else changed meanwhile is told."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from impact.errors import StaleEntry
from impact.formats import capital
from impact.ui import guard, page, tables
from impact.ui.admin.forms import Form

SEEN, PANEL = "vu", "volet"
TALL = 100
"""Height of a field of several lines, in pixels."""
BOTH = (
    tables.Column("name", "Champ", row_header=True),
    tables.Column("theirs", "Enregistré"),
    tables.Column("mine", "Votre saisie"),
)


def _as_typed(name: str, text: str) -> str:
    return text or "rien"


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a form changes. stored: as it is written by now, field by field; codes of a list joined by commas.

    many: the fields that are such lists. version: of what is stored. by: who wrote it. told: a field as it reads.
    """

    form: Form
    stored: Mapping[str, str]
    labels: Mapping[str, str]
    version: int
    by: str
    many: frozenset[str] = frozenset()
    told: Callable[[str, str], str] = _as_typed

    @property
    def typed(self) -> dict[str, str]:
        return typed(self.form, self.stored)

    @property
    def seen(self) -> int:
        """The version that the fields began from."""
        return int(st.session_state[self.form.key(SEEN)][0])


def typed(form: Form, names: Mapping[str, str] | Sequence[str]) -> dict[str, str]:
    """What the fields say, lists joined by commas."""
    values = {name: form.value(name) for name in names}
    return {
        name: ",".join(value) if isinstance(value, list | tuple) else str(value or "") for name, value in values.items()
    }


def prepare(sheet: Sheet) -> None:
    """Fill the fields once; again from a newer version where nothing was touched, else let the person choose."""
    form, seen = sheet.form, st.session_state.get(sheet.form.key(SEEN))
    if seen is None or not all(form.key(name) in st.session_state for name in sheet.stored):
        _fill(sheet)
    elif seen[0] != sheet.version:
        if sheet.typed == seen[1]:
            _fill(sheet)
        elif sheet.stored == seen[1]:  # something else of it changed
            st.session_state[form.key(SEEN)] = (sheet.version, seen[1])
        else:
            _conflict(sheet)


def end(sheet: Sheet, sent: guard.Outcome[T]) -> None:
    """What was sent is written, and the fields begin anew; or somebody else was quicker, which they will tell."""
    if sent.done:
        st.session_state.pop(sheet.form.key(SEEN), None)
        close(sheet.form)
    elif isinstance(sent.error, StaleEntry):  # the conflict is drawn over the fields
        st.session_state.pop(sheet.form.key("refus"), None)


@contextmanager
def panel(label: str, form: Form) -> Iterator[bool]:
    """A form opened by its name; whether it is open, for closed ones are not drawn."""
    held = st.expander(page.plain(label), key=form.key(PANEL), on_change="rerun")
    with held:
        yield bool(held.open)


def close(form: Form) -> None:
    """From a callback."""
    st.session_state[form.key(PANEL)] = False


def _fill(sheet: Sheet) -> None:
    for name, text in sheet.stored.items():
        codes = [code for code in text.split(",") if code]
        sheet.form.fill(**{name: codes if name in sheet.many else text})
    st.session_state[sheet.form.key(SEEN)] = (sheet.version, dict(sheet.stored))


def _keep_mine(sheet: Sheet) -> None:
    st.session_state[sheet.form.key(SEEN)] = (sheet.version, dict(sheet.stored))


def _conflict(sheet: Sheet) -> None:
    mine = sheet.typed
    told = [
        (capital(sheet.labels.get(name, name)), sheet.told(name, theirs), sheet.told(name, mine[name]))
        for name, theirs in sheet.stored.items()
        if theirs != mine[name]
    ]
    both(sheet.form, f"{sheet.by} a enregistré autre chose", told, _keep_mine, _fill, sheet)


def both(
    form: Form, said: str, told: Iterable[tuple[str, str, str]], keep: Callable[..., None], take: Callable[..., None],
    *args: object,
) -> None:  # fmt: skip
    """Two people on one text: both side by side, and this person chooses.

    said: who did what. told: each field that differs, as it is stored and as it is typed. keep, take: take args.
    """
    page.warn(f"{said} pendant que vous écriviez. Choisissez : rien n’est perdu.")
    rows = [{"name": page.typeset(name), "theirs": theirs, "mine": mine} for name, theirs, mine in told]
    page.html(tables.table(BOTH, rows, "Les deux textes, champ par champ"))
    with st.container(horizontal=True):
        st.button("Garder ma saisie", key=form.key("garder"), on_click=keep, args=args)
        st.button("Prendre le texte enregistré", key=form.key("prendre"), on_click=take, args=args)


def line(form: Form, name: str, label: str, *, hint: str = "", most: int | None = None) -> None:
    st.text_input(
        page.typeset(capital(label)), key=form.key(name), placeholder=hint, autocomplete="off", max_chars=most,
        persist_state="session",
    )  # fmt: skip


def lines(form: Form, name: str, label: str, *, height: int = TALL, hint: str = "", most: int = 2_000) -> None:
    st.text_area(
        page.typeset(capital(label)), key=form.key(name), placeholder=hint, height=height, max_chars=most,
        persist_state="session",
    )  # fmt: skip


def day(form: Form, name: str, label: str) -> None:
    line(form, name, label, hint="JJ/MM/AAAA", most=10)


def choice(form: Form, name: str, label: str, names: Mapping[str, str], *, none: str = "Choisir") -> str:
    """One code, '' where none is chosen. none: what an empty choice means."""
    key = form.key(name)
    if st.session_state.get(key) is not None and st.session_state[key] not in names:
        st.session_state[key] = None  # only where it changes: a list that is open closes when its field is set
    chosen = st.selectbox(
        page.typeset(capital(label)), list(names), index=None, key=key, placeholder=none,
        format_func=names.__getitem__, filter_mode="contains" if len(names) > 6 else None,
        persist_state="session",
    )  # fmt: skip
    return chosen or ""


def choices(
    form: Form, name: str, label: str, names: Mapping[str, str], *, none: str = "Choisir", most: int | None = None
) -> list[str]:  # fmt: skip
    key = form.key(name)
    held = st.session_state.get(key) or []
    if not set(held) <= names.keys():
        st.session_state[key] = [code for code in held if code in names]
    chosen = st.multiselect(
        page.typeset(capital(label)), list(names), format_func=names.__getitem__, key=key,
        placeholder=none, max_selections=most, select_all=False, disabled=not names, persist_state="session",
    )  # fmt: skip
    return list(chosen)
