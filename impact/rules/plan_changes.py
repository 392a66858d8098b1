"""What differs between two versions of a plan, part by part, for the people who review it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from impact.actions import Line, Plan, lines
from impact.rules.actions import LABELS, budget_fields, identity_fields, line_fields, name_of
from impact.vocabulary import Section


@dataclass(frozen=True, slots=True)
class Change:
    """section: None = what the action is, before the five sections. line: what the line is called, '' where the part
    has none. fields: (label, before, after) as they would be typed, of those that differ; '' = nothing said.
    """

    section: Section | None
    line: str
    fields: tuple[tuple[str, str, str], ...]
    is_added: bool = False
    is_removed: bool = False


def changes(before: Plan, after: Plan) -> list[Change]:
    """In the order of the plan; lines of a section are told apart by their name, whatever their place."""
    found = _fields(None, identity_fields(before.identity), identity_fields(after.identity))
    for section in Section:
        if section is Section.FUNDING:
            found += _fields(section, budget_fields(before.budget), budget_fields(after.budget))
        found += _section(section, before, after)
    return found


def _fields(section: Section | None, before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    differs = _differing(before, after)
    return [Change(section, "", differs)] if differs else []


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    names = after or before
    return tuple(
        (LABELS[name], before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name, "") != after.get(name, "")
    )


def _section(section: Section, before: Plan, after: Plan) -> list[Change]:
    former, now = _named(lines(before, section)), _named(lines(after, section))
    found = []
    for key in [*now, *(key for key in former if key not in now)]:
        differs = _differing(*(line_fields(own[key]) if key in own else {} for own in (former, now)))
        if differs:
            found.append(Change(section, key[0], differs, key not in former, key not in now))
    return found


def _named(own: Sequence[Line]) -> dict[tuple[str, int], Line]:
    """By name, and by how many lines before it bear the same one."""
    met: Counter[str] = Counter()
    found: dict[tuple[str, int], Line] = {}
    for line in own:
        name = name_of(line)
        found[name, met[name]] = line
        met[name] += 1
    return found
