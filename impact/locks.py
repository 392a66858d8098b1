"""When a sheet accepts figures, and the sentence that says why it does not. Pure."""

from collections.abc import Iterable
from datetime import date

from impact.figures import Mobilisation, Period
from impact.formats import short_date


def entry_lock(period: Period, today: date, late: bool, until: date | None, mobilised: bool) -> str | None:
    """Why a contributor may not type this cell now, or None.

    late: the entry was returned or reopened, so the deadline does not lock it. until: reopening granted to the region.
    """
    if not mobilised:
        return "votre région n’est pas mobilisée sur ce chantier à la fin de cette période."
    if today < period.start:
        return f"la période n’a pas commencé ; la saisie ouvre le {short_date(period.start)}."
    last_day = max(period.deadline, until or period.deadline)
    if today > last_day and not late:
        return f"la période est close depuis le {short_date(last_day)} ; le bureau national peut la rouvrir."
    return None


def submission_lock(period: Period, today: date) -> str | None:
    """Why a contributor may not submit yet, or None; entry_lock is checked besides."""
    if not period.has_ended(today):
        return f"la période court jusqu’au {short_date(period.end)} ; la soumission ouvre le lendemain."
    return None


def is_mobilised(spells: Iterable[Mobilisation], region: str, chantier: str, period: Period) -> bool:
    """Mobilised on the last day of the period (docs/mesure.md, *Zéro, vide et manquant*)."""
    return any((spell.region, spell.chantier) == (region, chantier) and spell.covers(period.end) for spell in spells)
