"""What a meeting learnt, as it is typed and as it is meant. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from impact.errors import Problem
from impact.rules.fields import Fields

LABELS = {
    "enseignement": "enseignement",
    "conditions": "conditions de validité",
    "preuve": "ce qui l’établit",
    "affirmations": "affirmations",
    "confrontation": "confrontation",
    "motif": "motif",
}
LONGEST = {"enseignement": 1_500, "conditions": 1_500, "preuve": 1_500, "motif": 1_000}
MOST_CLAIMS = 20


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """claims: « 22-3 ». snapshot: number of the comparison that it was drawn from. reason: of a revision."""

    statement: str
    conditions: str
    proof: str = ""
    claims: tuple[str, ...] = ()
    snapshot: int | None = None
    reason: str = ""


def read_lesson(
    fields: Mapping[str, str], *, claims: Collection[str] = (), snapshot: int | None = None
) -> tuple[LessonDraft | None, list[Problem]]:
    """fields: raw texts « enseignement, conditions, preuve, motif »; claims and snapshot: as they were chosen."""
    reading = Fields(fields, LABELS)
    texts = {name: reading.prose(name, longest) for name, longest in LONGEST.items()}
    asked = {
        "enseignement": "dites ce que la rencontre a appris.",
        "conditions": "dites pour qui et où il vaut : un enseignement sans conditions ne se transpose pas.",
    }
    for name, advice in asked.items():
        if not texts[name] and not reading.is_refused(name):
            reading.refuse(name, advice)
    if not (texts["preuve"] or claims or snapshot) and not reading.is_refused("preuve"):
        reading.refuse("preuve", "citez une affirmation, une confrontation, ou dites en clair ce qui l’établit.")
    if len(set(claims)) > MOST_CLAIMS:
        reading.refuse("affirmations", f"au plus {MOST_CLAIMS}.")
    if reading.problems:
        return None, reading.problems
    return LessonDraft(
        texts["enseignement"], texts["conditions"], texts["preuve"], tuple(sorted(set(claims))), snapshot,
        texts["motif"],
    ), []  # fmt: skip


def lesson_fields(draft: LessonDraft) -> dict[str, str]:
    """The texts that would be typed to say this draft; its claims and its snapshot are chosen beside them."""
    return {
        "enseignement": draft.statement, "conditions": draft.conditions, "preuve": draft.proof, "motif": draft.reason,
    }  # fmt: skip
