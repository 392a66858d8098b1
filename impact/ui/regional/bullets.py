"""« Réalisé, attendu et cible »: a line per indicator, its bar, and means apart."""

from collections.abc import Callable, Sequence
from datetime import date

from markupsafe import Markup

from impact.formats import short_date
from impact.presentation.bullets import Bullet
from impact.presentation.questions import Kind, Question
from impact.presentation.wording import short_name
from impact.ui import marks, tables
from impact.ui.page import typeset
from impact.ui.tables import Column

Ask = Callable[[Kind, str], Question]

TARGETS = (
    Column("indicator", "Indicateur", html=True, row_header=True),
    Column("actual", "Réalisé", "right", html=True),
    Column("expected", "Attendu", "right", html=True, secondary=True),
    Column("target", "Cible", "right", html=True),
    Column("bar", "Chemin vers la cible", html=True, fill=True, secondary=True),
    Column("rate", "Taux", "right", html=True),
    Column("pace", "Rythme", "right", html=True, secondary=True),
    Column("state", "État", html=True),
    Column("grade", "Preuve", html=True, secondary=True),
)
MEANS = (
    Column("indicator", "Indicateur", html=True, row_header=True),
    Column("actual", "Réalisé", "right", html=True),
    Column("grade", "Preuve", html=True),
)
HOW_TO_READ = (
    "Barre : part du chemin parcourue de la situation de départ à la cible ; pointillé : attendu à date ; trait plein "
    ": cible. Barre claire : chiffre provisoire ; hachurée : total partiel. Le taux n’est jamais plafonné. "
    "Rythme : taux divisé par la part attendue ; 1 ou plus est conforme, moins de 0,85 en retard."
)


def until(day: date | None) -> str:
    """« , au 30/06/2011 »"""
    return f", au {short_date(day)}" if day else ""


def against_targets(lines: Sequence[Bullet], ask: Ask) -> Markup:
    latest = max((one.progress.as_of for one in lines if one.progress.as_of), default=None)
    rows = [
        {
            "indicator": _name(one),
            "actual": _actual(one, ask, one.progress.as_of != latest),
            "expected": _explained(one, one.expected, ask, Kind.PROGRESS),
            "target": _target(one, ask),
            "bar": _bar(one),
            "rate": _explained(one, one.rate, ask, Kind.PROGRESS),
            "pace": _explained(one, one.pace, ask, Kind.PROGRESS),
            "state": tables.sign(*one.state),
            "grade": _made_of(one),
        }
        for one in lines
    ]
    table = tables.table(TARGETS, rows, "Réalisé, attendu et cible de chaque indicateur")
    return Markup('<div class="imp-bullets">{}</div>').format(table)


def means(lines: Sequence[Bullet], ask: Ask) -> Markup:
    """Neither ranked nor coloured."""
    rows = [{"indicator": _name(one), "actual": _actual(one, ask, dated=True), "grade": _made_of(one)} for one in lines]
    return tables.table(MEANS, rows, "Moyens engagés, sans cible")


def _made_of(one: Bullet) -> Markup:
    return (one.total and marks.under(one.total)) or Markup("–")


def _name(one: Bullet) -> Markup:
    """Code and name; below, why the target is no longer what it was."""
    name = Markup('<span class="imp-code">{}</span> <span class="imp-full">{}</span>').format(
        one.definition.code, short_name(one.definition)
    )
    if one.change is None:
        return name
    what = "retirée" if one.change.withdrawn else "révisée"
    said = f"Cible {what} le {short_date(one.change.day)} : {one.change.reason}"
    return tables.two_lines(name, Markup('<span class="imp-full">{}</span>').format(typeset(said)))


def _actual(one: Bullet, ask: Ask, dated: bool) -> Markup:
    """The number, n/N, what makes it less than complete, and its day where that is not the table's."""
    if one.actual == "–":
        return Markup("–")
    number = tables.explained(tables.strong(one.actual), ask(Kind.TOTAL, one.definition.code))
    behind = Markup(" {}").format(tables.light(one.behind)) if one.behind else ""
    day = f"au {short_date(one.progress.as_of)}" if dated and one.progress.as_of else ""
    partial = Markup('<span class="imp-full">{}</span><span class="imp-short">partiel</span>').format(one.coverage)
    lines = [
        Markup("<div>{}</div>").format("provisoire") if one.is_provisional else "",
        Markup("<div>{}</div>").format(partial) if one.coverage else "",
        Markup('<div class="imp-full">{}</div>').format(day) if day else "",
    ]
    shown = Markup("{}{}").format(number, behind)
    return tables.two_lines(shown, Markup().join(lines)) if any(lines) else shown


def _explained(one: Bullet, text: object, ask: Ask, kind: Kind) -> Markup:
    if str(text) == "–":
        return Markup("–")
    return tables.explained(text, ask(kind, one.definition.code))


def _target(one: Bullet, ask: Ask) -> Markup:
    """What counts now, over what was set out at first."""
    shown = _explained(one, one.target, ask, Kind.PROGRESS)
    return tables.two_lines(shown, f"origine {one.change.original}") if one.change else shown


def _bar(one: Bullet) -> Markup:
    """Nothing is drawn where there is no way to go, or no figure: an empty track would read as zero."""
    progress = one.progress
    if progress.achievement is None:
        return Markup("")
    return tables.bar(
        float(progress.achievement),
        tick=1.0,
        expected=None if progress.share is None else float(progress.share),
        hatched=one.is_partial,
        provisional=one.is_provisional,
        tone=one.definition.chantier,
    )
