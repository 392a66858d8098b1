"""One story, read like an article: what was tried and learnt, and beside it what it rests on."""

from collections.abc import Iterator

import streamlit as st
from markupsafe import Markup

from impact.actions import ActionKey
from impact.claims import grade
from impact.formats import counted, day_of, short_date
from impact.presentation.experiences import field_text, paragraphs
from impact.presentation.wording import short_name
from impact.queries.evidence import PieceView
from impact.queries.experiences import VersionRow
from impact.rules.experiences import LABELS, PARTS, TEXTS, StoryState, story_fields
from impact.ui import naming, page, tables
from impact.ui.admin.forms import Form
from impact.ui.experiences.known import PUBLISHED, READ, SCREEN, Opened, address
from impact.ui.pieces import viewer
from impact.ui.tables import Column
from impact.world import World

BOTH_SIDES = ("reussite", "echec")
"""Told of as unsaid where they are empty: what did not work is as worth reading as what did."""
CHANGES = (
    Column("version", "Version", html=True, row_header=True),
    Column("field", "Ce qui a changé"),
    Column("before", "Avant"),
    Column("after", "Ensuite"),
)


def title(held: Opened) -> str:
    return held.shown.said.title


def sentence(held: Opened, calendar: World) -> str:
    row = held.row
    place = calendar.region_names.get(row.key.region, row.key.region)
    chantier = calendar.chantier_names.get(held.shown.said.chantier, held.shown.said.chantier)
    shown, day = held.shown, short_date(day_of(held.shown.written_at))
    if row.published_at is None:
        return f"{place}, {chantier} ; brouillon écrit par {shown.written_by} le {day}."
    by = f"version {shown.version}, écrite par {shown.written_by} le {day}"
    said = by if shown.version > 1 else f"raconté par {shown.written_by}"
    return f"{place}, {chantier} ; publié le {short_date(day_of(row.published_at))} ; {said}."


def draw(held: Opened, calendar: World) -> None:
    back = tables.link(address(), "← Tous les retours d’expérience")
    page.html(Markup('<p class="imp-note imp-way-back">{}</p>').format(back))
    for name in ("", "publier_", "retirer_"):
        Form(f"{SCREEN}_{name}{held.row.key}").show()
    _standing(held)
    left, right = st.columns([8, 4], gap="large")
    with left:
        page.html(Markup('<article class="imp-story">{}</article>').format(Markup().join(_parts(held))))
    with right:
        page.html(_aside(held, calendar))
    if held.pieces:
        with st.container(key=f"{SCREEN}_etroit_pieces"):
            for piece in held.pieces:
                _piece(piece, f"{SCREEN}_{held.row.key}_piece_{piece.number}")


def _piece(piece: PieceView, key: str) -> None:
    """Folded: read and drawn once it is open."""
    gone = ", retirée" if piece.withdrawn_at else ""
    label = page.plain(page.typeset(f"Pièce {piece.code}{gone} : {piece.title}"))
    page.more(label, key, lambda: viewer.draw(piece, f"{key}_vue"))


def _standing(held: Opened) -> None:
    """What others read of it, said to its region and the office; a withdrawal, with its reason."""
    row = held.row
    if row.withdrawn_at is not None:
        when = f"Retiré par {row.withdrawn_by} le {short_date(day_of(row.withdrawn_at))}"
        page.warn(f"{when} : {row.withdrawn_reason}")
    elif row.state is StoryState.DRAFT:
        page.note("Brouillon : seuls la région et le bureau national le lisent.")
    elif row.state is StoryState.CHANGED and row.published is not None:
        if held.shown is row.published:
            told, way = "Vous lisez la version publiée", tables.link(address(row.key), "lire celle qui se prépare")
        else:
            told = f"Version {row.now.version} en préparation ; les autres régions lisent la {row.published.version}"
            way = tables.link(address(row.key, **{READ: PUBLISHED}), "lire la version publiée")
        page.html(Markup('<p class="imp-note">{}\u202f: {}.</p>').format(page.typeset(told), way))


def _parts(held: Opened) -> Iterator[Markup]:
    for name in PARTS:
        text = getattr(held.shown.said, TEXTS[name])
        if text or name in BOTH_SIDES:
            yield Markup("<section><h2>{}</h2>{}</section>").format(page.typeset(LABELS[name]), _prose(text))


def _prose(text: str) -> Markup:
    if not text:
        return Markup('<p class="imp-light">{}</p>').format("La région n’en dit rien.")
    return Markup().join(
        Markup("<p>{}</p>").format(Markup("<br>").join(page.typeset(line) for line in lines))
        for lines in paragraphs(text)
    )


def _aside(held: Opened, calendar: World) -> Markup:
    rows = Markup().join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(name, told) for name, told in _ties(held, calendar) if told
    )
    return Markup('<dl class="imp-aside imp-story-ties">{}</dl>').format(rows)


def _ties(held: Opened, calendar: World) -> Iterator[tuple[str, Markup]]:
    region, said = held.row.key.region, held.shown.said
    name = calendar.region_names.get(region, region)
    yield "Région", tables.link(f"region?region={region}", name)
    yield (
        "Chantier",
        tables.chantier(said.chantier, calendar.chantier_names.get(said.chantier, said.chantier)),
    )
    if held.action is not None:
        yield "Action régionale", _action(held.action.key, held.action.plan.identity.title)
    lines = [
        tables.link(naming.in_chantier(one, {}), page.typeset(f"{one.code} {short_name(one)}"))
        for one in held.indicators
    ]
    yield "Indicateurs", _lines(lines)
    claims = [
        Markup("{} {}").format(
            tables.link(naming.claim(one.key), page.typeset(f"{one.key} {one.said.sentence}")),
            tables.light("retirée" if one.stated.withdrawn else grade(one.level)),
        )
        for one in held.claims
    ]
    yield "Affirmations d’impact", _lines(claims)
    pieces = counted(len(held.pieces), "pièce à lire ci-dessous", "pièces à lire ci-dessous") if held.pieces else ""
    kept = counted(held.reserved, "pièce réservée à la région", "pièces réservées à la région") if held.reserved else ""
    yield "Pièces", _lines([Markup("{}").format(text) for text in (pieces, kept) if text])


def _action(key: ActionKey, title: str) -> Markup:
    return tables.link(naming.plan(key), page.typeset(title))


def _lines(lines: list[Markup]) -> Markup:
    return Markup().join(Markup("<div>{}</div>").format(line) for line in lines)


def history(held: Opened) -> None:
    """What each version changed of the one before, the last one first; for its region and the office."""
    if len(held.versions) > 1:
        page.more("Versions de ce récit", f"{SCREEN}_versions_{held.row.key}", lambda: page.html(_changes(held)))


def _changes(held: Opened) -> Markup:
    rows: list[dict[str, object]] = []
    region = held.row.key.region
    for before, after in reversed(list(zip(held.versions, held.versions[1:], strict=False))):
        then, now = story_fields(before.said, region), story_fields(after.said, region)
        for name in LABELS:
            if then.get(name, "") != now.get(name, ""):
                told = {"before": field_text(name, then[name]), "after": field_text(name, now[name])}
                rows.append({"version": _version(after), "field": page.typeset(LABELS[name]), **told})
    drawn = tables.table(CHANGES, rows, f"Versions de {held.row.key}")
    return Markup('<div class="imp-claims">{}</div>').format(drawn)


def _version(one: VersionRow) -> Markup:
    said = f"{short_date(day_of(one.written_at))}, {one.written_by}"
    return tables.two_lines(f"Version {one.version}", said)
