"""Where a criterion is worked at."""

from urllib.parse import urlencode

from impact.actions import ActionKey
from impact.stages import PLACES
from impact.ui import naming

ELSEWHERE = {
    "mobilisations": ("calendrier", "Les mobilisations"),
    "saisie": ("saisie", "Saisir les chiffres"),
    "affirmations": ("affirmations", "Les affirmations"),
    "rencontres": ("rencontres", "Les rencontres nationales"),
}
"""Place -> screen, and the words of the link; any other place is a part of the plan."""


def of_criterion(key: ActionKey, chantier: str, code: str) -> tuple[str, str]:
    """Address and words of the link to where a criterion is worked at."""
    place = PLACES[code]
    if place not in ELSEWHERE:
        return naming.plan(key, place), "Ouvrir le plan"
    screen, words = ELSEWHERE[place]
    asked = {"saisie": {"region": key.region, "chantier": chantier}, "affirmations": {"region": key.region}}
    query = asked.get(place)
    return (f"{screen}?{urlencode(query)}" if query else screen), words
