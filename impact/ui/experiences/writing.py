"""The form of a story, new or revised: nothing typed is lost by an error, and two people on one story are told."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from impact.errors import StaleEntry
from impact.queries.experiences import StoryRow
from impact.rules.experiences import (
    LABELS,
    LONGEST_PART,
    LONGEST_TITLE,
    MOST_TIES,
    PARTS,
    TIES,
    Story,
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
CHOICES = ("chantier", "action")
FIELDS = ("titre", *CHOICES, *PARTS, *TIES)
BUTTONS = ("envoyer", "garder", "prendre")
SEEN = "vu"
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
    """form: its fields. row: the story that is revised, None for a new one. chantiers: code -> name; usual: one."""

    form: Form
    region: str
    chantiers: Mapping[str, str]
    usual: str
    offered: Offered
    row: StoryRow | None = None


def hold() -> None:
    """What is typed of a new story stays while its panel is closed: Streamlit forgets fields that are not drawn."""
    for key in [key for key in st.session_state if str(key).startswith(f"{NEW}_")]:
        if not str(key).endswith(BUTTONS):
            st.session_state[key] = st.session_state[key]


def write(key: Key, regions: Mapping[str, str], calendar: World) -> None:
    """A new story of one of the regions that the actor writes for, on the chantier that it works on."""
    form = Form(NEW)
    form.show()
    region = next(iter(regions))
    if len(regions) > 1:
        region = st.selectbox("Région", list(regions), format_func=regions.__getitem__, key=form.key("region"))
    chantiers = calendar.chantier_names
    usual = next(iter([*calendar.chantiers_of(region), *chantiers]))
    _draw(Sheet(form, region, chantiers, usual, offered(key, region)))


def form_of(key: StoryKey) -> Form:
    return Form(f"{SCREEN}_modifier_{key}")


def revise(key: Key, row: StoryRow, chantiers: Mapping[str, str]) -> None:
    form = form_of(row.key)
    form.show()
    sheet = Sheet(form, row.key.region, chantiers, row.now.said.chantier, offered(key, row.key.region), row)
    _prepare(sheet, row)
    _conflict(sheet, row)
    _draw(sheet)


def is_touched(row: StoryRow) -> bool:
    """Whether something typed of a story has not been saved."""
    form = form_of(row.key)
    drawn = form.key("titre") in st.session_state
    return drawn and read_story(_typed(form), row.key.region)[0] != row.now.said


def _draw(sheet: Sheet) -> None:
    form = sheet.form
    st.text_input(LABELS["titre"], key=form.key("titre"), max_chars=LONGEST_TITLE, autocomplete="off")
    left, right = st.columns(2)
    with left:
        _choice(sheet, "chantier", sheet.chantiers, sheet.usual, "Choisir")
    with right:
        _choice(sheet, "action", sheet.offered.actions, None, "Aucune action")
    for name in PARTS:
        st.text_area(
            page.typeset(f"{LABELS[name]}. {HINTS[name]}"), key=form.key(name), max_chars=LONGEST_PART,
            height=HEIGHTS.get(name, 130),
        )  # fmt: skip
    known = (sheet.offered.indicators, sheet.offered.claims, sheet.offered.pieces)
    for name, labels in zip(TIES, known, strict=True):
        _several(sheet, name, labels)
    page.note(
        "Une affirmation ne se montre qu’à qui peut la lire. Une pièce ne s’ouvre aux autres régions que si elle est "
        "ouverte au réseau et étaie un chiffre validé."
    )
    label = f"Enregistrer la version {sheet.row.now.version + 1}" if sheet.row else "Enregistrer le brouillon"
    form.button(label, _send, sheet, primary=True)


def _choice(sheet: Sheet, name: str, labels: Mapping[str, str], usual: str | None, none: str) -> None:
    key = sheet.form.key(name)
    held = str(st.session_state.get(key) or "")
    known = {**labels, **({held: _gone(held)} if _is_held(sheet, name, held) and held not in labels else {})}
    if held not in known:
        st.session_state[key] = usual
    st.selectbox(
        LABELS[name], list(known), format_func=lambda code: known.get(code or "", ""), key=key,
        placeholder=none, index=None, filter_mode="contains" if len(known) > 6 else None,
    )  # fmt: skip


def _several(sheet: Sheet, name: str, labels: Mapping[str, str]) -> None:
    key = sheet.form.key(name)
    chosen = [code for code in st.session_state.get(key) or [] if code in labels or _is_held(sheet, name, code)]
    known = {**labels, **{code: _gone(code) for code in chosen if code not in labels}}
    st.session_state[key] = chosen
    st.multiselect(
        LABELS[name], list(known), key=key, format_func=lambda code: known.get(code or "", ""),
        placeholder=NOTHING[name], max_selections=MOST_TIES, select_all=False, disabled=not known,
    )  # fmt: skip


def _is_held(sheet: Sheet, name: str, code: str) -> bool:
    return sheet.row is not None and code in story_fields(sheet.row.now.said, sheet.region)[name].split()


def _gone(code: str) -> str:
    return f"{code} (n’est plus proposé)"


# What is typed over what


def _prepare(sheet: Sheet, row: StoryRow) -> None:
    """Fill the fields once; again from a newer version where nothing was touched."""
    seen = st.session_state.get(sheet.form.key(SEEN))
    drawn = sheet.form.key("titre") in st.session_state
    if drawn and seen is not None and (seen[0] == row.now.version or _typed(sheet.form) != seen[1]):
        return
    _fill(sheet, row)


def _fill(sheet: Sheet, row: StoryRow) -> None:
    _put(sheet.form, story_fields(row.now.said, sheet.region))
    st.session_state[sheet.form.key(SEEN)] = (row.now.version, _typed(sheet.form))


def _put(form: Form, fields: Mapping[str, str]) -> None:
    form.fill(**{
        name: fields[name].split() if name in TIES else (fields[name] or None) if name in CHOICES else fields[name]
        for name in FIELDS
    })  # fmt: skip


def _typed(form: Form) -> dict[str, str]:
    return {name: " ".join(form.value(name) or []) if name in TIES else form.text(name) for name in FIELDS}


def _conflict(sheet: Sheet, row: StoryRow) -> None:
    if st.session_state[sheet.form.key(SEEN)][0] == row.now.version:
        return
    theirs, mine = story_fields(row.now.said, sheet.region), _typed(sheet.form)
    told = [
        (LABELS[name], theirs[name] or "rien", mine[name] or "rien") for name in FIELDS if theirs[name] != mine[name]
    ]
    editing.both(sheet.form, f"{row.now.written_by} a modifié ce récit", told, _keep_mine, _fill, sheet, row)


def _keep_mine(sheet: Sheet, row: StoryRow) -> None:
    st.session_state[sheet.form.key(SEEN)] = (row.now.version, story_fields(row.now.said, sheet.region))


# Sending


def _send(token: str, sheet: Sheet) -> None:
    said, problems = read_story(_typed(sheet.form), sheet.region)
    if said is None:
        sheet.form.refuse(problems)
    elif sheet.row is None:
        _write(token, sheet, said)
    elif said == sheet.row.now.said:
        st.session_state[sheet.form.key("fait")] = "Rien n’a changé : aucune version n’a été écrite."
    else:
        _revise(token, sheet, sheet.row, said)


def _write(token: str, sheet: Sheet, said: Story) -> None:
    """The draft opens where it is read, completed and published."""
    form = sheet.form
    sent = form.send(token, lambda key: "", experiences.write_experience, sheet.region, said)
    if sent.done and sent.value is not None:
        _put(form, dict.fromkeys(FIELDS, ""))
        kept = "Brouillon enregistré : relisez-le, complétez-le, puis publiez-le en bas de page."
        Form(f"{SCREEN}_{sent.value}").fill(fait=kept)
        st.query_params.from_dict({OPENED: str(sent.value)})


def _revise(token: str, sheet: Sheet, row: StoryRow, said: Story) -> None:
    form = sheet.form
    then = " Elle reste à publier." if row.published else ""
    sent = form.send(
        token, lambda version: f"Version {version} enregistrée.{then}", experiences.revise_experience, row.key, said,
        st.session_state[form.key(SEEN)][0],
    )  # fmt: skip
    if sent.done:
        st.session_state.pop(form.key(SEEN), None)
    elif isinstance(sent.error, StaleEntry):  # the conflict is drawn beside the fields
        st.session_state.pop(form.key("refus"), None)
