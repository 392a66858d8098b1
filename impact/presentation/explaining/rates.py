"""Rates of reporting, explained: counts by sheet, and which cells lower them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from impact.aggregation import ANSWERED, PENDING
from impact.figures import Cell, CellEntry
from impact.formats import capital, grade, number, short_date
from impact.presentation import facts, wording
from impact.presentation.explaining.shapes import Explanation, Link, Listing
from impact.presentation.explaining.totals import EVERYWHERE
from impact.presentation.facts import Fact
from impact.presentation.questions import Kind, Question, of_figure
from impact.proof import DOCUMENTED, GRADES
from impact.quality import QualityRow
from impact.vocabulary import STATUS_SIGNS, Answer, Status
from impact.world import World


@dataclass(frozen=True, slots=True)
class Rate:
    """part, whole: names of a QualityRow's counts, then their headers. lowering: title of the cells that lower it;
    counting: of those that it counts. Empty = not listed.
    """

    fact: Callable[[QualityRow], Fact]
    formula: str
    part: str
    whole: str
    headers: tuple[str, str]
    lowering: str
    counting: str

    def share(self, row: QualityRow) -> Fraction | None:
        whole: int = getattr(row, self.whole)
        return Fraction(getattr(row, self.part), whole) if whole else None


RATES = {
    Kind.COMPLETENESS: Rate(
        facts.completeness,
        "Complétude = réponses / chiffres attendus des périodes échues. Une réponse est une valeur ou « non "
        "disponible », soumise ou validée ; un chiffre retourné n’en est plus une ; « sans objet » n’est plus attendu.",
        "answered", "due", ("Réponses", "Attendues"), "Chiffres sans réponse", "Réponses",
    ),
    Kind.MISSING: Rate(
        facts.missing,
        "Chiffres attendus des périodes échues auxquels rien ne répond encore : ni valeur ni « non disponible », "
        "soumise ou validée. Un brouillon ou un chiffre à corriger n’est pas une réponse.",
        "missing", "due", ("Sans réponse", "Attendus"), "Chiffres sans réponse", "",
    ),
    Kind.PUNCTUALITY: Rate(
        facts.punctuality,
        "Ponctualité = réponses soumises une première fois avant l’échéance / chiffres attendus. Une réouverture "
        "ultérieure n’y change rien.",
        "on_time", "due", ("À l’heure", "Attendues"), "Réponses après l’échéance, ou absentes", "Réponses à l’heure",
    ),
    Kind.PROVEN: Rate(
        facts.proven,
        "Part prouvée = chiffres validés de fiabilité F2 documenté ou plus / chiffres validés.",
        "proven", "figures", ("F2 ou plus", "Validés"), "Chiffres validés en dessous de F2",
        "Chiffres validés F2 ou plus",
    ),
    Kind.VALIDATED: Rate(
        facts.validated,
        "Chiffres portant une valeur, validés par le bureau national, sur les chiffres attendus des périodes échues.",
        "figures", "due", ("Validés", "Attendus"), "Chiffres attendus, pas validés", "Chiffres validés",
    ),
}  # fmt: skip


COUNTS = (Kind.VALIDATED, Kind.MISSING)
"""Numbers of figures rather than shares."""


def explain_rate(world: World, asked: Question) -> Explanation:
    """world: narrowed to what is asked: chantier, region, window."""
    rate, row = RATES[asked.kind], world.pooled()
    fact = rate.fact(row)
    part, whole = number(getattr(row, rate.part)), number(getattr(row, rate.whole))
    nothing = "Aucun chiffre n’est validé" if asked.kind is Kind.PROVEN else "Rien n’est attendu"
    result = f" {part} / {whole} = {fact.value}." if rate.share(row) is not None else f" {nothing} : sans objet."
    return Explanation(
        title=f"{fact.value}, {wording.span(world)}",
        subject=f"{fact.label}, {_where(world, asked)}",
        number=fact.value,
        exact=rate.share(row),
        formula=rate.formula + ("" if asked.kind in COUNTS else result),
        notes=(f"{capital(' ; '.join(fact.lines))}.",),
        listings=tuple(_listings(world, rate, asked)),
        definition="Calculé sur tous les chiffres, quels que soient le niveau de preuve et les statuts retenus.",
    )


def _where(world: World, asked: Question) -> str:
    region = world.region_names[asked.region] if asked.region else EVERYWHERE
    sheet = f", feuille {world.periods[asked.period].short}" if asked.sheet and asked.period else ""
    return (f"{region}, {world.chantier_names[asked.chantier]}" if asked.chantier else region) + sheet


def _listings(world: World, rate: Rate, asked: Question) -> Iterator[Listing]:
    if world.quality:
        yield Listing("Par feuille", ("Feuille", *rate.headers), tuple(_sheets(world, rate)), frozenset({1, 2}))
    if asked.kind is Kind.PROVEN and world.pooled().figures:
        yield Listing("Par niveau de fiabilité", ("Niveau", "Chiffres validés"), _grades(world), frozenset({1}))
    cells = tuple(_cells(world, asked.kind))
    if cells:
        yield Listing(rate.lowering, ("Chiffre", "Région", "Pourquoi"), cells)
    if asked.kind is Kind.PUNCTUALITY and (hidden := _unseen(world)):
        yield Listing("Réponses réservées à leur région", ("Nombre", "Pourquoi"), tuple(hidden))
    counting = tuple(_counting(world, asked.kind)) if rate.counting else ()
    if counting:
        yield Listing(rate.counting, ("Chiffre", "Région", "Valeur", "Statut", "Soumis le", "Preuve"), counting,
                      frozenset({2}))  # fmt: skip


def _counting(world: World, kind: Kind) -> Iterator[tuple[str | Link, ...]]:
    """What the rate counts, one line a figure; its link says who entered it and who validated it."""
    for cell in _in_order(world, world.expected()):
        entry = world.entries.get(cell)
        if entry and _counts(world, cell, entry, kind):
            definition = world.definition_of(cell.indicator, entry.version)
            value = wording.in_brief(definition, entry.pair) if entry.pair else entry.answer.label
            sent = short_date(entry.first_submitted_on) if entry.first_submitted_on else "–"
            status = f"{STATUS_SIGNS[entry.status]} {entry.status.label}"
            yield *_named(world, cell), value, status, sent, grade(entry.reliability) if entry.pair else "–"
        elif kind is Kind.COMPLETENESS and cell in world.pending:
            yield *_named(world, cell), "–", f"{STATUS_SIGNS[Status.SUBMITTED]} {PENDING}", "–", "–"


def _counts(world: World, cell: Cell, entry: CellEntry, kind: Kind) -> bool:
    if kind in (Kind.COMPLETENESS, Kind.PUNCTUALITY):
        on_time = kind is Kind.COMPLETENESS or not _late(world, cell, entry)
        return entry.status in ANSWERED and on_time
    return _is_validated(entry) and (kind is Kind.VALIDATED or entry.reliability >= DOCUMENTED)


def _named(world: World, cell: Cell) -> tuple[Link, str]:
    name = f"{cell.indicator}, {world.periods[cell.period].short}"
    return Link(name, of_figure(cell).address), world.region_names[cell.region]


def _grades(world: World) -> tuple[tuple[str, str], ...]:
    held = [entry.reliability for entry in map(world.entries.get, world.due) if entry and _is_validated(entry)]
    return tuple((grade(level), number(held.count(level))) for level in range(GRADES) if level in held)


def _is_validated(entry: CellEntry) -> bool:
    return entry.status is Status.VALIDATED and entry.answer is Answer.VALUE


def _sheets(world: World, rate: Rate) -> Iterator[tuple[str, ...]]:
    """The counts of each chantier and period, over the regions of the world."""
    keys = dict.fromkeys((row.chantier, row.period) for row in world.quality)
    for chantier, period in sorted(
        keys, key=lambda key: (list(world.chantier_names).index(key[0]), world.periods[key[1]])
    ):
        row = world.pooled(chantier=chantier, period=period)
        counts = (number(getattr(row, rate.part)), number(getattr(row, rate.whole)))
        yield (f"{chantier} {world.periods[period].short}", *counts)


def _cells(world: World, kind: Kind) -> Iterator[tuple[str | Link, ...]]:
    for cell in _in_order(world, world.expected()):
        why = _why(world, cell, kind)
        if why:
            yield *_named(world, cell), why


def _in_order(world: World, cells: Iterable[Cell]) -> list[Cell]:
    order = list(world.definitions)
    return sorted(
        cells,
        key=lambda cell: (world.region_names[cell.region], order.index(cell.indicator), world.periods[cell.period]),
    )


def _why(world: World, cell: Cell, kind: Kind) -> str:
    """Why a due cell lowers a rate; empty where it does not."""
    entry = world.entries.get(cell)
    answered = cell in world.pending or (entry is not None and entry.status in ANSWERED)
    if kind in (Kind.COMPLETENESS, Kind.MISSING):
        return "" if answered else _silence(entry)
    if kind is Kind.PUNCTUALITY:
        return _late(world, cell, entry) if answered else _silence(entry)
    if kind is Kind.PROVEN:
        return grade(entry.reliability) if entry and _is_validated(entry) and entry.reliability < DOCUMENTED else ""
    return "" if entry and _is_validated(entry) else _unvalidated(world, cell, entry)


def _silence(entry: CellEntry | None) -> str:
    return entry.status.label if entry else "manquant"


def _late(world: World, cell: Cell, entry: CellEntry | None) -> str:
    deadline = world.periods[cell.period].deadline
    if entry is None or (entry.first_submitted_on and entry.first_submitted_on <= deadline):
        return ""
    when = f"soumis le {short_date(entry.first_submitted_on)}, " if entry.first_submitted_on else ""
    return f"{when}échéance le {short_date(deadline)}"


def _unseen(world: World) -> Iterator[tuple[str, str]]:
    """Answers whose figures this reader may not see: counted, never named."""
    row = world.pooled()
    seen = [entry for cell in world.expected() if (entry := world.entries.get(cell)) and entry.status in ANSWERED]
    late = sum(1 for entry in seen if _late(world, entry.cell, entry))
    hidden = ((row.on_time - (len(seen) - late), "avant"), (row.answered - row.on_time - late, "après"))
    for count, when in hidden:
        if count:
            one = f"réponse soumise {when} l’échéance, pas encore validée"
            yield number(count), one if count < 2 else f"réponses soumises {when} l’échéance, pas encore validées"


def _unvalidated(world: World, cell: Cell, entry: CellEntry | None) -> str:
    if cell in world.pending:
        return PENDING
    if entry is None:
        return "manquant"
    return entry.status.label if entry.answer is Answer.VALUE else f"{entry.answer.label}, {entry.status.label}"
