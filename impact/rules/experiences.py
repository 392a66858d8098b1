"""What a region tells of what it did and learnt: as it is typed, what it lacks to be published, what it may be tied to.

Typed fields have French names (LABELS); ties are codes separated by commas or blanks: « FOR-01,FOR-04 », « 22-3 FR-1 ».
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from impact.errors import Problem, Refused
from impact.formats import clean_text
from impact.rules.fields import Fields
from impact.vocabulary import LabelledEnum

LABELS = {
    "titre": "Titre",
    "chantier": "Chantier",
    "action": "Action régionale",
    "contexte": "Le contexte",
    "essai": "Ce qui a été essayé",
    "reussite": "Ce qui a marché",
    "echec": "Ce qui n’a pas marché",
    "portee": "Pour qui cela vaudrait",
    "indicateurs": "Indicateurs",
    "affirmations": "Affirmations d’impact",
    "pieces": "Pièces",
    "commentaire": "Commentaire",
    "motif": "Motif du retrait",
}
TEXTS = {
    "titre": "title", "contexte": "context", "essai": "tried", "reussite": "worked", "echec": "failed",
    "portee": "holds_for",
}  # fmt: skip
PARTS = tuple(name for name in TEXTS if name != "titre")
"""The parts of the story, in the order in which it is read."""
TIES = ("indicateurs", "affirmations", "pieces")
LONGEST_TITLE, LONGEST_PART, LONGEST_COMMENT, LONGEST_REASON = 160, 6_000, 2_000, 1_000
MOST_TIES = 20
_NUMBERED = re.compile(r"(?P<region>[0-9A-Z]{2,3})-(?P<number>[1-9]\d{0,5})", re.ASCII)


class StoryState(LabelledEnum):
    """Derived from what is published; nobody chooses it."""

    DRAFT = "brouillon", "brouillon"
    PUBLISHED = "publie", "publié"
    CHANGED = "modifie", "publié, nouvelle version en préparation"
    WITHDRAWN = "retire", "retiré"


STATE_SIGNS = {
    StoryState.DRAFT: "✎", StoryState.PUBLISHED: "✓", StoryState.CHANGED: "✎", StoryState.WITHDRAWN: "✕",
}  # fmt: skip


class StoryKey(NamedTuple):
    region: str
    number: int

    def __str__(self) -> str:
        """« 22-1 », as addresses and people name a story."""
        return f"{self.region}-{self.number}"


def story_key(text: str) -> StoryKey | None:
    """« 22-1 » read; None for anything else."""
    match = _NUMBERED.fullmatch(text)
    return StoryKey(match["region"], int(match["number"])) if match else None


@dataclass(frozen=True, slots=True)
class Story:
    """What a story says in one version. action, pieces: numbers in its region. claims: « 22-3 »; sorted, like codes."""

    title: str
    chantier: str
    context: str = ""
    tried: str = ""
    worked: str = ""
    failed: str = ""
    holds_for: str = ""
    action: int | None = None
    indicators: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    pieces: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What a story of a region may name; what its version before named already may stay, withdrawn since or not.

    claims: those that the region may read.
    """

    chantiers: Collection[str]
    actions: Collection[int]
    indicators: Collection[str]
    claims: Collection[str]
    pieces: Collection[int]


def story_fields(story: Story, region: str) -> dict[str, str]:
    """The French texts that would be typed to say this story: the inverse of read_story."""
    said = {name: str(getattr(story, attribute)) for name, attribute in TEXTS.items()}
    return said | {
        "chantier": story.chantier,
        "action": "" if story.action is None else f"{region}-{story.action}",
        "indicateurs": ",".join(story.indicators),
        "affirmations": ",".join(story.claims),
        "pieces": ",".join(f"{region}-{number}" for number in story.pieces),
    }


