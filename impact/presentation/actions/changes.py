"""A plan's fields as a person reads them: closed lists in words, amounts with their unit."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from impact.errors import Refused
from impact.figures import SCALE
from impact.formats import NARROW, capital, euros, parse_number
from impact.rules.actions import CASH, IN_KIND, LABELS
from impact.rules.plan_changes import Change
from impact.vocabulary import Commitment, FundingState, LabelledEnum, ResourceKind

NOTHING, REMOVED = "rien", "retiré"
EUROS = frozenset({"budget", *(status.value for status in FundingState)})
PIECES = frozenset({"guide", "piece"})
FORMS = {CASH: "En argent", IN_KIND: "En nature"}
WORDS: Mapping[str, Mapping[str, str]] = {
    "forme": FORMS,
    "type": {one.value: one.label for one in ResourceKind},
    "engagement": {one.value: one.label for one in Commitment},
}
_NAMES = {label: name for name, label in LABELS.items()}


class Told(NamedTuple):
    """where: « Financements »; what: « Conseil régional, montant accordé »; before, after: as shown."""

    where: str
    what: str
    before: str
    after: str


def field_text(name: str, text: str) -> str:
    """A field as it reads, « rien » where it is empty. name: of rules.actions.LABELS."""
    text = text.strip()
    if not text:
        return NOTHING
    if name in EUROS:
        return _euros(text)
    return f"n°{NARROW}{text}" if name in PIECES else WORDS.get(name, {}).get(text, text)


def _euros(text: str) -> str:
    """« 16 000 € »; as typed, where it is no number."""
    try:
        amount = parse_number(text)
    except Refused:
        amount = None
    return f"{text}{NARROW}€" if amount is None else euros(Fraction(amount) * SCALE)


def told(found: Sequence[Change]) -> list[Told]:
    """A row per field; a line that came or went has one row that says it whole."""
    return [row for one in found for row in _rows(one)]


def _rows(one: Change) -> list[Told]:
    where = one.section.label if one.section else "Identité"
    if one.is_added or one.is_removed:
        said = _whole(one)
        return [Told(where, one.line, NOTHING if one.is_added else said, said if one.is_added else REMOVED)]
    return [
        Told(where, f"{one.line}, {_low(label)}" if one.line else label, *(_shown(label, text) for text in texts))
        for label, *texts in one.fields
    ]


def _whole(one: Change) -> str:
    """« En argent, montant identifié : 12 000 € »: what a line that came or went says, after its name."""
    said = [(label, after if one.is_added else before) for label, before, after in one.fields]
    parts = [_part(label, text) for label, text in said if text and text != one.line]
    return capital(", ".join(parts)) or ("ajouté" if one.is_added else NOTHING)


def _part(label: str, text: str) -> str:
    shown = _shown(label, text)
    return shown if _NAMES.get(label) in WORDS else f"{_low(label)}{NARROW}: {shown}"


def _shown(label: str, text: str) -> str:
    return field_text(_NAMES.get(label, ""), text)


def _low(label: str) -> str:
    return label[:1].lower() + label[1:]


def labelled(words: type[LabelledEnum]) -> dict[str, str]:
    """A closed list for a widget: value -> « Accord de principe »."""
    return {one.value: capital(one.label) for one in words}
