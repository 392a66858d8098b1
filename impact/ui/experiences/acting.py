"""What a region does with its story once it is written: complete it, publish it, withdraw it."""

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from impact.queries.experiences import StoryRow
from impact.rules.experiences import LONGEST_REASON, StoryState, lacks
from impact.services import experiences
from impact.ui import page
from impact.ui.admin.forms import Form
from impact.ui.experiences import writing
from impact.ui.experiences.known import SCREEN
from impact.ui.reads import Key


def draw(key: Key, row: StoryRow, chantiers: Mapping[str, str]) -> None:
    if row.state in (StoryState.DRAFT, StoryState.CHANGED):
        _publication(row)
    page.section(
        "Modifier ou retirer",
        "Chaque enregistrement garde l’ancienne version. Ce qui est publié reste lisible tel quel jusqu’à ce que vous "
        "publiiez la suivante.",
    )
    with st.expander("Modifier ce récit", key=f"{SCREEN}_volet_modifier_{row.key}"):
        writing.revise(key, row, chantiers)
    with st.expander("Retirer ce récit", key=f"{SCREEN}_volet_retirer_{row.key}"):
        form = Form(f"{SCREEN}_retirer_{row.key}")
        st.text_area(
            "Motif du retrait, gardé dans l’historique", key=form.key("motif"), max_chars=LONGEST_REASON, height=80
        )
        form.button("Retirer ce récit", _withdraw, form, row)


def _publication(row: StoryRow) -> None:
    """Everything that it lacks, or the button that opens it to everybody."""
    page.section("Publier", "Publié, il est lu par toutes les régions, le bureau national et les lecteurs du réseau.")
    if missing := lacks(row.now.said):
        items = Markup().join(Markup("<li>{}</li>").format(page.typeset(str(one))) for one in missing)
        page.html(
            Markup('<div class="imp-aside"><p>{}</p><ul class="imp-items">{}</ul></div>').format(
                page.typeset("Avant de le publier, il reste à dire :"), items
            )
        )
        return
    form = Form(f"{SCREEN}_publier_{row.key}")
    label = f"Publier la version {row.now.version}" if row.published else "Publier ce récit"
    form.button(label, _publish, form, row, primary=True)


def _publish(token: str, form: Form, row: StoryRow) -> None:
    if writing.is_touched(row):
        form.refuse("Vous avez commencé à modifier ce récit : enregistrez d’abord votre version, puis publiez-la.")
        return
    form.send(
        token, lambda _: "Publié : tout le réseau peut le lire et les équipes le commenter.",
        experiences.publish_experience, row.key, row.now.version,
    )  # fmt: skip


def _withdraw(token: str, form: Form, row: StoryRow) -> None:
    sent = (row.key, form.text("motif"), row.now.version)
    form.send(token, lambda _: "Récit retiré.", experiences.withdraw_experience, *sent)
