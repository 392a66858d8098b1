"""What a region does with its pieces: each act once, however often its button is clicked, and what is said of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any, NamedTuple, TypeVar

import streamlit as st
from sqlmodel import Session

from impact import clock
from impact.db import reading
from impact.documents.receiving import Received
from impact.errors import AlreadyDone, ImpactError, Problem, Refused
from impact.figures import Cell
from impact.formats import counted
from impact.permissions import Actor
from impact.queries.evidence import PieceView
from impact.rules.evidence import LONGEST_TITLE, EvidenceDraft, read_piece
from impact.services import evidence
from impact.services.pieces import PieceKey
from impact.ui import flash, tokens
from impact.ui.guard import Outcome, act, tell
from impact.ui.pieces import fields, files

DEPOSIT, SEE, REPLACE, DESCRIBE, DETACH, WITHDRAW = "deposer", "voir", "remplacer", "decrire", "detacher", "retirer"
"""What is done with a piece, as the panels of the screens are called."""

T = TypeVar("T")
Parcel = tuple[EvidenceDraft, Received | None]


def deposit(place: str, region: str, cells: Collection[Cell], texts: Mapping[str, str], sent: Sequence[Any]) -> None:
    """Files as one piece each, or a link; all of them or none."""

    drafts, problems = _read(texts, sent, _today())
    token = tokens.held(place, sorted(texts.items()), [file.file_id for file in sent], sorted(cells))

    def add(sound: Sequence[Received]) -> Outcome[int]:
        contents: Sequence[Received | None] = sound or [None]
        parcels = list(zip(drafts, contents, strict=True))
        return act(_add, region, parcels, cells, token)

    outcome = with_files(sent, problems, add)
    said = counted(len(sent) or 1, "pièce déposée", "pièces déposées")
    _end(place, outcome, f"{said}, pour {counted(len(cells), 'chiffre')}.", sent)


def attach(place: str, piece: PieceView, cells: Collection[Cell]) -> None:
    key = PieceKey(piece.region, piece.number)
    outcome = act(evidence.attach, key, cells, tokens.held(place, key, sorted(cells)))
    _end(place, outcome, f"« {piece.title} » étaie maintenant {counted(len(cells), 'chiffre')} de plus.")


def detach(place: str, piece: PieceView, cell: Cell, reason: str) -> None:
    key = PieceKey(piece.region, piece.number)
    outcome = act(evidence.detach, key, [cell], reason, tokens.held(place, key, cell, reason))
    _end(place, outcome, f"« {piece.title} » n’étaie plus {cell.indicator} ; elle reste parmi les pièces de la région.")


def withdraw(place: str, piece: PieceView, reason: str) -> None:
    key = PieceKey(piece.region, piece.number)
    outcome = act(evidence.withdraw_piece, key, reason, tokens.held(place, key, reason))
    _end(place, outcome, f"« {piece.title} » est retirée ; ses versions restent lisibles.")


def describe(place: str, piece: PieceView, texts: Mapping[str, str]) -> None:
    """Its kind, title and confidentiality; what it proves stays, and so do the grades."""
    draft, problems = read_piece({**fields.of(piece), **texts}, is_file=piece.now.is_file, today=_today())
    if draft is None:
        tell(Outcome[None](error=Refused(problems)))
        return
    key = PieceKey(piece.region, piece.number)
    outcome = act(evidence.describe_piece, key, draft, tokens.held(place, key, sorted(texts.items())))
    _end(place, outcome, f"« {draft.title} » : la description est corrigée.")


def replace(place: str, piece: PieceView, texts: Mapping[str, str], reason: str, sent: Sequence[Any]) -> None:
    """Without a file sent nor a link said, the file that is there stays, and only what is said of it changes."""
    key, opened = PieceKey(piece.region, piece.number), panel(place)
    seen = opened.seen if opened else piece.now.version
    is_file = bool(sent) or (piece.now.is_file and not texts.get("lien"))
    draft, problems = read_piece(texts, is_file=is_file, today=_today())
    token = tokens.held(place, key, seen, sorted(texts.items()), reason, [file.file_id for file in sent])

    def put(sound: Sequence[Received]) -> Outcome[int]:
        assert draft is not None
        file = sound[0] if sound else None
        return act(evidence.replace_piece, key, draft, reason, seen, file=file, token=token)

    _end(place, with_files(sent, problems, put), f"« {piece.title} » : version {seen + 1} déposée.", sent)


def _today() -> date:
    with reading() as session:
        return clock.today(session)


def _read(texts: Mapping[str, str], sent: Sequence[Any], day: date) -> tuple[list[EvidenceDraft], list[Problem]]:
    """One description for each file, that names it where the form does not; else the link's."""
    drafts, problems = [], []
    for file in sent or [None]:
        title = texts.get("titre", "").strip() or (PurePath(file.name).stem[:LONGEST_TITLE] if file else "")
        draft, wrong = read_piece({**texts, "titre": title}, is_file="lien" not in texts, today=day)
        drafts += [draft] if draft else []
        problems += [one for one in wrong if one not in problems]
    if "lien" not in texts and not sent:
        problems.append(Problem("« fichier » : choisissez un fichier.", "fichier"))
    return drafts, problems


