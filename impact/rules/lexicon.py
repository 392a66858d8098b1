"""The shared lexicon: what may be said of a term, what may be said on it, and where the regions stand. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from impact.errors import Problem, Refused
from impact.formats import clean_text, sortable
from impact.rules.fields import LONGEST_TEXT, Fields
from impact.vocabulary import Stance

LABELS = {
    "term": "terme",
    "definition": "définition",
    "note": "à savoir",
    "example": "exemple",
    "see_also": "voir aussi",
    "indicators": "indicateurs",
}
"""French words of what a version says, in the order in which people read it."""
LONGEST = {"term": 80, "definition": 1_500, "note": 1_500, "example": 1_500}
LONGEST_REASON = LONGEST_COMMENT = 1_000
LONGEST_CODE = 40
FROM_DISAGREEMENT = (Stance.DECLINED, Stance.RESERVED, Stance.ADOPTED)
"""The order in which stances are listed: agreement needs no reading."""


@dataclass(frozen=True, slots=True)
class TermDraft:
    """What a version of a term says. see_also: codes of terms; indicators: codes."""

    term: str
    definition: str
    note: str = ""
    example: str = ""
    see_also: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One version as it is read. published_by: a name, '' for what came with data/lexicon.yaml."""

    code: str
    version: int
    said: TermDraft
    retired: bool
    reason: str
    published_by: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A region's stance on one version of a term. on_behalf: taken by the national office in its name."""

    region: str
    code: str
    number: int
    version: int
    stance: Stance
    comment: str
    taken_by: str
    taken_on: date
    on_behalf: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """Regions by their stance on the latest version. earlier: those that spoke of an earlier one only.

    is_disputed: some region's last word is a reservation or a refusal, of whichever version.
    """

    of: Mapping[Stance, int]
    earlier: int
    silent: int
    is_disputed: bool

    @property
    def awaited(self) -> int:
        return self.earlier + self.silent


@dataclass(frozen=True, slots=True)
class Lexicon:
    """versions: by code, oldest first, terms in the order of the dictionary. regions: code -> name, those asked.

    stances: by (code of a term, region), oldest first.
    """

    versions: Mapping[str, tuple[Term, ...]]
    regions: Mapping[str, str]
    stances: Mapping[tuple[str, str], tuple[Taken, ...]] = field(default_factory=dict)

    def latest(self, code: str) -> Term:
        return self.versions[code][-1]

    @property
    def in_use(self) -> list[Term]:
        return [versions[-1] for versions in self.versions.values() if not versions[-1].retired]

    @property
    def retired(self) -> list[Term]:
        return [versions[-1] for versions in self.versions.values() if versions[-1].retired]

    def taken(self, code: str, region: str) -> tuple[Taken, ...]:
        """Everything that a region said of a term, oldest first."""
        return self.stances.get((code, region), ())

    def last(self, code: str, region: str) -> Taken | None:
        said = self.taken(code, region)
        return said[-1] if said else None

    def awaits(self, code: str, region: str) -> bool:
        """Whether the region has yet to speak of the latest version of a term in use."""
        latest, last = self.latest(code), self.last(code, region)
        return not latest.retired and (last is None or last.version != latest.version)

    def tally(self, code: str) -> Tally:
        last = [self.last(code, region) for region in self.regions]
        version = self.latest(code).version
        of = Counter(one.stance for one in last if one and one.version == version)
        earlier = sum(one is not None and one.version != version for one in last)
        disputed = any(one is not None and one.stance is not Stance.ADOPTED for one in last)
        return Tally({stance: of[stance] for stance in Stance}, earlier, sum(one is None for one in last), disputed)

    def standing(self, code: str) -> list[tuple[str, Taken | None]]:
        """Each region with its last stance: disagreement first, then those on the latest version, then by name."""
        rank = {stance: place for place, stance in enumerate(FROM_DISAGREEMENT)}
        version = self.latest(code).version

        def place(pair: tuple[str, Taken | None]) -> tuple[int, bool]:
            last = pair[1]
            return (rank[last.stance], last.version != version) if last else (len(rank), False)

        return sorted(((region, self.last(code, region)) for region in self.regions), key=place)


