"""Unexpected errors: logged whole under a number, of which the user sees the number alone."""

import logging
import secrets

from impact.errors import ImpactError

_LOG = logging.getLogger("impact.incident")


class Incident(ImpactError):
    """A bug met on the way; nothing was written. The sentence carries the number under which the log tells it all."""

    def __init__(self, number: str):
        self.number = number
        super().__init__(
            f"Une erreur inattendue s’est produite\u202f; rien n’a été enregistré. Incident n° {number}\u202f: "
            "communiquez ce numéro à l’administrateur."
        )


def report(error: BaseException, doing: str = "") -> Incident:
    """Log the error with its traceback; the incident to show."""
    incident = Incident(secrets.token_hex(4).upper())
    _LOG.error("Incident %s %s", incident.number, doing, exc_info=error)
    return incident
