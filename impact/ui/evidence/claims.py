"""Impact claims by level and stage, each count a way to them."""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlencode

from markupsafe import Markup

from impact.claims import HIGHEST, UNREAD, grade
from impact.formats import capital, number
from impact.presentation.claims import level_code
from impact.queries.claim_views import ClaimRow
from impact.ui import page, tables
from impact.ui.tables import Column
from impact.vocabulary import CLAIM_STAGES, Finding

LEVELS = (*range(HIGHEST, UNREAD, -1), UNREAD)
UNEXPECTED = (Finding.UNEXPECTED, Finding.NONE, Finding.ADVERSE)
"""What was not set out to be found: as welcome as the rest."""


def address(**codes: str) -> str:
    said = urlencode({name: code for name, code in codes.items() if code})
    return f"affirmations?{said}" if said else "affirmations"


def link(key: str, text: object) -> Markup:
    return tables.link(address(affirmation=key), text)


def draw(claims: Sequence[ClaimRow], chantier: str) -> None:
    if not claims:
        page.empty(
            "Aucune affirmation d’impact n’est ouverte à la lecture ici : dès qu’une équipe en aura écrit une et qu’un "
            "lecteur l’aura lue, son niveau paraîtra ici."
        )
        return
    page.html(level_table(claims, chantier))


def level_table(claims: Sequence[ClaimRow], chantier: str) -> Markup:
    """Levels by row, the best proven first; stages by column."""
    counts = Counter((one.level, one.stated.stage) for one in claims)
    columns = [
        Column("level", "Niveau", row_header=True),
        *(Column(stage.value, capital(stage.label), "center", html=True) for stage in CLAIM_STAGES),
        Column("all", "Ensemble", "center", html=True, short="Tous"),
    ]
    levels = [*LEVELS, *([None] if any(level is None for level, _ in counts) else [])]
    rows = [
        {"level": capital(grade(level))}
        | {stage.value: _count(counts[level, stage], chantier, level, stage.value) for stage in CLAIM_STAGES}
        | {"all": _count(sum(counts[level, stage] for stage in CLAIM_STAGES), chantier, level)}
        for level in levels
    ]
    return tables.table(columns, rows, "Affirmations par niveau et par étape")


def _count(count: int, chantier: str, level: int | None, stage: str = "") -> Markup | str:
    """A count leads to the claims that it counts."""
    held = address(chantier=chantier, niveau=level_code(level), etape=stage)
    return tables.link(held, number(count)) if count else "–"


def findings_table(claims: Sequence[ClaimRow]) -> Markup:
    """Claims that found something else than what was expected."""
    columns = (
        Column("claim", "Affirmation", html=True, row_header=True),
        Column("finding", "Résultat"),
        Column("level", "Niveau"),
    )
    rows = [
        {
            "claim": Markup("{} {}").format(link(str(one.key), one.key), one.said.sentence),
            "finding": one.stated.finding.label,
            "level": grade(one.level),
        }
        for one in unexpected(claims)
    ]
    return tables.table(columns, rows, "Résultats inattendus, nuls ou défavorables")


def unexpected(claims: Sequence[ClaimRow]) -> list[ClaimRow]:
    """The best proven first."""
    found = [one for one in claims if one.stated.finding in UNEXPECTED]
    return sorted(found, key=lambda one: -(one.level or UNREAD))
