"""The form of a story, new or revised: nothing typed is lost by an error, and two people on one story are told."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from impact.presentation.experiences import field_text
from impact.queries.experiences import StoryRow
from impact.rules.experiences import (
    LABELS,
    LONGEST_PART,
    LONGEST_TITLE,
    MOST_TIES,
    PARTS,
    TIES,
    StoryKey,
    read_story,
    story_fields,
)
from impact.services import experiences
from impact.ui import editing, page
from impact.ui.admin.forms import Form
from impact.ui.experiences.known import OPENED, SCREEN, Offered, offered
from impact.ui.reads import Key
from impact.world import World

NEW = f"{SCREEN}_ecrire"
FIELDS = ("titre", "chantier", "action", *PARTS, *TIES)
HINTS = {
    "contexte": "Le territoire, le public, le besoin, qui portait l’action.",
    "essai": "Ce que la région a fait, avec qui, pendant combien de temps.",
    "reussite": "Ce qui s’est produit, et à quoi cela a tenu.",
    "echec": "Ce qui a résisté, et ce que vous feriez autrement.",
    "portee": "Dans quelles conditions une autre région pourrait s’y appuyer.",
}
HEIGHTS = {"essai": 200}
NOTHING = {"indicateurs": "Aucun indicateur", "affirmations": "Aucune affirmation", "pieces": "Aucune pièce"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What can be said. chantiers: code -> name; stored: fields of the story that is revised, {} for a new one."""

    form: Form
    region: str
    chantiers: Mapping[str, str]
    offered: Offered
    stored: Mapping[str, str]


def write(key: Key, regions: Mapping[str, str], calendar: World) -> None:
    """A new story of one of the regions that the actor writes for, on the chantier that it works on."""
    form = Form(NEW)
    form.confirm()
    region = next(iter(regions))
    if len(regions) > 1:
        region = st.selectbox(
            "Région", list(regions), format_func=regions.__getitem__, key=form.key("region"), persist_state="session"
        )
    chantiers = calendar.chantier_names
    if form.value("chantier") not in chantiers:
        form.fill(chantier=next(iter([*calendar.chantiers_of(region), *chantiers])))
    _draw(Sheet(form, region, chantiers, offered(key, region), {}))
    form.explain()
    form.button("Enregistrer le brouillon", _write, form, region, primary=True)


def form_of(key: StoryKey) -> Form:
    return Form(f"{SCREEN}_modifier_{key}")


def revise(key: Key, row: StoryRow, chantiers: Mapping[str, str]) -> None:
    form, region = form_of(row.key), row.key.region
    form.confirm()
    stored = story_fields(row.now.said, region)
    sheet = editing.Sheet(form, stored, LABELS, row.now.version, row.now.written_by, frozenset(TIES), field_text)
    editing.prepare(sheet)
    _draw(Sheet(form, region, chantiers, offered(key, region), stored))
    form.explain()
    form.button(f"Enregistrer la version {row.now.version + 1}", _revise, sheet, row, primary=True)


def is_touched(row: StoryRow) -> bool:
    """Whether something typed of a story has not been saved."""
    form = form_of(row.key)
    drawn = form.key("titre") in st.session_state
    return drawn and read_story(editing.typed(form, FIELDS), row.key.region)[0] != row.now.said


def _draw(sheet: Sheet) -> None:
    form, given = sheet.form, sheet.offered
    editing.line(form, "titre", LABELS["titre"], most=LONGEST_TITLE)
    left, right = st.columns(2)
    with left:
        editing.choice(form, "chantier", LABELS["chantier"], _named(sheet, "chantier", sheet.chantiers))
    with right:
        actions = _named(sheet, "action", given.actions)
        editing.choice(form, "action", LABELS["action"], actions, none="Aucune action")
    for name in PARTS:
        label = f"{LABELS[name]}. {HINTS[name]}"
        editing.lines(form, name, label, height=HEIGHTS.get(name, 130), most=LONGEST_PART)
    for name, labels in zip(TIES, (given.indicators, given.claims, given.pieces), strict=True):
        named = _named(sheet, name, labels)
        editing.choices(form, name, LABELS[name], named, none=NOTHING[name], most=MOST_TIES)
    page.note(
        "Une affirmation ne se montre qu’à qui peut la lire. Une pièce ne s’ouvre aux autres régions que si elle est "
        "ouverte au réseau et étaie un chiffre validé."
    )


def _named(sheet: Sheet, name: str, labels: Mapping[str, str]) -> dict[str, str]:
    """What may be chosen, and what the story names already: it may stay."""
    held = [code for code in sheet.stored.get(name, "").split(",") if code]
    return {**labels, **{code: f"{code} (n’est plus proposé)" for code in held if code not in labels}}


# Sending


def _write(token: str, form: Form, region: str) -> None:
    """The draft opens where it is read, completed and published."""
    said, problems = read_story(editing.typed(form, FIELDS), region)
    if said is None:
        form.refuse(problems)
        return
    sent = form.send(token, lambda key: "", experiences.write_experience, region, said)
    if sent.done and sent.value is not None:
        form.fill(**{name: [] if name in TIES else "" for name in FIELDS})
        kept = "Brouillon enregistré : relisez-le, complétez-le, puis publiez-le en bas de page."
        Form(f"{SCREEN}_{sent.value}").fill(fait=kept)
        st.query_params.from_dict({OPENED: str(sent.value)})


def _revise(token: str, sheet: editing.Sheet, row: StoryRow) -> None:
    form = sheet.form
    said, problems = read_story(sheet.typed, row.key.region)
    if said is None:
        form.refuse(problems)
        return
    if said == row.now.said:
        form.fill(fait="Rien n’a changé : aucune version n’a été écrite.")
        return
    then = " Elle reste à publier." if row.published else ""
    sent = form.send(
        token, lambda version: f"Version {version} enregistrée.{then}", experiences.revise_experience, row.key, said,
        sheet.seen,
    )  # fmt: skip
    editing.end(sheet, sent)
