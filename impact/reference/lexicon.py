"""The terms of data/lexicon.yaml, put into the database and compared with it.

A term that the national office proposed or revised on a screen is the office's: the file says nothing of it any more.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml
from sqlmodel import Session, col, select

from impact.errors import BadSettings
from impact.models import TermStance, TermVersion
from impact.rules.lexicon import LABELS
from impact.settings import DATA


@cache
def source(path: Path = DATA / "lexicon.yaml") -> tuple[dict[str, Any], ...]:
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(loaded["terms"])


def put(session: Session) -> None:
    """Bring the terms that are still the file's to what it says; BadSettings where regions took a stance on them."""
    stored, touched = _stored(session), _touched(session)
    for row in _rows():
        known = stored.get((row.code, row.version))
        if row.code in touched or (known is not None and not _changed(known, row)):
            continue
        if known is not None and _has_stances(session, row):
            raise BadSettings(
                f"data/lexicon.yaml : le terme « {row.code} », version {row.version}, a changé alors que des régions "
                "ont pris position sur lui ; publiez-le sous une nouvelle version."
            )
        session.merge(row)
    session.flush()


def term_faults(session: Session) -> Iterator[str]:
    """One sentence for each term of the file that nobody touched and that the database tells otherwise, or not at all,
    and for each one without a publisher that the file never had."""
    stored, touched = _stored(session), _touched(session)
    latest = {row.code: row.version for row in _rows()}
    for row in _rows():
        if row.code not in touched:
            known = stored.get((row.code, row.version))
            if known is None or _changed(known, row):
                changed = "absent" if known is None else ", ".join(_changed(known, row))
                yield (
                    f"Terme « {row.code} », version {row.version} : la base n’en dit pas ce que dit data/lexicon.yaml "
                    f"({changed})."
                )
    for (code, version), known in stored.items():
        if code not in touched and known.published_by is None and version > latest.get(code, 0):
            yield f"Terme « {code} », version {version} : ni l’historique ni data/lexicon.yaml ne le connaissent."


def _rows() -> list[TermVersion]:
    return [TermVersion(**{"version": 1, **item}) for item in source()]


def _stored(session: Session) -> dict[tuple[str, int], TermVersion]:
    return {(row.code, row.version): row for row in session.exec(select(TermVersion))}


def _touched(session: Session) -> set[str]:
    """Codes of which a version was published on a screen."""
    return set(session.exec(select(TermVersion.code).where(col(TermVersion.published_by).is_not(None))))


def _changed(known: TermVersion, row: TermVersion) -> list[str]:
    return [name for name in (*LABELS, "retired", "reason") if getattr(known, name) != getattr(row, name)]


def _has_stances(session: Session, row: TermVersion) -> bool:
    taken = sa.exists().where(col(TermStance.term_code) == row.code, col(TermStance.term_version) == row.version)
    return bool(session.exec(select(taken)).one())
