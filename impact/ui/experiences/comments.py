"""What others make of a published story, and the form to say it."""

import streamlit as st
from markupsafe import Markup

from impact.formats import counted, moment
from impact.permissions import Actor, Right
from impact.presentation.experiences import paragraphs
from impact.queries.experiences import CommentRow
from impact.rules.experiences import LONGEST_COMMENT, StoryKey
from impact.services import experiences
from impact.ui import page
from impact.ui.admin.forms import Form
from impact.ui.experiences.known import SCREEN, Opened


def draw(held: Opened, actor: Actor) -> None:
    row = held.row
    if row.published is None:
        return
    page.section("Commentaires", counted(row.comments, "commentaire") if row.comments else "")
    form = Form(f"{SCREEN}_commenter_{row.key}")
    form.show()
    for one in held.comments:
        _one(one, row.key, actor)
    if not held.comments:
        page.empty("Personne ne l’a encore commenté.")
    if actor.may(Right.COMMENT) and row.withdrawn_at is None:
        with st.container(key=f"{SCREEN}_etroit_commenter"):
            st.text_area(
                "Votre commentaire, que tout le réseau lira", key=form.key("texte"), max_chars=LONGEST_COMMENT,
                height=110,
            )  # fmt: skip
            form.button("Envoyer le commentaire", _send, form, row.key)


def _one(one: CommentRow, key: StoryKey, actor: Actor) -> None:
    form = Form(f"{SCREEN}_commentaire_{key}_{one.number}")
    with st.container(key=form.key("bloc"), gap="xsmall"):
        form.show()
        page.html(_said(one))
        if not one.withdrawn and actor.may(Right.COMMENT) and (one.author == actor.id or actor.may(Right.READ_ALL)):
            with st.popover("Retirer", type="tertiary", key=form.key("retirer")):
                page.note("Son texte ne sera plus montré à personne ; l’historique le garde.")
                form.button("Retirer ce commentaire", _take_back, form, key, one.number)


def _said(one: CommentRow) -> Markup:
    if one.withdrawn:
        return Markup('<p class="imp-said imp-light">{}</p>').format(f"Commentaire retiré ({moment(one.written_at)}).")
    text = Markup().join(
        Markup("<p>{}</p>").format(Markup("<br>").join(page.typeset(line) for line in lines))
        for lines in paragraphs(one.text)
    )
    who = ", ".join(filter(None, (one.written_by, one.place, moment(one.written_at))))
    return Markup('<div class="imp-said">{}<p class="imp-note">{}</p></div>').format(text, who)


def _send(token: str, form: Form, key: StoryKey) -> None:
    sent = form.send(
        token, lambda _: "Commentaire publié.", experiences.comment_experience, key, form.text("texte")
    )  # fmt: skip
    if sent.done:
        form.fill(texte="")


def _take_back(token: str, form: Form, key: StoryKey, number: int) -> None:
    form.send(token, lambda _: "Commentaire retiré.", experiences.withdraw_comment, key, number)
