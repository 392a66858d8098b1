"""What the screen of the language of proof reads beside the campaign's world."""

from collections.abc import Mapping, Sequence

from impact.db import reading
from impact.figures import Cell
from impact.presentation.links import Said
from impact.queries import claims as claims_query
from impact.queries.claim_views import ClaimRow
from impact.queries.practice import submitted_grades
from impact.ui import reads
from impact.ui.kept import kept
from impact.ui.reads import Key


@kept(16)
def hidden_grades(key: Key) -> Mapping[Cell, int]:
    """Grades of the submitted values that the reader may not see, and that are counted for everybody alike."""
    pending = reads.world(key).pending
    if not pending:
        return {}
    with reading() as session:
        return submitted_grades(session, {cell.period for cell in pending})


@kept(32)
def claims(key: Key, chantier: str = "") -> Sequence[ClaimRow]:
    """Those in force that the reader may see, of a chantier or of all."""
    with reading() as session:
        held = claims_query.claims(session, key.scope, chantier=chantier)
    return tuple(one for one in held if not one.stated.withdrawn)


@kept(32)
def on_links(key: Key, chantier: str = "") -> Mapping[str, Sequence[Said]]:
    """By chantier, what claims say of the links of its chain: as they stand, or as they contradicted one."""
    with reading() as session:
        past = claims_query.standing_contradictions(session, chantier)
    found = [(one.chantier, Said(str(one.key), one.sentence, one.judged, is_past=True)) for one in past]
    known = {said.key for _, said in found}
    standing = (
        (one.stated.chantier, Said(str(one.key), one.said.sentence, one.judged)) for one in claims(key, chantier)
    )
    found += [(code, said) for code, said in standing if said.key not in known]
    by_chantier: dict[str, list[Said]] = {}
    for code, said in found:
        by_chantier.setdefault(code, []).append(said)
    return by_chantier