def slug(term: str) -> str:
    """« Preuve d’effet » -> preuve_d_effet: a code for addresses, which never changes afterwards."""
    return re.sub(r"[^a-z0-9]+", "_", sortable(term)).strip("_")[:LONGEST_CODE].strip("_")


def content(draft: TermDraft) -> dict[str, Any]:
    """JSON-ready, in the order of LABELS."""
    said = {name: getattr(draft, name) for name in LABELS}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}


def differences(before: TermDraft, after: TermDraft) -> list[str]:
    """Names of what differs, in the order of LABELS."""
    return [name for name in LABELS if getattr(before, name) != getattr(after, name)]


def checked_term(
    draft: TermDraft, reason: str, known: Mapping[str, Term], indicators: Collection[str], latest: Term | None = None
) -> tuple[TermDraft, str, list[Problem]]:
    """The draft and its reason as they would be kept, and every reason not to publish them.

    known: the latest version of every term. latest: the one that this follows; None = a new term.
    """
    reading = _Worded({**{name: getattr(draft, name) for name in LONGEST}, "reason": reason})
    clean = _cleaned(reading, draft)
    said = reading.text("reason", LONGEST_REASON)
    for name in ("term", "definition"):
        if not getattr(clean, name) and not reading.is_refused(name):
            reading.refuse(name, "ce texte manque.")
    own = latest.code if latest else slug(clean.term)
    if clean.term and not slug(clean.term):
        reading.refuse("term", "écrivez au moins une lettre.")
    if same := _same_word(clean.term, known, latest):
        reading.refuse("term", f"« {same.said.term} » est déjà dans le lexique : révisez ce terme.")
    for code in clean.see_also:
        if code not in known or code == own:
            reading.refuse("see_also", f"« {code} » n’est pas un autre terme du lexique.")
    for code in clean.indicators:
        if code not in indicators:
            reading.refuse("indicators", f"« {code} » n’existe pas.")
    problems = reading.problems
    if not problems and latest and not latest.retired and clean == latest.said:
        problems.append(Problem("rien n’a changé : modifiez au moins un champ."))
    return clean, said, problems if reading.is_refused("reason") else problems + reason_problems(said)


def _same_word(word: str, known: Mapping[str, Term], latest: Term | None) -> Term | None:
    """Another term, in use or retired, that is or once was named so; a new term's code is not free any more."""
    others = [one for one in known.values() if latest is None or one.code != latest.code]
    return next((one for one in others if slug(word) in (one.code, slug(one.said.term))), None)


def reason_problems(reason: str) -> list[Problem]:
    return [] if reason else [Problem("indiquez le motif : il restera à côté de cette version.", "reason")]


def _cleaned(reading: Fields, draft: TermDraft) -> TermDraft:
    texts = {name: reading.text(name, longest) for name, longest in LONGEST.items()}
    texts["term"] = " ".join(texts["term"].split())
    see_also, indicators = (tuple(dict.fromkeys(codes)) for codes in (draft.see_also, draft.indicators))
    return TermDraft(**texts, see_also=see_also, indicators=indicators)


def text(typed: str, longest: int) -> str:
    """As it is kept: clean, with typographic apostrophes."""
    return _typographic(clean_text(typed, longest))


def checked_stance(stance: str, comment: str) -> tuple[Stance, str]:
    """As they would be kept; Refused with everything that is wrong."""
    reading = _Worded({"stance": stance, "comment": comment})
    chosen, said = reading.one_of("stance", Stance), reading.text("comment", LONGEST_COMMENT)
    if not reading.problems and chosen is not Stance.ADOPTED and not said:
        reading.refuse("comment", "dites pourquoi : une réserve ou un refus sans motif n’apprend rien aux autres.")
    if reading.problems or chosen is None:
        raise Refused(reading.problems)
    return chosen, said


class _Worded(Fields):
    """The fields of a term, or of a stance."""

    def __init__(self, fields: Mapping[str, str]):
        super().__init__(fields, {**LABELS, "reason": "motif", "stance": "position", "comment": "commentaire"})

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        return _typographic(super().text(name, longest))


def _typographic(text: str) -> str:
    return text.replace("'", "’")
