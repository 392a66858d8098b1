"""A regional team's to-do list: what came back, what is ready, what is due, each with the way straight to it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from impact.digest import Item
from impact.figures import Cell, Definition
from impact.formats import counted
from impact.presentation import deadlines
from impact.presentation.lens import Lens
from impact.queries.sheets import SheetSummary
from impact.queries.views import EntryView
from impact.ui import naming, page, tables
from impact.ui.home import beside
from impact.ui.home.reads import TeamTasks
from impact.ui.national.regions import address
from impact.ui.tables import Column
from impact.world import World

Definitions = Mapping[str, Definition]

SHEETS = (
    Column("sheet", "Feuille", html=True, row_header=True),
    Column("left", "Reste à faire"),
    Column("until", "Échéance", html=True),
)
FIGURES = (
    Column("indicator", "Indicateur", html=True, row_header=True),
    Column("period", "Feuille"),
    Column("note", "Motif du bureau national"),
)
BEGUN = FIGURES[:2]


def todo(tasks: TeamTasks, told: Sequence[Item], world: World, known: Definitions) -> None:
    """What came back first, then what only waits for a click, then what is due, late, begun. known: by code."""
    today, several = world.today, tasks.regions > 1
    ready = [view for view in tasks.drafts if _can_submit(view, world)]
    late = [held for held in tasks.sheets if held.last_day < today]
    due = [held for held in tasks.sheets if held.last_day >= today]
    st.html(_summary(tasks, told, ready, due, late, today))
    if tasks.returned:
        page.section("À corriger", "Chiffres retournés : corrigez puis soumettez à nouveau, échéance passée ou non.")
        st.html(tables.table(FIGURES, [_figure(view, world, known) for view in tasks.returned], "Chiffres à corriger"))
    beside.draw(told, beside.PRESSING)
    if ready:
        page.section("À soumettre", "Brouillons enregistrés de périodes échues : il reste à les soumettre.")
        st.html(tables.table(SHEETS, _ready(ready, world, known, several), "Brouillons à soumettre"))
    asked = [held for held in due if held.has_ended]
    running = [held for held in due if not held.has_ended]
    page.section("Feuilles à remplir")
    if asked:
        st.html(tables.table(SHEETS, [_sheet(held, world, several) for held in asked], "Feuilles à remplir"))
    else:
        page.empty("Toutes les feuilles des périodes échues sont remplies.")
    if running:
        with st.expander(counted(len(running), "feuille à préparer", "feuilles à préparer") + ", période en cours"):
            page.note("Des brouillons dès maintenant ; à soumettre quand la période sera finie.")
            st.html(tables.table(SHEETS, [_sheet(held, world, several) for held in running], "Périodes en cours"))
    if late:
        page.section(
            "En retard", "Échéance passée, saisie fermée : demandez au bureau national de rouvrir la période."
        )  # fmt: skip
        ordered = sorted(late, key=lambda held: held.last_day, reverse=True)
        st.html(tables.table(SHEETS, [_sheet(held, world, several) for held in ordered], "Feuilles en retard"))
    beside.draw(told)
    _begun([view for view in tasks.drafts if view not in ready], tasks, world, known)
    _words(tasks.terms, world)


def ways_on(regions: Collection[str], world: World, lens: Lens) -> Markup:
    """To the country, and to the screens of one's own regions (codes)."""
    own = [code for code in world.region_names if code in regions]
    kept = urlencode(lens.carried)
    links = [tables.link(f"vue_nationale?{kept}" if kept else "vue_nationale", "Ouvrir la vue nationale")]
    links += [
        tables.link(address(code, **lens.carried), f"Ouvrir {world.region_names[code]}")
        for code in own
        if len(own) <= 3
    ]
    return Markup('<p class="imp-lead">{}</p>').format(Markup(" · ").join(links))


def _can_submit(view: EntryView, world: World) -> bool:
    """Its period is over, and still open to the region."""
    period = world.periods[view.period]
    is_open = world.last_day(view.region, view.period) >= world.today or view.editable_late
    return period.has_ended(world.today) and is_open


def _summary(
    tasks: TeamTasks,
    told: Sequence[Item],
    ready: Sequence[EntryView],
    due: Sequence[SheetSummary],
    late: Sequence[SheetSummary],
    today: date,
) -> Markup:
    """« 2 chiffres à corriger, 5 brouillons à soumettre, 1 feuille à remplir dans 5 jours (15/07/2011) »"""
    asked = [held for held in due if held.has_ended]
    soonest = f" {deadlines.until(min(held.last_day for held in asked), today)}" if asked else ""
    counts = (
        (len(tasks.returned), "chiffre à corriger", "chiffres à corriger", ""),
        (len(ready), "brouillon à soumettre", "brouillons à soumettre", ""),
        (len(asked), "feuille à remplir", "feuilles à remplir", soonest),
        (len(late), "feuille en retard", "feuilles en retard", ""),
        *((*one, "") for one in beside.counts(told)),
        (sum(tasks.terms.values()), "terme du lexique à examiner", "termes du lexique à examiner", ""),
    )
    said = [f"{counted(count, one, several)}{more}" for count, one, several, more in counts if count]
    return Markup('<p class="imp-lead">{}</p>').format(
        page.typeset(f"À faire : {', '.join(said)}." if said else "Rien ne vous attend aujourd’hui.")
    )


