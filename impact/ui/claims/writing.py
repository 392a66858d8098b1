"""The form of a claim, new or revised: nothing typed is lost by an error, and two people on one claim are told."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from impact.errors import StaleEntry
from impact.figures import Cell
from impact.formats import capital
from impact.presentation.claims import changed, field_label, field_text, net
from impact.queries.claim_views import ClaimRow
from impact.rules.claims import (
    BASIS,
    BOUNDS,
    DIMENSIONS,
    LABELS,
    LONGEST_SENTENCE,
    ClaimDraft,
    claim_fields,
    read_counterfactual,
    read_fields,
    says_the_same,
    share_field,
)
from impact.rules.fields import LONGEST_TEXT
from impact.services import claims
from impact.ui import editing, page
from impact.ui.admin.forms import Form
from impact.ui.claims.carrying import choose, unread
from impact.ui.claims.known import Offered, offered, pieces
from impact.ui.reads import Key
from impact.vocabulary import CLAIM_STAGES, Filter, Finding
from impact.world import World

CHOICES = ("chantier", "etape", "resultat")
TYPED = ("phrase", *DIMENSIONS, "etude", "piece")
SHARES = tuple(share_field(name, part) for name in Filter for part in (*BOUNDS, BASIS))
BUTTONS = ("envoyer", "garder", "prendre")
NEW = "affirmations_ecrire"
FIGURES, DECLARED, SEEN = "chiffres", "attribution", "vu"


@dataclass(frozen=True, slots=True)
class Sheet:
    """form: its fields. row: the claim that is revised, None for a new one. chantiers: code -> name; usual: one."""

    form: Form
    key: Key
    region: str
    chantiers: Mapping[str, str]
    usual: str
    row: ClaimRow | None = None


def hold() -> None:
    """What is typed of a new claim stays while its panel is closed: Streamlit forgets fields that are not drawn."""
    for key in [key for key in st.session_state if str(key).startswith(f"{NEW}_")]:
        if not str(key).endswith(BUTTONS):
            st.session_state[key] = st.session_state[key]


def write(key: Key, regions: Mapping[str, str], calendar: World) -> None:
    """A new claim of one of the regions that the actor writes for, on the chantier that it works on."""
    place = Form(NEW)
    place.confirm()
    region = next(iter(regions))
    if len(regions) > 1:
        region = st.selectbox("Région", list(regions), format_func=regions.__getitem__, key=place.key("region"))
    chantiers = calendar.chantier_names
    _draw(Sheet(place, key, region, chantiers, next(iter([*calendar.chantiers_of(region), *chantiers]))))


def revise(key: Key, row: ClaimRow, chantiers: Mapping[str, str]) -> None:
    sheet = Sheet(Form(f"affirmations_modifier_{row.key}"), key, row.key.region, chantiers, row.stated.chantier, row)
    sheet.form.confirm()
    _prepare(sheet, row)
    _conflict(sheet, row)
    _draw(sheet)


def _draw(sheet: Sheet) -> None:
    form = sheet.form
    _choices(sheet)
    st.text_area(LABELS["phrase"], key=form.key("phrase"), max_chars=LONGEST_SENTENCE, height=80)
    chosen = choose(form.key(f"{FIGURES}_{sheet.region}_{_chantier(sheet)}"), _offered(sheet), _held(sheet))
    left, right = st.columns(2, gap="large")
    for place, name in zip((left, right, left, right, left), DIMENSIONS, strict=True):
        place.text_area(page.typeset(LABELS[name]), key=form.key(name), max_chars=LONGEST_TEXT, height=100)
    right.text_area(page.typeset(LABELS["etude"]), key=form.key("etude"), max_chars=LONGEST_TEXT, height=100)
    with right:
        _piece(sheet)
    st.checkbox(
        page.plain("L’équipe déclare elle-même que l’action est la cause de l’effet (au plus P2)"),
        key=form.key(DECLARED),
    )
    _counterfactual(form)
    if sheet.row:
        st.text_area(f"{LABELS['motif']}, gardé dans l’historique", key=form.key("motif"), max_chars=1_000, height=80)
    label = f"Enregistrer la version {sheet.row.stated.version + 1}" if sheet.row else "Écrire cette affirmation"
    form.explain()
    form.button(label, _send, sheet, tuple(chosen), primary=True)


def _choices(sheet: Sheet) -> None:
    names = {
        "chantier": dict(sheet.chantiers),
        "etape": {one.value: capital(one.label) for one in CLAIM_STAGES},
        "resultat": {one.value: capital(one.label) for one in Finding},
    }
    for column, name in zip(st.columns(3), CHOICES, strict=True):
        known = names[name]
        key = sheet.form.key(name)
        usual = sheet.usual if name == "chantier" else None
        if (held := st.session_state.get(key)) not in known and held != usual:
            st.session_state[key] = usual
        column.selectbox(
            LABELS[name], list(known), index=None, format_func=known.__getitem__, key=key, filter_mode=None,
            placeholder="Choisir",
        )  # fmt: skip


def _piece(sheet: Sheet) -> None:
    """One of the region's pieces; the one that the claim names stays in sight once it is withdrawn."""
    known, key = dict(pieces(sheet.key, sheet.region)), sheet.form.key("piece")
    held = claim_fields(sheet.row.said)["piece"] if sheet.row else ""
    if held:
        known.setdefault(held, f"{held} (retirée)")
    if st.session_state.get(key) is not None and st.session_state[key] not in known:
        st.session_state[key] = None
    st.selectbox(
        LABELS["piece"], list(known), index=None, key=key, format_func=lambda code: known.get(code, ""),
        placeholder="Aucune pièce", filter_mode="contains" if len(known) > 6 else None,
    )  # fmt: skip


