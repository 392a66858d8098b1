"""A national meeting and those who come, as they are typed and as they are meant. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from impact.errors import Problem, Refused
from impact.formats import clean_prose, short_date, sortable
from impact.rules.fields import Fields

LABELS = {
    "theme": "thème",
    "chantiers": "chantiers",
    "date": "date",
    "lieu": "lieu",
    "ordre_du_jour": "ordre du jour",
    "motif": "motif du changement de date",
    "participants": "participants",
    "titre": "titre",
    "lien": "lien",
}
"""French words of the fields of a meeting, of its participants and of its documents."""
LONGEST = {"theme": 200, "lieu": 200, "ordre_du_jour": 5_000, "motif": 1_000}
LONGEST_TITLE = 160
LONGEST_NAME = 120
MOST_PARTICIPANTS = 300


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """chantiers: codes. day: when it is expected; reason: why that day moved, for a meeting that is changed."""

    theme: str
    chantiers: tuple[str, ...]
    day: date
    place: str = ""
    agenda: str = ""
    reason: str = ""


class Participant(NamedTuple):
    """region: a code, '' for somebody who comes for no region."""

    name: str
    region: str = ""
    role: str = ""


def read_meeting(
    fields: Mapping[str, str], chantiers: Collection[str], known: Collection[str]
) -> tuple[MeetingDraft | None, list[Problem]]:
    """fields: raw texts « theme, date, lieu, ordre_du_jour, motif ». chantiers: the codes chosen. known: all codes."""
    reading = Fields(fields, LABELS)
    texts = {name: reading.prose(name, longest) for name, longest in LONGEST.items()}
    day = reading.day("date")
    if not texts["theme"] and not reading.is_refused("theme"):
        reading.refuse("theme", "dites de quoi la rencontre traite.")
    if day is None and not reading.is_refused("date"):
        reading.refuse("date", "donnez le jour de la rencontre.")
    chosen = tuple(code for code in known if code in chantiers)
    if not chosen or len(chosen) < len(set(chantiers)):
        reading.refuse("chantiers", f"choisissez au moins un chantier parmi : {', '.join(known)}.")
    if reading.problems or day is None:
        return None, reading.problems
    draft = MeetingDraft(texts["theme"], chosen, day, texts["lieu"], texts["ordre_du_jour"], texts["motif"])
    return draft, []


def meeting_fields(draft: MeetingDraft) -> dict[str, str]:
    """The texts that would be typed to say this draft; its chantiers are chosen beside them."""
    return {
        "theme": draft.theme, "date": short_date(draft.day), "lieu": draft.place, "ordre_du_jour": draft.agenda,
        "motif": draft.reason,
    }  # fmt: skip


def read_participants(text: str, regions: Mapping[str, str]) -> tuple[tuple[Participant, ...], list[Problem]]:
    """One a line, « nom ; région ; rôle »; region by its name or code, or nothing. regions: code -> name."""
    known = {sortable(name): code for code, name in regions.items()} | {code: code for code in regions}
    found: list[Participant] = []
    problems: list[Problem] = []
    lines = [line for line in text.splitlines() if line.strip()]
    for place, line in enumerate(lines, 1):
        try:
            found.append(_participant(line, known))
        except Refused as refused:
            problems.append(Problem(f"« participants », ligne {place} : {refused}", "participants"))
    if len(lines) > MOST_PARTICIPANTS:
        problems.append(Problem(f"« participants » : au plus {MOST_PARTICIPANTS} lignes.", "participants"))
    return tuple(found), problems


def _participant(line: str, known: Mapping[str, str]) -> Participant:
    parts = [clean_prose(part, LONGEST_NAME) for part in line.split(";")]
    name, region, role = (*parts, "", "")[:3]
    if not name:
        raise Refused("le nom manque.")
    if len(parts) == 1 and "," in name:
        raise Refused("séparez par des points-virgules : « nom ; région ; rôle ».")
    if len(parts) > 3:
        raise Refused("écrivez « nom ; région ; rôle », rien de plus.")
    code = known.get(sortable(region), "") if region else ""
    if region and not code:
        raise Refused(f"la région « {region} » n’existe pas ; écrivez son nom ou son code, ou laissez vide.")
    return Participant(name, code, role)


def participants_text(participants: Sequence[Participant], regions: Mapping[str, str]) -> str:
    """The inverse of read_participants."""
    return "\n".join(
        " ; ".join((one.name, regions.get(one.region, one.region), one.role)).rstrip(" ;") for one in participants
    )