def _figure(view: EntryView, world: World, known: Definitions) -> dict[str, object]:
    definition = known[view.indicator]
    return {
        "indicator": tables.link(naming.cell(definition, view.cell), naming.indicator(definition)),
        "period": _where(world, view.region, view.period),
        "note": page.typeset(deadlines.first_words(view.review_note)),
    }


def _where(world: World, region: str, period: str) -> str:
    return f"{world.region_names[region]}, {world.periods[period].short}"


def _ready(views: Iterable[EntryView], world: World, known: Definitions, several: bool) -> list[dict[str, object]]:
    """A line per sheet, the nearest deadline first."""

    def sheet(view: EntryView) -> tuple[date, str, str, str]:
        chantier = known[view.indicator].chantier
        return world.last_day(view.region, view.period), view.region, chantier, view.period

    lines: list[dict[str, object]] = []
    for (day, region, chantier, period), own in groupby(sorted(views, key=sheet), key=sheet):
        count = len(list(own))
        lines.append({
            "sheet": _link(world, several, region, chantier, period),
            "left": f"{counted(count, 'brouillon')} à soumettre",
            "until": "" if day < world.today else deadline(day, True, world.today),
        })  # fmt: skip
    return lines


def _link(world: World, several: bool, region: str, chantier: str, period: str) -> Markup:
    """The sheet; with its region for a person who serves several."""
    name = naming.sheet_name(chantier, world.chantier_names[chantier], world.periods[period].short)
    shown = Markup("{}, {}").format(world.region_names[region], name) if several else name
    return tables.link(naming.sheet(region, chantier, period), shown)


def _sheet(held: SheetSummary, world: World, several: bool) -> dict[str, object]:
    return {
        "sheet": _link(world, several, held.region, held.chantier, held.period.code),
        "left": ", ".join(left(held)) + f" sur {held.expected}",
        "until": deadline(held.last_day, held.has_ended, world.today),
    }


def left(held: SheetSummary) -> Sequence[str]:
    """« 3 à saisir », « 1 en brouillon », « 2 à corriger »"""
    counts = ((held.missing, "à saisir"), (held.drafts, "en brouillon"), (held.returned, "à corriger"))
    return [f"{count} {word}" for count, word in counts if count]


def deadline(day: date, has_ended: bool, today: date) -> Markup:
    """How close the last day is, in a sign and words; a period that still runs is not asked for yet."""
    words, _, date_ = deadlines.until(day, today).partition(" (")
    told = tables.sign("▼" if day < today else "▲" if has_ended else "○", words)
    return Markup("{} {}").format(told, tables.nowrap(f"({date_}")) if date_ else told


def _begun(drafts: Sequence[EntryView], tasks: TeamTasks, world: World, known: Definitions) -> None:
    """Stored drafts that cannot be submitted now, and what this person typed and never saved."""
    rows = [_figure(view, world, known) for view in drafts]
    stored = {view.cell for view in tasks.drafts}
    typed = [cell for cell in tasks.typed if cell not in stored and cell.period in world.periods]
    rows += [_typed(cell, world, known) for cell in typed]
    if rows:
        page.section("Commencé", "Enregistré en brouillon ou seulement tapé ; rien n’en est encore soumis.")
        st.html(tables.table(BEGUN, rows, "Saisies commencées"))


def _words(terms: Mapping[str, int], world: World) -> None:
    """Terms of the shared lexicon on which the person's regions have yet to say where they stand."""
    if not terms:
        return
    page.section("Lexique partagé", "Votre région adopte un terme, l’adopte avec réserve ou le décline.")
    several = len(terms) > 1
    told = " ; ".join(
        f"{world.region_names[region]}, {counted(count, 'terme')}" if several else counted(count, "terme")
        for region, count in terms.items()
    )
    way = tables.link("referentiel?partie=lexique&avis=attendus", "Dire où vous en êtes")
    st.html(Markup('<p class="imp-lead">{} ({}).</p>').format(way, page.typeset(told)))


def _typed(cell: Cell, world: World, known: Definitions) -> dict[str, object]:
    definition = known[cell.indicator]
    name = tables.link(naming.cell(definition, cell), naming.indicator(definition))
    return {"indicator": name, "period": f"{_where(world, cell.region, cell.period)}, pas encore enregistré"}
