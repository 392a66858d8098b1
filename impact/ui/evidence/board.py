"""Everything that the screen of the language of proof shows, computed once for a key, a lens and an appearance."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from impact.aggregation import Total
from impact.charts.palette import Mode
from impact.figures import Definition
from impact.presentation import checked, grades, sourcing
from impact.presentation.checked import Checked
from impact.presentation.lens import Lens, key_indicators, narrowed
from impact.presentation.questions import Kind, Question, about
from impact.presentation.sourcing import Bare
from impact.presentation.wording import in_full, sentence
from impact.ui import explanation, marks, quality_facts, reads
from impact.ui.drawings import Drawing, drawing
from impact.ui.evidence import lists
from impact.ui.evidence.reads import hidden_grades
from impact.ui.kept import kept
from impact.ui.page import Explanation, KeyFigure, typeset
from impact.ui.reads import Key
from impact.vocabulary import Additivity
from impact.world import World


@dataclass(frozen=True, slots=True)
class Composed:
    """One total taken apart. title: in the drawing. number: with its unit and its lowest grade."""

    code: str
    number: Markup
    drawing: Drawing
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Graded:
    """Validated figures counted by grade. over_time: the whole campaign, whatever the period looked at.

    places: the table of every region on each of its chantiers, which is long: made once it is asked for.
    """

    validated: int
    proven: KeyFigure
    over_time: Drawing
    chantiers: Markup
    places: Callable[[], Markup]


@dataclass(frozen=True, slots=True)
class Board:
    """practice: None where nothing of it was due. checked: PRE-06 typed and counted. composed: totals that have a share
    to show. bare: figures without evidence, oldest first. unread: those whose evidence nobody else has read.
    """

    lens: Lens
    sentence: str
    graded: Graded
    practice: Markup | None
    not_mobilised: tuple[str, ...]
    checked: tuple[Checked, ...]
    checked_by: Definition | None
    composed: tuple[Composed, ...]
    bare: tuple[Bare, ...]
    unread: int


@kept(64)
def board(key: Key, lens: Lens, mode: Mode) -> Board:
    world = reads.world(key)
    seen, everywhere = narrowed(world, lens), narrowed(world, lens._replace(chantier=""))
    return Board(
        lens,
        sentence(seen, lens),
        _graded(world, seen, lens, mode),
        _practice(everywhere, lens),
        tuple(sourcing.not_mobilised(everywhere)),
        tuple(checked.checked(everywhere, checked.entered(world, hidden_grades(key)))),
        world.definitions.get(checked.CODE),
        tuple(_composed(seen, lens, mode)),
        tuple(sourcing.bare_figures(seen)),
        sourcing.unread(seen),
    )


def _graded(world: World, seen: World, lens: Lens, mode: Mode) -> Graded:
    from impact.charts.grades import grades_alt, grades_chart, grades_data

    usual = lens._replace(min_proof=0, provisional=False)

    def ask(kind: Kind, chantier: str, region: str = "") -> Question:
        return about(seen, usual, kind, chantier=chantier, region=region)

    counts, whole = grades.by_chantier(seen), narrowed(world, Lens(lens.chantier))
    frame = grades.ends_frame(grades.at_each_end(whole))
    return Graded(
        sum(map(sum, counts.values())),
        quality_facts.of(seen, lens)[2],
        drawing("Chiffres validés à chaque fin de période", grades_chart(frame, mode), grades_data(frame),
                grades_alt(frame)),
        lists.grade_table(counts, world.chantier_names, ask, lens.carried),
        lambda: lists.place_table(grades.by_place(seen), world.chantier_names, ask, lens.carried),
    )  # fmt: skip


def _practice(everywhere: World, lens: Lens) -> Markup | None:
    found = sourcing.practices(everywhere, lens)
    names = {code: everywhere.region_names[code] for code in everywhere.mobilised_regions(sourcing.PRACTICE)}

    def ask(total: Total) -> Question:
        return about(everywhere, lens, Kind.TOTAL, indicator=total.indicator, region=total.region)

    return lists.practice_table(found, names, ask) if found else None


def _composed(seen: World, lens: Lens, mode: Mode) -> Iterator[Composed]:
    from impact.charts.composition import composition_bar, composition_bar_alt, composition_bar_data

    for definition in _taken_apart(seen, lens):
        total = lens.total(seen, definition.code)
        frame = sourcing.composition_frame(definition, total, lens)
        if not frame.empty:
            data, alt = composition_bar_data(frame), composition_bar_alt(frame)
            drawn = drawing(str(frame["name"].iloc[0]), composition_bar(frame, mode), data, alt)
            told = explanation.of_total(seen, definition, total, lens)
            yield Composed(definition.code, _number(definition, total), drawn, told)


def _number(definition: Definition, total: Total) -> Markup:
    """« 25 personnes, au plus bas F0 déclaré »"""
    said, lowest = typeset(in_full(definition, total)), total.composition.lowest
    return (
        Markup("{}, au plus bas {}").format(said, marks.named(lowest))
        if lowest is not None
        else Markup("{}").format(said)
    )


def _taken_apart(seen: World, lens: Lens) -> list[Definition]:
    """The key indicators, or every one of a chantier that adds up."""
    if not lens.chantier:
        return key_indicators(seen)
    return [definition for definition in seen.definitions.values() if definition.additivity is Additivity.SUM]
