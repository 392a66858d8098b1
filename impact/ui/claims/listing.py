"""The list of claims: filters in the address, counts by level and stage, the best proven first."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from impact.claims import HIGHEST, UNREAD, grade
from impact.formats import capital, counted
from impact.presentation.claims import WELCOME, level_code
from impact.queries.claim_views import ClaimRow
from impact.ui import filters, marks, page, tables
from impact.ui.claims.known import COUNTRY, SCREEN, address, where
from impact.ui.evidence.claims import level_table
from impact.ui.tables import Column
from impact.vocabulary import CLAIM_STAGES, NATIONAL_CODE, Finding, LabelledEnum
from impact.world import World

LEVELS = {level_code(level): capital(grade(level)) for level in (*range(HIGHEST, UNREAD, -1), UNREAD, None)}
COLUMNS = (
    Column("claim", "Affirmation", html=True, row_header=True),
    Column("level", "Niveau", html=True),
    Column("stage", "Étape", secondary=True),
    Column("finding", "Résultat", secondary=True),
    Column("carried", "Portée par", html=True, secondary=True),
)


def draw(held: Sequence[ClaimRow], calendar: World) -> None:
    with filters.grid(5):
        chosen = _chosen(calendar)
    shown = [one for one in held if _answers(one, chosen)]
    if not held:
        page.empty(
            "Aucune affirmation d’impact n’est ouverte à votre compte. Une équipe écrit les siennes ci-dessous ; "
            "celles des autres paraissent ici dès qu’un lecteur les a mises à P1 ou plus."
        )
        return
    page.note(f"{counted(len(shown), 'affirmation')} sur {len(held)}. {WELCOME}")
    if not shown:
        page.empty("Aucune affirmation ne répond à ces filtres : effacez-en un.")
        return
    in_force = [one for one in shown if not one.stated.withdrawn]
    page.section("Par niveau et par étape", "", level_table(in_force, chosen["chantier"]))
    table = tables.table(COLUMNS, [_row(one, calendar) for one in _ordered(shown)], "Affirmations d’impact")
    page.section("Affirmations", "", Markup('<div class="imp-claims">{}</div>').format(table))


def _chosen(calendar: World) -> dict[str, str]:
    """What is asked, '' = all."""
    regions = {NATIONAL_CODE: COUNTRY, **calendar.region_names}
    offered = {
        "region": ("Région", "la région", {filters.ALL: "Toutes les régions", **regions}),
        "chantier": ("Chantier", "le chantier", {filters.ALL: "Tous les chantiers", **calendar.chantier_names}),
        "etape": ("Étape", "l’étape", {filters.ALL: "Toutes", **_labels(CLAIM_STAGES)}),
        "niveau": ("Niveau", "le niveau", {filters.ALL: "Tous", **LEVELS}),
        "resultat": ("Résultat", "le résultat", {filters.ALL: "Tous", **_labels(Finding)}),
    }  # fmt: skip
    found = {name: filters.one(SCREEN, name, *said) for name, said in offered.items()}
    return {name: "" if code == filters.ALL else code for name, code in found.items()}


def _labels(words: Iterable[LabelledEnum]) -> dict[str, str]:
    return {one.value: capital(one.label) for one in words}


def _answers(one: ClaimRow, chosen: Mapping[str, str]) -> bool:
    said = {
        "region": one.key.region, "chantier": one.stated.chantier, "etape": one.stated.stage.value,
        "niveau": level_code(one.level), "resultat": one.stated.finding.value,
    }  # fmt: skip
    return all(chosen[name] in ("", code) for name, code in said.items())


def _ordered(shown: Sequence[ClaimRow]) -> list[ClaimRow]:
    """The best proven first, then by stage; withdrawn ones last."""

    def rank(one: ClaimRow) -> tuple[object, ...]:
        level = -1 if one.level is None else one.level
        return one.stated.withdrawn, -level, CLAIM_STAGES.index(one.stated.stage), one.key

    return sorted(shown, key=rank)


def _row(one: ClaimRow, calendar: World) -> dict[str, object]:
    place = where(one.key.region, calendar.region_names)
    named = tables.link(address(one.key), page.typeset(one.said.sentence))
    chantier = calendar.chantier_names.get(one.stated.chantier, one.stated.chantier)
    told = Markup('{}<span class="imp-short">, {} : {}</span>').format(
        f"{one.key}, {place}, {chantier}", one.stated.stage.label, one.stated.finding.label
    )
    return {
        "claim": tables.two_lines(named, told),
        "level": tables.nowrap(tables.strong("retirée" if one.stated.withdrawn else grade(one.level))),
        "stage": one.stated.stage.label,
        "finding": one.stated.finding.label,
        "carried": carried(one),
    }


def carried(one: ClaimRow) -> Markup:
    """« 2 chiffres F1 F3 »"""
    grades = sorted({figure.now.reliability for figure in one.figures.values()})
    drawn = Markup(" ").join(marks.beside(level) for level in grades)
    return tables.nowrap(Markup("{} {}").format(counted(len(one.stated.figures), "chiffre"), drawn))
