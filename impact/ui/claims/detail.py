"""One claim, whole: what it says, what carries it, what it is worth and who says so."""

from collections.abc import Iterator, Mapping

import streamlit as st
from markupsafe import Markup

from impact.claims import CRITERIA, SITES, UNREAD, counting, grade, no_grade
from impact.formats import capital, day_of, figure, moment, period_name, short_date
from impact.presentation.claims import WELCOME, changed, field_label, field_text, given, net, shares
from impact.presentation.questions import of_figure
from impact.presentation.stages import word as stage_word
from impact.presentation.wording import short_name
from impact.queries.claim_views import ClaimRow, ReadingRow, VersionRow
from impact.queries.decisions import DecisionRow
from impact.rules.claims import DIMENSIONS, LABELS, TEXTS, claim_fields
from impact.ui import marks, page, tables
from impact.ui.claims.known import Opened, address, where
from impact.ui.sheet.reference import Fact, facts
from impact.ui.tables import Column
from impact.vocabulary import NATIONAL_CODE, Filter
from impact.world import World

FIGURES = (
    Column("figure", "Chiffre", html=True, row_header=True),
    Column("value", "Valeur", "right", html=True),
    Column("grade", "Fiabilité", html=True),
    Column("status", "Statut", secondary=True),
)
TAKEN_OFF = (
    Column("name", "Ce qui n’est pas l’effet de l’action", row_header=True),
    Column("range", "Part"),
    Column("basis", "Ce qui la fonde"),
)
CRITERION = (
    Column("criterion", "Critère", row_header=True),
    Column("readers", "Trouvé rempli par"),
)
CHANGES = (
    Column("version", "Version", html=True, row_header=True),
    Column("field", "Ce qui a changé"),
    Column("before", "Avant"),
    Column("after", "Maintenant"),
)


def title(held: Opened) -> str:
    row = held.row
    return f"Affirmation {row.key} : {'retirée' if row.stated.withdrawn else grade(row.level)}"


def sentence(held: Opened, calendar: World) -> str:
    row = held.row
    chantier = calendar.chantier_names.get(row.stated.chantier, row.stated.chantier)
    place = f"{where(row.key.region, calendar.region_names)}, {chantier}, {row.stated.stage.label}"
    said = f"version {row.stated.version}, écrite par {row.written_by} le {short_date(day_of(row.written_at))}"
    return f"{place} : {row.stated.finding.label} ; {said}."


def draw(held: Opened, calendar: World) -> None:
    row = held.row
    back = tables.link(address(), "← Toutes les affirmations")
    page.html(Markup('<p class="imp-note imp-way-back">{}</p>').format(back), _quoted(row))
    _withdrawn(row)
    left, right = st.columns([7, 6], gap="large")
    with left:
        page.section("Ce qu’elle dit")
        facts(list(_said(row)), f"Les cinq dimensions de {row.key}")
        page.section("Chiffres qui la portent", "", _figures(held, calendar))
        page.section("Étude")
        facts(list(_study(row)), f"Étude de {row.key}")
        page.section("Ce qui n’est pas l’effet de l’action", f"Reste à l’action : {net(row.said.counterfactual)}.")
        page.html(_taken_off(row))
    with right:
        _level(held, calendar.region_names)
        page.section("Lectures", "", *_readings(row))
    if len(held.versions) > 1:
        page.more("Versions de l’affirmation", f"affirmations_versions_{row.key}", lambda: page.html(_history(held)))


def _quoted(row: ClaimRow) -> Markup:
    return Markup('<blockquote class="imp-claim">{}</blockquote>').format(page.typeset(f"« {row.said.sentence} »"))


def _withdrawn(row: ClaimRow) -> None:
    if row.withdrawn_at is not None:
        when = f"Retirée par {row.withdrawn_by} le {short_date(day_of(row.withdrawn_at))}"
        page.warn(f"{when} : {row.withdrawn_reason}")


