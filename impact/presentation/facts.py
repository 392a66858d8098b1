"""Key figures: a label, a number, and the lines that say what stands behind it."""

from dataclasses import dataclass
from datetime import date

from impact.aggregation import Total
from impact.figures import SCALE, Definition
from impact.formats import NO_BREAK, SMALL_NUMBER, counted, n_of_n, number, short_date
from impact.presentation import wording
from impact.presentation.advancement import state_word
from impact.presentation.lens import Lens
from impact.progress import Advance
from impact.quality import QualityRow
from impact.vocabulary import PROGRESS_SIGNS, Measure, Status


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str
    unit: str = ""
    lines: tuple[str, ...] = ()


def of_total(definition: Definition, total: Total, lens: Lens) -> Fact:
    value, unit = wording.headline(definition, total)
    lines = [
        _fraction(definition, total),
        _provisional(total),
        wording.coverage(definition, total),
        wording.value_day(total),
    ]
    label = wording.titled(wording.short_name(definition), lens)
    return Fact(label, value, unit, tuple(line for line in lines if line))


def _fraction(definition: Definition, total: Total) -> str:
    """n/N under a percentage; where N is below 10 it is the number itself."""
    if total.pair is None or definition.measure is not Measure.RATIO:
        return ""
    large = (total.pair.denominator or 0) >= SMALL_NUMBER * SCALE
    return n_of_n(total.pair) if large else "moins de 10 unités : le pourcentage n’est pas affiché"


def _provisional(total: Total) -> str:
    waiting = sum(entry.status is Status.SUBMITTED for entry in total.used)
    return f"dont {counted(waiting, 'chiffre provisoire', 'chiffres provisoires')}" if waiting else ""


def advance(one: Advance, chantier: str, day: date | None) -> Fact:
    """A region's progress. chantier: name, where there are several. day: of the last period that counts."""
    label = f"Avancement, {chantier}" if chantier else "Avancement"
    state = f"{PROGRESS_SIGNS[one.state]} {state_word(one.state)}"
    if one.progress is None or one.expected is None or day is None:
        return Fact(label, "–", "", (state, f"aucun indicateur mesuré sur {number(one.indicators)}"))
    measured = f"sur {counted(one.measured, 'indicateur')} sur {number(one.indicators)}"
    expected = f"attendu au {short_date(day)} : {wording.rate(one.expected)} ; {state.replace(' ', NO_BREAK, 1)}"
    few = () if one.is_ranked else ("moins de la moitié renseignés : non classée",)
    return Fact(label, wording.rate(one.progress), "", (measured, expected, *few))


def completeness(row: QualityRow) -> Fact:
    few = counted(row.missing, "chiffre manquant", "chiffres manquants")
    said = few if row.missing else "aucun chiffre manquant"
    return _rate("Complétude", wording.rate(row.completeness), row, f"{_answers(row.answered)} sur {_due(row)}", said)


def missing(row: QualityRow) -> Fact:
    answered = f"{_answers(row.answered)} sur {_due(row)}"
    return _rate("Chiffres sans réponse", f"{number(row.missing)} sur {number(row.due)}", row, answered)


def punctuality(row: QualityRow) -> Fact:
    late = row.answered - row.on_time
    said = f"{_answers(late)} après l’échéance" if late else "aucune réponse après l’échéance"
    on_time = f"{number(row.on_time)} sur {_due(row)}, avant l’échéance"
    return _rate("Ponctualité", wording.rate(row.punctuality), row, on_time, said)


def proven(row: QualityRow) -> Fact:
    share = f"{number(row.proven)} sur {counted(row.figures, 'chiffre validé', 'chiffres validés')}"
    if not row.figures:
        return Fact("Part prouvée (F2 ou plus)", "sans objet", "", ("aucun chiffre validé",))
    return Fact("Part prouvée (F2 ou plus)", wording.rate(row.proven_share), "", (share,))


def validated(row: QualityRow) -> Fact:
    return Fact("Chiffres validés", number(row.figures), "", (f"sur {counted(row.due, 'attendu')}",))


def _rate(label: str, value: str, row: QualityRow, *lines: str) -> Fact:
    return Fact(label, value, "", lines if row.due else ("rien d’attendu sur ces dates",))


def _answers(count: int) -> str:
    return counted(count, "réponse")


def _due(row: QualityRow) -> str:
    return counted(row.due, "attendue")
