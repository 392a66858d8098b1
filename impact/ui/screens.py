"""The screens: one line per file of pages/, in the order of the menu."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from impact.settings import ROOT
from impact.vocabulary import LegalPage, Role

EVERYONE = frozenset(Role)
TEAMS = frozenset({Role.CONTRIBUTOR, Role.NATIONAL, Role.ADMIN})
OFFICE = frozenset({Role.NATIONAL, Role.ADMIN})
ADMINISTRATORS = frozenset({Role.ADMIN})
FOOT = "pied de page"
"""Group of the screens that are reached from the foot of every page, not from the menu."""
NUMBERS = "nombres"
"""Group of the screen that is reached from every number, not from the menu."""


@dataclass(frozen=True, slots=True)
class Screen:
    """name: the file in pages/ and the address. group: the menu; '' stands alone. roles: who sees it in the menu."""

    name: str
    title: str
    group: str
    roles: frozenset[Role] = EVERYONE

    @property
    def path(self) -> Path:
        return ROOT / "pages" / f"{self.name}.py"

    def is_listed_for(self, role: Role | None) -> bool:
        return self.group not in (FOOT, NUMBERS) and role in self.roles


SCREENS = (
    Screen("accueil", "Accueil", ""),
    Screen("vue_nationale", "Vue nationale", "Suivre"),
    Screen("region", "Région", "Suivre"),
    Screen("chantier", "Chantier", "Suivre"),
    Screen("preuve", "Langage de la preuve", "Suivre"),
    Screen("affirmations", "Affirmations d’impact", "Suivre"),
    Screen("experiences", "Retours d’expérience", "Suivre"),
    Screen("saisie", "Saisie", "Renseigner", TEAMS),
    Screen("import", "Import", "Renseigner", TEAMS),
    Screen("validation", "Validation", "Renseigner", OFFICE),
    Screen("cibles", "Cibles", "Renseigner"),
    Screen("plan", "Plan d’action", "Renseigner"),
    Screen("volontaires", "Entrepreneurs volontaires", "Renseigner", TEAMS),
    Screen("exports", "Exports", "Restituer"),
    Screen("rapport", "Rapport", "Restituer"),
    Screen("rencontres", "Rencontres", "Restituer"),
    Screen("referentiel", "Référentiel", "Consulter"),
    Screen("calendrier", "Calendrier", "Consulter"),
    Screen("journal", "Journal", "Consulter", OFFICE),
    Screen("comptes", "Comptes", "Consulter", ADMINISTRATORS),
    Screen("explication", "Expliquer un nombre", NUMBERS),
    Screen("niveaux_de_preuve", "Niveaux de preuve", FOOT),
    *(Screen(text.value, text.label, FOOT) for text in LegalPage),
)


@cache
def existing() -> tuple[Screen, ...]:
    return tuple(screen for screen in SCREENS if screen.path.exists())