def read_story(fields: Mapping[str, str], region: str) -> tuple[Story | None, list[Problem]]:
    """What was typed, read strictly; the story is None as soon as there is a problem. Absent and blank are the same."""
    reading = Fields(fields, LABELS)
    texts = {
        attribute: reading.text(name, LONGEST_TITLE if name == "titre" else LONGEST_PART)
        for name, attribute in TEXTS.items()
    }
    texts["title"] = " ".join(texts["title"].split())
    if not texts["title"] and not reading.is_refused("titre"):
        reading.refuse("titre", "donnez-en un ; un brouillon n’a besoin de rien d’autre.")
    if not reading.filled("chantier"):
        reading.refuse("chantier", "choisissez-en un.")
    action = _numbers(reading, "action", region)
    indicators, claims = _codes(reading, "indicateurs"), _codes(reading, "affirmations")
    pieces = _numbers(reading, "pieces", region)
    if reading.problems:
        return None, reading.problems
    story = Story(
        chantier=fields["chantier"].strip(), action=action[0] if action else None, indicators=indicators,
        claims=claims, pieces=pieces, **texts,
    )  # fmt: skip
    return story, []


def _codes(reading: Fields, name: str) -> tuple[str, ...]:
    codes = tuple(sorted(set(reading.fields.get(name, "").replace(",", " ").split())))
    if len(codes) > MOST_TIES:
        reading.refuse(name, f"au plus {MOST_TIES}.")
    return codes


def _numbers(reading: Fields, name: str, region: str) -> tuple[int, ...]:
    found = []
    for code in _codes(reading, name):
        match = _NUMBERED.fullmatch(code)
        if match and match["region"] == region:
            found.append(int(match["number"]))
        else:
            reading.refuse(name, f"« {code[:20]} » n’en est pas un numéro de cette région, comme {region}-3.")
    return tuple(sorted(found))


def tie_problems(story: Story, known: Known, before: Story | None = None) -> list[Problem]:
    """What a well-formed story names that does not exist, or is not its region's to name; everything at once."""
    held = before or Story("", "")
    problems = []
    if story.chantier not in known.chantiers:
        problems.append(_unknown("chantier", [story.chantier]))
    if story.action is not None and story.action not in {*known.actions, held.action}:
        problems.append(_unknown("action", [story.action]))
    named: tuple[tuple[str, Iterable[object], Collection[object]], ...] = (
        ("indicateurs", story.indicators, {*known.indicators, *held.indicators}),
        ("affirmations", story.claims, {*known.claims, *held.claims}),
        ("pieces", story.pieces, {*known.pieces, *held.pieces}),
    )
    for name, codes, there in named:
        if missing := [code for code in codes if code not in there]:
            problems.append(_unknown(name, missing))
    return problems


def _unknown(name: str, codes: Iterable[object]) -> Problem:
    told = ", ".join(f"« {str(code)[:20]} »" for code in codes)
    return Problem(f"« {LABELS[name]} » : {told} n’existe pas, est retiré, ou n’est pas ouvert à la région.", name)


def lacks(story: Story) -> list[Problem]:
    """Everything that a story has to say before it is published, and does not."""
    wanted = [
        ("titre", story.title, "donnez-en un."),
        ("contexte", story.context, "dites où et dans quelle situation cela s’est passé."),
        ("essai", story.tried, "dites ce que la région a fait."),
        ("reussite", story.worked or story.failed, "dites-le, ou ce qui n’a pas marché : l’un des deux au moins."),
    ]  # fmt: skip
    return [Problem(f"« {LABELS[name]} » : {say}", name) for name, text, say in wanted if not text.strip()]


def read_comment(text: str) -> str:
    """What is said of a story, cleaned; Refused where it says nothing or too much."""
    return _said(text, "commentaire", LONGEST_COMMENT, "écrivez-le avant de l’envoyer.")


def read_reason(text: str) -> str:
    return _said(text, "motif", LONGEST_REASON, "dites pourquoi le retour d’expérience est retiré.")


def _said(text: str, name: str, longest: int, ask: str) -> str:
    try:
        said = clean_text(text, longest)
    except Refused as refused:
        raise Refused([Problem(f"« {LABELS[name]} » : {refused}", name)]) from refused
    if not said:
        raise Refused([Problem(f"« {LABELS[name]} » : {ask}", name)])
    return said