def _said(row: ClaimRow) -> Iterator[Fact]:
    for name in DIMENSIONS:
        text = getattr(row.said, TEXTS[name])
        label = page.typeset(LABELS[name].partition(" :")[0])
        yield label, text or tables.light("non dit")
    if row.stated.self_declared:
        yield "Attribution", page.typeset("Déclarée par l’équipe elle-même : au plus P2.")


def _study(row: ClaimRow) -> Iterator[Fact]:
    yield "Référence", row.said.study_reference or tables.light("aucune")
    if (number := row.said.study_number) is not None:
        code = f"{row.key.region}-{number}"
        yield "Pièce", Markup('<a href="pieces/{}/{}" target="_blank">{}</a>').format(row.key.region, number, code)


def _figures(held: Opened, calendar: World) -> Markup:
    rows = []
    for cell in held.row.stated.figures:
        one, definition = held.row.figures.get(cell), held.definitions.get(cell)
        if one is None or definition is None:
            rows.append({"figure": f"{cell.indicator}, {period_name(cell.period)}", "value": "plus enregistré"})
            continue
        effect = "" if one.now.effect else ", hors preuve de l’effet"
        region = f"{calendar.region_names[cell.region]}, " if held.row.key.region == NATIONAL_CODE else ""
        rows.append({
            "figure": tables.two_lines(
                page.typeset(f"{cell.indicator} {short_name(definition)}"),
                f"{region}{period_name(cell.period)}{effect}",
            ),
            "value": tables.strong(tables.explained(figure(definition, one.pair), of_figure(cell))),
            "grade": marks.named(one.now.reliability),
            "status": one.status.label,
        })  # fmt: skip
    drawn = tables.table(FIGURES, rows, f"Chiffres qui portent {held.row.key}")
    return Markup('<div class="imp-claims">{}</div>').format(drawn)


def _taken_off(row: ClaimRow) -> Markup:
    rows = []
    for name in Filter:
        one = row.said.counterfactual.get(name)
        told = {"name": page.typeset(capital(name.label)), "range": shares(one)}
        rows.append({**told, "basis": one.basis if one else ""})
    drawn = tables.table(TAKEN_OFF, rows, f"Ce qui n’est pas l’effet de l’action, {row.key}")
    return Markup('<div class="imp-claims">{}</div>').format(drawn)


def _level(held: Opened, regions: Mapping[str, str]) -> None:
    row = held.row
    lines = Markup().join(Markup("<li>{}</li>").format(page.typeset(capital(text))) for text in row.hurdles)
    page.section(
        "Niveau de preuve de l’effet", WELCOME,
        Markup('<p class="imp-number">{}</p>').format(capital(grade(row.level))),
        Markup('<div class="imp-aside"><p>{}</p><ul class="imp-items">{}</ul></div>').format(
            "Ce qui la tient à ce niveau", lines
        ) if lines else "",
        *_checklist(held, regions),
    )  # fmt: skip


def replicated(held: Opened, regions: Mapping[str, str]) -> Markup:
    """Deployments that succeeded elsewhere, as a reader of the criterion may look at them; '' where there is none."""
    items = Markup().join(
        Markup("<li>{} : {}</li>").format(
            Markup('<a href="rencontres?rencontre={}&amp;partie=decisions">décision {}</a>').format(
                one.meeting, one.name
            ),
            page.typeset(f"{regions.get(one.host_region, one.host_region)}, « {one.outcome} »{_hosted(held, one)}"),
        )
        for one in held.replications
    )
    said = page.typeset("Déploiements réussis dans une autre région :")
    return Markup('<div class="imp-note"><p>{}</p><ul>{}</ul></div>').format(said, items) if items else Markup()


def _hosted(held: Opened, one: DecisionRow) -> str:
    """How far the host's action has come by its gates: whoever calls it a success is not alone to tell."""
    return f" (étape de l’action d’accueil : {stage_word(held.hosted.get(one.host))})" if one.host else ""


