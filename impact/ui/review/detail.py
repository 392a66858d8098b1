"""One submitted figure, open: everything that a reviewer needs to decide, and the decision."""

import streamlit as st
from markupsafe import Markup

from impact.formats import moment, short_date
from impact.queries.evidence import Attached
from impact.queries.reviews import ReviewItem
from impact.queries.views import EntryView
from impact.services import reviews
from impact.ui import marks, page, tables
from impact.ui.guard import act, tell
from impact.ui.readings import graded, step
from impact.ui.review import beside, checklist, history
from impact.ui.review.acts import send_back, validate
from impact.ui.review.changes import worded
from impact.ui.review.checklist import has_evidence, name_of
from impact.ui.sheet.locked import stored
from impact.ui.sheet.reference import Fact, facts, to_sheet
from impact.ui.wording import answer, change


def begin(item: ReviewItem) -> None:
    """Say that its review has begun: from now on the region may not take it back."""
    if not item.view.review_started_by:
        tell(act(reviews.begin_review, item.view.cell))


def draw(item: ReviewItem, following: ReviewItem | None) -> None:
    """following: the line that opens once this one is validated."""
    with st.container(border=True, key=f"validation_detail_{name_of(item.view.cell)}"):
        left, right = st.columns(2, gap="large")
        with left:
            page.note(item.definition.question)
            facts(
                [
                    *_before(item),
                    *stored(item.definition, item.view),
                    *_hands(item),
                    ("Définition", to_sheet(item.definition)),
                ],
                f"{item.view.indicator}, détail",
            )
            _changes(item)
            history.draw(item)
        with right:
            held = beside.read(item.view)
            beside.draw(item.view, held, item.fall)
            _decide(item, held, following)


def _before(item: ReviewItem) -> list[Fact]:
    before = item.past.previous
    if before is None:
        return [("Période précédente", "aucun chiffre")]
    graded = Markup(" {}").format(marks.mark(before.reliability)) if before.pair else ""
    said = Markup("{}{} au {}, {}").format(
        answer(item.definition, before), graded, short_date(before.coverage_end), page.status_text(before.status)
    )
    moved = change(item.definition, item.view.value(item.definition), before.value(item.definition))
    told: Fact = ("Période précédente", said)
    return [told, ("Évolution", moved)] if moved else [told]


def _hands(item: ReviewItem) -> list[Fact]:
    view = item.view
    when = f" le {moment(view.submitted_at)}" if view.submitted_at else ""
    return [
        ("Saisi par", f"{view.entered_by} le {moment(view.entered_at)}"),
        ("Soumis par", f"{view.submitted_by}{when}"),
    ]


def _changes(item: ReviewItem) -> None:
    """Then and now, where the figure was submitted before."""
    rows = worded(item.definition, item.changes)
    if not item.is_resubmission:
        return
    if not rows:
        page.note("Rien n’a changé depuis la soumission précédente.")
        return
    page.note("Depuis la soumission précédente :")
    columns = [
        tables.Column("name", "Champ", row_header=True),
        tables.Column("then", "Avant", html=True),
        tables.Column("now", "Maintenant", html=True),
    ]
    told = [{"name": row.name, "then": _said(row.then), "now": _said(row.now)} for row in rows]
    st.html(tables.table(columns, told, "Ce qui a changé depuis la soumission précédente"))


def _said(text: str) -> Markup | str:
    return text or tables.light("rien")


def _decide(item: ReviewItem, held: Attached, following: ReviewItem | None) -> None:
    name = name_of(item.view.cell)
    if item.own:
        st.info("Vous avez saisi ou soumis ce chiffre : une autre personne du bureau national le valide et le relit.")
    else:
        _read(item, held)
        label = "Valider et passer au suivant" if following else "Valider"
        if st.button(label, type="primary", key=f"validation_valider_{name}"):
            validate([item], following)
    reason = st.text_area("Motif du retour, que la région lira", key=f"validation_motif_{name}", height=80)
    if st.button("Retourner à la région", key=f"validation_retourner_{name}"):
        send_back([item], reason)


def _read(item: ReviewItem, held: Attached) -> None:
    """What was checked, where this reviewer may say so; and the grade that validating gives."""
    view = item.view
    if not has_evidence(view) or not view.pair:
        return
    if not item.may_read:
        page.note(NOT_YOURS)
    else:
        checklist.draw(view, held)
    page.html(grades(view, checklist.reading(view) is not None and item.may_read))


NOT_YOURS = (
    "Vous en êtes l’un des auteurs (valeur, pièce ou soumission, même ancienne) : une autre personne dit avoir relu sa "
    "pièce. Vous pouvez le valider."
)


def grades(view: EntryView, is_read: bool) -> Markup:
    """« Valider : F2 documenté → F3 relu », as the boxes stand."""
    stands = view.verified_on is not None
    after = graded(view, is_read=is_read or view.evidence_read, verified=stands)
    return Markup('<p class="imp-understood"><span>{}</span> <strong>{}</strong></p>').format(
        page.typeset("Valider donne :"), step(view.reliability, after)
    )
