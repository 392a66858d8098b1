"""How many regions are where they should be, explained: each with its progress, and why some are not classed."""

from fractions import Fraction

from impact.formats import counted, short_date
from impact.presentation import advancement, wording
from impact.presentation.advancement import Line
from impact.presentation.explaining.shapes import Explanation, Link, Listing
from impact.presentation.explaining.targets import THRESHOLDS
from impact.presentation.explaining.totals import EVERYWHERE, statuses
from impact.presentation.lens import Lens, narrowed
from impact.presentation.questions import Kind, about
from impact.vocabulary import ProgressState
from impact.world import World

FORMULA = (
    "L’état d’une région compare son avancement (moyenne des taux de réalisation de ses indicateurs, chacun ramené "
    "entre 0 et 100 %) à ce qui en est attendu à la même date. Sous la moitié d’indicateurs mesurés, elle n’est pas "
    "classée."
)


def explain_states(world: World, lens: Lens) -> Explanation:
    """world: the whole campaign."""
    lines = advancement.ranking(narrowed(world, lens), advancement.standings(world, lens), lens)
    ranked = [line for line in lines if line.rank]
    on_track = sum(line.advance.state is ProgressState.ON_TRACK for line in ranked)
    where = f"{EVERYWHERE}, {world.chantier_names[lens.chantier]}" if lens.chantier else EVERYWHERE
    shown = f"{on_track} sur {len(lines)}" if lines else "–"
    rest = tuple((_name(world, line, lens), _chantier(world, line), line.why_unranked) for line in lines
                 if not line.rank)  # fmt: skip
    listings = [
        Listing(
            "Régions classées", ("Région", "Chantier", "Avancement", "Attendu", "Mesurés", "État"),
            tuple(_ranked(world, line, lens) for line in ranked), frozenset({2, 3, 4}),
        ),
        Listing("Régions non classées", ("Région", "Chantier", "Pourquoi"), rest),
    ]  # fmt: skip
    return Explanation(
        title=wording.titled(f"{shown}, au {short_date(advancement.as_of(world, lens) or world.today)}", lens),
        subject=f"Régions en avance ou conformes, {where}",
        number=shown,
        exact=Fraction(on_track, len(lines)) if lines else None,
        formula=FORMULA,
        notes=(THRESHOLDS,),
        listings=tuple(one for one in listings if one.rows),
        coverage=f"Couverture : {counted(len(ranked), 'région classée', 'régions classées')} sur {len(lines)}.",
        definition=statuses(lens),
    )


def _ranked(world: World, line: Line, lens: Lens) -> tuple[str | Link, ...]:
    one = line.advance
    return (
        _name(world, line, lens), _chantier(world, line), wording.rate(one.progress), wording.rate(one.expected),
        f"{one.measured} sur {one.indicators}", f"{line.sign} {line.word}",
    )  # fmt: skip


def _name(world: World, line: Line, lens: Lens) -> Link:
    return Link(line.name, about(world, lens, Kind.ADVANCE, region=line.region, chantier=line.chantier).address)


def _chantier(world: World, line: Line) -> str:
    return world.chantier_names[line.chantier]