def _chantier(sheet: Sheet) -> str:
    return sheet.form.text("chantier")


def _offered(sheet: Sheet) -> dict[str, Offered]:
    return offered(sheet.key, sheet.region, _chantier(sheet))


def _held(sheet: Sheet) -> list[str]:
    return ["/".join(cell) for cell in sheet.row.stated.figures] if sheet.row else []


def _counterfactual(form: Form) -> None:
    """Four shares, each a range with its basis; the range that remains is said at once."""
    page.section(
        "Ce qui n’est pas l’effet de l’action",
        "En pour cent : bas, central, haut. Un champ vide : non estimé, et ce n’est pas zéro.",
    )
    page.note(". ".join(capital(name.label) for name in Filter) + ".")
    for name in Filter:
        cells = st.columns([2, 2, 2, 6])
        for cell, part in zip(cells, (*BOUNDS, BASIS), strict=True):
            field = share_field(name, part)
            label = page.typeset(field_label(field))
            cell.text_input(label, key=form.key(field), autocomplete="off", max_chars=None if part == BASIS else 12)
    held, problems = read_counterfactual({name: form.text(name) for name in SHARES})
    told = problems[0].message if problems else f"reste à l’action : {net(held)}."
    page.note(capital(told))


# What is typed over what


def _prepare(sheet: Sheet, row: ClaimRow) -> None:
    """Fill the fields once; again from a newer version where nothing was touched."""
    seen = st.session_state.get(sheet.form.key(SEEN))
    drawn = sheet.form.key("phrase") in st.session_state
    if drawn and seen is not None and (seen[0] == row.stated.version or _typed(sheet) != seen[1]):
        return
    _fill(sheet, row)


def _fill(sheet: Sheet, row: ClaimRow) -> None:
    fields = claim_fields(row.said) | {"motif": ""}
    sheet.form.fill(**fields, **{DECLARED: row.stated.self_declared})
    st.session_state.pop(sheet.form.key(f"{FIGURES}_{sheet.region}_{row.stated.chantier}"), None)
    st.session_state[sheet.form.key(SEEN)] = (row.stated.version, _typed(sheet))


def _typed(sheet: Sheet) -> dict[str, str]:
    return {name: sheet.form.text(name) for name in (*CHOICES, *TYPED, *SHARES)}


def _conflict(sheet: Sheet, row: ClaimRow) -> None:
    if st.session_state[sheet.form.key(SEEN)][0] == row.stated.version:
        return
    told = [
        (field_label(name), field_text(name, theirs), field_text(name, mine))
        for name, theirs, mine in changed(claim_fields(row.said), _typed(sheet))
    ]
    editing.both(sheet.form, f"{row.written_by} a modifié cette affirmation", told, _keep_mine, _fill, sheet, row)


def _keep_mine(sheet: Sheet, row: ClaimRow) -> None:
    st.session_state[sheet.form.key(SEEN)] = (row.stated.version, claim_fields(row.said))


# Sending


def _send(token: str, sheet: Sheet, figures: tuple[str, ...]) -> None:
    form, row = sheet.form, sheet.row
    cells = [Cell(*text.split("/")) for text in figures]
    fields = {name: form.text(name) for name in (*CHOICES, *TYPED, *SHARES, "motif")}
    draft, problems = read_fields(
        fields, region=sheet.region, figures=cells, self_declared=bool(form.value(DECLARED)),
        number=row.key.number if row else 0,
        seen_version=st.session_state[form.key(SEEN)][0] if row else 0,
    )  # fmt: skip
    if draft is None:
        form.refuse(problems)
    elif row is None:
        _write(token, sheet, draft)
    elif says_the_same(draft, row.said):
        st.session_state[form.key("fait")] = "Rien n’a changé : aucune version n’a été écrite."
    else:
        _revise(token, sheet, draft)


def _write(token: str, sheet: Sheet, draft: ClaimDraft) -> None:
    form = sheet.form
    kept_from = unread(["/".join(cell) for cell in draft.figures], _offered(sheet))
    then = f"elle ne se lit pas encore, {kept_from}" if kept_from else "elle attend un lecteur"
    sent = form.send(token, lambda key: f"Affirmation {key} écrite : {then}.", claims.write_claim, draft)
    if sent.done:
        form.fill(**dict.fromkeys((*TYPED, *SHARES), ""), **{DECLARED: False})
        st.session_state.pop(form.key(f"{FIGURES}_{sheet.region}_{draft.chantier}"), None)


def _revise(token: str, sheet: Sheet, draft: ClaimDraft) -> None:
    form = sheet.form
    said = "Affirmation modifiée : ses lectures portaient sur la version précédente, elle est à relire."
    sent = form.send(token, lambda _: said, claims.revise_claim, draft)
    if sent.done:
        st.session_state.pop(form.key(SEEN), None)
    elif isinstance(sent.error, StaleEntry):  # the conflict is drawn beside the fields
        st.session_state.pop(form.key("refus"), None)


def withdraw(row: ClaimRow) -> None:
    form = Form(f"affirmations_retirer_{row.key}")
    form.show()
    st.text_area("Motif du retrait, gardé dans l’historique", key=form.key("motif"), max_chars=1_000, height=80)
    form.button("Retirer cette affirmation", _withdraw, form, row)


def _withdraw(token: str, form: Form, row: ClaimRow) -> None:
    sent = (row.key.region, row.key.number, form.text("motif"), row.stated.version)
    form.send(token, lambda _: f"Affirmation {row.key} retirée.", claims.withdraw_claim, *sent)