def with_files(
    sent: Sequence[Any], problems: Sequence[Problem], write: Callable[[Sequence[Received]], Outcome[T]]
) -> Outcome[T]:
    """Look into the files, whatever else is wrong, so that everything is said at once; write where nothing is wrong."""
    try:
        with files.received(sent) as sound:
            return Outcome(error=Refused(problems)) if problems else write(sound)
    except Refused as refused:
        return Outcome(error=Refused([*problems, *refused.problems]))
    except ImpactError as error:
        return Outcome(error=error)


def _add(
    session: Session, actor: Actor, region: str, parcels: Sequence[Parcel], cells: Collection[Cell], token: str
) -> int:
    for at, (draft, file) in enumerate(parcels):
        evidence.add_piece(session, actor, region, draft, cells, file=file, token="" if at else token)
    return len(parcels)


def _end(place: str, outcome: Outcome[T], sentence: str, sent: Sequence[Any] = ()) -> None:
    """Say what was refused, all else staying as it was typed; or that it is done, and begin anew."""
    if not outcome.done and not isinstance(outcome.error, AlreadyDone):
        tell(outcome)
        return
    flash.say(place, sentence)
    fields.empty(form(place))
    files.let_go(form(place), sent)
    close(place)
    tokens.renew(place)
    st.rerun()


class Panel(NamedTuple):
    """What is open: DEPOSIT, SEE, REPLACE, DESCRIBE, DETACH or WITHDRAW; of which piece, as it was when it was opened.

    seen: the version then, so that whoever replaced it meanwhile is not undone unread.
    """

    what: str
    number: int = 0
    seen: int = 0


def open_panel(place: str, what: str, piece: PieceView | None = None) -> None:
    """A button's callback: one panel of a place is open at a time; the same button closes it."""
    before = panel(place)
    asked = Panel(what, piece.number, piece.now.version) if piece else Panel(what)
    st.session_state[_panel(place)] = None if before and before[:2] == asked[:2] else asked
    if piece and what != SEE:
        said = fields.of(piece) if what in (REPLACE, DESCRIBE) else {}
        fields.fill(form(place), {**said, "motif": ""})


def panel(place: str) -> Panel | None:
    found: Panel | None = st.session_state.get(_panel(place))
    return found


def form(place: str) -> str:
    """Where the fields of the open panel are kept: what is typed of a new piece outlives what is done to another."""
    opened = panel(place)
    return place if opened is None or opened.what == DEPOSIT else f"{place}_{opened.number}_{opened.what}"


def close(place: str) -> None:
    st.session_state[_panel(place)] = None


def _panel(place: str) -> str:
    return f"{place}_panneau"