def _checklist(held: Opened, regions: Mapping[str, str]) -> Iterator[Markup]:
    """Every criterion, and which of the readers whose reading counts found it met."""
    row = held.row
    read = counting(row.stated, [one.reading for one in row.readings], row.now)
    names = {one.reading.number: one.reader for one in row.readings}
    for level, own in CRITERIA.items():
        rows = [
            {
                "criterion": page.typeset(sentence),
                "readers": ", ".join(names[one.number] for one in read.values() if code in one.criteria) or "personne",
            }
            for code, sentence in own.items()
        ]
        drawn = tables.table(CRITERION, rows, f"Critères de {grade(level)}")
        yield Markup('<details class="imp-criteria"{}><summary>{}</summary>{}{}</details>').format(
            Markup(" open") if level == min((row.level or UNREAD) + 1, max(CRITERIA)) else "", grade(level), drawn,
            replicated(held, regions) if SITES in own else "",
        )  # fmt: skip


def _readings(row: ClaimRow) -> Iterator[Markup]:
    if not row.readings:
        then = (
            ""
            if no_grade(row.stated, row.now)
            else " : quelqu’un du bureau national, qui n’en est pas l’auteur, le fera"
        )
        yield page.nothing(f"Personne ne l’a encore lue{then}.")
        return
    counted = counting(row.stated, [one.reading for one in row.readings], row.now)
    held = {one.number for one in counted.values()}
    items = Markup().join(_reading(one, row, one.reading.number in held) for one in reversed(row.readings))
    yield Markup('<ul class="imp-plain">{}</ul>').format(items)


def _reading(one: ReadingRow, row: ClaimRow, counts: bool) -> Markup:
    lapsed = "" if counts else tables.light(page.typeset(f" Ne compte plus : {_why_not(one, row)}."))
    study = page.typeset(f" Étude : {one.study_reference}.") if one.study_reference else ""
    return Markup("<li><strong>{}</strong>, {} : {}. {}{}{}</li>").format(
        one.reader, moment(one.read_at), page.typeset(f"ses critères donnent {given(one.found)}"), one.justification,
        study, lapsed,
    )  # fmt: skip


def _why_not(one: ReadingRow, row: ClaimRow) -> str:
    reading = one.reading
    if reading.reader in row.stated.authors:
        return "ce lecteur est devenu auteur de l’affirmation ou d’un de ses chiffres"
    if reading.claim_version != row.stated.version:
        return f"elle portait sur la version {reading.claim_version}"
    if any(other.reading.reader == reading.reader and other.reading.number > reading.number for other in row.readings):
        return "ce lecteur l’a relue depuis"
    return "un chiffre qui la porte a changé depuis"


def _history(held: Opened) -> Markup:
    """The latest version first: what it changed of the one before, and why."""
    rows: list[Mapping[str, object]] = []
    for before, after in reversed(list(zip(held.versions, held.versions[1:], strict=False))):
        named = _version(after)
        for name, then, now in changed(_fields(before), _fields(after)):
            label = field_label(name)
            then, now = field_text(name, then), field_text(name, now)
            rows.append({"version": named, "field": page.typeset(label), "before": then, "after": now})
    return tables.table(CHANGES, rows, f"Versions de {held.row.key}")


def _fields(one: VersionRow) -> dict[str, str]:
    cells = ", ".join(f"{cell.indicator} {period_name(cell.period)}" for cell in one.said.figures)
    declared = "oui" if one.said.self_declared else "non"
    return {**claim_fields(one.said), "chiffres": cells, "attribution": declared}


def _version(one: VersionRow) -> Markup:
    said = f"{short_date(day_of(one.written_at))}, {one.written_by} : {one.said.reason}"
    return tables.two_lines(f"Version {one.said.seen_version}", page.typeset(said))
