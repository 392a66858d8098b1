"""The exports screen: what is asked, the first rows of the file, and the exports that left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from impact.db import reading
from impact.errors import Forbidden
from impact.exports import COLUMNS, ExportRequest, narrowing
from impact.exports.schema import GRADES
from impact.formats import at_least, counted, moment, number
from impact.permissions import Actor, Right, Scope, require_provisional
from impact.queries import past_exports
from impact.queries.book import Book
from impact.queries.past_exports import PastExport, Preview
from impact.services import setup
from impact.ui import filters, marks, page, reads, tables
from impact.ui.admin import bound, naming, words
from impact.ui.admin.export_questions import question
from impact.ui.admin.words import Names
from impact.ui.reads import Key
from impact.ui.tables import Column
from impact.vocabulary import CSV_KINDS, RELIABILITY_LABELS, Dialect, ExportKind

CONTENTS = {
    ExportKind.ENTRIES: "Tous les chiffres que vous pouvez lire, avec leur source, leur statut et leurs auteurs.",
    ExportKind.TOTALS: "Un total par indicateur et par région, puis le total des régions choisies (FR).",
    ExportKind.PROGRESS: "Par région, indicateur et chantier : où en sont les cibles depuis le début de la campagne.",
    ExportKind.QUALITY: "Par région, chantier et période : chiffres dus, répondus, à temps, part étayée par une pièce.",
    ExportKind.PLANS: "Une ligne par action régionale : qui, quoi, quand, son étape et son budget. Sans les plans non "
    "validés des autres régions, ni leurs contacts.",
    ExportKind.FUNDING: "Une ligne par financeur et par statut de l’argent. Les statuts s’emboîtent : n’en additionnez "
    "qu’un à la fois, et jamais l’argent avec la nature.",
    ExportKind.MILESTONES: "Les dates qui comptent, du pays (FR) et des régions : prévue, attendue, écart en jours.",
    ExportKind.MEETINGS: "Une ligne par rencontre thématique : thème, dates, régions venues, ce qui en est sorti.",
    ExportKind.DECISIONS: "Une ligne par décision : pourquoi, qui, pour quand, et ce qu’il en est advenu.",
    ExportKind.CIDS: "Le catalogue et les chiffres validés, pour les outils qui lisent le standard international de la "
    "mesure d’impact.",
    ExportKind.PACKAGE: "Les chiffres validés, les totaux, l’avancement, la complétude, les plans validés, les jalons, "
    "les rencontres et leurs décisions, avec les tables et la description qui permettent à d’autres outils de les "
    "vérifier.",
}
ENDINGS = {ExportKind.CIDS: "cids.jsonld", ExportKind.PACKAGE: "paquet.zip"}


@dataclass(frozen=True, slots=True)
class Background:
    """spans: label of a campaign or period by code; days: its first and last day."""

    names: Names
    spans: dict[str, str]
    days: dict[str, tuple[date, date]]
    past: list[PastExport]
    today: date
    demonstration: bool


def background(actor: Actor) -> Background:
    with reading() as session:
        book = Book(session)
        campaigns = sorted({period.campaign for period in book.periods.values()})
        quarters = sorted(period for period in book.periods.values() if period.short.startswith("T"))
        rows = [(code, f"Campagne {code}", _campaign_days(book, code)) for code in campaigns]
        rows += [(period.code, filters.name(period), (period.start, period.end)) for period in quarters]
        return Background(
            names=naming.names(book),
            spans={code: label for code, label, _ in rows},
            days={code: days for code, _, days in rows},
            past=past_exports.past_exports(session, actor),
            today=book.today,
            demonstration=setup.is_demonstration(session),
        )


def _campaign_days(book: Book, code: str) -> tuple[date, date]:
    held = [period for period in book.periods.values() if period.campaign == code]
    return min(period.start for period in held), max(period.end for period in held)


# Asking


def choose_kind() -> ExportKind:
    chosen = st.radio(
        "Contenu", list(ExportKind), format_func=lambda kind: kind.label, horizontal=True, key="exports_contenu",
        bind="query-params",
    )  # fmt: skip
    kind = next((kind for kind in ExportKind if kind == chosen), ExportKind.ENTRIES)
    page.note(CONTENTS[kind])
    return kind


def choose(kind: ExportKind, known: Background, scope: Scope) -> ExportRequest:
    """The request that the filters make, of those that the file has; Refused where the dates cross."""
    names, taken = known.names, narrowing.TAKEN[kind]
    chantiers: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    with st.grid(3, min_column_width=220, gap="small"):
        regions = bound.many("Régions", "exports_regions", names.regions, "Toutes")
        if narrowing.CHANTIERS in taken:
            chantiers = bound.many("Chantiers", "exports_chantiers", names.chantiers, "Tous")
        if narrowing.INDICATORS in taken:
            indicators = bound.many("Indicateurs", "exports_indicateurs", _indicators(names, chantiers), "Tous")
    with filters.grid():
        start, end = _dates(kind, known) if narrowing.DATES in taken else (None, None)
        level = _level() if narrowing.PROOF in taken else 0
        dialect = _dialect() if kind in CSV_KINDS else Dialect.OPEN
    if kind is ExportKind.PROGRESS:
        start = None  # progress is always counted from the start of the campaign
    provisional = kind in (ExportKind.TOTALS, ExportKind.PROGRESS) and _provisional(scope, regions)
    return ExportRequest(start, end, regions, chantiers, indicators, level, provisional, dialect)


def _level() -> int:
    levels = {f"F{level}": at_least(level) for level in range(1, len(RELIABILITY_LABELS))}
    return int(bound.one("Niveau de preuve", "exports_preuve", levels, "F0 déclaré (tous)")[1:] or 0)


def _dialect() -> Dialect:
    chosen = bound.one("Format", "exports_format", {Dialect.EXCEL_FR.value: "CSV Excel français"}, "CSV ouvert")
    return Dialect(chosen or Dialect.OPEN)


def _indicators(names: Names, chantiers: tuple[str, ...]) -> dict[str, str]:
    """Those of the chantiers chosen, or all."""
    return {
        code: f"{code} {definition.name}"
        for code, definition in names.definitions.items()
        if not chantiers or definition.chantier in chantiers
    }


OF_A_CAMPAIGN = (ExportKind.TOTALS, ExportKind.PROGRESS, ExportKind.QUALITY)
OWN_DATES = "dates"
LONGEST_CODE, LONGEST_LINE = 24, 80


def _dates(kind: ExportKind, known: Background) -> tuple[date | None, date | None]:
    everything = "Toutes les dates" if kind in narrowing.OF_ACTIONS else "Toutes les périodes"
    usual = "Campagne à ce jour" if kind in OF_A_CAMPAIGN else everything
    span = bound.one("Période", "exports_periode", {**known.spans, OWN_DATES: "Dates choisies"}, usual)
    if span == OWN_DATES:
        first, last = min(day for day, _ in known.days.values()), max(day for _, day in known.days.values())
        return bound.day("Du", "exports_du", first, last), bound.day("Au", "exports_au", first, last)
    return known.days.get(span, (None, None))


def _provisional(scope: Scope, regions: tuple[str, ...]) -> bool:
    """Offered to those who may have them; a team has those of its own regions, once it has chosen them."""
    if scope.own == frozenset():
        return False
    try:
        require_provisional(scope, regions)
    except Forbidden:
        page.note("Pour inclure les chiffres provisoires, choisissez d’abord votre région.")
        return False
    label = "Inclure les chiffres provisoires (soumis, non validés)"
    return st.toggle(label, key="exports_provisoires", bind="query-params")


def address(kind: ExportKind, request: ExportRequest) -> str:
    """Where the file is fetched; impact.web.downloads reads it back."""
    asked: dict[str, object] = {
        "from": request.start,
        "to": request.end,
        "region": request.regions,
        "chantier": request.chantiers,
        "indicateur": request.indicators,
        "preuve": f"F{request.min_proof}" if request.min_proof else None,
        "provisoire": "true" if request.provisional else None,
        "dialecte": request.dialect.value if kind in CSV_KINDS else None,
    }
    query = urlencode({name: value for name, value in asked.items() if value}, doseq=True)
    return f"/exports/{ENDINGS.get(kind, f'{kind.value}.csv')}{f'?{query}' if query else ''}"


# Showing


def preview(kind: ExportKind, request: ExportRequest, actor: Actor) -> Preview:
    return _preview(reads.source(actor).key, kind, request)


@st.cache_data(max_entries=64, show_spinner="Les lignes sont comptées…")
def _preview(key: Key, kind: ExportKind, request: ExportRequest) -> Preview:
    with reading() as session:
        return past_exports.preview(session, kind, key.scope, request)


def show_preview(kind: ExportKind, request: ExportRequest, shown: Preview, known: Background) -> None:
    """The first rows as the file writes them, each number explained; columns empty in all of them are left out."""
    if not shown.count:
        page.section("Aperçu")
        page.empty("Aucune ligne ne répond à ces filtres. Élargissez la période, ou retirez un filtre.")
        return
    page.section("Aperçu", f"{counted(shown.count, 'ligne')}, telles que le fichier les écrit.")
    names = [column.name for column in COLUMNS[kind]]
    used = [name for place, name in enumerate(names) if any(row[place] for row in shown.rows)]
    columns = [Column(name, name, html=True) for name in used]
    rows = [_shown(kind, dict(zip(names, row, strict=True)), request, known) for row in shown.rows]
    st.html(tables.table(columns, rows, "Aperçu du fichier"))
    if shown.count > len(rows):
        page.note(f"Les {len(rows)} premières lignes ; les colonnes vides dans cet aperçu ne sont pas montrées.")


def _shown(
    kind: ExportKind, row: Mapping[str, str], request: ExportRequest, known: Background
) -> dict[str, str | Markup]:
    asked = {name: question(kind, name, row, request, known.days) for name, text in row.items() if text}
    return {name: tables.explained(row[name], one) if one else _kept_whole(row[name]) for name, one in asked.items()}


def _kept_whole(text: str) -> str | Markup:
    """A code or a day is not broken over two lines; a sentence may be, and a long one has room. A grade is its mark."""
    if text in GRADES:
        return marks.beside(GRADES.index(text))
    if len(text) > LONGEST_LINE:
        return Markup('<div style="min-width: 22rem">{}</div>').format(text)
    return Markup('<span class="imp-nowrap">{}</span>').format(text) if len(text) <= LONGEST_CODE else text


PAST = (
    Column("when", "Quand"),
    Column("who", "Qui", secondary=True),
    Column("what", "Quoi", html=True, row_header=True),
    Column("rows", "Lignes", align="right"),
    Column("sha256", "SHA-256", html=True),
)


def show_past(known: Background, actor: Actor) -> None:
    whose = "Les derniers de chacun" if actor.may(Right.READ_ALL) else "Les derniers que vous avez faits"
    page.section("Exports passés", f"{whose} ; l’empreinte SHA-256 dit si un fichier est resté le même.")
    if not known.past:
        page.empty("Chaque fichier téléchargé en entier apparaîtra ici, avec son nombre de lignes et son empreinte.")
        return
    st.html(tables.table(PAST, [_past(export, known.names) for export in known.past], "Exports passés"))


def _past(export: PastExport, names: Names) -> Mapping[str, object]:
    form = f" ; {export.dialect.label}" if export.kind in CSV_KINDS else ""
    what = f"{words.filters(export.filters, names)}{form}"
    return {
        "when": moment(export.at),
        "who": export.who or "ligne de commande",
        "what": tables.two_lines(export.kind.label, what),
        "rows": number(export.rows),
        "sha256": _digest(export.sha256),
    }


def _digest(sha256: str) -> Markup:
    """Its first digits; all of them on a click, to compare or to copy."""
    return Markup(
        '<details><summary><code>{}…</code></summary><code style="overflow-wrap:anywhere">{}</code></details>'
    ).format(sha256[:8], sha256)
