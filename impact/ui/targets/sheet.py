"""The sheet that states a region's targets on a chantier in one go: every refusal at once, beside its field.

What was shown is kept beside what is typed: a row that nobody touched follows what is stored, and one that was typed
over a target since changed by somebody else is refused with both.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from impact.errors import AlreadyDone, Problem, Refused
from impact.figures import Definition, Target
from impact.formats import counted, number, parse_number, short_date
from impact.presentation.goals import Goal
from impact.rules.target_refusals import target_problems
from impact.rules.targets import (
    TARGET_FIELDS,
    TargetDraft,
    as_draft,
    read_target,
    states_the_same,
    target_fields,
)
from impact.services import targets
from impact.ui import flash, guard, page, tables, tokens
from impact.ui.targets.board import Board
from impact.ui.targets.lists import named

PLACE = "cibles_feuille"
LABELS = {"base": "Départ", "cible": "Cible", "echeance": "Échéance", "jalons": "Jalons", "motif": "Motif"}
HINTS = {"echeance": "30/09/2011", "jalons": "31/03/2011 : 40 ; 30/06/2011 : 70", "motif": "si la cible change"}
WIDTHS = (6, 2, 2, 3, 5, 5)


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of the sheet. number, stored: the last statement and its texts as they stand now."""

    definition: Definition
    standing: Target | None
    withdrawn: bool
    number: int
    stored: Mapping[str, str]


def rows(shown: Board) -> list[Row]:
    """Those that may have a target."""
    return [_row(one, shown) for one in shown.goals if not one.is_neutral]


def _row(one: Goal, shown: Board) -> Row:
    last = one.last
    standing = last.target if last else None
    stored = target_fields(as_draft(standing)) if standing else {"echeance": short_date(shown.end)}
    texts = {name: stored.get(name, "") for name in TARGET_FIELDS}
    return Row(one.definition, standing, last is not None and standing is None, last.number if last else 0, texts)


def draw(shown: Board) -> None:
    name = _name(shown)
    flash.show(PLACE)
    held = rows(shown)
    if not held:
        page.empty("Tous les indicateurs de ce chantier décrivent des moyens : ils ne portent pas de cible.")
        return
    for row in held:
        _prepare(name, row)
    _conflicts(name, held)
    with st.form(name, enter_to_submit=False, border=False):
        _headings()
        for row in held:
            _draw_row(name, row)
        st.form_submit_button(
            "Énoncer ces cibles", type="primary", key=f"{name}_envoyer", on_click=_send,
            args=(tokens.held(name), shown),
        )  # fmt: skip


def _name(shown: Board) -> str:
    return f"cibles_{shown.campaign}_{shown.region}_{shown.chantier}"


def _key(name: str, code: str, field: str) -> str:
    return f"{name}_{code}_{field}"


def _seen(name: str) -> dict[str, tuple[int, Mapping[str, str]]]:
    """By indicator, the statement and the texts that the fields were filled with."""
    seen: dict[str, tuple[int, Mapping[str, str]]] = st.session_state.setdefault(f"{name}_vu", {})
    return seen


def _typed(name: str, code: str) -> dict[str, str]:
    return {field: str(st.session_state.get(_key(name, code, field)) or "") for field in TARGET_FIELDS}


def _prepare(name: str, row: Row) -> None:
    """Fill the fields of a row that nobody has typed in; what is typed stays, with the statement it was typed over."""
    code, seen = row.definition.code, _seen(name)
    drawn = _key(name, code, "cible") in st.session_state
    if drawn and code in seen and _typed(name, code) != seen[code][1] and not _is_stored(name, row):
        return
    if not drawn or code not in seen or seen[code] != (row.number, row.stored):
        _fill(name, row)


def _is_stored(name: str, row: Row) -> bool:
    """What is typed was stated since, by a click that was cut off or by somebody else: there is nothing to choose."""
    code = row.definition.code
    if row.standing is None or _seen(name)[code][0] == row.number:
        return False
    draft, _ = read_target(
        row.definition, _typed(name, code), region=row.standing.region, campaign=row.standing.campaign
    )  # fmt: skip
    return draft is not None and states_the_same(draft, as_draft(row.standing))


def _fill(name: str, row: Row) -> None:
    for field in TARGET_FIELDS:
        st.session_state[_key(name, row.definition.code, field)] = row.stored[field]
    _seen(name)[row.definition.code] = (row.number, row.stored)


def _headings() -> None:
    """Over the columns of a wide screen, where fields keep their labels for screen readers; a phone shows those."""
    with st.container(key="large_cibles"):
        for name, place in zip(("Indicateur", *LABELS.values()), st.columns(WIDTHS, gap="small"), strict=True):
            place.html(tables.strong(name))


