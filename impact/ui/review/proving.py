"""What the national office does with the evidence of a validated figure: read it, verify it outside, take that back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st
from sqlmodel import Session

from impact.db import reading
from impact.documents.receiving import Received
from impact.errors import AlreadyDone, Problem
from impact.figures import Cell
from impact.permissions import EVERYTHING, Actor
from impact.proof import DOCUMENTED, REVIEWED, THIRD_PARTY
from impact.queries.evidence import Attached, PieceView, pieces_of_region
from impact.queries.readings import ProofItem
from impact.rules.evidence import LONGEST_TITLE, EvidenceDraft, Verification, read_verification
from impact.services import evidence, readings
from impact.ui import flash, page, reads, tokens
from impact.ui.guard import Outcome, act, tell
from impact.ui.pieces import fields, files
from impact.ui.pieces.acts import with_files
from impact.ui.readings import step
from impact.ui.review import checklist
from impact.ui.review.checklist import name_of
from impact.vocabulary import Confidentiality, EvidenceKind

PLACE = "validation_pieces"
OPENED = "relire"
"""Parameter of the address: the validated figure that is open, as region_indicator_period."""
_EMPTY = "validation_pieces_vider"
"""Session: keys of the fields whose text was used, to be emptied before they are drawn again."""


def open_figure(cell: Cell | None) -> None:
    if cell is None:
        st.query_params.pop(OPENED, None)
    else:
        st.query_params[OPENED] = name_of(cell)


def draw(actor: Actor, item: ProofItem, held: Attached, following: ProofItem | None) -> None:
    """What may be done with its evidence as it stands."""
    for key in st.session_state.pop(_EMPTY, ()):
        st.session_state[key] = ""
    level = item.view.reliability
    if level == DOCUMENTED:
        _read(item, held, following)
        return
    if checklist.reading(item.view):
        checklist.forget([item.view.cell])
        st.info(page.plain(f"{item.view.evidence_read_by} l’a relu entre-temps : votre lecture n’est pas enregistrée."))
    if level == REVIEWED:
        _verify(actor, item)
        _take_back(item, "lecture", "Retirer la lecture", readings.retract_reading, DOCUMENTED)
    elif level == THIRD_PARTY:
        _take_back(item, "verification", "Retirer la vérification", readings.withdraw_verification, REVIEWED)


def _read(item: ProofItem, held: Attached, following: ProofItem | None) -> None:
    view = item.view
    if not item.may_read:
        page.note("Vous en êtes l’un des auteurs (valeur, pièce ou soumission) : une autre personne relit sa pièce.")
        return
    checklist.draw(view, held)
    said = checklist.reading(view)
    page.note(f"Enregistrer la lecture : {step(view.reliability, REVIEWED)}")
    if not st.button("Enregistrer la lecture", type="primary", key=f"validation_relire_{name_of(view.cell)}"):
        return
    given = {view.cell: said or readings.Reading("")}
    outcome = act(readings.read_evidence, given, tokens.held(PLACE, "read", given))
    if outcome.done:
        checklist.forget([view.cell])
    _finish(
        item, outcome, f"pièce relue, {step(view.reliability, REVIEWED)}", following.view.cell if following else None
    )


def _verify(actor: Actor, item: ProofItem) -> None:
    """The form of an external verification; its report is a piece of the region, or is deposited with it."""
    if not item.may_read:
        page.note("Vous en êtes l’un des auteurs : une autre personne enregistre sa vérification externe.")
        return
    view, name = item.view, name_of(item.view.cell)
    with st.expander("Enregistrer une vérification externe", key=f"validation_verification_{name}"):
        page.note(f"Par une organisation extérieure au réseau : {step(REVIEWED, THIRD_PARTY)}")
        keys = {field: f"validation_{field}_{name}" for field in ("organisme", "personne", "date")}
        typed = {
            "organisme": st.text_input("Organisme", key=keys["organisme"], autocomplete="off"),
            "personne": st.text_input("Personne", key=keys["personne"], autocomplete="off"),
            "date": st.text_input("Date", key=keys["date"], placeholder="31/03/2011", autocomplete="off"),
        }
        report = _report(view.region, name)
        sent, reach = _deposited(name) if report == DEPOSITED_NOW else ([], "")
        if not st.button("Enregistrer la vérification", key=f"validation_verifier_{name}"):
            return
        said, problems = read_verification(typed, report=report, today=reads.source(actor).key.today)
        if report == DEPOSITED_NOW:
            problems = [*problems, *_lacking(sent, reach)]
        token = tokens.held(PLACE, "verify", view.cell, sorted(typed.items()), report, [one.file_id for one in sent])

        def record(sound: Sequence[Received]) -> Outcome[None]:
            assert said is not None
            if not sound:
                return act(readings.verify, view.cell, said, token)
            return act(_deposit_and_verify, view.cell, said, Confidentiality(reach), sound[0], token)

        outcome = with_files(sent, problems, record)
        if outcome.done:
            files.let_go(_depot(name), sent)
        told = f"vérification de {typed['organisme'].strip()} enregistrée, {step(REVIEWED, THIRD_PARTY)}"
        _finish(item, outcome, told, view.cell, list(keys.values()))


DEPOSITED_NOW = 0
"""Chosen in place of a piece's number: the report comes with the form."""


