"""One cell, explained: what was entered, where it stands, what its grade rests on."""

from impact.figures import Cell, CellEntry, Definition, shown_value
from impact.formats import capital, figure, short_date
from impact.presentation import grading, wording
from impact.presentation.explaining.shapes import Background, Explanation
from impact.presentation.explaining.totals import sheet_link, subject
from impact.presentation.states import state_of
from impact.vocabulary import STATUS_SIGNS, Measure, Status
from impact.world import World


def explain_cell(world: World, cell: Cell, background: Background) -> Explanation:
    period, entry = world.periods[cell.period], world.entries.get(cell)
    definition = world.definition_on(cell.indicator, period.end)
    if entry:
        definition = world.definition_of(cell.indicator, entry.version)
    sign, state = state_of(world, cell)
    number = figure(definition, entry.pair) if entry and entry.pair else "–"
    status = f", {STATUS_SIGNS[entry.status]} {entry.status.label}" if entry else ""
    return Explanation(
        title=f"{_in_full(definition, entry, number)}, {period.short} : {sign} {state}{status}",
        subject=f"{subject(world, definition, cell.region)}, {period.short}",
        number=_with_sign(definition, entry, number),
        exact=shown_value(definition.measure, entry.pair) if entry and entry.pair else None,
        formula=_formula(definition, entry),
        notes=tuple(_notes(world, cell, entry, background)),
        reliability=_reliability(entry.reliability) if entry and entry.pair else "",
        definition=f"Définition {definition.code}, version {definition.version}.",
        links=(sheet_link(definition.code, definition.version),),
    )


def _reliability(level: int) -> str:
    """Why it has its grade, and what would raise it."""
    told = grading.to_raise(level)
    return grading.sentence(level) + (f" {capital(told)}." if told else "")


def _in_full(definition: Definition, entry: CellEntry | None, number: str) -> str:
    pair = entry.pair if entry else None
    named = pair and definition.measure is not Measure.RATIO and shown_value(definition.measure, pair) is not None
    return f"{number} {definition.unit}" if named else number


def _with_sign(definition: Definition, entry: CellEntry | None, number: str) -> str:
    """« 139 741 € », « 45 personnes », « 60,9 % »"""
    is_euros = entry and entry.pair and wording.is_euros(definition)
    return wording.in_brief(definition, entry.pair) if entry and is_euros else _in_full(definition, entry, number)


def _formula(definition: Definition, entry: CellEntry | None) -> str:
    if entry is None:
        return "Aucun chiffre n’est visible ici, et une case vide ne vaut jamais 0."
    if entry.pair is None:
        return f"« {capital(entry.answer.label)} » : la région a répondu, sans chiffre. Rien n’entre dans les totaux."
    if not definition.has_pair:
        return "Chiffre saisi tel quel par la région."
    top, bottom = wording.plain_number(entry.pair.numerator), wording.plain_number(entry.pair.denominator or 0)
    shown = figure(definition, entry.pair)
    parts, whole = definition.numerator_label, definition.denominator_label
    if definition.measure is Measure.MEAN:
        return f"Moyenne saisie avec son nombre de cas ({whole}) : {top} / {bottom} = {shown}."
    return f"n : {parts}. N : {whole}. n / N = {top} / {bottom}, soit {shown}."


def _notes(world: World, cell: Cell, entry: CellEntry | None, background: Background) -> list[str]:
    period = world.periods[cell.period]
    notes = [
        f"Période du {short_date(period.start)} au {short_date(period.end)}, échéance le {short_date(period.deadline)}."
    ]
    if cell in world.pending:
        notes.append("Soumis, pas encore validé : le chiffre n’est visible que de sa région et du bureau national.")
    if entry and entry.status is not Status.VALIDATED:
        notes.append("Pas encore validé : il n’entre pas dans les chiffres officiels.")
    if entry and entry.pair and not world.is_due(cell):
        notes.append("Hors périmètre : la région n’était pas mobilisée à la fin de la période, ou la période court.")
    hands = background.hands.get(cell, "")
    return [*notes, f"{capital(hands)}."] if hands else notes
