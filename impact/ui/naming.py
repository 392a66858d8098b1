"""How screens name an indicator, and the addresses that lead from one of them to another."""

from collections.abc import Mapping
from urllib.parse import urlencode

from markupsafe import Markup

from impact.actions import ActionKey
from impact.figures import Cell, Definition
from impact.presentation.wording import short_name


def indicator(definition: Definition) -> Markup:
    """Code, then its name where there is room."""
    return Markup('<span class="imp-nowrap">{}</span> <span class="imp-full imp-light">{}</span>').format(
        definition.code, short_name(definition)
    )


def sheet_name(chantier: str, name: str, period: str) -> Markup:
    """« Former et sensibiliser, T3 »; on a phone « FOR T3 »."""
    return Markup('<span class="imp-full">{}, {}</span><span class="imp-short">{} {}</span>').format(
        name, period, chantier, period
    )


def sheet(region: str, chantier: str, period: str, indicator: str = "") -> str:
    """Address of a sheet, open at one indicator or where work waits."""
    more = f"&indicateur={indicator}" if indicator else ""
    return f"saisie?region={region}&chantier={chantier}&periode={period}{more}"


def reviewed(definition: Definition, cell: Cell) -> str:
    """Address of the office's screen, at the sheet of a figure: where it is validated, and reopened."""
    return f"validation?region={cell.region}&chantier={definition.chantier}&periode={cell.period}"


def in_chantier(definition: Definition, carried: Mapping[str, str]) -> str:
    """Address of the screen of its chantier, open at an indicator. carried: filters that go with the link."""
    return f"chantier?{urlencode({'chantier': definition.chantier, 'indicateur': definition.code, **carried})}"


def cell(definition: Definition, cell: Cell) -> str:
    return sheet(cell.region, definition.chantier, cell.period, cell.indicator)


def plan(key: ActionKey, part: str = "") -> str:
    """Address of an action's plan, open at one of its parts."""
    where = {"region": key.region, "action": str(key.number)} | ({"partie": part} if part else {})
    return f"plan?{urlencode(where)}"


def claim(key: object) -> str:
    """Address of an impact claim, by its key or its text (« 22-3 »)."""
    return f"affirmations?{urlencode({'affirmation': str(key)})}"
