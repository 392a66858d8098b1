"""The words of what regions tell, how one is found by words, and what its list says of it. Pure."""

from collections.abc import Mapping

from impact.formats import folded
from impact.rules.experiences import TIES, Story

FACTS = {
    "context": "Contexte",
    "tried": "Ce qui a été essayé",
    "worked": "Ce qui a marché",
    "failed": "Ce qui n’a pas marché",
    "holds_for": "Pour qui cela vaudrait",
    "action_number": "Action régionale n°",
    "claims": "Affirmations",
    "pieces": "Pièces",
    "published_version": "Version publiée",
    "comment_number": "Commentaire n°",
}
"""What history calls the facts of a story, its publication and its comments."""

LONGEST_EXCERPT = 280
TITLE, TOLD, AROUND = 8, 3, 1
"""What a word found there weighs: in the title, in the parts of the story, in the names that it is tied to."""

Searched = tuple[tuple[int, str], ...]
"""Texts of a story, folded, with their weights."""


def searched(story: Story, names: Mapping[str, str]) -> Searched:
    """names: of its region, chantier, indicators, by code; those that it does not name are left out by the caller."""
    told = (story.context, story.tried, story.worked, story.failed, story.holds_for)
    around = " ".join(word for pair in names.items() for word in pair)
    return ((TITLE, folded(story.title)), *((TOLD, folded(text)) for text in told if text), (AROUND, folded(around)))


def relevance(words: str, texts: Searched) -> int:
    """0 = a word is nowhere. A word counts in each text that has it, without accents nor capitals."""
    wanted = folded(words).split()
    weights = [sum(weight for weight, text in texts if word in text) for word in wanted]
    return sum(weights) if all(weights) else 0


def field_text(name: str, text: str) -> str:
    """A typed field as a person reads it."""
    return (text.replace(",", ", ") if name in TIES else text) or "rien"


def excerpt(story: Story, longest: int = LONGEST_EXCERPT) -> str:
    """How it begins: of what was tried, else of the first part that says something; cut between two words."""
    parts = (story.tried, story.context, story.worked, story.failed, story.holds_for)
    line = " ".join(next((text for text in parts if text), "").split())
    if len(line) <= longest:
        return line
    kept = line[:longest].rsplit(" ", 1)[0]
    return f"{kept.rstrip(' ,;:.(«')}…"


def paragraphs(text: str) -> list[list[str]]:
    """A typed text in paragraphs, each a list of lines: a blank line separates two."""
    blocks = "\n".join(line.strip() for line in text.split("\n")).split("\n\n")
    return [lines for block in blocks if (lines := [line for line in block.split("\n") if line])]
