"""Unexpected errors: logged whole under a number; the user sees the number, and what the machine lacks, if known."""

import logging
import secrets

from impact.causes import cause
from impact.errors import ImpactError

_LOG = logging.getLogger("impact.incident")


class Incident(ImpactError):
    """A bug or a breakdown; nothing was written. The sentence carries the number under which the log tells it all."""

    def __init__(self, number: str, why: str = ""):
        self.number, self.why = number, why
        what = f"{why[:1].upper()}{why[1:]}" or "Une erreur inattendue s’est produite"
        super().__init__(
            f"{what}\u202f; rien n’a été enregistré. Incident n° {number}\u202f: "
            "communiquez ce numéro à l’administrateur."
        )


def report(error: BaseException, doing: str = "") -> Incident:
    """Log the error with its traceback; the incident to show."""
    incident = Incident(secrets.token_hex(4).upper(), cause(error))
    _LOG.error("Incident %s %s", incident.number, doing, exc_info=error)
    return incident
