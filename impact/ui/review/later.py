"""Validated figures by what is proven of them: those whose evidence is to be read, those read, those verified."""

import streamlit as st
from markupsafe import Markup

from impact.db import reading
from impact.figures import Cell
from impact.formats import counted, day_of, moment, short_date
from impact.permissions import Actor
from impact.presentation.questions import of_figure
from impact.proof import DOCUMENTED, REVIEWED, THIRD_PARTY
from impact.queries.readings import ProofItem, Shelf, shelf
from impact.ui import filters, flash, marks, page, tables
from impact.ui.review import beside, proving
from impact.ui.review.checklist import name_of
from impact.ui.review.proving import OPENED, PLACE
from impact.ui.review.queue import FEWEST
from impact.ui.sheet.locked import stored
from impact.ui.sheet.reference import facts, to_sheet
from impact.ui.wording import answer

_SHOWN = "validation_pieces_combien"
_SCREEN, _LIST = "validation", "pieces"
LISTS = {f"F{DOCUMENTED}": "À relire", f"F{REVIEWED}": "Relus", f"F{THIRD_PARTY}": "Vérifiés par un tiers"}
NOTHING = {
    DOCUMENTED: "Aucune pièce à relire pour ces filtres : chaque chiffre validé qui en a une a été relu.",
    REVIEWED: "Aucun chiffre relu pour ces filtres. Ceux dont une pièce est relue s’affichent ici.",
    THIRD_PARTY: "Aucun chiffre vérifié par un tiers pour ces filtres. Elle s’enregistre sur un chiffre relu.",
}


def draw(actor: Actor, region: str, chantier: str, period: str) -> None:
    level = int(filters.settle(_SCREEN, _LIST, "la liste", LISTS)[1:])
    asked = _asked()
    with reading() as session:
        held = shelf(
            session, actor, level, region=region, chantier=chantier, period=period,
            most=st.session_state.get(_SHOWN, FEWEST), opened=asked,
        )  # fmt: skip
    page.section(
        "Pièces à relire",
        "Chiffres validés qui ont une pièce ou un lien, du plus anciennement validé au plus récent. Un chiffre dont la "
        "valeur ou la pièce change revient dans la liste à relire.",
    )
    flash.show(PLACE)
    opened = _opened(held, asked)
    st.radio(
        "Chiffres validés", list(LISTS), key=f"{_SCREEN}_{_LIST}", horizontal=True, label_visibility="collapsed",
        format_func=lambda code: f"{LISTS[code]} · {held.counts.get(int(code[1:]), 0)}",
    )  # fmt: skip
    if not held.items:
        page.empty(NOTHING[level])
    for at, item in enumerate(held.items):
        _line(item, item is opened)
        if item is opened:
            _detail(actor, item, held.items[at + 1] if at + 1 < len(held.items) else None)
    _more(held, level)


def _asked() -> Cell | None:
    """The figure that the address opens."""
    parts = str(st.query_params.get(OPENED, "")).split("_")
    return Cell(*parts) if len(parts) == 3 else None


def _opened(held: Shelf, asked: Cell | None) -> ProofItem | None:
    found = next((item for item in held.items if item.view.cell == asked), None)
    if found is None and OPENED in st.query_params:
        st.info("Ce chiffre n’est pas validé : sa pièce se relit avec lui, une fois qu’il est soumis.")
        proving.open_figure(None)
    return found


def _line(item: ProofItem, is_open: bool) -> None:
    name = name_of(item.view.cell)
    with st.container(key=f"validation_ligne_piece_{name}"):
        left, middle, right = st.columns([10, 9, 3], vertical_alignment="center")
        left.html(
            Markup('<div class="imp-line-of-queue"><strong>{}</strong> {} · {}, {}</div>').format(
                item.view.indicator, page.typeset(item.definition.name), item.region_name, item.period.short
            )
        )
        middle.html(_summary(item))
        right.button(
            "Fermer" if is_open else "Ouvrir", key=f"validation_ouvrir_piece_{name}", type="tertiary",
            on_click=proving.open_figure, args=(None if is_open else item.view.cell,), width="stretch",
        )  # fmt: skip


def _summary(item: ProofItem) -> Markup:
    view = item.view
    validated = f"validé le {short_date(day_of(view.validated_at))}" if view.validated_at else ""
    fallen = "relu une première fois, modifié depuis" if item.fall and item.fall.changed else ""
    signs = [validated, fallen, "" if item.may_read else "vous en êtes l’un des auteurs"]
    said = tables.explained(answer(item.definition, view), of_figure(view.cell))
    return Markup(
        '<div class="imp-line-of-queue"><strong>{}</strong> {}<span class="imp-under">{}</span></div>'
    ).format(said, marks.mark(view.reliability), " · ".join(filter(None, signs)))


def _detail(actor: Actor, item: ProofItem, following: ProofItem | None) -> None:
    view = item.view
    with st.container(border=True, key=f"validation_detail_piece_{name_of(view.cell)}"):
        left, right = st.columns(2, gap="large")
        with left:
            page.note(item.definition.question)
            validated = f"{view.validated_by} le {moment(view.validated_at)}" if view.validated_at else ""
            entered = f"{view.entered_by} le {moment(view.entered_at)}"
            hands = [("Saisi par", entered), ("Validé par", validated), ("Définition", to_sheet(item.definition))]
            facts([*stored(item.definition, view), *hands], f"{view.indicator}, chiffre validé")
        with right:
            held = beside.read(view)
            beside.draw(view, held, item.fall)
            proving.draw(actor, item, held, following)


def _more(held: Shelf, level: int) -> None:
    left = held.counts.get(level, 0) - st.session_state.get(_SHOWN, FEWEST)

    def grow() -> None:
        st.session_state[_SHOWN] = st.session_state.get(_SHOWN, FEWEST) + FEWEST

    if left > 0:
        st.button(f"Afficher la suite ({counted(left, 'chiffre')})", key="validation_pieces_suite", on_click=grow)