def _report(region: str, name: str) -> int | None:
    """Which piece of the region holds the verifier's report, or DEPOSITED_NOW."""
    with reading() as session:
        pieces = [one for one in pieces_of_region(session, EVERYTHING, region) if one.withdrawn_at is None]
    titles = {DEPOSITED_NOW: "Un fichier à déposer maintenant", **{one.number: _named(one) for one in pieces}}
    return st.selectbox(
        "Son rapport", list(titles), index=None, key=f"validation_rapport_{name}",
        placeholder="Un fichier, ou une pièce de la région", format_func=titles.__getitem__, filter_mode="contains",
    )  # fmt: skip


def _depot(name: str) -> str:
    return f"validation_rapport_depot_{name}"


def _deposited(name: str) -> tuple[list[Any], str]:
    """The file that is chosen, and who may open it."""
    sent = files.choose(_depot(name), several=False)
    return sent, fields.reach(_depot(name)) or ""


def _lacking(sent: Sequence[Any], reach: str) -> list[Problem]:
    found = [] if sent else [Problem("« rapport » : choisissez le fichier du rapport.", "rapport")]
    return found + ([] if reach else [Problem("« confidentialité » : dites qui peut ouvrir ce rapport.", "rapport")])


def _deposit_and_verify(
    session: Session, actor: Actor, cell: Cell, said: Verification, reach: Confidentiality, file: Received, token: str
) -> None:
    """The report becomes a piece of the region that backs no figure: none falls for it."""
    title = f"Rapport de vérification, {said.organisation}"[:LONGEST_TITLE]
    author = f"{said.person}, {said.organisation}"[:LONGEST_TITLE]
    draft = EvidenceDraft(EvidenceKind.STUDY, title, reach, document_date=said.day, author=author)
    key = evidence.add_piece(session, actor, cell.region, draft, [], file=file, token=token)
    readings.verify(session, actor, cell, replace(said, report=key.number))


def _named(piece: PieceView) -> str:
    return f"{piece.code} {piece.title} ({piece.kind.label})"


def _take_back(item: ProofItem, what: str, label: str, service: Callable[..., None], after: int) -> None:
    """With a reason, which history keeps."""
    view, name = item.view, name_of(item.view.cell)
    with st.popover(label, key=f"validation_retirer_{what}_{name}"):
        key = f"validation_motif_{what}_{name}"
        reason = st.text_area(f"Motif du retrait, {step(view.reliability, after)}", key=key, height=80)
        if st.button(label, key=f"validation_retirer_{what}_bouton_{name}"):
            outcome = act(service, view.cell, reason, tokens.held(PLACE, what, view.cell, reason))
            _finish(item, outcome, f"{what} retirée, {step(view.reliability, after)}", view.cell, [key])


def _finish(
    item: ProofItem, outcome: Outcome[Any], done: str, following: Cell | None, used: list[str] | None = None
) -> None:
    """Say it, open what comes next; after a double click the first sending has said it already."""
    again = isinstance(outcome.error, AlreadyDone)
    if not outcome.done and not again:
        tell(outcome)
        return
    if not again:
        flash.say(PLACE, f"{item.view.indicator}, {item.region_name}, {item.period.short} : {done}.")
    open_figure(following)
    st.session_state[_EMPTY] = used or []
    tokens.renew(PLACE)
    st.rerun()
