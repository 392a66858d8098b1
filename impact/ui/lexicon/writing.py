"""The national office's forms: a term proposed, worded anew, taken out of use."""

from dataclasses import dataclass, replace

import streamlit as st

from impact.formats import capital
from impact.rules.lexicon import LABELS, LONGEST, LONGEST_REASON, Term, TermDraft, differences
from impact.services import lexicon
from impact.ui import page
from impact.ui.admin.forms import Form
from impact.ui.catalogue.detail import change_table
from impact.ui.catalogue.known import SCREEN
from impact.ui.lexicon.known import Known
from impact.ui.lexicon.term import changed

LINES = {"definition": 120, "note": 95, "example": 95}
"""Height of the fields that hold more than a line, in pixels."""
EMPTY = TermDraft("", "")


def propose(known: Known) -> None:
    form = Form(f"{SCREEN}_proposer")
    form.show()
    with st.expander("Proposer un terme", key=form.key("volet")):
        page.note(
            "Cherchez d’abord si le lexique a déjà ce mot sous un autre nom. Les régions verront qu’il les attend."
        )
        _fields(form, EMPTY, known)
        _reason(form, "Motif : pourquoi ce mot manque")
        form.button("Ajouter au lexique", _propose, form, primary=True)


def _propose(token: str, form: Form) -> None:
    sent = form.send(
        token, lambda row: f"« {row.term} » est dans le lexique ; les régions le voient.", lexicon.propose_term,
        _typed(form), form.text("motif"),
    )  # fmt: skip
    if sent.done:
        form.fill(**dict.fromkeys((*LONGEST, "motif"), ""), see_also=[], indicators=[])


@dataclass(frozen=True, slots=True)
class Typing:
    """base: the version that the fields began from; what was not touched since follows the latest."""

    form: Form
    base: Term
    latest: Term

    @property
    def draft(self) -> TermDraft:
        typed = _typed(self.form)
        touched = {name: getattr(typed, name) for name in differences(self.base.said, typed)}
        return replace(self.latest.said, **touched)


def revise(term: Term, known: Known) -> None:
    page.section("Réviser le terme", "Une nouvelle version interroge de nouveau toutes les régions.")
    outcome = Form(f"{SCREEN}_terme_{term.code}")
    outcome.show()
    back = "Le remettre en usage" if term.retired else "Écrire la version suivante"
    with st.expander(back, key=outcome.key("volet")):
        typing = _typing(outcome, term, known)
        _fields(typing.form, typing.base.said, known)
        if changes := changed(term.said, typing.draft, known):
            st.html(change_table(changes, f"Ce que la version {term.version + 1} changerait"))
        else:
            page.note("Rien n’a encore changé ; ce que vous modifiez paraîtra ici, avant et après.")
        _reason(typing.form, "Motif, montré à côté de la version")
        outcome.button(f"Publier la version {term.version + 1}", _publish, outcome, typing, primary=True)
    if not term.retired:
        _retirement(term)


def _typing(outcome: Form, latest: Term, known: Known) -> Typing:
    """The fields as somebody left them; begun again from a newer version where nothing was touched."""
    begun = st.session_state.setdefault(outcome.key("base"), latest.version)
    base = next((one for one in known.lexicon.versions[latest.code] if one.version == begun), latest)
    form = Form(f"{outcome.name}_v{base.version}")
    if base.version == latest.version:
        return Typing(form, base, latest)
    if form.key("term") not in st.session_state or _typed(form) == base.said:
        st.session_state[outcome.key("base")] = latest.version
        return _typing(outcome, latest, known)
    st.warning(
        page.plain(
            f"La version {latest.version} a été publiée pendant que vous écriviez. L’aperçu vous compare à elle ; les "
            "champs que vous n’avez pas touchés la suivent."
        )
    )
    return Typing(form, base, latest)


def _publish(token: str, outcome: Form, typing: Typing) -> None:
    latest = typing.latest
    sent = outcome.send(
        token, lambda row: f"Version {row.version} publiée ; les régions sont interrogées de nouveau.",
        lexicon.revise_term, latest.code, typing.draft, typing.form.text("motif"), latest.version,
    )  # fmt: skip
    if sent.done:
        st.session_state.pop(outcome.key("base"), None)


def _retirement(term: Term) -> None:
    form = Form(f"{SCREEN}_retirer_{term.code}")
    form.show()
    with st.expander("Retirer ce terme du lexique", key=form.key("volet")):
        page.note("Le terme, ses versions et les positions des régions restent lisibles, avec votre motif.")
        _reason(form, "Motif du retrait")
        form.button("Retirer le terme", _retire, form, term)


def _retire(token: str, form: Form, term: Term) -> None:
    form.send(
        token, lambda row: f"« {row.term} » est retiré du lexique.", lexicon.retire_term, term.code,
        form.text("motif"), term.version,
    )  # fmt: skip


def _fields(form: Form, said: TermDraft, known: Known) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        for name in LONGEST:
            _field(form, name, getattr(said, name))
    with right:
        held = known.lexicon
        terms = {one.code: one.said.term for one in held.in_use} | {
            code: held.latest(code).said.term for code in said.see_also
        }
        _several(form, "see_also", terms, said.see_also, "Aucun terme")
        named = {code: f"{code} {name}" for code, name in known.indicators.items()}
        _several(form, "indicators", named, said.indicators, "Aucun indicateur")


def _field(form: Form, name: str, text: str) -> None:
    label = capital(LABELS[name])
    if name in LINES:
        st.text_area(label, text, key=form.key(name), height=LINES[name], max_chars=LONGEST[name])
    else:
        st.text_input(label, text, key=form.key(name), autocomplete="off", max_chars=LONGEST[name])


def _several(form: Form, name: str, names: dict[str, str], chosen: tuple[str, ...], none: str) -> None:
    st.multiselect(
        capital(LABELS[name]), list(names), [code for code in chosen if code in names],
        format_func=lambda code: names.get(code, code), key=form.key(name), placeholder=none, select_all=False,
    )  # fmt: skip


def _reason(form: Form, label: str) -> None:
    st.text_area(label, key=form.key("motif"), max_chars=LONGEST_REASON, height=80)


def _typed(form: Form) -> TermDraft:
    texts = {name: form.text(name) for name in LONGEST}
    return TermDraft(
        **texts, see_also=tuple(form.value("see_also") or ()), indicators=tuple(form.value("indicators") or ())
    )
