"""A region's progress on its chantier, explained: the mean of what its indicators count for."""

from collections.abc import Iterator
from fractions import Fraction

from impact.formats import counted, number, percent, short_date
from impact.presentation import wording
from impact.presentation.advancement import as_of
from impact.presentation.explaining.shapes import Explanation, Link, Listing
from impact.presentation.explaining.targets import THRESHOLDS, achieved
from impact.presentation.explaining.totals import statuses
from impact.presentation.lens import Lens
from impact.presentation.questions import Kind, Question
from impact.progress import Advance, Progress
from impact.vocabulary import PROGRESS_SIGNS, Direction
from impact.world import World


def explain_advance(
    world: World, advance: Advance, parts: dict[str, Progress], lens: Lens, asked: Question
) -> Explanation:
    """world: the whole campaign. parts: each indicator of the chantier, by code."""
    day = short_date(as_of(world, lens) or world.today)
    measured = {code: one for code, one in parts.items() if one.counted is not None}
    return Explanation(
        title=wording.titled(_title(advance, day), lens),
        subject=f"Avancement, {world.region_names[advance.region]}, {world.chantier_names[advance.chantier]}",
        number=wording.rate(advance.progress) if advance.progress is not None else "–",
        exact=advance.progress,
        formula=_formula(advance, measured),
        notes=tuple(_notes(advance)),
        listings=tuple(_listings(world, parts, measured, asked)),
        coverage=_coverage(advance),
        definition=statuses(lens),
    )


def _title(advance: Advance, day: str) -> str:
    state = f"{PROGRESS_SIGNS[advance.state]} {advance.state.label}"
    if advance.progress is None:
        return f"{state}, au {day}"
    return f"avancement {wording.rate(advance.progress)}, {state}, au {day}"


def _formula(advance: Advance, measured: dict[str, Progress]) -> str:
    if advance.progress is None:
        return "Aucun indicateur n’a à la fois une cible et un chiffre : il n’y a pas de moyenne, et jamais 0 %."
    terms = " + ".join(_share(one.counted) for one in measured.values())
    return (
        f"Moyenne de ce que compte chaque indicateur qui a une cible et un chiffre : ({terms}) / {len(measured)} = "
        f"{wording.rate(advance.progress)}. Chaque taux de réalisation y est ramené entre 0 et 100 % ; « tenu » et "
        "« atteint » comptent 100 %, « non tenu » et « non atteint » 0 %."
    )


def _share(counted_for: Fraction | None) -> str:
    return wording.achieved(counted_for or Fraction(0))


def _coverage(advance: Advance) -> str:
    least = "" if advance.is_ranked else " Moins de la moitié : la barre est hachurée et la région n’est pas classée."
    measured, expected = counted(advance.measured, "indicateur"), counted(advance.indicators, "attendu")
    return f"Couverture : sur {measured} sur {expected}.{least if advance.indicators else ''}"


def _notes(advance: Advance) -> Iterator[str]:
    if advance.progress is None or advance.expected is None:
        return
    expected = f"Attendu à date : {percent(100 * advance.expected)}, moyenne de la part attendue des mêmes indicateurs."
    if not advance.expected:
        yield expected
        return
    pace = number(advance.progress / advance.expected, 2)
    shares = f"{wording.rate(advance.progress)} / {percent(100 * advance.expected)}"
    yield f"{expected} Rythme = {shares} = {pace}. {THRESHOLDS}"


def _listings(
    world: World, parts: dict[str, Progress], measured: dict[str, Progress], asked: Question
) -> Iterator[Listing]:
    if measured:
        rows = tuple(_measured(world, one, asked) for one in measured.values())
        yield Listing(
            "Indicateurs qui comptent", ("Indicateur", "Taux de réalisation", "Compte pour", "Part attendue", "État"),
            rows, frozenset({1, 2, 3}),
        )  # fmt: skip
    others = tuple((_name(world, one, asked), _why(world, one)) for code, one in parts.items() if code not in measured)
    if others:
        yield Listing("Indicateurs qui ne comptent pas", ("Indicateur", "Pourquoi"), others)


def _measured(world: World, one: Progress, asked: Question) -> tuple[str | Link, ...]:
    share = "–" if one.share is None else percent(100 * one.share)
    state = f"{PROGRESS_SIGNS[one.state]} {one.word}"
    return _name(world, one, asked), achieved(one), _share(one.counted), share, state


def _name(world: World, one: Progress, asked: Question) -> Link:
    definition = world.definitions[one.indicator]
    question = Question(
        Kind.PROGRESS, one.indicator, one.region, period=asked.period, campaign=asked.campaign,
        min_proof=asked.min_proof, provisional=asked.provisional,
    )  # fmt: skip
    return Link(f"{one.indicator} {wording.short_name(definition)}", question.address)


def _why(world: World, one: Progress) -> str:
    if world.definitions[one.indicator].direction is Direction.NEUTRAL:
        return "indicateur de moyens, sans cible"
    return one.word
