"""A piece of evidence as it was described: what is read of the form, what is refused. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from impact.errors import Problem
from impact.formats import short_date
from impact.proof import is_link
from impact.rules.fields import Fields
from impact.vocabulary import Confidentiality, EvidenceKind

PIECE_FIELDS = (
    "type", "titre", "confidentialite", "lien", "date", "auteur", "population", "interroges", "repondants",
)  # fmt: skip
LONGEST_TITLE = 160
_LABELS = {
    "type": "type de pièce", "titre": "titre", "confidentialite": "confidentialité", "lien": "lien",
    "date": "date du document", "auteur": "auteur", "population": "population couverte",
    "interroges": "personnes ou structures interrogées", "repondants": "réponses reçues",
}  # fmt: skip


CHECKS = {
    "valeur": "la valeur y figure",
    "periode": "la période et le territoire correspondent",
    "definition": "la définition est respectée",
    "methode": "la méthode et la population sont décrites",
}
"""What a reader of the evidence may have checked in it."""


def checked(codes: Collection[str], note: str) -> str:
    """What a reader says to have checked, as it is kept; '' where they ticked nothing, whatever they noted."""
    said = [words for code, words in CHECKS.items() if code in codes]
    return " ; ".join([*said, *([f"note : {note.strip()}"] if note.strip() else [])]) if said else ""


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """How a piece is described. link: '' where the piece is a file. asked, respondents: of a survey, None elsewhere."""

    kind: EvidenceKind
    title: str
    confidentiality: Confidentiality
    link: str = ""
    document_date: date | None = None
    author: str = ""
    population: str = ""
    asked: int | None = None
    respondents: int | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What an external third party did: who, of which organisation, on which day, in which piece of the region."""

    person: str
    organisation: str
    day: date
    report: int


def read_piece(fields: Mapping[str, str], *, is_file: bool, today: date) -> tuple[EvidenceDraft | None, list[Problem]]:
    """fields: raw texts by PIECE_FIELDS. is_file: a file comes with them, so that no link is expected."""
    reading = _Described(fields)
    kind = reading.one_of("type", EvidenceKind)
    confidentiality = reading.one_of("confidentialite", Confidentiality)
    title, author = reading.text("titre", LONGEST_TITLE), reading.text("auteur", LONGEST_TITLE)
    population, link = reading.text("population", 300), reading.text("lien")
    day = reading.past_day("date", today)
    asked, respondents = reading.count("interroges"), reading.count("repondants")
    if not title and not reading.is_refused("titre"):
        reading.refuse("titre", "donnez un titre : c’est lui que le relecteur lira.")
    if is_file and link:
        reading.refuse("lien", "une pièce est un fichier ou un lien ; déposez-en deux.")
    if not is_file and not is_link(link) and not reading.is_refused("lien"):
        reading.refuse("lien", "donnez un fichier, ou une adresse complète qui commence par http:// ou https://.")
    if respondents is not None and (asked is None or respondents > asked) and not reading.is_refused("interroges"):
        reading.refuse("repondants", "il y a plus de réponses que de personnes interrogées ; indiquez les deux.")
    if reading.problems or kind is None or confidentiality is None:
        return None, reading.problems
    return EvidenceDraft(kind, title, confidentiality, link, day, author, population, asked, respondents), []


def read_verification(
    fields: Mapping[str, str], *, report: int | None, today: date
) -> tuple[Verification | None, list[Problem]]:
    """fields: organisme, personne, date. report: number of the piece that holds the verifier's report."""
    reading = _Described(fields)
    organisation, person = reading.text("organisme", LONGEST_TITLE), reading.text("personne", LONGEST_TITLE)
    day = reading.past_day("date", today)
    for name, said in (("organisme", organisation), ("personne", person)):
        if not said and not reading.is_refused(name):
            reading.refuse(name, "nommez qui a vérifié : la personne et son organisme, extérieur au réseau.")
    if day is None and not reading.is_refused("date"):
        reading.refuse("date", "indiquez le jour de la vérification.")
    if report is None:
        reading.refuse("rapport", "choisissez la pièce qui contient le rapport du vérificateur ; déposez-la d’abord.")
    if reading.problems or day is None or report is None:
        return None, reading.problems
    return Verification(person, organisation, day, report), []


class _Described(Fields):
    """The fields of a piece, or of a verification."""

    def __init__(self, fields: Mapping[str, str]):
        super().__init__(fields, _LABELS)

    def past_day(self, name: str, today: date) -> date | None:
        day = self.day(name)
        if day is None or day <= today:
            return day
        self.refuse(name, f"le {short_date(day)} n’est pas encore passé.")
        return None

    def count(self, name: str) -> int | None:
        value = self.number(name, 0)
        if value is None or 0 <= value < 10**9:
            return None if value is None else int(value)
        self.refuse(name, "un nombre entier de personnes ou de structures, 0 ou plus.")
        return None