def _draw_row(name: str, row: Row) -> None:
    code = row.definition.code
    problems = _problems(name).get(code, ())
    with st.container(key=f"cibles_rang_{code}"):
        first, *places = st.columns(WIDTHS, gap="small", vertical_alignment="center")
        first.html(tables.two_lines(tables.strong(code), named(row.definition)))
        for field, place in zip(LABELS, places, strict=True):
            place.text_input(
                f"{LABELS[field]} {code}", key=_key(name, code, field), placeholder=HINTS.get(field, ""),
                autocomplete="off",
            )  # fmt: skip
    for problem in problems:
        st.html(Markup('<p class="imp-refusal">{}</p>').format(page.typeset(problem.message)))
    if understood := _understood(row, _typed(name, code)) if _problems(name) else "":
        page.note(understood)


def _understood(row: Row, typed: Mapping[str, str]) -> str:
    """« Compris : départ 12,5 ; cible 1 250 »: the numbers as they were read."""
    if typed == row.stored:
        return ""
    told = []
    for field in ("base", "cible"):
        with suppress(Refused):  # said beside the field
            value = parse_number(typed[field])
            told += [] if value is None else [f"{LABELS[field].lower()} {number(value)}"]
    return f"Compris : {' ; '.join(told)}." if told else ""


def _problems(name: str) -> dict[str, Sequence[Problem]]:
    held: dict[str, Sequence[Problem]] = st.session_state.get(f"{name}_refus", {})
    return held


# Sending


def _send(token: str, shown: Board) -> None:
    """The rows that were changed, all or none; in the button's callback, so that the page shows what was written."""
    name = _name(shown)
    changed = [row for row in rows(shown) if _is_changed(name, row)]
    st.session_state[f"{name}_refus"] = {}
    if not changed:
        flash.say(PLACE, "Rien n’a changé : aucune cible n’a été énoncée.", "info")
        return
    drafts, problems = _read(name, shown, changed)
    if problems:
        _refuse(name, problems)
        return
    outcome = guard.act(targets.set_targets, drafts, token)
    if outcome.done:
        tokens.renew(name)
        _forget(name, changed)
        flash.say(PLACE, f"{counted(outcome.value or 0, 'cible énoncée', 'cibles énoncées')}.")
    elif isinstance(outcome.error, Refused):
        _refuse(name, outcome.error.problems)
    elif isinstance(outcome.error, AlreadyDone):  # a second click cut the first one off after it had written
        tokens.renew(name)
        flash.say(PLACE, str(outcome.error), "info")
    else:
        flash.say(PLACE, str(outcome.error), "error")


def _is_changed(name: str, row: Row) -> bool:
    code = row.definition.code
    return code in _seen(name) and _typed(name, code) != _seen(name)[code][1]


def _read(name: str, shown: Board, changed: Sequence[Row]) -> tuple[list[TargetDraft], list[Problem]]:
    drafts: list[TargetDraft] = []
    problems: list[Problem] = []
    for row in changed:
        code = row.definition.code
        draft, refused = read_target(
            row.definition, _typed(name, code), region=shown.region, campaign=shown.campaign,
            seen_number=_seen(name)[code][0],
        )  # fmt: skip
        if draft is not None:
            drafts.append(draft)
            refused = target_problems(
                row.definition, draft, shown.start, shown.end, row.standing, today=shown.today, withdrawn=row.withdrawn
            )
        problems += refused
    return drafts, problems


def _refuse(name: str, problems: Sequence[Problem]) -> None:
    by_row: dict[str, list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(problem.where.partition(",")[0], []).append(problem)
    st.session_state[f"{name}_refus"] = by_row
    count = counted(len(problems), "point est à revoir", "points sont à revoir")
    flash.say(PLACE, f"Rien n’a été enregistré : {count}, dans la feuille ci-dessous.", "error")


def _forget(name: str, changed: Sequence[Row]) -> None:
    for row in changed:
        _seen(name).pop(row.definition.code, None)


# Two people on one target


def _conflicts(name: str, held: Sequence[Row]) -> None:
    for row in held:
        code = row.definition.code
        if _seen(name)[code][0] == row.number:
            continue
        st.warning(
            page.plain(page.typeset(f"{code} : cette cible a été modifiée pendant que vous la saisissiez. Choisissez."))
        )
        typed = _typed(name, code)
        columns = [
            tables.Column("name", "Champ", row_header=True),
            tables.Column("theirs", "Enregistré"),
            tables.Column("mine", "Votre saisie"),
        ]
        differing = [field for field in LABELS if typed[field] != row.stored[field]]
        told = [
            {"name": LABELS[field], "theirs": row.stored[field] or "rien", "mine": typed[field] or "rien"}
            for field in differing
        ]
        st.html(tables.table(columns, told, f"{code}, les deux énoncés"))
        with st.container(horizontal=True):
            st.button("Garder ma saisie", key=f"{name}_{code}_garder", on_click=_keep_mine, args=(name, row))
            st.button("Prendre la cible enregistrée", key=f"{name}_{code}_prendre", on_click=_fill, args=(name, row))


def _keep_mine(name: str, row: Row) -> None:
    _seen(name)[row.definition.code] = (row.number, row.stored)
